// The map: own style of sea, land and a few quiet names; vessels in their own layer; small sources for what is selected.
import * as maplibre from '/lib/maplibre-gl.mjs';
import { VesselLayer } from './vessel-layer.js';
import { PlainMap } from './plain-map.js';
import { onPalette, palette } from './palette.js';
import { hatch } from './reception-layer.js';
import { t } from './text.js';

const NO_FEATURES = { type: 'FeatureCollection', features: [] };
const FONT = ['Noto Sans', 'sans-serif'];
const FINE_FROM_ZOOM = 6;
const CELL_RADIUS_PX = ['interpolate', ['linear'], ['sqrt', ['get', 'ships']], 1, 4, 3, 9, 10, 13, 40, 20, 150, 28];
const COUNTED_FROM = 10; // smaller counts are told by the disc alone

const wantsPlain = () => new URLSearchParams(location.search).has('plain');

const underWay = new Map();

/** A file of the coast, fetched once however many tiles ask for it meanwhile. The worker takes what it is given away, so each gets its own. */
function coastFile(file) {
  if (!underWay.has(file)) underWay.set(file, fetch(`/maps/land-10m/${file}`).then(r => r.arrayBuffer()).finally(() => underWay.delete(file)));
  return underWay.get(file).then(bytes => bytes.slice());
}

// Detailed coast: tiles of one zoom, those without land left out and answered as empty here, so that no request fails.
async function fineCoast() {
  const index = await fetch('/maps/land-10m/index.json').then(r => r.json());
  const coast = new Set(index.coast), inland = new Set(index.land);
  maplibre.addProtocol('coast', async ({ url }) => {
    const [x, y] = url.slice('coast://'.length).split('/');
    const file = coast.has(`${x}/${y}`) ? `${x}-${y}.bin` : inland.has(`${x}/${y}`) ? 'land.bin' : null;
    if (!file) return { data: new ArrayBuffer(0) };
    return { data: await coastFile(file) };
  });
  return { type: 'vector', tiles: ['coast://{x}/{y}'], minzoom: index.zoom, maxzoom: index.zoom };
}

function paints(p) {
  return {
    sea: { 'background-color': p.sea },
    'land-coarse': { 'fill-color': p.land, 'fill-outline-color': p.coast },
    'land-fine': { 'fill-color': p.land, 'fill-antialias': false }, // the line of the coast covers its edge
    'coast-fine': { 'line-color': p.coast, 'line-width': 1 },
    places: { 'text-color': p.place, 'text-halo-color': p.sea, 'text-halo-width': 1.2 },
    ports: { 'text-color': p.muted, 'text-halo-color': p.land, 'text-halo-width': 1.2 },
    track: { 'line-color': p.selected, 'line-width': 2, 'line-opacity': 0.85 },
    'gap-line': { 'line-color': p.gap, 'line-width': 2, 'line-dasharray': [2, 2] },
    'gap-off': { 'circle-radius': 6, 'circle-opacity': 0, 'circle-color': p.sea, 'circle-stroke-color': p.gap, 'circle-stroke-width': 2 },
    'gap-on': { 'circle-radius': 5, 'circle-color': p.gap, 'circle-stroke-color': p.sea, 'circle-stroke-width': 1 },
    'alert-ring': {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 4, 6, 9, 12], 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-width': ['get', 'width'],
      'circle-stroke-color': ['match', ['get', 'band'], 'high', p.high, 'medium', p.medium, p.low],
    },
    'zone-fill': { 'fill-color': p.muted, 'fill-opacity': 0.08 },
    'zone-line': { 'line-color': p.muted, 'line-width': 1, 'line-dasharray': [6, 3] },
    'zone-names': { 'text-color': p.muted, 'text-halo-color': p.sea, 'text-halo-width': 1.2 },
    'reach-fill': { 'fill-color': p.gap, 'fill-opacity': 0.1 },
    'reach-hatch': { 'fill-pattern': 'reach-hatch', 'fill-opacity': 0.45 },
    'reach-line': { 'line-color': p.gap, 'line-width': 1.2, 'line-dasharray': [3, 2] },
    'reach-label': { 'text-color': p.gap, 'text-halo-color': p.sea, 'text-halo-width': 1.6 },
    // Area by count; far out a cell mostly of lost ships is only an outline.
    cells: {
      'circle-radius': CELL_RADIUS_PX, 'circle-color': p.vessel, 'circle-opacity': ['interpolate', ['linear'], ['get', 'lost'], 0, 0.32, 1, 0.05],
      'circle-stroke-color': p.vessel, 'circle-stroke-width': 1,
    },
    'cell-counts': { 'text-color': p.text, 'text-halo-color': p.sea, 'text-halo-width': 1.4 },
    measure: { 'line-color': p.selected, 'line-width': 2, 'line-dasharray': [1, 1.5] },
    'measure-points': { 'circle-radius': 4, 'circle-color': p.panel, 'circle-stroke-color': p.selected, 'circle-stroke-width': 2 },
    'measure-labels': { 'text-color': p.selected, 'text-halo-color': p.sea, 'text-halo-width': 1.6 },
    'vessel-labels': { 'text-color': p.text, 'text-halo-color': p.sea, 'text-halo-width': 1.4 },
  };
}

