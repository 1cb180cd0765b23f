// What a person does with an alert. Every act asks for a line, agreeing as well as disagreeing; only a release sends anything out,
// and the form says so. The second row holds what decides nothing.
import { el, byId, announce } from './dom.js';
import { get, send } from './api.js';
import { REASON, TLP, TLP_RULE, STATE, minute } from './words.js';
import { t, group } from './text.js';
import { suspendFields, countSuspended } from './suspensions.js';

const UNDO_MS = 10000;
const FOLLOW_UP = group('followUp'), JUDGEMENT = group('judgement');
const EMPTY = { act: null, note: '', reason: '', tlp: 'amber' };
const draft = { caseId: null, openedMs: 0, ...EMPTY };
let undoable = null; // { caseId, until }

// Title, button and hint of each form; an act whose line may be empty says so.
const FORMS = {
  acknowledge: ['decision.titleAcknowledge', 'decision.acknowledge', 'decision.hintAcknowledge'],
  dismiss: ['decision.titleDismiss', 'decision.dismiss', 'decision.hintDismiss'],
  release: ['decision.titleRelease', 'decision.releaseSend', 'decision.hintRelease'],
  escalate: ['decide.titleEscalate', 'decide.doEscalate', 'decide.hintEscalate'],
  assign: ['decide.titleAssign', 'decide.doAssign', 'decide.hintAssign'],
  note: ['decide.titleNote', 'decide.doNote', 'decide.hintNote'],
  assess: ['decide.titleAssess', 'decide.doAssess', 'decide.hintAssess'],
  suspend: ['decide.titleSuspend', 'decide.doSuspend', 'decide.hintSuspend'],
};

export function decisionBar(alert, { changed, nowMs }) {
  const bar = el('form', { class: 'decision', 'aria-label': t('decision.title'), onsubmit: e => e.preventDefault() });
  if (draft.caseId !== alert.caseId) Object.assign(draft, { caseId: alert.caseId, openedMs: performance.now(), ...EMPTY });
  const draw = focus => {
    bar.replaceChildren(el('p', { class: 'said decide-now', text: t('time.decideNow') }), ...(draft.act ? form(alert, draw, changed, nowMs) : buttons(alert, draw, changed)));
    if (focus) bar.querySelector(focus)?.focus();
  };
  draw();
  return bar;
}

function lastDecision(alert) {
  const h = alert.case.history.findLast(e => !['raise', 'revise', 'note', 'assign', 'assess'].includes(e.act));
  return h ? t('decision.said', { state: STATE[alert.case.state], name: h.by, time: minute(h.at) }) : null;
}

