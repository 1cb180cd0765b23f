// People: who has an account, what she may do and where, when she was last here; every change is an act on the audit chain.
import { el } from './dom.js';
import { get, send } from './api.js';
import { flagName } from './words.js';
import { t } from './text.js';
import { table, rowHead, when, act, field, section } from './admin-parts.js';
import { dutyFields, areaText } from './admin-duties.js';

const path = name => `/api/accounts/${encodeURIComponent(name)}`;

export async function peoplePanel(me) {
  const place = el('div', {}), edit = el('div', { class: 'acts' });
  async function reload() {
    const { accounts, signInsSince } = await get('/api/accounts');
    const admins = accounts.filter(a => !a.disabled && a.roles.includes('administrator')).length;
    place.replaceChildren(
      table(t('admin.people.list'), ['name', 'duties', 'bounds', 'lastSignIn', 'state', 'acts'].map(k => t(`admin.people.${k}`)), accounts.map(a => row(a, admins))),
      ...(signInsSince ? [el('p', { class: 'quiet', text: t('admin.people.since', { time: when(signInsSince) }) })] : []));
  }

  function row(a, admins) {
    const own = a.name.toLowerCase() === me.name.toLowerCase(), last = admins === 1 && a.roles.includes('administrator') && !a.disabled;
    return [
      rowHead(a.name, own && el('small', { text: ` ${t('admin.people.you')}` })),
      a.roles.map(r => el('div', { text: t(`admin.role.${r}`) })),
      [a.flag && el('div', { text: flagName(a.flag) }), (a.areas ?? []).map(r => el('div', {}, r.name, el('small', { text: ` ${areaText(r)}` }))), !a.flag && !a.areas && el('span', { class: 'quiet', text: t('admin.people.unbound') })],
      when(a.lastSignIn),
      [a.disabled ? el('div', { class: 'mark out', text: t('admin.people.disabled') }) : el('div', { text: t('admin.people.enabled') }), a.waits && el('div', { class: 'mark out', text: t('admin.people.waits') }),
        el('div', { class: 'quiet', text: t(a.secondStep ? 'admin.people.stepOn' : 'admin.people.stepOff') })],
      el('div', { class: 'buttons small' },
        el('button', { type: 'button', 'aria-label': t('admin.people.changeOf', { name: a.name }), text: t('admin.people.change'), onclick: () => open(dutiesForm(a)) }),
        el('button', { type: 'button', 'aria-label': t('admin.people.passwordOf', { name: a.name }), text: t('admin.people.password'), onclick: () => open(passwordForm(a)) }),
        own || last ? null : act(t(a.disabled ? 'admin.people.enable' : 'admin.people.disable'), async () => { await send('POST', `${path(a.name)}/${a.disabled ? 'enable' : 'disable'}`, {}); await reload(); },
          { 'aria-label': t(a.disabled ? 'admin.people.enableOf' : 'admin.people.disableOf', { name: a.name }) })),
    ];
  }

  const open = form => { edit.replaceChildren(form); edit.querySelector('input, select')?.focus(); form.scrollIntoView({ block: 'nearest' }); };
  const close = async () => { edit.replaceChildren(); await reload(); };

  function form(title, children, perform) {
    const said = el('p', { class: 'note', role: 'alert', hidden: true });
    return el('form', {
      class: 'act', 'aria-label': title, novalidate: true, onsubmit: async e => {
        e.preventDefault();
        try { await perform(); await close(); } catch (problem) { said.hidden = false; said.textContent = problem.message; }
      },
    }, el('h4', { text: title }), children, said, el('div', { class: 'buttons' },
      el('button', { class: 'primary', type: 'submit', text: t('admin.save') }), el('button', { type: 'button', text: t('admin.cancel'), onclick: () => edit.replaceChildren() })));
  }

  function dutiesForm(a) {
    const duties = dutyFields(a);
    return form(t('admin.people.changeOf', { name: a.name }), [duties.node, el('p', { class: 'quiet', text: t('admin.people.sessionsEnd') })], () => send('POST', `${path(a.name)}/duties`, duties.read()));
  }

  function passwordForm(a) {
    const password = el('input', { type: 'password', autocomplete: 'new-password', name: 'password' });
    return form(t('admin.people.passwordOf', { name: a.name }), [field(t('admin.people.newPassword'), password, t('admin.people.passwordHint'))], () => send('POST', `${path(a.name)}/password`, { password: password.value }));
  }

  function makeForm() {
    const [name, password] = [el('input', { name: 'name', autocomplete: 'off' }), el('input', { type: 'password', autocomplete: 'new-password', name: 'password' })];
    const duties = dutyFields({ roles: [], flag: null, areas: null });
    return form(t('admin.people.make'), [el('div', { class: 'pair' }, field(t('admin.people.name'), name), field(t('admin.people.newPassword'), password, t('admin.people.passwordHint'))), duties.node],
      () => send('POST', '/api/accounts', { name: name.value, password: password.value, ...duties.read() }));
  }

  await reload();
  return section(t('admin.people.title'), el('p', { class: 'quiet', text: t('admin.people.about') }), place,
    el('div', { class: 'buttons' }, el('button', { id: 'make-account', type: 'button', text: `${t('admin.people.make')}…`, onclick: () => open(makeForm()) })), edit);
}
