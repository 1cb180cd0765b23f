// Measuring on the map: click places, or move the cross in the middle with the arrow keys and set them with Enter. Backspace takes
// the last away, Escape ends.
import { byId, announce } from './dom.js';
import { t } from './text.js';
import { course, position } from './words.js';
import { geodesic, along } from './geodesic.js';

const STEP_PX = 40;

export class Measure {
  #points = [];
  on = false;

  constructor(view) {
    this.view = view;
    this.map = view.map;
    this.button = byId('measure-button');
    this.box = byId('measure-box');
    this.map.on('click', e => { if (this.on) this.#add(e.lngLat ?? this.map.unproject([e.point.x, e.point.y])); });
    // Before the console's own keys: what is measured is ended first.
    document.addEventListener('keydown', e => this.#key(e), true);
  }

  toggle() {
    this.on = !this.on;
    this.#points = [];
    this.button.setAttribute('aria-pressed', String(this.on));
    this.box.hidden = byId('measure-cross').hidden = !this.on;
    if (this.on) this.map.getCanvas().focus();
    this.#draw();
  }

  #key(e) {
    if (!this.on || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape') { e.stopPropagation(); this.toggle(); this.button.focus(); return; }
    if (document.activeElement !== this.map.getCanvas()) return;
    const pan = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (pan && this.map.panBy) this.map.panBy(pan.map(v => v * (e.shiftKey ? 5 : STEP_PX)), { duration: 0 });
    else if (e.key === 'Enter') this.#add(this.map.getCenter());
    else if (e.key === 'Backspace') { this.#points.pop(); this.#draw(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  #add({ lng, lat }) {
    // The next place is the one nearer to the last, over the antimeridian too.
    const last = this.#points.at(-1)?.[0] ?? lng;
    this.#points.push([last + ((lng - last + 540) % 360 + 360) % 360 - 180, lat]);
    this.#draw();
  }

  #draw() {
    const legs = this.#points.slice(1).map((p, i) => ({ from: this.#points[i], to: p, ...geodesic(this.#points[i], p) }));
    const total = legs.reduce((sum, leg) => sum + leg.nm, 0), last = legs.at(-1);
    const text = last ? t('map.leg', { nm: last.nm.toFixed(2), course: course(last.courseDeg), total: total.toFixed(2) })
      : this.#points.length ? t('map.measureFrom', { place: position(this.#points[0][1], ((this.#points[0][0] + 540) % 360 + 360) % 360 - 180) }) : t('map.measureHow');
    byId('measure-text').textContent = this.on ? text : '';
    if (this.on && this.#points.length) announce(text);
    const point = (p, properties = {}) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: p } });
    this.view.show('measure', this.#points.length ? {
      type: 'FeatureCollection',
      features: [
        ...legs.map(leg => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: along(leg.from, leg.to) } })),
        ...this.#points.map((p, i) => point(p, i ? { label: `${legs[i - 1].nm.toFixed(1)} nm ${course(legs[i - 1].courseDeg)}` } : {})),
      ],
    } : null);
  }
}
