// The form of an area: name, buffer, and its points on a map and in a list that stay in step. Each saving is the next version.
import { el, announce } from './dom.js';
import { send } from './api.js';
import { t } from './text.js';
import { readPoints, writePoints } from './area-points.js';
import { areaMap } from './area-map.js';
import { field, key } from './rules-parts.js';

const copy = polygons => structuredClone(polygons);

/** `area` is the version to go on from, null for a new one; `done(saved)` and `cancel()` follow. */
export function areaForm(area, { done, cancel }) {
  const points = el('textarea', { id: 'area-points', spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'area-points-hint' });
  const name = el('input', { id: 'area-name', maxlength: '80', value: area?.name ?? '' });
  const buffer = el('input', { id: 'area-buffer', type: 'number', min: '0', max: '100', step: '0.1', value: String(area?.bufferNm ?? 0) });
  const format = el('select', { id: 'area-format', 'aria-label': t('rules.area.format'), onchange: () => write() }, ['minutes', 'decimal'].map(v => el('option', { value: v, text: t(`rules.area.${v}`) })));
  const fault = el('p', { class: 'fault', role: 'alert' });
  const count = el('small', { role: 'status' });
  const draw = el('button', { id: 'area-draw', type: 'button', 'aria-pressed': 'false', text: t('rules.area.draw'), onclick: () => setDrawing(!model.drawing) });
  const undo = el('button', { id: 'area-undo', type: 'button', text: t('rules.area.undo'), disabled: true, onclick: () => model.undo() });
  const choice = el('select', { id: 'area-choice', hidden: true, 'aria-label': t('rules.area.choice') });
  const box = el('div', { class: 'area-map' });
  const past = [];
  let map = null, idempotency = key();

  const ringOf = at => (at.hole < 0 ? model.polygons[at.polygon].shell : model.polygons[at.polygon].holes[at.hole]);
  const model = {
    polygons: copy(area?.polygons ?? []), drawing: false, chosen: null,
    begin() { past.push(copy(model.polygons)); undo.disabled = false; },
    select(at) { model.chosen = at; map?.show(); },
    add(at) { model.begin(); if (!model.polygons.length) model.polygons.push({ shell: [], holes: [] }); model.polygons.at(-1).shell.push(at); after(); },
    insert(at, place) { model.begin(); ringOf(at).splice(at.index, 0, place); after(); },
    move(at, place) { ringOf(at)[at.index] = place; map?.show(); },
    settle(moved) { if (moved) after(); else past.pop(); undo.disabled = past.length === 0; },
    remove(at) {
      model.begin();
      ringOf(at).splice(at.index, 1);
      model.polygons = model.polygons.filter(p => p.shell.length > 0);
      model.chosen = null;
      after();
    },
    undo() { if (past.length) model.polygons = past.pop(); model.chosen = null; undo.disabled = past.length === 0; after(); announce(t('rules.area.undone')); },
  };

  function tell(problems = []) {
    fault.textContent = problems.join(' ');
    count.textContent = t('rules.area.count', { n: model.polygons.reduce((sum, p) => sum + p.shell.length + p.holes.reduce((s, h) => s + h.length, 0), 0) });
  }
  function write() { points.value = writePoints(model.polygons, format.value === 'minutes'); }
  function after() { write(); tell(); map?.show(); }
  function setDrawing(on) {
    model.drawing = on;
    draw.setAttribute('aria-pressed', String(on));
    box.classList.toggle('drawing', on);
  }

  points.addEventListener('input', () => {
    const read = readPoints(points.value);
    tell(read.problems);
    // What is half typed stays as it is; the map follows what can be read.
    if (JSON.stringify(read.polygons) !== JSON.stringify(model.polygons)) { model.begin(); model.polygons = read.polygons; model.chosen = null; map?.show(); tell(read.problems); }
  });
  points.addEventListener('change', () => { if (!readPoints(points.value).problems.length) { write(); map?.fit(); } });

  function take(drawing) {
    model.begin();
    model.polygons = copy(drawing.polygons);
    if (!name.value) name.value = drawing.name ?? '';
    after();
    tell(drawing.problems);
    map?.fit();
  }
  const file = el('input', { id: 'area-file', type: 'file', accept: '.geojson,.json,.kml,.kmz,.zip', 'aria-label': t('rules.area.import'), onchange: async () => {
    try {
      const { areas } = await importFile(file.files[0]);
      choice.hidden = areas.length < 2;
      choice.replaceChildren(...areas.map((a, i) => el('option', { value: i, text: a.name ?? t('rules.area.nth', { n: i + 1 }) })));
      choice.onchange = () => take(areas[Number(choice.value)]);
      take(areas[0]);
      announce(t('rules.area.imported', { n: areas.length }));
    } catch (problem) { fault.textContent = problem.message; }
    file.value = '';
  } });

  async function save() {
    const read = readPoints(points.value);
    if (read.problems.length) { tell(read.problems); return; }
    const body = { name: name.value, bufferNm: Number(buffer.value), polygons: read.polygons };
    try {
      done(area ? await send('POST', `/api/areas/${encodeURIComponent(area.id)}/versions`, { ...body, versionSeen: area.version }) : await send('POST', '/api/areas', body, true, { 'Idempotency-Key': idempotency }));
      map?.close();
    } catch (problem) {
      // What was refused is another area once it is mended.
      idempotency = key();
      fault.textContent = problem.message;
      announce(problem.message);
    }
  }

  const form = el('section', { class: 'area-form', id: 'area-form', 'aria-label': area ? t('rules.area.change', { name: area.name }) : t('rules.area.new'), onkeydown: e => {
    if ((e.ctrlKey || e.metaKey) && e.key === 'z' && !e.target.matches('input, textarea')) { e.preventDefault(); model.undo(); }
  } },
  el('h3', { text: area ? t('rules.area.change', { name: area.name }) : t('rules.area.new') }),
  el('div', { class: 'rule-pair' }, field(t('rules.area.name'), name), field(t('rules.area.buffer'), buffer, t('rules.area.bufferHint'))),
  el('div', { class: 'area-tools' }, draw, undo, el('label', { class: 'button file-button' }, t('rules.area.import'), file), choice, format, count),
  fault,
  el('div', { class: 'area-both' }, box, el('div', { class: 'area-points' },
    el('label', { for: 'area-points' }, el('strong', { text: t('rules.area.points') })), points, el('small', { id: 'area-points-hint', text: t('rules.area.pointsHint') }))),
  el('div', { class: 'rule-buttons' }, el('button', { id: 'area-save', type: 'button', class: 'primary', text: area ? t('rules.area.saveNext', { n: area.version + 1 }) : t('rules.area.save'), onclick: save }),
    el('button', { type: 'button', text: t('common.cancel'), onclick: () => { map?.close(); cancel(); } })));
  write();
  tell();
  areaMap(box, model).then(opened => {
    map = opened;
    if (!map) { draw.disabled = true; box.replaceChildren(el('p', { class: 'note', text: t('rules.area.noMap') })); return; }
    if (!area) setDrawing(true);
    map.show();
    map.fit();
    form.dataset.ready = 'true';
  }).catch(problem => { fault.textContent = t('rules.area.mapFault', { problem: problem.message }); });
  return form;
}

async function importFile(file) {
  const response = await fetch('/api/areas/import', { method: 'POST', credentials: 'same-origin', headers: { 'X-MaritimeWatch': '1', 'Content-Type': 'application/octet-stream' }, body: file });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? answer.title ?? t('rules.area.importFault', { status: response.status }));
  return answer;
}
