// The console: puts list, map and drawer together. Everything it shows comes from the server's JSON and binary frames.
import { byId, announce } from './dom.js';
import { get, Problem } from './api.js';
import { loadPalette, nextPalette } from './palette.js';
import { Fleet } from './fleet.js';
import { openMap } from './map.js';
import { openLive, openNews, Names, viewportAround } from './live.js';
import { FeedBar } from './feeds.js';
import { AlertList } from './alert-list.js';
import { showAlert } from './alert-drawer.js';
import { showVessel } from './vessel-drawer.js';
import { openSearch } from './search.js';
import { dressMap } from './map-dress.js';
import { Layers } from './layers.js';
import { leftColumn, WatchList } from './layers-panel.js';
import { trackShapes, alertRings } from './track-shapes.js';
import { readView, writeView } from './address.js';
import { Time } from './time.js';
import { rights, takeRights } from './rights.js';
import { openAccount } from './account.js';
import { nodeTlp, spaced } from './words.js';
import { deskLinks } from './desks.js';
import { t } from './text.js';

const TRACK_HOURS = 24, BEFORE_HOURS = 6, MOST_TRACK_HOURS = 191;
const ASK_AGAIN_MS = 30000; // feed states and ages, should an event be lost
const selection = { caseId: null, mmsi: null, vesselId: null };
const fleet = new Fleet();
const names = new Names();
const nowMs = () => fleet.nowMs();
const watched = new WatchList();
let view, dress, layers, live, list, feeds, time, shown = fleet, opened = 0, asked = 0;

const faults = new Map();
/** Shows what went wrong, by its cause; the same cause clears it again. */
function fault(text, cause = 'act') {
  if (text) faults.set(cause, text); else faults.delete(cause);
  byId('fault').textContent = [...faults.values()].join(' ');
  byId('fault').hidden = faults.size === 0;
}

// Of a replayed moment only what was raised by then, and what is open in the drawer.
function rings() {
  const known = a => !time?.replay.active || Date.parse(a.openedAt) <= time.atMs || a.caseId === selection.caseId;
  view?.show('alerts', alertRings(list.alerts.filter(known), selection.caseId));
}

async function loadAlerts(answer = get('/api/alerts')) {
  try {
    const { alerts } = await answer;
    list.take(alerts);
    time?.setAlerts(alerts);
    rings();
    if (selection.caseId && !isDeciding()) await openAlert(selection.caseId, { quiet: true });
    fault(null, 'alerts');
  } catch (problem) { fault(t('console.alertsFault', { problem: problem.message }), 'alerts'); }
}

async function loadWatch(answer = get('/api/watch')) {
  try {
    const watch = await answer;
    fleet.setClock(Date.parse(watch.now), watch.speed);
    feeds.take(watch);
    fault(null, 'watch');
  } catch (problem) { fault(t('console.feedsFault', { problem: problem.message }), 'watch'); }
}

// A day back from the picture's time; longer when what the alert is about began before, as far as one answer reaches.
function trackPeriod(finding) {
  const at = time?.atMs ?? nowMs(), begins = finding ? Date.parse(finding.startTime) - BEFORE_HOURS * 36e5 : at;
  const from = Math.min(at - TRACK_HOURS * 36e5, begins), to = Math.min(nowMs(), from + MOST_TRACK_HOURS * 36e5);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

async function readVessel(vesselId, finding = null) {
  if (!rights.watch) return { vessel: null, track: null, problem: null };
  const id = encodeURIComponent(vesselId), { from, to } = trackPeriod(finding);
  const [vessel, track] = await Promise.allSettled([get(`/api/vessels/${id}`), get(`/api/vessels/${id}/track?from=${from}&to=${to}`)]);
  return { vessel: vessel.value ? { ...vessel.value, track: track.value ?? null } : null, track: track.value ?? null, problem: vessel.reason?.message ?? null };
}

function drawTrack(track) {
  const shapes = trackShapes(track);
  view?.show('track', shapes.track);
  view?.show('gaps', shapes.gaps);
}

// What a person has begun to write is never drawn over.
const isDeciding = () => document.querySelector('#drawer .decision textarea') !== null;

/** Opens an alert in the drawer; quiet = refresh without moving map or focus, over = even over a decision being written, which was refused. */
async function openAlert(caseId, { quiet = false, over = false, fly = true } = {}) {
  // A refresh gives way to whatever a person opens or decides and to a later refresh, and takes nothing from them.
  const mine = quiet ? opened : ++opened, turn = ++asked;
  // The list knows whose alert it is: her page is asked for at the same time.
  const row = list.find(caseId), hers = row && readVessel(row.vesselId, row);
  let alert;
  try { alert = await get(`/api/alerts/${encodeURIComponent(caseId)}`); } catch (problem) {
    if (mine !== opened || (quiet && turn !== asked)) return;
    if (problem.status === 404) { close(); fault(t('console.alertGone')); } else fault(problem.message);
    return;
  }
  const f = alert.finding;
  const { vessel, track } = await (row?.vesselId === f.vesselId ? hers : readVessel(f.vesselId, f));
  if (mine !== opened || (quiet && (turn !== asked || selection.caseId !== caseId || (isDeciding() && !over)))) return;
  if (!quiet) fault(null);
  Object.assign(selection, { caseId, mmsi: f.mmsi, vesselId: f.vesselId });
  render(alert, vessel);
  list.select(caseId);
  time?.about({ mmsi: f.mmsi ? Number(f.mmsi) : null, startMs: Date.parse(f.startTime) });
  layout();
  remember();
  const onMap = () => {
    drawTrack(track);
    dress?.about(alert, f.mmsi);
    rings();
  };
  if (quiet) { onMap(); return; }
  byId('drawer-title').focus({ preventScroll: true });
  // The reasons are on the screen before the map is drawn anew, which takes longer.
  await painted();
  if (mine !== opened) return;
  onMap();
  if (fly && f.start && view) flyTo(f.start.lonDeg, f.start.latDeg);
  window.maritimeWatch.onMap = caseId;
}

const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));

