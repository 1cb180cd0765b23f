// The flag timeline as the API tells it: one lane per source. Ends that no source states fade out, claims that disagree are hatched
// and say 'conflict', denials say 'denied', and a stretch without a statement says 'no information', which is not 'no flag'.
import { el } from './dom.js';
import { day, flagName, REGISTER, ORIGIN } from './words.js';
import { t, dots, commas } from './text.js';

const WIDTH = 1040, LABEL = 190, LANE = 48, BAR = 24, TOP = 26, LEAST = 14, FADE = 22;
const svg = (tag, attributes = {}, text) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  if (text !== undefined) node.textContent = text;
  return node;
};

function extent(lanes, nowMs) {
  const times = lanes.flatMap(l => l.spans.flatMap(s => [s.from, s.to])).filter(Boolean).map(Date.parse);
  const low = Math.min(...times, nowMs - 365 * 864e5), high = Math.max(...times, nowMs);
  const margin = (high - low) * 0.03;
  return [low - margin, high + margin];
}

function years(low, high) {
  const first = new Date(low).getUTCFullYear() + 1, last = new Date(high).getUTCFullYear(), step = Math.max(1, Math.ceil((last - first) / 10));
  const out = [];
  for (let y = first; y <= last; y += step) out.push(y);
  return out;
}

/** What is drawn and said of a span: how it stands, and the words for it. */
function reading(span, claims) {
  const statuses = span.claims.map(id => claims.get(id)?.status).filter(Boolean);
  const denied = span.state === 'denied' || statuses.includes('certificateNotOurs');
  const check = statuses.length > 0 && statuses.every(s => s === 'underCheck');
  const conflict = span.against.length > 0;
  // She was on it until then: the word alone would seem to speak of the whole stretch.
  const status = [...new Set(statuses)].map(s => (s === 'deleted' ? t('flags.untilDeleted') : REGISTER[s] ?? s)).join(', ');
  return { denied, check, conflict, status, words: [denied && t('flags.denied'), check && t('flags.check'), conflict && t('flags.conflict')].filter(Boolean) };
}

export function dates(s) {
  const from = s.startIsStated ? day(s.from) : t('flags.seenSince', { day: day(s.from) });
  const to = s.to === null ? t('flags.open') : s.endIsStated ? day(s.to) : t('flags.lastSeen', { day: day(s.to) });
  return [from, to];
}

// Patterns and the fading of open ends; their colours are tokens, set by the style sheet.
function patterns() {
  const hatch = svg('pattern', { id: 'hatch', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
  hatch.append(svg('line', { class: 'hatch', x1: 0, x2: 0, y1: 0, y2: 7 }));
  const fade = (id, from, to) => {
    const g = svg('linearGradient', { id });
    g.append(svg('stop', { class: 'fade', offset: from ? 0.35 : 0, 'stop-opacity': from }), svg('stop', { class: 'fade', offset: from ? 1 : 0.65, 'stop-opacity': to }));
    return g;
  };
  const defs = svg('defs');
  defs.append(hatch, fade('fade-start', 1, 0), fade('fade-end', 0, 1));
  return defs;
}

/** `open(span, lane)` shows the claims of a conflict side by side. */
export function flagTimeline(lanes, claims, nowMs, open) {
  if (!lanes.length) return el('p', { class: 'quiet', text: t('flags.none') });
  const [low, high] = extent(lanes, nowMs), height = TOP + lanes.length * LANE + 4;
  const x = time => LABEL + (time - low) / (high - low) * (WIDTH - LABEL);
  const root = svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'group', 'aria-label': t('flags.drawing') });
  root.append(patterns());
  for (const y of years(low, high)) {
    const at = x(Date.UTC(y, 0, 1));
    root.append(svg('line', { class: 'grid', x1: at, x2: at, y1: TOP - 6, y2: height }), svg('text', { class: 'small', x: at + 3, y: 12 }, at + 30 < WIDTH ? y : ''));
  }
  lanes.forEach((lane, i) => {
    const top = TOP + i * LANE;
    root.append(svg('text', { x: 0, y: top + 14 }, lane.source.length > 28 ? `${lane.source.slice(0, 27)}…` : lane.source), svg('text', { class: 'small', x: 0, y: top + 30 }, ORIGIN[lane.origin] ?? lane.origin));
    const spans = lane.spans.filter(s => s.state !== 'noInformation').map(s => ({ ...s, a: Date.parse(s.from), z: s.to ? Date.parse(s.to) : high }));
    let end = low;
    for (const s of [...spans, { a: high, z: high }]) {
      if (x(s.a) - x(end) > 3) root.append(...nothing(x(end), x(s.a), top));
      end = Math.max(end, s.z);
    }
    spans.forEach((s, k) => root.append(bar(s, reading(s, claims), x, top, x(s.a) - x(k ? spans[k - 1].z : low), () => open(s, lane))));
  });
  return root;
}

