/**
 * Scores leads with a compiled program: has each read, asks the engine, and hands on what it says. Which build the engine is
 * of matters only where it can do less.
 */
import { LeadscoreError, asLeadscoreError } from './error.js';
import { LeadReader, bulkOf } from './lead.js';
import { Score } from './score.js';
import { Visitor } from './visitor.js';

/** @typedef {import('./lead.js').Asked} Asked */
/** @typedef {import('./score.js').Names} Names */
/** @typedef {import('./score.js').Told} Told */
/** @typedef {import('../leadscore.js').Scorer} ScorerOfModel */
/** @typedef {import('../leadscore.js').ScoreOptions} ScoreOptions */
/** @typedef {import('../wasm/full/leadscore_bg.js').Engine} FullEngine */
/** @typedef {import('../wasm/server/leadscore_bg.js').Engine} ServerEngine */
/** @typedef {import('../wasm/runtime/leadscore_bg.js').Engine & Partial<FullEngine & ServerEngine>} Engine what every build has, and what some have besides */

/**
 * What there is around an engine: its memory, and in the build for servers what many leads at once need.
 * @typedef {{ memory: WebAssembly.Memory, bulk?: import('./bulk.js').Bulk }} Host
 */

/** Many leads have no events of their own, and no past. */
const BULK_OPTIONS = new Set(['asOf', 'lang']);

/** @implements {ScorerOfModel} */
export class Scorer {
  /** @type {Engine | null} `null` once it is freed */
  #engine;
  #host;
  #names;
  #lead;
  /** A getter of the lead could come back here while the lead is being read. */
  #busy = false;
  /** What the slots held of the lead that the engine scored last; nothing when that is not known. @type {unknown} */
  #last;
  /** The engine's memory; empty once that has grown, then it is looked up anew. */
  #floats = new Float64Array();

  /**
   * @param {Engine} engine
   * @param {Host} host
   * @param {Names} names
   */
  constructor(engine, host, names) {
    this.#engine = engine;
    this.#host = host;
    this.#names = names;
    this.#lead = new LeadReader(engine, host, names);
    this.model = Object.freeze(names.model);
  }

