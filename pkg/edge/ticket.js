/**
 * The ticket of a form: when the edge gave it to a page, signed, and good for one lead. It says since when somebody can have been
 * filling the form in.
 */
import { nonce } from './way.js';

/** @typedef {import('./keys.js').Keys} Keys */
/** @typedef {{ id: string, at: number }} Ticket */

const USE = 'form';
/** A page may stay open for so long, in milliseconds: a week. */
const KEPT = 7 * 24 * 3600 * 1000;

/** @param {Keys} keys @param {number} now */
export async function newTicket(keys, now) {
  const ticket = `${nonce()}.${now.toString(36)}`;
  const [signature] = await keys.signatures(USE, ticket);
  return `${ticket}.${signature}`;
}

/**
 * @param {Keys} keys
 * @param {string} text
 * @param {number} now
 * @returns {Promise<Ticket | 'forged-token' | 'expired-token'>}
 */
export async function ticketOf(keys, text, now) {
  const [id = '', at = '', signature = ''] = text.split('.');
  if (!/^[\w-]{11}$/.test(id) || !/^[0-9a-z]{1,9}$/.test(at) || !(await keys.holds(USE, `${id}.${at}`, signature))) return 'forged-token';
  const instant = parseInt(at, 36);
  return instant < now - KEPT ? 'expired-token' : { id, at: instant };
}

/** @param {Ticket} ticket @param {string} who @returns {import('../edge.js').Token} */
export const spending = ({ id, at }, who) => ({ id: `form ${id}`, place: 1, who, until: at + KEPT });
