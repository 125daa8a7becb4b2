// Fits text into the width of a terminal: wraps, pads, draws the bars of a waterfall.
// It knows nothing of scores.

import stringWidth from 'string-width';
import { safe } from '../words/index.js';

/**
 * @param {string} text
 * @param {number} width
 * @param {string} indent of every line
 * @param {string} [first] of the first line, in place of `indent`
 */
export function wrap(text, width, indent = '', first = indent) {
  const lines = [];
  let line = first;
  let empty = true;
  // A no-break space holds its words together.
  for (const word of text.split(/[ \n]+/).map(safe)) {
    if (!empty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines.join('\n');
}

/** @param {string} text @param {number} width */
export function left(text, width) {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** @param {string} text @param {number} width */
export function right(text, width) {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
}

/**
 * A scale from numbers to columns that holds all of them, and zero.
 * @param {number[]} values
 * @param {number} width
 */
export function scale(values, width) {
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  const span = highest - lowest;
  return (/** @type {number} */ value) => (span === 0 ? 0 : Math.round(((value - lowest) / span) * width));
}

/**
 * A bar between two columns; what goes down is drawn lighter, what is too small to draw as a line.
 * @param {number} from
 * @param {number} to
 * @param {number} width
 */
export function bar(from, to, width) {
  const start = Math.min(from, to);
  const length = Math.abs(to - from);
  if (length === 0) return left(`${' '.repeat(Math.min(start, width - 1))}│`, width);
  return left(' '.repeat(start) + (to > from ? '█' : '░').repeat(length), width);
}
