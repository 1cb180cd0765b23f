// Building blocks of the administration pages: tables, numbers, forms that say what went wrong where it went wrong.
import { el } from './dom.js';
import { minute } from './words.js';
import { t, language } from './text.js';

export const count = n => (n === null || n === undefined ? t('admin.unknown') : new Intl.NumberFormat(language).format(n));
export const percent = x => (x === null || x === undefined ? '–' : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(x));
export const factor = x => (x === null || x === undefined ? '–' : new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(x));
export const when = time => (time ? minute(time) : '–');

export function bytes(n) {
  if (n === null || n === undefined) return t('admin.unknown');
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log2(n) / 10));
  return `${(n / 2 ** (10 * step)).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}

export const section = (title, ...children) => el('section', { 'aria-label': title }, el('h3', { text: title }), children);

/** A table in its own scrolling box, which the keyboard reaches. Numbers stand right where `numeric` names their column. */
export function table(label, head, rows, { numeric = [], empty = t('admin.nothing') } = {}) {
  if (rows.length === 0) return el('p', { class: 'quiet', text: empty });
  const cell = (value, i) => (value instanceof Node && value.tagName === 'TH' ? value : el('td', { class: numeric.includes(i) ? 'number' : null }, value));
  return el('div', { class: 'wide', role: 'group', 'aria-label': label, tabindex: '0' }, el('table', {},
    el('thead', {}, el('tr', {}, head.map((h, i) => el('th', { scope: 'col', class: numeric.includes(i) ? 'number' : null, text: h })))),
    el('tbody', {}, rows.map(r => (r instanceof Node ? r : el('tr', {}, r.map(cell)))))));
}

export const rowHead = (...children) => el('th', { scope: 'row' }, children);

/** What went wrong, told where the person looks. */
export const fault = problem => el('p', { class: 'note', role: 'alert', said: problem.message });

/** A button that does something on the server: closed while it is under way, and a fault stands behind it. */
export function act(label, perform, attributes = {}) {
  const said = el('span', { role: 'alert', class: 'said' });
  const button = el('button', { type: 'button', ...attributes, text: label });
  button.addEventListener('click', async () => {
    button.disabled = true;
    said.textContent = '';
    try { await perform(); } catch (problem) { said.textContent = problem.message; }
    button.disabled = false;
  });
  return el('span', { class: 'act-line' }, button, said);
}

export const field = (label, input, hint) => el('label', { class: 'field' }, el('span', { text: label }), input, hint && el('small', { text: hint }));