function render(alert, vessel) {
  const held = byId('drawer').contains(document.activeElement) ? document.activeElement : null;
  showAlert(alert, vessel, {
    nowMs, close, open: id => openAlert(id),
    changed: async (answer, problem) => {
      asked++;
      if (answer) render(answer, vessel); else await openAlert(alert.caseId, { quiet: true, over: true });
      if (problem) fault(problem);
      byId('drawer-title').focus({ preventScroll: true });
      loadAlerts();
    },
  });
  if (held) (document.getElementById(held.id) ?? document.querySelector(`[data-testid="${held.dataset.testid}"]`) ?? byId('drawer-title')).focus({ preventScroll: true });
}

async function openVessel({ mmsi = null, vesselId = mmsi ? `mmsi:${mmsi}` : null, fly = false }) {
  const mine = ++opened;
  Object.assign(selection, { caseId: null, mmsi, vesselId });
  list.select(null);
  const i = mmsi === null ? undefined : shown.index.get(mmsi);
  const now = i === undefined ? null : shown.describe(i);
  time?.about({ mmsi, startMs: null });
  const shared = { mmsi, live: now, replayed: time?.replayed, name: mmsi && names.of(mmsi), watched, close, openCase: id => openAlert(id) };
  showVessel(shared);
  dress?.about(null, mmsi);
  layout();
  if (fly && now) flyTo(now.lonDeg, now.latDeg);
  byId('drawer-title').focus({ preventScroll: true });
  const { vessel, track, problem } = await readVessel(vesselId);
  if (mine !== opened) return;
  if (fly && !now && vessel?.latest) flyTo(vessel.latest.lonDeg, vessel.latest.latDeg);
  drawTrack(track);
  showVessel({ ...shared, vessel, problem });
  remember();
}

function flyTo(lon, lat) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  view.map.easeTo({ center: [lon, lat], zoom: Math.max(view.map.getZoom(), 8.5), duration: still ? 0 : 450 });
}

function close() {
  opened++;
  const caseId = selection.caseId;
  Object.assign(selection, { caseId: null, mmsi: null, vesselId: null });
  byId('drawer').hidden = true;
  list.select(null);
  dress?.about(null, null);
  time?.about(null);
  drawTrack(null);
  rings();
  layout();
  remember();
  if (caseId) document.querySelector(`[data-alert-id="${CSS.escape(caseId)}"]`)?.focus();
}

function layout() {
  document.body.classList.toggle('with-drawer', !byId('drawer').hidden);
}

// Without a view in the address the map opens where the vessels are, once, unless some are in view already.
let placed = false;
function openAtVessels(first) {
  if (placed || !view || fleet.known === null || (!fleet.count && !fleet.middle())) return;
  placed = true;
  if (first.given || first.alert || first.mmsi) return;
  // The first frame is of the view: none in it, and the map goes to where most vessels are.
  if (fleet.count > watched.mmsis.length || !fleet.middle()) return;
  view.map.jumpTo({ center: fleet.middle(), zoom: 6 });
}

const remember = () => view && writeView(view.map, selection, layers, time?.state);

/** Puts the live fleet or the replayed one on the map, under the pointer and into the table. */
function put(which) {
  shown = which;
  dress?.draw(which);
  if (which === fleet) showCount();
}

function showCount() { byId('vessel-count').textContent = t('console.heard', { n: fleet.shipCount(), count: spaced(fleet.shipCount()) }); }

function box() {
  const b = view.map.getBounds();
  return [Math.max(-180, b.getWest()), Math.max(-85, b.getSouth()), Math.min(180, b.getEast()), Math.min(85, b.getNorth())];
}

