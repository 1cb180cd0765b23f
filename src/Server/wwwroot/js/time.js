// Live or replay: which picture is shown, at what time, in which window. Nobody shall take replay for live: a word and a colour in the
// header, a band below it, and every count and tip name the time of the picture. Decisions are always taken now.
import { byId, announce } from './dom.js';
import { t } from './text.js';
import { FLAG } from './fleet.js';
import { minute, span, spaced, clock, day } from './words.js';
import { Replay, SPEEDS } from './replay.js';
import { TimeBar, STEP_MS } from './time-bar.js';

const HOUR = 36e5, BEFORE_MS = 18e5, SAY_EVERY_MS = 1000;
// Where these keys have a meaning of their own, time does not move.
const OWN_ARROWS = 'input, textarea, select, canvas, #alerts, summary, [role=slider], [role=tablist], [role=listbox], [role=toolbar], [role=radiogroup], [role=menu], [contenteditable]';
const OWN_SPACE = `${OWN_ARROWS.replace('canvas, #alerts, ', '')}, button, a[href], [role=button], [role=tab]`;

export class Time {
  #about = null; // what is open: { mmsi, startMs }
  #alerts = [];
  #byMmsi = new Map();
  #said = 0;
  #raised = -1;

  /** `live` the live fleet; `show(fleet)` puts a fleet on map and table; `box()` the view; `changed()` when the address is to be written. */
  constructor({ live, show, box, changed, redraw, isExercise, openAlert, list, rings, fault }) {
    Object.assign(this, { live, put: show, changed, redraw, list, rings });
    this.replay = new Replay({
      nowMs: () => live.nowMs(), box, tick: () => this.#tick(), caughtUp: () => { this.now(); announce(t('time.caughtUp')); },
      fault: problem => fault(problem && t('time.failed', { problem: problem.message })),
    });
    this.replay.fleet.marksOf = (mmsi, ms) => this.#marks(mmsi, ms);
    this.bar = new TimeBar({
      seek: ms => this.seek(ms), step: ms => this.step(ms), end: last => this.end(last), play: () => this.play(), now: () => this.now(), speed: n => this.setSpeed(n),
      preset: hours => this.preset(hours), brush: (from, to) => this.#setWindow({ hours: null, fromMs: from, toMs: to }),
      openAlert: a => { openAlert(a.caseId); this.seek(Date.parse(a.startTime)); },
    }, () => live.nowMs(), isExercise);
    byId('replay-now').addEventListener('click', () => this.now());
    setInterval(() => this.#everySecond(), SAY_EVERY_MS);
  }

  get fleet() { return this.replay.active ? this.replay.fleet : this.live; }
  /** The time of the picture shown. */
  get atMs() { return this.replay.active ? this.replay.atMs : this.live.nowMs(); }
  /** The replayed time in words; null when live. */
  get replayed() { return this.replay.active ? minute(this.replay.atMs) : null; }
  /** What the address holds. */
  get state() {
    const w = this.bar.window, iso = ms => new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000', '');
    return { ...(w.hours && !this.replay.active ? { w: w.hours } : { from: iso(w.fromMs), to: iso(w.toMs) }), ...(this.replay.active ? { at: iso(this.replay.atMs) } : {}), speed: this.replay.speed };
  }

  /** Begins with what the address says. */
  begin({ hours, fromMs, toMs, atMs, speed }) {
    if (speed) this.replay.setSpeed(speed);
    this.#setWindow(fromMs && toMs > fromMs ? { hours: null, fromMs, toMs } : this.#last(hours ?? 24));
    if (atMs) this.seek(atMs);
    this.#say();
  }

  setAlerts(alerts) {
    this.#alerts = alerts;
    this.#byMmsi = Map.groupBy(alerts.filter(a => a.mmsi), a => Number(a.mmsi));
    this.bar.setAlerts(alerts);
  }

  /** Tells what is open, so that playing begins before it and her track is held. */
  about(what) {
    this.#about = what;
    this.replay.follow(what?.mmsi ?? null);
  }

  play() {
    const r = this.replay;
    if (!r.active) {
      const { fromMs, toMs } = this.bar.window, from = this.#about?.startMs ? this.#about.startMs - BEFORE_MS : fromMs;
      this.seek(Math.min(from, toMs));
    }
    r.playing = !r.playing;
    if (!r.playing) this.changed();
    announce(t(r.playing ? 'time.saidPlay' : 'time.saidPause', { time: minute(r.atMs), speed: r.speed }));
    this.#say();
  }

  seek(ms) {
    if (ms >= this.live.nowMs() - 1000) { this.now(); return; }
    const first = !this.replay.active, w = this.bar.window;
    if (ms < w.fromMs || ms > w.toMs) { const half = (w.toMs - w.fromMs) / 2, to = Math.min(ms + half, this.live.nowMs()); this.#setWindow({ hours: null, fromMs: to - 2 * half, toMs: to }); }
    this.replay.start(ms);
    if (first) { this.put(this.replay.fleet); announce(t('time.saidReplay', { time: minute(ms) })); }
    this.#say();
    this.changed();
  }

  step(ms) {
    const at = this.atMs + ms;
    this.seek(Math.max(this.bar.window.fromMs, at));
    announce(this.bar.spoken(this.replay.active, this.atMs));
  }

  end(last) {
    this.seek(last ? this.bar.window.toMs : this.bar.window.fromMs);
    announce(this.bar.spoken(this.replay.active, this.atMs));
  }

  /** Back to the live picture, at once: it has gone on being fed. */
  now() {
    const was = this.replay.active, w = this.bar.window;
    this.replay.stop();
    this.put(this.live);
    if (was || !w.hours) this.#setWindow(this.#last(w.hours ?? Math.max(1, Math.round((w.toMs - w.fromMs) / HOUR))));
    this.list.at(null);
    if (was) announce(t('time.saidNow'));
    this.#say();
    this.changed();
  }

  setSpeed(n) {
    this.replay.setSpeed(Number.isFinite(n) && n > 0 ? n : SPEEDS.first);
    this.#say();
    this.changed();
  }

  preset(hours) {
    const length = hours * HOUR, now = this.live.nowMs(), at = this.atMs;
    const to = !this.replay.active || at >= now - length ? now : Math.min(now, at + length / 2);
    this.#setWindow({ hours, fromMs: to - length, toMs: to });
  }

  moved() { this.replay.moved(); }

  /** True when the key was one of time's. */
  key(e) {
    if (e.key === ' ' && !e.target.closest(OWN_SPACE)) { this.play(); return true; }
    if (e.key === 'n' || e.key === 'N') { this.now(); return true; }
    if (e.target.closest(OWN_ARROWS)) return false;
    const sign = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (sign) { this.step(sign * (e.shiftKey ? HOUR : STEP_MS)); return true; }
    if (e.key === 'Home' || e.key === 'End') { this.end(e.key === 'End'); return true; }
    return false;
  }

  #last(hours) { const now = this.live.nowMs(); return { hours, fromMs: now - hours * HOUR, toMs: now }; }
  #setWindow(window) { this.bar.setWindow(window); this.changed(); this.#say(); }

  // What was known at the moment: an alert marks a vessel from when it was raised.
  #marks(mmsi, ms) {
    let marks = 0;
    for (const a of this.#byMmsi.get(mmsi) ?? []) {
      if (Date.parse(a.openedAt) > ms || ['dismissed', 'withdrawn'].includes(a.state)) continue;
      marks |= FLAG.openAlert | (a.kind === 'silence' && !(Date.parse(a.endTime) < ms) ? FLAG.openSilence : 0);
    }
    return marks;
  }

  // Where nothing is held the sea is not empty: it is not known.
  #counted() {
    const r = this.replay, n = r.fleet.shipCount(), time = minute(r.atMs);
    if (!r.ready) return t('time.fetching', { time });
    return n === 0 && this.bar.isUnknown(r.atMs) ? t('time.unknown', { time }) : t('time.vessels', { n, count: spaced(n), time });
  }

