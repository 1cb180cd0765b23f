// Plain words for numbers and codes. UTC always; positions in degrees and decimal minutes as seafarers write them.
const pad = (n, width = 2) => String(n).padStart(width, '0');

export const clock = ms => { const d = new Date(ms); return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`; };
export const day = time => new Date(time).toISOString().slice(0, 10);
export const minute = time => `${day(time)} ${new Date(time).toISOString().slice(11, 16)} UTC`;
export const hourMinute = time => `${new Date(time).toISOString().slice(11, 16)} UTC`;

export function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 90) return `${s} s`;
  const m = Math.round(s / 60);
  if (m < 60) return `${m} min`;
  const h = Math.floor(m / 60);
  if (h < 48) return m % 60 ? `${h} h ${m % 60} min` : `${h} h`;
  return `${Math.round(h / 24)} days`;
}

function angle(value, width, plus, minus) {
  const tenths = Math.round(Math.abs(value) * 6000);
  return `${pad(Math.floor(tenths / 6000), width)}°${pad(Math.floor(tenths % 6000 / 100))}.${pad(tenths % 100)}′${value < 0 ? minus : plus}`;
}
export const position = (latDeg, lonDeg) => `${angle(latDeg, 2, 'N', 'S')}\u00a0${angle(lonDeg, 3, 'E', 'W')}`;
/** The same without minutes once there are ten hours, for the list. */
export const roughSpan = ms => (ms >= 36e6 && ms < 1728e5 ? `${Math.floor(ms / 36e5)} h` : span(ms));
export const knots = v => (v === null || v === undefined ? 'speed not given' : `${v.toFixed(1)} kn`);
export const course = v => (v === null || v === undefined ? 'course not given' : `${pad(Math.round(v) % 360, 3)}°`);

export const KIND = {
  silence: 'AIS silence', encounter: 'Encounter', loitering: 'Loitering', interference: 'Signal interference',
  identityClash: 'Identity used twice', flagChange: 'Flag change', identityContradiction: 'Identity data disagree',
  flagHop: 'Several flag changes', kinematic: 'Impossible motion',
};
export const CLASS = {
  cannotTell: 'cannot tell', reception: 'explained by reception', lawful: 'explained', unexplained: 'unexplained',
  darkTransit: 'unexplained passage', darkCall: 'unexplained call', darkMeeting: 'unexplained meeting',
  interference: 'interference', identityClash: 'identity used twice', contradiction: 'data disagree',
  unconfirmedFlag: 'flag unconfirmed', refutedFlag: 'flag refuted by its State', flagChange: 'flag changed', flagHop: 'several flag changes',
};
export const BAND = {
  high: { word: 'High', level: 3 }, medium: { word: 'Medium', level: 2 },
  low: { word: 'Low', level: 1 }, cannotTell: { word: 'Cannot tell', level: 0 },
};
export const STATE = { new: 'New', acknowledged: 'In hand', dismissed: 'Dismissed', released: 'Released', withdrawn: 'Withdrawn' };
export const ACT = {
  raise: 'Raised', acknowledge: 'Acknowledged', dismiss: 'Dismissed', undoDismissal: 'Dismissal undone', undo: 'Dismissal undone',
  release: 'Released', revise: 'Revised on new data', withdraw: 'Withdrawn on new data',
};
export const REASON = {
  reception: 'Reception was poor', port: 'In port or at anchor', knownOperation: 'Known operation',
  dataError: 'Data error', wrongIdentity: 'Wrong identity', other: 'Other',
};
export const TLP = { clear: 'TLP:CLEAR', green: 'TLP:GREEN', amber: 'TLP:AMBER', amberStrict: 'TLP:AMBER+STRICT', red: 'TLP:RED' };
/** The mark of the node, as the settings name it: 'AMBER' is shown as 'TLP:AMBER'. */
export const nodeTlp = tlp => TLP[tlp] ?? (tlp.startsWith('TLP:') ? tlp : `TLP:${tlp}`);
export const TLP_RULE = {
  clear: 'may be passed on freely', green: 'within the community only', amber: 'recipient\'s organisation and its clients, need to know',
  amberStrict: 'recipient\'s organisation only', red: 'named recipients only',
};
// ITU-R M.1371-5, table 45.
const STATUS = ['under way using engine', 'at anchor', 'not under command', 'restricted in manoeuvre', 'constrained by draught', 'moored',
  'aground', 'fishing', 'under way sailing'];
export const status = code => STATUS[code] ?? null;
/** What an alert is about: her, or an area in which positions of several vessels were led astray. */
export const subject = (kind, name, mmsi) => kind === 'interference' && !mmsi ? 'Several vessels' : shipName(name, mmsi);
export const shipName = (name, mmsi) => name || (mmsi ? `MMSI ${mmsi}` : 'Name not received');
export const spaced = n => Math.round(n).toLocaleString('en-GB').replaceAll(',', ' ');
export const REGISTER = {
  registered: 'registered', provisional: 'provisionally registered', deleted: 'deleted', neverRegistered: 'never registered',
  certificateNotOurs: 'certificate not ours', underCheck: 'under check', scrapped: 'broken up or lost',
};
export const STATEMENT = { awaitingApproval: 'waiting for a second official', inForce: 'in force', superseded: 'superseded', revoked: 'revoked' };
export const ORIGIN = { broadcast: 'sent by the ship herself', register: 'register', list: 'list or data set' };
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
/** Name and code of a flag State: 'Cyprus (CY)'. */
export function flagName(code) {
  if (!/^[A-Z]{2}$/.test(code ?? '')) return code ?? 'no flag named';
  const name = regions.of(code);
  return name === code ? code : `${name} (${code})`;
}
/** 'IMO 9123456' of the id 'imo:9123456'. */
export const idText = id => id.replace(/^(imo|mmsi):/, (_, kind) => `${kind.toUpperCase()} `);
