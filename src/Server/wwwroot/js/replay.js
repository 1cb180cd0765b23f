// The clock of replay and the slices it plays from: fetched ahead, one after the other, for the waters in view. It never runs ahead of
// what has come: until then it stands, and says so.
import { t } from './text.js';
import { get, Problem } from './api.js';
import { readSlice, ReplayFleet } from './replay-fleet.js';

const MINUTE = 60000, HOUR = 60 * MINUTE;
export const SPEEDS = { least: 1, most: 3600, first: 60 };
const LOOK_BACK = HOUR, LOOK_BACK_STEP_S = 600, KEPT_BEHIND = 1.5 * HOUR;
const OWN_AROUND = 24 * HOUR;
const EDGE = MINUTE / 2; // so near the present there is nothing to play: it is the live picture

/** How long a slice is and how closely it is asked for, by speed: about one slice in ten seconds, at most one a second. */
export function planOf(speed) {
  const sliceMs = (speed <= 60 ? 10 : speed <= 600 ? 30 : 60) * MINUTE;
  return { sliceMs, stepS: Math.max(10, Math.min(300, Math.round(speed / 12))), ahead: 2 };
}

async function fetchSlices(query, signal, take) {
  for (let after = ''; ;) {
    const response = await fetch(`/api/history/picture?${query}${after}`, { credentials: 'same-origin', signal });
    if (response.status === 401) { await get('/api/me'); return; }
    if (!response.ok) { const p = await response.json().catch(() => ({})); throw new Problem(response.status, p.title ?? t('common.answered', { status: response.status }), p.detail); }
    const slice = readSlice(await response.arrayBuffer());
    take(slice);
    if (slice.head.next === null) return;
    after = `&after=${slice.head.next}`;
  }
}

const iso = ms => new Date(ms).toISOString();

export class Replay {
  fleet = new ReplayFleet();
  active = false;
  playing = false;
  waiting = false;
  atMs = 0;
  speed = SPEEDS.first;
  notes = new Set(); // what was thinned or cut, in the server's words
  #loadedFrom = NaN; // slices follow each other from here
  #loadedTo = NaN;
  #box = null;
  #plan = planOf(SPEEDS.first);
  #loading = null;
  #retryAt = 0;
  #last = 0;
  #own = null;
  #replaced = false;

  /** `nowMs` the watch's time; `box` the view's [west, south, east, north]; `tick` after each moment shown; `caughtUp` when it reaches the present. */
  constructor({ nowMs, box, tick, caughtUp, fault }) {
    Object.assign(this, { nowMs, box, tick, caughtUp, fault });
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
  }

