/**
 * Reads many leads as columns, whichever way they are given: by attribute, as objects, as JSON lines, or as a table of
 * Apache Arrow, which is known by its methods, so that nobody needs the library who does not use it.
 */
import { LeadscoreError, pathOf } from './error.js';
import { own, reached } from './slots.js';
import { finite, kindOf, unlike } from './value.js';

/** @typedef {import('./score.js').Names['facts']} Asked */
/** @typedef {import('../leadscore.js').TableData} TableData */
/** @typedef {import('../leadscore.js').ColumnData} ColumnData */

/** Most leads of a table. */
const ROWS = 10_000_000;

/**
 * One attribute of all the leads. Unknown is NaN among numbers, 2 among booleans, `null` or `undefined` among the others.
 * @typedef {(
 *   | { kind: 'number', values: Float64Array }
 *   | { kind: 'boolean', values: Uint8Array }
 *   | { kind: 'text', values: readonly string[] }
 *   | { kind: 'list', values: readonly string[][] }
 *   | { kind: 'anything', values: readonly unknown[] }
 * ) & { path: string, place: (row: number) => string }} Column `place` is where a value stands, for errors
 */

/**
 * @param {TableData} data
 * @param {Asked} asked by the model for which it is read
 * @returns {{ rows: number, columns: Column[] }}
 */
export function columnsOf(data, asked) {
  if (typeof data === 'string' || data instanceof Uint8Array) return fromRows(leadsOf(data), asked);
  if (Array.isArray(data)) return fromRows(data, asked);
  if (typeof data !== 'object' || data === null) throw unlike('invalid-table', 'table', 'columns, a list of leads or JSON lines', data);
  return fromColumns(data, asked);
}

/**
 * @param {readonly unknown[]} leads
 * @param {Asked} asked
 */
function fromRows(leads, asked) {
  for (let row = 0; row < leads.length; row++) {
    if (kindOf(leads[row]) !== 'object') throw unlike('invalid-facts', `rows[${row}]`, 'an object of attributes', leads[row]);
  }
  const columns = asked.map(({ path }) => {
    const place = (/** @type {number} */ row) => pathOf(`rows[${row}]`, path);
    return columnOf(path.join('.'), leads.map((lead, row) => valueAt(lead, path, () => place(row))), place);
  });
  return { rows: leads.length, columns: columns.filter((column) => column !== undefined) };
}

/**
 * What stands at a path. One that runs through lists may lead to several values, which no column holds.
 * @param {unknown} lead
 * @param {readonly string[]} path
 * @param {() => string} place
 */
function valueAt(lead, path, place) {
  let value = lead;
  for (let i = 0; i < path.length; i++) {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      const found = reached(value, path.slice(i), place);
      if (found.length < 2) return found[0];
      throw new LeadscoreError('invalid-table', place(), `expected one value, found ${found.length}`);
    }
    value = own(/** @type {Record<string, unknown>} */ (value), path[i], path[i] in Object.prototype);
  }
  return value;
}

/**
 * @param {object} data
 * @param {Asked} asked
 */
function fromColumns(data, asked) {
  const types = new Map(asked.map(({ path, type }) => [path.join('.'), type]));
  let rows = -1;
  const columns = named(data).map(([path, given]) => {
    const name = `columns[${JSON.stringify(path)}]`;
    const values = valuesOf(given, name, types.get(path) === 'boolean');
    if (values.length > ROWS) throw new LeadscoreError('too-large', name, `expected at most ${ROWS} leads, found ${values.length}`);
    if (rows < 0) rows = values.length;
    if (values.length !== rows) {
      throw new LeadscoreError('invalid-table', name, `expected ${rows} values, as in the first column, found ${values.length}`);
    }
    return columnOf(path, values, (row) => `${name}[${row}]`);
  });
  return { rows: Math.max(rows, 0), columns: columns.filter((column) => column !== undefined) };
}

/**
 * @param {any} data
 * @returns {[path: string, column: unknown][]}
 */
