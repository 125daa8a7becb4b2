/** What is said of a company, in the words that models use: its activity by NAF and NACE, its size as a number. */
import naf from '../tables/naf.js';

/** @type {Set<string> | undefined} */
let codes;

/**
 * `6201z`, `62.01 Z` and `62.01Z` are `62.01Z`; what is not in the classification is `null`.
 * @param {string} text
 */
export function nafOf(text) {
  codes ??= new Set(naf.trim().split('\n'));
  const bare = text.toUpperCase().replace(/[^\dA-Z]/g, '');
  const code = `${bare.slice(0, 2)}.${bare.slice(2)}`;
  return codes.has(code) ? code : null;
}

/** The European class of a French one. @param {string} naf */
export const naceOf = (naf) => naf.slice(0, -1);

/**
 * How many employees, at least: `11-50` and `11 à 50 salariés` are 11, `1 000+` is 1000, `< 10` is 1.
 * @param {string} text
 */
export function employeesOf(text) {
  // Threes of digits belong together; `1,000` is a thousand, as nobody has a part of an employee.
  const joined = text.replace(/(?<=\d)[\s.,'’\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  const [first] = joined.match(/\d+/) ?? [];
  if (first === undefined) return null;
  if (/^\s*(<|less than|fewer than|under|up to|moins de|jusqu)/i.test(joined)) return 1;
  const number = Number(first);
  return number <= 10_000_000 ? number : null;
}
