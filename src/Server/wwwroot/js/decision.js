// What a person does with an alert. Every act asks for a line; only a release sends anything out, and the form says so.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { REASON, TLP, TLP_RULE, STATE, minute } from './words.js';
import { t } from './text.js';

const UNDO_MS = 10000;
const EMPTY = { act: null, note: '', reason: '', tlp: 'amber' };
const draft = { caseId: null, ...EMPTY };
let undoable = null; // { caseId, until }

export function decisionBar(alert, changed) {
  const bar = el('form', { class: 'decision', 'aria-label': t('decision.title'), onsubmit: e => e.preventDefault() });
  if (draft.caseId !== alert.caseId) Object.assign(draft, { caseId: alert.caseId, ...EMPTY });
  const draw = focus => {
    bar.replaceChildren(...(draft.act ? form(alert, draw, changed) : buttons(alert, draw, changed)));
    if (focus) bar.querySelector(focus)?.focus();
  };
  draw();
  return bar;
}

function lastDecision(alert) {
  const h = alert.case.history.findLast(e => e.act !== 'raise' && e.act !== 'revise');
  return h ? t('decision.said', { state: STATE[alert.case.state], name: h.by, time: minute(h.at) }) : null;
}

function buttons(alert, draw, changed) {
  const state = alert.case.state;
  const open = state === 'new' || state === 'acknowledged';
  const act = (id, name, text, more = '') => el('button', {
    id: `act-${id}`, type: 'button', class: more, onclick: () => { draft.act = name; draw('textarea, select'); },
  }, text);
  const said = lastDecision(alert);
  const row = el('div', { class: 'buttons' },
    state === 'new' && act('acknowledge', 'acknowledge', t('decision.acknowledge')),
    open && act('dismiss', 'dismiss', t('decision.dismissMore')),
    open && act('release', 'release', t('decision.releaseMore'), 'primary'),
    state === 'dismissed' && undoButton(alert, changed));
  if (!open && state !== 'dismissed') return [el('p', { class: 'said', text: said ?? STATE[state] })];
  return [said && el('p', { class: 'said', text: said }), row].filter(Boolean);
}

function undoButton(alert, changed) {
  const left = undoable?.caseId === alert.caseId ? undoable.until - Date.now() : 0;
  if (left <= 0) return null;
  const button = el('button', { id: 'act-undo', type: 'button', class: 'primary', onclick: () => perform(alert, 'undo', { note: t('decision.undone') }, button, changed) }, '');
  const tick = () => {
    const seconds = undoable?.caseId === alert.caseId ? Math.ceil((undoable.until - Date.now()) / 1000) : 0;
    if (seconds <= 0) button.remove();
    else { button.textContent = t('decision.undo', { n: seconds }); setTimeout(tick, 250); }
  };
  tick();
  return button;
}

function form(alert, draw, changed) {
  const act = draft.act;
  const note = el('textarea', { rows: 2, required: true, maxlength: 2000, dir: 'auto', 'aria-label': t('decision.line'),
    placeholder: { acknowledge: t('decision.hintAcknowledge'), dismiss: t('decision.hintDismiss'), release: t('decision.hintRelease') }[act],
    oninput: e => { draft.note = e.target.value; } });
  note.value = draft.note;
  const choice = (label, id, options, first) => el('label', { class: 'choice' }, el('span', { text: label }),
    el('select', { id, required: true }, first && el('option', { value: '', text: first }), Object.entries(options).map(([value, text]) => el('option', { value, text }))));
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const rule = el('p', { class: 'quiet', text: TLP_RULE.amber });
  const parts = [el('h3', { text: { acknowledge: t('decision.titleAcknowledge'), dismiss: t('decision.titleDismiss'), release: t('decision.titleRelease') }[act] })];
  if (act === 'dismiss') {
    const reason = choice(t('decision.reason'), 'reason', REASON, t('decision.choose'));
    reason.lastChild.value = draft.reason;
    reason.lastChild.addEventListener('change', e => { draft.reason = e.target.value; });
    parts.push(reason);
  }
  if (act === 'release') {
    const tlp = choice(t('decision.handling'), 'tlp', TLP);
    tlp.lastChild.value = draft.tlp;
    rule.textContent = TLP_RULE[draft.tlp];
    tlp.lastChild.addEventListener('change', e => { draft.tlp = e.target.value; rule.textContent = TLP_RULE[e.target.value]; });
    parts.push(el('p', { class: 'note', text: t('decision.warning') }), tlp, rule);
  }
  const go = el('button', { id: `confirm-${act}`, type: 'submit', class: 'primary' }, { acknowledge: t('decision.acknowledge'), dismiss: t('decision.dismiss'), release: t('decision.releaseSend') }[act]);
  const cancel = el('button', { type: 'button', onclick: () => { draft.act = null; draw(`#act-${act}`); } }, t('common.cancel'));
  parts.push(note, fault, el('div', { class: 'buttons' }, cancel, go));
  go.addEventListener('click', () => {
    const reason = document.getElementById('reason')?.value, text = note.value.trim();
    const missing = act === 'dismiss' && !reason ? t('decision.needReason') : !text ? t('decision.needLine') : null;
    if (missing) { fault.textContent = missing; fault.hidden = false; return; }
    perform(alert, act, { note: text, ...(reason && { reason }), ...(act === 'release' && { tlp: document.getElementById('tlp').value }) }, go, changed, fault);
  });
  return parts;
}

async function perform(alert, act, body, button, changed, fault) {
  button.disabled = true;
  try {
    const answer = await send('POST', `/api/alerts/${encodeURIComponent(alert.caseId)}/${act}`, { ...body, eventsSeen: alert.case.history.length });
    Object.assign(draft, EMPTY);
    undoable = act === 'dismiss' ? { caseId: alert.caseId, until: Date.now() + UNDO_MS } : null;
    announce(`${STATE[answer.case.state]}.`);
    changed(answer);
  } catch (problem) {
    button.disabled = false;
    const text = problem.status === 409 ? t('decision.conflict') : problem.message;
    if (fault) { fault.textContent = text; fault.hidden = false; }
    announce(text);
    if (problem.status === 409) changed(null, text);
  }
}
