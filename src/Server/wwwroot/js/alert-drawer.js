// The drawer for one alert, in fixed order: sentence, confidence, for and against, what to check, innocent causes, decision
// bar, then the tabs. Nothing is said that the evidence does not say, and to whom it is blind nothing that the machine made of it.
import { el, byId } from './dom.js';
import { KIND, CLASS, BAND, STATE, ACT, REASON, minute, span, subject, position } from './words.js';
import { t, dots, group } from './text.js';
import { decisionBar } from './decision.js';
import { showRecords } from './evidence-records.js';
import { trackPanel, identityPanel, tabs } from './vessel-panels.js';
import { rights } from './rights.js';

const FIRST_REASONS = 3;
const LIKELIHOOD = { high: 'case.likely', medium: 'case.possible', low: 'case.unlikely', cannotTell: 'case.undecided' };
const SAID = { ...group('followUp'), ...group('judgement') };

/** Strength of one term as one to three marks: below 1 nat (odds x 2.7) weak, below 2 clear, else strong. */
function strength(nats) {
  const level = Math.abs(nats) < 1 ? 1 : Math.abs(nats) < 2 ? 2 : 3;
  const word = ['', t('alert.weak'), t('alert.clear'), t('alert.strong')][level];
  return el('span', { class: 'marks', role: 'img', 'aria-label': t('alert.strength', { word }), title: word },
    [1, 2, 3].map(n => el('i', { class: n <= level ? 'on' : '' })));
}

// Where the weights are not told, the order does not tell them either: it is the server's.
const ordered = terms => (terms.some(e => e.nats === null) ? terms : [...terms].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats)));

// Its id tells it from the other one of the same reason, so that the focus finds it again when the drawer is drawn anew.
const recordsButton = (caseId, e, place) => el('button', {
  id: `records-${place}-${e.name}`, type: 'button', class: 'records-button', 'data-records': e.name, 'aria-label': t('case.recordsOf', { text: e.text }), title: t('case.records'), onclick: () => showRecords(caseId, e),
}, t('case.records'));

function column(caseId, id, title, terms, none) {
  const more = terms.length - FIRST_REASONS;
  return el('section', { id, 'aria-label': title },
    el('h3', { text: title }),
    terms.length
      ? el('ul', {}, ordered(terms).slice(0, FIRST_REASONS).map(e => el('li', {}, e.nats !== null && strength(e.nats), ' ', el('span', { said: e.text }), ' ', recordsButton(caseId, e, 'reason'))))
      : el('p', { class: 'quiet', text: none }),
    more > 0 && el('p', { class: 'quiet', text: t('alert.more', { n: more }) }));
}

function confidence(a) {
  const f = a.finding;
  if (a.blind) return el('div', { class: 'confidence' }, el('strong', { text: t('case.blind') }));
  const band = BAND[f.band], like = a.like;
  const count = like && (like.isEnough ? t('case.like', { of: like.of, yes: like.yes }) : t('case.tooFew', { n: like.of }));
  return el('div', { class: `confidence band-${f.band}` },
    el('span', { class: 'meter', 'aria-hidden': 'true' }, [1, 2, 3].map(n => el('i', { class: n <= band.level ? 'on' : '' }))),
    el('strong', { text: band.word }), el('span', {}, ` – ${t(f.isCalibrated || f.band === 'cannotTell' ? LIKELIHOOD[f.band] : 'case.uncalibrated')}${count ? '; ' : ''}`, count && el('span', { id: 'like', text: count })));
}

/** Kind and class; once, where the class says the kind again. */
function kindAndClass(f) {
  const kind = KIND[f.kind] ?? f.kind, said = f.class && (CLASS[f.class] ?? f.class);
  return said && said.toLowerCase() !== kind.toLowerCase() ? dots(kind, said) : kind;
}

