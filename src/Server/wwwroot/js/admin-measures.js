// How well what is told holds: by what persons decided here, by the benchmark, and whether it is alike for all flags, types, sizes and waters.
import { el } from './dom.js';
import { get } from './api.js';
import { KIND } from './words.js';
import { t, has } from './text.js';
import { table, rowHead, count, percent, factor, when, section, fault } from './admin-parts.js';
import { reliabilityChart } from './admin-chart.js';

const range = b => `${percent(b.from)} – ${percent(b.to)}`;
const interval = r => (r.share === null ? '–' : el('span', {}, percent(r.share), el('small', { text: ` ${percent(r.low)} – ${percent(r.high)}` })));

function calibration(c) {
  const enough = c.decisions >= c.leastDecisions;
  const words = { title: t('admin.measures.chart'), told: t('admin.measures.told'), confirmed: t('admin.measures.confirmedShare') };
  const points = c.bins.filter(b => b.decided > 0).map(b => ({ told: b.meanTold, share: b.share, low: b.low, high: b.high, enough: b.enough, said: t('admin.measures.point', { n: b.decided, told: percent(b.meanTold), share: percent(b.share) }) }));
  return [
    el('p', { class: enough ? null : 'note' }, enough ? t('admin.measures.error', { n: c.decisions, error: percent(c.calibrationError) }) : t('admin.measures.tooFew', { n: c.decisions, least: c.leastDecisions })),
    el('div', { class: points.length ? 'chart-and-table' : null }, points.length > 0 && reliabilityChart(points, words),
      table(t('admin.measures.calibration'), ['bin', 'decided', 'confirmed', 'share', 'says'].map(k => t(`admin.measures.${k}`)), c.bins.filter(b => b.decided > 0).map(b => [
        rowHead(range(b)), count(b.decided), count(b.confirmed), interval(b), b.enough ? t(b.meanTold >= b.low && b.meanTold <= b.high ? 'admin.measures.holds' : b.meanTold > b.high ? 'admin.measures.tooHigh' : 'admin.measures.tooLow', { told: percent(b.meanTold) }) : t('admin.measures.fewInBin'),
      ]), { numeric: [1, 2], empty: t('admin.measures.noDecisions') })),
    el('p', { class: 'quiet', text: t('admin.measures.calibrationLimits') }),
  ];
}

function rate(r, ofAll) {
  if (ofAll) return [interval(r), el('small', { class: 'under', text: t('admin.measures.ofN', { part: count(r.part), whole: count(r.whole) }) })];
  return [interval(r), el('small', { class: 'under', text: t('admin.measures.ofN', { part: count(r.part), whole: count(r.whole) }) }),
    r.ratio === null ? r.whole > 0 && el('small', { class: 'under', text: t('admin.measures.few') }) : el('div', { class: r.differs ? 'mark differs' : 'quiet', text: t(r.differs ? 'admin.measures.ratioDiffers' : 'admin.measures.ratio', { ratio: factor(r.ratio) }) })];
}

function parity(p) {
  return [
    el('p', { class: 'quiet', text: t('admin.measures.parityLimits', { least: p.leastCases }) }),
    p.tables.map(d => el('details', { open: d.rows.length <= 6 }, el('summary', { text: t('admin.measures.by', { what: t(`admin.measures.dimension.${d.dimension}`), n: d.rows.length }) }),
      table(t(`admin.measures.dimension.${d.dimension}`), [t(`admin.measures.dimension.${d.dimension}`), ...['raised', 'confirmedShort', 'dismissed'].map(k => t(`admin.measures.${k}`))], [d.all, ...d.rows].map((r, i) => [
        rowHead(i === 0 ? t('admin.measures.all') : groupName(r.group)), rate(r.raised, i === 0), rate(r.confirmed, i === 0), rate(r.dismissed, i === 0),
      ]), { empty: t('admin.measures.noFindings') }))),
  ];
}

const groupName = group => (has(`admin.measures.group.${group}`) ? t(`admin.measures.group.${group}`) : group);

// How people decided beside the machine (GET /api/decisions/summary); where that is not kept, what the cases alone tell.
function agreement(summary, parityOf) {
  const all = parityOf.tables[0]?.all;
  const shown = r => (r.isEnough ? interval({ share: r.share, low: r.leastShare, high: r.mostShare }) : t('admin.measures.fewInBin'));
  const rows = summary
    ? ['agreedSeeing', 'agreedBlind', 'changedMind', 'quick'].map(key => [rowHead(t(`admin.measures.summary.${key}`, { seconds: summary.quickSeconds })), shown(summary[key]), t('admin.measures.ofN', { part: count(summary[key].yes), whole: count(summary[key].of) })])
    : all ? [[rowHead(t('admin.measures.agree')), interval(all.confirmed), t('admin.measures.ofN', { part: count(all.confirmed.part), whole: count(all.confirmed.whole) })]] : [];
  return [table(t('admin.measures.agreement'), ['measure', 'share', 'cases'].map(k => t(`admin.measures.${k}`)), rows, { empty: t('admin.measures.noDecisions') }),
    summary?.medianSeconds !== null && summary?.medianSeconds !== undefined && el('p', { text: t('admin.measures.median', { seconds: count(Math.round(summary.medianSeconds)) }) }),
    el('p', { class: 'quiet', text: t('admin.measures.agreementLimits') })];
}

