/** Reading payloads of others, in which anything can be missing or be of another type. */

/** What is at a path; `undefined` where there is nothing. @param {any} payload @param {string} path */
export const at = (payload, path) =>
  path.split('.').reduce((value, step) => (value !== null && typeof value === 'object' && Object.hasOwn(value, step) ? value[step] : undefined), payload);

/** The first of the paths at which there is something. @param {any} payload @param {string[]} paths @returns {any} */
export function first(payload, ...paths) {
  for (const path of paths) {
    const value = at(payload, path);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** A whole number, also of a text; `undefined` where there is none. @param {unknown} value */
export function whole(value) {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** A host without `www.`, also of an address; `undefined` where there is none. @param {unknown} value */
export function host(value) {
  if (typeof value !== 'string' || value === '') return undefined;
  const address = /^https?:\/\//i.test(value) ? value : `https://${value}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : undefined;
}

/** Texts, without others. @param {unknown} value */
export const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** Words of others in ours: `C-Level`, `c_suite` and `cxo` are `c-level`. @param {unknown} value */
export function seniorityOf(value) {
  const word = String(Array.isArray(value) ? value[0] : value ?? '').toLowerCase().replace(/[^a-z]+/g, '-');
  return SENIORITY[word] ?? (Object.values(SENIORITY).includes(word) ? word : undefined);
}

/** @type {Record<string, string>} */
const SENIORITY = {
  'c-level': 'c-level',
  'c-suite': 'c-level',
  cxo: 'c-level',
  executive: 'c-level',
  founder: 'owner',
  owner: 'owner',
  partner: 'owner',
  'vp-level-exec': 'vp',
  vp: 'vp',
  'vice-president': 'vp',
  head: 'director',
  director: 'director',
  manager: 'manager',
  senior: 'senior',
  entry: 'entry',
  'non-manager': 'entry',
  intern: 'intern',
};

/** @param {unknown} value */
export function departmentOf(value) {
  const word = String(Array.isArray(value) ? value[0] : value ?? '').toLowerCase().replace(/^(c_suite|master)_?/, '');
  return DEPARTMENTS.find(([, words]) => words.test(word))?.[0];
}

/** @type {[string, RegExp][]} */
const DEPARTMENTS = [
  ['marketing', /marketing|communications?/],
  ['sales', /sales|business_development/],
  ['technology', /engineer|technical|technology|information/],
  ['people', /human_resources|human resources|people/],
  ['finance', /financ|accounting/],
  ['legal', /legal/],
  ['purchasing', /purchas|procurement/],
  ['support', /support|success/],
  ['product', /product|design/],
  ['operations', /operation/],
];