function style(fine, p, places) {
  const paint = paints(p);
  const text = (size, extra) => ({ 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': size, 'text-padding': 6, ...extra });
  const empty = { type: 'geojson', data: NO_FEATURES };
  const layer = (id, type, source, more = {}) => ({ id, type, source, paint: paint[id], ...more });
  return {
    version: 8,
    sources: {
      fine, places: { type: 'geojson', data: places }, track: empty, gaps: empty, alerts: empty, labels: empty, cells: empty, zones: empty, reach: empty, measure: empty,
    },
    layers: [
      { id: 'sea', type: 'background', paint: paint.sea },
      layer('land-fine', 'fill', 'fine', { 'source-layer': 'land', minzoom: FINE_FROM_ZOOM }),
      layer('coast-fine', 'line', 'fine', { 'source-layer': 'land', minzoom: FINE_FROM_ZOOM }),
      layer('places', 'symbol', 'places', {
        filter: ['all', ['!=', ['get', 'kind'], 'port'], ['>=', ['zoom'], ['get', 'from']]],
        layout: text(['case', ['==', ['get', 'kind'], 'ocean'], 15, 12], { 'text-letter-spacing': 0.12, 'text-max-width': 7 }),
      }),
      layer('ports', 'symbol', 'places', {
        filter: ['all', ['==', ['get', 'kind'], 'port'], ['>=', ['zoom'], ['get', 'from']]], layout: text(11, {}),
      }),
      layer('zone-fill', 'fill', 'zones', { filter: ['==', ['geometry-type'], 'Polygon'] }),
      layer('zone-line', 'line', 'zones'),
      layer('zone-names', 'symbol', 'zones', { filter: ['==', ['geometry-type'], 'Polygon'], layout: text(11, {}) }),
      layer('reach-fill', 'fill', 'reach', { filter: ['!=', ['geometry-type'], 'Point'] }),
      layer('reach-hatch', 'fill', 'reach', { filter: ['!=', ['geometry-type'], 'Point'] }),
      layer('reach-line', 'line', 'reach', { filter: ['!=', ['geometry-type'], 'Point'] }),
      layer('cells', 'circle', 'cells'),
      layer('cell-counts', 'symbol', 'cells', {
        filter: ['>=', ['get', 'ships'], COUNTED_FROM],
        layout: { 'text-field': ['get', 'label'], 'text-font': FONT, 'text-size': 11, 'text-allow-overlap': false, 'symbol-sort-key': ['-', 0, ['get', 'ships']], 'text-padding': 1 },
      }),
      layer('track', 'line', 'track', { layout: { 'line-join': 'round', 'line-cap': 'round' } }),
      layer('gap-line', 'line', 'gaps', { filter: ['==', ['get', 'end'], 'line'] }),
      layer('alert-ring', 'circle', 'alerts'),
      layer('gap-off', 'circle', 'gaps', { filter: ['==', ['get', 'end'], 'off'] }),
      layer('gap-on', 'circle', 'gaps', { filter: ['==', ['get', 'end'], 'on'] }),
      layer('reach-label', 'symbol', 'reach', { filter: ['==', ['geometry-type'], 'Point'], layout: { 'text-field': ['get', 'label'], 'text-font': FONT, 'text-size': 12, 'text-max-width': 12, 'text-allow-overlap': true } }),
      layer('measure', 'line', 'measure', { filter: ['==', ['geometry-type'], 'LineString'] }),
      layer('measure-points', 'circle', 'measure', { filter: ['==', ['geometry-type'], 'Point'] }),
      layer('measure-labels', 'symbol', 'measure', { filter: ['has', 'label'], layout: { 'text-field': ['get', 'label'], 'text-font': FONT, 'text-size': 12, 'text-offset': [0, -1.2], 'text-allow-overlap': true } }),
      layer('vessel-labels', 'symbol', 'labels', {
        minzoom: 10,
        layout: text(11, { 'text-anchor': 'left', 'text-offset': [1.1, 0], 'text-padding': 2, 'symbol-sort-key': ['get', 'order'], 'text-optional': true }),
      }),
    ],
  };
}

function webGlMap(container, drawn, view) {
  const map = new maplibre.Map({
    container, style: drawn, center: [view.lon, view.lat], zoom: view.zoom, minZoom: 1.5, maxZoom: 15,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, renderWorldCopies: true,
    localIdeographFontFamily: 'sans-serif', validateStyle: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.ScaleControl({ unit: 'nautical', maxWidth: 140 }), 'bottom-right');
  return map;
}

function openPlain(container, fleet, view) {
  const plain = new PlainMap(container, fleet, view);
  onPalette(() => plain.draw());
  return { map: plain, plain: true, layer: null, show: () => {} };
}

/** Opens the map in a container at a view when `ready`; resolves when it can be drawn on. Without WebGL it is the plain one. */
export async function openMap(container, fleet, view, ready) {
  if (wantsPlain()) {
    await ready;
    return openPlain(container, fleet, view);
  }
  const [fine, places] = await Promise.all([fineCoast(), fetch('/maps/places.json').then(r => r.json()), ready]);
  const points = {
    type: 'FeatureCollection',
    features: places.map(([name, kind, latDeg, lonDeg, from]) => ({
      type: 'Feature', properties: { name: kind === 'ocean' ? name.toUpperCase() : name, kind, from }, geometry: { type: 'Point', coordinates: [lonDeg, latDeg] },
    })),
  };
  // Labels are drawn from the page's own font once: it must be there before.
  await document.fonts.load('13px "Noto Sans"');
  let map;
  try { map = webGlMap(container, style(fine, palette(), points), view); } catch (problem) {
    console.warn('map: no WebGL 2, drawn plainly.', problem.message);
    container.replaceChildren();
    return openPlain(container, fleet, view);
  }
  map.getCanvas().setAttribute('aria-label', t('console.mapLabel'));
  const layer = new VesselLayer(fleet);
  await new Promise((done, fail) => { map.once('style.load', done); map.once('error', e => fail(e.error)); });
  map.on('error', e => console.warn('map:', e.error?.message));
  map.addLayer(layer, 'alert-ring');
  onPalette(p => {
    if (map.hasImage('reach-hatch')) map.removeImage('reach-hatch');
    map.addImage('reach-hatch', hatch(p.gap, 9));
  });
  addCoarseWhenFarOut(map);
  onPalette(p => {
    for (const [id, values] of Object.entries(paints(p))) {
      if (map.getLayer(id)) for (const [name, value] of Object.entries(values)) map.setPaintProperty(id, name, value);
    }
    map.triggerRepaint();
  });
  return { map, plain: false, layer, show: sources(map, layer) };
}

// A graphics driver that starts anew, as after sleep, takes the drawing away; the map makes its own style again, not our layer and data.
function sources(map, layer) {
  const shown = new Map();
  let lost = false;
  const show = (source, data) => {
    shown.set(source, data ?? NO_FEATURES);
    if (!lost) map.getSource(source)?.setData(shown.get(source));
  };
  const restore = () => {
    lost = false;
    if (!map.getLayer(layer.id)) map.addLayer(layer, 'alert-ring');
    for (const [source, data] of shown) show(source, data);
  };
  map.on('webglcontextlost', () => { lost = true; });
  map.on('webglcontextrestored', () => (map.getLayer('sea') ? restore() : map.once('style.load', restore)));
  return show;
}

// The coarse coast of the whole world is fetched only when somebody zooms out far enough to need it.
function addCoarseWhenFarOut(map) {
  const look = () => {
    if (map.getZoom() > FINE_FROM_ZOOM || map.getSource('coarse')) return;
    map.addSource('coarse', { type: 'geojson', data: '/maps/land-50m.geojson', tolerance: 0.3, maxzoom: 6 });
    map.addLayer({ id: 'land-coarse', type: 'fill', source: 'coarse', maxzoom: FINE_FROM_ZOOM, paint: paints(palette())['land-coarse'] }, 'land-fine');
    map.off('zoom', look);
  };
  map.on('zoom', look);
  look();
}
