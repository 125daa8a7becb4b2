/** One column of a file, kept so that a million rows fit and answer fast: every text once, and for each row the place of its text. */

import { numberIn } from './columns.js';

/** From so many texts on a column of which nearly every text is new, such as e-mail addresses, is no longer searched for them. */
const MANY = 100_000;
/** The bytes that a text and its place take, about. */
const [TEXT, PLACE] = [24, 4];

/** The order of texts as people expect it: capitals, accents and digits where they belong. */
const collator = new Intl.Collator(undefined, { numeric: true });

export class Column {
  /** The texts; of a column with very many some can be there twice. @type {string[]} */
  texts = [];
  /** For each row the place of its text. */
  places = new Uint32Array(1024);
  length = 0;
  /** About how much memory it takes. */
  bytes = 0;
  /** @type {Map<string, number> | null} */
  #known = new Map();
  /** @type {Float64Array | null} */
  #numbers = null;
  /** @type {{ ranks: Uint32Array, many: number } | null} */
  #ranked = null;

  /** @param {string} text */
  push(text) {
    let place = this.#known?.get(text);
    if (place === undefined) {
      place = this.texts.length;
      this.texts.push(text);
      this.#known?.set(text, place);
      this.bytes += TEXT + text.length;
      if (place > MANY && place > 0.8 * this.length) this.#known = null;
    }
    if (this.length === this.places.length) {
      const longer = new Uint32Array(this.length * 2);
      longer.set(this.places);
      this.places = longer;
    }
    this.places[this.length++] = place;
    this.bytes += PLACE;
  }

  /** Nothing more comes. */
  end() {
    this.#known = null;
    this.places = this.places.slice(0, this.length);
  }

  /** @param {number} row */
  at(row) {
    return this.texts[this.places[row]];
  }

  /** What each text is as a number, NaN where it is none. */
  get numbers() {
    return (this.#numbers ??= Float64Array.from(this.texts, numberIn));
  }

  /** Whether it holds numbers rather than words. */
  get numeric() {
    let [numbers, filled] = [0, 0];
    for (let place = 0; place < this.texts.length; place++) {
      if (this.texts[place].trim() === '') continue;
      filled += 1;
      if (!Number.isNaN(this.numbers[place])) numbers += 1;
    }
    return filled > 0 && numbers > filled / 2;
  }

  /** The place of each text in their order, numbers as numbers; what is no number, or empty, comes first. */
  get ranked() {
    if (this.#ranked) return this.#ranked;
    const { numeric, numbers, texts } = this;
    const worth = (/** @type {number} */ place) => (Number.isNaN(numbers[place]) ? -Infinity : numbers[place]);
    const compare = numeric
      ? (/** @type {number} */ a, /** @type {number} */ b) => worth(a) - worth(b) || 0
      : (/** @type {number} */ a, /** @type {number} */ b) => collator.compare(texts[a], texts[b]);
    const order = Uint32Array.from(texts, (_, place) => place).sort(compare);
    const ranks = new Uint32Array(texts.length);
    let many = 0;
    for (let i = 0; i < order.length; i++) {
      if (i > 0 && compare(order[i - 1], order[i]) !== 0) many += 1;
      ranks[order[i]] = many;
    }
    return (this.#ranked = { ranks, many: many + 1 });
  }
}
