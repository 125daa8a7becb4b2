/**
 * What JavaScript values stand for in the engine: the one reading of numbers and texts, and the one walk through what is
 * nested. It loses nothing silently: NaN, functions and broken texts are errors with a place.
 */
import { LeadscoreError, pathOf } from './error.js';

/** Deepest nesting, as in the engine; met here first, so that a cycle ends in an error. */
const DEPTH = 64;
/** Most that crosses at once, in characters or bytes; the engine has finer limits, this one guards its memory. */
const LENGTH = 16 * 1024 * 1024;
/** Longest text of a lead in UTF-8, as in the engine. */
const TEXT_BYTES = 64 * 1024;

/**
 * What takes down the parts of a value, in the order of the walk.
 * @typedef {object} Writing
 * @property {number} length so far
 * @property {(value: null | boolean | number) => void} plain
 * @property {(text: string) => void} text
 * @property {(isList: boolean, count: number) => void} open
 * @property {(place: number, key: string | undefined) => void} part comes before each part of a list or an object
 * @property {(isList: boolean) => void} close
 */

/**
 * Walks through a value, however deep.
 * @param {unknown} value
 * @param {string} root what the value is called in paths
 * @param {Writing} writing
 */
export function walk(value, root, writing) {
  /** @type {(string | number)[]} */
  const trail = [];
  const place = () => pathOf(root, trail);

  /** @param {unknown} value @returns {void} */
  function through(value) {
    if (writing.length > LENGTH) throw tooLong(place());
    if (value === undefined || value === null) return writing.plain(null);
    if (typeof value === 'boolean') return writing.plain(value);
    if (typeof value === 'string') return writing.text(wellFormed(value, place));
    if (typeof value !== 'object' || value instanceof Date) return writing.plain(finite(value, place));

    if (trail.length === DEPTH) throw new LeadscoreError('too-deep', root, `expected at most ${DEPTH} levels of nesting`);
    const list = Array.isArray(value) ? value : undefined;
    const entries = list ?? Object.entries(value).filter(([, part]) => part !== undefined);
    const { length } = entries;
    writing.open(list !== undefined, length);
    for (let i = 0; i < length; i++) {
      const [key, part] = list ? [i, list[i]] : entries[i];
      trail.push(key);
      writing.part(i, list ? undefined : wellFormed(key, place));
      through(part);
      trail.pop();
    }
    writing.close(list !== undefined);
  }

  through(value);
}

/**
 * The number that a number, `Date` or BigInt stands for.
 * @param {unknown} value
 * @param {() => string} place
 */
export function finite(value, place) {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new LeadscoreError('not-a-value', place(), `expected a value, found a ${typeof value}`);
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    throw new LeadscoreError('not-finite', place(), `expected a finite number, found \`${number}\``);
  }
  return number + 0; // `-0 + 0` is `0`
}

/**
 * The text itself, when it has a meaning in UTF-8 and a bearable length.
 * @param {string} text
 * @param {() => string} place
 */
export function wellFormed(text, place) {
  if (text.length > LENGTH) throw tooLong(place());
  if (/\p{Surrogate}/u.test(text)) {
    throw new LeadscoreError('invalid-text', place(), 'expected well-formed text, found half of a surrogate pair');
  }
  return text;
}

/**
 * The text itself, when it is short enough to be compared with patterns.
 * @param {string} text well-formed
 * @param {() => string} place
 */
export function comparable(text, place) {
  const bytes = text.length * 3 > TEXT_BYTES ? new TextEncoder().encode(text).length : 0;
  if (bytes > TEXT_BYTES) {
    throw new LeadscoreError('too-large', place(), `expected a text of at most ${TEXT_BYTES} bytes, found ${bytes}`);
  }
  return text;
}

/**
 * What a value is called in messages, as in the engine.
 * @param {unknown} value
 */
export function kindOf(value) {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/**
 * The error for a value of another kind than expected.
 * @param {string} code
 * @param {string} path
 * @param {string} expected
 * @param {unknown} found
 */
export function unlike(code, path, expected, found) {
  return new LeadscoreError(code, path, `expected ${expected}, found ${kindOf(found)}`);
}

/** @param {string} path */
function tooLong(path) {
  return new LeadscoreError('too-large', path, `expected at most ${LENGTH} characters of JSON`);
}
