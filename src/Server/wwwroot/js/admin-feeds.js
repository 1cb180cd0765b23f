// Feeds with their cards, counts and refused lines; registers and lists with their versions. Read only: they are configured in the settings.
import { el } from './dom.js';
import { get } from './api.js';
import { minute, span } from './words.js';
import { t, has } from './text.js';
import { table, rowHead, count, percent, when, section, act, fault } from './admin-parts.js';

const PAGE = 25;
const state = name => (has(`admin.feeds.state.${name}`) ? t(`admin.feeds.state.${name}`) : name);
const facts = pairs => el('dl', { class: 'fact-list wide-facts' }, pairs.filter(p => p[1] !== null && p[1] !== undefined && p[1] !== '').map(([name, value]) => [el('dt', { text: name }), el('dd', {}, value)]));

function sums(h) {
  // The counts prove themselves: what does not add up would be a fault of ours.
  const whole = h.accepted + h.duplicates + h.rejected === h.lines;
  return el('p', { class: whole ? 'quiet' : 'note', text: t(whole ? 'admin.feeds.sum' : 'admin.feeds.sumWrong', { lines: count(h.lines), accepted: count(h.accepted), duplicates: count(h.duplicates), rejected: count(h.rejected), lost: count(h.lost) }) });
}

function rejections(feed, reasons) {
  const rows = el('div', {}), more = el('div', {});
  async function read(next) {
    const { rejections: page, next: following } = await get(next ?? `/api/rejections?feed=${encodeURIComponent(feed)}&limit=${PAGE}`);
    rows.append(table(t('admin.feeds.refused'), ['reason', 'place', 'field', 'raw'].map(k => t(`admin.feeds.${k}`)),
      page.map(r => [rowHead(r.reason), `${r.source}, ${r.place}`, [r.field ?? '–', r.value && el('small', { text: ` ${r.value}` })], r.raw ? el('code', { class: 'raw', text: r.raw }) : '–']), { empty: t('admin.feeds.noneHeld') }));
    more.replaceChildren(...(following === null ? [] : [act(t('admin.more'), () => read(following))]));
  }
  const counts = Object.entries(reasons ?? {}).sort((a, b) => b[1] - a[1]);
  const box = el('details', {}, el('summary', { text: t('admin.feeds.refusedN', { n: counts.reduce((sum, c) => sum + c[1], 0), count: count(counts.reduce((sum, c) => sum + c[1], 0)) }) }),
    counts.length > 0 && el('ul', { class: 'reasons' }, counts.map(([reason, n]) => el('li', {}, reason, ' ', el('strong', { text: count(n) })))), rows, more);
  box.addEventListener('toggle', async () => { if (box.open && !rows.childElementCount) { try { await read(null); } catch (problem) { rows.append(fault(problem)); } } });
  return box;
}

function feed(f) {
  const h = f.health, c = f.card, stations = f.stations ? Object.keys(f.stations) : [];
  return el('article', { class: 'card', 'aria-label': h.name },
    el('div', { class: 'line' }, el('h4', { text: h.name }), el('span', { class: `state feed-${h.state}`, text: state(h.state) }), h.reason && el('span', { class: 'where', text: h.reason })),
    facts([
      [t('admin.feeds.source'), f.source && el('code', { text: f.source })], [t('admin.feeds.publisher'), c?.publisher], [t('admin.feeds.licence'), c?.licence], [t('admin.feeds.frequency'), c?.frequency], [t('admin.feeds.formats'), c?.formats?.join('; ')],
      [t('admin.feeds.last'), when(h.lastMessageAt)], [t('admin.feeds.rate'), h.messagesPerMinute === null ? null : t('admin.feeds.rateIs', { rate: count(Math.round(h.messagesPerMinute)), usual: h.usualPerMinute === null ? t('admin.unknown') : count(Math.round(h.usualPerMinute)) })],
      [t('admin.feeds.share'), percent(h.rejectedShare)], [t('admin.feeds.stations'), t('admin.feeds.stationsAre', { known: count(h.stationsKnown), lately: count(h.stationsLately), cells: count(h.cells) })], [t('admin.feeds.outage'), h.outage],
    ]),
    sums(h),
    f.doubts?.length > 0 && el('details', {}, el('summary', { text: t('admin.feeds.doubtsN', { n: f.doubts.length }) }), el('ul', {}, f.doubts.map(d => el('li', { text: `${minute(d.from)} – ${d.to ? minute(d.to) : t('admin.feeds.goesOn')}${d.to ? ` (${span(Date.parse(d.to) - Date.parse(d.from))})` : ''}` })))),
    stations.length > 0 && el('details', {}, el('summary', { text: t('admin.feeds.stationsN', { n: h.stationsKnown }) }), el('p', { class: 'quiet', text: (Array.isArray(f.stations) ? f.stations : stations).map(s => (typeof s === 'string' ? s : s.name ?? s.id ?? JSON.stringify(s))).join(', ') })),
    c?.knownDirtyValues && el('details', {}, el('summary', { text: t('admin.feeds.dirty') }), el('ul', { class: 'plain' }, c.knownDirtyValues.map(d => el('li', { text: d })))),
    rejections(h.name, f.rejected));
}

function registers(rows) {
  return table(t('admin.feeds.registers'), ['name', 'publisher', 'licence', 'version', 'records', 'refusedShort', 'reach'].map(k => t(`admin.feeds.${k}`)), rows.map(r => [
    rowHead(r.name), r.publisher, r.licence, r.listDate ? r.listDate.slice(0, 10) : t('admin.feeds.noVersion'), count(r.records), count(r.rejected),
    r.reachable ? t('admin.feeds.reached') : el('span', {}, el('span', { class: 'mark out', text: t('admin.feeds.notReached') }), ' ', r.note ?? ''),
  ]), { numeric: [4, 5], empty: t('admin.feeds.noRegisters') });
}

export async function feedsPanel() {
  const [{ feeds }, lists] = await Promise.all([get('/api/feeds'), get('/api/registers')]);
  return [
    section(t('admin.feeds.title'), el('p', { class: 'quiet' }, `${t('admin.feeds.about')} `, el('code', { text: 'Feeds:0:Source' }), '. ', t('admin.feeds.how')),
      el('div', { class: 'cards' }, feeds.length ? feeds.map(feed) : el('p', { class: 'quiet', text: t('admin.feeds.none') }))),
    section(t('admin.feeds.registers'), registers(lists.registers), lists.registers.filter(r => r.rejected > 0).map(r => el('div', {}, el('h4', { text: r.name }), rejections(`register ${r.name}`, null)))),
  ];
}
