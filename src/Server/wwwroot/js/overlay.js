// What lies over the map: the selected vessel's corners, the tooltip under the pointer, labels when close, smooth motion.
import { el, byId } from './dom.js';
import { FLAG, family } from './fleet.js';
import { Picker } from './picker.js';
import { knots, span, shipName, minute } from './words.js';
import { latitude, mercatorY } from './geodesic.js';
import { t, dots } from './text.js';

const PICK_PX = 14;
const LABELS_FROM_ZOOM = 10;
const MOST_LABELS = 300;

/** Degrees from a meridian eastward, 0 to 360. */
export const eastOf = (west, lon) => (((lon - west) % 360) + 360) % 360;
const longitude = x => x * 360 - 180;

export class Overlay {
  #p = [0, 0];

  constructor(view, fleet, names, layers, pick) {
    this.view = view;
    this.map = view.map;
    this.fleet = fleet;
    this.names = names;
    this.layers = layers;
    this.picker = new Picker(fleet);
    this.mmsi = null;
    this.corners = byId('corners');
    this.tip = byId('tip');
    this.age = this.corners.appendChild(el('span', { class: 'age' }));
    this.map.on('render', () => this.#mark());
    this.map.on('mousemove', e => this.#hover(e.point));
    this.map.on('mouseout', () => { this.tip.hidden = true; });
    this.map.on('click', e => pick(this.at(e.point), e.point));
    this.map.on('moveend', () => this.labels());
    setInterval(() => this.labels(), 2000);
    this.#animate();
  }

  at(point) {
    const a = this.map.unproject([point.x, point.y]), x = (((a.lng + 180) / 360) % 1 + 1) % 1;
    return this.picker.nearest(x, mercatorY(a.lat), PICK_PX / (512 * 2 ** this.map.getZoom()));
  }

  select(mmsi) { this.mmsi = mmsi; this.#mark(); }

  #mark() {
    const i = this.mmsi === null ? undefined : this.fleet.index.get(this.mmsi);
    this.corners.hidden = i === undefined;
    if (i === undefined) return;
    this.fleet.place(i, this.#p);
    const q = this.map.project([longitude(this.#p[0]), latitude(this.#p[1])]);
    const lost = this.fleet.isLost(i) ? t('map.lostFor', { span: span(this.fleet.nowMs() - this.fleet.timeMs[i]) }) : '';
    if (this.age.textContent !== lost) this.age.textContent = lost;
    this.corners.style.transform = `translate(${q.x.toFixed(1)}px, ${q.y.toFixed(1)}px)`;
  }

  #hover(point) {
    const i = this.at(point);
    this.map.getCanvas().style.cursor = i >= 0 ? 'pointer' : '';
    this.tip.hidden = i < 0;
    if (i < 0) return;
    const v = this.fleet.describe(i);
    const kind = ['', t('console.tipStation'), t('console.tipRescue')][family(v.flags)];
    this.tip.replaceChildren(
      el('strong', { own: shipName(this.names.of(v.mmsi), v.mmsi) }),
      this.fleet.isReplay ? el('span', { class: 'tip-time', text: t('time.tip', { time: minute(this.fleet.atMs) }) }) : '',
      el('span', { text: dots(`MMSI ${v.mmsi}`, v.flags & FLAG.classB && t('console.classB')) }),
      kind && el('span', { text: kind }) || '',
      el('span', { text: dots(knots(v.sogKnots), t('console.tipHeard', { span: span(v.ageMs) }), v.lost && t('console.noteLost')) }));
    const right = point.x > this.map.getCanvas().clientWidth - 240;
    this.tip.style.transform = `translate(${point.x + (right ? -14 : 14)}px, ${point.y + 14}px)${right ? ' translateX(-100%)' : ''}`;
  }

  /** Names when close: alerts first, then watched, moving, lying still; at most 300. */
  labels() {
    if (this.view.plain) return;
    if (this.map.getZoom() < LABELS_FROM_ZOOM || !this.layers.is('labels')) { if (this.labelled) this.view.show('labels', null); this.labelled = false; return; }
    const b = this.map.getBounds(), west = b.getWest(), east = b.getEast(), south = b.getSouth(), north = b.getNorth(), f = this.fleet;
    let seen = [];
    for (let i = 0; i < f.count; i++) {
      if (f.latDeg[i] < south || f.latDeg[i] > north || eastOf(west, f.lonDeg[i]) > east - west || family(f.flags[i]) === 1) continue;
      seen.push({ i, order: f.flags[i] & (FLAG.openAlert | FLAG.openSilence) ? 0 : this.view.layer.isOfInterest(i) ? 1 : f.isMoving(i) ? 2 : 3 });
    }
    seen.sort((a, c) => a.order - c.order);
    seen = seen.slice(0, MOST_LABELS).map(v => ({ ...v, name: this.names.of(f.mmsi[v.i]) })).filter(v => v.name);
    this.labelled = true;
    this.view.show('labels', {
      type: 'FeatureCollection',
      features: seen.map(({ i, name, order }) => {
        f.place(i, this.#p);
        return { type: 'Feature', properties: { name, order }, geometry: { type: 'Point', coordinates: [longitude(this.#p[0]), latitude(this.#p[1])] } };
      }),
    });
  }

  // The picture is drawn again only as often as a fast ship (25 kn) would move half a pixel: calm far out, smooth close in.
  #animate() {
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    const turn = () => {
      const pxPerSecond = 12.9 / 40075016 * 512 * 2 ** this.map.getZoom() * 1.5 * this.fleet.speed;
      const wait = still.matches ? 1000 : Math.max(33, Math.min(1000, 500 / pxPerSecond));
      if (!document.hidden && this.fleet.count) this.map.triggerRepaint();
      setTimeout(turn, wait);
    };
    turn();
  }
}
