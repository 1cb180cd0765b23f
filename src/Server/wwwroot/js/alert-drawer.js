// The drawer for one alert, in fixed order: sentence, confidence, for and against, innocent causes, what to check,
// decision bar, then the tabs. Nothing is said that the evidence does not say.
import { el, byId } from './dom.js';
import { t } from './text.js';
import { KIND, CLASS, BAND, STATE, ACT, REASON, minute, span, subject, position } from './words.js';
import { decisionBar } from './decision.js';
import { trackPanel, identityPanel, tabs } from './vessel-panels.js';

const FIRST_REASONS = 3;
const BAND_TEXT = {
  high: 'likely unexplained', medium: 'possibly unexplained', low: 'probably has an ordinary cause', cannotTell: 'the data do not decide it',
};

/** Strength of one term as one to three marks: below 1 nat (odds x 2.7) weak, below 2 clear, else strong. */
function strength(nats) {
  const level = Math.abs(nats) < 1 ? 1 : Math.abs(nats) < 2 ? 2 : 3;
  const word = ['', 'weak', 'clear', 'strong'][level];
  return el('span', { class: 'marks', role: 'img', 'aria-label': `strength: ${word}`, title: word },
    [1, 2, 3].map(n => el('i', { class: n <= level ? 'on' : '' })));
}

const ordered = terms => [...terms].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats));

function column(id, title, terms, none) {
  const more = terms.length - FIRST_REASONS;
  return el('section', { id, 'aria-label': title },
    el('h3', { text: title }),
    terms.length
      ? el('ul', {}, ordered(terms).slice(0, FIRST_REASONS).map(t => el('li', {}, strength(t.nats), el('span', { text: t.text }))))
      : el('p', { class: 'quiet', text: none }),
    more > 0 && el('p', { class: 'quiet', text: `and ${more} more under Evidence` }));
}

function confidence(f) {
  const band = BAND[f.band];
  return el('div', { class: `confidence band-${f.band}` },
    el('span', { class: 'meter', 'aria-hidden': 'true' }, [1, 2, 3].map(n => el('i', { class: n <= band.level ? 'on' : '' }))),
    el('strong', { text: band.word }), el('span', { text: ` – ${BAND_TEXT[f.band]}` }),
    el('small', { text: 'Not calibrated yet: provisional.' }));
}

function causes(list) {
  return el('section', { class: 'block', 'aria-label': 'Innocent causes' },
    el('h3', { text: 'Innocent causes' }),
    list.length === 0 && el('p', { class: 'quiet', text: 'None was tested. This alert cannot be released.' }),
    el('dl', { class: 'causes' }, list.map(c => [
      el('dt', { text: c.name }),
      el('dd', {}, el('span', { class: c.tested ? 'tested' : 'untested', text: c.tested ? 'tested' : 'not testable' }), ` ${c.result}`),
    ])));
}

function termCell(t) {
  return el('div', {}, t.text, el('small', { text: `${t.name} · family ${t.family}` }),
    t.references.length > 0 && el('details', {}, el('summary', { text: `${t.references.length} records` }),
      el('ul', { class: 'references' }, t.references.map(r => el('li', { text: r })))));
}

function evidencePanel(f) {
  const number = v => (v >= 0 ? '+' : '−') + Math.abs(v).toFixed(2);
  const row = (label, nats, extra = {}) => el('tr', extra, el('td', {}, label), el('td', { class: 'number', text: number(nats) }));
  return el('div', {},
    el('p', { class: 'quiet', text: 'Weights are natural logarithms of likelihood ratios (nats). Plus speaks for the finding, minus against it. The prior never depends on flag, nationality, owner or crew.' }),
    el('table', { class: 'terms' },
      el('thead', {}, el('tr', {}, el('th', { text: 'Term' }), el('th', { class: 'number', text: 'nats' }))),
      el('tbody', {},
        row('Prior, before any evidence', f.priorNats),
        ordered(f.evidence).map(t => row(termCell(t), t.nats))),
      el('tfoot', {}, row('Sum', f.scoreNats))),
    el('p', { class: 'quiet', text: `Model ${f.modelVersion}, data up to ${minute(f.asOf)}.` }));
}

