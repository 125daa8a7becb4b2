/**
 * The events of the visitor, and the one place where they are stored: the log, under one key of `localStorage`. Without consent
 * it keeps them in memory and does not so much as look at the storage. Tabs share what is stored: it is read again
 * before anything is decided, and whoever finds events of its own missing writes them again.
 */
import { DAY, MOST, comeback, identified, sessions, union } from './history.js';
import { decode, encode, toText } from './log.js';

/** @typedef {import('./log.js').Happening} Happening */

/** The key in `localStorage`, and the name of the lock between tabs. */
const KEY = 'leadscore';

/** So many letters a log may have: browsers let 64 KB leave a page that is being closed, for all who send. */
const LONGEST = 60_000;

const now = () => Math.floor(Date.now() / 1000) * 1000;

export class Journal {
  #site;
  #keep;
  #heard;
  #wiped;
  /** @type {import('./log.js').Log} */
  #log = begun();
  #storing = false;
  /** What is stored, as far as this page knows. @type {string | null} */
  #stored = null;
  #unsaved = false;

  /**
   * @param {string} site
   * @param {number} keep for how many days events are stored, counted from the first
   * @param {(event: import('../tracker.js').TrackedEvent) => void} heard is told each event that is added here
   * @param {() => void} wiped is called when what was stored has gone: the visitor took it back in another tab
   */
  constructor(site, keep, heard, wiped) {
    this.#site = site;
    this.#keep = keep * DAY;
    this.#heard = heard;
    this.#wiped = wiped;
  }

  /**
   * @param {string} type
   * @param {Record<string, string | number | boolean>} properties
   */
  add(type, properties) {
    if (!this.#read()) return;
    const { since, events } = this.#log;
    // A clock that is moved back moves no event before another.
    const event = { type, at: Math.max(now(), since, events.at(-1)?.at ?? 0), ...properties };
    this.#log.events = [...events, event].slice(-MOST);
    this.#unsaved = true;
    this.#welcome();
    this.#tell(event);
    this.save();
  }

  /** From here on the events are stored, with those that are stored already. */
  open() {
    this.#storing = true;
    this.#unsaved = this.#log.events.length > 0;
    this.#read();
    this.#welcome();
    this.save();
  }

  /** From here on nothing is stored; what is, stays. */
  close() {
    this.#storing = false;
  }

  /** Nothing is left of the visitor. */
  forget() {
    this.close();
    this.#begin();
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Storage is denied: there is nothing in it.
    }
  }

  /** Writes what is not stored yet as soon as no other tab does. */
  save() {
    if (!this.#storing) return;
    const write = () => this.write();
    try {
      navigator.locks.request(KEY, write).catch(write);
    } catch {
      write(); // a browser without locks, or a page that is not secure
    }
  }

  /** The same at once, for a page that may not live to see its turn. */
  write() {
    if (!this.#storing || !this.#read() || !this.#unsaved) return;
    try {
      const text = encode(this.#site, this.#log);
      localStorage.setItem(KEY, text);
      this.#stored = text;
    } catch {
      // Storage is denied or full: memory has to do.
    }
    this.#unsaved = false;
  }

  events() {
    return identified(this.#log);
  }

  /** The newest events, as many as fit into one log. */
  text() {
    return this.#texts(this.#log.events).at(-1) ?? '';
  }

  /**
   * The events of the session, as logs that are small enough to be sent.
   * @param {number} from leaves out those before this instant
   */
  latest(from) {
    const starts = sessions(this.#log);
    return this.#texts(this.#log.events.filter(({ at }, place) => starts[place] === starts.at(-1) && at >= from));
  }

  /** The instant of the last event. */
  get last() {
    return this.#log.events.at(-1)?.at ?? 0;
  }

  /** What the edge is told of a visitor who takes everything back. */
  withdrawal() {
    const { visitor } = this.#log;
    return encode(this.#site, { visitor, since: now(), events: [{ type: 'withdrawn', at: now() }] });
  }

  /**
   * @param {Happening[]} events
   * @returns {string[]}
   */
  #texts(events) {
    if (events.length === 0) return [];
    const { visitor } = this.#log;
    const since = sessions(this.#log)[this.#log.events.indexOf(events[0])];
    const text = encode(this.#site, { visitor, since, events });
    if (text.length <= LONGEST) return [text];
    // Between two seconds, as events that say the same are told apart by their order within one.
    const middle = events.findIndex(({ at }, place) => place >= events.length / 2 && at > events[place - 1].at);
    if (middle < 0) return [text];
    return [events.slice(0, middle), events.slice(middle)].flatMap((half) => this.#texts(half));
  }

  /**
   * Takes in what other tabs and earlier visits have written.
   * @returns {boolean} whether the visitor is still the same; else everything has been forgotten
   */
  #read() {
    if (!this.#storing) return true;
    if (this.#expired(this.#log)) this.#begin();
    const text = stored();
    if (text === this.#stored) return true;
    const known = this.#stored !== null;
    this.#stored = text;
    if (text === null) {
      this.#wiped();
      return false;
    }
    const log = read(text, this.#site);
    if (!log || this.#expired(log)) return true;
    // Another visitor than the one whose events were stored here: those were taken back in the meantime.
    const ours = known && log.visitor !== this.#log.visitor ? [] : this.#log.events;
    const theirs = new Set(log.events);
    this.#log = { ...log, events: union(log.events, ours) };
    this.#unsaved = this.#log.events.some((event) => !theirs.has(event));
    return true;
  }

  /** @param {{ since: number }} log */
  #expired({ since }) {
    return now() - since >= this.#keep || since - now() > DAY; // a clock that was a day ahead would keep it too long
  }

  #begin() {
    this.#log = begun();
    this.#stored = null;
    this.#unsaved = false;
  }

  #welcome() {
    const event = comeback(this.#log);
    if (!event) return;
    this.#log.events = union([event], this.#log.events);
    this.#unsaved = true;
    this.#tell(event);
  }

  /** @param {Happening} event */
  #tell({ type, at }) {
    const told = identified(this.#log, at).findLast((event) => event.type === type);
    if (told) this.#heard(told);
  }
}

function begun() {
  return { visitor: toText(crypto.getRandomValues(new Uint8Array(8))), since: now(), events: /** @type {Happening[]} */ ([]) };
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @param {string} site
 */
function read(text, site) {
  try {
    return decode(text, site);
  } catch {
    return null; // damaged, or of another site on the same address: it is written over
  }
}
