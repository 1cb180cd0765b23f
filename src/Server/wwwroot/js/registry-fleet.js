// Ships of a flag (PRODUCT R11): those that claim it and are not on its register, and those on it with open findings; and who is told by mail.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { actForm, field, needed } from './registry-forms.js';
import { KIND, CLASS, STATE, REGISTER, day, minute, flagName, idText } from './words.js';
import { t, dots, commas } from './text.js';

const PAGE = 20;
const link = (id, name) => el('a', { href: `/vessel.html?id=${encodeURIComponent(id)}`, own: name ? `${name}, ${idText(id)}` : idText(id) });
const said = c => el('li', {}, el('bdi', { text: `${c.source}${c.reference ? ` (${c.reference})` : ''}` }), ': ', commas(c.flag ? flagName(c.flag) : c.mmsi && `MMSI ${c.mmsi}`, c.status && REGISTER[c.status],
  c.validTo ? t('fleet.fromTo', { from: day(c.from), to: day(c.validTo) }) : t('fleet.fromSeen', { from: day(c.from), day: day(c.lastSeen) })));
const table = (head, rows) => el('div', { class: 'wide', tabindex: '0' }, el('table', {}, el('thead', {}, el('tr', {}, head.map(text => el('th', { scope: 'col', text })))), el('tbody', {}, rows)));

export function fleetPanel(me) {
  const out = el('div', { class: 'fleet' }), flag = el('input', { maxlength: 2, size: 4, autocapitalize: 'characters', spellcheck: 'false', 'aria-label': t('fleet.flagLabel'), value: me.flag ?? '' });
  let after = null, skip = 0;

  async function load() {
    const code = flag.value.trim().toUpperCase();
    if (!code) { out.replaceChildren(el('p', { class: 'quiet', text: t('fleet.giveFlag') })); return; }
    try {
      const fleet = await get(`/api/registry/fleet?flag=${encodeURIComponent(code)}&limit=${PAGE}&skip=${skip}${after ? `&after=${encodeURIComponent(after)}` : ''}`);
      show(fleet);
    } catch (problem) { out.replaceChildren(el('p', { class: 'fault', role: 'alert', text: t('fleet.unread', { problem: problem.message }) })); }
  }

  function show(f) {
    const turn = (text, act) => el('button', { type: 'button', text, onclick: () => { act(); load(); } });
    out.replaceChildren(
      el('section', { 'aria-label': t('fleet.notOnRegister') }, el('h3', { text: t('fleet.notOnRegisterOf', { flag: flagName(f.flag) }) }),
        f.notOnRegister.length ? table([t('fleet.ship'), t('fleet.claims'), t('fleet.registerSays')], f.notOnRegister.map(s => el('tr', {}, el('td', {}, link(s.vesselId, s.name)), el('td', {}, el('ul', {}, s.claims.map(said))),
          el('td', {}, s.registerSays.length ? el('ul', {}, s.registerSays.map(said)) : t('fleet.noEntry'))))) : el('p', { class: 'quiet', text: t('fleet.noneFound') }),
        el('div', { class: 'buttons pages' }, after && turn(t('fleet.first'), () => { after = null; }), f.notOnRegisterNext && turn(t('fleet.next'), () => { after = f.notOnRegisterNext; }))),
      el('section', { 'aria-label': t('fleet.withFindings') }, el('h3', { text: t('fleet.withFindingsOf', { flag: flagName(f.flag) }) }),
        f.withFindings.length ? table([t('fleet.ship'), t('fleet.finding'), t('fleet.since'), t('fleet.alert')], f.withFindings.map(s => el('tr', {}, el('td', {}, link(s.vesselId, s.name)), el('td', {}, el('strong', { text: dots([...new Set([KIND[s.kind] ?? s.kind, CLASS[s.class] ?? s.class].map(word => word.toLowerCase()))]) }), el('p', { said: s.sentence })),
          el('td', { text: minute(s.startTime) }), el('td', {}, s.caseState ? el('a', { href: `/#alert=${encodeURIComponent(s.caseId)}`, text: STATE[s.caseState] ?? s.caseState }) : t('fleet.noAlert'))))) : el('p', { class: 'quiet', text: t('fleet.noFindings') }),
        el('div', { class: 'buttons pages' }, skip > 0 && turn(t('fleet.first'), () => { skip = 0; }), f.withFindingsNext !== null && turn(t('fleet.next'), () => { skip = f.withFindingsNext; }))),
      el('p', { class: 'note', said: f.notice }));
  }

  load();
  const choose = me.analyst && el('form', { class: 'filters', onsubmit: e => { e.preventDefault(); after = null; skip = 0; load(); } }, el('label', {}, `${t('fleet.flag')} `, flag), el('button', { type: 'submit', text: t('fleet.show') }));
  return el('div', {}, choose, out);
}

