// Statements of flag registers on one ship, newest first: nothing is taken away, what was superseded or revoked stays and says so.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { actForm, reasonForm, statementForm } from './registry-forms.js';
import { TLP, STATEMENT, day, minute, flagName } from './words.js';

const OUTCOME = { confirmed: 'confirmed', refuted: 'refuted', underCheck: 'under check' };
const at = (s, act) => `/api/registry/statements/${encodeURIComponent(s.id)}/${act}`;

const means = m => `flag ${flagName(m.flag)} ${OUTCOME[m.outcome] ?? m.outcome}${m.from ? ` from ${day(m.from)}` : ''}${m.to ? ` to ${day(m.to)}` : ''}`;

/** `me` null shows them read only; otherwise an official gets the acts on statements of her own flag. */
export function statementList(statements, me = null, changed = () => {}) {
  if (!statements.length) return el('p', { class: 'quiet', text: 'No register has stated anything on this ship here. That says nothing about her flag.' });
  return el('ul', { class: 'statements' }, statements.map(s => one(s, me, changed)));
}

function one(s, me, changed) {
  const fact = (name, text) => text && [el('dt', { text: name }), el('dd', { text })];
  const place = el('div');
  const item = el('li', { 'data-statement-id': s.id, 'data-state': s.state },
    el('p', { class: 'line' }, el('strong', { class: s.state === 'superseded' || s.state === 'revoked' ? 'superseded' : '', text: `${flagName(s.flag)}: ${s.words}` }), el('span', { class: 'state', text: STATEMENT[s.state] ?? s.state }), el('span', { class: `tlp tlp-${s.tlp}`, text: TLP[s.tlp] ?? s.tlp })),
    el('dl', { class: 'fact-list' },
      fact('Ship', [s.name, s.imo && `IMO ${s.imo}`, s.mmsi && `MMSI ${s.mmsi}`].filter(Boolean).join(', ')), fact('Reference', s.reference),
      fact('Made', `by ${s.madeBy}, ${minute(s.madeAt)}${s.questionId ? ', in answer to a question' : ''}`),
      fact('Approved', s.approvedBy && `by ${s.approvedBy}, ${minute(s.approvedAt)}`), fact('Replaces', s.replaces && `an earlier statement: ${s.replacesBecause}`),
      fact('Ended', s.endedAt && `by ${s.endedBy}, ${minute(s.endedAt)}${s.endedBecause ? `: ${s.endedBecause}` : ''}`), fact('Means', s.means.map(means).join('; '))),
    place);
  if (me?.flag === s.flag && me.official) acts(s, me, place, changed);
  return item;
}

function acts(s, me, place, changed) {
  const draw = focus => {
    const button = (act, text) => el('button', { type: 'button', 'data-act': act, text, onclick: () => { place.replaceChildren(forms[act]()); place.querySelector('input, select, textarea, button')?.focus(); } });
    const mine = s.madeBy.toLowerCase() === me.name.toLowerCase();
    const buttons = s.state === 'awaitingApproval' ? [!mine && button('approve', 'Approve…'), button('revoke', 'Revoke…')] : s.state === 'inForce' ? [button('supersede', 'Supersede…'), button('revoke', 'Revoke…')] : [];
    place.replaceChildren(...[s.state === 'awaitingApproval' && mine && el('p', { class: 'quiet', text: `You made it. A second official of ${flagName(s.flag)} approves it; until then it says nothing to anyone.` }),
      buttons.length > 0 && el('div', { class: 'buttons' }, buttons)].filter(Boolean));
    if (focus) place.querySelector('button')?.focus();
  };
  const done = answer => { announce(`The statement is ${STATEMENT[answer.state] ?? answer.state}.`); changed(answer); };
  const cancel = () => draw(true);
  const forms = {
    approve: () => actForm({ id: 'approve', title: 'Approve as second official', fields: [], yes: 'Yes, approve it', done, cancel, perform: () => send('POST', at(s, 'approve'), {}),
      sentence: () => `You approve what ${s.madeBy} stated for the register of ${flagName(s.flag)}: ${s.words}; reference ${s.reference}; ${TLP[s.tlp]}. It comes in force at once and is told to who asked and to subscribers. Is that right?` }),
    revoke: () => reasonForm({ id: 'revoke', title: 'Take the statement back', yes: 'Yes, revoke it', done, cancel, perform: body => send('POST', at(s, 'revoke'), body),
      sentence: () => `You take back: ${s.words}. It stays readable as revoked, with your reason, and says nothing of her flag any more. Is that right?` }),
    supersede: () => statementForm({ id: 'supersede', title: 'Another statement in its place', flag: s.flag, ship: s, before: s, needsReason: true, done, cancel, perform: body => send('POST', at(s, 'supersede'), body) }),
  };
  draw(false);
}