function named(data) {
  if (typeof data.getChild !== 'function') return Object.entries(data);
  return data.schema.fields.map((/** @type {{ name: string }} */ { name }) => [name, data.getChild(name)]);
}

/**
 * @param {any} column
 * @param {string} name
 * @param {boolean} isBoolean whether bytes stand for booleans
 * @returns {ArrayLike<unknown>}
 */
function valuesOf(column, name, isBoolean) {
  if (Array.isArray(column)) return column;
  if (ArrayBuffer.isView(column) && !(column instanceof DataView)) {
    const numbers = /** @type {Uint8Array} */ (column);
    return isBoolean && numbers.BYTES_PER_ELEMENT === 1 ? Array.from(numbers, (number) => [false, true][number]) : numbers;
  }
  if (isVector(column)) {
    const vector = column.type?.dictionary ? column.memoize() : column; // each text is decoded once
    return Array.from({ length: vector.length }, (_, row) => plain(vector.get(row)));
  }
  throw unlike('invalid-table', name, 'a list, a typed array or an Arrow vector', column);
}

/** @param {any} value */
function isVector(value) {
  return typeof value?.get === 'function' && Number.isInteger(value.length);
}

/**
 * A value of a vector: lists are vectors themselves, structures have methods, and NaN is how many tables say unknown.
 * @param {any} value
 * @returns {unknown}
 */
function plain(value) {
  if (isVector(value)) return Array.from(value, plain);
  if (Number.isNaN(value)) return null;
  return typeof value?.toJSON === 'function' && !(value instanceof Date) ? value.toJSON() : value;
}

/**
 * A column, unless nothing in it is known.
 * @param {string} path
 * @param {ArrayLike<unknown>} values
 * @param {(row: number) => string} place
 * @returns {Column | undefined}
 */
function columnOf(path, values, place) {
  if (!Array.isArray(values)) return { path, place, kind: 'number', values: numbersOf(values, place, NaN) };
  /** @type {Column['kind'] | undefined} */
  let kind;
  for (let row = 0; row < values.length; row++) {
    const one = kindOfValue(values[row]);
    if (one && kind && one !== kind) kind = 'anything';
    else kind ??= one;
  }
  if (kind === 'number') return { path, place, kind, values: numbersOf(values, place) };
  if (kind === 'boolean') return { path, place, kind, values: Uint8Array.from(values, (value) => (value == null ? 2 : value)) };
  return kind && { path, place, kind, values };
}

/**
 * @param {ArrayLike<unknown>} values
 * @param {(row: number) => string} place
 * @param {unknown} [unknown] what stands for unknown, besides `null` and `undefined`
 */
function numbersOf(values, place, unknown) {
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row++) {
    const value = values[row];
    const isUnknown = value === null || value === undefined || Object.is(value, unknown);
    numbers[row] = isUnknown ? NaN : finite(value, () => place(row));
  }
  return numbers;
}

/**
 * @param {unknown} value
 * @returns {Column['kind'] | undefined}
 */
function kindOfValue(value) {
  if (value === null || value === undefined) return;
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Date) return 'number';
  return Array.isArray(value) && value.findIndex((item) => typeof item !== 'string') < 0 ? 'list' : 'anything';
}

/**
 * @param {string | Uint8Array} json a list of leads, or a lead on each line
 * @returns {unknown[]}
 */
function leadsOf(json) {
  const text = typeof json === 'string' ? json : textOf(json);
  if (/^\s*\[/.test(text)) return parsed(text, 'rows');
  return text.split('\n').filter((line) => line.trim() !== '').map((line, row) => parsed(line, `rows[${row}]`));
}

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LeadscoreError('invalid-text', 'rows', 'expected UTF-8, found other bytes', { cause });
  }
}

/**
 * @param {string} json
 * @param {string} path
 */
function parsed(json, path) {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new LeadscoreError('invalid-json', path, `expected JSON, found: ${/** @type {Error} */ (cause).message}`, { cause });
  }
}
