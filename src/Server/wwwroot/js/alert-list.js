// The list of alerts. It never moves under the hand: while the pointer or the focus is in it, or an alert is open,
// changes wait behind a bar ('3 new') until the reader applies them (key u).
import { countSuspended } from './suspensions.js';
import { el, icon, byId, announce } from './dom.js';
import { KIND, BAND, STATE, subject, roughSpan } from './words.js';
import { t, has, dots, commas } from './text.js';

const ruleNames = a => `${t('rule-marks.met')}: ${commas(a.rules.map(r => r.name))}`;
const OPEN_STATES = ['new', 'acknowledged', 'escalated', 'released'];

export class AlertList {
  #shown = [];
  #drawn = new Map();
  #latest = [];
  #selected = null;
  #pointerInside = false;
  #showClosed = false;
  #replayedMs = null;

  constructor(onOpen, nowMs) {
    this.onOpen = onOpen;
    this.nowMs = nowMs;
    this.list = byId('alerts');
    this.bar = byId('new-bar');
    this.bar.addEventListener('click', () => this.apply());
    this.list.addEventListener('pointerenter', () => { this.#pointerInside = true; });
    this.list.addEventListener('pointerleave', () => { this.#pointerInside = false; this.#settle(); });
    this.list.addEventListener('keydown', e => this.#key(e));
    byId('show-closed').addEventListener('change', e => { this.#showClosed = e.target.checked; this.apply(); });
  }

  get alerts() { return this.#latest; }
  find(caseId) { return this.#latest.find(a => a.caseId === caseId); }

  /** Takes the server's list; draws at once when nobody is reading, else keeps the order and says how many are new. */
  take(alerts) {
    countSuspended();
    const first = this.#latest.length === 0;
    this.#latest = [...alerts].sort((a, b) => b.priority - a.priority);
    if (first || !this.#busy()) { this.apply(false); return; }
    const byCase = new Map(this.#latest.map(a => [a.caseId, a]));
    this.#shown = this.#shown.map(a => byCase.get(a.caseId) ?? { ...a, state: 'withdrawn' });
    this.#draw();
    this.#offer();
  }

  apply(say = true) {
    this.#shown = this.#visible();
    this.#draw();
    this.bar.hidden = true;
    if (say) announce(t('alerts.inList', { n: this.#shown.length }));
  }

  select(caseId) {
    this.#selected = caseId;
    for (const row of this.list.querySelectorAll('[data-alert-id]')) {
      const on = row.dataset.alertId === caseId;
      row.setAttribute('aria-current', on ? 'true' : 'false');
      if (on) row.scrollIntoView({ block: 'nearest' });
    }
    if (caseId === null) this.#settle();
  }

  /** Marks what was not yet raised at a replayed time; null: live. */
  at(ms) {
    this.#replayedMs = ms;
    for (const row of this.list.querySelectorAll('[data-alert-id]')) {
      const a = this.find(row.dataset.alertId), later = Boolean(a) && this.#isLater(a);
      if (!a || row.classList.contains('later') === later) continue;
      row.classList.toggle('later', later);
    }
  }

  #isLater(a) { return this.#replayedMs !== null && Date.parse(a.openedAt) > this.#replayedMs; }

  #busy() { return this.#pointerInside || this.#selected !== null || this.list.contains(document.activeElement); }
  #settle() { if (!this.bar.hidden && !this.#busy()) this.apply(); }
  #visible() { return this.#latest.filter(a => this.#showClosed || OPEN_STATES.includes(a.state)); }

  #offer() {
    const known = new Set(this.#shown.map(a => a.caseId)), wanted = this.#visible();
    const fresh = wanted.filter(a => !known.has(a.caseId)).length;
    const moved = wanted.some((a, i) => this.#shown[i]?.caseId !== a.caseId);
    this.bar.hidden = fresh === 0 && !moved;
    this.bar.firstChild.textContent = fresh ? t('alerts.new', { n: fresh }) : t('alerts.moved');
    if (fresh) announce(t('case.newSaid', { n: fresh, key: this.bar.getAttribute('aria-keyshortcuts') }));
  }

  #key(e) {
    const rows = [...this.list.querySelectorAll('[data-alert-id]')];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[e.key];
    if (to === undefined || !rows[to]) return;
    e.preventDefault();
    rows[to].focus();
  }

  #draw() {
    const focused = document.activeElement?.dataset?.alertId;
    const top = this.list.scrollTop;
    const open = this.#latest.filter(a => OPEN_STATES.includes(a.state)).length;
    byId('alert-count').textContent = String(open);
    const rows = this.#shown.map(a => this.#item(a));
    byId('no-alerts').hidden = this.#shown.length > 0;
    if (rows.length === this.list.children.length && rows.every((row, i) => row === this.list.children[i])) return;
    this.list.replaceChildren(...rows);
    this.list.scrollTop = top;
    if (focused) this.list.querySelector(`[data-alert-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  // A row that says the same stays the same element: a click that has begun on it is not lost to a refresh. Priority only orders.
  #item(a) {
    const { priority, ...shown } = a, said = JSON.stringify(shown);
    const drawn = this.#drawn.get(a.caseId);
    if (drawn?.said === said) return drawn.item;
    const item = el('li', {}, this.#row(a));
    this.#drawn.set(a.caseId, { said, item });
    return item;
  }

  #row(a) {
    const band = BAND[a.band], name = subject(a.kind, a.vesselName, a.mmsi), kind = KIND[a.kind] ?? a.kind;
    const closed = !OPEN_STATES.includes(a.state);
    const change = a.change && `case.${a.change.text.split(/[ :]/)[0]}`;
    return el('button', {
      class: `alert-row${closed ? ' closed' : ''}${this.#isLater(a) ? ' later' : ''}`, 'data-alert-id': a.caseId, 'data-band': a.band, 'data-state': a.state, type: 'button',
      'aria-current': a.caseId === this.#selected ? 'true' : 'false',
      onclick: () => this.onOpen(a),
    },
    icon(a.kind, 'kind'),
    el('span', { class: 'line one' },
      el('strong', { own: name }), ' ', el('span', { class: 'flag', own: a.flagText ?? '' }), ' ',
      el('span', { class: `band band-${a.band ?? 'hidden'}` }, el('span', { class: 'visually-hidden', text: `${t('alerts.confidence')} ` }), band.word)), ' ',
    el('span', { class: 'line two' }, el('span', { class: 'where' }, kind, a.placeText && ' · '), el('span', { class: 'place', said: a.placeText })), ' ',
    el('span', { class: 'line two' },
      a.rules.length > 0 && [el('span', { class: 'rule-mark', title: ruleNames(a), 'aria-hidden': 'true', text: t('rule-marks.mark', { n: a.rules.length }) }), el('span', { class: 'visually-hidden', text: `${ruleNames(a)} ` })],
      el('span', { class: 'later-note', text: t('time.later') }), ' ',
      el('span', { class: 'when', 'data-age': a.caseId, text: this.#age(a, 'alerts.endedAgo') }), ' ',
      change && change !== 'case.ended' && has(change) && [el('span', { class: 'change', title: a.change.text, text: t(change) }), ' '],
      el('span', { class: 'held', own: dots(STATE[a.state], a.assignee) })));
  }

  #age(a, ended = 'alerts.ago') {
    const now = this.nowMs();
    return a.endTime ? t(ended, { span: roughSpan(now - Date.parse(a.endTime)) }) : t('alerts.openSince', { span: roughSpan(now - Date.parse(a.startTime)) });
  }

  /** Keeps the ages true without drawing the rows anew. */
  refreshAges() {
    for (const cell of this.list.querySelectorAll('[data-age]')) {
      const a = this.find(cell.dataset.age);
      if (a) cell.textContent = this.#age(a, 'alerts.endedAgo');
    }
  }
}
