// Parts shared by the alert's drawer, the vessel's drawer and the vessel page: tabs, last position, identity with sources.
import { el } from './dom.js';
import { trackTable } from './track-table.js';
import { ITEM, ORIGIN, minute, day, span, position, knots, course, status } from './words.js';
import { t, commas, isolate } from './text.js';

const chosen = {};

/** Tabs by the ARIA pattern: arrows move, the panel is made when first shown. An item is title, what makes it, and a name for tests; the choice is kept per group. */
export function tabs(group, items) {
  const panel = el('div', { class: 'tab-panel', role: 'tabpanel', tabindex: '0' });
  const list = el('div', { class: 'tabs', role: 'tablist' });
  const buttons = items.map(([title, make, name = title.toLowerCase()], i) => el('button', {
    role: 'tab', type: 'button', 'data-testid': `tab-${name}`,
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
  if (!l) return el('p', { class: 'quiet', text: t('panels.noPosition') });
  return el('dl', { class: 'fact-list' },
    fact(t('panels.lastHeard'), t('panels.heardAt', { time: minute(l.time), span: span(nowMs - Date.parse(l.time)) })),
    fact(t('panels.position'), position(l.latDeg, l.lonDeg)),
    fact(t('panels.motion'), commas(knots(l.sogKnots), course(l.cogDeg))),
    fact(t('panels.statusSent'), status(l.status)));
}

export function trackPanel(vessel, finding, nowMs) {
  return el('div', {},
    latestFacts(vessel, nowMs),
    finding && el('dl', { class: 'fact-list' },
      fact(t('panels.began'), minute(finding.startTime)),
      fact(t('panels.ended'), finding.endTime ? t('panels.endedAfter', { time: minute(finding.endTime), span: span(Date.parse(finding.endTime) - Date.parse(finding.startTime)) }) : t('panels.stillOpen'))),
    el('p', { class: 'key-line' }, el('i', { class: 'ring' }), t('panels.ringOff'), ' ', el('i', { class: 'ring filled' }), t('panels.ringOn')),
    el('p', { class: 'quiet', text: t('panels.mapNote') }),
    trackTable(vessel, finding));
}

const period = v => (v.from || v.to ? `${isolate(v.from ? day(v.from) : '?')} – ${isolate(v.to ? day(v.to) : t('panels.open'))}` : t('panels.seen', { period: `${day(v.firstSeen)} – ${day(v.lastSeen)}` }));

export function identityPanel(vessel, withLink = true) {
  if (!vessel) return el('p', { class: 'quiet', text: t('panels.unread') });
  return el('div', {},
    el('table', { class: 'identity' },
      el('thead', {}, el('tr', {}, [t('panels.item'), t('panels.value'), t('panels.source'), t('panels.period')].map(text => el('th', { scope: 'col', text })))),
      vessel.identity.map(a => el('tbody', {}, a.values.map((v, i) => el('tr', { class: v.current ? '' : 'past' },
        i === 0 && el('th', { rowspan: a.values.length, scope: 'rowgroup' }, ITEM[a.attribute] ?? a.attribute, a.conflict && el('span', { class: 'conflict', text: t('panels.conflict') })),
        el('td', { own: v.value }), el('td', {}, el('span', { own: v.source }), el('small', { text: ORIGIN[v.origin] ?? v.origin })), el('td', { class: 'dates', text: period(v) })))))),
    vessel.notice && el('p', { class: 'note', said: vessel.notice }),
    withLink && el('p', {}, el('a', { class: 'button', href: `/vessel.html?id=${encodeURIComponent(vessel.vesselId)}`, text: t('panels.page') })));
}

