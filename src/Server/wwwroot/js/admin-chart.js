// A reliability chart drawn as elements: what was told against how often it was so, with 95 % intervals. The table beside it says the same.
const NS = 'http://www.w3.org/2000/svg';
const SIZE = 340, LEFT = 64, BOTTOM = 44, TOP = 12, RIGHT = 22;
const x = p => LEFT + p * (SIZE - LEFT - RIGHT), y = p => SIZE - BOTTOM - p * (SIZE - BOTTOM - TOP);

function node(tag, attributes, text) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param points told (0 to 1), share (0 to 1), low and high or null, n, and enough: without it the point is drawn hollow and faint.
 * @param words title, told and confirmed: name of the chart and of its axes.
 */
export function reliabilityChart(points, words) {
  const svg = node('svg', { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': words.title, class: 'reliability' });
  for (const p of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(node('line', { class: 'grid', x1: x(p), x2: x(p), y1: y(0), y2: y(1) }), node('line', { class: 'grid', x1: x(0), x2: x(1), y1: y(p), y2: y(p) }),
      node('text', { x: x(p), y: y(0) + 15, 'text-anchor': 'middle' }, `${p * 100} %`), node('text', { x: x(0) - 6, y: y(p) + 4, 'text-anchor': 'end' }, `${p * 100} %`));
  }
  svg.append(node('line', { class: 'ideal', x1: x(0), y1: y(0), x2: x(1), y2: y(1) }), node('text', { x: x(0.5), y: SIZE - 6, 'text-anchor': 'middle' }, words.told),
    node('text', { transform: `rotate(-90 11 ${y(0.5)})`, x: 11, y: y(0.5), 'text-anchor': 'middle' }, words.confirmed));
  for (const p of points) {
    const group = node('g', { class: p.enough ? 'point' : 'point few' });
    if (p.low !== null && p.low !== undefined) group.append(node('line', { x1: x(p.told), x2: x(p.told), y1: y(p.low), y2: y(p.high) }), ...[p.low, p.high].map(e => node('line', { x1: x(p.told) - 4, x2: x(p.told) + 4, y1: y(e), y2: y(e) })));
    group.append(node('circle', { cx: x(p.told), cy: y(p.share), r: p.enough ? 5 : 4 }), node('title', {}, p.said));
    svg.append(group);
  }
  return svg;
}
