// The bar at the bottom: a window of time with what was heard in it, marks of alerts, and a slider that says its time. It only shows and
// asks; what happens is decided in time.js.
import { el, byId } from './dom.js';
import { get } from './api.js';
import { t, language } from './text.js';
import { onPalette } from './palette.js';
import { KIND, subject, span, minute, clock, day } from './words.js';
import { drawPlot, runs } from './time-plot.js';
import { rights } from './rights.js';

const HOUR = 36e5, PRESETS = [1, 6, 24, 168, 720], AGAIN_MS = 30000, BRUSH_PX = 6, PX_PER_BIN = 3;
export const STEP_MS = 600000;

export const presetText = hours => (hours < 48 ? t('time.hours', { n: hours }) : t('time.days', { n: hours / 24 }));

export class TimeBar {
  window = { hours: 24, fromMs: 0, toMs: 1 };
  #histogram = null;
  #alerts = [];
  #asked = 0;
  #askedFor = '';
  #grip = null;

  /** `acts`: seek(ms), play(), now(), speed(n), preset(hours), brush(fromMs, toMs), openAlert(alert). */
  constructor(acts, nowMs, isExercise) {
    Object.assign(this, { acts, nowMs, isExercise, plot: byId('time-plot'), canvas: byId('time-canvas'), thumb: byId('time-thumb'), marks: byId('time-marks'), tip: byId('time-tip'), brush: byId('time-brush') });
    byId('time-play').addEventListener('click', () => acts.play());
    byId('time-now').addEventListener('click', () => acts.now());
    byId('time-presets').append(...PRESETS.map(h => el('button', { type: 'button', 'data-hours': h, 'aria-pressed': 'false', onclick: () => acts.preset(h) }, presetText(h))));
    const speed = byId('time-speed');
    speed.addEventListener('change', () => acts.speed(Number(speed.value)));
    byId('time-window-form').addEventListener('submit', e => { e.preventDefault(); this.#typed(); });
    byId('time-fold').addEventListener('click', () => this.fold(!document.body.classList.contains('time-folded')));
    this.thumb.addEventListener('keydown', e => this.#slide(e));
    this.marks.addEventListener('keydown', e => this.#rove(e));
    this.#pointer();
    new ResizeObserver(() => this.#draw()).observe(this.plot);
    onPalette(() => this.#draw());
    setInterval(() => { if (!document.hidden) this.load(true); }, AGAIN_MS);
    this.fold(matchMedia('(max-width: 760px)').matches || localStorage.getItem('maritimewatch.timebar') === 'folded', false);
  }

  fold(folded, keep = true) {
    document.body.classList.toggle('time-folded', folded);
    const button = byId('time-fold');
    button.setAttribute('aria-expanded', String(!folded));
    button.setAttribute('aria-label', t(folded ? 'time.unfold' : 'time.fold'));
    if (keep) localStorage.setItem('maritimewatch.timebar', folded ? 'folded' : 'open');
    this.#draw();
  }

  setWindow(window) {
    this.window = window;
    for (const b of byId('time-presets').children) b.setAttribute('aria-pressed', String(Number(b.dataset.hours) === window.hours));
    byId('time-from').value = new Date(window.fromMs).toISOString().slice(0, 16);
    byId('time-to').value = new Date(window.toMs).toISOString().slice(0, 16);
    this.load();
    this.#draw();
    this.#mark();
  }

  /** The window goes on with the present. */
  slide(window) {
    this.window = window;
    this.#draw();
    for (const b of this.marks.querySelectorAll('button')) b.style.insetInlineStart = this.#at(Number(b.dataset.at));
  }

  #at(ms) { return `${((ms - this.window.fromMs) / (this.window.toMs - this.window.fromMs) * 100).toFixed(3)}%`; }

  setAlerts(alerts) { this.#alerts = alerts; this.#mark(); }

  /** Asks what was heard in the window; again only when the window has changed, or when asked to. */
  async load(again = false) {
    if (!rights.watch) return;
    const { fromMs, toMs } = this.window, key = `${Math.round(fromMs / STEP_MS)} ${Math.round(toMs / STEP_MS)}`;
    if (toMs - fromMs < 60000 || (key === this.#askedFor && !again)) return;
    this.#askedFor = key;
    const mine = ++this.#asked, bins = Math.max(30, Math.min(600, Math.round(this.plot.clientWidth / PX_PER_BIN) || 240));
    try {
      const answer = await get(`/api/history/histogram?from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}&bins=${bins}`);
      if (mine !== this.#asked) return;
      this.#histogram = answer;
      byId('time-note').textContent = '';
    } catch (problem) {
      if (mine !== this.#asked) return;
      this.#histogram = null;
      this.#askedFor = '';
      byId('time-note').textContent = problem.message;
    }
    this.#draw();
    byId('time-summary').textContent = this.#summary();
  }

  /** Puts controls and thumb where the picture stands. */
  show({ replay, playing, waiting, atMs, speed }) {
    const { fromMs, toMs } = this.window, now = this.nowMs(), at = replay ? atMs : now, play = byId('time-play');
    play.setAttribute('aria-label', t(playing ? 'time.pause' : 'time.play'));
    play.title = `${t(playing ? 'time.pause' : 'time.play')} (${t('time.space')})`;
    play.classList.toggle('playing', playing);
    byId('time-now').setAttribute('aria-pressed', String(!replay));
    byId('time-mode').textContent = replay ? t(waiting ? 'time.loading' : playing ? 'time.replayAt' : 'time.paused', { speed }) : t('time.live');
    byId('time-at').textContent = `${day(at)} ${clock(at)} UTC`;
    byId('time-at').title = this.#local(at);
    if (document.activeElement !== byId('time-speed')) byId('time-speed').value = speed;
    const share = Math.max(0, Math.min(1, (at - fromMs) / (toMs - fromMs)));
    this.thumb.style.insetInlineStart = `${(share * 100).toFixed(3)}%`;
    const values = { 'aria-valuemin': Math.floor(fromMs / 1000), 'aria-valuemax': Math.ceil(Math.min(toMs, now) / 1000), 'aria-valuenow': Math.round(at / 1000), 'aria-valuetext': this.spoken(replay, at) };
    for (const [name, value] of Object.entries(values)) if (this.thumb.getAttribute(name) !== String(value)) this.thumb.setAttribute(name, value);
  }

  spoken(replay, atMs) { return replay ? t('time.spokenReplay', { time: minute(atMs), before: span(this.nowMs() - atMs) }) : t('time.spokenLive', { time: minute(atMs) }); }

  /** Whether nothing is held of a moment in the window. */
  isUnknown(ms) {
    const h = this.#histogram, state = h?.states[Math.floor((ms - Date.parse(h.from)) / (h.binSeconds * 1000))];
    return state !== undefined && state !== 'held' && state !== 'thinned';
  }

  #local(ms) { return this.isExercise() ? t('time.exercise') : t('time.local', { time: new Date(ms).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }) }); }
  #ms(clientX) { const r = this.plot.getBoundingClientRect(); return this.window.fromMs + Math.max(0, Math.min(1, (clientX - r.left) / r.width)) * (this.window.toMs - this.window.fromMs); }
  #draw() { if (this.plot.clientWidth) drawPlot(this.canvas, this.#histogram, this.window); }

  #typed() {
    const read = id => Date.parse(`${byId(id).value}Z`), from = read('time-from'), to = read('time-to'), note = byId('time-note');
    if (!(to - from >= 60000 && to - from <= 31 * 24 * HOUR)) { note.textContent = t('time.badWindow'); return; }
    note.textContent = '';
    byId('time-window').open = false;
    this.acts.brush(from, to);
  }

  #slide(e) {
    const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[e.key], page = { PageDown: -1, PageUp: 1 }[e.key];
    if (sign) this.acts.step(sign * (e.shiftKey ? HOUR : STEP_MS));
    else if (page) this.acts.step(page * HOUR);
    else if (e.key === 'Home' || e.key === 'End') this.acts.end(e.key === 'End');
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  // A click goes to the time; a drag along the bars chooses a window; the thumb is dragged to a time.
  #pointer() {
    this.plot.addEventListener('pointerdown', e => {
      if (e.button !== 0 || e.target.closest('#time-marks button')) return;
      this.#grip = { x: e.clientX, thumb: e.target === this.thumb };
      this.plot.setPointerCapture(e.pointerId);
    });
    this.plot.addEventListener('pointermove', e => {
      this.#hover(e);
      if (!this.#grip) return;
      if (this.#grip.thumb) { this.acts.seek(this.#ms(e.clientX)); return; }
      const r = this.plot.getBoundingClientRect(), a = Math.min(e.clientX, this.#grip.x) - r.left, b = Math.max(e.clientX, this.#grip.x) - r.left;
      this.brush.hidden = b - a < BRUSH_PX;
      this.brush.style.left = `${a}px`;
      this.brush.style.width = `${b - a}px`;
    });
    const done = e => {
      const grip = this.#grip;
      this.#grip = null;
      this.brush.hidden = true;
      if (!grip || e.type === 'pointercancel') return;
      if (!grip.thumb && Math.abs(e.clientX - grip.x) >= BRUSH_PX) this.acts.brush(...[this.#ms(grip.x), this.#ms(e.clientX)].sort((a, b) => a - b));
      else this.acts.seek(this.#ms(e.clientX));
    };
    this.plot.addEventListener('pointerup', done);
    this.plot.addEventListener('pointercancel', done);
    this.plot.addEventListener('pointerleave', () => { this.tip.hidden = true; });
  }

  #hover(e) {
    const ms = this.#ms(e.clientX), h = this.#histogram, i = h ? Math.floor((ms - Date.parse(h.from)) / (h.binSeconds * 1000)) : -1, n = h?.messages[i];
    const doubts = (h?.doubts ?? []).filter(d => Date.parse(d.from) <= ms && ms <= (d.to ? Date.parse(d.to) : this.nowMs()));
    this.tip.hidden = false;
    this.tip.replaceChildren(
      el('strong', { text: minute(ms) }), el('span', { text: this.#local(ms) }),
      h && el('span', { text: n === null || n === undefined ? t(`time.${h.states[i] ?? 'notYet'}`) : t('time.messages', { n, span: span(h.binSeconds * 1000) }) }) || '',
      ...doubts.map(d => el('span', { text: t('time.doubt', { feed: d.feed }) })));
    const r = this.plot.getBoundingClientRect(), x = e.clientX - r.left;
    this.tip.style.transform = `translate(${x > r.width - 240 ? x - 12 : x + 12}px, 0)${x > r.width - 240 ? ' translateX(-100%)' : ''}`;
  }

  // One stop of the keyboard for all marks; within, arrows go from one to the next.
  #mark() {
    const { fromMs, toMs } = this.window, focused = document.activeElement?.dataset?.markOf;
    const shown = this.#alerts.map(a => ({ ...a, at: Date.parse(a.startTime) })).filter(a => a.at >= fromMs && a.at <= toMs).sort((a, b) => a.at - b.at);
    this.marks.replaceChildren(...shown.map((a, i) => {
      const b = el('button', {
        type: 'button', class: `mark band-${a.band}`, 'data-mark-of': a.caseId, 'data-at': a.at, tabindex: i === 0 ? '0' : '-1', onclick: () => this.acts.openAlert(a),
        'aria-label': t('time.mark', { kind: KIND[a.kind] ?? a.kind, name: subject(a.kind, a.vesselName, a.mmsi), began: minute(a.startTime), raised: minute(a.openedAt) }),
        title: `${KIND[a.kind] ?? a.kind}, ${subject(a.kind, a.vesselName, a.mmsi)}, ${minute(a.startTime)}`,
      });
      b.style.insetInlineStart = this.#at(a.at);
      return el('li', { role: 'presentation' }, b);
    }));
    if (focused) this.marks.querySelector(`[data-mark-of="${CSS.escape(focused)}"]`)?.focus();
  }

  #rove(e) {
    const all = [...this.marks.querySelectorAll('button')], at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    if (!all[to]) return;
    all.forEach((b, i) => { b.tabIndex = i === to ? 0 : -1; });
    all[to].focus();
  }

  #summary() {
    const h = this.#histogram;
    if (!h) return '';
    const parts = [t('time.summary', { from: minute(h.from), to: minute(h.to), n: h.messages.reduce((sum, n) => sum + (n ?? 0), 0) })];
    for (const [state, a, b] of runs(h)) if (state === 'notHeld' || state === 'ended') parts.push(t('time.summaryState', { state: t(`time.${state}`), from: minute(a), to: minute(b) }));
    for (const d of h.doubts) parts.push(t('time.summaryState', { state: t('time.doubt', { feed: d.feed }), from: minute(d.from), to: d.to ? minute(d.to) : t('time.now') }));
    return parts.join(' ');
  }
}
