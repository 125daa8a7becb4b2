/**
 * Reads from an object just the values that a model asks about, into the numbered slots of the engine:
 * numbers as they are, texts as the class they belong to, so that nothing is serialised on the way.
 * What a value means is not known here; see `src/wasm.rs` for the other side.
 */
import { LeadscoreError, pathOf } from './error.js';
import { finite, json, wellFormed } from './json.js';

/** @typedef {import('../wasm/leadscore_bg.js').Engine} Engine */
/** @typedef {Pick<Engine, 'kinds' | 'values' | 'classify' | 'listStart' | 'listNumber' | 'listText' | 'listBoolean' | 'slotJson'>} Sink */
/** @typedef {{ path: string[], whole: boolean }} Slot `whole`: a list matters as one value, not element by element */
/** @typedef {{ key: string, inherited: boolean, slot: number, children: Node[] }} Node one step of the paths; `slot` is -1 on the way */

const UNKNOWN = 0;
const NUMBER = 1;
const TEXT = 2;
const BOOLEAN = 3;
const NESTED = 4;

/** Texts remembered for a slot; when full it starts anew, as what repeats comes back at once. */
const REMEMBERED = 1024;
/** Longer texts hardly repeat, and would make the memory of a slot large. */
const WORTH_REMEMBERING = 128;
/** Most elements read of one list; the holes of a sparse one count. */
const ELEMENTS = 100_000;

export class Slots {
  #sink;
  #memory;
  #table;
  #paths;
  #whole;
  #roots;
  /** Read into here first: a call may grow the engine's memory, which detaches every view of it. */
  #kinds;
  #values;
  /** @type {Map<string, number>[]} */
  #classes;
  /** @type {Uint8Array | undefined} */
  #engineKinds;
  /** @type {Float64Array | undefined} */
  #engineValues;
  #root = '';

  /**
   * @param {Sink} sink the engine
   * @param {WebAssembly.Memory} memory
   * @param {0 | 1} table 0 for facts, 1 for the properties of an event
   * @param {readonly Slot[]} slots
   */
  constructor(sink, memory, table, slots) {
    const paths = slots.map(({ path }) => path);
    this.#sink = sink;
    this.#memory = memory;
    this.#table = table;
    this.#paths = paths;
    this.#whole = slots.map(({ whole }) => whole);
    this.#roots = tree(paths);
    this.#kinds = new Uint8Array(paths.length);
    this.#values = new Float64Array(paths.length);
    this.#classes = paths.map(() => new Map());
  }

  /**
   * Reads one object and hands it to the engine.
   * @param {object} object
   * @param {string} root what it is called in paths
   */
  read(object, root) {
    if (this.#paths.length === 0) return;
    this.#root = root;
    this.#kinds.fill(UNKNOWN);
    this.#descend(this.#roots, /** @type {Record<string, unknown>} */ (object), 0);
    this.#handOver();
  }

  #handOver() {
    const { buffer } = this.#memory;
    if (this.#engineKinds?.buffer !== buffer || !this.#engineValues) {
      const length = this.#paths.length;
      this.#engineKinds = new Uint8Array(buffer, this.#sink.kinds(this.#table), length);
      this.#engineValues = new Float64Array(buffer, this.#sink.values(this.#table), length);
    }
    this.#engineKinds.set(this.#kinds);
    this.#engineValues.set(this.#values);
  }

