// Keys of programs: one's own, and for administrators all of them. The key itself is on the screen once, and nowhere after.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { t } from './text.js';

const day = time => time.slice(0, 10);

/** Draws the keys of `me` of /api/me into `root`; the page names the text area `access`. */
export async function keysSection(root, me) {
  const [list, fresh, fault] = [el('ul', { class: 'keys' }), el('div', { class: 'key-shown', role: 'status' }), el('p', { class: 'fault', role: 'alert', hidden: 'hidden' })];
  const complain = problem => { fault.textContent = problem.message; fault.hidden = false; };

  async function draw() {
    const { keys, scopes } = await get('/api/keys');
    list.replaceChildren(...(keys.length ? keys.map(row) : [el('li', { class: 'quiet', text: t('access.keys.none') })]));
    return scopes;
  }

  function row(k) {
    const state = k.revokedAt ? t('access.keys.revoked') : k.holds ? t('access.keys.holds', { day: day(k.expiresAt) }) : t('access.keys.ended');
    const item = el('li', { 'data-key-id': k.id },
      el('strong', { text: k.name }), ' ', el('code', { text: `${k.prefix}…` }), ' ',
      el('span', { class: 'quiet', text: [k.owner ? t('access.keys.owner', { name: k.owner }) : t('access.keys.ofMachine'), k.scopes.join(', '), state, k.lastUsedAt ? t('access.keys.used', { day: day(k.lastUsedAt) }) : t('access.keys.unused')].join(' · ') }));
    if (k.holds) item.append(' ', revoker(k));
    return item;
  }

  function revoker(k) {
    const button = el('button', { type: 'button', text: t('access.keys.revoke'), 'aria-label': `${t('access.keys.revoke')} ${k.name}` });
    let sure = false;
    button.addEventListener('click', async () => {
      if (!sure) { sure = true; button.textContent = t('access.keys.sure'); return; }
      try { await send('POST', `/api/keys/${encodeURIComponent(k.id)}/revoke`, {}); await draw(); } catch (problem) { complain(problem); }
    });
    return button;
  }

  function form(scopes) {
    const name = el('input', { name: 'name', maxlength: '64', required: 'required' }), days = el('input', { name: 'days', type: 'number', min: '1', max: '365', value: '90' }), machine = el('input', { name: 'machine', type: 'checkbox' });
    const boxes = scopes.map(s => el('label', {}, el('input', { type: 'checkbox', value: s }), ' ', t(`access.scope.${s}`)));
    const make = el('form', { id: 'make-key' },
      el('label', {}, t('access.keys.name'), name), el('fieldset', {}, el('legend', { text: t('access.keys.scopes') }), ...boxes), el('label', {}, t('access.keys.days'), days),
      ...(me.roles.includes('administrator') ? [el('label', {}, machine, ' ', t('access.keys.machine'))] : []),
      el('button', { class: 'primary', type: 'submit', text: t('access.keys.make') }), fault);
    make.addEventListener('submit', async e => {
      e.preventDefault();
      fault.hidden = true;
      try {
        const made = await send('POST', '/api/keys', { name: name.value.trim(), days: Number(days.value), machine: machine.checked, scopes: [...make.querySelectorAll('fieldset input:checked')].map(b => b.value) });
        fresh.replaceChildren(el('p', { text: t('access.keys.shown') }), el('code', { text: made.key, tabindex: '0' }));
        announce(t('access.keys.shown'));
        make.reset();
        await draw();
      } catch (problem) { complain(problem); }
    });
    return make;
  }

  const scopes = await draw();
  root.replaceChildren(el('h2', { text: t('common.keys') }), el('p', { class: 'quiet', text: t('access.keys.explain') }), list, fresh, form(scopes));
}
