// The registry desk: questions and statements, own fleet, subscriptions, bulk check; or, with ?vessel=, the file of one ship.
import { el, byId } from './dom.js';
import { get, send } from './api.js';
import { loadPalette, nextPalette } from './palette.js';
import { openNews } from './live.js';
import { tabs } from './vessel-panels.js';
import { queuePanel } from './registry-queue.js';
import { statementList } from './registry-file.js';
import { statementForm } from './registry-forms.js';
import { fleetPanel, subscriptionsPanel } from './registry-fleet.js';
import { bulkPanel } from './registry-bulk.js';
import { minute, flagName, shipName, idText, nodeTlp } from './words.js';

const desk = byId('desk');
let reload = () => {};

function panels(me) {
  const queue = () => { const panel = queuePanel(me); reload = () => panel.isConnected && panel.reload(); return panel; };
  return tabs('registry', [
    [me.official ? 'Queue' : 'Questions', queue], [me.official ? 'Own fleet' : 'Fleets', () => fleetPanel(me)], ['Subscriptions', () => subscriptionsPanel(me)], ['Bulk check', bulkPanel],
  ]);
}

/** The statements on one ship; an official whose flag she claims may state unasked, others read. */
async function vesselFile(me, id) {
  const [v, { statements }] = await Promise.all([get(`/api/vessels/${encodeURIComponent(id)}`), get(`/api/registry/statements?vessel=${encodeURIComponent(id)}`)]);
  const again = async () => desk.replaceChildren(...await vesselFile(me, id));
  const claimed = me.official && v.lanes.some(l => l.bars.some(b => b.flag === me.flag));
  const taken = statements.some(s => s.flag === me.flag && (s.state === 'inForce' || s.state === 'awaitingApproval'));
  const place = el('div', { class: 'acts' });
  const draw = () => place.replaceChildren(claimed && !taken
    ? el('div', { class: 'buttons' }, el('button', { id: 'act-state', type: 'button', text: `State for ${flagName(me.flag)}…`, onclick: () => {
      place.replaceChildren(statementForm({ id: 'state', title: `Statement of the register of ${flagName(me.flag)}`, flag: me.flag, ship: v, done: again, cancel: draw, perform: body => send('POST', '/api/registry/statements', { ...body, vessel: v.vesselId }) }));
      place.querySelector('select')?.focus();
    } }))
    : el('p', { class: 'quiet', text: !me.official ? 'Read only: a flag\'s own register states.' : claimed ? 'Your register has stated; supersede or revoke it below.' : `Read only: no source names the flag of ${flagName(me.flag)} for her.` }));
  draw();
  reload = () => place.isConnected && !desk.querySelector('form') && again();
  return [
    el('div', {}, el('h2', { text: `${shipName(v.name, v.mmsi)}: statements of registers` }), el('p', { class: 'facts', text: [v.imo && `IMO ${v.imo}`, v.mmsi && `MMSI ${v.mmsi}`, v.flagText].filter(Boolean).join(' · ') }),
      el('p', {}, el('a', { href: `/vessel.html?id=${encodeURIComponent(v.vesselId)}`, text: `Vessel page: ${idText(v.vesselId)}` }), ' · ', el('a', { href: '/registry.html', text: 'Registry desk' }))),
    place, statementList(statements, me, again),
  ];
}

async function start() {
  await loadPalette();
  document.addEventListener('keydown', e => { if (e.key === 'd' && !e.ctrlKey && !e.metaKey && !e.target.matches('input, textarea, select')) nextPalette(); });
  const [who, watch] = await Promise.all([get('/api/me'), get('/api/watch').catch(() => null)]);
  const me = { ...who, official: who.roles.includes('registry') && Boolean(who.flag), analyst: who.roles.includes('analyst') };
  byId('who').textContent = [me.name, me.official && `speaks for ${flagName(me.flag)}`].filter(Boolean).join(', ');
  byId('node-tlp').textContent = nodeTlp(me.tlp);
  byId('exercise').hidden = !watch?.exercise;
  byId('seen-at').textContent = minute(Date.now());
  const vessel = new URLSearchParams(location.search).get('vessel');
  if (!me.official && !me.analyst) { desk.replaceChildren(el('h2', { text: 'Registry desk' }), el('p', { text: 'This page is for officials of a flag\'s register and for analysts. Ask who keeps the accounts.' })); return; }
  desk.replaceChildren(...(vessel ? await vesselFile(me, vessel) : [el('h2', { text: me.official ? `Registry desk: ${flagName(me.flag)}` : 'Registry desk' }), panels(me)]));
  openNews({ registry: () => reload() }, () => {});
}

start().catch(problem => desk.replaceChildren(el('h2', { text: 'The registry desk cannot be shown' }), el('p', { class: 'fault', role: 'alert', text: problem.message }), el('p', {}, el('a', { href: '/', text: 'Back to the console' }))));
