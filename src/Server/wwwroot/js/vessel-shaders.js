// What the vessel layer runs on the graphics processor: symbols as points whose shape is a distance, and lines for the few of interest.
// Points and not instanced quads: a renderer in software draws every instance by itself (20,000 took 640 ms a frame, as points 90 ms).

/** Symbols. Positions between reports are carried on here, so a frame uploads nothing. */
export const SYMBOL_VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec4 motion;
layout(location=1) in vec4 state;
layout(location=2) in float code;
uniform mat4 matrix; uniform vec2 origin; uniform float now; uniform float step; uniform float scale; uniform float ratio; uniform vec3 inks[10];
flat out vec3 turn; flat out float shape; flat out vec3 ink; flat out float opacity; flat out float lost; flat out float sizePx; flat out float doubt;
void main() {
  float age = now - state.x;
  float carry = age > 0.0 && age < 3.0 * max(state.z, step) ? age : 0.0;
  int c = int(code);
  shape = float(c & 3); ink = inks[(c >> 2) & 15];
  bool small = (c & 64) != 0, interest = (c & 128) != 0;
  doubt = (c & 256) != 0 ? 1.0 : 0.0;
  lost = age > state.w && (c & 512) == 0 ? 1.0 : 0.0;
  float fresh = 3.0 * max(state.z, step);
  opacity = mix(1.0, 0.5, clamp((age - fresh) / max(state.w - fresh, 1.0), 0.0, 1.0));
  if (interest) opacity = max(opacity, 0.9);
  sizePx = interest ? 10.3 * max(scale, 0.8) : (small ? 5.8 : 7.2) * scale;
  float half_ = doubt > 0.5 ? sizePx + 13.0 : (shape == 1.0 && lost < 0.5 ? 0.4 * sizePx : sizePx) + 2.0;
  turn = half_ * vec3(cos(state.y), sin(state.y), 1.0);
  gl_Position = matrix * vec4(origin + motion.xy + motion.zw * carry, 0.0, 1.0);
  gl_PointSize = 2.0 * half_ * ratio;
}`;

/** Triangle, dot, diamond or crossed circle; hollow with a question mark when the place is doubtful; a bar across when lost. */
export const SYMBOL_FRAGMENT = `#version 300 es
precision highp float;
flat in vec3 turn; flat in float shape; flat in vec3 ink; flat in float opacity; flat in float lost; flat in float sizePx; flat in float doubt;
uniform vec3 halo; uniform float ratio;
out vec4 colour;
float triangle(vec2 p, float h) {
  vec2 q = vec2(abs(p.x), p.y);
  float side = dot(q - vec2(0.0, h), vec2(0.9524, 0.3048));
  return max(side, -p.y - 0.75 * h);
}
float question(vec2 p) {
  float bow = abs(length(p - vec2(0.0, 1.6)) - 2.3);
  if (p.x < 0.0 && p.y < 1.6) bow = length(p - vec2(-2.3, 1.6));
  float stem = max(abs(p.x), abs(p.y + 1.5) - 0.9);
  return min(min(bow, stem) - 0.7, length(p + vec2(0.0, 4.4)) - 0.9);
}
void main() {
  vec2 p = vec2(gl_PointCoord.x, 1.0 - gl_PointCoord.y) * 2.0 - 1.0;
  vec2 upright = p * turn.z, at = vec2(turn.x * p.x - turn.y * p.y, turn.y * p.x + turn.x * p.y);
  float d;
  if (shape < 0.5) d = triangle(at, sizePx);
  else if (shape < 1.5) d = length(at) - sizePx * 0.4;
  else if (shape < 2.5) d = abs(abs(upright.x) + abs(upright.y) - sizePx * 0.75) - 0.7;
  else d = min(abs(length(upright) - sizePx * 0.8) - 0.8, min(abs(upright.x), abs(upright.y)) + step(sizePx * 0.8, length(upright)) * 99.0 - 0.5);
  if (doubt > 0.5) d = min(abs(d + 0.7) - 0.7, question(upright - vec2(sizePx + 3.0, sizePx * 0.5 + 1.0)));
  if (lost > 0.5) d = min(d, max(abs(at.y) - 0.8, abs(at.x) - sizePx * 1.05));
  float inside = clamp(0.5 - d * ratio * 0.83, 0.0, 1.0), rim = clamp(0.5 - (d - 1.1) * ratio * 0.83, 0.0, 1.0) * 0.85;
  float alpha = max(inside, rim) * opacity;
  if (alpha < 0.01) discard;
  colour = vec4(mix(halo, ink, inside) * alpha, alpha);
}`;

/** Lines of the vessels of interest: a dashed one to where she will be, a solid one along the bow. None once she is lost. */
export const LINE_VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec2 corner;
layout(location=1) in vec4 motion;
layout(location=2) in vec4 state;
layout(location=3) in vec2 kind;
uniform mat4 matrix; uniform vec2 origin; uniform vec2 viewport; uniform float now; uniform float step; uniform float ratio; uniform float ahead;
out float along; out float across; flat out float dashed; flat out float tint;
void main() {
  float age = now - state.x;
  float carry = age > 0.0 && age < 3.0 * max(state.z, step) ? age : 0.0;
  vec2 place = origin + motion.xy + motion.zw * carry;
  dashed = kind.x; tint = kind.y;
  vec4 p = matrix * vec4(place, 0.0, 1.0), q = matrix * vec4(place + motion.zw * ahead, 0.0, 1.0);
  vec2 a = p.xy / p.w * viewport * 0.5, b = q.xy / q.w * viewport * 0.5;
  if (dashed < 0.5) b = a + vec2(sin(state.y), cos(state.y)) * 26.0 * ratio;
  vec2 way = b - a;
  float len = length(way), t = corner.x * 0.5 + 0.5;
  if (age > state.w || len < 1.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  along = t * len / ratio; across = corner.y * 1.5;
  vec2 side = vec2(-way.y, way.x) / len;
  gl_Position = vec4((a + way * t + side * across * ratio) * 2.0 / viewport, 0.0, 1.0);
}`;

export const LINE_FRAGMENT = `#version 300 es
precision highp float;
in float along; in float across; flat in float dashed; flat in float tint;
uniform vec3 inks[10];
out vec4 colour;
void main() {
  float alpha = 1.0 - smoothstep(0.5, 1.2, abs(across));
  if (dashed > 0.5 && mod(along, 9.0) > 5.5) alpha = 0.0;
  if (alpha < 0.02) discard;
  colour = vec4(inks[int(tint)] * alpha, alpha);
}`;

export function program(gl, vertex, fragment, names) {
  const compile = (type, source) => {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    return shader;
  };
  const made = gl.createProgram();
  gl.attachShader(made, compile(gl.VERTEX_SHADER, vertex));
  gl.attachShader(made, compile(gl.FRAGMENT_SHADER, fragment));
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return { program: made, uniform: Object.fromEntries(names.map(n => [n, gl.getUniformLocation(made, n)])) };
}
