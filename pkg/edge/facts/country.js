/** Which country is meant by a name in one of seven languages, or by a code. */
import table from '../tables/countries.js';
import { folded } from './folded.js';

/** @type {Map<string, string> | undefined} */
let codes;

/**
 * The code of two letters, or `null`.
 * @param {string} text
 */
export function countryOf(text) {
  codes ??= new Map(table.trim().split('\n').map((line) => /** @type {[string, string]} */ (line.split('='))));
  return codes.get(folded(text)) ?? null;
}
