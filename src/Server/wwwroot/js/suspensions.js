// Suspensions: the form in the decision bar, and the list in which silence stays visible.
import { el, byId, announce } from './dom.js';
import { get, send } from './api.js';
import { KIND, minute } from './words.js';
import { t, dots, commas, group } from './text.js';
import { openDialog, labelled } from './dialog.js';
import { rights } from './rights.js';

export const SUSPEND_REASON = group('suspendReason');
const STATE = group('suspendState');
const MINUTES = 16; // of an ISO time up to its minutes, as a datetime-local field takes it
const DAY_MS = 864e5;
let longestDays = null; // as the settings say, once the list was read

/** Keeps the count on the button of the list true; hidden while nothing was ever suspended. */
export async function countSuspended() {
  const button = byId('suspended-button');
  if (!rights.watch) return; // a centre sees no suspensions
  button.onclick ??= openSuspended;
  try {
    const { suspensions, longestDays: most } = await get('/api/suspensions');
    longestDays = most;
    button.hidden = suspensions.length === 0;
    button.textContent = t('suspend.button', { n: suspensions.filter(s => s.state === 'running' || s.state === 'waiting').length });
  } catch { button.hidden = true; /* it is asked again with the next news */ }
}

async function openSuspended() {
  const { body } = openDialog('suspended', t('suspend.title'));
  const draw = async () => {
    try {
      const { suspensions } = await get('/api/suspensions');
      body.replaceChildren(el('p', { class: 'quiet', text: suspensions.length ? t('suspend.explain') : t('suspend.none') }), ...(suspensions.length ? [table(suspensions, draw)] : []));
    } catch (problem) { body.replaceChildren(el('p', { class: 'fault', role: 'alert', text: problem.message })); }
    countSuspended();
  };
  await draw();
}

function table(suspensions, draw) {
  const names = ['ship', 'kinds', 'time', 'why', 'owner', 'state', 'held'].map(key => t(`suspend.${key}`));
  return el('div', { class: 'wide' }, el('table', { class: 'suspensions' }, el('thead', {}, el('tr', {}, names.map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, suspensions.map(s => el('tr', { 'data-suspension': s.id, class: s.state }, labelled(names, [
      el('td', {}, el('a', { href: `/vessel.html?id=${encodeURIComponent(s.hullId)}`, own: s.vesselName ?? s.hullId }), el('small', { text: s.mmsi ? `MMSI ${s.mmsi}` : '' })),
      el('td', { text: commas(s.kinds.map(k => KIND[k] ?? k)) }),
      el('td', { text: t('suspend.to', { from: minute(s.from), until: minute(s.end) }) }),
      el('td', {}, SUSPEND_REASON[s.reason], el('small', { own: s.text })),
      el('td', { own: s.owner }),
      el('td', {}, STATE[s.state], s.liftedBy && el('small', { text: t('suspend.liftedBy', { name: s.liftedBy, time: minute(s.liftedAt) }) }), s.state === 'running' || s.state === 'waiting' ? lift(s, draw) : null),
      el('td', { class: 'number', text: String(s.heldCount) })]))))));
}

function lift(s, draw) {
  const box = el('div', { class: 'lift' });
  const ask = el('button', { type: 'button', class: 'small', 'data-act': 'lift', onclick: () => {
    const line = el('input', { type: 'text', maxlength: 2000, 'aria-label': t('suspend.liftWhy'), placeholder: t('suspend.liftWhy') });
    const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
    box.replaceChildren(line, el('button', { type: 'button', class: 'primary small', onclick: async () => {
      try { await send('POST', `/api/suspensions/${encodeURIComponent(s.id)}/lift`, { text: line.value }); announce(STATE.lifted); await draw(); }
      catch (problem) { fault.textContent = problem.message; fault.hidden = false; }
    } }, t('suspend.doLift')), fault);
    line.focus();
  } }, t('suspend.lift'));
  box.append(ask);
  return box;
}

/** The fields of the form in the decision bar, and what is sent of them. Times are of behaviour: it begins with this one. */
export function suspendFields(alert, nowMs) {
  const f = alert.finding, local = ms => new Date(ms).toISOString().slice(0, MINUTES);
  const from = el('input', { type: 'datetime-local', id: 'suspend-from', value: local(Date.parse(f.startTime)) });
  const until = el('input', { type: 'datetime-local', id: 'suspend-until', value: local(nowMs + 7 * DAY_MS) });
  const reason = el('select', { id: 'suspend-reason', required: true }, el('option', { value: '', text: t('decision.choose') }), Object.entries(SUSPEND_REASON).map(([value, text]) => el('option', { value, text })));
  const others = Object.keys(KIND).filter(k => k !== f.kind && k !== 'interference');
  const kinds = el('select', { id: 'suspend-kinds' }, el('option', { value: f.kind, text: KIND[f.kind] ?? f.kind }), el('option', { value: [f.kind, ...others].join(' '), text: dots(KIND[f.kind] ?? f.kind, `+ ${others.length}`) }));
  const field = (key, input) => el('label', { class: 'choice' }, el('span', { text: t(key) }), input);
  return {
    nodes: [field('decision.reason', reason), field('decide.kinds', kinds), field('decide.from', from), field('decide.until', until),
      el('p', { class: 'quiet', text: t('decide.suspendRule', { n: longestDays ?? '…' }) })],
    missing: () => (!reason.value ? t('decision.needReason') : !until.value || !from.value ? t('decide.needTimes') : null),
    body: text => ({ hull: f.vesselId, kinds: kinds.value.split(' '), reason: reason.value, text, from: `${from.value}:00Z`, until: `${until.value}:00Z` }),
  };
}
