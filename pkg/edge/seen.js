/**
 * Since when the edge itself knows a visitor: an instant in a signed cookie. It says nothing else, and nobody can be found by it.
 */

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
export async function seenCookie(keys, now) {
  const since = Math.floor(now / 1000).toString(36);
  const [signature] = await keys.signatures(USE, since);
  return `${NAME}=${since}.${signature}; Max-Age=${KEPT}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

/** @param {string | null} cookies @param {string} name */
export function cookieOf(cookies, name) {
  const start = `${name}=`;
  return cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}