  start(ms) {
    const was = this.active;
    this.active = true;
    this.seek(ms);
    if (!was) { this.#last = performance.now(); requestAnimationFrame(this.#turn); }
  }

  stop() {
    this.active = this.playing = this.waiting = false;
    this.#loading?.abort();
    this.#reset();
  }

  seek(ms) {
    this.atMs = Math.min(ms, this.nowMs());
    if (!(this.atMs >= this.#loadedFrom && this.atMs <= this.#loadedTo)) this.#reset();
    this.follow(this.#own?.mmsi ?? null);
    this.#pump();
    this.#show();
  }

  setSpeed(speed) {
    this.speed = Math.max(SPEEDS.least, Math.min(SPEEDS.most, speed));
    this.#plan = planOf(this.speed); // for what is asked from now on
    this.#pump();
  }

  /** The map has moved: slices are of what is in view, with a margin. */
  moved() {
    if (!this.active || !this.#box) return;
    const [w, s, e, n] = this.box(), [bw, bs, be, bn] = this.#box;
    if (w < bw || s < bs || e > be || n > bn || (e - w) * 5 < be - bw) { this.#reset(true); this.#pump(); }
  }

  /** Holds the track of one vessel a day around the moment, so that she is there also after a long silence. */
  async follow(mmsi) {
    if (mmsi === null) { if (this.#own) this.fleet.forgetOwn(); this.#own = null; return; }
    if (!this.active) { this.#own = { mmsi, fromMs: NaN, toMs: NaN }; return; }
    const own = this.#own;
    if (own?.mmsi === mmsi && this.atMs >= own.fromMs + HOUR && this.atMs <= own.toMs - HOUR) return;
    const mine = this.#own = { mmsi, fromMs: this.atMs - OWN_AROUND, toMs: this.atMs + OWN_AROUND };
    try {
      await fetchSlices(`mmsi=${String(mmsi).padStart(9, '0')}&from=${iso(mine.fromMs)}&to=${iso(mine.toMs)}&step=20`, undefined, slice => {
        if (this.#own === mine) { this.fleet.takeOwn(slice); this.#show(); }
      });
    } catch (problem) { this.fault(problem); }
  }

  // What is drawn stays, when asked so, until the first of what replaces it has come.
  #reset(keepDrawn = false) {
    this.#loading?.abort();
    this.#loading = null;
    this.#loadedFrom = this.#loadedTo = NaN;
    this.#retryAt = 0;
    this.notes.clear();
    this.#replaced = keepDrawn;
    if (!keepDrawn) this.fleet.clear();
  }

  // One request at a time, in the order of time; each that comes asks for the next.
  async #pump() {
    if (!this.active || this.#loading || performance.now() < this.#retryAt) return;
    const { sliceMs, stepS, ahead } = this.#plan, first = Number.isNaN(this.#loadedTo);
    const from = first ? Math.floor(this.atMs / sliceMs) * sliceMs : this.#loadedTo;
    const now = this.nowMs(), to = Math.max(from + 1000, Math.min(from + sliceMs, now)); // what is not yet is not asked for
    if (from > this.atMs + ahead * sliceMs || (!first && now - from < EDGE)) return;
    const abort = this.#loading = new AbortController();
    if (first) {
      const [w, s, e, n] = this.box(), dx = (e - w) / 2, dy = (n - s) / 2;
      this.#box = [Math.max(-180, w - dx), Math.max(-90, s - dy), Math.min(180, e + dx), Math.min(90, n + dy)];
    }
    const area = `bbox=${this.#box.map(v => v.toFixed(4))}`;
    const take = slice => {
      if (abort.signal.aborted) return;
      if (this.#replaced) this.fleet.clear();
      this.#replaced = false;
      this.fleet.take(slice);
      for (const note of [slice.head.heldThinned, slice.head.cut && slice.head.next === null ? slice.head.cut : null]) if (note) this.notes.add(note);
    };
    try {
      if (first) await fetchSlices(`${area}&from=${iso(from - LOOK_BACK)}&to=${iso(from)}&step=${LOOK_BACK_STEP_S}`, abort.signal, take);
      await fetchSlices(`${area}&from=${iso(from)}&to=${iso(to)}&step=${stepS}`, abort.signal, take);
      if (abort.signal.aborted) return;
      if (first) this.#loadedFrom = from;
      this.#loadedTo = to;
      this.fleet.drop(this.atMs - KEPT_BEHIND);
      this.#loadedFrom = Math.max(this.#loadedFrom, Math.min(this.atMs, Math.floor((this.atMs - KEPT_BEHIND) / sliceMs) * sliceMs));
      this.fault(null);
    } catch (problem) {
      if (abort.signal.aborted) return;
      this.#retryAt = performance.now() + 3000;
      setTimeout(() => this.#pump(), 3100);
      this.fault(problem);
    } finally { if (this.#loading === abort) this.#loading = null; }
    this.#show();
    this.#pump();
  }

  #turn = stamp => {
    if (!this.active) return;
    const least = this.still.matches ? 1000 : 33;
    if (stamp - this.#last >= least) {
      if (this.playing) this.#playOn(Math.min(stamp - this.#last, 2000));
      this.#last = stamp;
    }
    requestAnimationFrame(this.#turn);
  };

  #playOn(realMs) {
    const to = this.atMs + realMs * this.speed, now = this.nowMs();
    if (to >= now - EDGE) { this.caughtUp(); return; }
    this.waiting = !(this.#loadedTo >= to);
    if (this.waiting && !(this.#loadedTo > this.atMs)) { this.#pump(); this.tick(); return; }
    this.atMs = this.waiting ? this.#loadedTo : to;
    if (this.#own && this.atMs > this.#own.toMs - HOUR) this.follow(this.#own.mmsi);
    this.#pump();
    this.#show();
  }

  #show() {
    if (!this.active) return;
    this.fleet.show(this.atMs);
    this.tick();
  }

  /** Whether the picture of the moment has come. */
  get ready() { return this.#loadedTo >= this.atMs; }
}
