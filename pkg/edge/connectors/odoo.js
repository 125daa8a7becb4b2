/**
 * Odoo, by its JSON-2 way (from 19 on) or by JSON-RPC (before): a lead has our id in a field of its own and is looked for before it is
 * made again. JSON-RPC tells of errors with the status 200, and both tell of them with traces, which are kept nowhere.
 */
import { conventional, isSuccess, parsed } from './answers.js';
import { nameOf, said, scoreOf } from './found.js';
import { mapped, recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */
/** @typedef {import('../../edge.js').Attempt} Attempt */
/** @typedef {import('../../edge.js').Verdict} Verdict */
/** `lead`: which one it is there; `null`: none; without it nobody has looked. @typedef {{ lead?: number | null, look?: boolean }} Progress */

const STANDARD = {
  contact_name: 'name',
  email_from: 'email',
  phone: 'phone',
  function: 'title',
  partner_name: 'company',
  website: 'website',
  description: 'message',
};

/** Stars, of which Odoo has three. @type {Record<string, string>} */
const STARS = { A: '3', B: '2', C: '1' };

const DETAIL = 500;

/**
 * @param {Parameters<typeof import('../../edge.js').odoo>[0]} options
 * @returns {Connector}
 */
export function odoo({ host, database, key, user, externalId = 'x_ext_id', fields, rate = { requests: 5, per: 1000 } }) {
  /** @param {string} method @param {Record<string, unknown>} named @param {unknown[]} placed the same without names */
  const call = (method, named, placed) => {
    const body = user === undefined ? named : { jsonrpc: '2.0', method: 'call', id: 1, params: { service: 'object', method: 'execute_kw', args: [database, user, key, 'crm.lead', method, placed] } };
    const headers = { 'content-type': 'application/json', ...(user === undefined && { authorization: `bearer ${key}`, ...(database && { 'x-odoo-database': database }) }) };
    return { url: user === undefined ? `${host}/json/2/crm.lead/${method}` : `${host}/jsonrpc`, method: 'POST', headers, body: JSON.stringify(body) };
  };
  const find = (/** @type {string[]} */ ids, /** @type {string[]} */ read) => {
    const domain = [[externalId, 'in', ids]];
    return call('search_read', { domain, fields: read }, [domain, read]);
  };
  /** @param {Attempt} attempt @returns {'look' | 'write' | 'create'} */
  const stepOf = ({ progress, unknown, revision = 1 }) => {
    const { lead, look = false } = /** @type {Progress} */ (progress ?? {});
    if (lead === undefined || (unknown && lead === null)) return look || unknown || revision > 1 ? 'look' : 'create';
    return lead === null ? 'create' : 'write';
  };

  return {
    rate,
    updates: true,
    async lookup(leads, ask) {
      const score = nameOf(fields ?? {}, 'score');
      const json = said(await ask(find(leads.map(({ id }) => id), ['id', externalId, ...(score ? [score] : [])])));
      const list = user === undefined ? json : json.result;
      if (!Array.isArray(list)) throw new Error('expected a list of what the CRM has, found something else');
      return list.map((one) => ({ id: String(one[externalId]), remote: String(one.id), ...(score && { score: scoreOf(one[score]) }) }));
    },
    payload(lead) {
      const record = recordOf(lead);
      return {
        name: record.company ?? record.name ?? record.email ?? 'Website',
        type: 'lead',
        priority: STARS[record.grade ?? ''] ?? '0',
        ...mapped(record, { ...STANDARD, ...fields }),
        [externalId]: record.id,
      };
    },
    request(payload, attempt) {
      const step = stepOf(attempt);
      if (step === 'look') return find([attempt.id], ['id']);
      if (step === 'create') return call('create', { vals_list: [payload] }, [[payload]]);
      return call('write', { ids: [attempt.progress.lead], vals: payload }, [[attempt.progress.lead], payload]);
    },
    classify(answer, attempt) {
      const json = parsed(answer.body);
      const problem = user === undefined ? (isSuccess(answer.status) ? undefined : json) : (json?.error?.data ?? json?.error);
      if (problem) return problemOf(problem, answer, attempt);
      if (!isSuccess(answer.status)) return conventional({ ...answer, body: '' }, attempt.now);
      const result = user === undefined ? json : json?.result;
      switch (stepOf(attempt)) {
        case 'look': {
          if (!Array.isArray(result)) return { verdict: 'retry', code: 'not-understood' };
          const lead = result[0]?.id ?? null;
          const done = lead !== null && (attempt.revision ?? 1) === 1;
          return done ? { verdict: 'sent', remote: String(lead) } : { verdict: 'next', progress: { lead } };
        }
        case 'write':
          return result === true ? { verdict: 'sent', remote: String(attempt.progress.lead) } : { verdict: 'retry', code: 'not-understood' };
        case 'create': {
          const made = Array.isArray(result) ? result[0] : result;
          return typeof made === 'number' ? { verdict: 'sent', remote: String(made) } : { verdict: 'retry', code: 'not-understood' };
        }
      }
    },
  };
}

/**
 * What Odoo says by the name of an exception of Python.
 * @param {{ name?: string, message?: string }} problem
 * @param {import('../../edge.js').VendorAnswer} answer
 * @param {Attempt} attempt
 * @returns {Verdict}
 */
function problemOf({ name = '', message = '' }, answer, { now }) {
  const detail = String(message).slice(0, DETAIL);
  // Another attempt has made it meanwhile, and the field is unique.
  if (/unique|duplicate key|already exists/i.test(message)) return { verdict: 'next', progress: { look: true } };
  if (/AccessDenied|AccessError|Unauthorized|Forbidden|SessionExpired/.test(name)) return { verdict: 'hold', code: 'unauthorized' };
  // A field or a model that is not there is missing for every lead.
  if (/Invalid field|does not exist|doesn't exist|unknown model/i.test(message) || /NotFound/.test(name)) return { verdict: 'hold', code: 'not-there' };
  if (/ValidationError|UserError|ValueError|TypeError|MissingError|UnprocessableEntity|BadRequest/.test(name)) return { verdict: 'dead', code: 'refused', detail };
  if (isSuccess(answer.status)) return { verdict: 'retry', code: 'unavailable' };
  return conventional({ ...answer, body: detail }, now);
}
