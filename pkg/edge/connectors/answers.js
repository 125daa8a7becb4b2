/** What answers mean where a vendor keeps to the conventions of HTTP; connectors say first where theirs does not. */
import { retryAfter } from '../retry-after.js';

/** @typedef {import('../../edge.js').Verdict} Verdict */
/** @typedef {import('../../edge.js').VendorAnswer} VendorAnswer */

/** Of what a vendor says so much is kept, for those who look into the outbox. */
const DETAIL = 500;

/**
 * @param {VendorAnswer} answer one that is no success
 * @param {number} now
 * @returns {Verdict}
 */
export function conventional({ status, headers, body }, now) {
  const wait = retryAfter(headers, now);
  const after = wait === undefined ? {} : { after: wait };
  if (status === 429) return { verdict: 'retry', code: 'too-many', limit: true, ...after };
  if (status === 408 || status === 423 || status === 425 || status >= 500) return { verdict: 'retry', code: 'unavailable', ...after };
  // These speak of the address, the key or the contract, not of this lead.
  if (status < 400) return { verdict: 'hold', code: 'redirected' };
  if (status === 401 || status === 403) return { verdict: 'hold', code: 'unauthorized' };
  if (status === 402) return { verdict: 'hold', code: 'unpaid' };
  if (status === 404 || status === 405 || status === 410) return { verdict: 'hold', code: 'not-there' };
  return { verdict: 'dead', code: 'refused', detail: body.slice(0, DETAIL) };
}

/** What is in a body of JSON; `undefined` where there is none. @param {string} body @returns {any} */
export function parsed(body) {
  try {
    return JSON.parse(body) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} status */
export const isSuccess = (status) => status >= 200 && status < 300;

