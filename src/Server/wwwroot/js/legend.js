// The legend shows only what is on. Lines that the page has always stay; those of layers and of far out come and go.
import { el, byId } from './dom.js';
import { t } from './text.js';
import { TYPE_INKS, TYPE_NAMES } from './ship-colours.js';

const SVG = 'http://www.w3.org/2000/svg';

function drawing(...shapes) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  for (const [tag, attributes] of shapes) {
    const node = svg.appendChild(document.createElementNS(SVG, tag));
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  }
  return svg;
}

const path = (className, d) => ['path', { class: className, d }];
const LINES = [
  { when: s => s.far, text: 'map.legend.cell', draw: () => drawing(['circle', { class: 'vs cell', cx: 10, cy: 10, r: 7 }]) },
  { when: s => !s.far, text: 'map.legend.interest', draw: () => drawing(path('v', 'M6 8l3 9H3z'), path('vs dash', 'M7 7l9-6')) },
  { when: () => true, text: 'map.legend.doubt', draw: () => drawing(path('vs', 'M8 4l4 13H4z'), path('vs', 'M14 4.500a2 2 0 1 1 2 2.500v1.500M16 11v.500')) },
  { when: s => s.reach, text: 'map.legend.reach', draw: () => drawing(path('gs reach', 'M2 10a8 6 0 1 1 0 .1zM6 14l8-8M9 15l6-6')) },
  { when: s => s.zones, text: 'map.legend.zones', draw: () => drawing(path('ms', 'M2 14c4-8 10-8 16-8')) },
  ...TYPE_INKS.map((token, i) => ({ when: s => s.types, text: TYPE_NAMES[i], draw: () => drawing(path(`ink-${token}`, 'M10 3l4 13H6z')) })),
];

/** Puts the lines of layers into the legend; gives a function that takes the state: `far`, `reach`, and each layer by its name. */
export function legend() {
  const list = byId('legend').querySelector('ul');
  const lines = LINES.map(line => ({ ...line, item: el('li', {}, line.draw(), el('span', { text: t(line.text) })) }));
  list.append(...lines.map(l => l.item));
  const station = list.querySelector('path[d^="M10 4l5 6"]')?.closest('li'), hatched = byId('legend').querySelector('p');
  return state => {
    for (const { item, when } of lines) item.hidden = !when(state);
    if (station) station.hidden = !state.stations;
    if (hatched) hatched.hidden = !state.reception;
  };
}

/** What the legend says now, for a picture of the view. */
export const legendLines = () => [...byId('legend').querySelectorAll('li')].filter(li => !li.hidden).map(li => ({ svg: li.querySelector('svg'), text: li.textContent.trim() }));
