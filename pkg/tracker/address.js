/** What is noted of an address: its path or its host. Queries, fragments and what looks like a person's address stay out. */

/** @typedef {{ protocol: string, hostname: string, pathname: string, origin: string }} Address */

/**
 * An address as the browser understands it on this page.
 * @param {string} href
 * @returns {Address}
 */
export const addressOf = (href) => Object.assign(document.createElement('a'), { href });

/** @param {Address} address one of a mail, a telephone or a script is not of the web */
export const isOfWeb = ({ protocol }) => /^http/.test(protocol);

/**
 * The path as it is compared: without a slash at its end, and with a star for a part that holds an email address.
 * @param {Pick<Address, 'pathname'>} address
 */
export function pathOf({ pathname }) {
  return pathname.replace(/\/+(?=\/|$)/g, '').replace(/[^/]*(@|%40)[^/]*/gi, '*') || '/';
}

/**
 * Whether an address is of the site: its host is that of the page, or has the name of the site, with or without `www.`, or is
 * one under it.
 * @param {Address} address
 * @param {string} site
 */
export function isWithin({ hostname }, site) {
  return hostname === location.hostname || `.${hostname}`.endsWith(site.replace(/^(www\.)?/, '.'));
}
