// A picture of this view for a report: the map with scale, legend of what is on, time, sources and handling mark. Drawn here, kept
// nowhere: the browser saves it.
import { byId } from './dom.js';
import { t } from './text.js';
import { palette } from './palette.js';
import { minute } from './words.js';
import { geodesic } from './geodesic.js';
import { legendLines } from './legend.js';

const HEAD_PX = 46, ROW_PX = 20, COLUMN_PX = 300, PAD_PX = 12, FONT = '"Noto Sans", sans-serif';

/** Wires the button; `about()` gives node, tlp, exercise, replay and sources. */
export function pictureButton({ view, fleet, about, measure }) {
  byId('picture-button').addEventListener('click', async () => {
    const canvas = await picture(view, fleet(), about(), measure);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `maritimewatch-${new Date(fleet().nowMs()).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

// The map's own picture is only there while it is being drawn.
const mapImage = (map, into, ratio, y) => new Promise(done => {
  map.once('render', () => { into.drawImage(map.getCanvas(), 0, y * ratio); done(); });
  map.triggerRepaint();
});

function scaleBar(c, map, right, bottom, ink) {
  const y = map.getCanvas().clientHeight / 2, at = x => { const p = map.unproject([x, y]); return [p.lng, p.lat]; };
  const perPx = geodesic(at(0), at(100)).nm / 100, most = perPx * 160, power = 10 ** Math.floor(Math.log10(most));
  const nm = [5, 2, 1].map(k => k * power).find(v => v <= most), width = nm / perPx;
  c.strokeStyle = c.fillStyle = ink;
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(right - width, bottom - 5); c.lineTo(right - width, bottom); c.lineTo(right, bottom); c.lineTo(right, bottom - 5);
  c.stroke();
  c.textAlign = 'right';
  c.fillText(`${Number(nm.toPrecision(1))} nm`, right, bottom - 9);
  c.textAlign = 'left';
}

// A drawing of the legend as the page shows it, with the page's colours written into it.
async function symbol(svg) {
  const copy = svg.cloneNode(true), from = [svg, ...svg.querySelectorAll('*')], to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((node, i) => {
    const s = getComputedStyle(node);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'fill-opacity']) to[i].setAttribute(name, s.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', '20');
  copy.setAttribute('height', '20');
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/** The picture as a canvas. */
export async function picture(view, fleet, { node, tlp, exercise, replay, sources }) {
  const { map } = view, ratio = devicePixelRatio, w = map.getCanvas().clientWidth, h = map.getCanvas().clientHeight, ink = palette();
  const wasOpen = byId('legend').open;
  byId('legend').open = true; // colours are computed for what is shown
  const lines = await Promise.all(legendLines().map(async l => ({ image: await symbol(l.svg), text: l.text })));
  byId('legend').open = wasOpen;
  const columns = Math.max(1, Math.floor((w - 2 * PAD_PX) / COLUMN_PX)), rows = Math.ceil(lines.length / columns);
  const foot = rows * ROW_PX + 2 * ROW_PX + 2 * PAD_PX, canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [w * ratio, (HEAD_PX + h + foot) * ratio];
  const c = canvas.getContext('2d');
  c.fillStyle = ink.panel;
  c.fillRect(0, 0, canvas.width, canvas.height);
  await mapImage(map, c, ratio, HEAD_PX);
  c.scale(ratio, ratio);
  c.textBaseline = 'middle';
  const say = (text, x, y, font, colour) => { c.font = `${font} ${FONT}`; c.fillStyle = colour; c.fillText(text, x, y); return c.measureText(text).width; };
  let x = PAD_PX;
  x += say(`MaritimeWatch ${node}`, x, HEAD_PX / 2, '600 15px', ink.text) + 14;
  x += say(tlp, x, HEAD_PX / 2, '600 13px', ink.text) + 14;
  if (exercise) {
    c.font = `600 13px ${FONT}`;
    const word = t('map.exercise'), width = c.measureText(word).width + 16;
    c.fillStyle = ink.exercise;
    c.fillRect(x, 11, width, 24);
    say(word, x + 8, HEAD_PX / 2, '600 13px', ink.onExercise);
  }
  c.textAlign = 'right';
  say(t(replay ? 'map.pictureReplay' : 'map.pictureLive', { time: minute(fleet.nowMs()) }), w - PAD_PX, HEAD_PX / 2, '600 13px', ink.text);
  c.textAlign = 'left';
  c.font = `12px ${FONT}`;
  scaleBar(c, map, w - 14, HEAD_PX + h - 14, ink.text);
  lines.forEach((l, i) => {
    const lx = PAD_PX + (i % columns) * COLUMN_PX, ly = HEAD_PX + h + PAD_PX + Math.floor(i / columns) * ROW_PX;
    c.drawImage(l.image, lx, ly - 1, 18, 18);
    say(l.text, lx + 24, ly + 8, '12px', ink.text);
  });
  const y = HEAD_PX + h + PAD_PX + rows * ROW_PX + 10;
  say(t('map.pictureSources', { sources: sources.join(', ') }), PAD_PX, y, '12px', ink.muted);
  say(t('map.pictureNotice'), PAD_PX, y + ROW_PX, '12px', ink.muted);
  return canvas;
}
