// Administration: people, feeds, jobs, retention, audit, and how well what is told holds. One page; the address keeps the tab.
import { el, byId } from './dom.js';
import { pageHead } from './page-head.js';
import { fault } from './admin-parts.js';
import { t } from './text.js';
import { peoplePanel } from './admin-people.js';
import { feedsPanel } from './admin-feeds.js';
import { jobsPanel } from './admin-jobs.js';
import { retentionPanel } from './admin-retention.js';
import { auditPanel } from './admin-audit.js';
import { measuresPanel } from './admin-measures.js';

const TABS = [
  { id: 'people', make: peoplePanel, role: 'administrator' },
  { id: 'feeds', make: feedsPanel, role: 'administrator' },
  { id: 'jobs', make: jobsPanel, role: 'administrator' },
  { id: 'retention', make: retentionPanel, role: 'administrator' },
  { id: 'audit', make: auditPanel, role: 'administrator' },
  { id: 'measures', make: measuresPanel, role: 'analyst' },
];

function tabs(me) {
  const items = TABS.filter(i => me.roles.includes('administrator') || me.roles.includes(i.role));
  const panel = el('div', { class: 'tab-panel', role: 'tabpanel', id: 'panel', tabindex: '0' });
  const buttons = items.map((item, i) => el('button', {
    role: 'tab', type: 'button', id: `tab-${item.id}`, 'aria-controls': 'panel',
    onclick: () => { location.hash = item.id; },
    onkeydown: e => {
      const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
      const to = { ArrowRight: i + rtl, ArrowLeft: i - rtl, Home: 0, End: items.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      const at = (to + items.length) % items.length;
      location.hash = items[at].id;
      buttons[at].focus();
    },
    text: t(`admin.tab.${item.id}`),
  }));
  let shown;
  async function show() {
    const item = items.find(i => `#${i.id}` === location.hash) ?? items[0];
    shown = item.id;
    items.forEach((other, i) => { buttons[i].setAttribute('aria-selected', String(other === item)); buttons[i].tabIndex = other === item ? 0 : -1; });
    buttons[items.indexOf(item)].scrollIntoView({ block: 'nearest', inline: 'nearest' });
    panel.setAttribute('aria-labelledby', `tab-${item.id}`);
    document.title = `${t(`admin.tab.${item.id}`)} – ${t('admin.page')}`;
    panel.replaceChildren(el('p', { class: 'quiet', text: t('admin.reading') }));
    let content;
    try { content = await item.make(me); } catch (problem) { content = fault(problem); }
    // Another tab may have been chosen while this one was read.
    if (shown === item.id) panel.replaceChildren(el('div', { id: `panel-${item.id}` }, content));
  }
  window.addEventListener('hashchange', show);
  show();
  return el('div', { class: 'tab-set' }, el('div', { class: 'tabs', role: 'tablist', 'aria-label': t('admin.title') }, buttons), panel);
}

const { me } = await pageHead();
const mayRead = me.roles.includes('administrator') || me.roles.includes('analyst');
byId('admin').replaceChildren(el('h2', { text: t('admin.title') }), mayRead ? tabs(me) : el('p', { class: 'note', text: t('admin.notForYou') }));
