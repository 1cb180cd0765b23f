// The track in words: what was received around a silence (or last), with times, places, speeds and sources, and the track as files.
import { el } from './dom.js';
import { t, commas, isolate } from './text.js';
import { day, clock, minute, span, position, knots } from './words.js';

const AROUND = 5;

const row = ([ms, lonDeg, latDeg, sogKnots, , receiver, transponder]) => el('tr', {},
  el('td', { text: isolate(`${day(ms).slice(5)} ${clock(ms)}`) }), el('td', { text: position(latDeg, lonDeg) }), el('td', { class: 'number', text: knots(sogKnots) }),
  el('td', { text: commas(t(`time.table.source.${receiver}`), transponder !== 'unknown' && t('time.table.class', { class: transponder.toUpperCase() })) }));

function table(track, finding) {
  const fixes = track.fixes, head = ['time', 'position', 'speed', 'source'].map(k => el('th', { scope: 'col', text: t(`time.table.${k}`) }));
  if (!fixes.length) return el('p', { class: 'quiet', text: t('time.table.none') });
  let rows = fixes.slice(-2 * AROUND).map(row);
  if (finding?.kind === 'silence') {
    const start = Date.parse(finding.startTime) + 1000, end = finding.endTime ? Date.parse(finding.endTime) - 1000 : Infinity;
    const silence = finding.endTime ? t('time.table.silence', { span: span(end - start) }) : t('time.table.open');
    rows = [...fixes.filter(f => f[0] <= start).slice(-AROUND).map(row), el('tr', { class: 'silence' }, el('td', { colspan: 4, text: silence })), ...fixes.filter(f => f[0] >= end).slice(0, AROUND).map(row)];
  }
  return el('table', { class: 'track-table', 'aria-labelledby': 'track-table-title' }, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows));
}

export function trackTable(vessel, finding = null) {
  const track = vessel?.track;
  if (!track) return null;
  const period = `from=${encodeURIComponent(track.from)}&to=${encodeURIComponent(track.to)}`;
  return el('div', {},
    el('h3', { id: 'track-table-title', text: t(finding?.kind === 'silence' ? 'time.table.around' : 'time.table.last') }),
    el('div', { class: 'track-scroll' }, table(track, finding)),
    track.thinnedTo && el('p', { class: 'quiet', text: t('time.table.thinned', { how: track.thinnedTo }) }),
    el('h3', { text: t('time.table.export') }),
    el('div', { class: 'track-files' }, ['geojson', 'csv', 'kml', 'gpx'].map(format => el('a', {
      class: 'button', download: '', href: `/api/vessels/${encodeURIComponent(vessel.vesselId)}/track.${format}?${period}`, text: { geojson: 'GeoJSON', csv: 'CSV', kml: 'KML', gpx: 'GPX' }[format],
    }))),
    el('p', { class: 'quiet fine', text: t('time.table.exportNote', { from: minute(track.from), to: minute(track.to) }) }));
}
