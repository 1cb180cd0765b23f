// What is shown on the map beside vessels: one state, in the address, asked by the map and the legend and set under Layers.
const DEFAULTS = { labels: true, places: true, stations: true, zones: false, reception: false, types: false };
export const LAYERS = Object.keys(DEFAULTS);
export const MINUTES_AHEAD = [0, 6, 12, 30];
const USUAL_MINUTES = 12;

export class Layers {
  #on = { ...DEFAULTS };
  #minutes = USUAL_MINUTES;
  #listeners = [];

  /** Reads what the address holds: names of layers, '-' before one that is off, 'v30' for the minutes ahead. */
  constructor(text = '') {
    for (const part of text.split(',')) {
      const off = part.startsWith('-'), name = off ? part.slice(1) : part;
      if (name in DEFAULTS) this.#on[name] = !off;
      else if (/^v\d+$/.test(name) && MINUTES_AHEAD.includes(Number(name.slice(1)))) this.#minutes = Number(name.slice(1));
    }
  }

  is(name) { return this.#on[name]; }
  get minutes() { return this.#minutes; }
  set(name, on) { this.#on[name] = on; this.#tell(); }
  toggle(name) { this.set(name, !this.#on[name]); }
  setMinutes(minutes) { this.#minutes = minutes; this.#tell(); }

  /** Calls with each change, and once now. */
  onChange(tell) { this.#listeners.push(tell); tell(this); }
  #tell() { for (const tell of this.#listeners) tell(this); }

  /** Only what differs from the usual, so that addresses stay short. */
  toString() {
    return [...LAYERS.filter(n => this.#on[n] !== DEFAULTS[n]).map(n => (this.#on[n] ? n : `-${n}`)), ...(this.#minutes === USUAL_MINUTES ? [] : [`v${this.#minutes}`])].join();
  }
}
