// Reception as a hatch over the sea: dense where ships are hardly heard, thin where half of the time, none where they are. A
// pattern and not a tint, so that ships stay legible in every palette. What was never learnt is left bare.
import { get } from './api.js';
import { t } from './text.js';
import { minute } from './words.js';
import { onPalette, palette } from './palette.js';

const POOR = 0.5, FAIR = 0.8, EVERY_MS = 60_000;

/** Slanting lines as an image for a fill. */
export function hatch(colour, step) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = step;
  const draw = canvas.getContext('2d', { willReadFrequently: true }); // read back at once: never on the graphics processor
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

/**
 * Makes the layer for a map: `show(on)`, and `at(time)` for the hours of the day of an alert. `note(text)` is told what the hatch
 * stands for: what is learnt by hours of the day up to a time, not a record of one moment.
 */
export function receptionLayer(map, note) {
  let timer = null, shown = false, time = null, asked = 0;
  const images = p => {
    for (const [name, step] of [['reception-poor', 6], ['reception-fair', 14]]) {
      if (map.hasImage(name)) map.removeImage(name);
      map.addImage(name, hatch(p.muted, step));
    }
  };
  onPalette(images);
  map.addSource('reception', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'reception', type: 'fill', source: 'reception', layout: { visibility: 'none' }, filter: ['<', ['get', 'heard'], FAIR],
    paint: { 'fill-pattern': ['case', ['<', ['get', 'heard'], POOR], 'reception-poor', 'reception-fair'], 'fill-opacity': 0.7 },
  }, 'places');
  const load = async () => {
    const b = map.getBounds(), mine = ++asked;
    const box = [Math.max(-180, b.getWest()), Math.max(-90, b.getSouth()), Math.min(180, b.getEast()), Math.min(90, b.getNorth())].map(v => v.toFixed(3));
    const cells = await get(`/api/reception.geojson?bbox=${box}${time ? `&at=${encodeURIComponent(time)}` : ''}`);
    if (mine !== asked || !shown) return;
    map.getSource('reception').setData(cells);
    note(cells.learntTo === null ? t('map.receptionNone') : time
      ? t('map.receptionAt', { time: minute(time), from: cells.hours[0], to: cells.hours[1], learnt: minute(cells.learntTo) })
      : t('map.receptionDay', { learnt: minute(cells.learntTo) }));
  };
  return {
    show(on) {
      if (on === shown) return;
      shown = on;
      map.setLayoutProperty('reception', 'visibility', on ? 'visible' : 'none');
      clearInterval(timer);
      map.off('moveend', load);
      note('');
      if (!on) return;
      load();
      map.on('moveend', load);
      timer = setInterval(load, EVERY_MS);
    },
    at(alertTime) {
      if (alertTime === time) return;
      time = alertTime;
      if (shown) load();
    },
  };
}
