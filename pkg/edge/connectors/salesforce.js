/**
 * Salesforce, by an external id: a lead that is written twice is one. The token comes by client credentials, when one is needed, and
 * is kept in memory alone.
 */
import { conventional, isSuccess, parsed } from './answers.js';
import { nameOf, said, scoreOf } from './found.js';
import { mapped, recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */

const MINUTE = 60_000;

const STANDARD = {
  FirstName: 'firstName',
  LastName: 'lastName',
  Company: 'company',
  Email: 'email',
  Phone: 'phone',
  Title: 'title',
  Website: 'website',
  Description: 'message',
};

/** Salesforce takes no lead without these. */
const UNKNOWN = { LastName: '–', Company: '–' };

/** What is wrong with the organisation and not with the lead. */
const OF_THE_ORGANISATION = new Set(['INVALID_FIELD', 'NOT_FOUND', 'INVALID_TYPE', 'INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS_OR_READONLY', 'API_DISABLED_FOR_ORG']);
const TEMPORARY = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT']);

/**
 * @param {Parameters<typeof import('../../edge.js').salesforce>[0]} options
 * @returns {Connector}
 */
export function salesforce({ host, clientId, clientSecret, externalId, fields, version = 'v62.0', rate = { requests: 10, per: 1000 } }) {
  /** @type {string | undefined} */
  let token;
  const tokenRequest = {
    url: `${host}/services/oauth2/token`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }).toString(),
  };

  return {
    rate,
    updates: true,
    async lookup(leads, ask) {
      const own = said(await ask(tokenRequest)).access_token;
      const score = nameOf(fields ?? {}, 'score');
      const ids = leads.map(({ id }) => `'${id.replace(/[^\w-]/g, '')}'`).join(',');
      const query = `SELECT ${['Id', externalId, score].filter(Boolean).join(', ')} FROM Lead WHERE ${externalId} IN (${ids})`;
      const url = `${host}/services/data/${version}/query?${new URLSearchParams({ q: query })}`;
      const { records = [] } = said(await ask({ url, method: 'GET', headers: { authorization: `Bearer ${own}` } }));
      return records.map((/** @type {any} */ one) => ({ id: String(one[externalId]), remote: String(one.Id), ...(score && { score: scoreOf(one[score]) }) }));
    },
    batch: {
      most: 200,
      key: () => '',
      request(items) {
        if (token === undefined) return tokenRequest;
        const records = items.map(({ id, payload }) => ({ attributes: { type: 'Lead' }, [externalId]: id, ...payload }));
        return {
          url: `${host}/services/data/${version}/composite/sobjects/Lead/${externalId}`,
          method: 'PATCH',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ allOrNone: false, records }),
        };
      },
      classify(answer, items, now) {
        const said = parsed(answer.body);
        if (typeof said?.access_token === 'string') {
          token = said.access_token;
          return { verdict: 'next', progress: null };
        }
        if (isSuccess(answer.status) && Array.isArray(said) && said.length === items.length) {
          return said.map((one) => {
            if (one.success) return { verdict: 'sent', ...(one.id && { remote: String(one.id) }) };
            const [{ statusCode, message } = { statusCode: '', message: '' }] = one.errors ?? [];
            return problemOf(String(statusCode)) ?? { verdict: 'dead', code: 'refused', detail: `${statusCode}: ${message}`.slice(0, 500) };
          });
        }
        if (isSuccess(answer.status)) return items.map(() => null);
        if (answer.status === 401) token = undefined;
        // What is wrong with the token is found out by one lead, and not by all.
        return answer.status === 401 || typeof said?.error === 'string' ? items.map(() => null) : (problemOf(String(said?.[0]?.errorCode ?? '')) ?? conventional(answer, now));
      },
    },
    payload: (lead) => ({ ...UNKNOWN, LeadSource: 'Web', ...mapped(recordOf(lead), { ...STANDARD, ...fields }) }),
    /** @returns {import('../../edge.js').VendorRequest} */
    request(payload, { id }) {
      if (token === undefined) return tokenRequest;
      return {
        url: `${host}/services/data/${version}/sobjects/Lead/${externalId}/${encodeURIComponent(id)}`,
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      };
    },
    classify(answer, { now, progress }) {
      const { status, body } = answer;
      const said = parsed(body);
      if (typeof said?.access_token === 'string') {
        token = said.access_token;
        return { verdict: 'next', progress: { token: now } };
      }
      if (isSuccess(status)) return { verdict: 'sent', ...(said?.id && { remote: String(said.id) }) };
      // The service of tokens answers with an object, the other with a list.
      if (typeof said?.error === 'string' && status < 500) return { verdict: 'hold', code: 'unauthorized' };
      if (status === 401) {
        token = undefined;
        const fresh = progress?.token > now - MINUTE;
        return fresh ? { verdict: 'hold', code: 'unauthorized' } : { verdict: 'next', progress: null };
      }
      const problem = problemOf(String(said?.[0]?.errorCode ?? ''));
      if (problem) return problem;
      if (status === 300) return { verdict: 'dead', code: 'several' };
      return conventional(answer, now);
    },
  };
}

/** What Salesforce's own codes mean, of one lead or of a whole request. @param {string} code @returns {import('../../edge.js').Verdict | undefined} */
function problemOf(code) {
  if (code === 'REQUEST_LIMIT_EXCEEDED') return { verdict: 'retry', code: 'too-many', limit: true, after: 15 * MINUTE };
  if (TEMPORARY.has(code)) return { verdict: 'retry', code: 'unavailable' };
  // The sales people have gone on with it: there is nothing to write any more.
  if (code === 'CANNOT_UPDATE_CONVERTED_LEAD') return { verdict: 'merged' };
  if (OF_THE_ORGANISATION.has(code)) return { verdict: 'hold', code: 'not-there' };
  return undefined;
}
