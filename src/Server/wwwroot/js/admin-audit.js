// The audit chain: newest first, by person, act, subject and time; a check of the whole chain on the server; all of it as a file.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { t } from './text.js';
import { table, rowHead, count, when, section, act, field, fault } from './admin-parts.js';

const LOOK_EVERY_MS = 700;
// 'Audit row 7 …' and 'Audit entry 7 …' name the place.
const placeOf = said => /(?:row|entry) (-?\d+)/.exec(said)?.[1];

function checkPart(entries) {
  const said = el('div', { id: 'audit-check', 'aria-live': 'polite' });
  const bar = el('progress', { max: '1', hidden: true, 'aria-label': t('admin.audit.checking') });
  function show(state) {
    const v = state.last;
    bar.hidden = !state.running;
    if (state.running) { bar.max = Math.max(1, state.of ?? 1); bar.value = state.seen ?? 0; }
    said.replaceChildren(...[
      state.running && el('p', { text: t('admin.audit.progress', { seen: count(state.seen), of: count(state.of) }) }),
      !state.running && !v && el('p', { class: 'quiet', text: t('admin.audit.never') }),
      !state.running && v && el('p', { class: v.faults.length ? 'verdict broken' : 'verdict sound' }, el('strong', { text: t(v.faults.length ? 'admin.audit.broken' : 'admin.audit.sound') }), ' ', t('admin.audit.verdict', { entries: count(v.entries), by: v.by, time: when(v.at) })),
      !state.running && v && el('p', {}, t('admin.audit.lastHash'), ' ', el('code', { class: 'raw', text: v.lastHash })),
      !state.running && v?.faults.length > 0 && el('ul', { class: 'plain' }, v.faults.map(f => el('li', {}, f, ' ', placeOf(f) && el('button', { type: 'button', class: 'small', text: t('admin.audit.showEntry', { number: placeOf(f) }), onclick: () => entries.around(Number(placeOf(f))) })))),
    ].filter(Boolean));
  }
  async function follow() {
    for (;;) {
      const state = await get('/api/audit/verify');
      show(state);
      if (!state.running || !said.isConnected) { if (!state.running) announce(t(state.last?.faults.length ? 'admin.audit.broken' : 'admin.audit.sound')); return; }
      await new Promise(done => setTimeout(done, LOOK_EVERY_MS));
    }
  }
  get('/api/audit/verify').then(state => { show(state); if (state.running) follow(); }).catch(problem => said.replaceChildren(fault(problem)));
  return [el('div', { class: 'buttons' }, act(t('admin.audit.verify'), async () => { await send('POST', '/api/audit/verify', {}); await follow(); entries.reload(); }, { id: 'audit-verify', class: 'primary' }),
    el('a', { class: 'button', href: '/api/audit/export', download: true, text: t('admin.audit.export') })), bar, said];
}

function entryList() {
  const filters = ['by', 'act', 'subject', 'from', 'to'].map(name => [name, el('input', { name, type: name === 'from' || name === 'to' ? 'datetime-local' : 'text', autocomplete: 'off' })]);
  const rows = el('tbody', {}), more = el('div', {}), none = el('p', { class: 'quiet', hidden: true, text: t('admin.audit.noMatch') });
  const query = () => filters.filter(([, input]) => input.value).map(([name, input]) => `&${name}=${encodeURIComponent(input.type === 'datetime-local' ? `${input.value}Z` : input.value)}`).join('');
  async function read(before) {
    const { entries, next } = await get(`/api/audit?limit=50${before ? `&before=${before}` : ''}${query()}`);
    if (!before) rows.replaceChildren();
    rows.append(...entries.map(e => el('tr', {}, el('td', { class: 'number', text: e.number }), el('td', { text: when(e.at) }), rowHead(e.by), el('td', { text: e.act }), el('td', { class: 'break', text: e.subject }),
      el('td', { class: 'break' }, e.detail, el('details', {}, el('summary', { text: t('admin.audit.hash') }), el('code', { class: 'raw', text: `${e.previousHash} → ${e.hash}` }))))));
    none.hidden = rows.childElementCount > 0;
    more.replaceChildren(...(next === null ? [] : [act(t('admin.more'), () => read(next))]));
  }
  const form = el('form', { class: 'filters', role: 'search', 'aria-label': t('admin.audit.filter'), onsubmit: e => { e.preventDefault(); read().catch(problem => more.replaceChildren(fault(problem))); } },
    filters.map(([name, input]) => field(t(`admin.audit.${name}`), input)), el('button', { type: 'submit', text: t('admin.audit.apply') }));
  const head = el('thead', {}, el('tr', {}, ['number', 'at', 'by', 'act', 'subject', 'detail'].map(k => el('th', { scope: 'col', text: t(`admin.audit.${k}`) }))));
  const node = el('div', { class: 'stack' }, form, el('div', { class: 'wide', role: 'group', tabindex: '0', 'aria-label': t('admin.audit.entries') }, el('table', { class: 'audit' }, head, rows)), none, more);
  return { node, reload: () => read(), around: number => { filters.forEach(([, input]) => { input.value = ''; }); rows.replaceChildren(); return read(number + 3).then(() => rows.closest('.wide').focus()); } };
}

export async function auditPanel() {
  const entries = entryList();
  await entries.reload();
  return [section(t('admin.audit.check'), el('p', { class: 'quiet', text: t('admin.audit.about') }), checkPart(entries)), section(t('admin.audit.entries'), entries.node)];
}
