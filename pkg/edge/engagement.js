/**
 * What a visitor is said to have done, and how far that is believed. Each event says so itself, as its property `trust`, so that a
 * model can give what anybody could have claimed less than what the edge has seen to be possible, or has seen itself.
 */
import { LeadscoreError } from '../src/error.js';
import { readLog } from '../src/log.js';
import { pageOf } from './way.js';

/** @typedef {import('../leadscore.js').LeadEvent} LeadEvent */
/** @typedef {import('../edge.js').Lead['clamps']} Clamps */
/** @typedef {{ visitor: string | null, events: LeadEvent[], clamps: Clamps }} Claim */

const [SECOND, MINUTE, DAY] = [1000, 60_000, 86_400_000];
/** What was done just before the edge saw the visitor for the first time belongs to that visit; and clocks differ. */
const BEFORE = MINUTE;
/** The tracker tells of engagement in pieces of so many seconds. */
const PIECE = 15;
/** A visitor who comes back was away for so long. */
const AWAY = 30 * MINUTE;

/**
 * What the log of a form claims. One that cannot be read is no reason to lose the lead.
 * @param {string | undefined} log
 * @param {{ now: number, site: string }} known
 * @returns {Claim}
 */
export function claimOf(log, { now, site }) {
  if (!log) return { visitor: null, events: [], clamps: [] };
  try {
    return readLog(log, { now, site });
  } catch (thrown) {
    if (!(thrown instanceof LeadscoreError)) throw thrown;
    return { visitor: null, events: [], clamps: [{ code: 'unreadable', count: 1 }] };
  }
}

/** Whether a log says that everything is taken back. @param {Claim} claim */
export const isWithdrawal = ({ events }) => events.some(({ type }) => type === 'withdrawn');

/**
 * @param {Claim} claim
 * @param {{ since: number | null, way: import('./way.js').Way | null, human: boolean }} seen `since`: since when the edge knows the
 *   visitor; `way`: what it saw of them; `human`: whether a check was passed
 * @returns {Pick<import('../edge.js').Lead, 'trust' | 'clamps'> & { events: LeadEvent[] }}
 */
export function engagementOf({ visitor, events: claimed, clamps }, { since, way, human }) {
  const first = Math.min(since ?? Infinity, way?.steps[0].at ?? Infinity);
  const seen = new Seen(first, way);
  const events = claimed.map((event) => {
    const level = seen.level(event);
    return { ...seen.cut(event, level), trust: human && level !== 'rescored' ? 'human' : level };
  });
  const known = Number.isFinite(first);
  const before = known ? events.filter(({ trust }) => trust === 'rescored').length : 0;
  const levels = /** @type {const} */ (['checkpointed', 'bounded', 'rescored']);
  const best = seen.walked ? levels[0] : known ? levels[1] : levels[2];
  return {
    trust: human ? 'human' : visitor === null ? 'none' : best,
    clamps: added(clamps, { 'before-first-seen': before, 'too-much-engagement': seen.cuts }),
    events,
  };
}

/** What of the events, one after the other, the edge can have seen. */
class Seen {
  #earliest;
  #steps;
  /** Whether the page that the visitor is on is a step of the way. */
  #onWay = false;
  /** Seconds of engagement so far. */
  #engaged = 0;
  walked = false;
  cuts = 0;

  /** @param {number} first @param {import('./way.js').Way | null} way */
  constructor(first, way) {
    this.#earliest = first - BEFORE;
    this.#steps = [...(way?.steps ?? [])];
  }

  /** @param {LeadEvent} event @returns {'rescored' | 'bounded' | 'checkpointed'} */
  level(event) {
    const at = Number(event.at);
    if (event.type === 'page_view') this.#onWay = this.#isStep(event, at);
    if (at < this.#earliest || this.#isOfBefore(event, at)) return 'rescored';
    this.walked ||= this.#onWay;
    return this.#onWay ? 'checkpointed' : 'bounded';
  }

  /** Each step is one view: of this page, at this time, and after the views of the steps before. @param {LeadEvent} event @param {number} at */
  #isStep({ path }, at) {
    const place = this.#steps.findIndex((step) => step.page === pageOf(String(path)) && Math.abs(step.at - at) <= BEFORE);
    if (place < 0) return false;
    this.#steps.splice(0, place + 1);
    return true;
  }

  /** A return that tells of more visits, or of a longer absence, than the edge knows of. @param {LeadEvent} event @param {number} at */
  #isOfBefore({ type, count, days }, at) {
    const known = at - this.#earliest;
    return type === 'return_visit' && (Number(days) * DAY > known || (Number(count) - 1) * AWAY > known);
  }

  /** Nobody is engaged for longer than the edge knows them. @param {LeadEvent} event @param {string} level @returns {LeadEvent} */
  cut(event, level) {
    if (event.type !== 'engaged' || level === 'rescored') return event;
    const most = Math.max((Number(event.at) - this.#earliest) / SECOND + PIECE - this.#engaged, 0);
    const seconds = Math.min(Number(event.seconds), most);
    this.#engaged += seconds;
    if (seconds === event.seconds) return event;
    this.cuts++;
    return { ...event, seconds };
  }
}

/** @param {Clamps} clamps @param {Partial<Record<Clamps[number]['code'], number>>} more @returns {Clamps} */
export function added(clamps, more) {
  const counts = new Map(clamps.map(({ code, count }) => [code, count]));
  for (const [code, count] of Object.entries(more)) if (count > 0) counts.set(/** @type {any} */ (code), (counts.get(/** @type {any} */ (code)) ?? 0) + count);
  return [...counts].map(([code, count]) => ({ code, count }));
}
