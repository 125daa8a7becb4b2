/** Puts rows into an order by counting, which takes a million of them in a moment, and keeps those that are alike as they were. */

/**
 * @param {ArrayLike<number>} rows
 * @param {(row: number) => number} rankOf from 0
 * @param {number} many ranks there are
 * @param {boolean} up
 */
export function inOrder(rows, rankOf, many, up) {
  const starts = new Uint32Array(many + 1);
  const place = (/** @type {number} */ row) => (up ? rankOf(row) : many - 1 - rankOf(row));
  for (let i = 0; i < rows.length; i++) starts[place(rows[i]) + 1] += 1;
  for (let rank = 0; rank < many; rank++) starts[rank + 1] += starts[rank];
  const ordered = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) ordered[starts[place(rows[i])]++] = rows[i];
  return ordered;
}

/** The values of a list that are numbers, each once, from low to high. @param {Float64Array} values */
export function distinct(values) {
  // of scores there are few; a million values are sorted only where they all differ
  return Float64Array.from(new Set(values)).filter((value) => !Number.isNaN(value)).sort();
}

/**
 * The rank of each value among those that there are, from 1; 0 where there is none.
 * @param {Float64Array} values
 * @returns {{ all: Float64Array, ranks: Uint32Array }}
 */
export function ranked(values) {
  const all = distinct(values);
  const ranks = new Uint32Array(values.length);
  for (let row = 0; row < ranks.length; row++) if (!Number.isNaN(values[row])) ranks[row] = firstFrom(all, values[row]) + 1;
  return { all, ranks };
}

/** How many of the sorted values lie below. @param {ArrayLike<number>} sorted @param {number} from */
export function firstFrom(sorted, from) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
