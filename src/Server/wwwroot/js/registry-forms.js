// Forms of the registry desk. Every act is said back in words before it is done; what the server refuses stands beside the form.
import { el, announce } from './dom.js';
import { TLP, TLP_RULE, REGISTER, flagName } from './words.js';

/**
 * `fields` to fill in; `missing()` tells in a sentence what is lacking, or null; `sentence()` says the act in words;
 * `perform()` does it; `done(answer)` and `cancel()` follow.
 */
export function actForm({ id, title, fields, missing = () => null, sentence, yes, perform, done, cancel }) {
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const complain = text => { fault.textContent = text ?? ''; fault.hidden = !text; };
  const words = el('p', { class: 'note', tabindex: '-1' });
  const go = el('button', { id: `${id}-go`, type: 'submit', class: 'primary', text: 'Read it over…' });
  const confirm = el('button', { id: `${id}-confirm`, type: 'button', class: 'primary', text: yes });
  const back = el('button', { type: 'button', text: 'Change it', onclick: () => step(false) });
  const first = el('div', { class: 'act-fields' }, fields, el('div', { class: 'buttons' }, cancel && el('button', { type: 'button', text: 'Cancel', onclick: cancel }), go));
  const second = el('div', { class: 'act-fields', hidden: true }, words, el('div', { class: 'buttons' }, back, confirm));
  function step(confirming) {
    first.hidden = confirming;
    second.hidden = !confirming;
    if (confirming) words.focus(); else first.querySelector('input, select, textarea, button')?.focus();
  }
  confirm.addEventListener('click', async () => {
    confirm.disabled = true;
    complain(null);
    try {
      done(await perform());
    } catch (problem) {
      complain(problem.message);
      announce(problem.message);
      step(false);
    } finally { confirm.disabled = false; }
  });
  return el('form', { id, class: 'act', novalidate: true, 'aria-label': title,
    onsubmit: e => {
      e.preventDefault();
      const lacking = missing();
      complain(lacking);
      if (lacking) return;
      words.textContent = sentence();
      step(true);
    } }, el('h4', { text: title }), fault, first, second);
}

export function field(label, input, hint) {
  const name = el('span', { text: label });
  return Object.assign(el('label', { class: 'field' }, name, input, hint && el('small', { text: hint })), { name, input });
}

export function tlpField(value = 'amber') {
  const rule = el('small', { text: TLP_RULE[value] });
  const select = el('select', { name: 'tlp', onchange: () => { rule.textContent = TLP_RULE[select.value]; } }, Object.entries(TLP).map(([v, text]) => el('option', { value: v, text })));
  select.value = value;
  return Object.assign(el('label', { class: 'field' }, el('span', { text: 'Handling (TLP)' }), select, rule), { input: select });
}

// Which days a status needs, as the server demands them.
const DAYS = {
  registered: ['Registered from', true, 'Until', false], provisional: ['From', true, 'Until', true], deleted: ['Registered from', false, 'Deleted on', true],
  neverRegistered: ['Holds from', true, 'Until', false], certificateNotOurs: ['Holds from', true, 'Until', false], underCheck: ['From', false, 'Until', false],
};
const time = day => (day ? `${day}T00:00:00Z` : null);

/** A statement of a register: in answer to a question, in place of another, or unasked. */
export function statementForm({ id, title, flag, ship = {}, before, tlp, needsReason, perform, done, cancel }) {
  const text = (name, value, more = {}) => Object.assign(el('input', { name, maxlength: 200, autocomplete: 'off', spellcheck: 'false', ...more }), { value: value ?? '' });
  const status = el('select', { name: 'status', onchange: () => relabel() }, el('option', { value: '', text: 'Choose what the register says' }), Object.keys(DAYS).map(v => el('option', { value: v, text: REGISTER[v] })));
  const from = field('From', text('validFrom', before?.validFrom?.slice(0, 10), { type: 'date' })), to = field('Until', text('validTo', before?.validTo?.slice(0, 10), { type: 'date' }));
  const reference = field('Reference (needed)', text('reference', before?.reference), 'The register\'s own entry or document.');
  const imo = field('IMO number', text('imo', ship.imo, { inputmode: 'numeric' })), mmsi = field('MMSI', text('mmsi', ship.mmsi, { inputmode: 'numeric' }), 'One of the two numbers is needed.'), name = field('Name in the register', text('name', ship.name));
  const handling = tlpField(tlp ?? before?.tlp), reason = needsReason && field('Reason (needed)', el('textarea', { name: 'reason', rows: 2, maxlength: 4000 }), 'It stands in place of the statement in force; both stay readable.');
  status.value = before?.status in DAYS ? before.status : '';
  function relabel() {
    const [fromLabel, fromNeeded, toLabel, toNeeded] = DAYS[status.value] ?? ['From', false, 'Until', false];
    from.name.textContent = `${fromLabel} (${fromNeeded ? 'needed' : 'if known'})`;
    to.name.textContent = `${toLabel} (${toNeeded ? 'needed' : 'if known'})`;
    from.input.required = fromNeeded;
    to.input.required = toNeeded;
  }
  relabel();
  const value = f => f.input.value.trim();
  const missing = () => {
    if (!status.value) return 'Choose what the register says.';
    const [fromLabel, fromNeeded, toLabel, toNeeded] = DAYS[status.value];
    return fromNeeded && !value(from) ? `‘${REGISTER[status.value]}’ needs a day: ${fromLabel.toLowerCase()}.`
      : toNeeded && !value(to) ? `‘${REGISTER[status.value]}’ needs a day: ${toLabel.toLowerCase()}.`
      : !value(reference) ? 'Name the entry or document of the register.'
      : !value(imo) && !value(mmsi) ? 'Give the IMO number or the MMSI by which the register knows her.'
      : reason && !value(reason) ? 'Say why it stands in place of the other: others will read it later.' : null;
  };
  const period = () => [value(from) && `from ${value(from)}`, value(to) && `${status.value === 'deleted' ? 'deleted on' : 'until'} ${value(to)}`].filter(Boolean).join(', ');
  return actForm({
    id, title, missing, done, cancel, yes: 'Yes, state it',
    fields: [field('The register says (needed)', status), el('div', { class: 'pair' }, from, to), reference, el('div', { class: 'pair' }, imo, mmsi), name, handling, reason].filter(Boolean),
    sentence: () => `You state for the register of ${flagName(flag)}: ${[value(name), value(imo) && `IMO ${value(imo)}`, value(mmsi) && `MMSI ${value(mmsi)}`].filter(Boolean).join(', ')} – ${REGISTER[status.value]}${period() ? `, ${period()}` : ''}; reference ${value(reference)}; ${TLP[handling.input.value]}. It is signed with your account and never edited, only superseded or revoked. Once in force it is told to who asked and to subscribers. Is that right?`,
    perform: () => perform({
      status: status.value, validFrom: time(value(from)), validTo: time(value(to)), reference: value(reference), imo: value(imo), mmsi: value(mmsi), name: value(name), tlp: handling.input.value,
      ...(reason && { reason: value(reason) }),
    }),
  });
}

/** An act that needs a reason alone: to revoke, to withdraw. */
export function reasonForm({ id, title, sentence, yes, perform, done, cancel }) {
  const reason = field('Reason (needed)', el('textarea', { name: 'reason', rows: 2, maxlength: 4000 }), 'It stays readable.');
  return actForm({ id, title, yes, done, cancel, sentence, fields: [reason], missing: () => (reason.input.value.trim() ? null : 'Say why: others will read it later.'), perform: () => perform({ reason: reason.input.value.trim() }) });
}
