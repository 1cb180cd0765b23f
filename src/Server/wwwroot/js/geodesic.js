// Distance and bearing on the ellipsoid WGS 84 (T. Vincenty, Survey Review XXIII 176, 1975, inverse), as Core's Geodesy computes them.
const A_M = 6378137, F = 1 / 298.257223563, B_M = A_M * (1 - F), NM_M = 1852;

const rad = deg => deg * Math.PI / 180, deg = r => r * 180 / Math.PI;

/** Latitude in degrees of a height on the map, 0 (north) to 1 (Web Mercator). */
export const latitude = y => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;

/** Height on the map, 0 (85.05° N) to 1, of a latitude in degrees (Web Mercator). */
export const mercatorY = lat => { const s = Math.sin(rad(lat)); return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI); };

/** Nautical miles and initial course in degrees between two places; nearly antipodal ones by the sphere. */
export function geodesic([lon1, lat1], [lon2, lat2]) {
  const u1 = Math.atan((1 - F) * Math.tan(rad(lat1))), u2 = Math.atan((1 - F) * Math.tan(rad(lat2))), span = rad(((lon2 - lon1 + 540) % 360 + 360) % 360 - 180);
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = span;
  for (let i = 0; i < 100; i++) {
    const sl = Math.sin(lambda), cl = Math.cos(lambda), across = c2 * sl, along = c1 * s2 - s1 * c2 * cl;
    const sigmaSin = Math.hypot(across, along);
    if (sigmaSin === 0) return { nm: 0, courseDeg: 0 };
    const sigmaCos = s1 * s2 + c1 * c2 * cl, sigma = Math.atan2(sigmaSin, sigmaCos), alphaSin = c1 * c2 * sl / sigmaSin, alpha2 = 1 - alphaSin ** 2;
    const middle = alpha2 ? sigmaCos - 2 * s1 * s2 / alpha2 : 0, c = F / 16 * alpha2 * (4 + F * (4 - 3 * alpha2));
    const next = span + (1 - c) * F * alphaSin * (sigma + c * sigmaSin * (middle + c * sigmaCos * (2 * middle ** 2 - 1)));
    if (Math.abs(next - lambda) < 1e-12) {
      const k = alpha2 * (A_M ** 2 - B_M ** 2) / B_M ** 2;
      const big = 1 + k / 16384 * (4096 + k * (k * (320 - 175 * k) - 768)), small = k / 1024 * (256 + k * (k * (74 - 47 * k) - 128));
      const off = small * sigmaSin * (middle + small / 4 * (sigmaCos * (2 * middle ** 2 - 1) - small / 6 * middle * (4 * sigmaSin ** 2 - 3) * (4 * middle ** 2 - 3)));
      return { nm: B_M * big * (sigma - off) / NM_M, courseDeg: (deg(Math.atan2(across, along)) + 360) % 360 };
    }
    lambda = next;
  }
  const chord = Math.acos(Math.sin(rad(lat1)) * Math.sin(rad(lat2)) + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.cos(span));
  return { nm: chord * 6371008.8 / NM_M, courseDeg: (deg(Math.atan2(Math.sin(span) * Math.cos(rad(lat2)), Math.cos(rad(lat1)) * Math.sin(rad(lat2)) - Math.sin(rad(lat1)) * Math.cos(rad(lat2)) * Math.cos(span))) + 360) % 360 };
}

/** Places along the geodesic, so that it is drawn bent as it is on this map; longitudes run on over the antimeridian. */
export function along(a, b, steps = 32) {
  const vector = ([lon, lat]) => [Math.cos(rad(lat)) * Math.cos(rad(lon)), Math.cos(rad(lat)) * Math.sin(rad(lon)), Math.sin(rad(lat))];
  const p = vector(a), q = vector(b), angle = Math.acos(Math.max(-1, Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2])));
  if (angle < 1e-6) return [a, b];
  let last = a[0];
  return Array.from({ length: steps + 1 }, (_, i) => {
    const s = Math.sin((1 - i / steps) * angle) / Math.sin(angle), t = Math.sin(i / steps * angle) / Math.sin(angle);
    const [x, y, z] = [0, 1, 2].map(k => s * p[k] + t * q[k]);
    last += ((deg(Math.atan2(y, x)) - last + 540) % 360 + 360) % 360 - 180;
    return [last, deg(Math.atan2(z, Math.hypot(x, y)))];
  });
}
