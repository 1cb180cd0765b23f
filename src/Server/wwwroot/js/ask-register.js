// Asks a flag's register about a vessel: what, under which rule, until when, how far it may be passed on, and where the answer goes.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { actForm, field, tlpField } from './registry-forms.js';
import { TLP, flagName, shipName, idText } from './words.js';

const WEEK_MS = 7 * 864e5;

/** `flags` are those that sources claim for her; another may be typed. */
export function askRegister(v, flags, asked) {
  const place = el('div');
  const closed = focus => {
    const button = el('button', { id: 'act-ask', type: 'button', text: 'Ask a register…', onclick: () => { place.replaceChildren(form()); place.querySelector('input')?.focus(); } });
    place.replaceChildren(button);
    if (focus) button.focus();
  };

  function form() {
    const flag = field('Flag (needed)', el('input', { name: 'flag', maxlength: 2, list: 'flags-claimed', autocapitalize: 'characters', spellcheck: 'false' }), 'Two letters. The register of this State is asked.');
    flag.append(el('datalist', { id: 'flags-claimed' }, flags.map(f => el('option', { value: f, text: flagName(f) }))));
    const text = field('Question (needed)', el('textarea', { name: 'text', rows: 3, maxlength: 4000 })), basis = field('Legal basis (needed)', el('input', { name: 'legalBasis', maxlength: 200 }), 'The rule under which you ask, for example UNCLOS article 94.');
    const deadline = field('Deadline, UTC (needed)', el('input', { name: 'deadline', type: 'datetime-local' })), handling = tlpField(), reply = field('Answer goes to (needed)', el('input', { name: 'replyTo', type: 'email', autocomplete: 'email' }), 'One e-mail address.');
    flag.input.value = flags.length === 1 ? flags[0] : '';
    deadline.input.value = new Date(Date.now() + WEEK_MS).toISOString().slice(0, 16);
    const value = f => f.input.value.trim();
    return actForm({
      id: 'ask', title: `Ask a register about ${shipName(v.name, v.mmsi)}`, yes: 'Yes, ask', cancel: () => closed(true),
      fields: [flag, text, basis, el('div', { class: 'pair' }, deadline, reply), handling],
      missing: () => (!/^[A-Za-z]{2}$/.test(value(flag)) ? 'Give the flag as two letters.' : !value(text) ? 'Write what you need to know.' : !value(basis) ? 'Name the rule under which you ask.' : !value(deadline) ? 'Say until when you need the answer.' : !value(reply) ? 'Give the address the answer goes to.' : null),
      sentence: () => `You ask the register of ${flagName(value(flag).toUpperCase())} about ${shipName(v.name, v.mmsi)} (${idText(v.vesselId)}) under ${value(basis)}, ${TLP[handling.input.value]}, until ${value(deadline).replace('T', ' ')} UTC. The answer goes to ${value(reply)}. Is that right?`,
      perform: () => send('POST', '/api/registry/questions', { vessel: v.vesselId, flag: value(flag).toUpperCase(), text: value(text), legalBasis: value(basis), tlp: handling.input.value, deadline: `${value(deadline)}:00Z`, replyTo: value(reply) }),
      done: answer => {
        announce('The register is asked.');
        closed(true);
        place.append(el('p', { class: 'note', id: 'asked' }, `The register of ${flagName(answer.flag)} is asked. `, el('a', { href: '/registry.html', text: 'See the questions' })));
        asked?.();
      },
    });
  }

  closed(false);
  return place;
}
