// One box for IMO number, MMSI, name, call sign or an old name; says on which field and period it matched.
import { el, byId } from './dom.js';
import { get } from './api.js';
import { ITEM, shipName } from './words.js';
import { t, dots, commas } from './text.js';

const WAIT_MS = 180;

// former name NORDIC STAR, 2019-03 to 2021-06, with one letter corrected
function foundBy(r) {
  const [, former, item] = r.matchedOn.match(/^(former )?(.*)$/), digits = /number|MMSI/.test(item), field = ITEM[item] ?? item;
  const corrected = r.corrected === 1 ? t(digits ? 'search.oneDigit' : 'search.oneLetter') : r.corrected === 2 ? t(digits ? 'search.twoDigits' : 'search.twoLetters') : null;
  return commas(t(former ? 'search.former' : 'search.current', { field, text: r.matchedText }), t('search.period', { from: r.period.from.slice(0, 7), to: r.period.to.slice(0, 7) }), corrected);
}

export function openSearch(choose) {
  const box = byId('search'), list = byId('search-results');
  let timer, asked = 0, at = -1;
  const close = () => { list.hidden = true; at = -1; box.setAttribute('aria-expanded', 'false'); box.removeAttribute('aria-activedescendant'); };
  const options = () => [...list.querySelectorAll('[role=option]')];
  const mark = i => {
    const all = options();
    at = all.length ? (i + all.length) % all.length : -1;
    all.forEach((o, k) => o.setAttribute('aria-selected', String(k === at)));
    if (at >= 0) { box.setAttribute('aria-activedescendant', all[at].id); all[at].scrollIntoView({ block: 'nearest' }); }
  };
  const pick = r => { close(); box.value = ''; box.blur(); choose(r); };

  async function ask() {
    const q = box.value.trim(), mine = ++asked;
    if (q.length < 2) { close(); return; }
    let answer;
    try { answer = await get(`/api/search?q=${encodeURIComponent(q)}`); } catch (problem) { answer = { results: [], note: problem.message }; }
    if (mine !== asked) return;
    const rows = answer.results.map((r, i) => el('li', { role: 'option', id: `found-${i}`, 'aria-selected': 'false', onpointerdown: e => { e.preventDefault(); pick(r); } },
      el('strong', { own: shipName(r.name, r.mmsi) }),
      el('span', { text: dots(r.imo && `IMO ${r.imo}`, r.mmsi && `MMSI ${r.mmsi}`, r.callSign) }),
      el('small', { text: foundBy(r) })));
    if (answer.note) rows.unshift(el('li', { class: 'search-note', said: answer.note }));
    if (!rows.length) rows.push(el('li', { class: 'search-note', text: t('search.none') }));
    list.replaceChildren(...rows);
    list.found = answer.results;
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    if (answer.results.length) mark(0);
  }

  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', e => {
    if (e.key === 'ArrowDown') { e.preventDefault(); mark(at + 1); }
    else if (e.key === 'ArrowUp') { e.preventDefault(); mark(at - 1); }
    else if (e.key === 'Enter' && at >= 0 && !list.hidden) { e.preventDefault(); pick(list.found[at]); }
    else if (e.key === 'Escape') { e.stopPropagation(); close(); box.blur(); }
  });
}
