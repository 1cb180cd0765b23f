// The tabs of the left column: alerts, the watch list of this machine, and the layers of the map.
import { el, byId } from './dom.js';
import { t } from './text.js';
import { LAYERS, MINUTES_AHEAD } from './layers.js';
import { shipName } from './words.js';

const TABS = ['alerts', 'watched', 'layers'];
const WATCHED_KEY = 'maritimewatch.watched', MOST_WATCHED = 100;

/** Vessels a person keeps an eye on; kept on this machine, not with the account. */
export class WatchList {
  #mmsis = [];
  #listeners = [];

  constructor() {
    try { this.#mmsis = JSON.parse(localStorage.getItem(WATCHED_KEY) ?? '[]').filter(m => Number.isInteger(m)).slice(0, MOST_WATCHED); } catch { /* what is not a list is begun anew */ }
  }

  get mmsis() { return this.#mmsis; }
  has(mmsi) { return this.#mmsis.includes(mmsi); }
  onChange(tell) { this.#listeners.push(tell); tell(this); }

  toggle(mmsi) {
    this.#mmsis = this.has(mmsi) ? this.#mmsis.filter(m => m !== mmsi) : [...this.#mmsis, mmsi].slice(-MOST_WATCHED);
    localStorage.setItem(WATCHED_KEY, JSON.stringify(this.#mmsis));
    for (const tell of this.#listeners) tell(this);
  }
}

/** Makes the tabs work with mouse and arrow keys (WAI-ARIA tabs pattern). */
function tabs() {
  const strip = byId('left-tabs');
  const open = (name, focus) => {
    for (const button of strip.children) {
      const chosen = button.dataset.tab === name;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      byId(`${button.dataset.tab}-tab`).hidden = !chosen;
      if (chosen && focus) button.focus();
    }
  };
  strip.replaceChildren(...TABS.map(name => el('button', {
    type: 'button', role: 'tab', id: `${name}-tab-button`, 'data-tab': name, 'aria-controls': `${name}-tab`, onclick: () => open(name, false), text: t(`map.tab.${name}`),
  })));
  strip.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const turn = document.documentElement.dir === 'rtl' ? -step : step, at = TABS.indexOf(document.activeElement.dataset.tab);
    open(TABS[(at + turn + TABS.length) % TABS.length], true);
  });
  open('alerts', false);
  return open;
}

function layersTab(layers, plain) {
  const boxes = LAYERS.map(name => [name, el('input', { type: 'checkbox', id: `layer-${name}`, disabled: plain && name !== 'stations', onchange: e => layers.set(name, e.target.checked) })]);
  const minutes = el('select', { id: 'layer-minutes', disabled: plain, onchange: e => layers.setMinutes(Number(e.target.value)) },
    MINUTES_AHEAD.map(m => el('option', { value: m, text: m ? t('map.minutes', { n: m }) : t('map.noVector') })));
  byId('layers-tab').replaceChildren(
    el('ul', { class: 'layer-list' }, boxes.map(([name, box]) => el('li', {}, el('label', {}, box, el('span', {}, el('strong', { text: t(`map.layer.${name}`) }), el('small', { text: t(`map.layer.${name}.what`) })))))),
    el('label', { class: 'layer-minutes' }, el('span', { text: t('map.ahead') }), minutes),
    el('p', { class: 'quiet', id: 'reception-note' }));
  layers.onChange(() => {
    for (const [name, box] of boxes) box.checked = layers.is(name);
    minutes.value = String(layers.minutes);
  });
}

function watchedTab(watched, names, fleet, choose) {
  const box = byId('watched-tab');
  const draw = () => box.replaceChildren(
    watched.mmsis.length ? el('ul', { class: 'watched-list' }, watched.mmsis.map(mmsi => {
      const i = fleet().index.get(mmsi);
      return el('li', {},
        el('button', { type: 'button', class: 'watched-name', onclick: () => choose(mmsi) }, el('strong', { own: shipName(names.of(mmsi), mmsi) }), el('small', { text: i === undefined ? t('map.notHeard') : `MMSI ${mmsi}` })),
        el('button', { type: 'button', 'aria-label': t('map.unwatch', { name: shipName(names.known(mmsi), mmsi) }), onclick: () => watched.toggle(mmsi) }, '×'));
    })) : el('p', { class: 'empty', text: t('map.watchedNone') }),
    el('p', { class: 'quiet', text: t('map.watchedWhere') }));
  watched.onChange(draw);
  return draw;
}

/** Builds the left column's tabs; gives `names()`, to be called when names have arrived. */
export function leftColumn({ layers, watched, names, fleet, choose, plain }) {
  const open = tabs();
  layersTab(layers, plain);
  return { open, names: watchedTab(watched, names, fleet, choose) };
}
