// The live picture by WebSocket and the news by server-sent events; both come back by themselves after a break.
import { get } from './api.js';
import { rights } from './rights.js';
import { latitude, mercatorY } from './geodesic.js';

const RETRY_MS = [500, 1000, 2000, 5000, 10000];
const TELL_AFTER_MS = 200; // while the map moves
const NAMES_AT_ONCE = 400, NAMES_AFTER_MS = 60, NAMES_AGAIN_MS = 60000, BOX_AGAIN_MS = 60000;

/** The viewport of a map as the server takes it: longitudes -180 to 180, west the greater over the antimeridian. */
export function viewportOf(bounds, zoom, watched = []) {
  const [west, east] = [bounds.getWest(), bounds.getEast()], wrap = lon => ((lon + 180) % 360 + 360) % 360 - 180;
  const whole = east - west >= 360, clip = lat => Math.max(-90, Math.min(90, lat));
  return {
    west: whole ? -180 : wrap(west), east: whole ? 180 : wrap(east), south: clip(bounds.getSouth()), north: clip(bounds.getNorth()),
    zoom: Math.max(0, Math.min(24, zoom)), watched: watched.slice(0, 200),
  };
}

/** The viewport of a map that is not there yet, from its view and size in pixels. */
export function viewportAround({ lat, lon, zoom }, width, height, watched) {
  const world = 512 * 2 ** zoom, y = mercatorY(lat);
  const half = width / world * 180;
  return viewportOf({ getWest: () => lon - half, getEast: () => lon + half, getNorth: () => latitude(y - height / world / 2), getSouth: () => latitude(y + height / world / 2) }, zoom, watched);
}

/**
 * Keeps a socket open; `state(connected)` is told of each change, `frame(buffer)` of each frame. What is looked at is told by
 * `look(viewport)` of the answer; frames are for it alone.
 */
export function openLive(frame, state, first) {
  if (!rights.watch) return { look() {} }; // a centre reads what was released, not the moving picture
  let tries = 0, viewport = first, told = '', socket = null, timer = null;
  const tell = () => {
    timer = null;
    const text = JSON.stringify(viewport);
    if (socket?.readyState !== WebSocket.OPEN || text === told) return;
    told = text;
    socket.send(text);
  };
  const connect = () => {
    // What is looked at goes along, so that the first frame is made while the page still makes its map. What is watched stays out of addresses.
    told = JSON.stringify({ ...viewport, watched: [] });
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live?viewport=${encodeURIComponent(told)}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = tell;
    socket.onmessage = e => { tries = 0; state(true); frame(e.data); };
    socket.onclose = e => { if (e.reason) console.warn('live:', e.reason); state(false); setTimeout(connect, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]); };
  };
  connect();
  return { look(next) { viewport = next; timer ??= setTimeout(tell, TELL_AFTER_MS); } };
}

/** Server-sent events: each says only that something is to be fetched again. */
export function openNews(handlers, state) {
  let missed = false;
  const connect = () => {
    const source = new EventSource('/api/events');
    for (const [name, handler] of Object.entries(handlers)) source.addEventListener(name, () => handler());
    source.onopen = () => {
      state(true);
      if (missed) for (const handler of Object.values(handlers)) handler(); // events of the break are gone
      missed = false;
    };
    source.onerror = () => {
      missed = true;
      state(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000); // refused: the browser itself gives up
    };
  };
  connect();
}

/** Names and ship types by MMSI: asked for those that are looked at, some hundred at once, and again after a minute where none was known. */
export class Names {
  #labels = new Map(); // MMSI to { name, shipType, askedAt }
  #wanted = new Set();
  #timer = null;
  #boxAt = -Infinity;
  #box = '';
  arrived = () => {};

  /** The name where it is known already. */
  known(mmsi) { return this.#labels.get(mmsi)?.name ?? null; }

  /** Ship type as broadcast (ITU-R M.1371-5, table 53), where it is known already. */
  type(mmsi) { return this.#labels.get(mmsi)?.shipType ?? null; }

  /** The name; where it is not known it is asked for. */
  of(mmsi) {
    const label = this.#labels.get(mmsi);
    if (!label?.name && !(performance.now() - label?.askedAt < NAMES_AGAIN_MS)) {
      this.#wanted.add(mmsi);
      this.#timer ??= setTimeout(() => this.#ask(), NAMES_AFTER_MS);
    }
    return label?.name ?? null;
  }

  async #ask() {
    const asked = [...this.#wanted].slice(0, NAMES_AT_ONCE);
    for (const mmsi of asked) { this.#wanted.delete(mmsi); this.#labels.set(mmsi, { ...this.#labels.get(mmsi), askedAt: performance.now() }); }
    await this.#take(`mmsi=${asked.map(m => String(m).padStart(9, '0')).join()}`);
    this.#timer = this.#wanted.size ? setTimeout(() => this.#ask(), NAMES_AFTER_MS) : null;
  }

  /** Labels of all in a viewport, for colours by ship type. */
  async in(v) {
    const box = [v.west, v.south, v.east, v.north].map(d => d.toFixed(3)).join();
    if (box === this.#box && performance.now() - this.#boxAt < BOX_AGAIN_MS) return;
    this.#box = box;
    this.#boxAt = performance.now();
    await this.#take(`bbox=${box}`);
  }

  async #take(query) {
    if (!rights.watch) return;
    try {
      const { names } = await get(`/api/names?${query}`);
      for (const [mmsi, label] of Object.entries(names)) this.#labels.set(Number(mmsi), { ...label, askedAt: performance.now() });
      this.arrived();
    } catch { /* names are a comfort; numbers stay shown, and it is asked again */ }
  }
}
