/**
 * Reads from an object just the values that a model asks about, into the numbered slots of the engine: numbers as they
 * are, everything else as a *row*, the number that the engine has given to it, so that nothing is serialised on the way.
 * What a value means is not known here; see `src/intake.rs` for the other side.
 */
import { bytesOf } from './bytes.js';
import { LeadscoreError, pathOf } from './error.js';
import { readAtSites, sitesOf } from './sites.js';
import { comparable, finite, wellFormed } from './value.js';

/** @typedef {Pick<import('../wasm/runtime/leadscore_bg.js').Engine, 'kinds' | 'values' | 'asks' | 'classify' | 'listStart' | 'listRow' | 'listEnd' | 'nested'>} Rows */
/** @typedef {{ path: readonly string[], whole: boolean }} Asked `whole`: a list matters as one value, not element by element */

/**
 * What is read from one object: its keys, and for each the slot to which a number goes straight, or -1. The first `sites`
 * of them have read sites of their own, from `first` on.
 * @typedef {{ keys: string[], slots: Int16Array, nodes: Node[], first: number, sites: number }} Level
 */

/**
 * One key of an object.
 * @typedef {object} Node
 * @property {number} slot -1 on the way
 * @property {readonly string[]} path that leads here
 * @property {boolean} whole
 * @property {boolean} inherited whether every object answers to the key
 * @property {Level | undefined} level what is read from the object that stands here
 * @property {number[]} below the slots of that
 * @property {Map<unknown, number>} rows of texts that were met before
 * @property {Uint16Array | undefined} joined the row of a list by that of the list without its last element and that of the element
 */

const ROW = 0;
const NUMBER = 1;

const UNKNOWN = 0;
const FALSE = 1;
const TRUE = 2;
/** The row of what the engine does not keep: it holds for one lead. */
const VOLATILE = 65_535;

/** Texts remembered for a slot; when full it starts anew, as what repeats comes back at once. */
const REMEMBERED = 1024;
/** Longer texts hardly repeat, and would make the memory of a slot large. */
const WORTH_REMEMBERING = 128;
/** Of the first so many rows it is remembered what they become in a list. */
const JOINED = 64;
/** Most elements read of one list; the holes of a sparse one count. */
const ELEMENTS = 100_000;

export class Slots {
  /** The slots in the engine's memory; empty once that has grown, then they are looked up anew. */
  kinds = new Uint8Array();
  values = new Float64Array();
  #engine;
  #memory;
  #sheet;
  #asked;
  #level;
  /** Of each kind of object that is asked for some of the slots only. @type {Level[]} */
  #levels = [];
  #place = 0;

  /**
   * @param {Rows} engine
   * @param {WebAssembly.Memory} memory
   * @param {0 | 1} sheet 0 for facts, 1 for the properties of an event
   * @param {readonly Asked[]} asked for each slot
   */
  constructor(engine, memory, sheet, asked) {
    this.#engine = engine;
    this.#memory = memory;
    this.#sheet = sheet;
    this.#asked = asked;
    this.#level = levelOf(asked, [...asked.keys()], 0);
  }

  /** @param {object} facts */
  read(facts) {
    this.#read(this.#level, facts);
  }

  /**
   * @param {object} event
   * @param {number} place of the event
   * @param {number} type by which some of the slots are asked for
   */
  readEvent(event, place, type) {
    this.#place = place;
    this.#read((this.#levels[type] ??= this.#levelOf(type)), event);
  }

  /** @param {number} type */
  #levelOf(type) {
    const slots = [...this.#asked.keys()].filter((slot) => this.#engine.asks(type, slot));
    return levelOf(this.#asked, slots, 0);
  }

  /**
   * @param {Level} level
   * @param {object} object
   */
  #read(level, object) {
    if (level.keys.length === 0) return;
    this.#look();
    this.#descend(level, /** @type {Record<string, unknown>} */ (object));
    if (this.kinds.length === 0) this.#readAgain(level, /** @type {Record<string, unknown>} */ (object));
  }

