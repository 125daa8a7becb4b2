/**
 * What one visitor did, kept from event to event: a state of the engine's, and the ways in and out of it. Unlike a tracker's
 * log it holds no properties, only what they mean to the model.
 */
import { LeadscoreError } from './error.js';
import { unlike } from './value.js';

/** @typedef {import('./lead.js').Asked} Asked */
/** @typedef {import('./lead.js').LeadReader} LeadReader */
/** @typedef {import('./scorer.js').Engine} Engine */
/** @typedef {import('../leadscore.js').Facts} Facts */
/** @typedef {import('../leadscore.js').LeadEvent} LeadEvent */
/** @typedef {import('../leadscore.js').Score} Score */
/** @typedef {import('../leadscore.js').Visitor} VisitorOfModel */
/** @typedef {import('../leadscore.js').VisitorOptions} VisitorOptions */
/** @typedef {import('../wasm/runtime/leadscore_bg.js').Visitor} State */

/**
 * What a visitor sees of its scorer, which does one thing at a time.
 * @typedef {{ lead: LeadReader, ask: <T>(work: (engine: Engine) => T) => T, scored: (engine: Engine, asked: Asked) => Score }} Access
 */

/** What is wrong with a snapshot, by the number that the engine throws. @type {Record<number, [code: string, problem: string]>} */
const FAULTS = {
  1: ['not-a-snapshot', 'expected the snapshot of a visitor, found something else'],
  2: ['snapshot-version', 'expected a snapshot of version 1, found another'],
  3: ['snapshot-damaged', 'expected a whole snapshot, found a damaged one'],
  4: ['snapshot-foreign', 'expected a snapshot of this model, found one of a model whose events mean something else'],
};

/** What visitors are scored with: their events are in their state. */
const OPTIONS = new Set(['asOf', 'lang', 'previous', 'consent', 'counterfactuals']);

/** @implements {VisitorOfModel} */
export class Visitor {
  #ask;
  #lead;
  #scored;
  /** @type {State | null} `null` once it is freed */
  #state;

  /**
   * @param {Access} scorer
   * @param {Uint8Array | string | null} [snapshot]
   */
  constructor({ lead, ask, scored }, snapshot) {
    this.#lead = lead;
    this.#ask = ask;
    this.#scored = scored;
    this.#state = ask((engine) => (snapshot == null ? engine.visitor() : restored(engine, snapshot)));
  }

  get maxBytes() {
    return this.#ask((engine) => engine.largest());
  }

  /** @param {LeadEvent | readonly LeadEvent[]} events */
  apply(events) {
    this.#ask((engine) => {
      const state = this.#known();
      const lead = this.#lead;
      lead.begin();
      if (Array.isArray(events)) lead.events(events);
      else lead.event(events);
      engine.keep(state);
      lead.beyondSlots = false;
    });
  }

  /**
   * @param {Facts} facts
   * @param {VisitorOptions | number | string | Date} options
   */
  score(facts, options) {
    return this.#ask((engine) => {
      const asked = this.#read(facts, options);
      this.#lead.beyondSlots = true;
      engine.recall(this.#known(), asked.asOf);
      return this.#scored(engine, asked);
    });
  }

  /**
   * @param {Facts} facts
   * @param {VisitorOptions | number | string | Date} options
   */
  value(facts, options) {
    const value = this.#ask((engine) => engine.valueOf(this.#known(), this.#read(facts, options).asOf));
    return Number.isNaN(value) ? null : value;
  }

  snapshot() {
    return this.#ask((engine) => engine.snapshot(this.#known()));
  }

  toString() {
    const letters = Array.from(this.snapshot(), (byte) => String.fromCharCode(byte));
    return btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }

  toJSON() {
    return this.toString();
  }

  /** @param {Visitor | Uint8Array | string} other */
  merge(other) {
    // Written down in between, as the other may be of another scorer.
    const snapshot = other instanceof Visitor ? other.snapshot() : other;
    this.#ask((engine) => {
      const state = restored(engine, snapshot);
      engine.merge(this.#known(), state);
      state.free();
    });
  }

  forget() {
    this.#ask((engine) => {
      this.#known().free();
      this.#state = engine.visitor();
    });
  }

  free() {
    this.#known().free();
    this.#state = null;
  }

  /**
   * @param {Facts} facts
   * @param {VisitorOptions | number | string | Date} options
   * @returns {Asked}
   */
  #read(facts, options) {
    const lead = this.#lead;
    if (typeof options === 'object' && options !== null && !(options instanceof Date)) {
      const asked = lead.read(facts, options, OPTIONS);
      if (!Number.isNaN(asked.asOf)) return asked;
    } else if (options != null) {
      lead.read(facts);
      return { asOf: lead.instant(options, 'asOf') };
    }
    throw new LeadscoreError('as-of-missing', 'asOf', 'expected an instant to score the visitor for');
  }

  #known() {
    if (this.#state) return this.#state;
    throw new LeadscoreError('freed', '', 'expected a visitor, found one that was freed');
  }
}

/**
 * @param {Engine} engine
 * @param {unknown} snapshot
 */
function restored(engine, snapshot) {
  try {
    return engine.restore(bytesOf(snapshot));
  } catch (thrown) {
    if (typeof thrown !== 'number') throw thrown;
    const [code, problem] = FAULTS[thrown];
    throw new LeadscoreError(code, 'snapshot', problem);
  }
}

/** @param {unknown} snapshot */
function bytesOf(snapshot) {
  if (snapshot instanceof Uint8Array) return snapshot;
  if (typeof snapshot !== 'string') throw unlike('not-a-snapshot', 'snapshot', 'bytes or a text', snapshot);
  const plain = snapshot.replaceAll('-', '+').replaceAll('_', '/');
  // A text that is no base64 holds nothing of ours.
  const letters = /^[\w+/]*$/.test(plain) && plain.length % 4 !== 1 ? atob(plain) : '';
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
