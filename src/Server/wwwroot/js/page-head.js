// The head of every page beside the map: exercise, handling mark, where one can go, who is signed in, as of when, language, colours, sign out.
import { el, icon, byId } from './dom.js';
import { get } from './api.js';
import { t, commas, dots, offerLanguages } from './text.js';
import { deskLinks, link } from './desks.js';
import { loadPalette, nextPalette } from './palette.js';
import { signsOut } from './sign-out.js';
import { flagName, minute, nodeTlp } from './words.js';

const slot = id => el('span', { id, class: 'quiet' });

/** What a person can reach when the server does not answer, too. */
function put() {
  const exercise = el('div', { id: 'exercise', role: 'region', 'aria-label': t('common.exercise'), hidden: true }, el('strong', { text: t('common.exercise') }), el('span', { text: t('common.exerciseMade') }));
  const languages = el('select', { 'aria-label': t('common.language') }), out = el('button', { type: 'button', text: t('common.signOut') });
  const colours = el('button', { id: 'palette', type: 'button', 'aria-keyshortcuts': 'd', title: t('common.coloursKey'), 'aria-label': t('common.colours'), onclick: nextPalette }, icon('palette'));
  const head = el('header', {}, el('h1', {}, el('a', { href: '/', text: 'MaritimeWatch' })), el('span', { id: 'node-tlp', class: 'tlp', title: t('common.highestTlp'), hidden: true }),
    el('nav', { 'aria-label': t('common.pages') }), slot('who'), slot('seen-at'), languages, colours, out);
  document.querySelector('main').before(exercise, head);
  offerLanguages(languages);
  signsOut(out);
  document.addEventListener('keydown', e => { if (e.key === 'd' && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.matches('input, textarea, select')) nextPalette(); });
  return head;
}

/**
 * Puts the head onto the page. `asOf` is the text that tells as of when the page was read.
 * Answers who is signed in, and the time of the watch in ms since 1970 (this machine's where the watch is not told).
 */
export async function pageHead(asOf = 'common.asOf') {
  const head = put();
  const [me, watch] = await Promise.all([get('/api/me'), get('/api/watch').catch(() => null), loadPalette()]);
  const nowMs = watch ? Date.parse(watch.now) : Date.now();
  head.querySelector('nav').append(link({ href: '/', name: 'common.console' }), ...deskLinks(me), link({ href: '/keys.html', name: 'common.keys' }));
  byId('who').textContent = commas(me.name, me.roles.includes('registry') && me.flag ? t('common.speaksFor', { flag: flagName(me.flag) }) : me.roles);
  byId('node-tlp').textContent = nodeTlp(me.tlp);
  byId('node-tlp').hidden = false;
  byId('exercise').hidden = !watch?.exercise;
  // What people did has the wall's time; in an exercise the watch has its own.
  byId('seen-at').textContent = dots(t(asOf, { time: minute(nowMs) }), watch?.exercise && t('common.exerciseTime'));
  return { me, nowMs };
}
