// All vessels known to the page, in typed arrays: fed by binary frames, read by the drawing layer, the picker and the table.
const HEADER_BYTES = 24;
const RECORD_BYTES = 28;
const NONE = 65535;
export const FLAG = { classB: 1, openSilence: 2, openAlert: 4 };
export const family = flags => (flags >> 4) & 3; // 0 ship, 1 base station or aid to navigation, 2 SAR aircraft or distress

// How long a vessel may be silent before it is drawn as lost, seconds (ITU-R M.1371-5 table 1 rates, with room for lost messages).
const LOST_AFTER_MOVING_S = 600;
const LOST_AFTER_STILL_S = 1800;
export const MOVING_KNOTS = 0.5;

export class Fleet {
  constructor() {
    this.index = new Map();
    this.count = 0;
    this.speed = 1;
    this.feedNowMs = 0;
    this.receivedAt = 0;
    this.version = 0;
    this.movedAt = [];
    this.#grow(4096);
  }

  #grow(size) {
    const next = (Type, old) => { const a = new Type(size); if (old) a.set(old); return a; };
    this.mmsi = next(Uint32Array, this.mmsi);
    this.lonDeg = next(Float64Array, this.lonDeg);
    this.latDeg = next(Float64Array, this.latDeg);
    this.x = next(Float64Array, this.x); // Web Mercator, 0 to 1
    this.y = next(Float64Array, this.y);
    this.vx = next(Float64Array, this.vx); // Web Mercator units per second of feed time
    this.vy = next(Float64Array, this.vy);
    this.sogTenths = next(Uint16Array, this.sogTenths);
    this.cogTenths = next(Uint16Array, this.cogTenths);
    this.headingDeg = next(Uint16Array, this.headingDeg);
    this.status = next(Uint8Array, this.status);
    this.flags = next(Uint8Array, this.flags);
    this.timeMs = next(Float64Array, this.timeMs);
    this.changedAt = next(Float64Array, this.changedAt);
  }

  /** Takes one binary frame; returns how many vessels were in it. */
  read(buffer) {
    const view = new DataView(buffer);
    if (view.getUint8(0) !== 1) throw new Error(`Live frame of version ${view.getUint8(0)}; this page reads version 1. Reload the page.`);
    const full = view.getUint8(1) === 0;
    const count = view.getUint32(4, true);
    this.feedNowMs = view.getFloat64(8, true);
    this.speed = view.getFloat64(16, true);
    this.receivedAt = performance.now();
    if (full) { this.index.clear(); this.count = 0; }
    for (let k = 0, at = HEADER_BYTES; k < count; k++, at += RECORD_BYTES) this.#record(view, at);
    this.version++;
    return count;
  }

  #record(view, at) {
    const mmsi = view.getUint32(at, true);
    let i = this.index.get(mmsi);
    if (i === undefined) {
      i = this.count++;
      if (i === this.mmsi.length) this.#grow(i * 2);
      this.index.set(mmsi, i);
      this.mmsi[i] = mmsi;
      this.timeMs[i] = 0;
      this.lonDeg[i] = NaN;
    }
    const lon = view.getFloat32(at + 4, true), lat = view.getFloat32(at + 8, true);
    if (lon !== this.lonDeg[i] || lat !== this.latDeg[i]) {
      this.changedAt[i] = this.receivedAt;
      this.lonDeg[i] = lon;
      this.latDeg[i] = lat;
      this.x[i] = (lon + 180) / 360;
      const sin = Math.sin(lat * Math.PI / 180);
      this.y[i] = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
    }
    this.sogTenths[i] = view.getUint16(at + 12, true);
    this.cogTenths[i] = view.getUint16(at + 14, true);
    this.headingDeg[i] = view.getUint16(at + 16, true);
    this.status[i] = view.getUint8(at + 18);
    this.flags[i] = view.getUint8(at + 19);
    this.timeMs[i] = view.getFloat64(at + 20, true);
    this.#velocity(i);
  }

  /** Takes the feed's time before the first frame has come. */
  setClock(feedNowMs, speed) {
    if (this.count) return;
    this.feedNowMs = feedNowMs;
    this.speed = speed;
    this.receivedAt = performance.now();
  }

  /** Feed time now: the last frame's, carried on at the feed's speed. It goes on when the link is lost, so that ages grow. */
  nowMs() {
    if (!this.receivedAt) return Date.now();
    return this.feedNowMs + (performance.now() - this.receivedAt) * this.speed;
  }

  /** The middle of all vessels (medians), where the map opens when nobody asked for a view; null when none is known. */
  middle() {
    if (!this.count) return null;
    const half = a => a.slice(0, this.count).sort()[this.count >> 1];
    return [half(this.lonDeg), half(this.latDeg)];
  }

  isMoving(i) { return this.sogTenths[i] !== NONE && this.sogTenths[i] > MOVING_KNOTS * 10; }
  lostAfterS(i) { return this.isMoving(i) ? LOST_AFTER_MOVING_S : LOST_AFTER_STILL_S; }
  isLost(i) { return this.nowMs() - this.timeMs[i] > this.lostAfterS(i) * 1000; }

  /** Reporting interval to be expected, seconds: class A under way 10 or less, class B 30, still 180. */
  expectedS(i) { return !this.isMoving(i) ? 180 : this.flags[i] & FLAG.classB ? 30 : 10; }

  /** Direction the bow is drawn in, degrees; null when neither heading nor course is known. */
  bowDeg(i) {
    if (this.headingDeg[i] < 360) return this.headingDeg[i];
    return this.cogTenths[i] < 3600 ? this.cogTenths[i] / 10 : null;
  }

  // Zero where speed or course is missing.
  #velocity(i) {
    this.vx[i] = this.vy[i] = 0;
    if (!this.isMoving(i) || this.cogTenths[i] >= 3600) return;
    const metresPerSecond = this.sogTenths[i] * 0.0514444;
    const scale = metresPerSecond / (40075016.686 * Math.cos(this.latDeg[i] * Math.PI / 180));
    const cog = this.cogTenths[i] * Math.PI / 1800;
    this.vx[i] = scale * Math.sin(cog);
    this.vy[i] = -scale * Math.cos(cog);
  }

  /** Where the vessel is drawn now, in Mercator units: carried on between reports, back to the last report once silent. */
  place(i, out) {
    const age = (this.nowMs() - this.timeMs[i]) / 1000;
    const carry = age > 0 && age < 3 * Math.max(this.expectedS(i), this.speed) ? age : 0;
    out[0] = this.x[i] + this.vx[i] * carry;
    out[1] = this.y[i] + this.vy[i] * carry;
    return out;
  }

  shipCount() {
    let n = 0;
    for (let i = 0; i < this.count; i++) if (family(this.flags[i]) === 0) n++;
    return n;
  }

  movedSince(ms) {
    let n = 0;
    for (let i = 0; i < this.count; i++) if (this.changedAt[i] >= ms) n++;
    return n;
  }

  /** One vessel in words' raw numbers, with null for what was not sent. */
  describe(i) {
    return {
      mmsi: this.mmsi[i], latDeg: this.latDeg[i], lonDeg: this.lonDeg[i],
      sogKnots: this.sogTenths[i] === NONE ? null : this.sogTenths[i] / 10,
      cogDeg: this.cogTenths[i] < 3600 ? this.cogTenths[i] / 10 : null,
      status: this.status[i], flags: this.flags[i], ageMs: this.nowMs() - this.timeMs[i], lost: this.isLost(i),
    };
  }
}

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
