// Ships of a flag (PRODUCT R11): those that claim it and are not on its register, and those on it with open findings; and who is told by mail.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { actForm, field } from './registry-forms.js';
import { KIND, CLASS, STATE, REGISTER, day, minute, flagName, shipName, idText } from './words.js';

const PAGE = 20;
const link = (id, name) => el('a', { href: `/vessel.html?id=${encodeURIComponent(id)}`, text: name ? `${name}, ${idText(id)}` : idText(id) });
const said = c => el('li', { text: `${c.source}${c.reference ? ` (${c.reference})` : ''}: ${[c.flag ? flagName(c.flag) : c.mmsi && `MMSI ${c.mmsi}`, c.status && REGISTER[c.status], `${day(c.from)} to ${c.validTo ? day(c.validTo) : `last seen ${day(c.lastSeen)}`}`].filter(Boolean).join(', ')}` });
const table = (head, rows) => el('div', { class: 'wide' }, el('table', {}, el('thead', {}, el('tr', {}, head.map(t => el('th', { scope: 'col', text: t })))), el('tbody', {}, rows)));

export function fleetPanel(me) {
  const out = el('div', { class: 'fleet' }), flag = el('input', { maxlength: 2, size: 4, autocapitalize: 'characters', spellcheck: 'false', 'aria-label': 'Flag, two letters', value: me.flag ?? '' });
  let after = null, skip = 0;

  async function load() {
    const code = flag.value.trim().toUpperCase();
    if (!code) { out.replaceChildren(el('p', { class: 'quiet', text: 'Give a flag, two letters of ISO 3166-1.' })); return; }
    try {
      const fleet = await get(`/api/registry/fleet?flag=${encodeURIComponent(code)}&limit=${PAGE}&skip=${skip}${after ? `&after=${encodeURIComponent(after)}` : ''}`);
      show(fleet);
    } catch (problem) { out.replaceChildren(el('p', { class: 'fault', role: 'alert', text: `The fleet could not be read: ${problem.message}` })); }
  }

  function show(f) {
    const turn = (text, act) => el('button', { type: 'button', text, onclick: () => { act(); load(); } });
    out.replaceChildren(
      el('section', { 'aria-label': 'Not on the register' }, el('h3', { text: `Claim the flag of ${flagName(f.flag)} and are not on its register` }),
        f.notOnRegister.length ? table(['Ship', 'Claims', 'Register says'], f.notOnRegister.map(s => el('tr', {}, el('td', {}, link(s.vesselId, s.name)), el('td', {}, el('ul', {}, s.claims.map(said))),
          el('td', {}, s.registerSays.length ? el('ul', {}, s.registerSays.map(said)) : 'no entry in what was read')))) : el('p', { class: 'quiet', text: 'None found in what is held here. Where no extract of the register was read, none can be.' }),
        el('div', { class: 'buttons pages' }, after && turn('First page', () => { after = null; }), f.notOnRegisterNext && turn('Next page', () => { after = f.notOnRegisterNext; }))),
      el('section', { 'aria-label': 'With open findings' }, el('h3', { text: `On the register of ${flagName(f.flag)}, with open findings` }),
        f.withFindings.length ? table(['Ship', 'Finding', 'Since', 'Alert'], f.withFindings.map(s => el('tr', {}, el('td', {}, link(s.vesselId, s.name)), el('td', {}, el('strong', { text: [...new Set([KIND[s.kind] ?? s.kind, CLASS[s.class] ?? s.class].map(t => t.toLowerCase()))].join(' · ') }), el('p', { text: s.sentence })),
          el('td', { text: minute(s.startTime) }), el('td', {}, s.caseState ? el('a', { href: `/#alert=${encodeURIComponent(s.caseId)}`, text: STATE[s.caseState] ?? s.caseState }) : 'none')))) : el('p', { class: 'quiet', text: 'No open findings about ships known to be on this register.' }),
        el('div', { class: 'buttons pages' }, skip > 0 && turn('First page', () => { skip = 0; }), f.withFindingsNext !== null && turn('Next page', () => { skip = f.withFindingsNext; }))),
      el('p', { class: 'note', text: f.notice }));
  }

  load();
  const choose = me.analyst && el('form', { class: 'filters', onsubmit: e => { e.preventDefault(); after = null; skip = 0; load(); } }, el('label', {}, 'Flag ', flag), el('button', { type: 'submit', text: 'Show' }));
  return el('div', {}, choose, out);
}

const WISH = { hull: 'one ship', ownShips: 'ships of my flag', notOnRegister: 'ships that claim my flag and are not on its register' };

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
      rows.replaceChildren(subscriptions.length ? table(['Told of', 'Mail to', 'Since', ''], subscriptions.map(s => el('tr', { 'data-subscription-id': s.id }, el('td', {}, s.kind === 'hull' ? link(s.vesselId) : `${WISH[s.kind] ?? s.kind}: ${flagName(s.flag)}`), el('td', { text: s.address }), el('td', { text: minute(s.at) }),
        el('td', {}, el('button', { type: 'button', text: 'Delete…', onclick: () => remove(s) }))))) : el('p', { class: 'quiet', text: 'You are told of nothing by mail yet.' }));
    } catch (problem) { rows.replaceChildren(el('p', { class: 'fault', role: 'alert', text: `The subscriptions could not be read: ${problem.message}` })); }
  }

  function done(text) { announce(text); add(); load(); }

  function remove(s) {
    place.replaceChildren(actForm({ id: 'unsubscribe', title: `Stop mail to ${s.address}`, fields: [], yes: 'Yes, delete it', cancel: add, done: () => done('Subscription deleted.'), perform: () => send('DELETE', `/api/registry/subscriptions/${encodeURIComponent(s.id)}`),
      sentence: () => `No mail about ${s.kind === 'hull' ? idText(s.vesselId) : WISH[s.kind]} goes to ${s.address} from now on. Is that right?` }));
    place.querySelector('button')?.focus();
  }

  function add() {
    const kind = el('select', { name: 'kind', onchange: () => { ship.hidden = kind.value !== 'hull'; } }, Object.entries(WISH).filter(([k]) => k === 'hull' || me.official).map(([value, text]) => el('option', { value, text })));
    const ship = field('IMO number or MMSI (needed)', el('input', { name: 'vessel', spellcheck: 'false' })), address = field('Mail to (needed)', el('input', { name: 'address', type: 'email', autocomplete: 'email' }));
    place.replaceChildren(actForm({ id: 'subscribe', title: 'Be told by mail', fields: [field('Of what', kind), ship, address], yes: 'Yes, tell me', done: () => done('Subscribed.'),
      missing: () => (kind.value === 'hull' && !vesselId(ship.input.value.trim()) ? 'Give an IMO number of seven digits or an MMSI of nine.' : !address.input.value.trim() ? 'Give the address the mail goes to.' : null),
      sentence: () => `Mail about ${kind.value === 'hull' ? idText(vesselId(ship.input.value.trim())) : WISH[kind.value]} goes to ${address.input.value.trim()}, each with its TLP mark. Is that right?`,
      perform: () => send('POST', '/api/registry/subscriptions', { kind: kind.value, address: address.input.value.trim(), ...(kind.value === 'hull' && { vessel: vesselId(ship.input.value.trim()) }) }) }));
  }

  add();
  load();
  return el('div', {}, rows, place);
}
