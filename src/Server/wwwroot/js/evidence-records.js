// The records behind a reason, as they were received: times of source and receipt, receiver, feed, and the line itself with its hash.
import { el } from './dom.js';
import { get } from './api.js';
import { clock, day } from './words.js';
import { t, dots } from './text.js';
import { openDialog, labelled } from './dialog.js';

const time = at => (at ? el('span', { class: 'moment' }, `${clock(Date.parse(at))}`, el('small', { text: day(at) })) : t('records.notSaid'));

/** Opens the records of one reason; without one, those around the behaviour. */
export async function showRecords(caseId, evidence) {
  const { body } = openDialog('records', t('records.title'));
  body.append(el('p', { class: 'quiet', role: 'status', text: t('records.loading') }));
  const place = `/api/alerts/${encodeURIComponent(caseId)}`;
  try {
    const answer = await get(evidence ? `${place}/evidence/${encodeURIComponent(evidence.name)}/records` : `${place}/raw`);
    body.replaceChildren(...[
      evidence && el('p', { class: 'sentence', said: evidence.text }),
      el('p', { class: 'quiet', role: 'status', text: answer.records.length ? t('records.count', { n: answer.records.length }) : t('records.none') }),
      answer.note && el('p', { class: 'note', said: answer.note }),
      answer.records.length > 0 && table(answer.records)].filter(Boolean));
  } catch (problem) {
    body.replaceChildren(el('p', { class: 'fault', role: 'alert', text: problem.message }));
  }
}

function table(records) {
  const names = ['sent', 'received', 'who', 'station', 'feed', 'says', 'raw'].map(key => t(`records.${key}`));
  return el('div', { class: 'wide', role: 'group', tabindex: '0', 'aria-label': t('records.title') }, el('table', { class: 'records' }, el('thead', {}, el('tr', {}, names.map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, records.map(r => el('tr', { class: `part-${r.part}` }, labelled(names, [
      el('td', {}, time(r.sourceTime)), el('td', {}, time(r.receivedAt)),
      el('td', {}, r.mmsi ?? '', el('small', { text: t(`records.${r.part}`) })),
      el('td', { own: r.station ?? t('records.notSaid') }), el('td', { own: r.feed ?? t('records.notSaid') }), el('td', { said: r.text }),
      el('td', { class: 'raw' }, r.raw.length === 0 ? el('span', { class: 'quiet', text: t('records.notKept') })
        : r.raw.map(part => [el('code', { said: part.line }), el('small', { class: 'hash', title: part.sha256, text: dots('SHA-256', part.sha256) })]))]))))));
}
