// Makes the committed coast from Natural Earth (npm world-atlas 2.0.2). Run by hand, see PROVENANCE.md:
//   npm install --no-save --ignore-scripts world-atlas@2.0.2 topojson-client@3.1.0 geojson-vt@5.0.3 vt-pbf@3.1.3
//   node maps/bake.mjs
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import GeoJSONVT from 'geojson-vt';

const require = createRequire(import.meta.url);
const vtpbf = require('vt-pbf');
const here = new URL('.', import.meta.url);

const TILE_ZOOM = 5;
const TILE_EXTENT = 8192; // 11.25 degrees / 8192: about 150 m at the equator, finer than a 1:10,000,000 coast is true

// world-atlas stitches rings across the date line for drawing on a sphere; drawn flat they flood whole seas.
// Each ring is unwrapped, a ring round the pole is closed along -90, then cut at +-180.
function flatten(polygon) {
  const crosses = polygon.some(ring => ring.some((c, i) => i && Math.abs(c[0] - ring[i - 1][0]) > 180));
  if (!crosses) return [polygon];
  const rings = polygon.map(unwrap);
  const parts = [];
  for (const shift of [-720, -360, 0, 360, 720]) {
    const moved = rings
      .map(ring => cut(cut(ring.map(c => [c[0] + shift, c[1]]), -180, true), 180, false))
      .filter(ring => ring.length >= 4);
    if (moved.length) parts.push(moved);
  }
  return parts;
}

function unwrap(ring) {
  const out = [ring[0].slice()];
  let offset = 0;
  for (let i = 1; i < ring.length; i++) {
    const step = ring[i][0] - ring[i - 1][0];
    if (step > 180) offset -= 360;
    else if (step < -180) offset += 360;
    out.push([ring[i][0] + offset, ring[i][1]]);
  }
  if (offset !== 0) out.push([out.at(-1)[0], -90], [out[0][0], -90], out[0].slice());
  return out;
}

function cut(ring, lon, keepEast) {
  const kept = [];
  const inside = p => (keepEast ? p[0] >= lon : p[0] <= lon);
  for (let i = 0; i < ring.length - 1; i++) {
    const a = ring[i], b = ring[i + 1];
    if (inside(a)) kept.push(a);
    if (inside(a) !== inside(b)) kept.push([lon, a[1] + (lon - a[0]) / (b[0] - a[0]) * (b[1] - a[1])]);
  }
  if (kept.length) kept.push(kept[0].slice());
  return kept;
}

// Long edges along -90 and +-180 are divided, so that no segment is longer than a sixth of the world.
function divide(ring) {
  const out = [ring[0]];
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1], b = ring[i], n = Math.ceil(Math.abs(b[0] - a[0]) / 60) || 1;
    for (let k = 1; k <= n; k++) out.push([a[0] + (b[0] - a[0]) * k / n, a[1] + (b[1] - a[1]) * k / n]);
  }
  return out;
}

const rounded = (polygon, digits) => {
  const f = 10 ** digits, r = v => Math.round(v * f) / f;
  return polygon.map(ring => {
    const out = [];
    for (const [x, y] of divide(ring)) {
      const p = [r(x), r(y)], last = out.at(-1);
      if (!last || last[0] !== p[0] || last[1] !== p[1]) out.push(p);
    }
    return out;
  }).filter(ring => ring.length >= 4);
};

function land(scale, digits) {
  const topology = require(`world-atlas/land-${scale}.json`);
  const shape = feature(topology, topology.objects.land);
  const polygons = (shape.features ?? [shape])
    .flatMap(f => (f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates))
    .flatMap(flatten).map(p => rounded(p, digits)).filter(p => p.length);
  return {
    type: 'FeatureCollection',
    features: polygons.map(c => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: c } })),
  };
}

const coarse = land('50m', 3);
fs.writeFileSync(new URL('land-50m.geojson', here),
  '{"type":"FeatureCollection","features":[\n' + coarse.features.map(f => JSON.stringify(f)).join(',\n') + '\n]}\n');

const fine = new GeoJSONVT(land('10m', 5), {
  maxZoom: TILE_ZOOM + 1, indexMaxZoom: TILE_ZOOM, indexMaxPoints: 0, extent: TILE_EXTENT, buffer: 128, tolerance: 0.5,
});
const folder = new URL('land-10m/', here);
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder);
const index = { zoom: TILE_ZOOM, extent: TILE_EXTENT, coast: [], land: [] };
let bytes = 0;
for (let x = 0; x < 2 ** TILE_ZOOM; x++) for (let y = 0; y < 2 ** TILE_ZOOM; y++) {
  const tile = fine.getTile(TILE_ZOOM, x, y);
  if (!tile?.features.length) continue;
  const whole = tile.features.length === 1 && tile.features[0].geometry.length === 1 && isWhole(tile.features[0].geometry[0]);
  const body = Buffer.from(vtpbf.fromGeojsonVt({ land: tile }, { version: 2, extent: TILE_EXTENT }));
  if (whole) {
    if (!index.land.length) fs.writeFileSync(new URL('land.bin', folder), body);
    index.land.push(`${x}/${y}`);
    continue;
  }
  fs.writeFileSync(new URL(`${x}-${y}.bin`, folder), body);
  index.coast.push(`${x}/${y}`);
  bytes += body.length;
}
fs.writeFileSync(new URL('index.json', folder), JSON.stringify(index) + '\n');
console.log(`50m polygons ${coarse.features.length}; 10m coast tiles ${index.coast.length}, inland ${index.land.length}, ${bytes} bytes`);

function isWhole(ring) {
  return ring.length <= 9 && ring.every(([x, y]) => (x <= 0 || x >= TILE_EXTENT) || (y <= 0 || y >= TILE_EXTENT))
    && Math.min(...ring.map(p => p[0])) < 0 && Math.max(...ring.map(p => p[0])) > TILE_EXTENT
    && Math.min(...ring.map(p => p[1])) < 0 && Math.max(...ring.map(p => p[1])) > TILE_EXTENT;
}
