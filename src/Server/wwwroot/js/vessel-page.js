// One vessel's page: who says what of her, since when, with conflicts shown and nothing stated without a source.
import { el, byId } from './dom.js';
import { get } from './api.js';
import { pageHead } from './page-head.js';
import { identityPanel, latestFacts } from './vessel-panels.js';
import { flagHistory } from './flag-history.js';
import { statementList } from './registry-file.js';
import { askRegister } from './ask-register.js';
import { vesselHistory } from './vessel-history.js';
import { KIND, CLASS, BAND, STATE, ITEM, minute, shipName } from './words.js';
import { t, dots } from './text.js';

const part = (title, ...children) => el('section', { 'aria-label': title }, el('h3', { text: title }), children);

function listings(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: t('vessel.noListing') });
  return el('div', { class: 'wide', tabindex: '0' }, el('table', {},
    el('thead', {}, el('tr', {}, [t('vessel.list'), t('vessel.listName'), t('vessel.listAct'), t('vessel.listDesignated'), t('vessel.listOf')].map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, rows.map(r => el('tr', {}, el('td', {}, el('span', { said: r.listName }), r.current ? ' ' : ` ${t('vessel.takenOff')} `, el('small', { said: r.source })), el('td', { own: r.name ?? '' }), el('td', { own: r.legalAct ?? '' }), el('td', { text: r.designatedOn ?? '' }), el('td', { text: r.listDate ?? '' }))))));
}

function inspections(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: t('vessel.noInspection') });
  return el('div', { class: 'wide', tabindex: '0' }, el('table', {},
    el('thead', {}, el('tr', {}, [t('vessel.inspected'), t('vessel.regime'), t('vessel.port'), t('vessel.deficiencies'), t('vessel.detained'), t('panels.source')].map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, rows.map(r => el('tr', {}, [r.on ?? t('vessel.dayUnknown'), r.authority, r.port, r.deficiencies, r.detained ? (r.releasedOn ? t('vessel.yesUntil', { day: r.releasedOn }) : t('vessel.yes')) : t('vessel.no'), `${r.source} ${r.reference ?? ''}`].map(text => el('td', { own: text ?? '' })))))));
}

function asked(rows) {
  return el('ul', { class: 'quiet', 'aria-label': t('vessel.listsAsked') }, rows.map(r => el('li', {}, el('span', { said: r.name }), ': ', r.listDate ? t('vessel.listVersion', { day: r.listDate.slice(0, 10) }) : t('vessel.listNoVersion'), !r.reachable && [' – ', el('span', { said: r.note })])));
}

function findings(rows) {
  if (!rows.length) return el('p', { class: 'quiet', text: t('panels.noFindings') });
  return el('ul', { class: 'findings' }, rows.map(f => el('li', {},
    el('strong', { text: dots(KIND[f.kind] ?? f.kind, CLASS[f.class] ?? f.class) }), el('span', { class: `band band-${f.band}`, text: BAND[f.band].word }),
    el('time', { text: `${minute(f.startTime)} – ${f.endTime ? minute(f.endTime) : t('panels.open')}` }), el('p', { said: f.sentence }),
    f.caseState && el('a', { href: `/#alert=${encodeURIComponent(f.id)}`, text: t('vessel.alert', { state: STATE[f.caseState] }) }))));
}

// What holds now of each item, by how many sources it is said, and whether they disagree.
function heads(v) {
  const best = { 'IMO number': v.imo, MMSI: v.mmsi, 'call sign': v.callSign, flag: v.flagText };
  const rows = v.identity.filter(a => a.attribute !== 'name' || a.conflict).map(a => {
    const sources = new Set(a.values.map(r => r.source)).size, now = [...new Set(a.values.filter(r => r.current).map(r => r.value))];
    return el('li', {}, `${ITEM[a.attribute] ?? a.attribute} `, el('bdi', { text: best[a.attribute] ?? (now.join(` ${t('vessel.or')} `) || t('vessel.notStated')) }), ' ', el('small', { text: t('vessel.sources', { n: sources }) }), a.conflict && el('span', { class: 'conflict', text: t('panels.conflict') }));
  });
  return el('ul', { class: 'heads', 'aria-label': t('vessel.identityNow') }, rows, v.shipTypeText && el('li', { said: v.shipTypeText }));
}

// What registers have stated, and the way to them: an analyst asks, an official goes to her desk.
function registers(v, me, statements) {
  if (statements === null) return el('p', { class: 'quiet', text: t('history.notForYou') });
  const works = me.roles.includes('analyst') || (me.roles.includes('registry') && me.flag);
  const flags = [...new Set(v.lanes.flatMap(l => l.bars.map(b => b.flag)))];
  return [statementList(statements),
    works && el('p', {}, el('a', { href: `/registry.html?vessel=${encodeURIComponent(v.vesselId)}`, text: t('vessel.toDesk') })),
    me.roles.includes('analyst') && askRegister(v, flags)];
}

function show(v, nowMs, me, statements) {
  document.title = t('vessel.titled', { name: shipName(v.name, v.mmsi) });
  if (v.exercise) byId('exercise').hidden = false; // also where the watch was not told
  const conflicts = v.identity.filter(a => a.conflict).length + (v.lanes.some(l => l.bars.some(b => b.conflict)) ? 1 : 0);
  byId('vessel').replaceChildren(
    el('div', {}, el('h2', { own: shipName(v.name, v.mmsi) }),
      heads(v),
      conflicts > 0 && el('p', { class: 'note', text: t('vessel.disagree', { n: conflicts }) })),
    part(t('vessel.flags'), flagHistory(v, nowMs)),
    part(t('vessel.statements'), registers(v, me, statements)),
    part(t('vessel.identity'), identityPanel(v, false)),
    part(t('vessel.listings'), listings(v.listings), asked(v.lists)),
    part(t('vessel.inspections'), inspections(v.inspections)),
    part(t('vessel.findings'), findings(v.findings)),
    ...vesselHistory(v, nowMs, me),
    part(t('vessel.latest'), latestFacts(v, nowMs), v.mmsi && el('p', {}, el('a', { href: `/#mmsi=${v.mmsi}`, text: t('vessel.onMap') }))));
}

// An administrator, or an account bound to areas, sees no register's work.
const notForHer = problem => { if (problem.status === 403) return { statements: null }; throw problem; };
const head = pageHead('vessel.asHeld');
head.catch(() => {}); // told below
const id = new URLSearchParams(location.search).get('id');
try {
  if (!id) throw new Error(t('vessel.noId'));
  const [vessel, { me, nowMs }, said] = await Promise.all([get(`/api/vessels/${encodeURIComponent(id)}`), head,
    get(`/api/registry/statements?vessel=${encodeURIComponent(id)}`).catch(notForHer)]);
  show(vessel, nowMs, me, said.statements);
} catch (problem) {
  byId('vessel').replaceChildren(el('h2', { text: t('vessel.notShown') }), el('p', { said: problem.message }), el('p', {}, el('a', { href: '/', text: t('common.toConsole') })));
}
