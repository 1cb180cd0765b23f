// What runs by itself: when it last ran, when it runs next, and in words why it failed.
import { el } from './dom.js';
import { get } from './api.js';
import { t, has } from './text.js';
import { table, rowHead, count, when, section } from './admin-parts.js';

const ASK_AGAIN_MS = 5000;
const what = name => { const key = `admin.jobs.what.${name.startsWith('register ') ? 'register' : name.replaceAll(' ', '-')}`; return has(key) ? t(key) : ''; };
const stateOf = s => (s && has(`admin.jobs.state.${s}`) ? t(`admin.jobs.state.${s}`) : s ?? t('admin.jobs.never'));

function shown(j) {
  return [
    j.worksHere ? null : el('p', { class: 'note', text: t('admin.jobs.elsewhere') }),
    table(t('admin.jobs.title'), ['name', 'last', 'took', 'next', 'state'].map(k => t(`admin.jobs.${k}`)), j.jobs.map(r => [
      rowHead(r.name, el('small', { class: 'under', text: what(r.name) })), when(r.lastRun), r.tookMs === null ? '–' : `${count(r.tookMs)} ms`, when(r.nextRun),
      [el('div', { class: r.state === 'failed' ? 'mark out' : null, text: stateOf(r.state) }), r.error && el('div', { text: r.error }), r.error && r.failedAt && el('small', { text: when(r.failedAt) })],
    ]), { numeric: [2], empty: t('admin.jobs.none') }),
    el('p', { class: 'quiet', text: t('admin.jobs.counts', { waiting: count(j.waiting), underWay: count(j.underWay), failed: count(j.failed), servers: count(j.servers) }) }),
  ].filter(Boolean);
}

export async function jobsPanel() {
  const place = el('div', { class: 'stack' });
  const read = async () => place.replaceChildren(...shown(await get('/api/jobs')));
  await read();
  // As long as the tab is open; a person who reads a row with the keyboard keeps her place.
  const timer = setInterval(() => { if (!place.isConnected) clearInterval(timer); else if (!place.contains(document.activeElement)) read().catch(() => {}); }, ASK_AGAIN_MS);
  return section(t('admin.jobs.title'), el('p', { class: 'quiet' }, `${t('admin.jobs.about')} `, el('a', { href: '/jobs', text: t('admin.jobs.dashboard') })), place);
}