  /**
   * When the memory grew meanwhile, what was written then is lost: once more, into what cannot be lost.
   * @param {Level} level
   * @param {Record<string, unknown>} object
   */
  #readAgain(level, object) {
    const { length } = this.#asked;
    const [kinds, values] = [new Uint8Array(length), new Float64Array(length)];
    [this.kinds, this.values] = [kinds, values];
    try {
      this.#descend(level, object);
    } finally {
      this.kinds = new Uint8Array();
    }
    this.#look();
    this.kinds.set(kinds);
    this.values.set(values);
  }

  /** What is in the slots now, for `write`; nothing when the engine does not keep all of it. */
  copy() {
    this.#look();
    const { length } = this.#asked;
    const { kinds, values } = this;
    /** @type {number[]} */
    const copy = new Array(2 * length);
    for (let slot = 0; slot < length; slot++) {
      if (values[slot] === VOLATILE && kinds[slot] === ROW) return;
      copy[slot] = values[slot];
      copy[length + slot] = kinds[slot];
    }
    return copy;
  }

  /** @param {readonly number[]} copy */
  write(copy) {
    this.#look();
    const { length } = this.#asked;
    this.values.set(copy.slice(0, length));
    this.kinds.set(copy.slice(length));
  }

  #look() {
    if (this.kinds.length > 0) return;
    const { length } = this.#asked;
    this.kinds = new Uint8Array(this.#memory.buffer, this.#engine.kinds(this.#sheet), length);
    this.values = new Float64Array(this.#memory.buffer, this.#engine.values(this.#sheet), length);
  }

  /**
   * @param {Level} level
   * @param {Record<string, unknown>} object
   */
  #descend(level, object) {
    const { keys, nodes, sites } = level;
    if (sites > 0) readAtSites(level, object, this);
    for (let i = sites; i < keys.length; i++) this.put(nodes[i], own(object, keys[i], nodes[i].inherited));
  }

  /**
   * Paths that run through a list lead to every value they reach.
   * @param {Level} level
   * @param {unknown[]} list
   * @param {number} depth how many steps of the paths led here
   */
  #through(level, list, depth) {
    for (const node of level.nodes) {
      if (node.slot >= 0) {
        const found = reached(list, node.path.slice(depth), () => this.#pathOf(node));
        if (found.length > 1) this.#nested(node, found);
        else this.#write(node, found[0]);
      }
      if (node.level) this.#through(node.level, list, depth);
    }
  }

  /**
   * Takes what an object has under a key: nearly always what was met before, or a number.
   * @param {Node} node
   * @param {unknown} value
   */
  put(node, value) {
    const row = typeof value === 'string' ? node.rows.get(value) : plain(value);
    if (row === undefined || node.level) return this.#take(node, value);
    this.kinds[node.slot] = ROW;
    this.values[node.slot] = row;
  }

  /**
   * @param {Node} node
   * @param {unknown} value
   */
  #take(node, value) {
    if (node.slot >= 0) this.#write(node, value);
    if (!node.level) return;
    if (typeof value !== 'object' || value === null) node.below.forEach((slot) => this.#set(slot, UNKNOWN));
    else if (Array.isArray(value)) this.#through(node.level, value, node.path.length);
    else this.#descend(node.level, /** @type {Record<string, unknown>} */ (value));
  }

  /**
   * @param {Node} node
   * @param {unknown} value
   */
  #write(node, value) {
    const row = typeof value === 'string' ? this.#text(node, value) : plain(value);
    if (row !== undefined) return this.#set(node.slot, row);
    if (Array.isArray(value)) return this.#list(node, value);
    if (typeof value === 'object' && !(value instanceof Date)) return this.#nested(node, [value]);
    const number = finite(value, () => this.#pathOf(node));
    this.kinds[node.slot] = NUMBER;
    this.values[node.slot] = number;
  }

  /**
   * @param {number} slot
   * @param {number} row
   */
  #set(slot, row) {
    this.kinds[slot] = ROW;
    this.values[slot] = row;
  }

  /**
   * @param {Node} node
   * @param {string} text
   * @param {number} [element] its place in a list
   */
  #text(node, text, element) {
    const known = node.rows.get(text);
    if (known !== undefined) return known;
    comparable(wellFormed(text, () => this.#pathOf(node, element)), () => this.#pathOf(node));
    const row = this.#engine.classify(this.#sheet, node.slot, text);
    if (row !== VOLATILE && text.length <= WORTH_REMEMBERING) {
      if (node.rows.size >= REMEMBERED) node.rows.clear();
      node.rows.set(text, row);
    }
    return row;
  }

  /**
   * A flat list is what its elements make of the empty one, step by step, nearly always by steps that were taken before.
   * @param {Node} node
   * @param {unknown[]} list
   */
  #list(node, list) {
    const { length } = list;
    if (length > ELEMENTS) throw tooMany(this.#pathOf(node), length);
    if (node.whole) return this.#nested(node, [list]);

    const joined = (node.joined ??= new Uint16Array(JOINED * JOINED));
    let row = joined[0] || this.#join(node, joined, 0, []);
    for (let i = 0; i < length; i++) {
      const item = list[i];
      const one = node.rows.get(item) ?? this.#element(node, item, i);
      if (one >= JOINED || row >= JOINED) return this.#anyList(node, Array.from({ length }, (_, i) => list[i]));
      const step = row * JOINED + one;
      row = joined[step] || this.#join(node, joined, step, [row, one]);
    }
    this.#set(node.slot, row);
  }

  /**
   * @param {Node} node
   * @param {unknown[]} items
   */
  #anyList(node, items) {
    const rows = items.map((item, i) => this.#element(node, item, i));
    if (rows.includes(VOLATILE)) this.#nested(node, [items]);
    else this.#set(node.slot, this.#rowOfList(node, rows));
  }

  /**
   * The row of an element, or `VOLATILE` when it has none.
   * @param {Node} node
   * @param {unknown} item
   * @param {number} i
   */
  #element(node, item, i) {
    return typeof item === 'string' ? this.#text(node, item, i) : plain(item) || VOLATILE;
  }

  /**
   * @param {Node} node
   * @param {Uint16Array} joined
   * @param {number} step
   * @param {number[]} rows
   */
  #join(node, joined, step, rows) {
    const row = this.#rowOfList(node, rows);
    if (row !== VOLATILE) joined[step] = row;
    return row;
  }

  /**
   * @param {Node} node
   * @param {number[]} rows those of its elements, or of lists of some of them
   */
  #rowOfList({ slot }, rows) {
    this.#engine.listStart(this.#sheet, slot);
    for (const row of rows) this.#engine.listRow(this.#sheet, slot, row);
    return this.#engine.listEnd(this.#sheet, slot);
  }

  /**
   * @param {Node} node
   * @param {unknown[]} values all that the path leads to
   */
  #nested(node, values) {
    const bytes = bytesOf(values, this.#pathOf(node));
    this.#set(node.slot, this.#engine.nested(this.#sheet, node.slot, bytes));
  }

  /**
   * @param {Node} node
   * @param {number} [element]
   */
  #pathOf({ path }, element) {
    const root = this.#sheet === 0 ? 'facts' : `events[${this.#place}]`;
    return pathOf(root, element === undefined ? path : [...path, element]);
  }
}

