// What a dry run says: thirty days as bars and as a table, three examples, what the exclusions took away, which days are not held.
import { el } from './dom.js';
import { t } from './text.js';
import { KIND, BAND, minute } from './words.js';

const SVG = 'http://www.w3.org/2000/svg', WIDTH = 720, HEIGHT = 150, BASE = 120, TOP = 14;

function shape(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
}

function chart(days) {
  const most = Math.max(1, ...days.map(d => d.findings ?? 0)), step = WIDTH / days.length;
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': t('rules.trial.chart') });
  svg.append(shape('line', { class: 'grid', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }), shape('line', { class: 'grid', x1: 0, x2: WIDTH, y1: TOP, y2: TOP }), shape('text', { x: 0, y: TOP - 3 }, most));
  days.forEach((d, i) => {
    const x = i * step + 3, width = step - 6, height = ((d.findings ?? 0) / most) * (BASE - TOP);
    if (d.findings === null) svg.append(shape('rect', { class: 'unheld', x, y: TOP + 10, width, height: BASE - TOP - 10 }));
    else if (d.findings === 0) svg.append(shape('line', { class: 'none', x1: x, x2: x + width, y1: BASE - 1, y2: BASE - 1 }));
    else svg.append(shape('rect', { class: 'bar', x, y: BASE - height, width, height }));
    if (i % 5 === 0 || i === days.length - 1) svg.append(shape('text', { x: i === 0 ? 0 : i === days.length - 1 ? WIDTH : x + width / 2, y: BASE + 16, 'text-anchor': i === 0 ? 'start' : i === days.length - 1 ? 'end' : 'middle' }, d.day.slice(5)));
  });
  return svg;
}

function legend() {
  const sample = (cls, tag, attributes) => { const svg = shape('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }); svg.append(shape(tag, { class: cls, ...attributes })); return svg; };
  return el('p', { class: 'trial-key' },
    el('span', {}, sample('bar', 'rect', { x: 2, y: 2, width: 10, height: 10 }), t('rules.trial.keyFindings')),
    el('span', {}, sample('none', 'line', { x1: 1, x2: 13, y1: 12, y2: 12 }), t('rules.trial.keyNone')),
    el('span', {}, sample('unheld', 'rect', { x: 2, y: 2, width: 10, height: 10 }), t('rules.trial.keyUnheld')));
}

const table = days => el('div', { class: 'trial-table', tabindex: '0', role: 'region', 'aria-label': t('rules.trial.table') }, el('table', {},
  el('thead', {}, el('tr', {}, ['day', 'findings', 'mails'].map(k => el('th', { scope: 'col', text: t(`rules.trial.${k}`) })))),
  el('tbody', {}, days.toReversed().map(d => el('tr', {}, el('th', { scope: 'row', text: d.day }), d.findings === null ? el('td', { colspan: '2', text: t('rules.trial.unheld') }) : [el('td', { text: d.findings }), el('td', { text: d.mails })])))));

// In a page of its own: what is being made here must not be lost by looking.
function link(e) {
  const to = el('a', { href: e.hasCase ? `/#alert=${encodeURIComponent(e.id)}` : `/vessel.html?id=${encodeURIComponent(e.vesselId)}`, rel: 'noopener', text: t(e.hasCase ? 'rules.trial.openCase' : 'rules.trial.openVessel') });
  to.target = '_blank';
  return to;
}

const example = e => el('li', {}, el('strong', { text: `${KIND[e.kind] ?? e.kind}: ` }), el('span', { lang: 'en', text: e.sentence }),
  el('small', { text: ` ${[e.placeText, minute(e.startTime), t('rules.trial.probability', { percent: Math.round(e.probability * 100), band: BAND[e.band].word }), e.alert ? t('rules.trial.raised') : null].filter(Boolean).join(' · ')} ` }),
  link(e));

export function trialResult(run, mailsToConfirm) {
  return el('section', { class: 'trial', id: 'trial', tabindex: '-1', 'aria-label': t('rules.trial.title') },
    el('h3', { text: t('rules.trial.title') }),
    el('p', { class: 'trial-sum', text: t('rules.trial.sum', { n: run.findings, raised: run.alreadyRaised, excluded: run.excluded }) }),
    el('p', { class: run.mostMailsADay > mailsToConfirm ? 'note strong' : '', id: 'trial-mails', text: t(run.recipients ? 'rules.trial.mailsSum' : 'rules.trial.noMails', { n: run.mostMailsADay, recipients: run.recipients }) }),
    run.daysNotHeld > 0 && el('p', { class: 'note', text: t('rules.trial.daysNotHeld', { n: run.daysNotHeld }) }),
    chart(run.days), legend(), el('details', {}, el('summary', { text: t('rules.trial.asTable') }), table(run.days)),
    run.exclusions.length > 0 && el('div', {}, el('h4', { text: t('rules.trial.exclusions') }), el('ul', {}, run.exclusions.map(x => el('li', { text: t('rules.trial.exclusion', { n: x.findings, number: x.number, reason: x.reason }) })))),
    el('h4', { text: t('rules.trial.examples') }), run.examples.length ? el('ol', {}, run.examples.map(example)) : el('p', { class: 'quiet', text: t('rules.trial.noExamples') }));
}
