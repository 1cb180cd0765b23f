// The drawer for a vessel picked on the map: what she sends, who says what of her, and what was found.
import { el, byId } from './dom.js';
import { KIND, CLASS, BAND, STATE, minute, shipName, knots, course, span, position, status } from './words.js';
import { identityPanel, tabs } from './vessel-panels.js';
import { trackTable } from './track-table.js';
import { FLAG } from './fleet.js';
import { t, dots, commas } from './text.js';

function motion(live) {
  if (!live) return el('p', { class: 'quiet', text: t('panels.notLive') });
  return el('dl', { class: 'fact-list' }, [
    [t('panels.lastHeard'), t(live.lost ? 'panels.agoLost' : 'panels.ago', { span: span(live.ageMs) })], [t('panels.position'), position(live.latDeg, live.lonDeg)],
    [t('panels.motion'), commas(knots(live.sogKnots), course(live.cogDeg))], [t('panels.statusSent'), status(live.status)],
    [t('panels.equipment'), t(live.flags & FLAG.classB ? 'panels.classB' : 'panels.classA')],
  ].filter(([, v]) => v).map(([k, v]) => [el('dt', { text: k }), el('dd', { text: v })]));
}

function findings(vessel, openCase) {
  if (!vessel.findings.length) return el('p', { class: 'quiet', text: t('panels.noFindings') });
  return el('ul', { class: 'findings' }, vessel.findings.map(f => el('li', {},
    el('strong', { text: dots(KIND[f.kind] ?? f.kind, CLASS[f.class] ?? f.class) }), el('span', { class: `band band-${f.band}`, text: BAND[f.band].word }),
    el('time', { text: minute(f.startTime) }), el('p', { said: f.sentence }),
    f.caseState && el('button', { type: 'button', onclick: () => openCase(f.id) }, t('panels.openAlert', { state: STATE[f.caseState] })))));
}

function watchButton(watched, mmsi) {
  const text = () => t(watched.has(mmsi) ? 'map.unwatchThis' : 'map.watch');
  return el('button', { type: 'button', id: 'watch-vessel', onclick: e => { watched.toggle(mmsi); e.target.textContent = text(); }, text: text() });
}

export function showVessel({ mmsi, name, live, replayed, vessel, problem, watched, close, openCase }) {
  const drawer = byId('drawer');
  drawer.dataset.caseId = '';
  const facts = vessel && dots(vessel.flagText, vessel.shipTypeText, vessel.lengthM && `${vessel.lengthM} m`, vessel.callSign && t('panels.callSign', { text: vessel.callSign }));
  byId('drawer-content').replaceChildren(
    el('div', { class: 'drawer-head' }, el('span', { text: t('panels.vessel') }), el('button', { class: 'close', type: 'button', 'aria-label': t('common.close'), title: t('common.close'), onclick: close }, '×')),
    el('div', { class: 'drawer-body' },
      el('h2', { id: 'drawer-title', tabindex: '-1', own: shipName(vessel?.name ?? name, mmsi) }),
      el('p', { class: 'facts', text: dots(mmsi && `MMSI ${mmsi}`, vessel?.imo && `IMO ${vessel.imo}`) }),
      facts && el('p', { class: 'facts', text: facts }),
      replayed && el('p', { class: 'note', text: t('time.tip', { time: replayed }) }),
      motion(live),
      live?.doubt && el('p', { class: 'note', text: t('map.doubt') }),
      mmsi && watched && watchButton(watched, mmsi),
      problem && el('p', { class: 'note', said: problem }),
      vessel ? tabs('vessel', [[t('panels.identity'), () => identityPanel(vessel), 'identity'], [t('panels.findings'), () => findings(vessel, openCase), 'findings'], [t('alert.track'), () => trackTable(vessel) ?? el('p', { class: 'quiet', text: t('time.table.none') }), 'track']]) : !problem && el('p', { class: 'quiet', text: t('panels.reading') })));
  drawer.hidden = false;
}
