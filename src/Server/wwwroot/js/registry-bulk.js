// Many identifiers at once (PRODUCT R10): a CSV file goes in, a table comes out, and the same as CSV. What was not reached is said.
import { el, announce } from './dom.js';
import { sendCsv } from './api.js';
import { day, idText } from './words.js';

const PATH = '/api/search/bulk', MOST_BYTES = 1 << 20;

export function bulkPanel() {
  const out = el('div', { id: 'bulk-answer' }), fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const complain = text => { fault.textContent = text ?? ''; fault.hidden = !text; };
  const file = el('input', { type: 'file', id: 'bulk-file', accept: '.csv,text/csv,text/plain', onchange: () => ask() });

  async function ask() {
    const chosen = file.files[0];
    complain(null);
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) { complain('The file is larger than 1 MB. Send the rows in parts.'); return; }
    out.replaceChildren(el('p', { class: 'quiet', text: 'Looking up…' }));
    try {
      const text = await chosen.text();
      show(await sendCsv(PATH, text, 'application/json'), text, chosen.name);
    } catch (problem) { out.replaceChildren(); complain(problem.message); }
  }

  function show(answer, text, name) {
    const matched = answer.rows.filter(r => r.match).length, reached = answer.lists.filter(l => l.reachable).length;
    const told = `${answer.rows.length} rows: ${matched} with a match, ${answer.rows.filter(r => r.conflicts.length).length} with conflicts, ${answer.rows.filter(r => r.listings.length).length} on a list. ${reached} of ${answer.lists.length} registers and lists reached.`;
    out.replaceChildren(
      el('p', { class: 'line' }, el('strong', { text: told }), el('button', { type: 'button', id: 'bulk-csv', text: 'Download the answer as CSV', onclick: () => save(text, name) })),
      el('ul', { class: 'quiet', 'aria-label': 'Registers and lists' }, answer.lists.map(l => el('li', { text: `${l.reachable ? 'reached' : 'NOT reached'}: ${l.name}, ${l.listDate ? `version of ${day(l.listDate)}` : 'no version held'}${l.note ? ` – ${l.note}` : ''}` }))),
      el('div', { class: 'wide' }, el('table', { class: 'bulk' },
        el('thead', {}, el('tr', {}, ['Row', 'Asked', 'Match', 'Flags claimed', 'Conflicts', 'Listings', 'Note'].map(t => el('th', { scope: 'col', text: t })))),
        el('tbody', {}, answer.rows.map(row)))),
      el('p', { class: 'note', text: answer.notice }));
    announce(told);
  }

  const texts = rows => (rows.length ? el('ul', {}, rows.map(text => el('li', { text }))) : 'none found');
  const row = r => el('tr', {}, el('td', { text: r.row }), el('td', {}, r.identifier, el('small', { text: ` ${r.kind}` })),
    el('td', {}, r.match ? [el('a', { href: `/vessel.html?id=${encodeURIComponent(r.match.vesselId)}`, text: `${r.match.name ?? 'name not known'}, ${idText(r.match.vesselId)}` }), el('small', { text: ` ${r.match.confidence}` })] : 'no match'),
    el('td', {}, r.match ? texts(r.match.flags.map(f => `${f.flag} (${f.source})`)) : ''), el('td', {}, r.match ? texts(r.conflicts) : ''),
    el('td', {}, r.match ? texts(r.listings.map(l => `${l.listName}: ${l.legalAct ?? l.name}${l.current ? '' : ' (taken off)'}, ${l.source}`)) : ''), el('td', { text: r.note ?? '' }));

  async function save(text, name) {
    try {
      const url = URL.createObjectURL(new Blob([await sendCsv(PATH, text, 'text/csv')], { type: 'text/csv' }));
      el('a', { href: url, download: `answer-${name.replace(/\.[^.]*$/, '')}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    } catch (problem) { complain(problem.message); }
  }

  return el('div', {}, el('label', { class: 'field' }, el('span', { text: 'CSV file of up to 1,000 rows' }), file, el('small', { text: 'Columns imo, mmsi, name, callSign; or one column, whose kind is guessed.' })), fault, out);
}
