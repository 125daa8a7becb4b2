/**
 * JavaScript values as JSON text: the slow way into the engine, for models, conditions, options and
 * nested facts. Unlike `JSON.stringify` it loses nothing silently: NaN, functions and broken texts are
 * errors with a place. Flat facts do not come through here, see slots.js.
 */
import { LeadscoreError, pathOf } from './error.js';

/** Deepest nesting, as in the engine; met here first, so that a cycle ends in an error. */
const DEPTH = 64;
/** Longest text that crosses at all, in UTF-16 units; the engine has finer limits, this one guards its memory. */
const LENGTH = 16 * 1024 * 1024;

/**
 * @param {unknown} value
 * @param {string} root what the value is called in paths
 * @returns {string}
 */
export function json(value, root) {
  /** @type {(string | number)[]} */
  const trail = [];
  let length = 0;

  /** @param {string} text */
  function counted(text) {
    length += text.length;
    if (length > LENGTH) throw tooLong(pathOf(root, trail));
    return text;
  }

  function entered() {
    if (trail.length < DEPTH) return;
    throw new LeadscoreError('too-deep', root, `expected at most ${DEPTH} levels of nesting`);
  }

  /** @param {unknown} value @returns {string} */
  function written(value) {
    switch (typeof value) {
      case 'string':
        return counted(JSON.stringify(wellFormed(value, () => pathOf(root, trail))));
      case 'object':
        if (value === null) return counted('null');
        if (value instanceof Date) break;
        return Array.isArray(value) ? list(value) : object(value);
      case 'undefined':
        return counted('null');
    }
    return counted(String(typeof value === 'boolean' ? value : finite(value, () => pathOf(root, trail))));
  }

  /** @param {unknown[]} items */
  function list(items) {
    entered();
    let text = '[';
    for (let i = 0; i < items.length; i++) {
      trail.push(i);
      text += (i ? counted(',') : '') + written(items[i]);
      trail.pop();
    }
    return text + ']';
  }

  /** @param {object} entries */
  function object(entries) {
    entered();
    let text = '{';
    for (const key of Object.keys(entries)) {
      const value = /** @type {Record<string, unknown>} */ (entries)[key];
      if (value === undefined) continue;
      trail.push(key);
      text += `${text.length > 1 ? ',' : ''}${written(key)}:${written(value)}`;
      trail.pop();
    }
    return text + '}';
  }

  return written(value);
}

/**
 * A model or a condition as the engine takes it: JSON text as it is, an object written out.
 * @param {unknown} document
 */
export function documentText(document) {
  if (typeof document !== 'string') return json(document, '');
  return wellFormed(document, () => '');
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

/** @param {string} path */
function tooLong(path) {
  return new LeadscoreError('too-large', path, `expected at most ${LENGTH} characters of JSON`);
}
