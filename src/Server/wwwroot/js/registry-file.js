// Statements of flag registers on one ship, newest first: nothing is taken away, what was superseded or revoked stays and says so.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { actForm, reasonForm, statementForm } from './registry-forms.js';
import { TLP, STATEMENT, day, minute, flagName } from './words.js';
import { t, has, commas } from './text.js';

const at = (s, act) => `/api/registry/statements/${encodeURIComponent(s.id)}/${act}`;

const means = m => [has(`outcome.${m.outcome}`) ? t(`outcome.${m.outcome}`, { flag: flagName(m.flag) }) : `${flagName(m.flag)} ${m.outcome}`,
  m.from && t('file.since', { day: day(m.from) }), m.to && t('file.until', { day: day(m.to) })].filter(Boolean).join(' ');

/** `me` null shows them read only; otherwise an official gets the acts on statements of her own flag. */
export function statementList(statements, me = null, changed = () => {}) {
  if (!statements.length) return el('p', { class: 'quiet', text: t('file.none') });
  return el('ul', { class: 'statements' }, statements.map(s => one(s, me, changed)));
}

function one(s, me, changed) {
  const fact = (name, text) => text && [el('dt', { text: name }), el('dd', { own: text })];
  const place = el('div');
  const item = el('li', { 'data-statement-id': s.id, 'data-state': s.state },
    el('p', { class: 'line' }, el('strong', { class: s.state === 'superseded' || s.state === 'revoked' ? 'superseded' : '', text: `${flagName(s.flag)}: ${s.words}` }), el('span', { class: 'state', text: STATEMENT[s.state] ?? s.state }), el('span', { class: `tlp tlp-${s.tlp}`, text: TLP[s.tlp] ?? s.tlp })),
    el('dl', { class: 'fact-list' },
      fact(t('file.ship'), commas(s.name, s.imo && `IMO ${s.imo}`, s.mmsi && `MMSI ${s.mmsi}`)), fact(t('file.reference'), s.reference),
      fact(t('file.made'), commas(t('file.madeBy', { name: s.madeBy, time: minute(s.madeAt) }), s.questionId && t('file.inAnswer'))),
      fact(t('file.approved'), s.approvedBy && t('file.madeBy', { name: s.approvedBy, time: minute(s.approvedAt) })), fact(t('file.replaces'), s.replaces && t('file.earlier', { reason: s.replacesBecause })),
      fact(t('file.ended'), s.endedAt && [t('file.madeBy', { name: s.endedBy, time: minute(s.endedAt) }), s.endedBecause].filter(Boolean).join(': ')), fact(t('file.means'), s.means.map(means).join('; '))),
    place);
  if (me?.flag === s.flag && me.official) acts(s, me, place, changed);
  return item;
}

function acts(s, me, place, changed) {
  const draw = focus => {
    const button = (act, text) => el('button', { type: 'button', 'data-act': act, text, onclick: () => { place.replaceChildren(forms[act]()); place.querySelector('input, select, textarea, button')?.focus(); } });
    const mine = s.madeBy.toLowerCase() === me.name.toLowerCase();
    const buttons = s.state === 'awaitingApproval' ? [!mine && button('approve', t('file.approveMore')), button('revoke', t('file.revokeMore'))] : s.state === 'inForce' ? [button('supersede', t('file.supersedeMore')), button('revoke', t('file.revokeMore'))] : [];
    place.replaceChildren(...[s.state === 'awaitingApproval' && mine && el('p', { class: 'quiet', text: t('file.yours', { flag: flagName(s.flag) }) }),
      buttons.length > 0 && el('div', { class: 'buttons' }, buttons)].filter(Boolean));
    if (focus) place.querySelector('button')?.focus();
  };
  const done = answer => { announce(t('file.is', { state: STATEMENT[answer.state] ?? answer.state })); changed(answer); };
  const cancel = () => draw(true);
  const forms = {
    approve: () => actForm({ id: 'approve', title: t('file.approve'), fields: [], yes: t('file.approveYes'), done, cancel, perform: () => send('POST', at(s, 'approve'), {}),
      sentence: () => t('file.approveSay', { name: s.madeBy, flag: flagName(s.flag), words: s.words, reference: s.reference, tlp: TLP[s.tlp] }) }),
    revoke: () => reasonForm({ id: 'revoke', title: t('file.revoke'), yes: t('file.revokeYes'), done, cancel, perform: body => send('POST', at(s, 'revoke'), body),
      sentence: () => t('file.revokeSay', { words: s.words }) }),
    supersede: () => statementForm({ id: 'supersede', title: t('file.supersede'), flag: s.flag, ship: s, before: s, needsReason: true, done, cancel, perform: body => send('POST', at(s, 'supersede'), body) }),
  };
  draw(false);
}
