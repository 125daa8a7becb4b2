/**
 * The events of the visitor, and the one place where they are stored: as JSON, under one key of `localStorage`. Without consent
 * they stay in memory and the storage is not so much as looked at. Tabs share what is stored: it is read again before
 * anything is decided, and a tab that finds events of its own missing writes them again.
 */
import { DAY, MOST, comeback, identified, sessions, union } from './history.js';
import { encode, toText } from './log.js';
import { safe } from './safe.js';

/** @typedef {import('./log.js').Happening} Happening */
/** @typedef {import('./log.js').Log} Log */

/** The key in `localStorage`, and the name of the lock between tabs. */
export const KEY = 'leadscore';

/** So many letters a log may have: browsers let 64 KB leave a page that is being closed, for all who send. */
const LONGEST = 60_000;

const now = () => Math.floor(Date.now() / 1000) * 1000;

/**
 * @param {string} site
 * @param {number} keep for how long events are stored, in milliseconds, counted from the first
 * @param {(event: import('../tracker.js').TrackedEvent) => void} heard is told each event that is added here
 * @param {() => void} wiped is called when what was stored has gone: the visitor took it back in another tab
 */
export function openJournal(site, keep, heard, wiped) {
  /** @type {Log} */
  let log;
  let storing = false;
  let unsaved = false;
  let waiting = new AbortController();
  /** What is stored, as far as this page knows. @type {string | null} */
  let stored;

  const begin = () => {
    log = { visitor: toText(crypto.getRandomValues(new Uint8Array(8))), since: now(), events: [] };
    stored = null;
    unsaved = false;
  };
  const isExpired = (/** @type {Log} */ { since }) => now() >= since + keep || now() < since - DAY; // the clock was wrong

  /**
   * Takes in what other tabs and earlier visits have written.
   * @returns {true | void} whether there is still the visitor of before; else everything is forgotten
   */
  const read = () => {
    if (!storing) return true;
    if (isExpired(log)) begin();
    const text = safe(() => localStorage.getItem(KEY))() || null;
    if (text === stored) return true;
    if (!text) return wiped();
    const knew = stored;
    stored = text;
    const theirs = parsed(text);
    if (!theirs || isExpired(theirs)) return true;
    // Another visitor than the one whose events were stored here: those were taken back in the meantime.
    const ours = knew && theirs.visitor !== log.visitor ? [] : log.events;
    log = { ...theirs, events: union(theirs.events, ours) };
    unsaved ||= log.events.length > theirs.events.length;
    return true;
  };

  const write = () => {
    if (!storing || !read() || !unsaved) return;
    unsaved = false;
    put(JSON.stringify(log)); // where storage is denied or full, memory has to do
  };
  const put = safe((/** @type {string} */ text) => {
    localStorage.setItem(KEY, text);
    stored = text;
  });

  /** Writes as soon as no other tab does. */
  const save = () => {
    if (!storing) return;
    const { locks } = navigator;
    if (locks) locks.request(KEY, { signal: waiting.signal }, write).catch(write); // refused in a page without an origin
    else write();
  };

  /** Some events of the log as one of their own. */
  const part = (/** @type {Happening[]} */ events) => ({ ...log, since: sessions(log)[log.events.indexOf(events[0])], events });

  const tell = (/** @type {Happening} */ event) => {
    const latest = log.events.filter(({ at }) => at >= event.at);
    heard(identified(part(latest))[latest.indexOf(event)]);
  };

  const welcome = () => {
    const event = comeback(log);
    if (!event) return;
    log.events = union([event], log.events);
    unsaved = true;
    tell(event);
  };

  /**
   * Logs of these events, each small enough to be sent, and up to when each goes.
   * @type {(events: Happening[]) => { text: string, until: number }[]}
   */
  const logsOf = (events) => {
    if (events.length === 0) return [];
    const text = encode(site, part(events));
    // Only between two seconds: events that say the same are told apart by their order within one.
    const middle = events.findIndex(({ at }, place) => place >= events.length / 2 && at > events[place - 1].at);
    if (text.length <= LONGEST || middle < 0) return [{ text, until: events[events.length - 1].at }];
    return [events.slice(0, middle), events.slice(middle)].flatMap(logsOf);
  };

  begin();
  return {
    /** @param {string} type @param {import('./properties.js').Properties} properties */
    add(type, properties) {
      if (!read()) return;
      const last = log.events.at(-1)?.at ?? log.since;
      const event = { type, at: Math.max(now(), last), ...properties }; // a clock that is moved back changes no order
      log.events = [...log.events, event].slice(-MOST);
      unsaved = true;
      welcome();
      tell(event);
      save();
    },

    /** With consent events are stored, with those that are stored already. */
    granted() {
      storing = true;
      unsaved = log.events.length > 0;
      read();
      welcome();
      save();
    },

    /** Without an answer nothing more is stored; what is, stays. */
    pending() {
      storing = false;
    },

    /** After a refusal nothing is left of the visitor. */
    denied() {
      storing = false;
      begin();
      safe(() => localStorage.removeItem(KEY))();
    },

    save,

    /** The same at once, for a page that may not live to see its turn: asleep, it would keep all others waiting. */
    hurry() {
      waiting.abort();
      waiting = new AbortController();
      write();
    },

    events() {
      read();
      return identified(log);
    },

    /** The newest events, as many as fit into one log; nothing without consent. */
    text: () => (storing && logsOf(log.events).at(-1)?.text) || '',

    /** The events of the session from an instant on, as logs to be sent. @param {number} from */
    latest(from) {
      const start = Math.max(from, sessions(log).at(-1) ?? 0);
      return logsOf(log.events.filter(({ at }) => at >= start));
    },

    /** What the edge is told when the visitor takes everything back. */
    withdrawal() {
      const at = now();
      return encode(site, { ...log, since: at, events: [{ type: 'withdrawn', at }] });
    },
  };
}

/**
 * What was stored, unless somebody else wrote over it.
 * @type {(text: string) => Log | undefined}
 */
const parsed = safe((text) => {
  const log = JSON.parse(text);
  return log.visitor && log.events.every((/** @type {Happening} */ { type, at }) => type && at >= log.since) ? log : undefined;
});
