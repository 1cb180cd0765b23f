// Small building blocks for elements; no inline styles or script, so that the strict content policy holds.
export const byId = id => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'text') node.textContent = value;
    // What the server made stays English; what a person or a ship wrote has a language nobody knows: each keeps its own direction.
    else if (name === 'said') Object.assign(node, { textContent: value, lang: 'en', dir: 'auto' });
    else if (name === 'own') Object.assign(node, { textContent: value, dir: 'auto' });
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
  return node;
}

export function icon(name, className = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon ${className}`);
  svg.append(line(SHAPES[name] ?? SHAPES.other));
  if (name in FILLED) svg.append(line(FILLED[name], 'fill'));
  return svg;
}

function line(d, className = '') {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  path.setAttribute('class', className);
  return path;
}

// Own drawings, 20 x 20, in strokes; a part that is filled stands by itself.
const SHAPES = {
  silence: 'M2 14 6 8M8.5 11.2h.01M11.5 8.8h.01M14 12l4-6M3.5 17.5h13',
  encounter: 'M4 15 8 5l4 10zM12 9l2.5-5L18 14h-4',
  loitering: 'M10 10c0-2 3-2 3 .5S10 15 7.500 13 4.500 6 9 4.500 17 6.500 16.500 12',
  interference: 'M10 10v7M6.500 6.500a5 5 0 0 0 0 7M13.500 6.500a5 5 0 0 1 0 7M4 4a8.500 8.500 0 0 0 0 12M16 4a8.500 8.500 0 0 1 0 12',
  identityClash: 'M2.500 5h9v7h-9zM8.500 8.500h9v7h-9z',
  identityContradiction: 'M3 4h14v12H3zM6 8h4M6 12h8M13 7.500h1.500',
  flagChange: 'M5 18V3h10l-2.500 3.500L15 10H5',
  flagHop: 'M3 18V5h7L8.500 7.500 10 10H3M11 18V8h7l-1.500 2.500L18 13h-7',
  kinematic: 'M3 15l4-4 3 2 7-8M13 5h4v4',
  other: 'M10 4a6 6 0 1 0 .01 0M10 9v5M10 6.500v.01',
  search: 'M9 3.500a5.500 5.500 0 1 0 .01 0M13 13l4 4',
  close: 'M5 5l10 10M15 5 5 15',
  palette: 'M10 3a7 7 0 1 0 .01 0z',
};

const FILLED = { palette: 'M10 3a7 7 0 0 1 0 14z' };

let live;
/** Says a line to screen readers without moving the focus. */
export function announce(text) {
  live ??= document.body.appendChild(el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' }));
  live.textContent = text;
}
