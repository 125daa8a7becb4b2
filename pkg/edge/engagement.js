/**
 * What a visitor is said to have done, and how far that is believed. Each event says so itself, as its property `trust`, so that a
 * model can give what anybody could have claimed less than what the edge has seen to be possible.
 */
import { LeadscoreError } from '../src/error.js';
import { readLog } from '../src/log.js';

/** @typedef {import('../leadscore.js').LeadEvent} LeadEvent */
/** @typedef {Pick<import('../edge.js').Lead, 'trust' | 'clamps'> & { events: LeadEvent[] }} Engagement */

/** What was done just before the edge saw the visitor for the first time belongs to that visit. */
const BEFORE = 60_000;

/**
 * @param {string | undefined} log
 * @param {{ now: number, site: string, since: number | null }} known `since`: since when the edge knows the visitor
 * @returns {Engagement}
 */
export function engagementOf(log, { now, site, since }) {
  if (!log) return { trust: 'none', clamps: [], events: [] };
  try {
    const read = readLog(log, { now, site });
    const earliest = since === null ? Infinity : since - BEFORE;
    const events = read.events.map((event) => ({ ...event, trust: event.at >= earliest ? 'bounded' : 'rescored' }));
    const before = since === null ? 0 : events.filter(({ trust }) => trust === 'rescored').length;
    return {
      trust: since === null ? 'rescored' : 'bounded',
      clamps: [...read.clamps, ...(before > 0 ? [{ code: /** @type {const} */ ('before-first-seen'), count: before }] : [])],
      events,
    };
  } catch (thrown) {
    if (!(thrown instanceof LeadscoreError)) throw thrown;
    // A log that cannot be read is no reason to lose the lead.
    return { trust: 'none', clamps: [{ code: 'unreadable', count: 1 }], events: [] };
  }
}