function keys() {
  const acts = {
    '/': () => byId('search').focus(), d: palette, t: () => dress?.table.toggle(), m: () => dress?.measure.toggle(), r: () => byId('reception-button').click(), u: () => list.apply(), '?': () => byId('key-help').showModal(),
    l: () => { byId('legend').open = !byId('legend').open; },
    a: () => (document.querySelector('[data-alert-id][aria-current=true]') ?? document.querySelector('[data-alert-id]'))?.focus(),
  };
  document.addEventListener('keydown', e => {
    if (byId('key-help').open) return;
    if (e.key === 'Escape') { if (dress?.table.open) dress.table.toggle(); else if (!byId('drawer').hidden) close(); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('input, textarea, select')) return;
    if (time?.key(e)) { e.preventDefault(); return; }
    const act = acts[e.key];
    if (act) { e.preventDefault(); act(); }
  });
}

function palette() { announce(t('console.colours', { name: t(`console.${nextPalette()}`) })); }

function connection() {
  const state = { live: true, news: true };
  let since = null;
  return which => up => {
    state[which] = up;
    const lost = !state.live || !state.news;
    if (lost) since ??= Date.now(); else since = null;
    setTimeout(() => {
      const show = since !== null && Date.now() - since >= 1500;
      if (show && byId('lost').hidden) get('/api/me').catch(() => {}); // a session that ran out leads to the sign-in page
      byId('lost').hidden = !show;
      document.documentElement.toggleAttribute('data-lost', show);
    }, lost ? 1600 : 0);
  };
}

async function start() {
  const [person, watch, alerts] = ['/api/me', '/api/watch', '/api/alerts'].map(path => get(path));
  for (const answer of [person, watch, alerts]) answer.catch(() => {}); // told below
  await loadPalette();
  const first = readView(), told = connection();
  feeds = new FeedBar(nowMs);
  list = new AlertList(a => openAlert(a.caseId), nowMs);
  // The map takes longest: its files are asked for at once, and it is made when the bands above it stand, so that it is laid out once.
  const clock = loadWatch(watch), opening = openMap(byId('map'), fleet, first, clock);
  opening.catch(() => {}); // told below
  const me = await person;
  takeRights(me);
  live = openLive(buffer => {
    fleet.read(buffer);
    openAtVessels(first);
    if (shown !== fleet) return; // the live picture goes on being fed behind the replayed one
    showCount();
    dress?.frame();
    view?.map.triggerRepaint();
  }, told('live'), viewportAround(first, byId('map').clientWidth, byId('map').clientHeight, watched.mmsis));
  byId('node').textContent = me.node;
  byId('node-tlp').textContent = nodeTlp(me.tlp);
  openAccount(me, () => byId('key-help').showModal());
  byId('desks').replaceChildren(...deskLinks(me));
  byId('palette').addEventListener('click', palette);
  openSearch(r => openVessel({ mmsi: r.mmsi, vesselId: r.vesselId, fly: true }));
  keys();
  layers = new Layers(first.layers);
  openNews({ alerts: () => loadAlerts(), watch: () => loadWatch() }, told('news'));
  setInterval(() => { loadWatch(); loadAlerts(); list.refreshAges(); }, ASK_AGAIN_MS);
  await clock; // the ages in the list count from it
  await loadAlerts(alerts);
  view = await opening;
  const left = leftColumn({ layers, watched, names, fleet: () => dress?.overlay.fleet ?? fleet, choose: mmsi => openVessel({ mmsi, fly: true }), plain: view.plain });
  dress = dressMap({ view, fleet, names, layers, watched, live, choose: openVessel, about: () => ({ node: me.node, tlp: nodeTlp(me.tlp), exercise: feeds.exercise, replay: time?.replayed != null, sources: feeds.names }) });
  const arrived = names.arrived;
  names.arrived = () => { arrived(); left.names(); };
  layers.onChange(remember);
  byId('zoom-in').addEventListener('click', () => view.map.zoomIn());
  byId('zoom-out').addEventListener('click', () => view.map.zoomOut());
  time = new Time({
    live: fleet, show: put, box, changed: remember, redraw: () => view.map.triggerRepaint(), isExercise: () => feeds.exercise, list, rings,
    openAlert: id => openAlert(id), fault: text => fault(text, 'replay'),
  });
  time.setAlerts(list.alerts);
  time.begin(first.time);
  view.map.on('moveend', () => { remember(); time.moved(); });
  rings();
  byId('no-webgl').hidden = !view.plain;
  Object.assign(window.maritimeWatch, { map: view.map, layer: view.layer, fleet, dress, time });
  openAtVessels(first);
  if (first.alert) await openAlert(first.alert, { fly: !first.given });
  else if (first.mmsi) await openVessel({ mmsi: first.mmsi, fly: !first.given });
}

// For the browser tests, and for those who drive the page by script.
window.maritimeWatch = {
  vesselCount: () => fleet.shipCount(), movedSince: ms => fleet.movedSince(ms), select: mmsi => openVessel({ mmsi, fly: true }), map: null, onMap: null,
};

start().catch(problem => {
  fault(problem instanceof Problem ? problem.message : t('console.startFault', { problem: problem.message }));
  throw problem;
});
