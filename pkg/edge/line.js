/**
 * The line to one destination: how much it can take now, and whether it takes anything at all. It counts requests and failures; it
 * sends nothing and keeps nothing.
 */

/** @typedef {import('../edge.js').Line} Line */
/** @typedef {import('../edge.js').Connector['rate']} Rate */

/** After so many failures one after the other it is tried with one lead at a time. */
const TRIP = 3;

/** @param {Rate} rate @param {number} now @returns {Line} */
export const newLine = (rate, now) => ({ failures: 0, until: 0, held: null, tokens: rate.requests, at: now });

/** Whether one lead has to go first, to see if the others can. @param {Line} line */
export const isBroken = ({ failures, held }) => failures >= TRIP || held !== null;

/** Adds what has become free since. @param {Line} line @param {Rate} rate @param {number} now */
export function refill(line, rate, now) {
  const passed = Math.max(now - line.at, 0);
  line.tokens = Math.min(line.tokens + (passed * rate.requests) / rate.per, rate.requests);
  line.at = now;
}

/** When the next request may be made. @param {Line} line @param {Rate} rate */
export const nextToken = (line, rate) => line.at + Math.ceil((Math.max(1 - line.tokens, 0) * rate.per) / rate.requests);