/**
 * What is read from an object that so many steps of the paths lead to; what paths share is read once.
 * @param {readonly Asked[]} asked
 * @param {readonly number[]} slots those of the paths that lead there
 * @param {number} depth
 * @returns {Level}
 */
function levelOf(asked, slots, depth) {
  const keys = [...new Set(slots.map((slot) => asked[slot].path[depth]))];
  const nodes = keys.map((key) => nodeOf(asked, slots.filter((slot) => asked[slot].path[depth] === key), depth));
  // Keys that every object answers to are looked at more closely than a read site does.
  const given = nodes.some(({ inherited }) => inherited) ? { first: 0, sites: 0 } : sitesOf(keys);
  return { keys, nodes, slots: Int16Array.from(nodes, ({ slot, level }) => (level ? -1 : slot)), ...given };
}

/**
 * @param {readonly Asked[]} asked
 * @param {readonly number[]} slots
 * @param {number} depth
 * @returns {Node}
 */
function nodeOf(asked, slots, depth) {
  const path = asked[slots[0]].path.slice(0, depth + 1);
  const slot = slots.find((slot) => asked[slot].path.length === path.length) ?? -1;
  const below = slots.filter((other) => other !== slot);
  return {
    slot,
    path,
    whole: slot >= 0 && asked[slot].whole,
    inherited: path[depth] in Object.prototype,
    level: below.length > 0 ? levelOf(asked, below, depth + 1) : undefined,
    below,
    rows: new Map(),
    joined: undefined,
  };
}

/**
 * The row of a value that has the same at every slot.
 * @param {unknown} value
 */
function plain(value) {
  if (value === undefined || value === null) return UNKNOWN;
  if (value === true) return TRUE;
  if (value === false) return FALSE;
}

/**
 * What an object itself says: `constructor` or `toString` are unknown unless they are its own.
 * @param {Record<string, unknown>} object
 * @param {string} key
 * @param {boolean} inherited whether every object answers to that key
 */
export function own(object, key, inherited) {
  return inherited && !Object.hasOwn(object, key) ? undefined : object[key];
}

/**
 * Every known value that a path leads to, through the objects of the lists on its way; the engine
 * has the same walk for JSON, `Value::reach`.
 * @param {unknown[]} list
 * @param {readonly string[]} path
 * @param {() => string} place
 * @returns {unknown[]}
 */
export function reached(list, path, place) {
  /** @type {unknown[]} */
  const found = [];
  let visited = 0;

  /** @param {unknown} value @param {readonly string[]} path */
  function walk(value, path) {
    if (value == null) return;
    if (path.length === 0) return void found.push(value);
    if (typeof value !== 'object') return;
    const [key, ...rest] = path;
    if (!Array.isArray(value)) {
      return walk(own(/** @type {Record<string, unknown>} */ (value), key, key in Object.prototype), rest);
    }
    const items = elements(value, place);
    // An object that stands in many lists is read many times: what counts is the steps in all.
    visited += items.length;
    if (visited > ELEMENTS) throw tooMany(place(), visited);
    for (const item of items) if (!Array.isArray(item)) walk(item, path);
    if (/^\d+$/.test(key)) walk(items[Number(key)], rest);
  }

  walk(list, path);
  return found;
}

/**
 * A list as it is now, read once.
 * @param {unknown[]} list
 * @param {() => string} place
 */
function elements(list, place) {
  if (list.length > ELEMENTS) throw tooMany(place(), list.length);
  return Array.from({ length: list.length }, (_, i) => list[i]);
}

/**
 * @param {string} place
 * @param {number} found
 */
function tooMany(place, found) {
  return new LeadscoreError('too-large', place, `expected at most ${ELEMENTS} elements, found ${found}`);
}
