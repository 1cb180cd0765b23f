// Plain words for numbers and codes. UTC always; positions in degrees and decimal minutes as seafarers write them.
import { t, has, group, language, isolate } from './text.js';

const pad = (n, width = 2) => String(n).padStart(width, '0');

export const clock = ms => { const d = new Date(ms); return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`; };
export const day = time => new Date(time).toISOString().slice(0, 10);
export const minute = time => isolate(`${day(time)} ${new Date(time).toISOString().slice(11, 16)} UTC`);
export const hourMinute = time => isolate(`${new Date(time).toISOString().slice(11, 16)} UTC`);

export function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 90) return t('span.seconds', { n: s });
  const m = Math.round(s / 60);
  if (m < 60) return t('span.minutes', { n: m });
  const h = Math.floor(m / 60);
  if (h < 48) return m % 60 ? t('span.hoursMinutes', { h, m: m % 60 }) : t('span.hours', { n: h });
  return t('span.days', { n: Math.round(h / 24) });
}

function angle(value, width, plus, minus) {
  const tenths = Math.round(Math.abs(value) * 6000);
  return `${pad(Math.floor(tenths / 6000), width)}°${pad(Math.floor(tenths % 6000 / 100))}.${pad(tenths % 100)}′${value < 0 ? minus : plus}`;
}
export const position = (latDeg, lonDeg) => isolate(`${angle(latDeg, 2, 'N', 'S')}\u00a0${angle(lonDeg, 3, 'E', 'W')}`);
/** The same without minutes once there is an hour, for the list. */
export const roughSpan = ms => (ms >= 36e5 && ms < 1728e5 ? t('span.hours', { n: Math.floor(ms / 36e5) }) : span(ms));
export const knots = v => (v === null || v === undefined ? t('motion.noSpeed') : isolate(`${v.toFixed(1)} kn`));
export const course = v => (v === null || v === undefined ? t('motion.noCourse') : isolate(`${pad(Math.round(v) % 360, 3)}°`));

export const KIND = group('kind');
export const CLASS = group('class');
export const BAND = {
  high: { word: t('band.high'), level: 3 }, medium: { word: t('band.medium'), level: 2 },
  low: { word: t('band.low'), level: 1 }, cannotTell: { word: t('band.cannotTell'), level: 0 },
  // Not sent to whom is to judge by herself first.
  null: { word: t('band.hidden'), level: 0 },
};
export const STATE = group('state');
export const ACT = group('act');
export const REASON = group('reason');
export const TLP = { clear: 'TLP:CLEAR', green: 'TLP:GREEN', amber: 'TLP:AMBER', amberStrict: 'TLP:AMBER+STRICT', red: 'TLP:RED' };
/** The mark of the node, as the settings name it: 'AMBER' is shown as 'TLP:AMBER'. */
export const nodeTlp = tlp => TLP[tlp] ?? (tlp.startsWith('TLP:') ? tlp : `TLP:${tlp}`);
export const TLP_RULE = group('tlpRule');
// ITU-R M.1371-5, table 45.
export const status = code => (has(`navStatus.${code}`) ? t(`navStatus.${code}`) : null);
/** What an alert is about: her, or an area in which positions of several vessels were led astray. */
export const subject = (kind, name, mmsi) => kind === 'interference' && !mmsi ? t('ship.several') : shipName(name, mmsi);
export const shipName = (name, mmsi) => name || (mmsi ? `MMSI ${mmsi}` : t('ship.noName'));
export const spaced = n => Math.round(n).toLocaleString('en-GB').replaceAll(',', ' ');
export const REGISTER = group('register');
export const STATEMENT = group('statement');
export const ORIGIN = group('origin');
/** Items of an identity, by the word the server names them with. */
export const ITEM = group('item');
const regions = new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'code' });
/** Name and code of a flag State: 'Cyprus (CY)'. */
export function flagName(code) {
  if (!/^[A-Z]{2}$/.test(code ?? '')) return code ?? t('ship.noFlag');
  const name = regions.of(code);
  return name === code ? code : `${name} (${code})`;
}
/** 'IMO 9123456' of the id 'imo:9123456'. */
export const idText = id => id.replace(/^(imo|mmsi):/, (_, kind) => `${kind.toUpperCase()} `);
