/**
 * What can be said of a visitor's events by looking at them alone: which are the same, which belong to one session, what each is
 * called. Two tabs, two visits and the edge thus come to the same answer without asking each other. It knows no clock and
 * no storage.
 */
import { hashOf } from './log.js';

/** @typedef {import('./log.js').Happening} Happening */
/** @typedef {import('./log.js').Log} Log */

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** How long a session lasts without an event, and in all. */
const IDLE = 30 * MINUTE;

/** So many events of a visitor are held; the oldest go first. */
export const MOST = 1000;

/**
 * For each event, when its session began; the first belongs to the one that began with the log.
 * @param {Pick<Log, 'since' | 'events'>} log
 */
export function sessions({ since, events }) {
  let start = since;
  let last = events[0]?.at;
  return events.map(({ at }) => {
    if (at - last > IDLE || at - start >= DAY) start = at;
    last = at;
    return start;
  });
}

/**
 * The event that says that the visitor came back, if the latest session is not the first and nothing has said so yet.
 * @param {Log} log
 * @returns {Happening | undefined}
 */
export function comeback(log) {
  const starts = sessions(log);
  const at = starts.at(-1) ?? 0;
  const first = starts.indexOf(at);
  const told = log.events.findLast(({ type }) => type === 'return_visit');
  if (first <= 0 || Number(told?.at) >= at) return undefined;
  return { type: 'return_visit', at, count: Number(told?.count ?? 1) + 1, days: Math.floor((at - log.events[first - 1].at) / DAY) };
}

/**
 * The events as they are told to others: with an id, which follows from what the event says and how often it was said before,
 * and with the session.
 * @param {Log} log
 */
export function identified({ visitor, since, events }) {
  const starts = sessions({ since, events });
  const known = new Map();
  return events.map((event, place) => {
    const said = JSON.stringify(event);
    const before = known.get(said) ?? 0;
    known.set(said, before + 1);
    const id = `${visitor}.${instant(event.at)}.${hashOf(said + before)}`;
    return { ...event, id, session: `${visitor}.${instant(starts[place])}` };
  });
}

/** @param {number} at */
const instant = (at) => (at / 1000).toString(36);

/**
 * The events of both lists, in order of time; in one second the order is that of the first.
 * @param {Happening[]} events
 * @param {Happening[]} others
 */
export function union(events, others) {
  const ids = (/** @type {Happening[]} */ list) => identified({ visitor: '', since: 0, events: list }).map(({ id }) => id);
  if (!others[0]) return events;
  const known = new Set(ids(events));
  const names = ids(others);
  const more = others.filter((_, place) => !known.has(names[place]));
  return [...events, ...more].sort((a, b) => a.at - b.at).slice(-MOST);
}
