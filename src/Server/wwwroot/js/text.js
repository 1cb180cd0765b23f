// Texts of the screens in the reader's language. A page names its areas, `<html data-texts="common console">`; each is a file
// `/lang/<language>/<area>.json` of key and text. English is complete; what another language lacks is shown in English.
// Sentences that the server makes (evidence, places, notes of persons) stay as they were written and are marked lang="en".
const KEY = 'maritimewatch.language';
export const LANGUAGES = { en: 'English', fr: 'Français', ar: 'العربية' };
const RIGHT_TO_LEFT = new Set(['ar']);

function chosen() {
  const wished = [localStorage.getItem(KEY), ...navigator.languages.map(l => l.slice(0, 2))];
  return wished.find(l => l in LANGUAGES) ?? 'en';
}

export const language = chosen();
export const rightToLeft = RIGHT_TO_LEFT.has(language);
const areas = (document.documentElement.dataset.texts ?? 'common').split(' ');

async function read(from) {
  const files = await Promise.all(areas.map(area => fetch(`/lang/${from}/${area}.json`).then(r => (r.ok ? r.json() : {})).catch(() => ({}))));
  return Object.assign({}, ...files);
}

const [english, own] = await Promise.all([read('en'), language === 'en' ? {} : read(language)]);
const plural = new Intl.PluralRules(language), englishPlural = new Intl.PluralRules('en');

/**
 * What stands between words of another direction keeps its own order: numbers, positions, Latin names in an Arabic sentence
 * (first strong isolate, Unicode UAX #9). What was put together of such parts already runs from the right. Left to right nothing is added.
 */
export const isolate = text => (rightToLeft && text !== '' ? `${/\u2069/.test(text) ? '\u2067' : '\u2068'}${text}\u2069` : String(text));

/**
 * The text of a key, with `{name}` filled from `values`. A text may have forms by number: `{"one": "{n} ship", "other": "{n} ships"}`,
 * chosen by `values.n` as the language counts (CLDR). A key nobody wrote shows itself, so that it is seen.
 */
export function t(key, values = {}) {
  const [text, rules] = own[key] !== undefined ? [own[key], plural] : [english[key], englishPlural];
  if (text === undefined) return key;
  const form = typeof text === 'string' ? text : text[rules.select(Number(values.n ?? 0))] ?? text.other;
  const said = form.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : isolate(values[name])));
  // What is shown in English for want of a translation keeps its own order too (left-to-right isolate).
  return rightToLeft && own[key] === undefined ? `\u2066${said}\u2069` : said;
}

/** Whether a text exists, for words that come as codes from the server. */
export const has = key => own[key] !== undefined || english[key] !== undefined;

/** All words of a set of codes, in the order of the English file: of the set `kind` it is `{ silence: 'AIS silence', … }`. */
export const group = name => Object.fromEntries(Object.keys(english).filter(key => key.startsWith(`${name}.`)).map(key => [key.slice(name.length + 1), t(key)]));

/** Facts one after the other with a dot between; what is empty is left out. */
export const dots = (...facts) => facts.flat().filter(Boolean).map(isolate).join(' · ');

/** The same with commas, as the language writes them. */
export const commas = (...facts) => facts.flat().filter(Boolean).map(isolate).join(rightToLeft ? '، ' : ', ');

/** Fills what the page itself says: data-t the text, data-t-label, data-t-title and data-t-placeholder the attributes. */
export function fill(root = document) {
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const [data, attribute] of [['tLabel', 'aria-label'], ['tTitle', 'title'], ['tPlaceholder', 'placeholder']]) {
    const name = `data-${data.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`;
    for (const node of root.querySelectorAll(`[${name}]`)) node.setAttribute(attribute, t(node.dataset[data]));
  }
}

export function setLanguage(to) {
  localStorage.setItem(KEY, to);
  location.reload();
}

/** Fills an empty menu with the languages, each named in its own tongue. A page's own `<select data-languages>` is filled by itself. */
export function offerLanguages(menu) {
  for (const [code, name] of Object.entries(LANGUAGES)) menu.append(Object.assign(new Option(name, code, false, code === language), { lang: code }));
  menu.addEventListener('change', () => setLanguage(menu.value));
}

document.documentElement.lang = language;
document.documentElement.dir = rightToLeft ? 'rtl' : 'ltr';
fill();
document.querySelectorAll('select[data-languages]').forEach(offerLanguages);
