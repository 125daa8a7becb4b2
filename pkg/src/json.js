/** Documents as JSON text: how models, conditions and the facts for a condition cross into the full engine. */
import { walk, wellFormed } from './value.js';

/** @typedef {import('./value.js').Writing} Writing */

/**
 * @param {unknown} value
 * @param {string} root what the value is called in paths
 */
export function json(value, root) {
  const writing = new Json();
  walk(value, root, writing);
  return writing.written;
}

/**
 * A model or a condition as the engine takes it: JSON text as it is, an object written out.
 * @param {unknown} document
 */
export function documentText(document) {
  if (typeof document !== 'string') return json(document, '');
  return wellFormed(document, () => '');
}

/** @implements {Writing} */
class Json {
  written = '';

  get length() {
    return this.written.length;
  }

  /** @param {null | boolean | number} value */
  plain(value) {
    this.written += value;
  }

  /** @param {string} text */
  text(text) {
    this.written += JSON.stringify(text);
  }

  /** @param {boolean} isList */
  open(isList) {
    this.written += isList ? '[' : '{';
  }

  /** @param {number} place @param {string | undefined} key */
  part(place, key) {
    if (place > 0) this.written += ',';
    if (key !== undefined) this.written += `${JSON.stringify(key)}:`;
  }

  /** @param {boolean} isList */
  close(isList) {
    this.written += isList ? ']' : '}';
  }
}