  /**
   * @param {readonly Node[]} nodes
   * @param {Record<string, unknown>} object
   * @param {number} depth how many steps of the paths led here
   */
  #descend(nodes, object, depth) {
    for (const node of nodes) {
      const value = own(object, node.key, node.inherited);
      if (node.slot >= 0) this.#write(node.slot, value);
      if (node.children.length === 0 || typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) this.#through(node.children, value, depth + 1);
      else this.#descend(node.children, /** @type {Record<string, unknown>} */ (value), depth + 1);
    }
  }

  /**
   * Paths that run through a list lead to every value they reach.
   * @param {readonly Node[]} nodes
   * @param {unknown[]} list
   * @param {number} depth
   */
  #through(nodes, list, depth) {
    for (const node of nodes) {
      if (node.slot >= 0) {
        const found = reached(list, this.#paths[node.slot].slice(depth), () => this.#place(node.slot));
        if (found.length === 1) this.#write(node.slot, found[0]);
        else if (found.length > 1) this.#found(node.slot, found);
      }
      this.#through(node.children, list, depth);
    }
  }

  /**
   * @param {number} slot
   * @param {unknown} value
   */
  #write(slot, value) {
    switch (typeof value) {
      case 'undefined':
        return;
      case 'string':
        this.#kinds[slot] = TEXT;
        this.#values[slot] = this.#class(slot, value, () => this.#place(slot));
        return;
      case 'boolean':
        this.#kinds[slot] = BOOLEAN;
        this.#values[slot] = value ? 1 : 0;
        return;
      case 'object':
        if (value === null) return;
        if (Array.isArray(value)) return this.#list(slot, value);
        if (!(value instanceof Date)) return this.#found(slot, [value]);
    }
    this.#values[slot] = finite(value, () => this.#place(slot));
    this.#kinds[slot] = NUMBER;
  }

  /**
   * @param {number} slot
   * @param {unknown[]} list
   */
  #list(slot, list) {
    const items = elements(list, () => this.#place(slot));
    const flat = items.every((item) => item instanceof Date || (item !== undefined && typeof item !== 'object'));
    if (this.#whole[slot] || !flat) return this.#found(slot, [items]);
    this.#kinds[slot] = NESTED;
    this.#sink.listStart(this.#table, slot);
    items.forEach((item, i) => {
      const place = () => `${this.#place(slot)}[${i}]`;
      if (typeof item === 'string') this.#sink.listText(this.#table, slot, this.#class(slot, item, place));
      else if (typeof item === 'boolean') this.#sink.listBoolean(this.#table, slot, item);
      else this.#sink.listNumber(this.#table, slot, finite(item, place));
    });
  }

  /**
   * @param {number} slot
   * @param {unknown[]} values all that the path leads to
   */
  #found(slot, values) {
    this.#kinds[slot] = NESTED;
    this.#sink.slotJson(this.#table, slot, `[${values.map((value) => json(value, this.#place(slot))).join()}]`);
  }

  /**
   * @param {number} slot
   * @param {string} text
   * @param {() => string} place
   */
  #class(slot, text, place) {
    const known = this.#classes[slot];
    let number = known.get(text);
    if (number === undefined) {
      number = this.#sink.classify(this.#table, slot, wellFormed(text, place));
      if (text.length <= WORTH_REMEMBERING) {
        if (known.size >= REMEMBERED) known.clear();
        known.set(text, number);
      }
    }
    return number;
  }

  /** @param {number} slot */
  #place(slot) {
    return pathOf(this.#root, this.#paths[slot]);
  }
}

/**
 * The paths as a tree, so that what they share is read once.
 * @param {readonly (readonly string[])[]} paths
 * @returns {Node[]}
 */
function tree(paths) {
  /** @type {Node[]} */
  const roots = [];
  paths.forEach((path, slot) => {
    let nodes = roots;
    path.forEach((key, i) => {
      let node = nodes.find((node) => node.key === key);
      if (!node) nodes.push((node = { key, inherited: key in Object.prototype, slot: -1, children: [] }));
      if (i === path.length - 1) node.slot = slot;
      nodes = node.children;
    });
  });
  return roots;
}

/**
 * What an object itself says: `constructor` or `toString` are unknown unless they are its own.
 * @param {Record<string, unknown>} object
 * @param {string} key
 * @param {boolean} inherited whether every object answers to that key
 */
function own(object, key, inherited) {
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
function reached(list, path, place) {
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
