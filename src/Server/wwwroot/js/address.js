// The view in the address: centre, zoom and what is selected, so that a reload or a shared link shows the same.
const START = { lat: 50.95, lon: 1.35, zoom: 8.3, alert: null, mmsi: null };

// Window (w hours up to now, or from and to), time of the picture when it is not the present, speed of replay.
function readTime(p) {
  const time = name => { const v = Date.parse(p.get(name) ?? ''); return Number.isNaN(v) ? null : v; };
  const number = (name, low, high) => { const v = Number(p.get(name)); return v >= low && v <= high ? v : null; };
  return { hours: number('w', 1, 744), fromMs: time('from'), toMs: time('to'), atMs: time('at'), speed: number('speed', 1, 3600) };
}

export function readView() {
  const p = new URLSearchParams(location.hash.slice(1));
  const number = (name, low, high) => { const v = parseFloat(p.get(name)); return v >= low && v <= high ? v : START[name]; };
  return {
    given: p.has('lat'),
    lat: number('lat', -85, 85), lon: number('lon', -180, 180), zoom: number('zoom', 1, 16),
    layers: p.get('layers') ?? '',
    time: readTime(p),
    alert: p.get('alert'), mmsi: /^\d{1,9}$/.test(p.get('mmsi') ?? '') ? Number(p.get('mmsi')) : null,
  };
}

export function writeView(map, selection, layers, time = {}) {
  const c = map.getCenter(), lon = ((c.lng + 540) % 360) - 180;
  const p = new URLSearchParams({ lat: c.lat.toFixed(4), lon: lon.toFixed(4), zoom: map.getZoom().toFixed(2) });
  if (selection.caseId) p.set('alert', selection.caseId);
  else if (selection.mmsi) p.set('mmsi', selection.mmsi);
  if (String(layers)) p.set('layers', String(layers));
  for (const [name, value] of Object.entries(time)) p.set(name, value);
  history.replaceState(null, '', `${location.pathname}${location.search}#${p}`);
}
