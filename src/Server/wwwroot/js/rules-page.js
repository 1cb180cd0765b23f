// Rules and areas: a list of both with how they stand, and beside it what is worked on. The address names what is open.
import { el, byId, announce } from './dom.js';
import { get, send } from './api.js';
import { t } from './text.js';
import { pageHead } from './page-head.js';
import { openNews } from './live.js';
import { ruleForm, reload } from './rules-form.js';
import { areaForm } from './rules-area.js';
import { KIND, CLASS, BAND, minute, day } from './words.js';
import { namesOf } from './rules-parts.js';

const page = byId('rules'), lists = el('div', { class: 'rule-lists' }), work = el('section', { id: 'rule-work', 'aria-live': 'off' });
let rules, areas, limits, me, open = null;

const days = to => Math.ceil((Date.parse(to) - Date.parse(limits.now)) / 864e5);
function stateWords(r) {
  if (r.state === 'expired') return t('rules.state.expired', { day: day(r.expiresAt) });
  if (r.state === 'switchedOff') return t('rules.state.switchedOff');
  if (r.reviewDue) return t(r.ownerGone ? 'rules.state.ownerGone' : 'rules.state.reviewDue');
  return days(r.expiresAt) <= 30 ? t('rules.state.expiresIn', { n: days(r.expiresAt) }) : t('rules.state.inForce');
}
const mark = r => el('span', { class: `rule-state ${r.reviewDue ? 'reviewDue' : r.state}`, text: stateWords(r) });
const row = (id, current, go, ...children) => el('button', { type: 'button', class: 'rule-row', 'data-id': id, 'aria-current': String(current), onclick: go }, children);

function draw() {
  lists.replaceChildren(
    el('section', { 'aria-labelledby': 'rules-title' }, el('div', { class: 'head' }, el('h3', { id: 'rules-title', text: t('rules.list.rules', { n: rules.length }) }), me.analyst && el('button', { id: 'rule-new', type: 'button', text: t('rules.list.new'), onclick: () => go('#new') })),
      rules.length ? el('ul', { id: 'rule-list' }, rules.map(r => el('li', {}, row(r.id, open === `#rule=${r.id}`, () => go(`#rule=${r.id}`),
        el('span', { class: 'top' }, el('strong', { text: r.name }), mark(r)),
        el('small', { text: t('rules.list.counts', { n: r.findings, days: limits.daysBack, excluded: r.excluded }) }),
        el('small', { text: t('rules.list.owner', { owner: r.owner, day: day(r.expiresAt) }) }))))) : el('p', { class: 'quiet', text: t('rules.list.none') })),
    el('section', { 'aria-labelledby': 'areas-title' }, el('div', { class: 'head' }, el('h3', { id: 'areas-title', text: t('rules.list.areas', { n: areas.filter(a => !a.retired).length }) }), me.analyst && el('button', { id: 'area-new', type: 'button', text: t('rules.list.draw'), onclick: () => go('#area-new') })),
      areas.length ? el('ul', { id: 'area-list' }, areas.map(a => el('li', {}, row(a.id, open === `#area=${a.id}`, () => go(`#area=${a.id}`),
        el('span', { class: 'top' }, el('strong', { text: a.name }), a.retired && el('span', { class: 'rule-state switchedOff', text: t('rules.area.retired') })),
        el('small', { text: t('rules.list.area', { n: a.points, version: a.version, buffer: a.bufferNm, used: rules.filter(r => [...r.areas, ...r.exclusions.flatMap(x => x.areas)].some(v => v.id === a.id)).length }) }))))) : el('p', { class: 'quiet', text: t('rules.list.noAreas') })));
}

const areaName = v => { const a = areas.find(x => x.id === v.id); return a && a.version !== v.version ? t('rules.form.earlierArea', { name: a.name, version: v.version }) : a?.name ?? v.id; };
const fact = (name, ...value) => [el('dt', { text: t(name) }), el('dd', {}, value)];

