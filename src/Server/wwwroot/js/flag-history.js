// The flag section of the vessel page: the timeline, as known on a day, and the claims of a conflict side by side.
import { el } from './dom.js';
import { get } from './api.js';
import { flagTimeline, flagTable, dates } from './timeline.js';
import { day, minute, flagName, REGISTER, ORIGIN } from './words.js';
import { t, commas } from './text.js';

const OTHERS = t('flags.others');

/** What it would mean if the claim holds: an ordinary reading of its kind, never more. */
function implies(claim, value) {
  const flag = flagName(value);
  if (claim.origin === 'broadcast') return t('flags.impliesMid', { flag });
  if (claim.status === 'deleted') return t('flags.impliesDeleted', { flag, day: claim.validTo ? day(claim.validTo) : t('flags.dayUnknown'), others: OTHERS });
  if (claim.status === 'neverRegistered' || claim.status === 'certificateNotOurs') return t('flags.impliesNot', { flag });
  if (claim.status === 'underCheck') return t('flags.impliesCheck', { flag });
  return t(claim.status ? 'flags.impliesOn' : 'flags.impliesKnown', { flag, others: OTHERS });
}

function card(claim, value) {
  const fact = (name, text) => text && [el('dt', { text: name }), el('dd', { own: text })];
  return el('section', { class: 'side', 'aria-label': t('flags.says', { source: claim.source, flag: flagName(value) }) },
    el('h4', { text: `${flagName(value)}${claim.status ? `: ${REGISTER[claim.status] ?? claim.status}` : ''}` }),
    el('dl', { class: 'fact-list' },
      fact(t('flags.saidBy'), `${claim.source} (${ORIGIN[claim.origin] ?? claim.origin})`),
      fact(t('flags.holds'), t('flags.fromTo', { from: day(claim.from), to: claim.validTo ? day(claim.validTo) : t('flags.open') })),
      fact(t('flags.lastSaid'), minute(claim.lastSeen)),
      fact(t('flags.document'), claim.reference ?? t('flags.noDocument')),
      fact(t('flags.of'), commas(claim.name, claim.imo && `IMO ${claim.imo}`, claim.mmsi && `MMSI ${claim.mmsi}`))),
    el('p', { text: implies(claim, value) }));
}

function bothSides(span, lane, lanes, claims, close) {
  const values = new Map(lanes.flatMap(l => l.spans).flatMap(s => s.claims.map(id => [id, s.value])));
  // One claim a source and value: the one it said last.
  const side = ids => [...ids.map(id => claims.get(id)).filter(Boolean).sort((a, b) => a.lastSeen.localeCompare(b.lastSeen))
    .reduce((all, c) => all.set(`${c.source} ${values.get(c.id)} ${c.status}`, c), new Map()).values()].map(c => card(c, values.get(c.id) ?? c.flag));
  const title = el('h3', { tabindex: '-1', text: t('flags.conflictTitle', { source: lane.source, from: dates(span)[0], to: dates(span)[1] }) });
  const box = el('section', { class: 'both-sides', 'aria-label': t('flags.sides'), onkeydown: e => { if (e.key === 'Escape') close(); } },
    el('div', { class: 'line' }, title, el('button', { type: 'button', class: 'close', 'aria-label': t('common.close'), onclick: close }, '×')),
    el('div', { class: 'sides' }, side(span.claims), side(span.against)),
    el('p', { class: 'quiet', text: t('flags.undecided') }));
  return { box, title };
}

/** `v` is the vessel's answer; its claims carry who said what, and in which document. */
export function flagHistory(v, nowMs) {
  const claims = new Map(v.claims.map(c => [c.id, c]));
  const drawing = el('div', { class: 'timeline', tabindex: '0', role: 'region', 'aria-label': t('flags.drawing') }), table = el('div'), sides = el('div'), told = el('p', { class: 'timeline-key', role: 'status' });
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
      told.textContent = at.value ? t('flags.asKnown', { day: at.value }) : t('flags.allNow');
    } catch (problem) {
      drawing.replaceChildren(el('p', { class: 'fault', role: 'alert', text: t('flags.unread', { problem: problem.message }) }));
    }
  }

  const all = el('button', { type: 'button', hidden: true, onclick: () => { at.value = ''; load(); at.focus(); } }, t('flags.all'));
  at.addEventListener('change', load);
  load();
  return [
    el('div', { class: 'known-at' }, el('label', {}, `${t('flags.knownOn')} `, at), all, told),
    drawing,
    el('p', { class: 'timeline-key', text: t('flags.key') }),
    sides,
    el('details', { open: true }, el('summary', { text: t('flags.table') }), table),
  ];
}
