// Builds the nested facts of one lead, or the properties of one event, from the cells of a CSV record.
// It reports every cell that it could not read, and leaves that attribute unknown.

import { shown } from '../words/index.js';
import { UNREADABLE, readCell } from './cell.js';

/**
 * @typedef {object} CellTrouble
 * @property {number} column counted from 1
 * @property {string} message
 */

/**
 * @param {string[]} cells
 * @param {import('./header.js').Column[]} columns
 * @param {import('./cell.js').Numbers} numbers
 * @param {import('../words/en.js').Words} say
 * @returns {{facts: Record<string, unknown>, troubles: CellTrouble[]}}
 */
export function factsOf(cells, columns, numbers, say) {
  const facts = emptyObject();
  const troubles = [];
  for (const { index, header, attribute, path } of columns) {
    const cell = cells[index];
    const value = readCell(cell, attribute.type, numbers);
    if (value === null) continue;
    if (value !== UNREADABLE) {
      put(facts, path, value);
      continue;
    }
    const message = say.cellUnreadable(shown(header), say.types[attribute.type], shown(cell.trim()));
    const french = numbers === 'plain' && ![UNREADABLE, null].includes(readFrench(cell, attribute.type));
    troubles.push({ column: index + 1, message: french ? `${message}; ${say.tryFrench}` : message });
  }
  return { facts, troubles };
}

/**
 * Whether `--numbers fr` would help.
 * @param {string} cell
 * @param {import('./cell.js').CellType} type
 * @returns {any}
 */
function readFrench(cell, type) {
  return readCell(cell, type, 'fr');
}

/**
 * Objects without a prototype: a path such as `__proto__.x` is an attribute like any other.
 * @returns {Record<string, unknown>}
 */
function emptyObject() {
  return Object.create(null);
}

/**
 * @param {Record<string, unknown>} facts
 * @param {string[]} path
 * @param {unknown} value
 */
function put(facts, path, value) {
  let place = facts;
  for (const name of path.slice(0, -1)) place = /** @type {any} */ (place[name] ??= emptyObject());
  place[path[path.length - 1]] = value;
}
