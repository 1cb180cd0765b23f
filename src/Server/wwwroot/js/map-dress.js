// Everything that is laid over the map and follows layers, selection and frames. The console opens it once and tells it of changes.
import { byId } from './dom.js';
import { VesselTable } from './table.js';
import { Overlay } from './overlay.js';
import { receptionLayer } from './reception-layer.js';
import { zones, cells, reach } from './chart-layers.js';
import { legend } from './legend.js';
import { viewportOf } from './live.js';
import { Measure } from './measure.js';
import { pictureButton } from './picture.js';

const FAR_OUT_ZOOM = 6;
const PLACE_LAYERS = ['places', 'ports'];

/**
 * @param parts view (of openMap), fleet, names, layers, watched, live (of openLive), choose(mmsi) when a vessel is picked, about() for the picture
 * @returns `about(alert, mmsi)` what is selected, `frame()` after each frame, `draw(fleet)` for another fleet as a replay's, and the overlay and table
 */
export function dressMap({ view, fleet, names, layers, watched, live, choose, about }) {
  const { map, layer, plain } = view;
  const state = { alert: null, mmsi: null, reach: false };
  const overlay = new Overlay(view, fleet, names, layers, i => { if (i >= 0 && !measure.on) choose({ mmsi: overlay.fleet.mmsi[i] }); });
  const table = new VesselTable(map, fleet, names, mmsi => { table.toggle(); choose({ mmsi, fly: true }); });
  const showLegend = legend(), measure = new Measure(view), showZones = plain ? () => {} : zones(view), showReach = plain ? async () => false : reach(view);
  const reception = plain ? { show() {}, at() {} } : receptionLayer(map, text => { byId('reception-note').textContent = text; });
  const attended = () => [...new Set([state.mmsi, ...watched.mmsis].filter(Boolean))];
  const look = () => live.look(viewportOf(map.getBounds(), map.getZoom(), attended()));
  const tellLegend = () => showLegend({
    far: map.getZoom() < FAR_OUT_ZOOM, reach: state.reach, ...Object.fromEntries(['stations', 'zones', 'types', 'reception'].map(n => [n, layers.is(n)])),
  });
  const labelTypes = () => { if (layers.is('types') && map.getZoom() >= FAR_OUT_ZOOM) names.in(viewportOf(map.getBounds(), map.getZoom())); };
  names.arrived = () => { overlay.labels(); table.named(); if (layers.is('types')) layer?.show({}); };

  layers.onChange(() => {
    byId('reception-button').setAttribute('aria-pressed', String(layers.is('reception')));
    reception.show(layers.is('reception'));
    showZones(layers.is('zones'));
    layer?.show({ stations: layers.is('stations'), types: layers.is('types'), minutes: layers.minutes, typeOf: mmsi => names.type(mmsi) });
    if (!plain) for (const id of PLACE_LAYERS) map.setLayoutProperty(id, 'visibility', layers.is('places') ? 'visible' : 'none');
    overlay.labels();
    labelTypes();
    tellLegend();
  });
  byId('reception-button').hidden = plain;
  byId('reception-button').addEventListener('click', () => layers.toggle('reception'));
  byId('measure-button').addEventListener('click', () => measure.toggle());
  pictureButton({ view, fleet: () => overlay.fleet, about, measure });
  watched.onChange(() => { layer?.attend(attended()); look(); });
  map.on('move', look);
  map.on('moveend', () => { look(); labelTypes(); });
  map.on('zoomend', tellLegend);

  let counted = false;
  return {
    overlay, table, measure,
    about(alert, mmsi) {
      Object.assign(state, { alert, mmsi: mmsi ? Number(mmsi) : null }); // a finding names her as text
      overlay.select(state.mmsi);
      layer?.attend(attended());
      look();
      reception.at(alert?.finding.startTime ?? null);
      showReach(alert).then(drawn => { state.reach = drawn; tellLegend(); });
    },
    frame() {
      const now = overlay.fleet.cells?.length > 0;
      if (now || counted) view.show('cells', now ? cells(overlay.fleet) : null);
      counted = now;
    },
    draw(other) {
      for (const part of [layer, overlay, overlay.picker, table, plain ? map : null]) if (part) part.fleet = other;
      overlay.select(state.mmsi);
      this.frame();
      map.triggerRepaint();
    },
  };
}
