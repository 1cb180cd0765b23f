// The menu under the person's own name: what she may do, language, keys, sign out. It gives the header's room to the feeds.
import { byId } from './dom.js';
import { signsOut } from './sign-out.js';

/** Fills the menu for `me` of /api/me; `help()` shows the keys. */
export function openAccount(me, help) {
  const menu = byId('account');
  byId('user-name').textContent = me.name;
  byId('user-roles').textContent = me.roles.join(', ');
  signsOut(byId('sign-out'));
  byId('keys-button').addEventListener('click', () => { menu.open = false; help(); });
  document.addEventListener('pointerdown', e => { if (!menu.contains(e.target)) menu.open = false; });
  menu.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || !menu.open) return;
    e.stopPropagation();
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}
