// Exclusions of a rule: vessels, areas or types that it leaves out, each with a reason and a day on which it ends.
import { el } from './dom.js';
import { t } from './text.js';
import { field, lines, endOf, inDays, typeOptions, typesOf, namesOf } from './rules-parts.js';

export function exclusionList(exclusions, areas, changed) {
  const rows = [];
  const list = el('div', { class: 'rule-lists-inner' });
  const box = el('div', { class: 'rule-field' }, el('p', { class: 'quiet', text: t('rules.exclusion.hint') }), list,
    el('div', { class: 'rule-buttons' }, el('button', { id: 'exclusion-add', type: 'button', text: t('rules.exclusion.add'), onclick: () => { add({ vessels: [], areas: [], shipTypes: [], reason: '' }); rows.at(-1).node.querySelector('textarea').focus(); changed(); } })));

  function fillAreas(select, kept) {
    const options = areas.filter(a => !a.retired).map(a => [`${a.id} ${a.version}`, a.name]);
    for (const k of kept) if (!options.some(([v]) => v === k)) options.push([k, t('rules.form.earlierArea', { name: areas.find(a => a.id === k.split(' ')[0])?.name ?? k, version: k.split(' ')[1] })]);
    select.replaceChildren(el('option', { value: '', text: t('rules.exclusion.noArea') }), ...options.map(([v, text]) => el('option', { value: v, text, selected: kept.includes(v) })));
  }

  function add(exclusion) {
    const vessels = el('textarea', { name: 'exclusion-vessels', rows: '2' }, exclusion.vessels.join('\n'));
    const area = el('select', { name: 'exclusion-area' });
    const type = el('select', { name: 'exclusion-type' }, el('option', { value: '', text: t('rules.exclusion.noType') }), typeOptions().map(([v, text]) => el('option', { value: v, text, selected: namesOf(exclusion.shipTypes).includes(v) })));
    const reason = el('input', { name: 'exclusion-reason', maxlength: '300', value: exclusion.reason });
    const expires = el('input', { name: 'exclusion-expires', type: 'date', value: exclusion.expiresAt?.slice(0, 10) ?? inDays(90) });
    fillAreas(area, exclusion.areas.map(a => `${a.id} ${a.version}`));
    const row = {
      area,
      // One area and one type stand in the form; what a program set beside them is kept as it is.
      value: () => ({
        vessels: lines(vessels.value), reason: reason.value, expiresAt: endOf(expires.value),
        areas: area.value ? [area.value, ...exclusion.areas.slice(1).map(a => `${a.id} ${a.version}`)].map(v => ({ id: v.split(' ')[0], version: Number(v.split(' ')[1]) })) : [],
        shipTypes: type.value ? [...new Set([...typesOf([type.value]), ...(namesOf(exclusion.shipTypes)[0] === type.value ? exclusion.shipTypes : [])])] : [],
      }),
      node: el('div', { class: 'rule-exclusion', role: 'group' },
        el('div', { class: 'rule-pair' }, field(t('rules.exclusion.vessels'), vessels), field(t('rules.exclusion.area'), area), field(t('rules.exclusion.type'), type)),
        el('div', { class: 'rule-pair' }, field(t('rules.exclusion.reason'), reason), field(t('rules.exclusion.expires'), expires)),
        el('div', { class: 'rule-buttons' }, exclusion.owner && el('small', { text: t('rules.exclusion.owner', { owner: exclusion.owner }) }),
          el('button', { type: 'button', text: t('rules.exclusion.remove'), onclick: () => { rows.splice(rows.indexOf(row), 1); row.node.remove(); number(); changed(); box.querySelector('#exclusion-add').focus(); } }))),
    };
    rows.push(row);
    list.append(row.node);
    number();
  }

  const number = () => rows.forEach((row, i) => row.node.setAttribute('aria-label', t('rules.exclusion.nth', { n: i + 1 })));
  exclusions.forEach(add);
  return Object.assign(box, {
    value: () => rows.map(row => row.value()),
    offer(all) { areas = all; for (const row of rows) fillAreas(row.area, row.area.value ? [row.area.value] : []); },
  });
}
