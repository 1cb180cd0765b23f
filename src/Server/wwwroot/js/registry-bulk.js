// Many identifiers at once (PRODUCT R10): a CSV file goes in, a table comes out, and the same as CSV. What was not reached is said.
import { el, announce } from './dom.js';
import { sendCsv } from './api.js';
import { day, idText } from './words.js';
import { t, commas } from './text.js';

const PATH = '/api/search/bulk', MOST_BYTES = 1 << 20;

export function bulkPanel() {
  const out = el('div', { id: 'bulk-answer' }), fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const complain = text => { fault.textContent = text ?? ''; fault.hidden = !text; };
  const file = el('input', { type: 'file', id: 'bulk-file', accept: '.csv,text/csv,text/plain', onchange: () => ask() });

  async function ask() {
    const chosen = file.files[0];
    complain(null);
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) { complain(t('bulk.tooLarge')); return; }
    out.replaceChildren(el('p', { class: 'quiet', text: t('bulk.looking') }));
    try {
      const text = await chosen.text();
      show(await sendCsv(PATH, text, 'application/json'), text, chosen.name);
    } catch (problem) { out.replaceChildren(); complain(problem.message); }
  }

  function show(answer, text, name) {
    const matched = answer.rows.filter(r => r.match).length, reached = answer.lists.filter(l => l.reachable).length;
    const told = t('bulk.told', { rows: answer.rows.length, matched, conflicts: answer.rows.filter(r => r.conflicts.length).length, listed: answer.rows.filter(r => r.listings.length).length, reached, lists: answer.lists.length });
    out.replaceChildren(
      el('p', { class: 'line' }, el('strong', { text: told }), el('button', { type: 'button', id: 'bulk-csv', text: t('bulk.download'), onclick: () => save(text, name) })),
      el('ul', { class: 'quiet', 'aria-label': t('bulk.lists') }, answer.lists.map(l => el('li', {}, commas(t(l.reachable ? 'bulk.reached' : 'bulk.notReached', { name: l.name }), l.listDate ? t('bulk.version', { day: day(l.listDate) }) : t('bulk.noVersion')), l.note && [' – ', el('span', { said: l.note })]))),
      el('div', { class: 'wide', tabindex: '0' }, el('table', { class: 'bulk' },
        el('thead', {}, el('tr', {}, [t('bulk.row'), t('bulk.asked'), t('bulk.match'), t('bulk.flags'), t('bulk.conflicts'), t('bulk.listings'), t('bulk.note')].map(text => el('th', { scope: 'col', text })))),
        el('tbody', {}, answer.rows.map(row)))),
      el('p', { class: 'note', said: answer.notice }));
    announce(told);
  }

  const texts = rows => (rows.length ? el('ul', {}, rows.map(said => el('li', { said }))) : t('bulk.noneFound'));
  const row = r => el('tr', {}, el('td', { text: r.row }), el('td', {}, el('bdi', { text: r.identifier }), el('small', { text: ` ${r.kind}` })),
    el('td', {}, r.match ? [el('a', { href: `/vessel.html?id=${encodeURIComponent(r.match.vesselId)}`, text: commas(r.match.name ?? t('bulk.noName'), idText(r.match.vesselId)) }), el('small', { text: ` ${r.match.confidence}` })] : t('bulk.noMatch')),
    el('td', {}, r.match ? texts(r.match.flags.map(f => `${f.flag} (${f.source})`)) : ''), el('td', {}, r.match ? texts(r.conflicts) : ''),
    el('td', {}, r.match ? texts(r.listings.map(l => `${l.listName}: ${l.legalAct ?? l.name}${l.current ? '' : ` ${t('bulk.takenOff')}`}, ${l.source}`)) : ''), el('td', { said: r.note ?? '' }));

  async function save(text, name) {
    try {
      const url = URL.createObjectURL(new Blob([await sendCsv(PATH, text, 'text/csv')], { type: 'text/csv' }));
      el('a', { href: url, download: `${t('bulk.answer')}-${name.replace(/\.[^.]*$/, '')}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    } catch (problem) { complain(problem.message); }
  }

  return el('div', {}, el('label', { class: 'field' }, el('span', { text: t('bulk.file') }), file, el('small', { text: t('bulk.fileHint') })), fault, out);
}
