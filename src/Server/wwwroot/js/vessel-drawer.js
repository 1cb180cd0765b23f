// The drawer for a vessel picked on the map: what she sends, who says what of her, and what was found.
import { el, byId } from './dom.js';
import { KIND, CLASS, BAND, STATE, minute, shipName, knots, course, span, position, status } from './words.js';
import { identityPanel, tabs } from './vessel-panels.js';
import { trackTable } from './track-table.js';
import { t } from './text.js';
import { FLAG } from './fleet.js';

function motion(live) {
  if (!live) return el('p', { class: 'quiet', text: 'Not in the live picture now.' });
  return el('dl', { class: 'fact-list' }, [
    ['Last heard', `${span(live.ageMs)} ago${live.lost ? ' – drawn as lost' : ''}`], ['Position', position(live.latDeg, live.lonDeg)],
    ['Motion', `${knots(live.sogKnots)}, ${course(live.cogDeg)}`], ['Status sent', status(live.status)],
    ['Equipment', live.flags & FLAG.classB ? 'AIS class B' : 'AIS class A'],
  ].filter(([, v]) => v).map(([k, v]) => [el('dt', { text: k }), el('dd', { text: v })]));
}

function findings(vessel, openCase) {
  if (!vessel.findings.length) return el('p', { class: 'quiet', text: 'No findings about this vessel.' });
  return el('ul', { class: 'findings' }, vessel.findings.map(f => el('li', {},
    el('strong', { text: `${KIND[f.kind] ?? f.kind} · ${CLASS[f.class] ?? f.class}` }), el('span', { class: `band band-${f.band}`, text: BAND[f.band].word }),
    el('time', { text: minute(f.startTime) }), el('p', { text: f.sentence }),
    f.caseState && el('button', { type: 'button', onclick: () => openCase(f.id) }, `Open alert (${STATE[f.caseState]})`))));
}

export function showVessel({ mmsi, name, live, replayed, vessel, problem, close, openCase }) {
  const drawer = byId('drawer');
  drawer.dataset.caseId = '';
  const facts = vessel && [vessel.flagText, vessel.shipTypeText, vessel.lengthM && `${vessel.lengthM} m`, vessel.callSign && `call sign ${vessel.callSign}`].filter(Boolean).join(' · ');
  byId('drawer-content').replaceChildren(
    el('div', { class: 'drawer-head' }, el('span', { text: 'Vessel' }), el('button', { class: 'close', type: 'button', 'aria-label': 'Close (Esc)', title: 'Close (Esc)', onclick: close }, '×')),
    el('div', { class: 'drawer-body' },
      el('h2', { id: 'drawer-title', tabindex: '-1', text: shipName(vessel?.name ?? name, mmsi) }),
      el('p', { class: 'facts', text: [mmsi && `MMSI ${mmsi}`, vessel?.imo && `IMO ${vessel.imo}`].filter(Boolean).join(' · ') }),
      facts && el('p', { class: 'facts', text: facts }),
      replayed && el('p', { class: 'note', text: t('time.tip', { time: replayed }) }),
      motion(live),
      problem && el('p', { class: 'note', text: problem }),
      vessel ? tabs('vessel', [['Identity', () => identityPanel(vessel)], ['Findings', () => findings(vessel, openCase)], ['Track', () => trackTable(vessel) ?? el('p', { class: 'quiet', text: t('time.table.none') })]]) : !problem && el('p', { class: 'quiet', text: 'Reading the vessel record…' })));
  drawer.hidden = false;
}
