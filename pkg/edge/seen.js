/**
 * Since when the edge itself knows a visitor: an instant in a signed cookie. It says nothing else, and nobody can be found by it.
 */
import { cookieOf, signedCookie } from './cookies.js';

/** @typedef {import('./keys.js').Keys} Keys */

const NAME = 'lead_seen';
const USE = 'seen';
/** As long as a tracker may keep a log, in seconds: 30 days. */
const KEPT = 30 * 24 * 3600;

/**
 * @param {Keys} keys
 * @param {string | null} cookies the header
 * @param {number} now
 * @returns {Promise<number | null>} since when, in milliseconds
 */
export async function seenSince(keys, cookies, now) {
  const value = cookieOf(cookies, NAME);
  const [since = '', signature = ''] = value?.split('.') ?? [];
  if (!/^[0-9a-z]{1,9}$/.test(since) || !(await keys.holds(USE, since, signature))) return null;
  const instant = parseInt(since, 36) * 1000;
  return instant > now || instant < now - KEPT * 1000 ? null : instant;
}

/** The header that sets it. @param {Keys} keys @param {number} now */
export const seenCookie = (keys, now) => signedCookie(keys, { name: NAME, use: USE, kept: KEPT }, Math.floor(now / 1000).toString(36));
