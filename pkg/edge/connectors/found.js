/** What a CRM says that it has, read from its answer. It is told of as an error where the CRM does not answer as it should. */
import { isSuccess, parsed } from './answers.js';

/** @typedef {import('../../edge.js').Found} Found */

/**
 * The JSON of a success.
 * @param {import('../../edge.js').VendorAnswer} answer
 * @returns {any}
 */
export function said({ status, body }) {
  const json = parsed(body);
  // What the vendor says more is not repeated: there can be persons in it.
  if (!isSuccess(status) || json === undefined) throw new Error(`expected a list of what the CRM has, found the status ${status}`);
  return json;
}

/** A score as vendors give it back: as a number, as digits, or not at all. @param {unknown} value @returns {number | null | undefined} */
export function scoreOf(value) {
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  const score = Number(value);
  return Number.isNaN(score) ? undefined : score;
}

/** The vendor's name of one of ours, in a mapping. @param {Record<string, string>} mapping @param {string} ours */
export const nameOf = (mapping, ours) => Object.entries(mapping).find(([, path]) => path === ours)?.[0];

/**
 * A list that is asked for by ids, with the names of what is in it.
 * @param {import('../../edge.js').LookupOptions | undefined} options
 * @returns {import('../../edge.js').Connector['lookup']}
 */
export function listed(options) {
  if (!options) return undefined;
  const { url, headers = {}, records = '', id = 'id', remote = 'id', score = 'score' } = options;
  return async (leads, ask) => {
    const ids = leads.map((lead) => encodeURIComponent(lead.id)).join(',');
    const list = at(said(await ask({ url: url.replace('{ids}', ids), method: 'GET', headers: { accept: 'application/json', ...headers } })), records);
    if (!Array.isArray(list)) throw new Error('expected a list of what the CRM has, found something else');
    return list.map((one) => ({ id: String(at(one, id)), remote: String(at(one, remote) ?? ''), score: scoreOf(at(one, score)) }));
  };
}

/** @param {any} value @param {string} path */
const at = (value, path) => (path === '' ? value : path.split('.').reduce((inner, step) => (inner !== null && typeof inner === 'object' && Object.hasOwn(inner, step) ? inner[step] : undefined), value));
