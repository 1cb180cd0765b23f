// The drawer for one alert, in fixed order: sentence, confidence, for and against, innocent causes, what to check,
// decision bar, then the tabs. Nothing is said that the evidence does not say.
import { el, byId } from './dom.js';
import { KIND, CLASS, BAND, STATE, ACT, REASON, minute, span, subject, position } from './words.js';
import { t, dots } from './text.js';
import { decisionBar } from './decision.js';
import { trackPanel, identityPanel, tabs } from './vessel-panels.js';

const FIRST_REASONS = 3;
const BAND_TEXT = {
  high: t('alert.bandHigh'), medium: t('alert.bandMedium'), low: t('alert.bandLow'), cannotTell: t('alert.bandCannotTell'),
};

/** Strength of one term as one to three marks: below 1 nat (odds x 2.7) weak, below 2 clear, else strong. */
function strength(nats) {
  const level = Math.abs(nats) < 1 ? 1 : Math.abs(nats) < 2 ? 2 : 3;
  const word = ['', t('alert.weak'), t('alert.clear'), t('alert.strong')][level];
  return el('span', { class: 'marks', role: 'img', 'aria-label': t('alert.strength', { word }), title: word },
    [1, 2, 3].map(n => el('i', { class: n <= level ? 'on' : '' })));
}

const ordered = terms => [...terms].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats));

function column(id, title, terms, none) {
  const more = terms.length - FIRST_REASONS;
  return el('section', { id, 'aria-label': title },
    el('h3', { text: title }),
    terms.length
      ? el('ul', {}, ordered(terms).slice(0, FIRST_REASONS).map(e => el('li', {}, strength(e.nats), el('p', { said: e.text }))))
      : el('p', { class: 'quiet', text: none }),
    more > 0 && el('p', { class: 'quiet', text: t('alert.more', { n: more }) }));
}

function confidence(f) {
  const band = BAND[f.band];
  return el('div', { class: `confidence band-${f.band}` },
    el('span', { class: 'meter', 'aria-hidden': 'true' }, [1, 2, 3].map(n => el('i', { class: n <= band.level ? 'on' : '' }))),
    el('strong', { text: band.word }), el('span', { text: ` – ${BAND_TEXT[f.band]}` }),
    el('small', { text: t('alert.provisional') }));
}

function causes(list) {
  return el('section', { class: 'block', 'aria-label': t('alert.causes') },
    el('h3', { text: t('alert.causes') }),
    list.length === 0 && el('p', { class: 'quiet', text: t('alert.noCauses') }),
    el('dl', { class: 'causes' }, list.map(c => [
      el('dt', { said: c.name }),
      el('dd', {}, el('span', { class: c.tested ? 'tested' : 'untested', text: t(c.tested ? 'alert.tested' : 'alert.untested') }), ' ', el('span', { said: c.result })),
    ])));
}

function termCell(e) {
  return el('div', {}, el('span', { said: e.text }), el('small', { text: dots(e.name, t('alert.family', { name: e.family })) }),
    e.references.length > 0 && el('details', {}, el('summary', { text: t('alert.records', { n: e.references.length }) }),
      el('ul', { class: 'references' }, e.references.map(r => el('li', { own: r })))));
}

function evidencePanel(f) {
  const number = v => (v >= 0 ? '+' : '−') + Math.abs(v).toFixed(2);
  const row = (label, nats, extra = {}) => el('tr', extra, el('td', {}, label), el('td', { class: 'number', text: number(nats) }));
  return el('div', {},
    el('p', { class: 'quiet', text: t('alert.weights') }),
    el('table', { class: 'terms' },
      el('thead', {}, el('tr', {}, el('th', { text: t('alert.term') }), el('th', { class: 'number', text: t('alert.nats') }))),
      el('tbody', {},
        row(t('alert.prior'), f.priorNats),
        ordered(f.evidence).map(e => row(termCell(e), e.nats))),
      el('tfoot', {}, row(t('alert.sum'), f.scoreNats))),
    el('p', { class: 'quiet', text: t('alert.model', { version: f.modelVersion, time: minute(f.asOf) }) }));
}

