// Sign in, or on the first start make the first account with the server's one-time code.
import { byId } from './dom.js';
import { get, send } from './api.js';
import { loadPalette } from './palette.js';
import { offerProvider } from './sign-in-openid.js';
import { t } from './text.js';

const SHORTEST_PASSWORD = 12;
let first = false, second = false;

/** Only a path on this host may follow the sign-in. */
function back() {
  const wanted = new URLSearchParams(location.search).get('back') ?? '/';
  const url = new URL(wanted, location.origin);
  return url.origin === location.origin && /^\/(?![/\\])/.test(wanted) && !url.pathname.startsWith('/sign-in') ? url.pathname + url.search + (url.hash || location.hash) : '/';
}

function complain(text, field) {
  byId('problem').textContent = text;
  byId('problem').hidden = false;
  field?.focus();
}

function missing(name, password) {
  if (first && !byId('code').value.trim()) return [t('signIn.needCode'), byId('code')];
  if (!name) return [t('signIn.needName'), byId('name')];
  if (!password) return [t('signIn.needPassword'), byId('password')];
  if (first && password.length < SHORTEST_PASSWORD) return [t('signIn.tooShort', { n: password.length, least: SHORTEST_PASSWORD }), byId('password')];
  if (first && password !== byId('again').value) return [t('signIn.notSame'), byId('again')];
  return null;
}

byId('form').addEventListener('submit', async e => {
  e.preventDefault();
  const name = byId('name').value.trim(), password = byId('password').value, fault = missing(name, password);
  if (fault) { complain(...fault); return; }
  byId('submit').disabled = true;
  try {
    if (first) await send('POST', '/api/first-start', { code: byId('code').value.trim(), name, password }, false);
    else await send('POST', '/api/session', { name, password, code: second ? byId('code').value.trim() : undefined }, false);
    location.assign(back());
  } catch (problem) {
    if (problem.title === 'Code needed') {
      second = true;
      byId('code-field').hidden = false;
    }
    complain(problem.message, first || second ? byId('code') : byId('password'));
    byId('submit').disabled = false;
  }
});

byId('hint').textContent = t('signIn.hint', { n: SHORTEST_PASSWORD });
await loadPalette();
try {
  const start = await get('/api/first-start');
  first = start.needed;
  offerProvider(start, back());
} catch (problem) { complain(problem.message); }
if (first) {
  byId('heading').textContent = t('signIn.firstTitle');
  byId('submit').textContent = t('signIn.firstDo');
  byId('password').autocomplete = 'new-password';
  for (const id of ['explain', 'code-field', 'again-field', 'hint']) byId(id).hidden = false;
}
byId('submit').disabled = false; // until now a press would have gone nowhere
if (!byId('submit').hidden) byId(first ? 'code' : 'name').focus();
