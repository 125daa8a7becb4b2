/** What is noted of an address: its path or its host. Queries, fragments and what looks like a person's address stay out. */

/**
 * The path as it is compared: without a slash at its end, and with a star for a part that holds an email address.
 * @param {{ pathname: string }} address
 */
export function pathOf({ pathname }) {
  return pathname.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '').replace(/[^/]*(@|%40)[^/]*/gi, '*');
}

/**
 * @param {string | null | undefined} text
 * @returns {URL | null} an address of the web; `null` for a mail, a telephone, a script, or nothing
 */
export function webAddress(text) {
  if (!text || !URL.canParse(text, document.baseURI)) return null;
  const address = new URL(text, document.baseURI);
  return /^https?:$/.test(address.protocol) ? address : null;
}

/**
 * Whether a host belongs to a site: the same name, with or without `www.`, or one under it.
 * @param {string} host
 * @param {string} site
 */
export function within(host, site) {
  const bare = site.replace(/^www\./, '');
  return host === bare || host.endsWith(`.${bare}`);
}
