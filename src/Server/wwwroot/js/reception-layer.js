// Reception as a hatch over the sea: dense where ships are hardly heard, thin where half of the time, none where they are. A
// pattern and not a tint, so that ships stay legible in every palette. What was never learnt is left bare.
import { get } from './api.js';
import { onPalette, palette } from './palette.js';

const POOR = 0.5, FAIR = 0.8, EVERY_MS = 60_000;

function hatch(colour, step) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = step;
  const draw = canvas.getContext('2d');
  draw.strokeStyle = colour;
  draw.lineWidth = 1;
  for (const shift of [-step, 0, step]) {
    draw.beginPath();
    draw.moveTo(shift, step);
    draw.lineTo(shift + step, 0);
    draw.stroke();
  }
  return draw.getImageData(0, 0, step, step);
}

/** Makes the layer for a map; gives a function that shows or hides it. */
export function receptionLayer(map) {
  let timer = null;
  const images = p => {
    for (const [name, step] of [['reception-poor', 6], ['reception-fair', 14]]) {
      if (map.hasImage(name)) map.removeImage(name);
      map.addImage(name, hatch(p.muted, step));
    }
  };
  images(palette());
  onPalette(images);
  map.addSource('reception', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'reception', type: 'fill', source: 'reception', layout: { visibility: 'none' }, filter: ['<', ['get', 'heard'], FAIR],
    paint: { 'fill-pattern': ['case', ['<', ['get', 'heard'], POOR], 'reception-poor', 'reception-fair'], 'fill-opacity': 0.7 },
  }, 'places');
  const load = async () => {
    const b = map.getBounds();
    const box = [Math.max(-180, b.getWest()), Math.max(-90, b.getSouth()), Math.min(180, b.getEast()), Math.min(90, b.getNorth())].map(v => v.toFixed(3));
    map.getSource('reception').setData(await get(`/api/reception.geojson?bbox=${box}`));
  };
  return shown => {
    map.setLayoutProperty('reception', 'visibility', shown ? 'visible' : 'none');
    clearInterval(timer);
    map.off('moveend', load);
    if (shown) {
      load();
      map.on('moveend', load);
      timer = setInterval(load, EVERY_MS);
    }
  };
}
