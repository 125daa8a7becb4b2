/** How the page speaks: sentences of sentences.js in one language, numbers and dates as that language writes them. */
import { spaced } from '../www/demo/french.js';
import { SENTENCES, VALUES } from './sentences.js';

/** @typedef {'en' | 'fr'} Language */
/**
 * @typedef {keyof typeof SENTENCES
 *   | keyof typeof import('./build/sentences.js').BUILDING
 *   | keyof typeof import('./table/sentences.js').TRYING
 *   | keyof typeof import('./start/sentences.js').START
 *   | keyof typeof import('./understand/two/sentences.js').TWO
 *   | keyof typeof import('./understand/visit/sentences.js').VISIT
 *   | keyof typeof import('./understand/paper/sentences.js').PAPER
 *   | keyof typeof import('./hand/sentences.js').HAND} Sentence
 */

/** What the page can say so far; a part that is loaded later brings what it says itself. */
const said = /** @type {Record<Sentence, import('./sentences.js').Pair>} */ (/** @type {any} */ ({ ...SENTENCES }));

/** @param {Partial<typeof said>} more */
export function learn(more) {
  Object.assign(said, more);
}

const PLACE = { en: 0, fr: 1 };

/** @param {Language} language */
export function wordsOf(language) {
  const place = /** @type {0 | 1} */ (PLACE[language]);
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const list = new Intl.ListFormat(language);
  const any = new Intl.ListFormat(language, { type: 'disjunction' });

  /** @param {string} text @param {Record<string, string | number>} values */
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const set = (/** @type {string} */ text) => (language === 'fr' ? spaced(text) : text);

  /** @param {unknown} value @returns {string} */
  const one = (value) => {
    if (typeof value === 'number') return number.format(value);
    if (typeof value === 'boolean') return set(said[value ? 'yes' : 'no'][place]);
    const text = String(value);
    if (/^[A-Z]{2}$/.test(text)) return regions.of(text) ?? text;
    return VALUES[text]?.[place] ?? text;
  };

  return {
    language,
    /** A sentence of the page, with `{name}` filled in. @param {Sentence} key @param {Record<string, string | number>} [values] */
    say: (key, values = {}) => filled(set(said[key][place]), values),
    /** Whether there is such a sentence. @param {string} key @returns {key is Sentence} */
    has: (key) => key in said,
    /** A text of a model, which may be one text or one for each language. @param {unknown} text @param {string} [otherwise] */
    text: (text, otherwise = '') => {
      if (typeof text === 'string') return text;
      const texts = /** @type {Record<string, string> | undefined} */ (text);
      return texts?.[language] ?? texts?.en ?? texts?.fr ?? otherwise;
    },
    /** A value of an attribute, or a unit. @param {unknown} value */
    value: (value) => (Array.isArray(value) ? list.format(value.map(one)) : one(value)),
    number: (/** @type {number} */ value) => number.format(value),
    signed: (/** @type {number} */ value) => {
      const rounded = Math.round(value * 100) / 100;
      return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${number.format(Math.abs(rounded))}`;
    },
    percent: (/** @type {number} */ share) => percent.format(share),
    date: (/** @type {number} */ at) => date.format(at),
    day: (/** @type {number} */ at) => short.format(at),
    list: (/** @type {string[]} */ items) => list.format(items),
    any: (/** @type {string[]} */ items) => any.format(items),
  };
}

/** @typedef {ReturnType<typeof wordsOf>} Words */
