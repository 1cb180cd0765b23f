// Questions to registers: an official's queue about her own flag, an analyst's questions; one of them open with what was stated so far.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { reasonForm, statementForm } from './registry-forms.js';
import { statementList } from './registry-file.js';
import { TLP, TLP_RULE, day, minute, span, flagName, shipName, idText } from './words.js';
import { t, commas } from './text.js';

const QUESTION = { open: t('queue.open'), overdue: t('queue.overdue'), answered: t('queue.answered'), withdrawn: t('queue.withdrawn') };
const asked = (q, act) => `/api/registry/questions/${encodeURIComponent(q.id)}/${act}`;
const isOpen = q => q.state === 'open' || q.state === 'overdue';

function due(q) {
  const left = Date.parse(q.deadline) - Date.now();
  return isOpen(q) ? left < 0 ? t('queue.overdueBy', { span: span(-left) }) : t('queue.dueIn', { span: span(left) }) : QUESTION[q.state];
}

/** The queue with the open question beside it; `reload` is called when the server tells that something changed. */
export function queuePanel(me) {
  const list = el('ul', { class: 'queue', 'aria-label': t('queue.label') }), detail = el('div', { class: 'detail' }), fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const state = el('select', { 'aria-label': t('queue.which'), onchange: () => reload() }, [['open', t('queue.openAndOverdue')], ['overdue', QUESTION.overdue], ['answered', QUESTION.answered], ['withdrawn', QUESTION.withdrawn], ['', t('queue.all')]].map(([value, text]) => el('option', { value, text })));
  const mine = el('input', { type: 'checkbox', onchange: () => reload() });
  let chosen = null, seen = 0;

  async function reload() {
    const turn = ++seen;
    try {
      const { questions } = await get(`/api/registry/questions?state=${state.value}${mine.checked ? '&mine=true' : ''}${me.official && !me.analyst ? `&flag=${me.flag}` : ''}`);
      if (turn !== seen) return;
      const held = list.contains(document.activeElement);
      list.replaceChildren(...questions.map(row));
      if (!questions.length) list.append(el('li', { class: 'quiet empty', text: t(state.value === 'open' ? 'queue.noneOpen' : 'queue.none') }));
      if (held) (list.querySelector('[aria-current=true]') ?? list.querySelector('button'))?.focus();
      fault.hidden = true;
      // What is being written is not taken from under the hand.
      const fresh = chosen && questions.find(q => q.id === chosen.id);
      if (fresh && !detail.querySelector('form')) await open(fresh, false);
    } catch (problem) { fault.textContent = t('queue.unread', { problem: problem.message }); fault.hidden = false; }
  }

  const row = q => el('li', {}, el('button', { type: 'button', class: 'queue-row', 'data-question-id': q.id, 'data-state': q.state, 'aria-current': String(q.id === chosen?.id), onclick: () => open(q, true) },
    el('span', { class: 'line' }, el('strong', { text: idText(q.vesselId) }), el('span', { class: `state due-${q.state}`, text: due(q) })),
    el('span', { class: 'line two' }, el('span', { class: 'where', text: commas(!(me.official && me.flag === q.flag) && t('queue.to', { flag: q.flag }), t('queue.from', { sender: q.sender }), t('queue.until', { day: day(q.deadline) })) }), el('span', { class: `tlp tlp-${q.tlp}`, text: TLP[q.tlp] }))));

  async function open(q, focus) {
    chosen = q;
    for (const b of list.querySelectorAll('button')) b.setAttribute('aria-current', String(b.dataset.questionId === q.id));
    const [vessel, said] = await Promise.allSettled([get(`/api/vessels/${encodeURIComponent(q.vesselId)}`), get(`/api/registry/statements?vessel=${encodeURIComponent(q.vesselId)}`)]);
    if (chosen !== q) return;
    const { nodes, title } = one(q, vessel.value ?? null, said.value?.statements ?? [], said.reason);
    detail.replaceChildren(...nodes);
    if (focus) title.focus();
  }

  function one(q, vessel, statements, problem) {
    const fact = (name, ...content) => [el('dt', { text: name }), el('dd', {}, content)];
    const changed = async answer => {
      if (answer?.state === 'awaitingApproval') announce(t('queue.waits', { flag: flagName(q.flag) }));
      detail.replaceChildren();
      // An answered question leaves the open ones, and stays in sight here.
      const all = (await get(`/api/registry/questions?flag=${q.flag}`).catch(() => ({ questions: [] }))).questions;
      await open(all.find(a => a.id === q.id) ?? q, true);
      await reload();
    };
    const title = el('h3', { tabindex: '-1', own: vessel ? shipName(vessel.name, vessel.mmsi) : idText(q.vesselId) });
    return {
      title,
      nodes: [
        el('p', { class: 'line' }, title, el('span', { class: `state due-${q.state}`, text: due(q) }), el('span', { class: `tlp tlp-${q.tlp}`, text: TLP[q.tlp] })),
        el('p', {}, el('a', { href: `/vessel.html?id=${encodeURIComponent(q.vesselId)}`, text: t('registry.vesselPage', { id: idText(q.vesselId) }) })),
        el('blockquote', { class: 'question', own: q.text }),
        el('dl', { class: 'fact-list' }, fact(t('queue.askedBy'), commas(q.sender, minute(q.askedAt))), fact(t('queue.asked'), t('queue.registerOf', { flag: flagName(q.flag) })), fact(t('queue.basis'), q.legalBasis), fact(t('queue.deadline'), minute(q.deadline)),
          fact(t('queue.handling'), `${TLP[q.tlp]}: ${TLP_RULE[q.tlp]}`), q.withdrawnBecause && fact(t('queue.withdrawnFact'), q.withdrawnBecause)),
        answering(q, vessel, statements, changed),
        el('h4', { text: t('queue.statements') }),
        problem ? el('p', { class: 'fault', role: 'alert', text: t('queue.statementsUnread', { problem: problem.message }) }) : statementList(statements, me, changed),
      ],
    };
  }

  // The answer of the register's official, or taking the question back by who asked; another flag's is read only.
  function answering(q, vessel, statements, changed) {
    const place = el('div', { class: 'acts' });
    const standing = statements.find(s => s.flag === q.flag && s.state === 'inForce');
    const answers = me.official && me.flag === q.flag;
    const forms = {
      answer: () => statementForm({ id: 'answer', title: t('queue.answerFor', { flag: flagName(q.flag) }), flag: q.flag, tlp: q.tlp, needsReason: Boolean(standing), done: changed, cancel: () => draw(true),
        ship: { imo: vessel?.imo, mmsi: vessel?.mmsi, name: vessel?.name }, perform: body => send('POST', asked(q, 'answer'), body) }),
      withdraw: () => reasonForm({ id: 'withdraw', title: t('queue.withdraw'), yes: t('queue.withdrawYes'), done: changed, cancel: () => draw(true), perform: body => send('POST', asked(q, 'withdraw'), body),
        sentence: () => t('queue.withdrawSay', { flag: flagName(q.flag) }) }),
    };
    const button = (act, text, more) => el('button', { type: 'button', id: `act-${act}`, class: more, text, onclick: () => { place.replaceChildren(forms[act]()); place.querySelector('select, textarea')?.focus(); } });
    const draw = focus => {
      const buttons = [answers && isOpen(q) && !q.waiting && button('answer', t('queue.answerMore'), 'primary'), q.mine && isOpen(q) && button('withdraw', t('queue.withdrawMore'))].filter(Boolean);
      place.replaceChildren(...[answers && q.waiting && el('p', { class: 'note', text: t('queue.waitsBelow') }),
        !answers && me.official && el('p', { class: 'quiet', text: t('queue.readOnly', { flag: flagName(me.flag) }) }), buttons.length > 0 && el('div', { class: 'buttons' }, buttons)].filter(Boolean));
      if (focus) place.querySelector('button')?.focus();
    };
    draw(false);
    return place;
  }

  reload();
  const element = el('div', { class: 'desk' }, el('div', { class: 'desk-list' }, el('div', { class: 'filters' }, state, me.analyst && el('label', {}, mine, ` ${t('queue.mine')}`)), fault, list), detail);
  detail.append(el('p', { class: 'quiet', text: t('queue.choose') }));
  return Object.assign(element, { reload });
}