function bench(parts) {
  if (parts.length === 0) return [el('p', { class: 'quiet', text: t('admin.bench.none') }), el('p', {}, el('code', { text: 'dotnet run --project src/Server -- bench --out data/bench' }))];
  return parts.map(({ page: p, shipped }) => el('article', { class: 'card', 'aria-label': t(`admin.bench.part.${p.part}`) },
    el('h4', { text: t(`admin.bench.part.${p.part}`) }),
    el('p', { class: 'quiet', text: t(shipped ? 'admin.bench.shipped' : 'admin.bench.own', { time: when(p.madeAt), seed: p.seed, model: p.model, what: p.what }) + (p.fast ? ` ${t('admin.bench.fast')}` : '') }),
    table(t('admin.bench.demands'), ['what', 'wanted', 'found', 'met'].map(k => t(`admin.bench.${k}`)), p.demands.map(d => [rowHead(d.what), d.wanted, d.found, el('span', { class: d.met ? null : 'mark differs', text: t(d.met ? 'admin.bench.yes' : 'admin.bench.no') })])),
    p.reliability.length > 0 && el('div', { class: 'chart-and-table' },
      reliabilityChart(p.reliability.filter(b => b.cases > 0).map(b => ({ told: b.meanSaid, share: b.wasSo, low: null, high: null, enough: b.cases >= 20, said: t('admin.measures.point', { n: b.cases, told: percent(b.meanSaid), share: percent(b.wasSo) }) })), { title: t('admin.bench.chart'), told: t('admin.measures.told'), confirmed: t('admin.bench.wasSo') }),
      table(t('admin.bench.chart'), [t('admin.measures.bin'), t('admin.bench.silences'), t('admin.bench.meanSaid'), t('admin.bench.wasSo')], p.reliability.map(b => [rowHead(range(b)), count(b.cases), percent(b.meanSaid), percent(b.wasSo)]), { numeric: [1, 2, 3] })),
    p.groups.length > 0 && el('details', {}, el('summary', { text: t('admin.bench.groups', { n: p.groups.length }) }), table(t('admin.bench.groups', { n: p.groups.length }), ['group', 'size', 'rate', 'ratioOf'].map(k => t(`admin.bench.${k}`)),
      p.groups.map(g => [rowHead(g.group), `${count(g.size)} ${g.sizeUnit}`, g.rate === null ? '–' : `${g.rate.toFixed(4)} ${g.rateUnit}`, g.ratio === null ? t('admin.measures.few') : factor(g.ratio)]))),
    el('details', {}, el('summary', { text: t('admin.bench.figures', { n: p.figures.length }) }), table(t('admin.bench.figures', { n: p.figures.length }), ['figure', 'scorer', 'value'].map(k => t(`admin.bench.${k}`)),
      p.figures.map(f => [rowHead(f.name), f.scorer, f.value === null ? '–' : f.low === null ? f.value.toFixed(3) : `${f.value.toFixed(3)} [${f.low.toFixed(3)}, ${f.high.toFixed(3)}]`])))));
}

export async function measuresPanel() {
  const place = el('div', { class: 'stack' });
  const kind = el('select', { name: 'kind', 'aria-label': t('admin.measures.kind') }, el('option', { value: '', text: t('admin.measures.everyKind') }), Object.keys(KIND).map(k => el('option', { value: k, text: KIND[k] })));
  kind.value = 'silence';
  async function read() {
    const of = kind.value ? `?kind=${kind.value}` : '';
    const [c, p, b, s] = await Promise.all([get(`/api/decisions/calibration${of}`), get(`/api/decisions/parity${of}`), get('/api/bench'), get('/api/decisions/summary').catch(() => null)]);
    place.replaceChildren(
      section(t('admin.measures.calibration'), calibration(c)), section(t('admin.measures.parity'), parity(p)), section(t('admin.measures.agreement'), agreement(s, p)),
      section(t('admin.bench.title'), el('p', { class: 'quiet', text: t('admin.bench.about') }), el('div', { class: 'cards' }, bench(b.parts))));
  }
  kind.addEventListener('change', () => read().catch(problem => place.replaceChildren(fault(problem))));
  await read();
  return [el('div', { class: 'filters' }, el('label', { class: 'field' }, el('span', { text: t('admin.measures.kind') }), kind)), place];
}
