// The flag timeline: one lane per source. Uncertain ends are open, overlaps that disagree say 'conflict',
// stretches without a statement say 'no information', which is not 'no flag'.
import { el } from './dom.js';
import { day } from './words.js';

const WIDTH = 1040, LABEL = 190, LANE = 46, BAR = 24, TOP = 26;
const svg = (tag, attributes = {}, text) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  if (text !== undefined) node.textContent = text;
  return node;
};

function extent(lanes, nowMs) {
  const times = lanes.flatMap(l => l.bars.flatMap(b => [b.from, b.to])).filter(Boolean).map(Date.parse);
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

export function flagTimeline(lanes, nowMs) {
  if (!lanes.length) return el('p', { class: 'quiet', text: 'No source says anything about her flag. That is not the same as having none.' });
  const [low, high] = extent(lanes, nowMs), height = TOP + lanes.length * LANE + 4;
  const x = t => LABEL + (t - low) / (high - low) * (WIDTH - LABEL);
  const root = svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': 'Flag timeline, one lane per source. The table below says the same.' });
  for (const y of years(low, high)) {
    const at = x(Date.UTC(y, 0, 1));
    root.append(svg('line', { class: 'grid', x1: at, x2: at, y1: TOP - 6, y2: height }), svg('text', { class: 'small', x: at + 3, y: 12 }, at + 30 < WIDTH ? y : ''));
  }
  lanes.forEach((lane, i) => {
    const top = TOP + i * LANE, bars = lane.bars.map(b => ({ ...b, a: b.from ? Date.parse(b.from) : low, z: b.to ? Date.parse(b.to) : high })).sort((p, q) => p.a - q.a);
    root.append(svg('text', { x: 0, y: top + 14 }, lane.source.length > 28 ? `${lane.source.slice(0, 27)}…` : lane.source), svg('text', { class: 'small', x: 0, y: top + 30 }, lane.origin));
    let end = low;
    for (const b of [...bars, { a: high, z: high }]) {
      if (x(b.a) - x(end) > 3) {
        root.append(svg('rect', { class: 'no-info', x: x(end) + 1, y: top + 5, width: x(b.a) - x(end) - 2, height: BAR - 6 }));
        if (x(b.a) - x(end) > 92) root.append(svg('text', { class: 'small', x: (x(end) + x(b.a)) / 2, y: top + 18, 'text-anchor': 'middle' }, 'no information'));
      }
      end = Math.max(end, b.z);
    }
    for (const b of bars) root.append(bar(b, x, top));
  });
  return root;
}

function bar(b, x, top) {
  const g = svg('g'), left = x(b.a), right = Math.max(x(b.z), left + 3), wide = right - left;
  g.append(svg('rect', { class: `bar ${b.basis === 'mid' ? 'mid' : ''} ${b.conflict ? 'clashing' : ''}`, x: left, y: top, width: wide, height: BAR, rx: 3 }));
  const open = (at, way) => g.append(svg('line', { class: 'open', x1: at, x2: at, y1: top + 1.5, y2: top + BAR - 1.5 }),
    svg('path', { class: 'arrow', d: `M${at} ${top}l${way * 8} ${BAR / 2}l${-way * 8} ${BAR / 2}` }));
  if (b.openStart || !b.from) open(left, -1);
  if (b.openEnd || !b.to) open(right, 1);
  const text = `${b.flag ?? '?'} ${b.label ?? ''}`.trim();
  if (wide > text.length * 7 + 12) g.append(svg('text', { x: left + 8, y: top + 16 }, text));
  else if (wide > 24) g.append(svg('text', { x: left + 5, y: top + 16 }, b.flag ?? '?'));
  if (b.conflict) g.append(svg('text', { class: 'clash', x: left + 2, y: top + BAR + 12 }, 'conflict'));
  g.append(svg('title', {}, `${text}, ${dates(b)}, ${b.status}${b.reference ? `, ${b.reference}` : ''}`));
  return g;
}

export function dates(b) {
  const from = b.from ? `${b.openStart ? 'at the latest since ' : ''}${day(b.from)}` : 'start not known';
  const to = b.to ? `${b.openEnd ? 'at least until ' : 'to '}${day(b.to)}` : 'end not known';
  return `${from}, ${to}`;
}

export function flagTable(lanes) {
  return el('div', { class: 'wide' }, el('table', {},
    el('thead', {}, el('tr', {}, ['Source', 'Flag', 'From', 'To', 'Basis', 'Status', 'Conflict', 'Reference'].map(t => el('th', { scope: 'col', text: t })))),
    el('tbody', {}, lanes.flatMap(l => l.bars.map(b => el('tr', {},
      el('td', {}, l.source, ' ', el('small', { text: l.origin })), el('td', { text: `${b.flag ?? '?'} ${b.label ?? ''}` }),
      el('td', { text: b.from ? `${b.openStart ? 'by ' : ''}${day(b.from)}` : 'not known' }), el('td', { text: b.to ? `${b.openEnd ? 'at least ' : ''}${day(b.to)}` : 'not known' }),
      el('td', { text: b.basis === 'mid' ? 'MMSI prefix: a claim, not proof' : 'statement' }), el('td', { text: b.status ?? '' }),
      el('td', {}, b.conflict ? el('span', { class: 'conflict', text: 'conflict' }) : 'none seen'), el('td', { text: b.reference ?? '' })))))));
}
