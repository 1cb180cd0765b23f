// An area as lines of text: a place a line, in degrees and minutes or in decimal degrees; an empty line begins another polygon,
// the word that stands for a hole begins a hole in it. What is typed and what is drawn are the same points.
import { t } from './text.js';

export const wrap = lonDeg => (lonDeg >= -180 && lonDeg <= 180 ? lonDeg : ((((lonDeg + 180) % 360) + 360) % 360) - 180);
const pad = (n, width) => String(n).padStart(width, '0');
function angle(value, width, plus, minus) {
  // To a thousandth of a minute, two metres: what was drawn comes back from the list as it was.
  const thousandths = Math.round(Math.abs(value) * 60_000);
  return `${pad(Math.floor(thousandths / 60_000), width)}°${pad((thousandths % 60_000 / 1000).toFixed(3), 6)}′${value < 0 ? minus : plus}`;
}
const HOLE = /^(hole|trou|ثقب)$/i;
const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const MINUTES = new RegExp(String.raw`^${NUMBER}\s*°?\s*(?:${NUMBER}\s*['′]?)?\s*(?:${NUMBER}\s*["″]?)?\s*([NSEW])`, 'i');

export const rings = polygons => polygons.flatMap((p, polygon) => [{ polygon, hole: -1, ring: p.shell }, ...p.holes.map((ring, hole) => ({ polygon, hole, ring }))]);

function part(text) {
  const m = MINUTES.exec(text);
  if (!m) return null;
  const [degrees, minutes, seconds] = [m[1], m[2] ?? '0', m[3] ?? '0'].map(v => Number(v.replace(',', '.')));
  if (minutes >= 60 || seconds >= 60) return null;
  return { value: (degrees + minutes / 60 + seconds / 3600) * (/[SW]/i.test(m[4]) ? -1 : 1), side: m[4].toUpperCase(), rest: text.slice(m[0].length).replace(/^[\s,;]+/, '') };
}

/** A place from a line; a sentence that says what is wrong otherwise. */
function placeOf(line) {
  const decimal = /^(-?\d+(?:\.\d+)?)[\s,;]+(-?\d+(?:\.\d+)?)$/.exec(line);
  let latDeg, lonDeg;
  if (decimal) [latDeg, lonDeg] = [Number(decimal[1]), Number(decimal[2])];
  else {
    const first = part(line), second = first && part(first.rest);
    if (!second || second.rest) return t('rules.point.unread', { line });
    if (/[EW]/.test(first.side) || /[NS]/.test(second.side)) return t('rules.point.order', { line });
    [latDeg, lonDeg] = [first.value, second.value];
  }
  if (Math.abs(latDeg) > 90 || Math.abs(lonDeg) > 180) return t(Math.abs(latDeg) > 90 && Math.abs(lonDeg) <= 90 ? 'rules.point.swapped' : 'rules.point.range', { line });
  return { latDeg, lonDeg };
}

/** The polygons a text means, and what is wrong with it, line by line. */
export function readPoints(text) {
  const polygons = [], problems = [];
  let ring = null;
  text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    if (!line) { ring = null; return; }
    if (HOLE.test(line)) {
      if (polygons.length) polygons.at(-1).holes.push(ring = []);
      return;
    }
    const at = placeOf(line);
    if (typeof at === 'string') { problems.push(t('rules.point.line', { n: i + 1, problem: at })); return; }
    if (!ring) { ring = []; polygons.push({ shell: ring, holes: [] }); }
    ring.push(at);
  });
  return { polygons, problems };
}

export function writePoints(polygons, minutes) {
  const line = at => (minutes ? `${angle(at.latDeg, 2, 'N', 'S')} ${angle(at.lonDeg, 3, 'E', 'W')}` : `${at.latDeg.toFixed(5)} ${at.lonDeg.toFixed(5)}`);
  return polygons.map(p => [...p.shell.map(line), ...p.holes.flatMap(h => [t('rules.point.hole'), ...h.map(line)])].join('\n')).join('\n\n');
}

/** Points to draw: longitudes run on, so that a ring over the antimeridian is in one piece. */
export function unwrapped(ring, nearDeg) {
  let lon = null;
  return ring.map(at => {
    const from = lon ?? nearDeg ?? at.lonDeg;
    lon = from + wrap(at.lonDeg - from);
    return [lon, at.latDeg];
  });
}
