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
 * The events of both lists, in order of time. Events that say the same are repetitions within a list, and one and the same
 * in the other; in one second the order is that of the first list.
 * @param {readonly Happening[]} events
 * @param {readonly Happening[]} others
 */
export function union(events, others) {
  const known = new Map();
  for (const event of events) known.set(JSON.stringify(event), (known.get(JSON.stringify(event)) ?? 0) + 1);
  const more = others.filter((event) => {
    const said = JSON.stringify(event);
    const times = known.get(said) ?? 0;
    known.set(said, times - 1);
    return times <= 0;
  });
  return [...events, ...more].sort((a, b) => a.at - b.at).slice(-MOST);
}

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
  if (first <= 0 || (told && told.at >= at)) return undefined;
  return { type: 'return_visit', at, count: Number(told?.count ?? 1) + 1, days: Math.floor((at - log.events[first - 1].at) / DAY) };
}

/**
 * The events as they are told to others: with an id, which follows from what the event says, and its session.
 * @param {Log} log
 * @param {number} [from] leaves out those before this instant
 */
export function identified({ visitor, since, events }, from = 0) {
  const starts = sessions({ since, events });
  const known = new Map();
  return events.flatMap((event, place) => {
    if (event.at < from) return [];
    const said = JSON.stringify(event);
    const before = known.get(said) ?? 0;
    known.set(said, before + 1);
    const id = `${visitor}.${instant(event.at)}.${hashOf(said + before)}`;
    return [{ ...event, id, session: `${visitor}.${instant(starts[place])}` }];
  });
}

/** @param {number} at */
const instant = (at) => (at / 1000).toString(36);
