// The past as a fleet: slices of received positions, and where each vessel is drawn at a moment of them. A place between two received
// positions is drawn only where the server says that she was heard closely enough on the way ("joined"); else she stands where she was
// last heard, fades and becomes lost, as in the live picture.
import { Fleet, FLAG } from './fleet.js';
import { mercatorY } from './geodesic.js';

const JOINED = 2, CLASS_B = 1, KIND = 0x30;

/** Reads one answer of /api/history/picture (docs/api.md says how it is laid out). */
export function readSlice(buffer) {
  const view = new DataView(buffer);
  if (view.getUint32(0) !== 0x4d575031) throw new Error('The picture of the past is not of a kind this page reads. Reload the page.');
  const length = view.getUint32(4, true), head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const v = head.vessels, f = head.fixes;
  let at = 8 + length;
  const take = (Type, n) => { const column = new Type(buffer, at, n); at += column.byteLength; return column; };
  return {
    head, fromMs: Date.parse(head.from), toMs: Date.parse(head.to), mmsi: take(Uint32Array, v), end: take(Uint32Array, v), ms: take(Uint32Array, f),
    lon: take(Float32Array, f), lat: take(Float32Array, f), sog: take(Uint16Array, f), cog: take(Uint16Array, f), heading: take(Uint16Array, f), status: take(Uint8Array, f), marks: take(Uint8Array, f),
  };
}

/** One vessel's track, in parts that lie in slices one after the other; it remembers where it was asked last. */
class PastTrack {
  part = 0;
  k = -1; // the last fix at or before the moment asked, within its part; -1 before the first

  constructor(mmsi) { this.mmsi = mmsi; this.parts = []; }

  time(part, k) { const p = this.parts[part]; return p.slice.fromMs + p.slice.ms[k]; }

  add(slice, a, b) {
    const at = this.parts.findIndex(p => p.slice.fromMs > slice.fromMs);
    if (at < 0) this.parts.push({ slice, a, b });
    else { this.parts.splice(at, 0, { slice, a, b }); this.reset(); }
  }

  reset() { this.part = 0; this.k = -1; }

  /** The fix after the one it stands at: [part, k], or null. */
  next() {
    if (!this.parts.length) return null;
    if (this.k < 0) return [0, this.parts[0].a];
    if (this.k + 1 < this.parts[this.part].b) return [this.part, this.k + 1];
    return this.part + 1 < this.parts.length ? [this.part + 1, this.parts[this.part + 1].a] : null;
  }

  /** Goes on to a moment; true when it stands at another fix than before. */
  goTo(ms) {
    let moved = false;
    if (this.k >= 0 && this.time(this.part, this.k) > ms) { this.reset(); moved = true; }
    for (let n = this.next(); n && this.time(n[0], n[1]) <= ms; n = this.next()) { [this.part, this.k] = n; moved = true; }
    return moved;
  }

  /** Lets go of slices that ended before a time, but for the one it stands in. */
  drop(beforeMs) {
    let gone = 0;
    while (gone < this.part && this.parts[gone].slice.toMs < beforeMs) gone++;
    if (gone) { this.parts.splice(0, gone); this.part -= gone; }
  }
}

/** Drawn by the same layers as the live fleet, at a time of its own. */
export class ReplayFleet extends Fleet {
  #tracks = new Map();
  #own = null; // the selected vessel's track, held for longer than the area's
  #shownMs = -Infinity;
  #dirty = true;
  #joinS = new Float64Array(0);

  constructor() {
    super();
    this.isReplay = true;
    this.version = 1e9; // never the number of a live picture
    this.atMs = 0;
    this.receivedAt = 1;
    this.marksOf = () => 0;
  }