  #tick() {
    this.redraw();
    this.bar.show({ replay: true, playing: this.replay.playing, waiting: this.replay.waiting || !this.replay.ready, atMs: this.replay.atMs, speed: this.replay.speed });
    byId('replay-time').textContent = `${day(this.replay.atMs)} ${clock(this.replay.atMs)} UTC`;
    if (performance.now() - this.#said > SAY_EVERY_MS / 2) this.#say();
  }

  #everySecond() {
    if (this.replay.active) { if (this.replay.playing) this.changed(); this.#say(); return; }
    const w = this.bar.window;
    if (w.hours && !document.hidden) this.bar.slide({ ...w, ...this.#last(w.hours) });
    this.#say();
  }

  #say() {
    this.#said = performance.now();
    const r = this.replay, root = document.documentElement;
    root.toggleAttribute('data-replay', r.active);
    byId('replay-band').hidden = !r.active;
    byId('picture-mode').textContent = t(r.active ? 'time.wordReplay' : 'time.wordLive');
    this.bar.show({ replay: r.active, playing: r.playing, waiting: r.active && (r.waiting || !r.ready), atMs: r.atMs, speed: r.speed });
    const raised = this.#alerts.filter(a => !r.active || Date.parse(a.openedAt) <= r.atMs).length;
    if (raised !== this.#raised) { this.#raised = raised; this.rings(); }
    if (!r.active) return;
    byId('replay-time').textContent = `${day(r.atMs)} ${clock(r.atMs)} UTC`;
    byId('replay-before').textContent = t('time.before', { span: span(this.live.nowMs() - r.atMs) });
    byId('replay-notes').textContent = [...r.notes].join(' ');
    byId('vessel-count').textContent = this.#counted();
    this.list.at(r.atMs);
  }
}
