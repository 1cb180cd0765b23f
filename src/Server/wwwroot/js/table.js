// The table twin of the map (key t): the vessels in view as rows, for screen readers and for anyone who prefers words.
import { el, byId } from './dom.js';
import { FLAG, family } from './fleet.js';
import { eastOf } from './overlay.js';
import { knots, course, span, position, shipName, minute } from './words.js';
import { t } from './text.js';

const MOST_ROWS = 200;

export class VesselTable {
  constructor(map, fleet, names, select) {
    Object.assign(this, { map, fleet, names, select });
    this.box = byId('table-twin');
    byId('table-button').addEventListener('click', () => this.toggle());
    byId('table-close').addEventListener('click', () => this.toggle());
  }

  get open() { return !this.box.hidden; }

  toggle() {
    this.box.hidden = this.open;
    byId('table-button').setAttribute('aria-pressed', String(this.open));
    if (this.open) { this.#draw(); byId('table-title').focus(); } else byId('table-button').focus();
  }

  /** Names have come: draws again, unless somebody is in the rows. */
  named() { if (this.open && !byId('table-rows').contains(document.activeElement)) this.#draw(); }

  #draw() {
    const b = this.map.getBounds(), f = this.fleet, rows = [];
    for (let i = 0; i < f.count; i++) {
      if (family(f.flags[i]) !== 0 || eastOf(b.getWest(), f.lonDeg[i]) > b.getEast() - b.getWest() || f.latDeg[i] < b.getSouth() || f.latDeg[i] > b.getNorth()) continue;
      const v = f.describe(i);
      rows.push({ ...v, name: shipName(this.names.known(v.mmsi), v.mmsi), open: (v.flags & (FLAG.openSilence | FLAG.openAlert)) !== 0,
        note: v.flags & FLAG.openSilence ? t('console.noteSilence') : v.flags & FLAG.openAlert ? t('console.noteAlert') : v.doubt ? t('map.legend.doubt') : v.lost ? t('console.noteLost') : '' });
    }
    rows.sort((a, c) => Number(c.open) - Number(a.open) || a.name.localeCompare(c.name));
    for (const r of rows.slice(0, MOST_ROWS)) this.names.of(r.mmsi); // what is not known yet is asked for
    const title = rows.length === 0 ? t('console.tableNone') : rows.length > MOST_ROWS ? t('console.tableFirst', { most: MOST_ROWS, n: rows.length }) : t('console.tableAll', { n: rows.length });
    byId('table-title').textContent = f.isReplay ? t('time.table', { title, time: minute(f.atMs) }) : title;
    byId('table-rows').replaceChildren(...rows.slice(0, MOST_ROWS).map(r => el('tr', {},
      el('th', { scope: 'row' }, el('button', { type: 'button', onclick: () => this.select(r.mmsi), own: r.name })),
      el('td', { text: r.mmsi }), el('td', { text: position(r.latDeg, r.lonDeg) }),
      el('td', { text: r.sogKnots === null ? '–' : knots(r.sogKnots) }), el('td', { text: r.cogDeg === null ? '–' : course(r.cogDeg) }),
      el('td', { text: span(r.ageMs) }), el('td', { text: r.note }))));
  }
}
