// Vessels as instanced quads in one custom WebGL layer; shapes are drawn by distance in the fragment shader.
// Positions between reports are carried on in the vertex shader, so a frame uploads nothing.
import { FLAG, family } from './fleet.js';
import { rgb, palette } from './palette.js';

const FLOATS = 9; // x, y (relative to the origin), vx, vy, seconds of last report, bow, expected s, lost after s, code

const VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec2 corner;
layout(location=1) in vec4 motion;
layout(location=2) in vec4 state;
layout(location=3) in float code;
uniform mat4 matrix; uniform vec2 origin; uniform vec2 viewport; uniform float now; uniform float step; uniform float scale; uniform float ratio;
out vec2 at; flat out float shape; flat out float tint; flat out float opacity; flat out float lost; flat out float sizePx;
void main() {
  float age = now - state.x;
  float carry = age > 0.0 && age < 3.0 * max(state.z, step) ? age : 0.0;
  int c = int(code);
  shape = float(c & 3); tint = float((c >> 2) & 3);
  bool small = (c & 16) != 0;
  lost = age > state.w ? 1.0 : 0.0;
  float fresh = 3.0 * max(state.z, step);
  opacity = mix(1.0, 0.5, clamp((age - fresh) / max(state.w - fresh, 1.0), 0.0, 1.0));
  if (tint > 0.5) opacity = max(opacity, 0.9);
  sizePx = (small ? 7.0 : 9.0) * scale * (tint > 0.5 ? 1.3 : 1.0);
  float half_ = sizePx + 3.0;
  at = corner * half_;
  float s = sin(state.y), k = cos(state.y);
  vec2 turned = vec2(k * at.x + s * at.y, -s * at.x + k * at.y);
  vec4 p = matrix * vec4(origin + motion.xy + motion.zw * carry, 0.0, 1.0);
  gl_Position = p + vec4(turned * ratio * 2.0 / viewport * p.w, 0.0, 0.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec2 at; flat in float shape; flat in float tint; flat in float opacity; flat in float lost; flat in float sizePx;
uniform vec3 inks[4]; uniform vec3 halo; uniform float ratio;
out vec4 colour;
float triangle(vec2 p, float h) {
  vec2 q = vec2(abs(p.x), p.y);
  float side = dot(q - vec2(0.0, h), normalize(vec2(1.75 * h, 0.56 * h)));
  return max(side, -p.y - 0.75 * h);
}
void main() {
  float d;
  if (shape < 0.5) d = triangle(at, sizePx);
  else if (shape < 1.5) d = length(at) - sizePx * 0.34;
  else if (shape < 2.5) d = abs(abs(at.x) + abs(at.y) - sizePx * 0.6) - 0.7;
  else d = min(abs(length(at) - sizePx * 0.7) - 0.8, min(abs(at.x), abs(at.y)) + step(sizePx * 0.7, length(at)) * 99.0 - 0.5);
  if (lost > 0.5) d = min(d, max(abs(at.y) - 0.7, abs(at.x) - sizePx * 0.95));
  float soft = 0.6 / ratio;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float rim = (1.0 - smoothstep(-soft, soft, d - 1.1)) * 0.85;
  float alpha = max(inside, rim) * opacity;
  if (alpha < 0.01) discard;
  colour = vec4(mix(halo, inks[int(tint)], inside) * alpha, alpha);
}`;

export class VesselLayer {
  id = 'vessels';
  type = 'custom';
  renderingMode = '2d';
  #version = -1;
  #origin = [0, 0];
  #base = 0;
  #data = new Float32Array(0);
  fillMs = 0;
  uploadMs = 0;

  constructor(fleet) { this.fleet = fleet; }

  onAdd(map, gl) {
    this.map = map;
    const compile = (type, source) => {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
      return shader;
    };
    const program = this.program = gl.createProgram();
    gl.attachShader(program, compile(gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, compile(gl.FRAGMENT_SHADER, FRAGMENT));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    this.uniform = Object.fromEntries(['matrix', 'origin', 'viewport', 'now', 'step', 'scale', 'ratio', 'inks', 'halo']
      .map(n => [n, gl.getUniformLocation(program, n)]));
    this.array = gl.createVertexArray();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    this.buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    [[1, 4, 0], [2, 4, 16], [3, 1, 32]].forEach(([place, size, offset]) => {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, FLOATS * 4, offset);
      gl.vertexAttribDivisor(place, 1);
    });
    gl.bindVertexArray(null);
    this.#version = -1;
  }

  // Single precision holds about 1 m near the origin, so positions are sent relative to the middle of the view.
  #fill(gl) {
    const f = this.fleet, started = performance.now();
    const c = this.map.getCenter(), sin = Math.sin(c.lat * Math.PI / 180);
    this.#origin = [Math.fround((c.lng + 180) / 360), Math.fround(0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI))];
    this.#base = f.feedNowMs;
    if (this.#data.length < f.count * FLOATS) this.#data = new Float32Array(f.mmsi.length * FLOATS);
    const d = this.#data;
    for (let i = 0, o = 0; i < f.count; i++, o += FLOATS) {
      const kind = family(f.flags[i]), bow = f.bowDeg(i), moving = f.isMoving(i);
      const shape = kind === 1 ? 2 : kind === 2 ? 3 : moving && bow !== null ? 0 : 1;
      const tint = kind === 2 ? 3 : f.flags[i] & FLAG.openSilence ? 1 : f.flags[i] & FLAG.openAlert ? 2 : 0;
      d[o] = f.x[i] - this.#origin[0];
      d[o + 1] = f.y[i] - this.#origin[1];
      d[o + 2] = f.vx[i];
      d[o + 3] = f.vy[i];
      d[o + 4] = (f.timeMs[i] - this.#base) / 1000;
      d[o + 5] = shape === 0 ? bow * Math.PI / 180 : 0;
      d[o + 6] = f.expectedS(i);
      d[o + 7] = f.lostAfterS(i);
      d[o + 8] = shape | (tint << 2) | (f.flags[i] & FLAG.classB ? 16 : 0);
    }
    this.fillMs = performance.now() - started;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, d.subarray(0, f.count * FLOATS), gl.DYNAMIC_DRAW);
    this.#version = f.version;
    this.uploadMs = performance.now() - started;
  }

  render(gl, args) {
    const f = this.fleet, u = this.uniform;
    if (this.#version !== f.version) this.#fill(gl);
    if (!f.count) return;
    const colours = palette(), zoom = this.map.getZoom();
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(u.matrix, false, args.defaultProjectionData.mainMatrix);
    gl.uniform2f(u.origin, this.#origin[0], this.#origin[1]);
    gl.uniform2f(u.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.uniform1f(u.now, (f.nowMs() - this.#base) / 1000);
    gl.uniform1f(u.step, f.speed);
    gl.uniform1f(u.ratio, devicePixelRatio);
    gl.uniform1f(u.scale, zoom < 5 ? 0.42 : zoom < 7 ? 0.42 + (zoom - 5) * 0.2 : zoom < 11 ? 0.82 + (zoom - 7) * 0.07 : 1.1);
    gl.uniform3fv(u.inks, [colours.vessel, colours.gap, colours.high, colours.distress].flatMap(rgb));
    gl.uniform3fv(u.halo, rgb(colours.sea));
    gl.bindVertexArray(this.array);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.disable(gl.STENCIL_TEST);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, f.count);
    gl.bindVertexArray(null);
  }
}
