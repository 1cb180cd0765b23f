// Vessels as points in one custom WebGL layer. Those of interest (open alert or silence, selected, watched) are larger and
// carry their motion ahead; all others stay small and quiet.
import { FLAG, family } from './fleet.js';
import { mercatorY } from './geodesic.js';
import { rgb, palette } from './palette.js';
import { SYMBOL_VERTEX, SYMBOL_FRAGMENT, LINE_VERTEX, LINE_FRAGMENT, program } from './vessel-shaders.js';
import { TYPE_INKS, typeInk } from './ship-colours.js';

const FLOATS = 9; // x, y (relative to the origin), vx, vy, seconds of last report, bow, expected s, lost after s, code
const LINE_FLOATS = 10; // the same without the code, then dashed or not, and ink
const INK = { vessel: 0, gap: 1, high: 2, distress: 3, selected: 4, type: 5 };
const STILL_COUNTED = 512; // stations and aids are never drawn as lost: they report when they wish

export class VesselLayer {
  id = 'vessels';
  type = 'custom';
  renderingMode = '2d';
  #version = -1;
  #origin = [0, 0];
  #base = 0;
  #data = new Float32Array(0);
  #lines = new Float32Array(0);
  #lineCount = 0;
  #drawn = 0;
  #attended = new Set();
  #options = { stations: true, types: false, minutes: 12, typeOf: () => null };
  fillMs = 0;
  uploadMs = 0;

  #fleet;

