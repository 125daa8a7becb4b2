/**
 * A compiled model and the reading of one lead for it: which parts of facts, events and options cross
 * into the engine, and in which order. What they score is the engine's affair.
 */
import { Engine } from '../wasm/leadscore_bg.js';
import { started } from './engine.js';
import { LeadscoreError, asLeadscoreError } from './error.js';
import { documentText, finite, json, wellFormed } from './json.js';
import { Slots } from './slots.js';

/** @typedef {import('../leadscore.js').Score} Score */
/** @typedef {import('../leadscore.js').ScoreOptions} ScoreOptions */
/** @typedef {import('./slots.js').Slot} Slot */
/** @typedef {{ model: Score['model'], facts: Slot[], properties: Slot[] }} Shape what a compiled model asks about */

const OPTIONS = new Set(['events', 'asOf', 'lang', 'previous', 'consent', 'counterfactuals']);
/** Event types whose number is remembered; a model names few, leads may bring any. */
const REMEMBERED_TYPES = 1024;

/**
 * @param {unknown} model
 * @returns {import('../leadscore.js').Scorer}
 */
export function createScorer(model) {
  const memory = started();
  try {
    return new Scorer(Engine.compile(documentText(model)), memory);
  } catch (thrown) {
    throw asLeadscoreError(thrown, 'model');
  }
}

class Scorer {
  /** @type {Engine | null} `null` once it is freed */
  #engine;
  #facts;
  #properties;
  /** @type {Map<string, number>} */
  #types = new Map();
  /** A getter of the lead could come back here while the lead is being read. */
  #busy = false;
  /** What is being read, for errors. */
  #reading = '';

  /**
   * @param {Engine} engine
   * @param {WebAssembly.Memory} memory
   */
  constructor(engine, memory) {
    const { model, facts, properties } = /** @type {Shape} */ (engine.shape());
    this.model = Object.freeze(model);
    this.#engine = engine;
    this.#facts = new Slots(engine, memory, 0, facts);
    this.#properties = new Slots(engine, memory, 1, properties);
  }

  /**
   * @param {unknown} facts
   * @param {ScoreOptions} [options]
   * @returns {Score}
   */
  score(facts, options) {
    const engine = this.#free();
    this.#busy = true;
    try {
      return /** @type {Score} */ (this.#score(engine, facts, options));
    } catch (thrown) {
      throw asLeadscoreError(thrown, this.#reading);
    } finally {
      this.#busy = false;
    }
  }

  free() {
    this.#free().free();
    this.#engine = null;
  }

  /** The engine, if nobody uses it. */
  #free() {
    if (!this.#engine) throw new LeadscoreError('freed', '', 'expected a scorer, found one that was freed');
    if (this.#busy) throw new LeadscoreError('busy', '', 'expected a scorer at rest, found one reading a lead');
    return this.#engine;
  }

  /**
   * @param {Engine} engine
   * @param {unknown} facts
   * @param {ScoreOptions} [options]
   */
  #score(engine, facts, options) {
    engine.begin();

    this.#reading = 'facts';
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
      throw new LeadscoreError('invalid-facts', 'facts', `expected an object of attributes, found ${kind(facts)}`);
    }
    this.#facts.read(facts, 'facts');
    if (options === undefined || options === null) return engine.score(NaN, undefined);

    this.#reading = 'options';
    if (typeof options !== 'object') {
      throw new LeadscoreError('invalid-option', 'options', `expected an object, found ${kind(options)}`);
    }
    for (const key of Object.keys(options)) {
      if (OPTIONS.has(key)) continue;
      throw new LeadscoreError('unknown-option', key, `expected one of ${[...OPTIONS].join(', ')}, found \`${key}\``);
    }
    const { events, asOf, lang, previous, consent, counterfactuals } = options;
    const instant = asOf === undefined || asOf === null ? NaN : this.#instant(engine, asOf, 'asOf');

    if (events !== undefined && events !== null) this.#read(engine, events);
    this.#reading = 'options';
    const plain = lang === undefined && previous == null && consent === undefined && !counterfactuals;
    return engine.score(instant, plain ? undefined : json({ lang, previous: kept(previous), consent, counterfactuals }, ''));
  }

  /**
   * @param {Engine} engine
   * @param {unknown} events
   */
  #read(engine, events) {
    if (!Array.isArray(events)) {
      throw new LeadscoreError('invalid-events', 'events', `expected a list of events, found ${kind(events)}`);
    }
    for (let i = 0; i < events.length; i++) {
      const place = (this.#reading = `events[${i}]`);
      const event = events[i];
      if (typeof event !== 'object' || event === null || Array.isArray(event)) {
        throw new LeadscoreError('invalid-event', place, `expected an event, found ${kind(event)}`);
      }
      const type = this.#type(engine, event.type, place);
      const at = this.#instant(engine, event.at, `${place}.at`);
      const id = token(engine, event.id, `${place}.id`);
      const session = token(engine, event.session, `${place}.session`);
      const purpose = token(engine, event.purpose, `${place}.purpose`);
      this.#properties.read(event, place);
      engine.pushEvent(type, at, id, session, purpose, event.bot === true);
    }
  }

  /**
   * @param {Engine} engine
   * @param {unknown} type
   * @param {string} place
   */
  #type(engine, type, place) {
    if (typeof type !== 'string') {
      throw new LeadscoreError('invalid-event', `${place}.type`, `expected a text, found ${kind(type)}`);
    }
    let number = this.#types.get(type);
    if (number === undefined) {
      number = engine.eventType(wellFormed(type, () => `${place}.type`));
      if (this.#types.size >= REMEMBERED_TYPES) this.#types.clear();
      this.#types.set(type, number);
    }
    return number;
  }

  /**
   * @param {Engine} engine
   * @param {unknown} value
   * @param {string} place
   */
  #instant(engine, value, place) {
    if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Date) return finite(value, () => place);
    if (typeof value === 'string') return engine.parseInstant(wellFormed(value, () => place), place);
    throw new LeadscoreError('invalid-instant', place, `expected an instant, found ${kind(value)}`);
  }
}

/**
 * The number of a text that is compared and never read: an id, a session, a purpose. 0 is none.
 * @param {Engine} engine
 * @param {unknown} text
 * @param {string} place
 */
function token(engine, text, place) {
  if (text === undefined || text === null) return 0;
  if (typeof text === 'string') return engine.token(wellFormed(text, () => place));
  throw new LeadscoreError('invalid-event', place, `expected a text, found ${kind(text)}`);
}

/**
 * Of a whole earlier result only this has a say in the next one.
 * @param {ScoreOptions['previous']} previous
 */
function kept(previous) {
  return typeof previous === 'object' && previous ? { labels: previous.labels, stage: previous.stage } : previous;
}

/**
 * What a value is called in messages, as in the engine.
 * @param {unknown} value
 */
function kind(value) {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}
