/**
 * Many leads at once: tables that stay in the engine's memory, and leads as the bytes of their JSON. Only the build for
 * servers has what it takes, so its front door hands all this to its scorers, and nobody else downloads it.
 */
import { bytesOf } from './bytes.js';
import { LeadscoreError } from './error.js';
import { STATUSES } from './score.js';
import { columnsOf } from './table.js';
import { comparable, unlike, wellFormed } from './value.js';

/** @typedef {import('../wasm/server/leadscore_bg.js').Engine} Engine */
/** @typedef {import('../wasm/server/leadscore_bg.js').Table} NativeTable */
/** @typedef {import('./score.js').Names} Names */
/** @typedef {import('./table.js').Column} Column */
/** @typedef {ReturnType<typeof bulkWith>} Bulk */

/** In place of a place: unknown. */
const UNKNOWN = 0xffffffff;
/** What an object ends with. */
const CLOSING = '}'.charCodeAt(0);

/** What the engine expected where it stopped reading, by its number. @type {[code: string, expected: string][]} */
const FAULTS = [
  ['internal', ''],
  ['invalid-text', 'UTF-8'],
  ['invalid-json', 'JSON'],
  ['not-finite', 'a finite number'],
  ['invalid-text', 'both halves of a surrogate pair'],
  ['too-deep', 'fewer levels of nesting'],
  ['too-large', 'a shorter text'],
  ['invalid-facts', 'an object of attributes'],
];

/** Leads as columns, for every scorer of the same build. */
export class Table {
  /** @type {NativeTable | null} `null` once it is freed */
  #native;

  /**
   * @param {NativeTable} native
   * @param {number} rows
   */
  constructor(native, rows) {
    this.#native = native;
    this.rows = rows;
  }

  free() {
    Table.native(this).free();
    this.#native = null;
  }

