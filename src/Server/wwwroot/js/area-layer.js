// The areas that persons drew, as outlines with their names and, dashed, what their buffer reaches.
import { get } from './api.js';
import { onPalette } from './palette.js';
import { rights } from './rights.js';

const EVERY_MS = 60_000;

/** Makes the layer for a map; gives a function that shows or hides it. */
export function areaLayer(map) {
  let timer = null;
  map.addSource('areas', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  const layers = [
    { id: 'areas-buffer', type: 'line', filter: ['==', ['get', 'part'], 'buffer'], paint: { 'line-width': 1, 'line-dasharray': [3, 3] } },
    { id: 'areas-fill', type: 'fill', filter: ['==', ['get', 'part'], 'drawn'], paint: { 'fill-opacity': 0.06 } },
    { id: 'areas-line', type: 'line', filter: ['==', ['get', 'part'], 'drawn'], paint: { 'line-width': 1.5 } },
    { id: 'areas-name', type: 'symbol', filter: ['==', ['get', 'part'], 'drawn'], layout: { visibility: 'none', 'text-field': ['get', 'name'], 'text-font': ['sans-serif'], 'text-size': 12 }, paint: { 'text-halo-width': 1.2 } },
  ];
  for (const layer of layers) map.addLayer({ layout: { visibility: 'none' }, ...layer, source: 'areas' }, 'places');
  onPalette(p => {
    for (const [layer, name, colour] of [['areas-buffer', 'line-color', p.selected], ['areas-fill', 'fill-color', p.selected], ['areas-line', 'line-color', p.selected], ['areas-name', 'text-color', p.selected], ['areas-name', 'text-halo-color', p.sea]]) map.setPaintProperty(layer, name, colour);
  });
  const load = async () => rights.watch && map.getSource('areas')?.setData(await get('/api/areas.geojson'));
  return shown => {
    for (const { id } of layers) map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none');
    clearInterval(timer);
    if (shown) {
      load();
      timer = setInterval(load, EVERY_MS);
    }
  };
}
