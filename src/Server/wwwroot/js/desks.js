// The pages beside the map, and whose duties need them; what they show there the server decides.
import { el } from './dom.js';
import { t } from './text.js';

const DESKS = [
  { href: '/rules.html', name: 'common.rules', roles: ['analyst', 'registry', 'administrator'] },
  { href: '/registry.html', name: 'common.registry', roles: ['analyst', 'registry'] },
  { href: '/admin.html', name: 'common.admin', roles: ['analyst', 'administrator'] },
];

/** A link to each desk of `me`; the one that is open is marked. */
export const deskLinks = me => DESKS.filter(d => me.roles.some(role => d.roles.includes(role))).map(link);

export const link = ({ href, name }) => el('a', { href, 'aria-current': location.pathname === href ? 'page' : null, text: t(name) });
