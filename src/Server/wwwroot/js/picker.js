// Which vessel lies under the pointer.

/** Finds the nearest vessel to a point: a grid over Web Mercator, rebuilt only when asked after a change. */
export class Picker {
  #cells = new Map();
  #version = -1;
  #zoom = 0;

  constructor(fleet) { this.fleet = fleet; }

  #build(zoom) {
    this.#zoom = zoom;
    this.#version = this.fleet.version;
    this.#cells.clear();
    const n = 2 ** zoom;
    for (let i = 0; i < this.fleet.count; i++) {
      const key = Math.floor(this.fleet.x[i] * n) * 4194304 + Math.floor(this.fleet.y[i] * n);
      const cell = this.#cells.get(key);
      if (cell) cell.push(i); else this.#cells.set(key, [i]);
    }
  }

  nearest(x, y, radius) {
    const zoom = Math.max(2, Math.min(16, Math.floor(-Math.log2(radius * 3))));
    if (this.#version !== this.fleet.version || this.#zoom !== zoom) this.#build(zoom);
    const n = 2 ** zoom, cx = Math.floor(x * n), cy = Math.floor(y * n), p = [0, 0];
    let best = -1, bestD = radius * radius;
    for (let gx = cx - 1; gx <= cx + 1; gx++) for (let gy = cy - 1; gy <= cy + 1; gy++) {
      for (const i of this.#cells.get(gx * 4194304 + gy) ?? []) {
        this.fleet.place(i, p);
        const d = (p[0] - x) ** 2 + (p[1] - y) ** 2;
        if (d < bestD) { bestD = d; best = i; }
      }
    }
    return best;
  }
}
