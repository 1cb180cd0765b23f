// What the vessel page tells beyond identity: her track with its silences, where she called, and what persons decided.
import { el } from './dom.js';
import { get } from './api.js';
import { KIND, CLASS, BAND, STATE, ACT, REASON, minute, span, position } from './words.js';
import { t } from './text.js';
import { smallTrack } from './vessel-track.js';

const TOLD = new Set(['unexplained', 'darkTransit', 'darkCall', 'darkMeeting']);
const HOURS = { day: 24, week: 168 };

const part = (title, ...children) => el('section', { 'aria-label': title }, el('h3', { text: title }), children);
const table = (label, head, rows) => el('div', { class: 'wide history-table', role: 'region', 'aria-label': label, tabindex: '0' }, el('table', {},
  el('thead', {}, el('tr', {}, head.map(text => el('th', { scope: 'col', text })))), el('tbody', {}, rows.map(cells => el('tr', {}, cells.map(c => el('td', {}, c)))))));
const quiet = key => el('p', { class: 'quiet', text: t(key) });
const at = p => (p ? position(p.latDeg, p.lonDeg) : '–');
const failed = problem => el('p', { class: 'note', role: 'alert', said: problem.message });
const said = text => el('span', { said: text });

function track(v, nowMs) {
  const place = el('div', { 'aria-live': 'polite' }), buttons = Object.keys(HOURS).map(k => el('button', { type: 'button', 'aria-pressed': 'false', text: t(`history.track.${k}`), onclick: () => show(k) }));
  async function show(k) {
    buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(Object.keys(HOURS)[i] === k)));
    try {
      const to = new Date(nowMs + 60000), from = new Date(nowMs - HOURS[k] * 3600000);
      const answer = await get(`/api/vessels/${encodeURIComponent(v.vesselId)}/track?from=${from.toISOString()}&to=${to.toISOString()}`);
      if (answer.fixes.length === 0) { place.replaceChildren(quiet('history.track.none')); return; }
      const first = answer.fixes[0], last = answer.fixes.at(-1);
      const words = t('history.track.said', { n: answer.fixes.length, from: minute(first[0]), to: minute(last[0]), silences: answer.gaps.length });
      place.replaceChildren(el('div', { class: 'wide', role: 'region', 'aria-label': t('history.track.title'), tabindex: '0' }, await smallTrack(answer, words)), el('p', { class: 'key-line' }, el('i', { class: 'ring' }), t('history.track.off'), ' ', el('i', { class: 'ring filled' }), t('history.track.on')),
        el('p', { class: 'quiet', text: words }));
    } catch (problem) { place.replaceChildren(failed(problem)); }
  }
  show('day');
  return part(t('history.track.title'), el('div', { class: 'buttons track-buttons' }, buttons), place);
}

function silences(v, nowMs) {
  const all = v.findings.filter(f => f.kind === 'silence').sort((a, b) => Date.parse(b.startTime) - Date.parse(a.startTime));
  const others = all.filter(f => !TOLD.has(f.class)).length, place = el('div', {});
  const rows = list => list.map(f => {
    const end = f.endTime ? Date.parse(f.endTime) : nowMs;
    return [minute(f.startTime), f.endTime ? minute(f.endTime) : t('history.silences.open'), span(end - Date.parse(f.startTime)), at(f.start), at(f.end),
      el('span', {}, CLASS[f.class] ?? f.class, ' ', el('span', { class: `band band-${f.band}`, text: BAND[f.band].word })), f.caseState ? el('a', { href: `/#alert=${encodeURIComponent(f.id)}`, text: STATE[f.caseState] ?? f.caseState }) : '–',
      said(`AIS; ${f.modelVersion?.split(' ')[0] ?? ''}, ${t('history.asOf', { time: minute(f.asOf) })}`)];
  });
  const draw = withOthers => {
    const list = all.filter(f => withOthers || TOLD.has(f.class));
    place.replaceChildren(list.length ? table(t('history.silences.title'), ['began', 'ended', 'length', 'last', 'first', 'told', 'alert', 'source'].map(k => t(`history.silences.${k}`)), rows(list)) : quiet(withOthers ? 'history.silences.none' : 'history.silences.noneTold'));
  };
  draw(false);
  return part(t('history.silences.title'), others > 0 && el('label', { class: 'choice-line' }, el('input', { type: 'checkbox', id: 'all-silences', onchange: e => draw(e.target.checked) }), ' ', t('history.silences.others', { n: others })), place);
}

function calls(v) {
  const place = el('div', {}, quiet('history.reading'));
  const end = c => (c.departure ? `${c.departureSeen ? '' : `${t('history.calls.possibly')} `}${minute(c.departure)}` : t('history.calls.there'));
  get(`/api/vessels/${encodeURIComponent(v.vesselId)}/port-calls`).then(answer => place.replaceChildren(
    answer.calls.length ? table(t('history.calls.title'), ['port', 'code', 'arrival', 'departure', 'still', 'sure', 'source'].map(k => t(`history.calls.${k}`)), answer.calls.map(c => [
      said(c.port), c.unLocode ?? t('history.calls.noCode'), `${c.arrivalSeen ? '' : `${t('history.calls.possibly')} `}${minute(c.arrival)}`, end(c), `${c.stillHours} h`,
      c.possibly ? t(!c.unbroken ? 'history.calls.broken' : 'history.calls.ends') : t('history.calls.seen'), el('span', {}, t('history.calls.from', { n: c.fixes }), el('small', { lang: 'en', text: ` ${c.portSource}` })),
    ])) : quiet('history.calls.none'),
    el('details', {}, el('summary', { text: t('history.calls.what') }), el('p', { class: 'quiet', lang: 'en', text: answer.definition })))).catch(problem => place.replaceChildren(failed(problem)));
  return part(t('history.calls.title'), place);
}

function decisions(v) {
  const place = el('div', {}, quiet('history.reading'));
  get(`/api/vessels/${encodeURIComponent(v.vesselId)}/decisions`).then(({ decisions: rows }) => place.replaceChildren(rows.length
    ? table(t('history.decisions.title'), ['at', 'by', 'act', 'why', 'about'].map(k => t(`history.decisions.${k}`)), rows.map(d => [minute(d.at), el('span', { own: d.by }), ACT[d.act] ?? d.act,
      [d.reason && el('div', { text: REASON[d.reason] ?? d.reason }), d.note && el('div', { own: d.note })],
      el('a', { href: `/#alert=${encodeURIComponent(d.caseId)}` }, `${KIND[d.kind] ?? d.kind}, ${STATE[d.state] ?? d.state}`)]))
    : quiet('history.decisions.none'))).catch(problem => place.replaceChildren(failed(problem)));
  return part(t('history.decisions.title'), place);
}

/** Extract to print, for those who work with registers. */
function extract(v, me) {
  if (!me.roles.some(r => r === 'analyst' || r === 'registry')) return null;
  const path = `/api/registry/extract/${encodeURIComponent(v.vesselId)}`;
  return part(t('history.extract.title'), el('div', { class: 'buttons' }, el('a', { class: 'button', id: 'extract-html', href: path, text: t('history.extract.html') }), el('a', { class: 'button', id: 'extract-pdf', href: `${path}.pdf`, text: t('history.extract.pdf') })),
    quiet('history.extract.about'));
}

/** All sections, for the vessel page. */
export const vesselHistory = (v, nowMs, me) => [track(v, nowMs), silences(v, nowMs), calls(v), decisions(v), extract(v, me)].filter(Boolean);
