/** What a vendor says about when to come back. There are four ways to say it: seconds, a date, zero, nothing. */

const SECOND = 1000;
/** Nobody is waited for longer. */
const LONGEST = 6 * 3600 * SECOND;

/**
 * In how many milliseconds, at least a second; `undefined` where nothing is said that can be read.
 * @param {Headers} headers
 * @param {number} now
 */
export function retryAfter(headers, now) {
  const said = headers.get('retry-after')?.trim();
  if (!said) return undefined;
  const wait = /^\d+(\.\d+)?$/.test(said) ? Number(said) * SECOND : Date.parse(said) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, SECOND), LONGEST);
}
