/** What becomes of a delivery, and of its line, by what its answer meant: when it is tried again, and whether at all. */
import { isBroken } from './line.js';

/** @typedef {import('../edge.js').Delivery} Delivery */
/** @typedef {import('../edge.js').Line} Line */
/** @typedef {import('../edge.js').Verdict} Verdict */
/** @typedef {{ probe: number, holdProbe: number }} Times */

const HOUR = 3_600_000;

/** A lead that failed so often while others passed will not pass by itself. */
const STRIKES = 8;

/**
 * @param {Line} line
 * @param {Delivery} delivery
 * @param {Exclude<Verdict, { verdict: 'next' }>} verdict
 * @param {{ healthy: boolean, now: number, times: Times }} at `healthy`: whether others passed before it
 * @returns {Delivery}
 */
export function judged(line, delivery, verdict, at) {
  switch (verdict.verdict) {
    case 'sent':
    case 'merged':
      Object.assign(line, { failures: 0, held: null });
      return { ...delivery, state: verdict.verdict, unknown: false, remote: verdict.remote ?? delivery.remote };
    case 'dead':
      Object.assign(line, { failures: 0, held: null });
      return { ...delivery, state: 'dead', unknown: false, detail: verdict.detail ?? null };
    case 'hold':
      Object.assign(line, { held: verdict.code, until: at.now + at.times.holdProbe });
      return { ...delivery, state: 'held', unknown: false, next: line.until };
    case 'retry':
      return later(line, delivery, verdict, at);
  }
}

/**
 * @param {Line} line
 * @param {Delivery} delivery
 * @param {Extract<Verdict, { verdict: 'retry' }>} verdict
 * @param {{ healthy: boolean, now: number, times: Times }} at
 * @returns {Delivery}
 */
function later(line, delivery, { after, limit }, { healthy, now, times }) {
  if (limit) {
    line.until = Math.max(line.until, now + (after ?? times.probe / 3));
    return { ...delivery, state: 'queued', unknown: false, next: line.until };
  }
  line.failures++;
  const strikes = delivery.strikes + (healthy ? 1 : 0);
  if (strikes >= STRIKES) return { ...delivery, strikes, state: 'dead', code: 'suspect' };
  if (after !== undefined) line.until = Math.max(line.until, now + after);
  if (!isBroken(line)) {
    const wait = Math.min((times.probe / 6) * 2 ** (strikes - 1), HOUR);
    return { ...delivery, strikes, state: 'queued', next: Math.max(now + wait, line.until) };
  }
  line.until = Math.max(line.until, now + times.probe);
  return { ...delivery, strikes, state: 'queued', next: line.until };
}
