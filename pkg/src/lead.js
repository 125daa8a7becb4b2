/**
 * The reading of one lead: which parts of facts, events and options cross into the engine, and in which order. What they
 * score is the engine's affair.
 */
import { LeadscoreError } from './error.js';
import { Slots } from './slots.js';
import { finite, unlike, wellFormed } from './value.js';

/** @typedef {import('../leadscore.js').ScoreOptions} ScoreOptions */
/** @typedef {import('./scorer.js').Engine} Engine */
/** @typedef {import('./scorer.js').Host} Host */
/** @typedef {import('./score.js').Names} Names */

/** What was asked of the result; `asOf` is NaN for none. @typedef {{ asOf: number, lang?: 'en' | 'fr', counterfactuals?: boolean }} Asked */

const OPTIONS = new Set(['events', 'asOf', 'lang', 'previous', 'consent', 'counterfactuals']);
/** Most events of one call, as in the engine. */
const EVENTS = 100_000;
/** The calendar of JavaScript ends here, on either side of 1970. */
const LAST_INSTANT = 8.64e15;
/** @type {Asked} */
const NOTHING = { asOf: NaN };

export class LeadReader {
  #place = 'facts';
  /** The event that is being read; -1 for none. */
  #event = -1;
  /** Whether the engine holds of the lead what is not in slots: events, an earlier result, consent. */
  beyondSlots = false;
  /** The slots of the facts. */
  facts;
  #engine;
  #host;
  #names;
  #properties;
  /** @type {Map<unknown, number>} */
  #types;

  /**
   * @param {Engine} engine
   * @param {Host} host
   * @param {Names} names
   */
  constructor(engine, host, names) {
    this.#engine = engine;
    this.#host = host;
    this.#names = names;
    this.#types = new Map(names.types.map((type, place) => [type, place]));
    this.facts = new Slots(engine, host.memory, 0, names.facts);
    this.#properties = new Slots(engine, host.memory, 1, names.properties);
  }

  /** What is being read, for errors: put into words only when one is thrown. */
  get place() {
    return this.#event < 0 ? this.#place : `events[${this.#event}]`;
  }

  set place(place) {
    this.#place = place;
    this.#event = -1;
  }

  /**
   * @param {unknown} facts
   * @param {ScoreOptions | null} [options]
   * @param {Set<string>} [allowed]
   * @returns {Asked}
   */
  read(facts, options, allowed) {
    this.begin();
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
      throw unlike('invalid-facts', 'facts', 'an object of attributes', facts);
    }
    if (facts instanceof Uint8Array) bulkOf(this.#host).readFacts(/** @type {import('./scorer.js').ServerEngine} */ (this.#engine), facts);
    else this.facts.read(facts);
    return options === undefined || options === null ? NOTHING : this.options(options, allowed);
  }

  /** Forgets the lead before. */
  begin() {
    this.place = 'facts';
    if (this.beyondSlots) this.#engine.begin();
    this.beyondSlots = false;
  }

  /**
   * @param {ScoreOptions} options
   * @param {Set<string>} [allowed]
   * @returns {Asked}
   */
  options(options, allowed = OPTIONS) {
    this.place = 'options';
    if (typeof options !== 'object') throw wrong('options', 'an object', options);
    for (const key of Object.keys(options)) {
      if (allowed.has(key)) continue;
      throw new LeadscoreError('unknown-option', key, `expected one of ${[...allowed].join(', ')}, found \`${key}\``);
    }
    const { events, lang, previous, consent, counterfactuals } = options;
    const asOf = options.asOf == null ? NaN : this.instant(options.asOf, 'asOf');
    const given = events == null ? 0 : this.events(events);

    this.place = 'options';
    if (lang != null && lang !== 'en' && lang !== 'fr') throw wrong('lang', '`en` or `fr`', lang);
    if (previous != null) this.#previous(previous);
    if (consent != null) this.#consent(consent);
    if (counterfactuals != null && typeof counterfactuals !== 'boolean') {
      throw wrong('counterfactuals', '`true` or `false`', counterfactuals);
    }
    if (counterfactuals && !this.#engine.counterfactuals) {
      throw new LeadscoreError('invalid-option', 'counterfactuals', 'expected the full engine for counterfactuals');
    }
    if (given > 0 && Number.isNaN(asOf)) {
      throw new LeadscoreError('as-of-missing', 'asOf', 'expected an instant to score the events for');
    }
    return { asOf, lang: lang ?? undefined, counterfactuals: counterfactuals ?? false };
  }