function historyPanel(a) {
  const events = a.case.history.map(h => ({ at: h.at, by: h.by, what: ACT[h.act] ?? h.act, note: [h.reason && REASON[h.reason], h.note].filter(Boolean).join(': ') }));
  const item = (h, extra) => el('li', {}, el('strong', { text: h.what }), ' ', t('alert.by', { name: h.by }), el('time', { text: minute(h.at) }), h.note && el('p', { own: h.note }), extra);
  return el('div', { class: 'history' },
    el('h3', { text: t('alert.case') }), el('ol', {}, events.map(h => item(h))),
    el('h3', { text: t('alert.revisions') }),
    el('ol', {}, a.revisions.map((r, i) => el('li', { class: i < a.revisions.length - 1 ? 'superseded' : '' },
      el('strong', { text: t('alert.revision', { n: r.revision }) }), el('time', { text: minute(r.savedAt) }),
      el('p', { said: r.sentence }), el('small', { text: dots(CLASS[r.class] ?? r.class, revisionSpan(r)) })))),
    el('h3', { text: t('alert.mails') }),
    a.mails.length === 0 ? el('p', { class: 'quiet', text: t('alert.noMails') })
      : el('ul', {}, a.mails.map(m => el('li', {}, el('strong', { own: m.recipient }), ' ', el('span', { said: m.state }), m.lastError && el('p', { class: 'fault', said: m.lastError })))));
}

const revisionSpan = r => (r.endTime ? t('alert.lasted', { span: span(Date.parse(r.endTime) - Date.parse(r.startTime)) }) : t('alert.openSince', { time: minute(r.startTime) }));

/** Fills the drawer with one alert. `changed` is called with the server's new answer after a decision. */
export function showAlert(a, vessel, { changed, close, nowMs }) {
  const f = a.finding, drawer = byId('drawer');
  const forTerms = f.evidence.filter(e => e.nats > 0), againstTerms = f.evidence.filter(e => e.nats < 0);
  const last = a.revisions.at(-1), before = a.revisions.at(-2);
  const body = el('div', { class: 'drawer-body' },
    el('h2', { id: 'drawer-title', tabindex: '-1', own: subject(f.kind, a.vesselName, f.mmsi) }),
    el('p', { class: 'facts' }, dots(a.flagText ?? t(f.kind === 'interference' ? 'alert.area' : 'alert.flagUnknown'), f.mmsi && `MMSI ${f.mmsi}`, f.imo && `IMO ${f.imo}`)),
    el('p', { class: 'sentence', said: f.sentence }),
    el('p', { class: 'facts', text: dots(a.placeText, f.start && position(f.start.latDeg, f.start.lonDeg)) }),
    a.case.state === 'withdrawn' && el('p', { class: 'note strong' }, t('alert.withdrawn'), ' ', el('span', { said: last?.sentence ?? '' })),
    before && a.case.state !== 'withdrawn' && before.endTime !== last.endTime && el('p', { class: 'note' }, el('strong', { text: t('alert.revision', { n: last.revision }) }), ': ', dots(revisionSpan(last), t('alert.before', { span: revisionSpan(before) }))),
    confidence(f),
    el('div', { class: 'for-against' },
      column('for', t('alert.for'), forTerms, t('alert.noneFor')),
      column('against', t('alert.against'), againstTerms, t('alert.noneAgainst'))),
    el('section', { class: 'block', 'aria-label': t('alert.check') }, el('h3', { text: t('alert.checkFirst') }),
      el('ol', { class: 'checks' }, f.whatToCheck.map(said => el('li', {}, el('span', { said }))))),
    causes(f.innocentCauses),
    tabs('alert', [
      [t('alert.track'), () => trackPanel(vessel, f, nowMs()), 'track'],
      [t('alert.identity'), () => identityPanel(vessel), 'identity'],
      [t('alert.evidence'), () => evidencePanel(f), 'evidence'],
      [t('alert.history'), () => historyPanel(a), 'history'],
    ]),
    el('p', { class: 'quiet fine', text: t('alert.notice') }));
  const top = byId('drawer-content').querySelector('.drawer-body')?.scrollTop ?? 0;
  const same = drawer.dataset.caseId === a.caseId;
  drawer.dataset.caseId = a.caseId;
  byId('drawer-content').replaceChildren(
    el('div', { class: 'drawer-head' },
      el('span', { text: dots([...new Map([KIND[f.kind] ?? f.kind, CLASS[f.class] ?? f.class].map(word => [word.toLowerCase(), word])).values()].reverse()) }),
      el('span', { class: `state state-${a.case.state}`, text: STATE[a.case.state] }),
      el('button', { class: 'close', type: 'button', 'aria-label': t('common.close'), title: t('common.close'), onclick: close }, '×')),
    body, decisionBar(a, changed));
  drawer.hidden = false;
  if (same) body.scrollTop = top;
}
