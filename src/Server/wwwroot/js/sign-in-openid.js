// The button to an identity provider of the house, and in words why somebody was sent back from there.
import { byId, el } from './dom.js';
import { t, has } from './text.js';

/** `start` is the answer of /api/first-start, `back` the path to go to afterwards. Without a provider nothing is shown. */
export function offerProvider(start, back) {
  const refused = new URLSearchParams(location.search).get('refused');
  if (refused && has(`access.refused.${refused}`)) {
    byId('problem').textContent = t(`access.refused.${refused}`, { name: start.openId ?? '' });
    byId('problem').hidden = false;
  }
  if (!start.openId || start.needed) return;
  const link = el('a', { id: 'provider', class: 'button primary', href: `/api/session/openid?back=${encodeURIComponent(back)}`, text: t('access.provider', { name: start.openId }) });
  if (start.only) {
    for (const label of byId('form').querySelectorAll('label')) label.hidden = true;
    byId('submit').hidden = true;
    byId('form').append(link);
    link.focus();
  } else {
    byId('form').after(link);
  }
}
