// All vessels in the page's view, in typed arrays: fed by binary frames, read by the drawing layer, the picker and the table.
import { mercatorY } from './geodesic.js';

const HEADER_BYTES = 24, VIEW_HEADER_BYTES = 48; // frame kinds 0 and 1 (everything), 2 and 3 (of a view)
const RECORD_BYTES = 28, CELL_BYTES = 16;
const NONE = 65535;
export const FLAG = { classB: 1, openSilence: 2, openAlert: 4, doubt: 8 };
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
    this.cells = []; // far out, ships by cell: { lonDeg, latDeg, ships, lost }
    this.known = null; // ships known to the server, where it says so
    this.densest = null; // where most of them are: [lonDeg, latDeg]
    this.#grow(4096);
  }

  #columns = ['mmsi', 'lonDeg', 'latDeg', 'x', 'y', 'vx', 'vy', 'sogTenths', 'cogTenths', 'headingDeg', 'status', 'flags', 'timeMs', 'changedAt'];

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

  /** Takes one binary frame (docs/api.md); returns how many vessels were in it. */
  read(buffer) {
    const view = new DataView(buffer);
    if (view.getUint8(0) !== 1) throw new Error(`Live frame of version ${view.getUint8(0)}; this page reads version 1. Reload the page.`);
    const kind = view.getUint8(1), ofView = kind >= 2;
    const count = view.getUint32(4, true);
    this.feedNowMs = view.getFloat64(8, true);
    this.speed = view.getFloat64(16, true);
    this.receivedAt = performance.now();
    if (kind === 0 || view.getUint8(2) & 1) { this.index.clear(); this.count = 0; }
    let at = ofView ? VIEW_HEADER_BYTES : HEADER_BYTES;
    for (let k = 0; k < count; k++, at += RECORD_BYTES) this.#record(view, at);
    if (ofView) this.#rest(view, at);
    this.version++;
    return count;
  }

  // What left the view, counts by cell, and what is known in all.
  #rest(view, at) {
    const left = view.getUint32(24, true), cells = view.getUint32(28, true), lonDeg = view.getFloat32(36, true);
    for (let k = 0; k < left; k++, at += 4) this.#remove(view.getUint32(at, true));
    this.cells = Array.from({ length: cells }, (_, k) => {
      const o = at + k * CELL_BYTES;
      return { lonDeg: view.getFloat32(o, true), latDeg: view.getFloat32(o + 4, true), ships: view.getUint32(o + 8, true), lost: view.getUint32(o + 12, true) };
    });
    this.known = view.getUint32(32, true);
    if (lonDeg === lonDeg) this.densest = [lonDeg, view.getFloat32(40, true)];
  }

  // The last vessel takes the place of the one that left.
  #remove(mmsi) {
    const i = this.index.get(mmsi);
    if (i === undefined) return;
    this.index.delete(mmsi);
    const last = --this.count;
    if (i === last) return;
    for (const column of this.#columns) this[column][i] = this[column][last];
    this.index.set(this.mmsi[i], i);
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
      this.y[i] = mercatorY(lat);
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
    if (this.receivedAt && this.version) return;
    this.feedNowMs = feedNowMs;
    this.speed = speed;
    this.receivedAt = performance.now();
  }

  /** Feed time now: the last frame's, carried on at the feed's speed. It goes on when the link is lost, so that ages grow. */
  nowMs() {
    if (!this.receivedAt) return Date.now();
    return this.feedNowMs + (performance.now() - this.receivedAt) * this.speed;
  }

  /** Where most vessels are, where the map opens when nobody asked for a view; null when none is known. */
  middle() { return this.densest; }

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

  /** Ships known: to the server where it says so, else to the page. */
  shipCount() {
    if (this.known !== null) return this.known;
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
      status: this.status[i], flags: this.flags[i], ageMs: this.nowMs() - this.timeMs[i], lost: this.isLost(i), doubt: Boolean(this.flags[i] & FLAG.doubt),
    };
  }
}
