/**
 * Nested values as bytes: how they cross into the engine, which has no JSON in its small build. A byte says what comes,
 * then comes its number, or its length and its parts; lengths are 32 bits, low byte first. See `src/intake.rs`.
 */
import { comparable, walk } from './value.js';

/** @typedef {import('./value.js').Writing} Writing */

const [NULL, FALSE, TRUE, NUMBER, TEXT, LIST, OBJECT] = [0, 1, 2, 3, 4, 5, 6];

/**
 * @param {readonly unknown[]} values one after the other
 * @param {string} root what they are called in paths
 */
export function bytesOf(values, root) {
  const writing = new Bytes(root);
  for (const value of values) walk(value, root, writing);
  return writing.written();
}

/** @implements {Writing} */
class Bytes {
  length = 0;
  #bytes = new Uint8Array(256);
  #root;

  /** @param {string} root */
  constructor(root) {
    this.#root = root;
  }

  written() {
    return this.#bytes.subarray(0, this.length);
  }

  /** @param {null | boolean | number} value */
  plain(value) {
    if (typeof value !== 'number') return this.#tag(value === null ? NULL : value ? TRUE : FALSE);
    this.#tag(NUMBER);
    this.#view(8).setFloat64(0, value, true);
  }

  /** @param {string} text */
  text(text) {
    this.#tag(TEXT);
    this.#letters(comparable(text, () => this.#root));
  }

  /** @param {boolean} isList @param {number} count */
  open(isList, count) {
    this.#tag(isList ? LIST : OBJECT);
    this.#view(4).setUint32(0, count, true);
  }

  /** @param {number} _place @param {string | undefined} key */
  part(_place, key) {
    if (key !== undefined) this.#letters(key);
  }

  close() {}

  /** @param {number} tag */
  #tag(tag) {
    this.#view(1).setUint8(0, tag);
  }

  /** @param {string} text */
  #letters(text) {
    const letters = new TextEncoder().encode(text);
    const view = this.#view(4 + letters.length);
    view.setUint32(0, letters.length, true);
    new Uint8Array(view.buffer).set(letters, view.byteOffset + 4);
  }

  /** The next bytes, so many. @param {number} count */
  #view(count) {
    const start = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return new DataView(this.#bytes.buffer, start, count);
  }
}
