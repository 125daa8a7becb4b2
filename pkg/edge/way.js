/**
 * The way of a visitor as the edge itself saw it: at each view the page hands in the token that it has and gets the next, which holds
 * all steps so far. A token that was handed in before, or after a later one, is worth nothing; for that somebody has to remember
 * which were, which is the affair of the outbox.
 */
import { hashOf } from '../tracker/log.js';
import { cookieOf, signedCookie } from './cookies.js';

/** @typedef {import('./keys.js').Keys} Keys */
/** @typedef {{ id: string, place: number, steps: { at: number, page: string }[] }} Way */

const NAME = 'lead_way';
const USE = 'way';
/** As long as a tracker may keep a log, in seconds: 30 days. */
const KEPT = 30 * 24 * 3600;
/** More steps than these make no difference to a score, and do not fit into a cookie. */
const MOST = 60;
/** A path of a page is known again by so many letters of its hash. */
const LETTERS = 4;

const TOKEN = /^([\w-]{11})\.([0-9a-z]{1,5})\.((?:[0-9a-z]{1,12}-?){1,60})$/;
const STEP = new RegExp(`^([0-9a-z]+)([0-9a-z]{${LETTERS}})$`);

/** What stands for a page in a token. @param {string} path */
export const pageOf = (path) => hashOf(path).slice(-LETTERS);

/**
 * The way in a visitor's cookie; `null` where there is none, or one that the edge did not make.
 * @param {Keys} keys
 * @param {string | null} cookies
 * @param {number} now
 * @returns {Promise<Way | null>}
 */
export async function wayOf(keys, cookies, now) {
  const value = cookieOf(cookies, NAME) ?? '';
  const dot = value.lastIndexOf('.');
  const [, id, place, steps] = TOKEN.exec(value.slice(0, Math.max(dot, 0))) ?? [];
  if (!id || !(await keys.holds(USE, value.slice(0, dot), value.slice(dot + 1)))) return null;
  let at = 0;
  const way = { id, place: parseInt(place, 36), steps: steps.split('-').flatMap((step) => {
    const [, seconds, page] = STEP.exec(step) ?? [];
    return seconds ? [{ at: (at += parseInt(seconds, 36) * 1000), page }] : [];
  }) };
  return at <= now + 1000 && at >= now - KEPT * 1000 ? way : null;
}

/** The way after one more page. @param {Way | null} way @param {string} path @param {number} now @returns {Way} */
export function further(way, path, now) {
  const step = { at: Math.floor(now / 1000) * 1000, page: pageOf(path) };
  if (!way) return { id: nonce(), place: 1, steps: [step] };
  return { ...next(way), steps: [...way.steps, step].slice(-MOST) };
}

/** The same way under the next token. @param {Way} way @returns {Way} */
export const next = (way) => ({ ...way, place: way.place + 1 });

/** @param {Way} way @param {string} who @returns {import('../edge.js').Token} */
export const spending = ({ id, place, steps }, who) => ({ id, place, who, until: steps[steps.length - 1].at + 2 * KEPT * 1000 });

/** The header that sets it. @param {Keys} keys @param {Way} way */
export function wayCookie(keys, { id, place, steps }) {
  let last = 0;
  const told = steps.map(({ at, page }) => {
    const passed = (at - last) / 1000;
    last = at;
    return passed.toString(36) + page;
  });
  return signedCookie(keys, { name: NAME, use: USE, kept: KEPT }, `${id}.${place.toString(36)}.${told.join('-')}`);
}

/** Eleven letters that nobody can guess. */
export function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