  constructor(fleet) { this.#fleet = fleet; }

  get fleet() { return this.#fleet; }

  /** Another fleet, as a replay's, is drawn from the next frame on. */
  set fleet(other) { this.#fleet = other; this.#version = -1; this.map?.triggerRepaint(); }

  /** MMSIs of the vessels that a person attends to: selected or watched. */
  attend(mmsis) { this.#attended = new Set(mmsis); this.#version = -1; this.map?.triggerRepaint(); }

  /** `stations` shown or not, `types` coloured or not by `typeOf(mmsi)`, `minutes` of motion ahead (0 for none). */
  show(options) { Object.assign(this.#options, options); this.#version = -1; this.map?.triggerRepaint(); }

  isOfInterest(i) { return (this.fleet.flags[i] & (FLAG.openSilence | FLAG.openAlert)) !== 0 || this.#attended.has(this.fleet.mmsi[i]); }

  /** How many symbols and lines the last frame had. */
  get drawn() { return { symbols: this.#drawn, lines: this.#lineCount }; }

  onAdd(map, gl) {
    this.map = map;
    const shared = ['matrix', 'origin', 'now', 'step', 'ratio', 'inks'];
    this.symbol = program(gl, SYMBOL_VERTEX, SYMBOL_FRAGMENT, [...shared, 'scale', 'halo']);
    this.line = program(gl, LINE_VERTEX, LINE_FRAGMENT, [...shared, 'viewport', 'ahead']);
    const corners = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    const array = (buffer, floats, parts, each = null) => {
      const made = gl.createVertexArray();
      gl.bindVertexArray(made);
      if (each) {
        gl.bindBuffer(gl.ARRAY_BUFFER, each);
        gl.enableVertexAttribArray(0);
        gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      parts.forEach(([place, size, offset]) => {
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, size, gl.FLOAT, false, floats * 4, offset * 4);
        if (each) gl.vertexAttribDivisor(place, 1);
      });
      gl.bindVertexArray(null);
      return made;
    };
    [this.symbolBuffer, this.lineBuffer] = [gl.createBuffer(), gl.createBuffer()];
    this.symbolArray = array(this.symbolBuffer, FLOATS, [[0, 4, 0], [1, 4, 4], [2, 1, 8]]);
    this.lineArray = array(this.lineBuffer, LINE_FLOATS, [[1, 4, 0], [2, 4, 4], [3, 2, 8]], corners);
    this.#version = -1;
  }

  #tint(flags, kind, mmsi, attended) {
    if (kind === 2) return INK.distress;
    if (flags & FLAG.openSilence) return INK.gap;
    if (flags & FLAG.openAlert) return INK.high;
    if (attended) return INK.selected;
    return this.#options.types ? INK.type + typeInk(this.#options.typeOf(mmsi)) : INK.vessel;
  }

  // Single precision holds about 1 m near the origin, so positions are sent relative to the middle of the view.
  #fill(gl) {
    const f = this.fleet, started = performance.now(), { stations, minutes } = this.#options;
    const c = this.map.getCenter();
    this.#origin = [Math.fround((c.lng + 180) / 360), Math.fround(mercatorY(c.lat))];
    this.#base = f.feedNowMs;
    if (this.#data.length < f.count * FLOATS) this.#data = new Float32Array(f.mmsi.length * FLOATS);
    const d = this.#data, lines = [];
    let o = 0;
    for (let i = 0; i < f.count; i++) {
      const flags = f.flags[i], kind = family(flags);
      if (kind === 1 && !stations) continue;
      const bow = f.bowDeg(i), moving = f.isMoving(i), interest = kind === 0 && this.isOfInterest(i);
      const shape = kind === 1 ? 2 : kind === 2 ? 3 : moving && bow !== null ? 0 : 1;
      const tint = this.#tint(flags, kind, f.mmsi[i], interest);
      // East and west of the antimeridian in one view: the nearer turn.
      let x = f.x[i] - this.#origin[0];
      x -= Math.round(x);
      d[o] = x;
      d[o + 1] = f.y[i] - this.#origin[1];
      d[o + 2] = f.vx[i];
      d[o + 3] = f.vy[i];
      d[o + 4] = (f.timeMs[i] - this.#base) / 1000;
      d[o + 5] = bow === null ? 0 : bow * Math.PI / 180;
      d[o + 6] = f.expectedS(i);
      d[o + 7] = f.lostAfterS(i);
      d[o + 8] = shape | (tint << 2) | (flags & FLAG.classB ? 64 : 0) | (interest ? 128 : 0) | (flags & FLAG.doubt ? 256 : 0) | (kind === 1 ? STILL_COUNTED : 0);
      if (interest && moving && bow !== null) {
        if (f.headingDeg[i] < 360) lines.push(o, 0, tint);
        if (minutes && f.cogTenths[i] < 3600) lines.push(o, 1, tint);
      }
      o += FLOATS;
    }
    this.#drawn = o / FLOATS;
    this.#layLines(d, lines);
    this.fillMs = performance.now() - started;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.symbolBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, d.subarray(0, o), gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.lineBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#lines.subarray(0, this.#lineCount * LINE_FLOATS), gl.DYNAMIC_DRAW);
    this.#version = f.version;
    this.uploadMs = performance.now() - started;
  }

  #layLines(d, lines) {
    this.#lineCount = lines.length / 3;
    if (this.#lines.length < this.#lineCount * LINE_FLOATS) this.#lines = new Float32Array(this.#lineCount * 2 * LINE_FLOATS);
    for (let k = 0, o = 0; k < lines.length; k += 3, o += LINE_FLOATS) {
      this.#lines.set(d.subarray(lines[k], lines[k] + 8), o);
      this.#lines[o + 8] = lines[k + 1];
      this.#lines[o + 9] = lines[k + 2];
    }
  }

  render(gl, args) {
    const f = this.fleet;
    if (this.#version !== f.version) this.#fill(gl);
    if (!this.#drawn) return;
    const colours = palette(), zoom = this.map.getZoom();
    const inks = [colours.vessel, colours.gap, colours.high, colours.distress, colours.selected, ...TYPE_INKS.map(token => colours[token])].flatMap(rgb);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.disable(gl.STENCIL_TEST);
    const begin = ({ program: made, uniform: u }) => {
      gl.useProgram(made);
      gl.uniformMatrix4fv(u.matrix, false, args.defaultProjectionData.mainMatrix);
      gl.uniform2f(u.origin, this.#origin[0], this.#origin[1]);
      gl.uniform1f(u.now, (f.nowMs() - this.#base) / 1000);
      gl.uniform1f(u.step, f.speed);
      gl.uniform1f(u.ratio, devicePixelRatio);
      gl.uniform3fv(u.inks, inks);
      return u;
    };
    if (this.#lineCount) {
      const u = begin(this.line);
      gl.uniform2f(u.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.uniform1f(u.ahead, this.#options.minutes * 60);
      gl.bindVertexArray(this.lineArray);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#lineCount);
    }
    const u = begin(this.symbol);
    gl.uniform1f(u.scale, zoom < 5 ? 0.5 : zoom < 7 ? 0.5 + (zoom - 5) * 0.2 : zoom < 11 ? 0.9 + (zoom - 7) * 0.05 : 1.1);
    gl.uniform3fv(u.halo, rgb(colours.sea));
    gl.bindVertexArray(this.symbolArray);
    gl.drawArrays(gl.POINTS, 0, this.#drawn);
    gl.bindVertexArray(null);
  }
}
