// Small parts that the forms of rules and areas share.
import { el } from './dom.js';
import { t } from './text.js';

export const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

export const field = (label, input, hint) => el('label', { class: 'rule-field' }, el('span', { text: label }), input, hint && el('small', { text: hint }));

/** Boxes to tick; `value()` gives what is ticked. */
export function checks(name, label, options, chosen, changed = () => {}) {
  const boxes = options.map(([value, text]) => el('input', { type: 'checkbox', name, value, checked: chosen.includes(value), onchange: changed }));
  const group = el('div', { class: 'rule-checks', role: 'group', 'aria-label': label }, options.map(([, text], i) => el('label', {}, boxes[i], el('span', { text }))));
  return Object.assign(group, { value: () => options.map(([v]) => v).filter((v, i) => boxes[i].checked) });
}

// Types a rule may ask for, by their numbers in ITU-R M.1371-5, table 53; from 40 on a full ten stands for all its types.
export const TYPES = [['fishing', [30]], ['towing', [31, 32, 52]], ['pleasure', [36, 37]], ['highSpeed', [40]], ['passenger', [60]], ['cargo', [70]], ['tanker', [80]], ['otherType', [90]]];
export const typeOptions = () => TYPES.map(([name]) => [name, t(`rules.type.${name}`)]);
export const typesOf = names => TYPES.filter(([name]) => names.includes(name)).flatMap(([, numbers]) => numbers);
export const namesOf = numbers => TYPES.filter(([, own]) => own.every(n => numbers.includes(n))).map(([name]) => name);

export const lines = text => text.split(/[\n,;]+/).map(l => l.trim()).filter(Boolean);
/** The end of a day in UTC, as the server takes it. */
export const endOf = date => (date ? `${date}T23:59:59Z` : null);
export const inDays = days => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
