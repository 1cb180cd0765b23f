// The map of the area editor: points are set by click, moved by dragging, put between two others by dragging the small handle, and
// deleted with the right button or the key Delete. Whatever can be done here can be typed in the list beside it.
import { openMap } from './map.js';
import { Fleet } from './fleet.js';
import { onPalette } from './palette.js';
import { rings, unwrapped, wrap } from './area-points.js';
import { t } from './text.js';

const NO_FEATURES = { type: 'FeatureCollection', features: [] };

/** Opens the map; `model` has polygons, drawing, `change(next)` and `select`. Gives show() and fit(), or null without WebGL. */
export async function areaMap(box, model) {
  const opened = await openMap(box, new Fleet(), { lat: 50.6, lon: 0.4, zoom: 6.4 });
  if (opened.plain) return null;
  const { map } = opened;
  map.getCanvas().setAttribute('aria-label', t('rules.area.mapLabel'));
  map.doubleClickZoom.disable();
  map.addSource('area-draft', { type: 'geojson', data: NO_FEATURES });
  map.addLayer({ id: 'area-fill', type: 'fill', source: 'area-draft', filter: ['==', ['get', 'part'], 'fill'], paint: { 'fill-opacity': 0.14 } });
  map.addLayer({ id: 'area-line', type: 'line', source: 'area-draft', filter: ['==', ['get', 'part'], 'line'], paint: { 'line-width': 2 } });
  map.addLayer({ id: 'area-between', type: 'circle', source: 'area-draft', filter: ['==', ['get', 'part'], 'between'], paint: { 'circle-radius': 5, 'circle-opacity': 0.9, 'circle-stroke-width': 1.5 } });
  map.addLayer({ id: 'area-point', type: 'circle', source: 'area-draft', filter: ['==', ['get', 'part'], 'point'], paint: { 'circle-radius': ['case', ['get', 'chosen'], 9, 7], 'circle-stroke-width': 2 } });
  onPalette(p => {
    for (const [layer, name, colour] of [['area-fill', 'fill-color', p.selected], ['area-line', 'line-color', p.selected], ['area-point', 'circle-color', p.selected], ['area-point', 'circle-stroke-color', p.sea],
      ['area-between', 'circle-color', p.sea], ['area-between', 'circle-stroke-color', p.selected]]) map.setPaintProperty(layer, name, colour);
  });

  const feature = (type, coordinates, properties) => ({ type: 'Feature', properties, geometry: { type, coordinates } });
  function show() {
    const features = [];
    for (const [polygon, p] of model.polygons.entries()) {
      const near = p.shell[0]?.lonDeg;
      if (p.shell.length > 2) features.push(feature('Polygon', [p.shell, ...p.holes.filter(h => h.length > 2)].map(r => { const c = unwrapped(r, near); return [...c, c[0]]; }), { part: 'fill' }));
      for (const { hole, ring } of rings([p])) {
        const c = unwrapped(ring, near);
        if (c.length > 1) features.push(feature('LineString', c.length > 2 ? [...c, c[0]] : c, { part: 'line' }));
        c.forEach((at, index) => {
          const chosen = model.chosen?.polygon === polygon && model.chosen.hole === hole && model.chosen.index === index;
          const next = c[(index + 1) % c.length];
          if (c.length > 2 || (c.length === 2 && index === 0)) features.push(feature('Point', [(at[0] + next[0]) / 2, (at[1] + next[1]) / 2], { part: 'between', polygon, hole, index }));
          features.push(feature('Point', at, { part: 'point', polygon, hole, index, chosen }));
        });
      }
    }
    map.getSource('area-draft').setData({ type: 'FeatureCollection', features });
  }

  const hit = e => map.queryRenderedFeatures([[e.point.x - 8, e.point.y - 8], [e.point.x + 8, e.point.y + 8]], { layers: ['area-point', 'area-between'] })[0]?.properties;
  const at = lngLat => ({ latDeg: Math.max(-90, Math.min(90, lngLat.lat)), lonDeg: wrap(lngLat.lng) });
  let held = null, moved = false;

  function grab(e) {
    const found = hit(e);
    if (!found || e.originalEvent.button === 2) return;
    e.preventDefault();
    held = { polygon: found.polygon, hole: found.hole, index: found.index };
    moved = false;
    if (found.part === 'between') { held.index += 1; model.insert(held, at(e.lngLat)); moved = true; } else model.begin();
    model.select(held);
  }
  function drag(e) {
    if (!held) { map.getCanvas().style.cursor = hit(e) ? 'move' : ''; return; }
    moved = true;
    model.move(held, at(e.lngLat));
  }
  function drop() {
    if (held) model.settle(moved);
    held = null;
  }
  for (const [event, act] of [['mousedown', grab], ['touchstart', grab], ['mousemove', drag], ['touchmove', drag], ['mouseup', drop], ['touchend', drop]]) map.on(event, act);
  map.on('click', e => { if (model.drawing && !hit(e) && !moved) model.add(at(e.lngLat)); moved = false; });
  map.on('contextmenu', e => { const found = hit(e); if (found?.part === 'point') model.remove(found); });
  map.getCanvas().addEventListener('keydown', e => { if ((e.key === 'Delete' || e.key === 'Backspace') && model.chosen) { e.preventDefault(); model.remove(model.chosen); } });

  return {
    show,
    fit() {
      const points = model.polygons.flatMap(p => unwrapped(p.shell, model.polygons[0].shell[0]?.lonDeg));
      if (points.length < 2) return;
      const [lons, lats] = [points.map(p => p[0]), points.map(p => p[1])];
      map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 50, maxZoom: 11, animate: false });
    },
    close: () => map.remove(),
  };
}