  /**
   * @param {unknown} facts
   * @param {ScoreOptions | null} [options]
   * @returns {number | null}
   */
  value(facts, options) {
    // What `#busyWith` does, without a function made for each lead.
    const engine = this.#rested();
    this.#busy = true;
    this.#last = undefined;
    try {
      const value = engine.value(this.#lead.read(facts, options).asOf);
      return Number.isNaN(value) ? null : value;
    } catch (thrown) {
      throw asLeadscoreError(thrown, this.#lead.place);
    } finally {
      this.#busy = false;
    }
  }

  /**
   * @param {unknown} facts
   * @param {ScoreOptions | null} [options]
   */
  score(facts, options) {
    return this.#busyWith((engine) => this.#scored(engine, this.#lead.read(facts, options)));
  }

  /** @param {Uint8Array | string | null} [snapshot] */
  visitor(snapshot) {
    this.#lead.place = 'snapshot';
    const ask = (/** @type {(engine: Engine) => any} */ work) => this.#busyWith(work);
    const scored = (/** @type {Engine} */ engine, /** @type {Asked} */ asked) => this.#scored(engine, asked);
    return new Visitor({ lead: this.#lead, ask, scored }, snapshot);
  }

  /** @param {import('../leadscore.js').TableData} data */
  table(data) {
    return this.#busyWith(() => {
      this.#lead.place = 'table';
      return bulkOf(this.#host).tableOf(data, this.#names.facts);
    });
  }

  /**
   * @param {import('../leadscore.js').Table} table
   * @param {import('../leadscore.js').BulkOptions} [options]
   */
  scoreTable(table, options) {
    return this.#many(options, (engine, bulk, asOf) => bulk.scoreTable(engine, table, asOf));
  }

  /**
   * @param {Uint8Array | string} json
   * @param {import('../leadscore.js').BulkOptions} [options]
   */
  scoreJson(json, options) {
    return this.#many(options, (engine, bulk, asOf) => bulk.scoreJson(engine, json, asOf));
  }

  free() {
    this.#rested().free();
    this.#engine = null;
  }

  /**
   * @param {Engine} engine
   * @param {Asked} asked
   */
  #scored(engine, asked) {
    const base = this.#numbers(engine.run(asked.asOf));
    const slots = this.#lead.beyondSlots ? undefined : this.#lead.facts.copy();
    if (slots) {
      this.#last = slots;
      return new Score({ names: this.#names, asked, base, tell: (what) => this.#recall(slots, asked, what) });
    }
    // What there was besides is gone with the next lead, so the engine tells everything now.
    /** @type {Told} */
    const told = {
      more: this.#told(engine, asked, 'more'),
      reasons: this.#told(engine, asked, 'reasons'),
      counterfactuals: this.#told(engine, asked, 'counterfactuals'),
    };
    return new Score({ names: this.#names, asked, base, tell: (what) => told[what] });
  }

  /**
   * What the engine has still to tell of a lead that it scored, perhaps a while ago.
   * @template {keyof Told} K
   * @param {number[]} slots
   * @param {Asked} asked
   * @param {K} what
   */
  #recall(slots, asked, what) {
    const last = this.#last;
    return this.#busyWith((engine) => {
      if (last !== slots) {
        this.#lead.begin();
        this.#lead.facts.write(slots);
        engine.run(asked.asOf);
      }
      this.#last = slots;
      return this.#told(engine, asked, what);
    });
  }

  /**
   * @template {keyof Told} K
   * @param {Engine} engine
   * @param {Asked} asked
   * @param {K} what
   * @returns {Told[K]}
   */
  #told(engine, { lang, counterfactuals }, what) {
    const french = lang && lang === 'fr';
    /** @type {{ [K in keyof Told]: () => Told[K] }} */
    const tellers = {
      more: () => this.#numbers(engine.more()),
      reasons: () => (french === undefined ? undefined : engine.reasons?.(french)),
      counterfactuals: () => (counterfactuals ? engine.counterfactuals?.(french) : undefined),
    };
    return tellers[what]();
  }

  /**
   * @param {import('../leadscore.js').BulkOptions | undefined} options
   * @param {(engine: ServerEngine, bulk: import('./bulk.js').Bulk, asOf: number) => (row: number) => void} run gives what puts a row into the slots again
   */
  #many(options, run) {
    return this.#busyWith((engine) => {
      const bulk = bulkOf(this.#host);
      this.#lead.begin();
      const asked = this.#lead.options(options ?? {}, BULK_OPTIONS);
      const put = run(/** @type {ServerEngine} */ (engine), bulk, asked.asOf);
      const score = (/** @type {number} */ row) =>
        this.#busyWith((engine) => {
          this.#lead.begin();
          put(row);
          return this.#scored(engine, asked);
        });
      return bulk.scoresOf(/** @type {ServerEngine} */ (engine), this.#names, score);
    });
  }

  /**
   * A row of numbers in the engine's memory, which says itself how long it is.
   * @param {number} at
   */
  #numbers(at) {
    if (this.#floats.length === 0) this.#floats = new Float64Array(this.#host.memory.buffer);
    const floats = this.#floats;
    const start = at >> 3;
    const length = floats[start] | 0; // for compilers: arrays of fractional lengths are slow to make, and so are typed ones
    /** @type {number[]} */
    const numbers = new Array(length);
    for (let i = 0; i < length; i++) numbers[i] = floats[start + i];
    return numbers;
  }

  /**
   * @template T
   * @param {(engine: Engine) => T} read
   * @returns {T}
   */
  #busyWith(read) {
    const engine = this.#rested();
    this.#busy = true;
    this.#last = undefined;
    try {
      return read(engine);
    } catch (thrown) {
      throw asLeadscoreError(thrown, this.#lead.place);
    } finally {
      this.#busy = false;
    }
  }

  /** The engine, if nobody uses it. */
  #rested() {
    if (!this.#engine) throw new LeadscoreError('freed', '', 'expected a scorer, found one that was freed');
    if (this.#busy) throw new LeadscoreError('busy', '', 'expected a scorer at rest, found one reading a lead');
    return this.#engine;
  }
}
