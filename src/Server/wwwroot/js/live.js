// The live picture by WebSocket and the news by server-sent events; both come back by themselves after a break.
import { get } from './api.js';
import { rights } from './rights.js';

const RETRY_MS = [500, 1000, 2000, 5000, 10000];
const NAMES_AGAIN_MS = 30000;

/** Keeps a socket open; `state(connected)` is told of each change, `frame(buffer)` of each frame. */
export function openLive(frame, state) {
  if (!rights.watch) return; // a centre reads what was released, not the moving picture
  let tries = 0;
  const connect = () => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = e => { tries = 0; state(true); frame(e.data); };
    socket.onclose = () => { state(false); setTimeout(connect, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]); };
  };
  connect();
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

/** Names by MMSI; asked again when unknown numbers appear, at most once in 30 s. */
export class Names {
  #byMmsi = {};
  #askedAt = -Infinity;

  of(mmsi) {
    const name = this.#byMmsi[mmsi];
    if (name === undefined && performance.now() - this.#askedAt > NAMES_AGAIN_MS) this.load();
    return name ?? null;
  }

  async load() {
    this.#askedAt = performance.now();
    if (!rights.watch) return;
    try { this.#byMmsi = await get('/api/names'); } catch { /* names are a comfort; numbers stay shown, and it is asked again */ }
  }
}