function buttons(alert, draw, changed) {
  const state = alert.case.state, open = ['new', 'acknowledged', 'escalated', 'released'].includes(state);
  const act = (name, more = '') => el('button', { id: `act-${name}`, type: 'button', class: more, onclick: () => { draft.act = name; draw('select, textarea'); } }, t(`decide.${name}`));
  const said = lastDecision(alert);
  const first = alert.blind ? [act('assess', 'primary')] : [
    open && act('dismiss'), open && act('escalate', state === 'new' || state === 'acknowledged' ? 'primary' : ''),
    open && state !== 'released' && act('release'), state === 'dismissed' && undoButton(alert, changed)];
  const second = [state === 'new' && act('acknowledge'), open && act('assign'), act('note'), alert.finding.mmsi && act('suspend')];
  return [said && el('p', { class: 'said', text: said }),
    first.some(Boolean) && el('div', { class: 'buttons' }, first),
    el('div', { class: 'buttons second', role: 'group', 'aria-label': t('decide.more') }, second)].filter(Boolean);
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

function choice(label, id, options, first) {
  return el('label', { class: 'choice' }, el('span', { text: label }),
    el('select', { id, required: true }, first && el('option', { value: '', text: first }), Object.entries(options).map(([value, text]) => el('option', { value, text }))));
}

/** What each act asks for beside the line: nodes to show, what is missing, and what is sent. */
function fields(act, alert, draw, nowMs) {
  const value = id => byId(id).value;
  switch (act) {
    case 'dismiss': {
      const reason = choice(t('decision.reason'), 'reason', REASON, t('decision.choose'));
      reason.lastChild.value = draft.reason;
      reason.lastChild.addEventListener('change', e => { draft.reason = e.target.value; });
      return { nodes: [reason], missing: () => !value('reason') && t('decision.needReason'), body: () => ({ reason: value('reason') }) };
    }
    case 'escalate': {
      const action = choice(t('decide.action'), 'follow-up', FOLLOW_UP, t('decide.chooseAction'));
      // To pass it to the centres is to release it, with what a release asks for.
      action.lastChild.addEventListener('change', e => { if (e.target.value === 'passToCentre') { draft.act = 'release'; draw('#tlp'); } });
      return { nodes: [action, el('p', { class: 'quiet', text: t('decide.nothingSent') })], missing: () => !value('follow-up') && t('decide.needAction'), body: () => ({ followUp: value('follow-up') }) };
    }
    case 'release': {
      const tlp = choice(t('decision.handling'), 'tlp', TLP), rule = el('p', { class: 'quiet', text: TLP_RULE[draft.tlp] });
      tlp.lastChild.value = draft.tlp;
      tlp.lastChild.addEventListener('change', e => { draft.tlp = e.target.value; rule.textContent = TLP_RULE[e.target.value]; });
      return { nodes: [el('p', { class: 'note', text: t('decision.warning') }), tlp, rule], body: () => ({ tlp: value('tlp') }) };
    }
    case 'assess': {
      const judgement = choice(t('decide.judgement'), 'judgement', JUDGEMENT, t('decide.chooseJudgement'));
      return { nodes: [el('p', { class: 'quiet', text: t('case.blindWhy') }), judgement], missing: () => !value('judgement') && t('decide.needJudgement'), body: () => ({ judgement: value('judgement') }) };
    }
    case 'assign': {
      const to = choice(t('decide.to'), 'assignee', { '': t('decide.toNobody') }), me = byId('user-name').textContent;
      get('/api/analysts').then(({ analysts }) => {
        to.lastChild.append(...analysts.map(name => el('option', { value: name, text: name === me ? t('decide.toMe', { name }) : name })));
        to.lastChild.value = alert.case.assignee ?? me;
      }).catch(problem => announce(problem.message));
      return { nodes: [to], lineMayBeEmpty: true, body: () => ({ assignee: value('assignee') || null }) };
    }
    case 'suspend': return suspendFields(alert, nowMs());
    default: return { nodes: [] };
  }
}

function form(alert, draw, changed, nowMs) {
  const act = draft.act, [title, button, hint] = FORMS[act], asked = fields(act, alert, draw, nowMs);
  const note = el('textarea', { rows: 2, required: !asked.lineMayBeEmpty, maxlength: 2000, dir: 'auto', 'aria-label': t('decision.line'), placeholder: t(hint), oninput: e => { draft.note = e.target.value; } });
  note.value = draft.note;
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const go = el('button', { id: `confirm-${act}`, type: 'submit', class: 'primary' }, t(button));
  const cancel = el('button', { type: 'button', onclick: () => { draft.act = null; draw(`#act-${act}`); } }, t('common.cancel'));
  go.addEventListener('click', () => {
    const text = note.value.trim(), missing = asked.missing?.() || (!text && !asked.lineMayBeEmpty && t('decision.needLine'));
    if (missing) { fault.textContent = missing; fault.hidden = false; return; }
    if (act === 'suspend') suspend(asked.body(text), go, alert, changed, fault);
    else perform(alert, act, { note: text, openSeconds: (performance.now() - draft.openedMs) / 1000, ...asked.body?.() }, go, changed, fault);
  });
  return [el('h3', { text: t(title) }), ...asked.nodes, note, fault, el('div', { class: 'buttons' }, cancel, go)];
}

async function suspend(body, button, alert, changed, fault) {
  button.disabled = true;
  try {
    await send('POST', '/api/suspensions', body);
    Object.assign(draft, EMPTY);
    announce(t('decide.suspended'));
    countSuspended();
    changed(null);
  } catch (problem) {
    button.disabled = false;
    Object.assign(fault, { textContent: problem.message, hidden: false });
  }
}

async function perform(alert, act, body, button, changed, fault) {
  button.disabled = true;
  try {
    const answer = await send('POST', `/api/alerts/${encodeURIComponent(alert.caseId)}/${act}`, { ...body, eventsSeen: alert.case.eventCount });
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
