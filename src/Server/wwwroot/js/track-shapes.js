// Track, gaps and alert rings as small GeoJSON. A silence is never joined by a solid line, nor a jump no ship can make.
import { geodesic } from './geodesic.js';

const IMPOSSIBLE_KNOTS = 60, SLACK_NM = 1; // the same by which the server marks a place as doubtful
const line = (coordinates, properties = {}) => ({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } });
const point = (p, properties) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [p.lonDeg, p.latDeg] } });
const collection = features => ({ type: 'FeatureCollection', features });

// Across the date line the shorter way is drawn.
const near = (lon, reference) => (lon - reference > 180 ? lon - 360 : lon - reference < -180 ? lon + 360 : lon);

function isJump(last, timeMs, lonDeg, latDeg) {
  if (Math.abs(lonDeg - last.lonDeg) + Math.abs(latDeg - last.latDeg) < 0.015) return false; // within the slack
  return geodesic([last.lonDeg, last.latDeg], [lonDeg, latDeg]).nm > SLACK_NM + IMPOSSIBLE_KNOTS * (timeMs - last.timeMs) / 36e5;
}

export function trackShapes(track) {
  const gaps = track?.gaps ?? [];
  const second = 1000; // times in JSON may be cut to whole seconds
  const breaks = gaps.map(g => [Date.parse(g.startTime) + second, g.endTime ? Date.parse(g.endTime) - second : Infinity]);
  const pieces = [];
  let piece = [], last = null;
  for (const [timeMs, lonDeg, latDeg] of track?.fixes ?? []) {
    const broken = last && (breaks.some(([a, b]) => last.timeMs <= a && timeMs >= b) || isJump(last, timeMs, lonDeg, latDeg));
    if (broken) { pieces.push(piece); piece = []; }
    const lon = piece.length ? near(lonDeg, piece.at(-1)[0]) : lonDeg;
    piece.push([lon, latDeg]);
    last = { timeMs, lonDeg, latDeg };
  }
  pieces.push(piece);
  const marks = gaps.flatMap(g => [
    g.start && g.end && line([[g.start.lonDeg, g.start.latDeg], [near(g.end.lonDeg, g.start.lonDeg), g.end.latDeg]], { end: 'line' }),
    g.start && point(g.start, { end: 'off' }),
    g.end && point(g.end, { end: 'on' }),
  ].filter(Boolean));
  return { track: collection(pieces.filter(p => p.length > 1).map(p => line(p))), gaps: collection(marks) };
}

export const alertRings = (alerts, selected) => collection(alerts
  .filter(a => a.lonDeg !== null && a.lonDeg !== undefined && (['new', 'acknowledged', 'released'].includes(a.state) || a.caseId === selected))
  .map(a => point(a, { band: a.band, width: a.caseId === selected ? 3.5 : 2 })));