  nowMs() { return this.atMs; }
  expectedS(i) { return Math.max(super.expectedS(i), this.#joinS[i] / 2.9); }
  get size() { return this.#tracks.size; }

  take(slice) {
    for (let v = 0, a = 0; v < slice.mmsi.length; a = slice.end[v], v++) this.#track(slice.mmsi[v]).add(slice, a, slice.end[v]);
    this.#dirty = true;
  }

  /** Takes the long track of one vessel; while it is held she is drawn by it and not by the slices of the area. */
  takeOwn(slice) {
    this.#own = slice.mmsi.length ? new PastTrack(slice.mmsi[0]) : null;
    this.#own?.add(slice, 0, slice.end[0]);
    this.#dirty = true;
  }

  drop(beforeMs) { for (const track of this.#tracks.values()) track.drop(beforeMs); }

  /** Forgets the area's slices; the selected vessel's track stays. */
  clear() { this.#tracks.clear(); this.#dirty = true; }
  forgetOwn() { this.#own = null; this.#dirty = true; }

  /** Draws the picture of a moment. */
  show(ms) {
    const back = ms < this.#shownMs;
    this.atMs = this.#shownMs = ms;
    if (back || this.#dirty) { this.index.clear(); this.count = 0; }
    let changed = back || this.#dirty;
    for (const held of this.#tracks.values()) if (this.#draw(held.mmsi === this.#own?.mmsi ? this.#own : held, ms, back)) changed = true;
    if (this.#own && !this.#tracks.has(this.#own.mmsi) && this.#draw(this.#own, ms, back)) changed = true;
    for (let i = 0; i < this.count; i++) {
      const flags = (this.flags[i] & ~(FLAG.openSilence | FLAG.openAlert)) | this.marksOf(this.mmsi[i], ms);
      if (flags !== this.flags[i]) { this.flags[i] = flags; changed = true; }
    }
    this.#dirty = false;
    if (changed) { this.version++; this.feedNowMs = ms; }
  }

  #track(mmsi) {
    let track = this.#tracks.get(mmsi);
    if (!track) this.#tracks.set(mmsi, track = new PastTrack(mmsi));
    return track;
  }

  #draw(track, ms, back) {
    const moved = track.goTo(ms);
    if (track.k < 0 || !(moved || back || this.#dirty)) return false;
    this.#place(track);
    return true;
  }

  #place(track) {
    let i = this.index.get(track.mmsi);
    if (i === undefined) {
      i = this.count++;
      this.#room(i + 1);
      this.index.set(track.mmsi, i);
      this.mmsi[i] = track.mmsi;
    }
    const { slice } = track.parts[track.part], k = track.k;
    this.lonDeg[i] = slice.lon[k];
    this.latDeg[i] = slice.lat[k];
    this.x[i] = (slice.lon[k] + 180) / 360;
    this.y[i] = mercatorY(slice.lat[k]);
    this.sogTenths[i] = slice.sog[k];
    this.cogTenths[i] = slice.cog[k];
    this.headingDeg[i] = slice.heading[k];
    this.status[i] = slice.status[k];
    this.flags[i] = (slice.marks[k] & CLASS_B ? FLAG.classB : 0) | (slice.marks[k] & KIND);
    this.timeMs[i] = slice.fromMs + slice.ms[k];
    this.changedAt[i] = performance.now();
    this.vx[i] = this.vy[i] = this.#joinS[i] = 0;
    const next = track.next();
    if (!next) return;
    const after = track.parts[next[0]].slice, n = next[1];
    const seconds = (after.fromMs + after.ms[n] - this.timeMs[i]) / 1000;
    if (!(after.marks[n] & JOINED) || seconds <= 0) return;
    const east = (after.lon[n] + 180) / 360 - this.x[i];
    this.vx[i] = (east - Math.round(east)) / seconds; // the short way, also over the date line
    this.vy[i] = (mercatorY(after.lat[n]) - this.y[i]) / seconds;
    this.#joinS[i] = seconds;
  }

  #room(count) {
    if (count > this.#joinS.length) { const more = new Float64Array(Math.max(4096, this.#joinS.length * 2)); more.set(this.#joinS); this.#joinS = more; }
    if (count <= this.mmsi.length) return;
    for (const [name, column] of Object.entries(this)) {
      if (ArrayBuffer.isView(column)) { const more = new column.constructor(column.length * 2); more.set(column); this[name] = more; }
    }
  }
}
