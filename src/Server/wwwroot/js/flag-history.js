// The flag section of the vessel page: the timeline, as known on a day, and the claims of a conflict side by side.
import { el } from './dom.js';
import { get } from './api.js';
import { flagTimeline, flagTable, dates } from './timeline.js';
import { day, minute, flagName, REGISTER, ORIGIN } from './words.js';

const OTHERS = 'the other claim is late, mistaken, or about another ship';

/** What it would mean if the claim holds: an ordinary reading of its kind, never more. */
function implies(claim, value) {
  const flag = flagName(value);
  if (claim.origin === 'broadcast') return `The flag is read from the first digits of her MMSI. If it holds, her radio is licensed by ${flag}; the number can also be an old one, or entered wrongly.`;
  if (claim.status === 'deleted') return `If it holds, she was on the register of ${flag} until ${claim.validTo ? day(claim.validTo) : 'a day not named'}; ${OTHERS}.`;
  if (claim.status === 'neverRegistered' || claim.status === 'certificateNotOurs') return `If it holds, she was not on the register of ${flag} over this time. How the other claim came about is not said.`;
  if (claim.status === 'underCheck') return `The register of ${flag} looks into it. Nothing follows yet.`;
  return `If it holds, she was ${claim.status ? 'on the register of' : 'known under the flag of'} ${flag} over this time; ${OTHERS}.`;
}

function card(claim, value) {
  const fact = (name, text) => text && [el('dt', { text: name }), el('dd', { text })];
  return el('section', { class: 'side', 'aria-label': `${claim.source} says ${flagName(value)}` },
    el('h4', { text: `${flagName(value)}${claim.status ? `: ${REGISTER[claim.status] ?? claim.status}` : ''}` }),
    el('dl', { class: 'fact-list' },
      fact('Said by', `${claim.source} (${ORIGIN[claim.origin] ?? claim.origin})`),
      fact('Holds', `${day(claim.from)} to ${claim.validTo ? day(claim.validTo) : 'open'}`),
      fact('Last said', minute(claim.lastSeen)),
      fact('Document', claim.reference ?? 'none named'),
      fact('Of', [claim.name, claim.imo && `IMO ${claim.imo}`, claim.mmsi && `MMSI ${claim.mmsi}`].filter(Boolean).join(', '))),
    el('p', { text: implies(claim, value) }));
}

function bothSides(span, lane, lanes, claims, close) {
  const values = new Map(lanes.flatMap(l => l.spans).flatMap(s => s.claims.map(id => [id, s.value])));
  // One claim a source and value: the one it said last.
  const side = ids => [...ids.map(id => claims.get(id)).filter(Boolean).sort((a, b) => a.lastSeen.localeCompare(b.lastSeen))
    .reduce((all, c) => all.set(`${c.source} ${values.get(c.id)} ${c.status}`, c), new Map()).values()].map(c => card(c, values.get(c.id) ?? c.flag));
  const title = el('h3', { tabindex: '-1', text: `Conflict: ${lane.source}, ${dates(span).join(' to ')}` });
  const box = el('section', { class: 'both-sides', 'aria-label': 'Claims side by side', onkeydown: e => { if (e.key === 'Escape') close(); } },
    el('div', { class: 'line' }, title, el('button', { type: 'button', class: 'close', 'aria-label': 'Close (Esc)', onclick: close }, '×')),
    el('div', { class: 'sides' }, side(span.claims), side(span.against)),
    el('p', { class: 'quiet', text: 'Sources can disagree for many ordinary reasons. Nothing is decided here between them.' }));
  return { box, title };
}

/** `v` is the vessel's answer; its claims carry who said what, and in which document. */
export function flagHistory(v, nowMs) {
  const claims = new Map(v.claims.map(c => [c.id, c]));
  const drawing = el('div', { class: 'timeline' }), table = el('div'), sides = el('div'), told = el('p', { class: 'timeline-key', role: 'status' });
  const at = el('input', { type: 'date', id: 'known-at', max: day(Math.max(nowMs, Date.now())) });
  at.value = new URLSearchParams(location.search).get('knownAt') ?? '';

  function show(lanes) {
    let from = null;
    const close = () => { sides.replaceChildren(); from?.focus?.(); };
    const open = (span, lane) => {
      from = document.activeElement;
      const { box, title } = bothSides(span, lane, lanes, claims, close);
      sides.replaceChildren(box);
      title.focus();
    };
    drawing.replaceChildren(flagTimeline(lanes, claims, nowMs, open));
    table.replaceChildren(flagTable(lanes, claims, open));
    sides.replaceChildren();
  }

  async function load() {
    const until = at.value ? `&knownAt=${at.value}T23:59:59Z` : '';
    history.replaceState(null, '', `${location.pathname}?id=${encodeURIComponent(v.vesselId)}${at.value ? `&knownAt=${at.value}` : ''}`);
    all.hidden = !at.value;
    try {
      show((await get(`/api/vessels/${encodeURIComponent(v.vesselId)}/timeline?attribute=flag${until}`)).lanes);
      told.textContent = at.value ? `As it was known at the end of ${at.value} UTC: what was learnt later is left out.` : 'All that is known now.';
    } catch (problem) {
      drawing.replaceChildren(el('p', { class: 'fault', role: 'alert', text: `The timeline could not be read: ${problem.message}` }));
    }
  }

  const all = el('button', { type: 'button', hidden: true, onclick: () => { at.value = ''; load(); at.focus(); } }, 'All that is known');
  at.addEventListener('change', load);
  load();
  return [
    el('div', { class: 'known-at' }, el('label', {}, 'As known on ', at), all, told),
    drawing,
    el('p', { class: 'timeline-key', text: 'Fading end: not stated, only seen. Hatched: conflict, open it for both claims. Struck through: denied by that source. ‘No information’ is not ‘no flag’.' }),
    sides,
    el('details', { open: true }, el('summary', { text: 'The same as a table' }), table),
  ];
}