const WISH = { hull: t('wish.hull'), ownShips: t('wish.ownShips'), notOnRegister: t('wish.notOnRegister') };

/** 'IMO 9123456', '9123456', a nine-digit MMSI or an id. */
function vesselId(text) {
  const digits = text.replace(/\D/g, '');
  return /^(imo|mmsi|split):/.test(text) ? text : digits.length === 7 ? `imo:${digits}` : digits.length === 9 ? `mmsi:${digits}` : null;
}

export function subscriptionsPanel(me) {
  const rows = el('div'), place = el('div');

  async function load() {
    try {
      const { subscriptions } = await get('/api/registry/subscriptions');
      rows.replaceChildren(subscriptions.length ? table([t('told.of'), t('told.mailTo'), t('told.since'), t('told.act')], subscriptions.map(s => el('tr', { 'data-subscription-id': s.id }, el('td', {}, s.kind === 'hull' ? link(s.vesselId) : t('wish.of', { wish: WISH[s.kind] ?? s.kind, flag: flagName(s.flag) })), el('td', { own: s.address }), el('td', { text: minute(s.at) }),
        el('td', {}, el('button', { type: 'button', text: t('told.deleteMore'), onclick: () => remove(s) }))))) : el('p', { class: 'quiet', text: t('told.none') }));
    } catch (problem) { rows.replaceChildren(el('p', { class: 'fault', role: 'alert', text: t('told.unread', { problem: problem.message }) })); }
  }

  function done(text) { announce(text); add(); load(); }

  function remove(s) {
    place.replaceChildren(actForm({ id: 'unsubscribe', title: t('told.stop', { address: s.address }), fields: [], yes: t('told.stopYes'), cancel: add, done: () => done(t('told.stopped')), perform: () => send('DELETE', `/api/registry/subscriptions/${encodeURIComponent(s.id)}`),
      sentence: () => t('told.stopSay', { wish: s.kind === 'hull' ? idText(s.vesselId) : WISH[s.kind], address: s.address }) }));
    place.querySelector('button')?.focus();
  }

  function add() {
    const kind = el('select', { name: 'kind', onchange: () => { ship.hidden = kind.value !== 'hull'; } }, Object.entries(WISH).filter(([k]) => k === 'hull' || me.official).map(([value, text]) => el('option', { value, text })));
    const ship = field(needed(t('told.number')), el('input', { name: 'vessel', spellcheck: 'false' })), address = field(needed(t('told.mailTo')), el('input', { name: 'address', type: 'email', autocomplete: 'email' }));
    place.replaceChildren(actForm({ id: 'subscribe', title: t('told.start'), fields: [field(t('told.what'), kind), ship, address], yes: t('told.startYes'), done: () => done(t('told.started')),
      missing: () => (kind.value === 'hull' && !vesselId(ship.input.value.trim()) ? t('told.needNumber') : !address.input.value.trim() ? t('told.needAddress') : null),
      sentence: () => t('told.startSay', { wish: kind.value === 'hull' ? idText(vesselId(ship.input.value.trim())) : WISH[kind.value], address: address.input.value.trim() }),
      perform: () => send('POST', '/api/registry/subscriptions', { kind: kind.value, address: address.input.value.trim(), ...(kind.value === 'hull' && { vessel: vesselId(ship.input.value.trim()) }) }) }));
  }

  add();
  load();
  return el('div', {}, rows, place);
}
