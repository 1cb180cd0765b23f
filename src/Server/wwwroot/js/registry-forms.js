// Forms of the registry desk. Every act is said back in words before it is done; what the server refuses stands beside the form.
import { el, announce } from './dom.js';
import { TLP, TLP_RULE, REGISTER, flagName } from './words.js';
import { t, commas } from './text.js';

/** A label that says whether the field has to be filled in. */
export const needed = label => t('form.needed', { label });

/**
 * `fields` to fill in; `missing()` tells in a sentence what is lacking, or null; `sentence()` says the act in words;
 * `perform()` does it; `done(answer)` and `cancel()` follow.
 */
export function actForm({ id, title, fields, missing = () => null, sentence, yes, perform, done, cancel }) {
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const complain = text => { fault.textContent = text ?? ''; fault.hidden = !text; };
  const words = el('p', { class: 'note', tabindex: '-1' });
  const go = el('button', { id: `${id}-go`, type: 'submit', class: 'primary', text: t('form.readOver') });
  const confirm = el('button', { id: `${id}-confirm`, type: 'button', class: 'primary', text: yes });
  const back = el('button', { type: 'button', text: t('form.change'), onclick: () => step(false) });
  const first = el('div', { class: 'act-fields' }, fields, el('div', { class: 'buttons' }, cancel && el('button', { type: 'button', text: t('common.cancel'), onclick: cancel }), go));
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
      words.textContent = `${sentence()} ${t('registry.right')}`;
      step(true);
    } }, el('h3', { text: title }), fault, first, second);
}

export function field(label, input, hint) {
  const name = el('span', { text: label });
  return Object.assign(el('label', { class: 'field' }, name, input, hint && el('small', { text: hint })), { name, input });
}

export function tlpField(value = 'amber') {
  const rule = el('small', { text: TLP_RULE[value] });
  const select = el('select', { name: 'tlp', onchange: () => { rule.textContent = TLP_RULE[select.value]; } }, Object.entries(TLP).map(([v, text]) => el('option', { value: v, text })));
  select.value = value;
  return Object.assign(el('label', { class: 'field' }, el('span', { text: t('form.tlp') }), select, rule), { input: select });
}

// Which days a status needs, as the server demands them.
const DAYS = {
  registered: [t('form.registeredFrom'), true, t('form.until'), false], provisional: [t('form.from'), true, t('form.until'), true], deleted: [t('form.registeredFrom'), false, t('form.deletedOn'), true],
  neverRegistered: [t('form.holdsFrom'), true, t('form.until'), false], certificateNotOurs: [t('form.holdsFrom'), true, t('form.until'), false], underCheck: [t('form.from'), false, t('form.until'), false],
};
const time = day => (day ? `${day}T00:00:00Z` : null);

/** A statement of a register: in answer to a question, in place of another, or unasked. */
export function statementForm({ id, title, flag, ship = {}, before, tlp, needsReason, perform, done, cancel }) {
  const text = (name, value, more = {}) => Object.assign(el('input', { name, maxlength: 200, autocomplete: 'off', spellcheck: 'false', ...more }), { value: value ?? '' });
  const status = el('select', { name: 'status', onchange: () => relabel() }, el('option', { value: '', text: t('form.choose') }), Object.keys(DAYS).map(v => el('option', { value: v, text: REGISTER[v] })));
  const from = field(t('form.from'), text('validFrom', before?.validFrom?.slice(0, 10), { type: 'date' })), to = field(t('form.until'), text('validTo', before?.validTo?.slice(0, 10), { type: 'date' }));
  const reference = field(needed(t('form.reference')), text('reference', before?.reference), t('form.referenceHint'));
  const imo = field(t('form.imo'), text('imo', ship.imo, { inputmode: 'numeric' })), mmsi = field('MMSI', text('mmsi', ship.mmsi, { inputmode: 'numeric' }), t('form.oneNumber')), name = field(t('form.name'), text('name', ship.name));
  const handling = tlpField(tlp ?? before?.tlp), reason = needsReason && field(needed(t('form.reason')), el('textarea', { name: 'reason', rows: 2, maxlength: 4000 }), t('form.reasonHint'));
  status.value = before?.status in DAYS ? before.status : '';
  function relabel() {
    const [fromLabel, fromNeeded, toLabel, toNeeded] = DAYS[status.value] ?? DAYS.underCheck;
    from.name.textContent = fromNeeded ? needed(fromLabel) : t('form.ifKnown', { label: fromLabel });
    to.name.textContent = toNeeded ? needed(toLabel) : t('form.ifKnown', { label: toLabel });
    from.input.required = fromNeeded;
    to.input.required = toNeeded;
  }
  relabel();
  const value = f => f.input.value.trim();
  const missing = () => {
    if (!status.value) return t('form.needStatus');
    const [fromLabel, fromNeeded, toLabel, toNeeded] = DAYS[status.value];
    return fromNeeded && !value(from) ? t('form.needDay', { status: REGISTER[status.value], label: fromLabel.toLowerCase() })
      : toNeeded && !value(to) ? t('form.needDay', { status: REGISTER[status.value], label: toLabel.toLowerCase() })
      : !value(reference) ? t('form.needReference')
      : !value(imo) && !value(mmsi) ? t('form.needNumber')
      : reason && !value(reason) ? t('form.needWhyReplaced') : null;
  };
  const period = () => [value(from) && t('form.sinceDay', { day: value(from) }), value(to) && t(status.value === 'deleted' ? 'form.deletedDay' : 'form.untilDay', { day: value(to) })];
  return actForm({
    id, title, missing, done, cancel, yes: t('form.state'),
    fields: [field(needed(t('form.says')), status), el('div', { class: 'pair' }, from, to), reference, el('div', { class: 'pair' }, imo, mmsi), name, handling, reason].filter(Boolean),
    sentence: () => t('form.stateSay', { flag: flagName(flag), ship: commas(value(name), value(imo) && `IMO ${value(imo)}`, value(mmsi) && `MMSI ${value(mmsi)}`), status: commas(REGISTER[status.value], period()), reference: value(reference), tlp: TLP[handling.input.value] }),
    perform: () => perform({
      status: status.value, validFrom: time(value(from)), validTo: time(value(to)), reference: value(reference), imo: value(imo), mmsi: value(mmsi), name: value(name), tlp: handling.input.value,
      ...(reason && { reason: value(reason) }),
    }),
  });
}

/** An act that needs a reason alone: to revoke, to withdraw. */
export function reasonForm({ id, title, sentence, yes, perform, done, cancel }) {
  const reason = field(needed(t('form.reason')), el('textarea', { name: 'reason', rows: 2, maxlength: 4000 }), t('form.reasonStays'));
  return actForm({ id, title, yes, done, cancel, sentence, fields: [reason], missing: () => (reason.input.value.trim() ? null : t('form.needWhy')), perform: () => perform({ reason: reason.input.value.trim() }) });
}
