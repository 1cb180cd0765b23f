// What is kept how long, what is held now, when the next deletion is due, and what was deleted.
import { el } from './dom.js';
import { get } from './api.js';
import { t } from './text.js';
import { table, rowHead, count, bytes, when, section } from './admin-parts.js';

const kept = c => (c.keptDays === null ? t('admin.retention.asStore') : c.thinnedAfterDays ? t('admin.retention.thinned', { n: c.keptDays, full: c.thinnedAfterDays }) : t('admin.retention.days', { n: c.keptDays }));

export async function retentionPanel() {
  const r = await get('/api/retention');
  return [
    section(t('admin.retention.title'), el('p', { class: 'quiet', text: t('admin.retention.about', { store: r.store }) }),
      table(t('admin.retention.title'), ['kind', 'keptFor', 'oldest', 'newest', 'rows', 'bytes'].map(k => t(`admin.retention.${k}`)), r.classes.map(c => [
        rowHead(t(`admin.retention.of.${c.kind}`), c.personal && el('small', { class: 'under', text: t('admin.retention.personal') })), kept(c), when(c.held?.oldest), when(c.held?.newest), count(c.held?.rows), bytes(c.held?.bytes),
      ]), { numeric: [4, 5] })),
    section(t('admin.retention.deletions'), el('p', {}, t('admin.retention.next', { time: r.nextDeletion ? when(r.nextDeletion) : t('admin.unknown') })),
      table(t('admin.retention.deletions'), ['at', 'act', 'detail', 'entry'].map(k => t(`admin.retention.${k}`)), r.deletions.map(d => [when(d.at), d.act, d.detail, d.number]), { numeric: [3], empty: t('admin.retention.noDeletions') })),
    section(t('admin.retention.smallCraft'), el('ul', { class: 'plain' },
      el('li', { text: t('admin.retention.excluded', { m: r.smallCraft.alertsExcludedUnderM }) }), el('li', { text: t('admin.retention.logged', { m: r.smallCraft.underM }) }), el('li', { text: t(r.smallCraft.masked ? 'admin.retention.masked' : 'admin.retention.notMasked') }))),
  ];
}
