// Duties of an account: roles, the one flag an official speaks for, the areas an analyst or a centre is bound to.
import { el } from './dom.js';
import { position } from './words.js';
import { t } from './text.js';
import { field } from './admin-parts.js';

const ROLES = ['analyst', 'registry', 'centre', 'administrator'];
const MOST_EDGE = 90; // degrees of longitude between two corners: far under the half turn that would be ambiguous

/** A box as a ring, with corners between where it is wide: each side goes the shorter way. */
function ringOf(south, west, north, east) {
  const width = east > west ? east - west : east - west + 360, steps = Math.ceil(width / MOST_EDGE);
  const lon = i => { const l = west + width * i / steps; return l > 180 ? l - 360 : l; };
  const along = Array.from({ length: steps + 1 }, (_, i) => i);
  return [...along.map(i => [lon(i), south]), ...along.reverse().map(i => [lon(i), north])];
}

/** Corners as numbers read them: a box by its edges, anything else by how many corners it has. */
export function areaText(area) {
  const lats = [...new Set(area.ring.map(c => c[1]))];
  if (lats.length !== 2) return t('admin.duties.corners', { n: area.ring.length });
  const first = area.ring[0], last = area.ring[area.ring.length / 2 - 1] ?? area.ring[1];
  return `${position(Math.min(...lats), first[0])} – ${position(Math.max(...lats), last[0])}`;
}

function areaRow(area) {
  const name = el('input', { value: area?.name ?? '', 'aria-label': t('admin.duties.areaName') });
  const corners = el('input', { value: area ? area.ring.map(c => c.join(' ')).join(', ') : '', 'aria-label': t('admin.duties.areaCorners'), placeholder: '50, -2, 51.5, 2' });
  const node = el('div', { class: 'area-row' }, name, corners, el('button', { type: 'button', 'aria-label': t('admin.duties.removeArea'), text: '×', onclick: () => node.remove() }));
  node.read = () => {
    const text = corners.value.trim();
    const box = text.split(',').map(v => v.trim());
    if (box.length === 4 && box.every(v => v !== '' && !/\s/.test(v) && Number.isFinite(Number(v)))) return { name: name.value, ring: ringOf(...box.map(Number)) };
    return { name: name.value, ring: box.filter(Boolean).map(pair => pair.split(/\s+/).map(Number)) };
  };
  return node;
}

export function dutyFields(account) {
  const boxes = ROLES.map(role => el('label', { class: 'check' }, el('input', { type: 'checkbox', name: role, checked: account.roles.includes(role) }), el('span', { text: t(`admin.role.${role}`) }), el('small', { text: t(`admin.roleWhat.${role}`) })));
  const chosen = () => ROLES.filter((_, i) => boxes[i].querySelector('input').checked);
  const flag = el('input', { name: 'flag', value: account.flag ?? '', maxlength: '2', autocapitalize: 'characters', size: '4' });
  const rows = el('div', { class: 'area-rows' }, (account.areas ?? []).map(areaRow));
  const flagField = field(t('admin.duties.flag'), flag, t('admin.duties.flagHint'));
  const areas = el('fieldset', {}, el('legend', { text: t('admin.duties.areas') }), el('p', { class: 'quiet', text: t('admin.duties.areasHint') }), rows,
    el('button', { type: 'button', text: t('admin.duties.addArea'), onclick: () => { const row = areaRow(); rows.append(row); row.querySelector('input').focus(); } }));
  // Only what the chosen duties can have is shown; what is hidden is not sent.
  const fit = () => { flagField.hidden = !chosen().includes('registry'); areas.hidden = chosen().length === 0 || chosen().some(r => r === 'registry' || r === 'administrator'); };
  boxes.forEach(b => b.addEventListener('change', fit));
  fit();
  return {
    node: el('div', { class: 'act-fields' }, el('fieldset', {}, el('legend', { text: t('admin.people.duties') }), boxes), flagField, areas),
    read: () => ({ roles: chosen(), flag: flagField.hidden ? null : flag.value.trim().toUpperCase(), areas: areas.hidden || !rows.children.length ? null : [...rows.children].map(r => r.read()) }),
  };
}
