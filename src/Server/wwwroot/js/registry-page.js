// The registry desk: questions and statements, own fleet, subscriptions, bulk check; or, with ?vessel=, the file of one ship.
import { el, byId } from './dom.js';
import { get, send } from './api.js';
import { pageHead } from './page-head.js';
import { openNews } from './live.js';
import { tabs } from './vessel-panels.js';
import { queuePanel } from './registry-queue.js';
import { statementList } from './registry-file.js';
import { statementForm } from './registry-forms.js';
import { fleetPanel, subscriptionsPanel } from './registry-fleet.js';
import { bulkPanel } from './registry-bulk.js';
import { flagName, shipName, idText } from './words.js';
import { t, dots } from './text.js';

const desk = byId('desk');
let reload = () => {};

function panels(me) {
  const queue = () => { const panel = queuePanel(me); reload = () => panel.isConnected && panel.reload(); return panel; };
  return tabs('registry', [
    [t(me.official ? 'registry.queue' : 'registry.questions'), queue], [t(me.official ? 'registry.ownFleet' : 'registry.fleets'), () => fleetPanel(me)], [t('registry.subscriptions'), () => subscriptionsPanel(me)], [t('registry.bulk'), bulkPanel],
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
    ? el('div', { class: 'buttons' }, el('button', { id: 'act-state', type: 'button', text: t('registry.stateFor', { flag: flagName(me.flag) }), onclick: () => {
      place.replaceChildren(statementForm({ id: 'state', title: t('registry.statementOf', { flag: flagName(me.flag) }), flag: me.flag, ship: v, done: again, cancel: draw, perform: body => send('POST', '/api/registry/statements', { ...body, vessel: v.vesselId }) }));
      place.querySelector('select')?.focus();
    } }))
    : el('p', { class: 'quiet', text: !me.official ? t('registry.readOnly') : claimed ? t('registry.hasStated') : t('registry.notNamed', { flag: flagName(me.flag) }) }));
  draw();
  reload = () => place.isConnected && !desk.querySelector('form') && again();
  return [
    el('div', {}, el('h2', { text: t('registry.statementsOn', { name: shipName(v.name, v.mmsi) }) }), el('p', { class: 'facts', text: dots(v.imo && `IMO ${v.imo}`, v.mmsi && `MMSI ${v.mmsi}`, v.flagText) }),
      el('p', {}, el('a', { href: `/vessel.html?id=${encodeURIComponent(v.vesselId)}`, text: t('registry.vesselPage', { id: idText(v.vesselId) }) }), ' · ', el('a', { href: '/registry.html', text: t('registry.title') }))),
    place, statementList(statements, me, again),
  ];
}

async function start() {
  const { me: who } = await pageHead();
  const me = { ...who, official: who.roles.includes('registry') && Boolean(who.flag), analyst: who.roles.includes('analyst') };
  const vessel = new URLSearchParams(location.search).get('vessel');
  if (!me.official && !me.analyst) { desk.replaceChildren(el('h2', { text: t('registry.title') }), el('p', { text: t('registry.forWhom') })); return; }
  desk.replaceChildren(...(vessel ? await vesselFile(me, vessel) : [el('h2', { text: me.official ? t('registry.titleOf', { flag: flagName(me.flag) }) : t('registry.title') }), panels(me)]));
  openNews({ registry: () => reload() }, () => {});
}

start().catch(problem => desk.replaceChildren(el('h2', { text: t('registry.notShown') }), el('p', { class: 'fault', role: 'alert', said: problem.message }), el('p', {}, el('a', { href: '/', text: t('common.toConsole') }))));
