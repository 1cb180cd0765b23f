// What the chart adds to the map: zones, counts by cell far out, and where a silent ship can have been.
import { get } from './api.js';
import { t } from './text.js';
import { spaced, hourMinute, knots } from './words.js';
import { rights } from './rights.js';
import { viewportOf } from './live.js';

const ZONES_AFTER_MS = 400;
const collection = features => ({ type: 'FeatureCollection', features });

/** Zones of what is in view, fetched when the map has come to rest. */
export function zones(view) {
  let on = false, timer = null, shown = '';
  const load = async () => {
    const v = viewportOf(view.map.getBounds(), view.map.getZoom()), box = [v.west, v.south, v.east, v.north].map(d => d.toFixed(2)).join();
    if (!on || !rights.watch || box === shown) return;
    shown = box;
    try { const found = await get(`/api/zones?bbox=${box}`); if (on && shown === box) view.show('zones', found); } catch { shown = ''; }
  };
  view.map.on('moveend', () => { clearTimeout(timer); timer = setTimeout(load, ZONES_AFTER_MS); });
  return wanted => {
    if (on === wanted) return;
    on = wanted;
    shown = '';
    if (on) load(); else view.show('zones', null);
  };
}

/** Ships by cell, as the last frame counted them. */
export function cells(fleet) {
  return collection(fleet.cells.map(c => ({
    type: 'Feature', properties: { ships: c.ships, lost: c.lost / c.ships, label: spaced(c.ships) }, geometry: { type: 'Point', coordinates: [c.lonDeg, c.latDeg] },
  })));
}

/** Draws the area that the ship of an alert can have reached; null takes it away. Gives whether there is one. */
export function reach(view) {
  let asked = 0, key = '';
  return async alert => {
    const silence = rights.watch && alert?.finding.kind === 'silence' && alert.finding.mmsi ? `${alert.caseId} ${alert.finding.endTime ?? Math.floor(Date.now() / 60000)}` : '';
    if (silence === key) return key !== '';
    key = silence;
    const mine = ++asked;
    if (!silence) { view.show('reach', null); return false; }
    try {
      const area = await get(`/api/alerts/${encodeURIComponent(alert.caseId)}/reach`);
      if (mine !== asked) return false;
      const p = area.properties;
      p.label = t(p.ongoing ? 'map.reachOpen' : p.toNextReport ? 'map.reach' : 'map.reachDay', { until: hourMinute(p.until), knots: knots(p.topKnots) });
      // The label once: a polygon is cut into tiles, and each would bear it.
      view.show('reach', collection([area, ...(p.labelAt ? [{ type: 'Feature', properties: { label: p.label }, geometry: { type: 'Point', coordinates: p.labelAt } }] : [])]));
      return area.geometry.coordinates.length > 0;
    } catch {
      if (mine === asked) view.show('reach', null); // none can be told: her last report is not kept any more
      return false;
    }
  };
}
