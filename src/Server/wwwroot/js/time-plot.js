// The picture of a window of time on a canvas: messages as bars, hatched where a feed was in doubt or nothing is held, hours along the
// bottom. What is not held is never drawn as zero. Time runs from left to right in every language, as on any chart.
import { t } from './text.js';
import { palette } from './palette.js';

const MARKS_PX = 16, AXIS_PX = 13, MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY];
const FONT = '10px "DejaVu Sans", system-ui, sans-serif';

function hatch(c, x0, x1, top, bottom, colour, step, both = false) {
  c.save();
  c.beginPath();
  c.rect(x0, top, x1 - x0, bottom - top);
  c.clip();
  c.strokeStyle = colour;
  c.lineWidth = 1;
  c.beginPath();
  const high = bottom - top;
  for (let x = Math.floor((x0 - high) / step) * step; x < x1 + high; x += step) { // one raster for all, so that neighbours meet
    c.moveTo(x, bottom); c.lineTo(x + high, top);
    if (both) { c.moveTo(x, top); c.lineTo(x + high, bottom); }
  }
  c.stroke();
  c.restore();
}

function label(c, text, x0, x1, y, ink) {
  const width = c.measureText(text).width;
  if (x1 - x0 < width + 12) return;
  c.fillStyle = ink.panel;
  c.fillRect((x0 + x1 - width) / 2 - 4, y - 7, width + 8, 14);
  c.fillStyle = ink.muted;
  c.fillText(text, (x0 + x1 - width) / 2, y);
}

/** Runs of equal states as [state, fromMs, toMs]. */
export function runs(h) {
  const found = [], first = Date.parse(h.from), each = h.binSeconds * 1000;
  h.states.forEach((state, i) => {
    const last = found.at(-1);
    if (last?.[0] === state) last[2] = first + (i + 1) * each;
    else found.push([state, first + i * each, first + (i + 1) * each]);
  });
  return found;
}

export function drawPlot(canvas, h, { fromMs, toMs }) {
  const ratio = devicePixelRatio, w = canvas.clientWidth, high = canvas.clientHeight, ink = palette();
  if (canvas.width !== w * ratio || canvas.height !== high * ratio) { canvas.width = w * ratio; canvas.height = high * ratio; }
  const c = canvas.getContext('2d'), x = ms => (ms - fromMs) / (toMs - fromMs) * w, bottom = high - AXIS_PX;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, w, high);
  c.font = FONT;
  c.textBaseline = 'middle';
  c.fillStyle = ink.line;
  c.fillRect(0, bottom, w, 1);
  axis(c, fromMs, toMs, x, bottom, w, ink);
  if (!h) return;
  const first = Date.parse(h.from), each = h.binSeconds * 1000, most = Math.max(1, ...h.messages.map(n => n ?? 0)), room = bottom - MARKS_PX;
  c.fillStyle = ink.vessel;
  h.messages.forEach((n, i) => {
    if (!n) return;
    const x0 = x(first + i * each), x1 = x(first + (i + 1) * each), tall = Math.max(1, n / most * room);
    c.globalAlpha = h.states[i] === 'thinned' ? 0.5 : 0.75;
    c.fillRect(x0, bottom - tall, Math.max(0.75, x1 - x0 - (x1 - x0 > 3 ? 1 : 0)), tall);
  });
  c.globalAlpha = 1;
  const middle = (MARKS_PX + bottom) / 2;
  for (const [state, a, b] of runs(h)) {
    if (state !== 'notHeld' && state !== 'ended') continue;
    const x0 = Math.max(0, x(a)), x1 = Math.min(w, x(b));
    hatch(c, x0, x1, MARKS_PX, bottom, ink.low, 7, true);
    label(c, t(`time.${state}`), x0, x1, middle, ink);
  }
  for (const d of h.doubts) {
    const x0 = Math.max(0, x(Date.parse(d.from))), x1 = Math.min(w, Math.max(x(d.to ? Date.parse(d.to) : Date.parse(h.now)), x(Date.parse(d.from)) + 2));
    if (x1 <= 0 || x0 >= w) continue;
    hatch(c, x0, x1, MARKS_PX, bottom, ink.medium, 5);
    c.fillStyle = ink.medium;
    c.fillRect(x0, MARKS_PX, x1 - x0, 1.5);
    label(c, t('time.doubt', { feed: d.feed }), x0, x1, middle, ink);
  }
}

function axis(c, fromMs, toMs, x, bottom, w, ink) {
  const step = STEPS.find(s => (toMs - fromMs) / s <= w / 74) ?? 10 * DAY;
  c.fillStyle = ink.muted;
  for (let ms = Math.ceil(fromMs / step) * step; ms <= toMs; ms += step) {
    const iso = new Date(ms).toISOString(), text = step >= DAY || ms % DAY === 0 ? iso.slice(5, 10) : iso.slice(11, 16), at = x(ms), width = c.measureText(text).width;
    c.fillRect(at, bottom, 1, 4);
    if (at + 3 + width < w - 26) c.fillText(text, at + 3, bottom + 7);
  }
  c.fillText('UTC', w - c.measureText('UTC').width - 2, bottom + 7);
}
