/** Cookies, as a browser sends them and as the edge sets its own: signed, and out of reach of scripts. */

/** @param {string | null} cookies the header @param {string} name */
export function cookieOf(cookies, name) {
  const start = `${name}=`;
  return cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}

/**
 * @param {import('./keys.js').Keys} keys
 * @param {{ name: string, use: string, kept: number }} cookie `kept`: in seconds
 * @param {string} value
 */
export async function signedCookie(keys, { name, use, kept }, value) {
  const [signature] = await keys.signatures(use, value);
  return `${name}=${value}.${signature}; Max-Age=${kept}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}