function historyPanel(a) {
  const events = a.case.history.map(h => ({ at: h.at, by: h.by, what: ACT[h.act] ?? h.act, note: [h.reason && REASON[h.reason], h.note].filter(Boolean).join(': ') }));
  const item = (h, extra) => el('li', {}, el('strong', { text: h.what }), ` by ${h.by}`, el('time', { text: minute(h.at) }), h.note && el('p', { text: h.note }), extra);
  return el('div', { class: 'history' },
    el('h3', { text: 'Case' }), el('ol', {}, events.map(h => item(h))),
    el('h3', { text: 'Revisions of the finding' }),
    el('ol', {}, a.revisions.map((r, i) => el('li', { class: i < a.revisions.length - 1 ? 'superseded' : '' },
      el('strong', { text: `Revision ${r.revision}` }), el('time', { text: minute(r.savedAt) }),
      el('p', { text: r.sentence }), el('small', { text: `${CLASS[r.class] ?? r.class} · ${revisionSpan(r)}` })))),
    el('h3', { text: 'Mails' }),
    a.mails.length === 0 ? el('p', { class: 'quiet', text: 'None sent. Mail goes out only when a person releases the alert.' })
      : el('ul', {}, a.mails.map(m => el('li', {}, el('strong', { text: m.recipient }), ` ${m.state}`, m.lastError && el('p', { class: 'fault', text: m.lastError })))));
}

const revisionSpan = r => (r.endTime ? `lasted ${span(Date.parse(r.endTime) - Date.parse(r.startTime))}` : `open since ${minute(r.startTime)}`);

/** Fills the drawer with one alert. `changed` is called with the server's new answer after a decision. */
export function showAlert(a, vessel, { changed, close, nowMs }) {
  const f = a.finding, drawer = byId('drawer');
  const forTerms = f.evidence.filter(t => t.nats > 0), againstTerms = f.evidence.filter(t => t.nats < 0);
  const last = a.revisions.at(-1), before = a.revisions.at(-2);
  const body = el('div', { class: 'drawer-body' },
    el('h2', { id: 'drawer-title', tabindex: '-1', text: subject(f.kind, a.vesselName, f.mmsi) }),
    el('p', { class: 'facts' }, [a.flagText ?? (f.kind === 'interference' ? 'An area, not one ship' : 'Flag not known'), f.mmsi && `MMSI ${f.mmsi}`, f.imo && `IMO ${f.imo}`].filter(Boolean).join(' · ')),
    el('p', { class: 'sentence', text: f.sentence }),
    el('p', { class: 'facts', text: [a.placeText, f.start && position(f.start.latDeg, f.start.lonDeg)].filter(Boolean).join(' · ') }),
    a.case.rules.length > 0 && el('p', { class: 'facts rule-names' }, `${t(f.alert ? 'rule-marks.met' : 'rule-marks.raisedBy')} `, a.case.rules.map((r, i) => [i > 0 && ', ', el('a', { href: `/rules.html#rule=${encodeURIComponent(r.id)}`, text: r.name })])),
    a.case.state === 'withdrawn' && el('p', { class: 'note strong', text: `Withdrawn: new data took the ground away. ${last?.sentence ?? ''}` }),
    before && a.case.state !== 'withdrawn' && before.endTime !== last.endTime && el('p', { class: 'note' }, el('strong', { text: `Revision ${last.revision}: ` }), `${revisionSpan(last)}; before: ${revisionSpan(before)}.`),
    confidence(f),
    el('div', { class: 'for-against' },
      column('for', 'For', forTerms, 'Nothing speaks for it.'),
      column('against', 'Against', againstTerms, 'Nothing found against it. That is not proof.')),
    el('section', { class: 'block', 'aria-label': 'What to check' }, el('h3', { text: 'What to check, welfare first' }),
      el('ol', { class: 'checks' }, f.whatToCheck.map(t => el('li', { text: t })))),
    causes(f.innocentCauses),
    tabs('alert', [
      ['Track', () => trackPanel(vessel, f, nowMs())],
      ['Identity', () => identityPanel(vessel)],
      ['Evidence', () => evidencePanel(f)],
      ['History', () => historyPanel(a)],
    ]),
    el('p', { class: 'quiet fine', text: 'An indicator with its sources, not a statement about anybody’s conduct. A person decides.' }));
  const top = byId('drawer-content').querySelector('.drawer-body')?.scrollTop ?? 0;
  const same = drawer.dataset.caseId === a.caseId;
  drawer.dataset.caseId = a.caseId;
  byId('drawer-content').replaceChildren(
    el('div', { class: 'drawer-head' },
      el('span', { text: `${KIND[f.kind] ?? f.kind} · ${CLASS[f.class] ?? f.class}` }),
      el('span', { class: `state state-${a.case.state}`, text: STATE[a.case.state] }),
      el('button', { class: 'close', type: 'button', 'aria-label': 'Close (Esc)', title: 'Close (Esc)', onclick: close }, '×')),
    body, decisionBar(a, changed));
  drawer.hidden = false;
  if (same) body.scrollTop = top;
}
