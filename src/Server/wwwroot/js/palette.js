// Day, dusk and night: one token file for panels and map. Key d changes; the choice is kept on this machine.
const ORDER = ['day', 'dusk', 'night'];
const KEY = 'maritimewatch.palette';
const listeners = [];
let palettes;
let current = 'day';

export async function loadPalette() {
  palettes = await fetch('/palette.json').then(r => r.json());
  const saved = localStorage.getItem(KEY);
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', () => { if (!localStorage.getItem(KEY)) apply(system.matches ? 'dusk' : 'day'); });
  apply(ORDER.includes(saved) ? saved : system.matches ? 'dusk' : 'day');
}

function apply(name) {
  current = name;
  const root = document.documentElement;
  root.dataset.palette = name;
  root.style.colorScheme = name === 'day' ? 'light' : 'dark';
  for (const [token, colour] of Object.entries(palettes[name])) root.style.setProperty(`--${token}`, colour);
  for (const tell of listeners) tell(palettes[name], name);
}

export function nextPalette() {
  const name = ORDER[(ORDER.indexOf(current) + 1) % ORDER.length];
  localStorage.setItem(KEY, name);
  apply(name);
  return name;
}

export const palette = () => palettes[current];
export const paletteName = () => current;
export function onPalette(tell) { listeners.push(tell); tell(palettes[current], current); }

/** '#RRGGBB' to three numbers 0 to 1, as WebGL wants them. */
export const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255);
