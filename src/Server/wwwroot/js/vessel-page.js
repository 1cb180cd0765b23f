// One vessel's page: who says what of her, since when, with conflicts shown and nothing stated without a source.
import { el, byId } from './dom.js';
import { get } from './api.js';
import { loadPalette, nextPalette } from './palette.js';
import { identityPanel, latestFacts } from './vessel-panels.js';
import { flagHistory } from './flag-history.js';
import { statementList } from './registry-file.js';
import { askRegister } from './ask-register.js';
import { vesselHistory } from './vessel-history.js';
import { t } from './text.js';
import { KIND, CLASS, BAND, STATE, minute, shipName } from './words.js';

const part = (title, ...children) => el('section', { 'aria-label': title }, el('h3', { text: title }), children);

function listings(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: 'No entry found in the lists held here. Lists not held here were not asked.' });
  return el('div', { class: 'wide' }, el('table', {},
    el('thead', {}, el('tr', {}, ['List', 'Name on it', 'Legal act', 'Designated', 'List of'].map(t => el('th', { scope: 'col', text: t })))),
    el('tbody', {}, rows.map(r => el('tr', {}, el('td', {}, r.listName, r.current ? ' ' : ' (taken off the list) ', el('small', { text: r.source })), el('td', { text: r.name ?? '' }), el('td', { text: r.legalAct ?? '' }), el('td', { text: r.designatedOn ?? '' }), el('td', { text: r.listDate ?? '' }))))));
}

function inspections(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: 'No inspection in the data held here.' });
  return el('div', { class: 'wide' }, el('table', {},
    el('thead', {}, el('tr', {}, ['Inspected', 'Regime', 'Port', 'Deficiencies', 'Detained', 'Source'].map(t => el('th', { scope: 'col', text: t })))),
    el('tbody', {}, rows.map(r => el('tr', {}, [r.on ?? 'not stated', r.authority, r.port, r.deficiencies, r.detained ? `yes${r.releasedOn ? `, until ${r.releasedOn}` : ''}` : 'no', `${r.source} ${r.reference ?? ''}`].map(t => el('td', { text: t ?? '' })))))));
}

function asked(rows) {
  return el('ul', { class: 'quiet', 'aria-label': 'Lists asked' }, rows.map(r => el('li', { text: `${r.name}: ${r.listDate ? `of ${r.listDate.slice(0, 10)}` : 'no version held'}${r.reachable ? '' : ` – ${r.note}`}` })));
}

function findings(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: 'No findings about this vessel.' });
  return el('ul', { class: 'findings' }, rows.map(f => el('li', {},
    el('strong', { text: `${KIND[f.kind] ?? f.kind} · ${CLASS[f.class] ?? f.class}` }), el('span', { class: `band band-${f.band}`, text: BAND[f.band].word }),
    el('time', { text: `${minute(f.startTime)} – ${f.endTime ? minute(f.endTime) : 'open'}` }), el('p', { text: f.sentence }),
    f.caseState && el('a', { href: `/#alert=${encodeURIComponent(f.id)}`, text: `Alert: ${STATE[f.caseState]}` }))));
}

// What holds now of each item, by how many sources it is said, and whether they disagree.
function heads(v) {
  const best = { 'IMO number': v.imo, MMSI: v.mmsi, 'call sign': v.callSign, flag: v.flagText };
  const rows = v.identity.filter(a => a.attribute !== 'name' || a.conflict).map(a => {
    const sources = new Set(a.values.map(r => r.source)).size, now = [...new Set(a.values.filter(r => r.current).map(r => r.value))];
    return el('li', {}, `${a.attribute} ${best[a.attribute] ?? (now.join(' or ') || 'not stated now')} `, el('small', { text: `${sources} ${sources === 1 ? 'source' : 'sources'}` }), a.conflict && el('span', { class: 'conflict', text: 'conflict' }));
  });
  return el('ul', { class: 'heads', 'aria-label': 'Identity as it stands now' }, rows, v.shipTypeText && el('li', { text: v.shipTypeText }));
}

// What registers have stated, and the way to them: an analyst asks, an official goes to her desk.
function registers(v, me, statements) {
  if (statements === null) return el('p', { class: 'quiet', text: t('history.notForYou') });
  const works = me.roles.includes('analyst') || (me.roles.includes('registry') && me.flag);
  const flags = [...new Set(v.lanes.flatMap(l => l.bars.map(b => b.flag)))];
  return [statementList(statements),
    works && el('p', {}, el('a', { href: `/registry.html?vessel=${encodeURIComponent(v.vesselId)}`, text: 'Registry desk: this ship' })),
    me.roles.includes('analyst') && askRegister(v, flags)];
}

function show(v, nowMs, me, statements) {
  document.title = `${shipName(v.name, v.mmsi)} – MaritimeWatch`;
  byId('exercise').hidden = !v.exercise;
  byId('seen-at').textContent = `as held at ${minute(nowMs)}`;
  const conflicts = v.identity.filter(a => a.conflict).length + (v.lanes.some(l => l.bars.some(b => b.conflict)) ? 1 : 0);
  byId('vessel').replaceChildren(
    el('div', {}, el('h2', { text: shipName(v.name, v.mmsi) }),
      heads(v),
      conflicts > 0 && el('p', { class: 'note', text: `Sources disagree on ${conflicts} ${conflicts === 1 ? 'item' : 'items'}. A disagreement has many ordinary causes; both sides are shown with their dates.` })),
    part('Flag timeline', flagHistory(v, nowMs)),
    part('Statements of flag registers', registers(v, me, statements)),
    part('Identity, by source', identityPanel(v, false)),
    part('Official lists', listings(v.listings), asked(v.lists)),
    part('Inspections by port States', inspections(v.inspections)),
    part('Findings', findings(v.findings)),
    ...vesselHistory(v, nowMs, me),
    part('Latest position', latestFacts(v, nowMs), v.mmsi && el('p', {}, el('a', { href: `/#mmsi=${v.mmsi}`, text: 'Show on the map' }))));
}

document.addEventListener('keydown', e => { if (e.key === 'd' && !e.ctrlKey && !e.metaKey && !e.target.matches('input, textarea, select')) nextPalette(); });
// An administrator, or an account bound to areas, sees no register's work.
const notForHer = problem => { if (problem.status === 403) return { statements: null }; throw problem; };
await loadPalette();
const id = new URLSearchParams(location.search).get('id');
try {
  if (!id) throw new Error('The address names no vessel. Search for one in the console.');
  const [vessel, watch, me, said] = await Promise.all([get(`/api/vessels/${encodeURIComponent(id)}`), get('/api/watch').catch(() => null), get('/api/me'),
    get(`/api/registry/statements?vessel=${encodeURIComponent(id)}`).catch(notForHer)]);
  show(vessel, watch ? Date.parse(watch.now) : Date.now(), me, said.statements);
} catch (problem) {
  byId('vessel').replaceChildren(el('h2', { text: 'This vessel cannot be shown' }), el('p', { text: problem.message }), el('p', {}, el('a', { href: '/', text: 'Back to the console' })));
}
