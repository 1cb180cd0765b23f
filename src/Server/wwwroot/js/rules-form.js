// The form of a rule, in fixed order: what, where, who, threshold, exclusions, expiry, mail. It is saved only after a dry run of
// exactly what stands in it was seen; the server runs it again and wants the number confirmed where mails are many.
import { el, announce } from './dom.js';
import { get, send } from './api.js';
import { t } from './text.js';
import { KIND, CLASS, BAND } from './words.js';
import { areaForm } from './rules-area.js';
import { trialResult } from './rules-trial.js';
import { exclusionList } from './rules-exclusions.js';
import { field, checks, key, lines, endOf, inDays, typeOptions, typesOf, namesOf } from './rules-parts.js';

const CLASSES = Object.keys(CLASS).filter(c => !['cannotTell', 'reception', 'lawful'].includes(c));
const IDENTITY = ['identityClash', 'flagChange', 'identityContradiction', 'flagHop'];

/** `rule` is the version to go on from, null for a new one; `limits` come with the list of rules. */
export function ruleForm(rule, areas, limits, { done, cancel, areasChanged }) {
  const r = rule ?? { name: '', kinds: ['silence'], classes: [], areas: [], shipTypes: [], vessels: [], flags: [], band: 'medium', exclusions: [], mailTo: [] };
  const idempotency = key();
  let seen = null;

  const changed = () => { if (seen) { seen = null; trial.replaceChildren(el('p', { class: 'note', text: t('rules.form.again') })); } ready(); };
  const input = (id, value, attributes = {}) => el('input', { id: `rule-${id}`, value: value ?? '', ...attributes });
  const name = input('name', r.name, { maxlength: '80' });
  const kinds = checks('kind', t('rules.form.kinds'), Object.keys(KIND).map(k => [k, KIND[k]]), r.kinds, () => flagsAllowed());
  const classes = checks('class', t('rules.form.classes'), CLASSES.map(c => [c, CLASS[c]]), r.classes);
  const types = checks('type', t('rules.form.types'), typeOptions(), namesOf(r.shipTypes));
  const [least, most] = [['least', r.leastLengthM], ['most', r.mostLengthM]].map(([id, v]) => input(`${id}-length`, v, { type: 'number', min: '0', max: '1000' }));
  const transponder = el('select', { id: 'rule-transponder' }, [['', t('rules.form.anyClass')], ['a', 'A'], ['b', 'B']].map(([v, text]) => el('option', { value: v, text, selected: (r.transponder ?? '') === v })));
  const vessels = el('textarea', { id: 'rule-vessels', rows: '2' }, r.vessels.join('\n'));
  const flags = input('flags', r.flags.join(' '), { maxlength: '300', autocomplete: 'off' });
  const flagHint = el('small', { id: 'rule-flags-hint' });
  const threshold = el('select', { id: 'rule-threshold', onchange: () => { percentField.hidden = threshold.value !== 'probability'; } },
    [...['low', 'medium', 'high'].map(b => [b, t('rules.form.band', { band: BAND[b].word })]), ['probability', t('rules.form.byProbability')]].map(([v, text]) => el('option', { value: v, text, selected: v === (r.probability ? 'probability' : r.band ?? 'low') })));
  const percent = input('percent', r.probability ? String(Math.round(r.probability * 1000) / 10) : '20', { type: 'number', min: '0.1', max: '100', step: '0.1' });
  const percentField = Object.assign(field(t('rules.form.percent'), percent), { hidden: !r.probability });
  const exclusions = exclusionList(r.exclusions, areas, changed);
  const expires = input('expires', r.expiresAt?.slice(0, 10) ?? inDays(180), { type: 'date' });
  const review = input('review', r.reviewAt && rule.state !== 'reviewDue' ? r.reviewAt.slice(0, 10) : inDays(90), { type: 'date' });
  const mail = el('textarea', { id: 'rule-mail', rows: '3', 'aria-describedby': 'rule-mail-hint' }, r.mailTo.join('\n'));
  const takeOver = el('input', { id: 'rule-take-over', type: 'checkbox' });
  const fault = el('p', { id: 'rule-fault', class: 'fault', role: 'alert' });
  const trial = el('div', { id: 'rule-trial' });
  const confirm = el('input', { id: 'rule-confirm', type: 'checkbox', onchange: () => ready() });
  const confirmText = el('span');
  const confirmLine = el('label', { hidden: true }, confirm, confirmText);
  const run = el('button', { id: 'rule-run', type: 'button', class: 'primary', text: t('rules.form.run'), onclick: tryIt });
  const save = el('button', { id: 'rule-save', type: 'submit', text: rule ? t('rules.form.saveNext', { n: rule.version + 1 }) : t('rules.form.save'), disabled: true });
  const saveHint = el('small', { text: t('rules.form.runFirst') });

  // Where: everywhere, or areas in the version that is offered now, or that the rule names already.
  const pickArea = el('div', { id: 'area-place' });
  let chosen = r.areas.map(a => `${a.id} ${a.version}`);
  let boxes;
  const [everywhere, inAreas] = [false, true].map(v => el('input', { type: 'radio', name: 'where', checked: v === chosen.length > 0, onchange: () => drawWhere() }));
  const whereBox = el('div', { class: 'rule-field' });
  function areaOptions() {
    const current = areas.filter(a => !a.retired).map(a => [`${a.id} ${a.version}`, `${a.name}${a.bufferNm ? ` + ${a.bufferNm} nm` : ''}`]);
    const earlier = chosen.filter(c => !current.some(([v]) => v === c)).map(c => { const [id, version] = c.split(' '); return [c, t('rules.form.earlierArea', { name: areas.find(a => a.id === id)?.name ?? id, version })]; });
    return [...current, ...earlier];
  }
  function drawWhere() {
    boxes = checks('area', t('rules.form.areas'), areaOptions(), chosen, () => { chosen = boxes.value(); changed(); });
    whereBox.replaceChildren(...(inAreas.checked ? [boxes, el('div', { class: 'rule-buttons' }, el('button', { id: 'rule-draw-area', type: 'button', text: t('rules.area.new'), onclick: drawArea }))] : []));
  }
  function drawArea() {
    const close = () => pickArea.replaceChildren();
    pickArea.replaceChildren(areaForm(null, { cancel: close, done: area => {
      areas = [...areas.filter(a => a.id !== area.id), area];
      chosen = [...chosen, `${area.id} ${area.version}`];
      close();
      drawWhere();
      exclusions.offer(areas);
      areasChanged(area);
      changed();
      announce(t('rules.area.saved', { name: area.name }));
      whereBox.querySelector('button')?.focus();
    } }));
    pickArea.querySelector('input').focus({ preventScroll: true });
    pickArea.scrollIntoView({ block: 'start' });
  }

  function flagsAllowed() {
    const asked = kinds.value(), allowed = asked.length > 0 && asked.every(k => IDENTITY.includes(k));
    flags.disabled = !allowed;
    if (!allowed) flags.value = '';
    flagHint.textContent = t(allowed ? 'rules.form.flagsHint' : 'rules.form.flagsRefused');
  }

  const draft = () => ({
    name: name.value, kinds: kinds.value(), classes: classes.value(), areas: inAreas.checked ? chosen.map(c => { const [id, version] = c.split(' '); return { id, version: Number(version) }; }) : [],
    shipTypes: typesOf(types.value()), leastLengthM: least.value === '' ? null : Number(least.value), mostLengthM: most.value === '' ? null : Number(most.value), transponder: transponder.value || null,
    vessels: lines(vessels.value), flags: flags.value.toUpperCase().split(/[\s,;]+/).filter(Boolean), band: threshold.value === 'probability' ? null : threshold.value, probability: threshold.value === 'probability' ? Number(percent.value) / 100 : null,
    exclusions: exclusions.value(), expiresAt: endOf(expires.value), reviewAt: endOf(review.value), mailTo: lines(mail.value),
  });

  function ready() {
    const many = seen && seen.run.mostMailsADay > limits.mailsToConfirm;
    confirmLine.hidden = !many;
    confirmText.textContent = many ? t('rules.form.confirm', { n: seen.run.mostMailsADay }) : '';
    save.disabled = !seen || (many && !confirm.checked);
    save.classList.toggle('primary', !save.disabled);
    saveHint.hidden = Boolean(seen);
  }

  async function tryIt() {
    fault.textContent = '';
    if (inAreas.checked && chosen.length === 0) { fault.textContent = t('rules.form.noArea'); return; }
    const asked = draft();
    run.disabled = true;
    try {
      const result = await send('POST', '/api/rules/dry-run', { rule: asked });
      seen = { run: result, asked: JSON.stringify(asked) };
      confirm.checked = false;
      trial.replaceChildren(trialResult(result, limits.mailsToConfirm));
      trial.firstChild.focus();
    } catch (problem) { fault.textContent = problem.message; fault.scrollIntoView({ block: 'center' }); } finally { run.disabled = false; ready(); }
  }

  async function keep(e) {
    e.preventDefault();
    const asked = draft();
    if (!seen || seen.asked !== JSON.stringify(asked)) { changed(); return; }
    const body = { rule: asked, versionSeen: rule?.version ?? 0, takeOver: takeOver.checked, confirmed: confirm.checked, mailsSeen: confirm.checked ? seen.run.mostMailsADay : null };
    save.disabled = true;
    try {
      done(rule ? await send('POST', `/api/rules/${encodeURIComponent(rule.id)}/versions`, body) : await send('POST', '/api/rules', body, true, { 'Idempotency-Key': idempotency }));
    } catch (problem) { fault.textContent = problem.message; fault.scrollIntoView({ block: 'center' }); ready(); }
  }

  const step = (number, title, ...children) => el('fieldset', { id: `rule-step-${number}` }, el('legend', {}, el('b', { text: `${number}` }), title), children);
  const form = el('form', { class: 'rule-form', id: 'rule-form', novalidate: true, onsubmit: keep, oninput: e => { if (e.target !== confirm && !e.target.closest('#area-place')) changed(); } },
    el('h2', { text: rule ? t('rules.form.change', { name: rule.name }) : t('rules.form.new') }),
    field(t('rules.form.name'), name),
    step(1, t('rules.form.what'), kinds, el('details', { open: r.classes.length > 0 }, el('summary', { text: t('rules.form.classesOpen') }), el('p', { class: 'quiet', text: t('rules.form.classesHint') }), classes)),
    step(2, t('rules.form.where'), el('div', { class: 'rule-radio' }, el('label', {}, everywhere, t('rules.form.everywhere')), el('label', {}, inAreas, t('rules.form.inAreas'))), whereBox, pickArea),
    step(3, t('rules.form.who'), el('p', { class: 'quiet', text: t('rules.form.whoHint') }), types,
      el('div', { class: 'rule-pair' }, field(t('rules.form.least'), least), field(t('rules.form.most'), most), field(t('rules.form.transponder'), transponder)),
      el('div', { class: 'rule-pair' }, field(t('rules.form.vessels'), vessels, t('rules.form.vesselsHint')), el('label', { class: 'rule-field' }, el('span', { text: t('rules.form.flags') }), flags, flagHint))),
    step(4, t('rules.form.threshold'), el('div', { class: 'rule-pair' }, field(t('rules.form.leastOf'), threshold), percentField), el('p', { class: 'quiet', text: t('rules.form.thresholdHint') })),
    step(5, t('rules.form.exclusions'), exclusions),
    step(6, t('rules.form.expiry'), el('div', { class: 'rule-pair' }, field(t('rules.form.expires'), expires), field(t('rules.form.review'), review, t('rules.form.reviewHint'))),
      rule && el('label', { class: 'rule-field' }, el('span', {}, takeOver, ` ${t('rules.form.takeOver', { owner: rule.owner })}`))),
    step(7, t('rules.form.mail'), field(t('rules.form.mailTo'), mail), el('p', { class: 'quiet', id: 'rule-mail-hint', text: t('rules.form.mailHint') })),
    trial,
    el('div', { class: 'rule-save' }, fault, confirmLine, el('div', { class: 'rule-buttons' }, run, save, el('button', { type: 'button', text: t('common.cancel'), onclick: cancel }), saveHint)));
  drawWhere();
  flagsAllowed();
  return form;
}

export const reload = () => Promise.all([get('/api/rules'), get('/api/areas')]);