function nothing(left, right, top) {
  const box = svg('rect', { class: 'no-info', x: left + 1, y: top + 5, width: Math.max(0, right - left - 2), height: BAR - 6 });
  box.append(svg('title', {}, t('flags.noInformation')));
  return right - left > 92 ? [box, svg('text', { class: 'small', x: (left + right) / 2, y: top + 18, 'text-anchor': 'middle' }, t('flags.noInformation'))] : [box];
}

// A short stretch has its words before it, where there is room.
function bar(s, read, x, top, room, open) {
  const right = Math.max(x(s.z), x(s.a) + LEAST), left = Math.min(x(s.a), WIDTH - LEAST), wide = right - left, fade = Math.min(FADE, wide / 2);
  const g = svg('g', { class: `claim ${read.denied ? 'denied' : ''} ${read.check ? 'check' : ''} ${read.conflict ? 'clashing' : ''}` });
  g.append(svg('rect', { class: 'bar', x: left, y: top, width: wide, height: BAR, rx: 3 }));
  if (read.conflict) g.append(svg('rect', { fill: 'url(#hatch)', x: left, y: top, width: wide, height: BAR, rx: 3 }));
  if (!s.startIsStated) g.append(svg('rect', { fill: 'url(#fade-start)', x: left - 2, y: top - 2, width: fade, height: BAR + 4 }));
  if (s.to === null || !s.endIsStated) g.append(svg('rect', { fill: 'url(#fade-end)', x: right - fade + 2, y: top - 2, width: fade, height: BAR + 4 }));
  const names = [`${flagName(s.value)}${read.status ? ` · ${read.status}` : ''}`, flagName(s.value), s.value].filter(text => wide > text.length * 6.6 + 26);
  if (!names.length && room > 260) g.append(svg('text', { class: 'value', x: left - 6, y: top + 16, 'text-anchor': 'end' }, flagName(s.value)));
  else if (names.length || wide > 22) g.append(svg('text', { class: 'value', x: left + (wide > 60 ? 10 : 4), y: top + 16 }, names[0] ?? s.value));
  const late = left > WIDTH - 130;
  if (read.words.length) g.append(svg('text', { class: 'clash', x: late ? right : left + 2, y: top + BAR + 13, 'text-anchor': late ? 'end' : 'start' }, dots(read.words)));
  const said = `${commas(flagName(s.value), read.status, read.words)}; ${t('flags.fromTo', { from: dates(s)[0], to: dates(s)[1] })}`;
  g.append(svg('title', {}, read.conflict ? t('flags.showSides', { said }) : said));
  if (read.conflict) {
    for (const [k, v] of Object.entries({ role: 'button', tabindex: 0 })) g.setAttribute(k, v);
    g.addEventListener('click', open);
    g.addEventListener('keydown', e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); open(); } });
  }
  return g;
}

export function flagTable(lanes, claims, open) {
  const row = (lane, s) => {
    if (s.state === 'noInformation') return el('tr', {}, el('td', { own: lane.source }), el('td', { text: t('flags.noInformation') }), el('td', { text: day(s.from) }), el('td', { text: day(s.to) }), el('td', { text: t('flags.notNoFlag') }), el('td'));
    const read = reading(s, claims), [from, to] = dates(s);
    return el('tr', {}, el('td', {}, el('span', { own: lane.source }), ' ', el('small', { text: ORIGIN[lane.origin] ?? lane.origin })),
      el('td', { text: flagName(s.value) }), el('td', { text: from }), el('td', { text: to }),
      el('td', {}, read.status || (lane.origin === 'broadcast' ? t('flags.byMmsi') : t('flags.stated')), read.words.filter(w => w !== t('flags.conflict')).map(w => ` · ${w}`),
        read.conflict && el('button', { type: 'button', class: 'conflict', onclick: () => open(s, lane) }, t('flags.showBoth'))),
      el('td', { text: [...new Set(s.claims.map(id => claims.get(id)?.reference).filter(Boolean))].join('; ') || t('flags.noDocument') }));
  };
  return el('div', { class: 'wide', tabindex: '0' }, el('table', {},
    el('thead', {}, el('tr', {}, [t('flags.source'), t('flags.flag'), t('flags.from'), t('flags.to'), t('flags.stands'), t('flags.document')].map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, lanes.flatMap(l => l.spans.map(s => row(l, s))))));
}