async function ruleView(id) {
  const { versions } = await get(`/api/rules/${encodeURIComponent(id)}`);
  const r = { ...versions.at(-1), ...(({ findings, excluded }) => ({ findings, excluded }))(rules.find(x => x.id === id) ?? {}) };
  const edit = () => work.replaceChildren(ruleForm(r, areas, limits, { done: saved, cancel: () => show(), areasChanged: a => { areas = [...areas.filter(x => x.id !== a.id), a]; draw(); } }));
  const off = async () => { try { await send('POST', `/api/rules/${encodeURIComponent(id)}/switch-off`, { versionSeen: r.version }); announce(t('rules.view.isOff')); await again(); } catch (problem) { fault.textContent = problem.message; } };
  const fault = el('p', { class: 'fault', role: 'alert' });
  const who = [namesOf(r.shipTypes).map(n => t(`rules.type.${n}`)).join(', '), r.leastLengthM !== null || r.mostLengthM !== null ? t('rules.view.length', { least: r.leastLengthM ?? 0, most: r.mostLengthM ?? '…' }) : '', r.transponder && t('rules.view.class', { class: r.transponder.toUpperCase() }), r.vessels.join(', '), r.flags.join(', ')].filter(Boolean).join(' · ');
  return el('article', { class: 'rule-form', 'aria-labelledby': 'rule-view-title' },
    el('div', {}, el('h2', { id: 'rule-view-title', tabindex: '-1', text: r.name }), el('p', {}, mark(r)), el('p', { class: 'facts', text: t('rules.view.version', { version: r.version, by: r.by, at: minute(r.at) }) })),
    r.findings !== undefined && el('p', { class: 'trial-sum', text: t('rules.list.counts', { n: r.findings, days: limits.daysBack, excluded: r.excluded }) }), fault,
    el('dl', { class: 'fact-list' }, fact('rules.form.what', [...r.kinds.map(k => KIND[k] ?? k), ...r.classes.map(c => CLASS[c] ?? c)].join(', ') || t('rules.view.all')), fact('rules.form.where', r.areas.map(areaName).join(', ') || t('rules.form.everywhere')), fact('rules.form.who', who || t('rules.view.anyone')),
      fact('rules.form.threshold', r.probability ? t('rules.view.probability', { percent: Math.round(r.probability * 1000) / 10 }) : t('rules.form.band', { band: BAND[r.band ?? 'low'].word })),
      fact('rules.form.exclusions', r.exclusions.length ? el('ul', {}, r.exclusions.map(x => el('li', { text: t(Date.parse(x.expiresAt) < Date.parse(limits.now) ? 'rules.view.exclusionPast' : 'rules.view.exclusion', { what: [...x.vessels, ...x.areas.map(areaName), ...namesOf(x.shipTypes).map(n => t(`rules.type.${n}`))].join(', '), reason: x.reason, owner: x.owner, day: day(x.expiresAt) }) }))) : t('rules.view.none')),
      fact('rules.form.expiry', t('rules.view.expiry', { expires: day(r.expiresAt), review: day(r.reviewAt), owner: r.owner })), fact('rules.form.mail', r.mailTo.length ? r.mailTo.join(', ') : r.recipients ? t('rules.view.addresses', { n: r.recipients }) : t('rules.view.noMail'))),
    me.analyst && el('div', { class: 'rule-buttons' }, el('button', { id: 'rule-edit', type: 'button', class: 'primary', text: t(r.state === 'inForce' ? 'rules.view.edit' : 'rules.view.renew'), onclick: edit }), r.state !== 'switchedOff' && el('button', { id: 'rule-off', type: 'button', text: t('rules.view.off'), onclick: off })),
    versions.length > 1 && el('details', {}, el('summary', { text: t('rules.view.versions', { n: versions.length }) }), el('ol', { class: 'rule-versions' }, versions.toReversed().map(v => el('li', { text: `${v.version}: ${v.name}, ${v.by}, ${minute(v.at)}` })))));
}

function areaView(id) {
  const a = areas.find(x => x.id === id);
  const retire = async () => { await send('POST', `/api/areas/${encodeURIComponent(id)}/retire`, { versionSeen: a.version }); await again(); };
  return !a ? el('p', { class: 'fault', text: t('rules.area.gone') }) : !me.analyst ? el('p', { class: 'quiet', text: t('rules.area.readOnly') })
    : el('div', { class: 'rule-form' }, areaForm(a, { done: saved, cancel: () => go('') }), el('div', { class: 'rule-buttons' }, !a.retired && el('button', { id: 'area-retire', type: 'button', text: t('rules.area.retire'), onclick: retire }), el('small', { text: t('rules.area.versionHint') })));
}

const saved = async what => { announce(t('rules.saved', { name: what.name })); await again(what.polygons ? `#area=${what.id}` : `#rule=${what.id}`); };

async function again(hash = location.hash) {
  await load();
  if (hash !== location.hash) history.replaceState(null, '', `${location.pathname}${hash}`);
  await show();
}

function go(hash) {
  history.pushState(null, '', `${location.pathname}${hash}`);
  show().then(() => work.querySelector('h2, h3, input')?.focus());
}

async function show() {
  open = location.hash;
  document.body.classList.toggle('working', open.length > 1);
  draw();
  const [what, id] = open.slice(1).split('=');
  const back = el('p', {}, el('a', { href: '/rules.html', text: t('rules.back') }));
  const content = what === 'new' && me.analyst ? ruleForm(null, areas, limits, { done: saved, cancel: () => go(''), areasChanged: a => { areas = [...areas.filter(x => x.id !== a.id), a]; draw(); } })
    : what === 'area-new' && me.analyst ? el('div', { class: 'rule-form' }, areaForm(null, { done: saved, cancel: () => go('') }))
    : what === 'rule' ? await ruleView(decodeURIComponent(id)).catch(problem => el('p', { class: 'fault', text: problem.message }))
    : what === 'area' ? areaView(decodeURIComponent(id)) : el('div', {}, el('p', { class: 'quiet', text: t('rules.intro') }));
  work.replaceChildren(...(open.length > 1 ? [back] : []), content);
}

async function load() {
  const [list, drawn] = await reload();
  ({ rules } = list);
  limits = list;
  ({ areas } = drawn);
}

async function start() {
  window.addEventListener('popstate', () => show());
  const { me: who } = await pageHead();
  me = { ...who, analyst: who.roles.includes('analyst') };
  await load();
  page.replaceChildren(el('h2', { text: t('rules.title') }), el('div', { class: 'rule-desk' }, lists, work));
  await show();
  // What others save is shown, but never under the hands of who fills in a form.
  openNews({ rules: () => { if (!work.querySelector('form, .area-form')) again(); } }, () => {});
}

start().catch(problem => page.replaceChildren(el('h2', { text: t('rules.fault') }), el('p', { class: 'fault', role: 'alert', text: problem.message }), el('p', {}, el('a', { href: '/', text: t('common.toConsole') }))));
