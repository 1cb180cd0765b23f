// Parts shared by the alert's drawer, the vessel's drawer and the vessel page: tabs, last position, identity with sources.
import { el } from './dom.js';
import { trackTable } from './track-table.js';
import { minute, day, span, position, knots, course, status } from './words.js';

const chosen = {};

/** Tabs by the ARIA pattern: arrows move, the panel is made when first shown. The choice is kept per kind of drawer. */
export function tabs(group, items) {
  const panel = el('div', { class: 'tab-panel', role: 'tabpanel', tabindex: '0' });
  const list = el('div', { class: 'tabs', role: 'tablist' });
  const buttons = items.map(([title, make], i) => el('button', {
    role: 'tab', type: 'button', 'data-testid': `tab-${title.toLowerCase()}`,
    onclick: () => show(i),
    onkeydown: e => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1 }[e.key];
      if (to === undefined) return;
      const at = (to + items.length) % items.length;
      show(at);
      buttons[at].focus();
    },
  }, title));
  function show(i) {
    chosen[group] = i;
    buttons.forEach((b, k) => { b.setAttribute('aria-selected', String(k === i)); b.tabIndex = k === i ? 0 : -1; });
    panel.setAttribute('aria-label', items[i][0]);
    panel.replaceChildren(items[i][1]());
  }
  list.append(...buttons);
  show(chosen[group] ?? 0);
  return el('div', { class: 'tab-set' }, list, panel);
}

const fact = (name, value) => value && [el('dt', { text: name }), el('dd', {}, value)];

export function latestFacts(vessel, nowMs) {
  const l = vessel?.latest;
  if (!l) return el('p', { class: 'quiet', text: 'No position of this vessel is held.' });
  return el('dl', { class: 'fact-list' },
    fact('Last heard', `${minute(l.time)}, ${span(nowMs - Date.parse(l.time))} ago`),
    fact('Position', position(l.latDeg, l.lonDeg)),
    fact('Motion', `${knots(l.sogKnots)}, ${course(l.cogDeg)}`),
    fact('Status sent', status(l.status)));
}

export function trackPanel(vessel, finding, nowMs) {
  return el('div', {},
    latestFacts(vessel, nowMs),
    finding && el('dl', { class: 'fact-list' },
      fact('Began', minute(finding.startTime)),
      fact('Ended', finding.endTime ? `${minute(finding.endTime)}, after ${span(Date.parse(finding.endTime) - Date.parse(finding.startTime))}` : 'still open')),
    el('p', { class: 'key-line' }, el('i', { class: 'ring' }), 'last report before the silence ', el('i', { class: 'ring filled' }), 'first after it'),
    el('p', { class: 'quiet', text: 'On the map: track as a solid line. A silence is dashed; where the ship was meanwhile is not known.' }),
    trackTable(vessel, finding));
}

const period = v => (v.from || v.to ? `${v.from ? day(v.from) : '?'} – ${v.to ? day(v.to) : 'open'}` : `seen ${day(v.firstSeen)} – ${day(v.lastSeen)}`);

export function identityPanel(vessel, withLink = true) {
  if (!vessel) return el('p', { class: 'quiet', text: 'The vessel record could not be read. The alert stands on its own data.' });
  return el('div', {},
    el('table', { class: 'identity' },
      el('thead', {}, el('tr', {}, ['Item', 'Value', 'Source', 'Period'].map(t => el('th', { scope: 'col', text: t })))),
      vessel.identity.map(a => el('tbody', {}, a.values.map((v, i) => el('tr', { class: v.current ? '' : 'past' },
        i === 0 && el('th', { rowspan: a.values.length, scope: 'rowgroup' }, a.attribute, a.conflict && el('span', { class: 'conflict', text: 'conflict' })),
        el('td', { text: v.value }), el('td', {}, v.source, el('small', { text: v.origin })), el('td', { class: 'dates', text: period(v) })))))),
    vessel.notice && el('p', { class: 'note', text: vessel.notice }),
    withLink && el('p', {}, el('a', { class: 'button', href: `/vessel.html?id=${encodeURIComponent(vessel.vesselId)}`, text: 'Vessel page and flag timeline' })));
}

