// Runs in the console's page before its own scripts: takes the time of what a frame costs. Measures; changes nothing the page does.
(() => {
  const probe = window.probe = { mainMs: [], drawnMs: [], peerMainMs: [], peerDrawnMs: [], frameMs: [], vessels: [], firstMs: null, parts: {} };
  const Native = window.WebSocket;
  // The probe itself must not grow while the heap is watched.
  const MOST = 300;
  const drawn = (at, handlerMs) => {
    const map = window.maritimeWatch?.map;
    if (!map || probe.mainMs.length >= MOST) return;
    map.once('render', () => { probe.mainMs.push(handlerMs + window.maritimeWatch.layer.uploadMs); probe.drawnMs.push(performance.now() - at); });
  };
  window.WebSocket = class extends Native {
    constructor(...a) { super(...a); probe.parts.asked ??= Math.round(performance.now()); this.addEventListener("open", () => { probe.parts.opened ??= Math.round(performance.now()); }); }
    set onmessage(handler) {
      super.onmessage = e => {
        const at = performance.now();
        probe.parts.message ??= Math.round(at);
        handler(e);
        const spent = performance.now() - at;
        if (probe.vessels.length < MOST) probe.vessels.push(new DataView(e.data).getUint32(4, true));
        if (probe.peer) probe.peer(at, spent); else drawn(at, spent);
      };
    }
    get onmessage() { return super.onmessage; }
  };

  // The first view is there when list, clock, pills and the vessels of the view have been painted.
  const parts = {
    script: () => window.maritimeWatch, list: () => document.querySelector('[data-alert-id]'), pills: () => document.querySelector('.feed-pill'), clock: () => document.getElementById('clock-time')?.textContent !== '--:--:--',
    frame: () => window.maritimeWatch?.vesselCount() > 0, map: () => window.maritimeWatch?.map, vessels: () => window.maritimeWatch?.layer?.drawn.symbols >= probe.expected,
  };

  const look = () => {
    for (const [name, is] of Object.entries(parts)) if (!(name in probe.parts) && is()) probe.parts[name] = Math.round(performance.now());
    const there = Object.keys(parts).every(name => name in probe.parts);
    if (there) {
      probe.whole = new Promise(done => window.maritimeWatch.map.once('idle', () => done(performance.now())));
      requestAnimationFrame(() => { probe.firstMs = performance.now(); });
    } else requestAnimationFrame(look);
  };
  if (location.pathname === '/') { probe.expected = Number(new URLSearchParams(location.search).get('expected') ?? 1); requestAnimationFrame(look); }

  /** Pans without pause, as a hand does, and takes the time between frames. */
  probe.pan = ms => new Promise(done => {
    const { map } = window.maritimeWatch, began = performance.now();
    let last = began;
    probe.frameMs = [];
    const turn = () => {
      const now = performance.now();
      probe.frameMs.push(now - last);
      last = now;
      map.panBy([Math.sin(now / 700) * 2, 0.4 * Math.cos(now / 900)], { duration: 0 });
      if (now - began < ms) requestAnimationFrame(turn); else done();
    };
    requestAnimationFrame(turn);
  });

  /** From here on the same frames go to a plain GeoJSON source of everything, in place of the vessel layer. */
  probe.usePeer = () => {
    const { map, fleet } = window.maritimeWatch;
    map.setLayoutProperty('vessels', 'visibility', 'none');
    map.addSource('peer', { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, tolerance: 0, buffer: 16 });
    map.addLayer({ id: 'peer', type: 'circle', source: 'peer', paint: { 'circle-radius': 3, 'circle-color': '#2B4A5E' } });
    let busy = false;
    probe.peer = (at, handlerMs) => {
      if (busy) { probe.peerSkipped = (probe.peerSkipped ?? 0) + 1; return; }
      busy = true;
      const began = performance.now(), features = new Array(fleet.count);
      for (let i = 0; i < fleet.count; i++) features[i] = { type: 'Feature', id: i, properties: { c: fleet.cogTenths[i] }, geometry: { type: 'Point', coordinates: [fleet.lonDeg[i], fleet.latDeg[i]] } };
      map.getSource('peer').setData({ type: 'FeatureCollection', features });
      probe.peerMainMs.push(handlerMs + performance.now() - began);
      const loaded = e => {
        if (e.sourceId !== 'peer' || !map.isSourceLoaded('peer') || !(e.sourceDataType === 'content' || e.tile)) return;
        map.off('sourcedata', loaded);
        map.once('render', () => { probe.peerDrawnMs.push(performance.now() - at); busy = false; });
        map.triggerRepaint();
      };
      map.on('sourcedata', loaded);
    };
  };
})();
