/** What an e-mail address tells: whether it is one, and whether it is of a company, of anybody, or to be thrown away. */
import disposable from '../tables/disposable.js';
import free from '../tables/free.js';

/** As the HTML standard defines what browsers take, with a dot in the domain. */
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/i;

/** @param {string} table @returns {() => Set<string>} made when it is first asked for */
const once = (table) => {
  /** @type {Set<string> | undefined} */
  let set;
  return () => (set ??= new Set(table.trim().split('\n')));
};
const [disposables, frees] = [once(disposable), once(free)];

/**
 * The address as it is compared, or `null`.
 * @param {string} text
 */
export function emailOf(text) {
  const address = text.trim();
  if (address.length > 254 || !ADDRESS.test(address)) return null;
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/**
 * @param {string} email
 * @returns {'work' | 'free' | 'disposable'}
 */
export function emailKind(email) {
  const domain = domainOf(email);
  // What holds for a domain holds for those under it.
  const parents = domain.split('.').map((_, place, steps) => steps.slice(place).join('.'));
  if (parents.some((parent) => disposables().has(parent))) return 'disposable';
  return frees().has(domain) ? 'free' : 'work';
}

/** @param {string} email */
export const domainOf = (email) => email.slice(email.lastIndexOf('@') + 1);
