// Asks a flag's register about a vessel: what, under which rule, until when, how far it may be passed on, and where the answer goes.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { actForm, field, needed, tlpField } from './registry-forms.js';
import { TLP, flagName, shipName, idText } from './words.js';
import { t } from './text.js';

const WEEK_MS = 7 * 864e5;

/** `flags` are those that sources claim for her; another may be typed. */
export function askRegister(v, flags, asked) {
  const place = el('div');
  const closed = focus => {
    const button = el('button', { id: 'act-ask', type: 'button', text: t('ask.more'), onclick: () => { place.replaceChildren(form()); place.querySelector('input')?.focus(); } });
    place.replaceChildren(button);
    if (focus) button.focus();
  };

  function form() {
    const flag = field(needed(t('ask.flag')), el('input', { name: 'flag', maxlength: 2, list: 'flags-claimed', autocapitalize: 'characters', spellcheck: 'false' }), t('ask.flagHint'));
    flag.append(el('datalist', { id: 'flags-claimed' }, flags.map(f => el('option', { value: f, text: flagName(f) }))));
    const text = field(needed(t('ask.question')), el('textarea', { name: 'text', rows: 3, maxlength: 4000 })), basis = field(needed(t('ask.basis')), el('input', { name: 'legalBasis', maxlength: 200 }), t('ask.basisHint'));
    const deadline = field(needed(t('ask.deadline')), el('input', { name: 'deadline', type: 'datetime-local' })), handling = tlpField(), reply = field(needed(t('ask.reply')), el('input', { name: 'replyTo', type: 'email', autocomplete: 'email' }), t('ask.replyHint'));
    flag.input.value = flags.length === 1 ? flags[0] : '';
    deadline.input.value = new Date(Date.now() + WEEK_MS).toISOString().slice(0, 16);
    const value = f => f.input.value.trim();
    return actForm({
      id: 'ask', title: t('ask.title', { name: shipName(v.name, v.mmsi) }), yes: t('ask.yes'), cancel: () => closed(true),
      fields: [flag, text, basis, el('div', { class: 'pair' }, deadline, reply), handling],
      missing: () => (!/^[A-Za-z]{2}$/.test(value(flag)) ? t('ask.needFlag') : !value(text) ? t('ask.needQuestion') : !value(basis) ? t('ask.needBasis') : !value(deadline) ? t('ask.needDeadline') : !value(reply) ? t('ask.needReply') : null),
      sentence: () => t('ask.say', { flag: flagName(value(flag).toUpperCase()), name: shipName(v.name, v.mmsi), id: idText(v.vesselId), basis: value(basis), tlp: TLP[handling.input.value], deadline: value(deadline).replace('T', ' '), reply: value(reply) }),
      perform: () => send('POST', '/api/registry/questions', { vessel: v.vesselId, flag: value(flag).toUpperCase(), text: value(text), legalBasis: value(basis), tlp: handling.input.value, deadline: `${value(deadline)}:00Z`, replyTo: value(reply) }),
      done: answer => {
        announce(t('ask.done', { flag: flagName(answer.flag) }));
        closed(true);
        place.append(el('p', { class: 'note', id: 'asked' }, `${t('ask.done', { flag: flagName(answer.flag) })} `, el('a', { href: '/registry.html', text: t('ask.see') })));
        asked?.();
      },
    });
  }

  closed(false);
  return place;
}
