// Turns the text of a CSV cell into a value of the type that the model declares for its attribute.
// It never guesses: what cannot be read as that type is told to the caller, and the attribute stays unknown.

/** @typedef {'number' | 'integer' | 'text' | 'boolean' | 'date' | 'list' | 'list-of-numbers'} CellType */
/** @typedef {'plain' | 'fr'} Numbers */

/** What a cell that cannot be read gives. */
export const UNREADABLE = Symbol('unreadable');

const BOOLEANS = new Map([
  ...['true', 'yes', 'oui', 'vrai', '1'].map((word) => /** @type {const} */ ([word, true])),
  ...['false', 'no', 'non', 'faux', '0'].map((word) => /** @type {const} */ ([word, false])),
]);

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
// Digits as one run or in threes, then a comma and decimals.
const FRENCH = /^[+-]?(\d+|\d{1,3}( \d{3})+)(,\d+)?$/;
// Every space that separates thousands in exports: no-break, thin, narrow no-break.
const SPACES = /[\u0020\u00a0\u2009\u202f]+/g;
const UNITS = /^(€|eur)?(.*?)(€|eur|%)?$/i;
const INSTANT =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;

/**
 * The value of a cell, `null` when it is empty, or `UNREADABLE`.
 * @param {string} cell
 * @param {CellType} type
 * @param {Numbers} [numbers]
 */
export function readCell(cell, type, numbers = 'plain') {
  const text = cell.trim();
  if (text === '') return null;
  switch (type) {
    case 'text':
      return text;
    case 'number':
      return readNumber(text, numbers);
    case 'integer': {
      const number = readNumber(text, numbers);
      return Number.isInteger(number) ? number : UNREADABLE;
    }
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase()) ?? UNREADABLE;
    case 'date':
      return readDate(text);
    case 'list':
      return elements(text);
    case 'list-of-numbers': {
      const list = elements(text).map((element) => readNumber(element, numbers));
      return list.includes(UNREADABLE) ? UNREADABLE : list;
    }
  }
}

/**
 * `%` and `€` are units and change nothing: `12,5 %` is 12.5.
 * @param {string} text
 * @param {Numbers} numbers
 * @returns {number | typeof UNREADABLE}
 */
export function readNumber(text, numbers = 'plain') {
  if (PLAIN.test(text)) return finite(Number(text));
  if (numbers === 'plain') return UNREADABLE;
  const spaced = text.replace(SPACES, ' ').replace('−', '-');
  const bare = (UNITS.exec(spaced)?.[2] ?? '').trim();
  if (PLAIN.test(bare)) return finite(Number(bare));
  return FRENCH.test(bare) ? finite(Number(bare.replaceAll(' ', '').replace(',', '.'))) : UNREADABLE;
}

/** @param {number} number */
function finite(number) {
  if (!Number.isFinite(number)) return UNREADABLE;
  return number === 0 ? 0 : number;
}

/**
 * An ISO 8601 instant as text, or milliseconds as a number: the two forms that the engine takes.
 * @param {string} text
 */
export function readDate(text) {
  if (/^-?\d{5,16}$/.test(text)) return Number(text);
  const parts = INSTANT.exec(text);
  if (!parts) return UNREADABLE;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0));
  const february = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  const days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  const midnight = hour === 24 && minute === 0 && second === 0;
  const real = day >= 1 && day <= days && (hour < 24 || midnight) && minute < 60 && second < 60;
  return real ? text.replace(' ', 'T') : UNREADABLE;
}

/** @param {string} text */
function elements(text) {
  return text
    .split(/[|;]/)
    .map((element) => element.trim())
    .filter((element) => element !== '');
}
