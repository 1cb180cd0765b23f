// The map without WebGL: coast and vessels on a 2D canvas, drag and wheel, the same questions answered as by the full map.
import { family, FLAG } from './fleet.js';
import { palette } from './palette.js';
import { latitude, mercatorY } from './geodesic.js';


export class PlainMap {
  #handlers = {};
  #land = [];
  #wanted = null;

  constructor(container, fleet, view) {
    this.container = container;
    this.fleet = fleet;
    this.view = { x: (view.lon + 180) / 360, y: mercatorY(view.lat), zoom: view.zoom };
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'plain-map';
    this.canvas.tabIndex = 0;
    container.append(this.canvas);
    this.#drag();
    new ResizeObserver(() => this.draw()).observe(container);
    fetch('/maps/land-50m.geojson').then(r => r.json()).then(land => {
      this.#land = land.features.map(f => f.geometry.coordinates.map(ring => ring.map(([lon, lat]) => [(lon + 180) / 360, mercatorY(Math.max(-85, lat))]))).map(rings => {
        const xs = rings[0].map(p => p[0]), ys = rings[0].map(p => p[1]);
        return { rings, west: Math.min(...xs), east: Math.max(...xs), north: Math.min(...ys), south: Math.max(...ys) };
      });
      this.draw();
    });
  }

  on(name, handler) { (this.#handlers[name] ??= []).push(handler); return this; }
  once(name, handler) { const first = e => { this.#handlers[name] = this.#handlers[name].filter(h => h !== first); handler(e); }; return this.on(name, first); }
  #tell(name, event = {}) { for (const h of [...this.#handlers[name] ?? []]) h(event); }
  getCenter() { return { lng: this.view.x * 360 - 180, lat: latitude(this.view.y) }; }
  getZoom() { return this.view.zoom; }
  getCanvas() { return this.canvas; }
  // However often it is asked for, one picture a frame.
  triggerRepaint() { this.#wanted ??= requestAnimationFrame(() => { this.#wanted = null; this.draw(); }); }
  #world() { return 512 * 2 ** this.view.zoom; }

  project([lon, lat]) {
    const w = this.#world();
    return { x: ((lon + 180) / 360 - this.view.x) * w + this.canvas.clientWidth / 2, y: (mercatorY(lat) - this.view.y) * w + this.canvas.clientHeight / 2 };
  }

  unproject([px, py]) {
    const w = this.#world();
    return { lng: (this.view.x + (px - this.canvas.clientWidth / 2) / w) * 360 - 180, lat: latitude(this.view.y + (py - this.canvas.clientHeight / 2) / w) };
  }

  getBounds() {
    const a = this.unproject([0, this.canvas.clientHeight]), b = this.unproject([this.canvas.clientWidth, 0]);
    return { getWest: () => a.lng, getSouth: () => a.lat, getEast: () => b.lng, getNorth: () => b.lat };
  }

  easeTo({ center, zoom }) { this.jumpTo({ center, zoom }); }
  jumpTo({ center, zoom }) {
    if (center) { this.view.x = (center[0] + 180) / 360; this.view.y = mercatorY(center[1]); }
    if (zoom !== undefined) this.view.zoom = Math.max(1, Math.min(14, zoom));
    this.draw();
    this.#tell('moveend');
  }
  zoomIn() { this.jumpTo({ zoom: this.view.zoom + 1 }); }
  zoomOut() { this.jumpTo({ zoom: this.view.zoom - 1 }); }

  #drag() {
    let last = null, moved = 0;
    const point = e => { const r = this.canvas.getBoundingClientRect(); return { x: e.clientX - r.left, y: e.clientY - r.top }; };
    this.canvas.addEventListener('pointerdown', e => { last = point(e); moved = 0; this.canvas.setPointerCapture(e.pointerId); });
    this.canvas.addEventListener('pointermove', e => {
      const p = point(e);
      if (!last) { this.#tell('mousemove', { point: p }); return; }
      moved += Math.abs(p.x - last.x) + Math.abs(p.y - last.y);
      this.view.x -= (p.x - last.x) / this.#world();
      this.view.y -= (p.y - last.y) / this.#world();
      last = p;
      this.draw();
    });
    this.canvas.addEventListener('pointerup', e => {
      last = null;
      if (moved < 5) this.#tell('click', { point: point(e) }); else this.#tell('moveend');
    });
    this.canvas.addEventListener('pointerleave', () => this.#tell('mouseout'));
    this.canvas.addEventListener('wheel', e => { e.preventDefault(); this.jumpTo({ zoom: this.view.zoom - e.deltaY / 400 }); }, { passive: false });
  }

  #cells(c, ink, sx, sy) {
    c.fillStyle = c.strokeStyle = ink.vessel;
    c.textAlign = 'center';
    for (const cell of this.fleet.cells ?? []) {
      const x = sx((cell.lonDeg + 180) / 360), y = sy(mercatorY(cell.latDeg));
      c.beginPath();
      c.arc(x, y, Math.min(26, 3.5 + Math.sqrt(cell.ships) / 3), 0, 7);
      c.stroke();
      if (cell.ships >= 10) c.fillText(cell.ships, x, y + 4);
    }
  }

  draw() {
    const ratio = devicePixelRatio, w = this.container.clientWidth, h = this.container.clientHeight, world = this.#world();
    if (this.canvas.width !== w * ratio || this.canvas.height !== h * ratio) { this.canvas.width = w * ratio; this.canvas.height = h * ratio; }
    const ink = palette(), c = this.canvas.getContext('2d');
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = ink.sea;
    c.fillRect(0, 0, w, h);
    c.fillStyle = ink.land;
    c.strokeStyle = ink.coast;
    const sx = x => (x - this.view.x) * world + w / 2, sy = y => (y - this.view.y) * world + h / 2;
    for (const polygon of this.#land) {
      if (sx(polygon.east) < 0 || sx(polygon.west) > w || sy(polygon.south) < 0 || sy(polygon.north) > h) continue;
      c.beginPath();
      for (const ring of polygon.rings) { ring.forEach(([x, y], i) => (i ? c.lineTo(sx(x), sy(y)) : c.moveTo(sx(x), sy(y)))); c.closePath(); }
      c.fill('evenodd');
      c.stroke();
    }
    this.#cells(c, ink, sx, sy);
    const p = [0, 0];
    for (let i = 0; i < this.fleet.count; i++) {
      this.fleet.place(i, p);
      const x = sx(p[0]), y = sy(p[1]);
      if (x < -9 || y < -9 || x > w + 9 || y > h + 9) continue;
      const flags = this.fleet.flags[i], bow = this.fleet.bowDeg(i), kind = family(flags);
      c.fillStyle = c.strokeStyle = kind === 2 ? ink.distress : flags & FLAG.openSilence ? ink.gap : flags & FLAG.openAlert ? ink.high : ink.vessel;
      c.globalAlpha = kind === 0 && this.fleet.isLost(i) ? 0.5 : 1;
      c.save();
      c.translate(x, y);
      c.beginPath();
      if (kind !== 0) { c.rect(-3, -3, 6, 6); c.stroke(); }
      else if (bow === null || !this.fleet.isMoving(i)) { c.arc(0, 0, 3, 0, 7); c.fill(); }
      else { c.rotate(bow * Math.PI / 180); c.moveTo(0, -8); c.lineTo(4, 6); c.lineTo(-4, 6); c.closePath(); if (flags & FLAG.doubt) c.stroke(); else c.fill(); }
      if (kind === 0 && this.fleet.isLost(i)) { c.beginPath(); c.moveTo(-7, 0); c.lineTo(7, 0); c.stroke(); }
      c.restore();
    }
    c.globalAlpha = 1;
    this.#tell('render');
  }
}
