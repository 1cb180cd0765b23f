// A track drawn small, as elements: what was received is a solid line, a silence is dashed between its ends, with the coast for the eye.
const NS = 'http://www.w3.org/2000/svg';
const WIDTH = 900, HEIGHT = 420, MARGIN = 0.12, LEAST_NM = 4;
const BREAK_MS = 40 * 60000; // a line over a longer time would claim a way that nobody saw
let land;

const node = (tag, attributes, text) => {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
};

/** Longitudes unrolled from the first, so that a track over the antimeridian hangs together. */
const near = (lon, to) => lon + 360 * Math.round((to - lon) / 360);

function frameOf(points) {
  const lats = points.map(p => p[1]), lons = points.map(p => p[0]);
  const midLat = (Math.min(...lats) + Math.max(...lats)) / 2, midLon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const squeeze = Math.max(0.05, Math.cos(midLat * Math.PI / 180));
  const high = Math.max((Math.max(...lats) - Math.min(...lats)) * (1 + 2 * MARGIN), (Math.max(...lons) - Math.min(...lons)) * squeeze * (1 + 2 * MARGIN) * HEIGHT / WIDTH, LEAST_NM / 60);
  const scale = HEIGHT / high;
  const at = ([lon, lat]) => [WIDTH / 2 + (near(lon, midLon) - midLon) * squeeze * scale, HEIGHT / 2 - (lat - midLat) * scale];
  const wide = WIDTH / scale / squeeze;
  return { at, south: midLat - high / 2, north: midLat + high / 2, west: midLon - wide / 2, east: midLon + wide / 2, midLon, degreePx: scale };
}

const path = (points, close = false) => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') + (close ? 'Z' : '');

async function coast(frame) {
  land ??= fetch('/maps/land-50m.geojson').then(r => (r.ok ? r.json() : { features: [] })).catch(() => ({ features: [] }));
  const rings = (await land).features.flatMap(f => (f.geometry.type === 'Polygon' ? [f.geometry.coordinates[0]] : f.geometry.coordinates.map(p => p[0])));
  // The frame's own side of the world; polygons of the file end at 180 degrees.
  return rings.filter(ring => ring.some(([lon, lat]) => lat > frame.south - 2 && lat < frame.north + 2 && near(lon, frame.midLon) > frame.west - 3 && near(lon, frame.midLon) < frame.east + 3)
    || (Math.min(...ring.map(c => c[1])) < frame.south && Math.max(...ring.map(c => c[1])) > frame.north)).map(ring => node('path', { class: 'land', d: path(clip(ring, frame), true) }));
}

/** Drops corners far outside, so that a continent is not a thousand lines of nothing. */
function clip(ring, frame) {
  const far = ([lon, lat]) => [Math.min(Math.max(near(lon, frame.midLon), frame.west - 20), frame.east + 20), Math.min(Math.max(lat, frame.south - 20), frame.north + 20)];
  return ring.map(far).map(frame.at);
}

function net(frame) {
  const step = [1 / 60, 2 / 60, 5 / 60, 10 / 60, 0.5, 1, 2, 5, 10, 20].find(s => s * frame.degreePx >= 90) ?? 30;
  const label = (v, plus, minus) => `${Math.floor(Math.abs(v) + 1e-9)}°${String(Math.round((Math.abs(v) % 1) * 60) % 60).padStart(2, '0')}′${v < 0 ? minus : plus}`;
  const lines = [];
  for (let lat = Math.ceil(frame.south / step) * step; lat < frame.north; lat += step) { const y = frame.at([frame.midLon, lat])[1]; lines.push(node('line', { class: 'net', x1: 0, x2: WIDTH, y1: y, y2: y }), y < HEIGHT - 30 && node('text', { x: 6, y: y - 4 }, label(lat, 'N', 'S'))); }
  for (let lon = Math.ceil(frame.west / step) * step; lon < frame.east; lon += step) { const x = frame.at([lon, frame.south])[0]; lines.push(node('line', { class: 'net', x1: x, x2: x, y1: 0, y2: HEIGHT }), node('text', { x: x + 4, y: HEIGHT - 8 }, label(((lon + 540) % 360) - 180, 'E', 'W'))); }
  return lines.filter(Boolean);
}

/** @param answer fixes as [ms, lon, lat, …] in time order, and gaps with start and end. @param label what it shows, in words. */
export async function smallTrack({ fixes, gaps }, label) {
  const first = fixes[0][1], points = fixes.map(f => [near(f[1], first), f[2]]);
  const ends = gaps.flatMap(g => [g.start, g.end]).filter(Boolean).map(p => [near(p.lonDeg, first), p.latDeg]);
  const frame = frameOf([...points, ...ends]);
  const svg = node('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'small-track', role: 'img', 'aria-label': label });
  svg.append(...await coast(frame), ...net(frame));
  let piece = [];
  const draw = () => { if (piece.length > 1) svg.append(node('path', { class: 'way', d: path(piece) })); piece = []; };
  fixes.forEach((f, i) => {
    if (i > 0 && (f[0] - fixes[i - 1][0] > BREAK_MS || gaps.some(g => Date.parse(g.startTime) < f[0] && (!g.endTime || Date.parse(g.endTime) >= f[0]) && fixes[i - 1][0] <= Date.parse(g.startTime)))) draw();
    piece.push(frame.at(points[i]));
  });
  draw();
  for (const g of gaps) {
    const [a, b] = [g.start, g.end].map(p => p && frame.at([near(p.lonDeg, first), p.latDeg]));
    if (a && b) svg.append(node('path', { class: 'gap', d: path([a, b]) }));
    if (a) svg.append(node('circle', { class: 'ring', cx: a[0], cy: a[1], r: 5 }));
    if (b) svg.append(node('circle', { class: 'ring on', cx: b[0], cy: b[1], r: 5 }));
  }
  const now = frame.at(points.at(-1));
  svg.append(node('circle', { class: 'now', cx: now[0], cy: now[1], r: 4 }));
  return svg;
}
