/**
 * `leadscore/log`: what a tracker has handed over, read by those who cannot know who wrote it. The format is the affair of
 * ../tracker/log.js; here it is decided what a log may claim. Needs nothing but web standards.
 */
import { DAY, MOST, identified } from '../tracker/history.js';
import { decode } from '../tracker/log.js';
import { flat, named } from '../tracker/properties.js';
import { LeadscoreError } from './error.js';
import { unlike } from './value.js';

export { LeadscoreError };

/** @typedef {import('../tracker/log.js').Happening} Happening */
/** @typedef {import('../log.js').Clamp} Clamp */

/** A log of 64 KB holds all that a tracker keeps. */
const LIMITS = { length: 65_536, events: MOST };

/** No browser may keep anything for longer: 13 months. */
const OLDEST = 395 * DAY;

/** What a tracker never goes beyond, by type and property: the lowest and the highest number. */
const RANGES = /** @type {Record<string, Record<string, readonly [number, number]>>} */ ({
  engaged: { seconds: [0, 15] },
  scroll: { percent: [0, 100] },
  video: { percent: [0, 100] },
  form_step: { step: [1, 100] },
  return_visit: { count: [2, MOST], days: [0, 395] },
});

const PROBLEMS = /** @type {Record<string, string>} */ ({
  'not-a-log': 'expected a log, found a text that is not base64url',
  'log-too-long': 'expected a log within the limit, found a longer text',
  'log-version': 'expected a log of version 1, found another',
  'log-damaged': 'expected a log as it was written, found another checksum or a part that is missing',
  'log-of-another-site': 'expected a log of this site, found one of another',
});

/**
 * @param {string} text
 * @param {import('../log.js').ReadLogOptions} options
 */
export function readLog(text, options) {
  const { now, site, limits } = options ?? {};
  if (!Number.isFinite(now)) throw unlike('invalid-option', 'now', 'the present instant in milliseconds', now); // else nothing is believed
  const { length, events: most } = { ...LIMITS, ...limits };
  const clamps = new Clamps();
  const log = opened(text, length, site);

  const events = log.events.slice(-most);
  clamps.add('too-many-events', log.events.length - events.length);
  const plain = events.flatMap((event) => wellFormed(event, clamps));
  // The ids follow from what the log says, not from what is believed of it: at another hour they are the same.
  const named = identified({ ...log, events: plain });
  const believed = named.filter(({ at }) => at >= now - OLDEST);
  clamps.add('too-old', named.length - believed.length);
  withinRanges(believed, clamps);
  withinTime(believed, log.since, clamps);
  for (const event of believed) if (event.at > now) clamps.add('future'), (event.at = now);
  return { visitor: log.visitor, events: believed, clamps: clamps.list() };
}

/** What was changed, and how often. */
class Clamps {
  /** @type {Map<Clamp['code'], number>} */
  #counts = new Map();

  /** @param {Clamp['code']} code @param {number} [count] */
  add(code, count = 1) {
    if (count > 0) this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
  }

  list() {
    return [...this.#counts].map(([code, count]) => ({ code, count }));
  }
}

/**
 * @param {unknown} text
 * @param {number} length
 * @param {string} [site]
 */
function opened(text, length, site) {
  try {
    if (typeof text !== 'string') throw 'not-a-log';
    if (text.length > length) throw 'log-too-long';
    return decode(text, site);
  } catch (code) {
    if (typeof code !== 'string') throw code;
    throw new LeadscoreError(code, 'log', PROBLEMS[code]);
  }
}

/**
 * The event, without what no tracker writes.
 * @param {Happening} event
 * @param {Clamps} clamps
 */
function wellFormed({ type, at, ...properties }, clamps) {
  if (!type || type !== named(type)) {
    clamps.add('invalid-type');
    return [];
  }
  const kept = flat(properties);
  if (JSON.stringify(kept) !== JSON.stringify(properties)) clamps.add('invalid-property');
  return [{ type, at, ...kept }];
}

/** @param {Happening[]} events @param {Clamps} clamps */
function withinRanges(events, clamps) {
  for (const event of events) {
    for (const [name, [lowest, highest]] of Object.entries((Object.hasOwn(RANGES, event.type) && RANGES[event.type]) || {})) {
      const given = Number(event[name]);
      const value = Math.min(Math.max(given, lowest), highest) || lowest;
      if (event[name] === value) continue;
      event[name] = value;
      clamps.add('out-of-range');
    }
  }
}

/**
 * Nobody is engaged for longer than time has passed.
 * @param {Happening[]} events
 * @param {number} since
 * @param {Clamps} clamps
 */
function withinTime(events, since, clamps) {
  let total = 0;
  for (const event of events) {
    if (event.type !== 'engaged') continue;
    const most = (event.at - since) / 1000 + RANGES.engaged.seconds[1] - total;
    if (Number(event.seconds) > most) {
      event.seconds = most;
      clamps.add('too-much-engagement');
    }
    total += Number(event.seconds);
  }
}