  /**
   * @param {unknown} events
   * @returns {number} how many there are
   */
  events(events) {
    if (!Array.isArray(events)) throw unlike('invalid-events', 'events', 'a list of events', events);
    let i = 0;
    for (; i < events.length; i++) {
      if (i === EVENTS) throw new LeadscoreError('too-large', 'events', `expected at most ${EVENTS} events`);
      this.#event = i;
      this.event(events[i]);
    }
    return i;
  }

  /** @param {unknown} event */
  event(event) {
    this.#event = Math.max(this.#event, 0);
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      throw unlike('invalid-event', this.place, 'an event', event);
    }
    const given = /** @type {Record<string, unknown>} */ (event);
    const type = this.#type(given.type);
    const at = this.instant(given.at, 'at');
    const id = this.#token(given.id, 'id');
    const session = this.#token(given.session, 'session');
    const purpose = this.#token(given.purpose, 'purpose');
    if (type >= 0) this.#properties.readEvent(given, this.#event, type);
    this.beyondSlots = true;
    this.#engine.event(type, at, id, session, purpose, given.bot === true);
  }

  /**
   * The place of an event type; -1 for one that nothing looks at.
   * @param {unknown} type
   */
  #type(type) {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    this.#text(type, 'type');
    return -1;
  }

  /**
   * The number of a text that is compared and never read: an id, a session, a purpose. 0 is none.
   * @param {unknown} name
   * @param {string} field
   */
  #token(name, field) {
    return name === undefined || name === null ? 0 : this.#engine.token(this.#text(name, field));
  }

  /**
   * A text of an event.
   * @param {unknown} value
   * @param {string} field
   */
  #text(value, field) {
    if (typeof value === 'string') return wellFormed(value, () => this.#placeOf(field));
    throw unlike('invalid-event', this.#placeOf(field), 'a text', value);
  }

  /** @param {string} field of an event, or an option */
  #placeOf(field) {
    return this.#event < 0 ? field : `${this.place}.${field}`;
  }

  /**
   * @param {unknown} value
   * @param {string} field
   */
  instant(value, field) {
    const at = typeof value === 'number' ? Math.floor(value) : NaN;
    return Math.abs(at) <= LAST_INSTANT ? at : this.#instantOf(value, () => this.#placeOf(field));
  }

  /**
   * The instant of what is no plain number, if it is one.
   * @param {unknown} value
   * @param {() => string} place
   */
  #instantOf(value, place) {
    let at = NaN;
    if (typeof value === 'string') at = this.#engine.instant(wellFormed(value, place));
    else if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Date) at = Math.floor(finite(value, place));
    if (Math.abs(at) <= LAST_INSTANT) return at;
    throw unlike('invalid-instant', place(), 'an instant', value);
  }

  /**
   * Of an earlier result its labels and its stage have a say in the next one; what this model does not have is left out.
   * @param {unknown} previous
   */
  #previous(previous) {
    if (typeof previous !== 'object') throw wrong('previous', 'an object', previous);
    const { labels: had, stage } = /** @type {{ labels?: Record<string, string>, stage?: string }} */ (previous);
    const { dimensions, labels, stages } = this.#names;
    const places = [...dimensions, 'total'].map((axis, i) => labels[i].indexOf(had?.[axis] ?? ''));
    this.beyondSlots = true;
    [...places, stages.indexOf(stage ?? '')].forEach((place, axis) => {
      if (place >= 0) this.#engine.previous(axis, place);
    });
  }

  /** @param {unknown} consent */
  #consent(consent) {
    const sound = Array.isArray(consent) && consent.findIndex((purpose) => typeof purpose !== 'string') < 0;
    if (!sound) throw wrong('consent', 'a list of texts', consent);
    const tokens = consent.map((purpose, i) => this.#engine.token(wellFormed(purpose, () => `consent[${i}]`)));
    this.beyondSlots = true;
    this.#engine.consent();
    for (const token of tokens) this.#engine.consentTo(token);
  }
}

/** @param {Host} host */
export function bulkOf({ bulk }) {
  if (bulk) return bulk;
  throw new LeadscoreError('not-in-this-build', '', 'expected the runtime for servers for bytes and tables');
}

/**
 * @param {string} option
 * @param {string} expected
 * @param {unknown} found
 */
function wrong(option, expected, found) {
  return unlike('invalid-option', option, expected, found);
}