function others(list, open) {
  return el('section', { class: 'block', id: 'other-cases', 'aria-label': t('case.others') }, el('h3', { text: t('case.others') }),
    list.length === 0 ? el('p', { class: 'quiet', text: t('case.noOthers') })
      : el('ul', { class: 'others' }, list.map(o => el('li', {}, el('button', { type: 'button', class: 'small', onclick: () => open(o.caseId) },
        dots(KIND[o.kind] ?? o.kind, minute(o.startTime), STATE[o.state], o.assignee && t('case.assignee', { name: o.assignee })))))));
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

function termCell(caseId, e) {
  return el('div', {}, el('span', { said: e.text }), el('small', { text: dots(e.name, t('alert.family', { name: e.family })) }), recordsButton(caseId, e, 'term'));
}

function evidencePanel(a) {
  const f = a.finding, number = v => (v === null ? '' : (v >= 0 ? '+' : '−') + Math.abs(v).toFixed(2));
  const row = (label, nats, extra = {}) => el('tr', extra, el('td', {}, label), el('td', { class: 'number', text: number(nats) }));
  return el('div', {},
    el('p', { class: 'quiet', text: t('alert.weights') }),
    el('table', { class: 'terms' },
      el('thead', {}, el('tr', {}, el('th', { text: t('alert.term') }), el('th', { class: 'number', text: t('alert.nats') }))),
      el('tbody', {},
        row(t('alert.prior'), f.priorNats),
        ordered(f.evidence).map(e => row(termCell(a.caseId, e), e.nats))),
      el('tfoot', {}, row(t('alert.sum'), f.scoreNats))),
    el('p', { class: 'buttons second' }, el('button', { type: 'button', id: 'raw-around', onclick: () => showRecords(a.caseId, null) }, t('case.around')),
      !a.blind && el('a', { class: 'button', id: 'pack', href: `/api/alerts/${encodeURIComponent(a.caseId)}/pack.zip`, download: true, text: t('case.pack') })),
    el('p', { class: 'quiet', text: t('alert.model', { version: f.modelVersion, time: minute(f.asOf) }) }));
}

function historyPanel(a) {
  const events = a.case.history.map(h => ({ at: h.at, by: h.by, what: ACT[h.act] ?? h.act, note: [h.reason && REASON[h.reason], SAID[h.followUp ?? h.judgement], h.act === 'assign' && (h.assignee ?? t('case.nobody')), h.note].filter(Boolean).join(': ') }));
  const item = (h, extra) => el('li', {}, el('strong', { text: h.what }), ' ', t('alert.by', { name: h.by }), el('time', { text: minute(h.at) }), h.note && el('p', { own: h.note }), extra);
  return el('div', { class: 'history' },
    el('h3', { text: t('alert.case') }), el('ol', {}, events.map(h => item(h))),
    el('h3', { text: t('alert.revisions') }),
    el('ol', {}, a.revisions.map((r, i) => el('li', { class: i < a.revisions.length - 1 ? 'superseded' : '' },
      el('strong', { text: t('alert.revision', { n: r.revision }) }), el('time', { text: minute(r.savedAt) }),
      el('p', { said: r.sentence }), el('small', { text: dots(r.class && (CLASS[r.class] ?? r.class), revisionSpan(r)) })))),
    el('h3', { text: t('alert.mails') }),
    a.mails.length === 0 ? el('p', { class: 'quiet', text: t('alert.noMails') })
      : el('ul', {}, a.mails.map(m => el('li', {}, el('strong', { own: m.recipient }), ' ', el('span', { said: m.state }), m.lastError && el('p', { class: 'fault', said: m.lastError })))));
}

const revisionSpan = r => (r.endTime ? t('alert.lasted', { span: span(Date.parse(r.endTime) - Date.parse(r.startTime)) }) : t('alert.openSince', { time: minute(r.startTime) }));

/** Fills the drawer with one alert. `changed` is called with the server's new answer after a decision. */
export function showAlert(a, vessel, { changed, close, open, nowMs }) {
  const f = a.finding, drawer = byId('drawer');
  const body = el('div', { class: 'drawer-body' },
    el('h2', { id: 'drawer-title', tabindex: '-1', own: subject(f.kind, a.vesselName, f.mmsi) }),
    el('p', { class: 'facts' }, dots(a.flagText ?? t(f.kind === 'interference' ? 'alert.area' : 'alert.flagUnknown'), f.mmsi && `MMSI ${f.mmsi}`, f.imo && `IMO ${f.imo}`)),
    el('p', { class: 'sentence', said: f.sentence }),
    el('p', { class: 'facts', title: f.start && position(f.start.latDeg, f.start.lonDeg), text: a.placeText }),
    a.case.rules.length > 0 && el('p', { class: 'facts rule-names' }, `${t(f.alert ? 'rule-marks.met' : 'rule-marks.raisedBy')} `, a.case.rules.map((r, i) => [i > 0 && ', ', el('a', { href: `/rules.html#rule=${encodeURIComponent(r.id)}`, own: r.name })])),
    a.change && el('p', { id: 'change', class: `note${a.case.state === 'withdrawn' ? ' strong' : ''}` }, el('strong', { text: t('case.changed', { time: minute(a.change.at) }) }), el('span', { said: a.change.text })),
    confidence(a),
    el('div', { class: 'for-against' },
      column(a.caseId, 'for', t('alert.for'), f.evidence.filter(e => e.speaksFor), t('alert.noneFor')),
      column(a.caseId, 'against', t('alert.against'), f.evidence.filter(e => e.speaksAgainst), t('alert.noneAgainst'))),
    el('section', { class: 'block', id: 'check', 'aria-label': t('alert.check') }, el('h3', { text: t('alert.checkFirst') }),
      el('ol', { class: 'checks' }, f.whatToCheck.map(said => el('li', {}, el('span', { said }))))),
    causes(f.innocentCauses),
    others(a.others, open),
    tabs('alert', [
      ...(rights.watch ? [[t('alert.track'), () => trackPanel(vessel, f, nowMs()), 'track'], [t('alert.identity'), () => identityPanel(vessel), 'identity']] : []),
      [t('alert.evidence'), () => evidencePanel(a), 'evidence'],
      [t('alert.history'), () => historyPanel(a), 'history'],
    ]),
    el('p', { class: 'quiet fine', text: t('alert.notice') }));
  const top = byId('drawer-content').querySelector('.drawer-body')?.scrollTop ?? 0;
  const same = drawer.dataset.caseId === a.caseId;
  drawer.dataset.caseId = a.caseId;
  byId('drawer-content').replaceChildren(
    el('div', { class: 'drawer-head' },
      el('span', { text: kindAndClass(f) }),
      el('span', { class: `state state-${a.case.state}`, text: STATE[a.case.state] }),
      a.case.assignee && el('span', { class: 'assignee', own: t('case.assignee', { name: a.case.assignee }) }),
      el('button', { class: 'close', type: 'button', 'aria-label': t('common.close'), title: t('common.close'), onclick: close }, '×')),
    body, decisionBar(a, { changed, nowMs }));
  drawer.hidden = false;
  if (same) body.scrollTop = top;
}