  /** @param {unknown} table */
  static native(table) {
    if (typeof table !== 'object' || table === null || !(#native in table)) {
      throw new LeadscoreError('invalid-table', 'table', 'expected what `table()` gave');
    }
    if (table.#native) return table.#native;
    throw new LeadscoreError('freed', 'table', 'expected a table, found one that was freed');
  }
}

/**
 * @param {new (rows: number) => NativeTable} Native
 * @param {WebAssembly.Memory} memory
 */
export function bulkWith(Native, memory) {
  return { readFacts, tableOf, scoreTable, scoreJson, scoresOf };

  /**
   * Reads one lead from the bytes of its JSON.
   * @param {Engine} engine
   * @param {Uint8Array} bytes
   */
  function readFacts(engine, bytes) {
    if (engine.read(bytes) !== 0) throw faultOf(engine, 'facts');
  }

  /**
   * @param {import('../leadscore.js').TableData} data
   * @param {Names['facts']} asked
   */
  function tableOf(data, asked) {
    const { rows, columns } = columnsOf(data, asked);
    const native = new Native(rows);
    try {
      for (const column of columns) put(native, column);
    } catch (thrown) {
      native.free();
      throw thrown;
    }
    return new Table(native, rows);
  }

  /**
   * @param {NativeTable} native
   * @param {Column} column
   */
  function put(native, { path, kind, values, place }) {
    const { length } = values;
    if (kind === 'number') {
      const column = native.column(path, 0, length);
      new Float64Array(memory.buffer, native.data(column), length).set(values);
    } else if (kind === 'boolean') {
      const column = native.column(path, 1, length);
      new Uint8Array(memory.buffer, native.data(column), length).set(values);
    } else if (kind === 'list') {
      const offsets = new Uint32Array(length + 1);
      /** @type {(string | null)[]} */
      const items = [];
      for (let row = 0; row < length; row++) {
        for (const item of values[row] ?? [null]) items.push(item); // one that is unknown stands for an unknown list
        offsets[row + 1] = items.length;
      }
      const column = native.column(path, 3, items.length);
      putPlaces(native, column, items, (item) => place(offsets.findIndex((end) => end > item) - 1), text);
      new Uint32Array(memory.buffer, native.offsets(column), length + 1).set(offsets);
    } else {
      const column = native.column(path, kind === 'text' ? 2 : 4, length);
      putPlaces(native, column, values, place, kind === 'text' ? text : anything);
    }
  }

  /**
   * Gives a column the places of values in its dictionary, and the dictionary each of them once.
   * @param {NativeTable} native
   * @param {number} column
   * @param {readonly unknown[]} values
   * @param {(i: number) => string} place
   * @param {(native: NativeTable, column: number, value: unknown, place: () => string) => void} add to the dictionary
   */
  function putPlaces(native, column, values, place, add) {
    /** @type {Map<unknown, number>} */
    const known = new Map([[undefined, UNKNOWN], [null, UNKNOWN]]);
    const places = new Uint32Array(values.length);
    let next = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      let at = known.get(value);
      if (at === undefined) {
        add(native, column, value, () => place(i));
        known.set(value, (at = next++));
      }
      places[i] = at;
    }
    new Uint32Array(memory.buffer, native.data(column), places.length).set(places);
  }

  /**
   * @param {Engine} engine
   * @param {unknown} table
   * @param {number} asOf
   */
  function scoreTable(engine, table, asOf) {
    const native = Table.native(table);
    if (!(native instanceof Native)) throw new LeadscoreError('invalid-table', 'table', 'expected a table of the same build');
    engine.scoreTable(native, asOf);
    return (/** @type {number} */ row) => void engine.tableRow(Table.native(table), row);
  }

  /**
   * @param {Engine} engine
   * @param {Uint8Array | string} json a list of leads, or one behind the other
   * @param {number} asOf
   */
  function scoreJson(engine, json, asOf) {
    const bytes = typeof json === 'string' ? new TextEncoder().encode(json) : json;
    if (!(bytes instanceof Uint8Array)) throw unlike('invalid-json', 'leads', 'JSON', json);
    if (!engine.scanAll(bytes, asOf)) throw faultOf(engine, `leads[${engine.count()}]`);
    const starts = new Uint32Array(memory.buffer, engine.scored(4), engine.count() + 1).slice();
    return (/** @type {number} */ row) => {
      const lead = bytes.subarray(starts[row], starts[row + 1]);
      readFacts(engine, lead.subarray(0, lead.lastIndexOf(CLOSING) + 1)); // without what separates it from the next
    };
  }

  /**
   * What came of the leads just scored.
   * @param {Engine} engine
   * @param {Names} names
   * @param {(row: number) => import('../leadscore.js').Score} score
   */
  function scoresOf(engine, names, score) {
    const count = engine.count();
    return {
      values: new Float64Array(memory.buffer, engine.scored(0), count).slice(),
      grades: new Uint16Array(memory.buffer, engine.scored(1), count).slice(),
      stages: new Uint16Array(memory.buffer, engine.scored(2), count).slice(),
      statuses: new Uint8Array(memory.buffer, engine.scored(3), count).slice(),
      gradeNames: names.grades,
      stageNames: names.stages,
      statusNames: STATUSES,
      /** @param {number} row */
      row(row) {
        if (Number.isInteger(row) && row >= 0 && row < count) return score(row);
        throw new LeadscoreError('invalid-row', 'row', `expected a whole number from 0 to ${count - 1}, found \`${row}\``);
      },
    };
  }
}

/**
 * @param {NativeTable} native
 * @param {number} column
 * @param {unknown} value
 * @param {() => string} place
 */
function text(native, column, value, place) {
  native.text(column, comparable(wellFormed(/** @type {string} */ (value), place), place));
}

/**
 * @param {NativeTable} native
 * @param {number} column
 * @param {unknown} value
 * @param {() => string} place
 */
function anything(native, column, value, place) {
  native.value(column, bytesOf([value], place()));
}

/**
 * @param {Engine} engine
 * @param {string} path
 */
function faultOf(engine, path) {
  const [code, expected] = FAULTS[engine.fault()];
  return new LeadscoreError(code, path, `expected ${expected}, found something else in byte ${engine.faultAt()}`);
}
