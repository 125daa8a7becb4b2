/**
 * Any vendor with one request for one lead: an address, headers, a template, and when an answer means that it is there. The presets
 * are what is known of some of them.
 */
import { conventional, isSuccess, parsed } from './answers.js';
import { listed } from './found.js';
import { recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */
/** @typedef {import('../../edge.js').RestOptions} RestOptions */

/**
 * @param {RestOptions} options
 * @returns {Connector}
 */
export function rest({ url, method = 'POST', headers = {}, template, verdict, lookup, updates = false, rate = { requests: 5, per: 1000 } }) {
  return {
    rate,
    updates,
    lookup: listed(lookup),
    payload(lead) {
      const record = recordOf(lead);
      return { url: filled(url, record, encodeURIComponent), body: filledTemplate(template, record) };
    },
    request: (payload) => ({
      url: payload.url,
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(payload.body),
    }),
    classify: (answer, { now }) =>
      verdict?.({ ...answer, json: parsed(answer.body) }) ?? (isSuccess(answer.status) ? { verdict: 'sent' } : conventional(answer, now)),
  };
}

/** @param {string} path @param {object} record */
const valueOf = (path, record) =>
  path.split('.').reduce((/** @type {any} */ at, step) => (at !== null && typeof at === 'object' && Object.hasOwn(at, step) ? at[step] : null), record);

/** @param {string} text @param {object} record @param {(value: string) => string} [escape] */
const filled = (text, record, escape = (value) => value) => text.replace(/\{([\w.]+)\}/g, (_, path) => escape(String(valueOf(path, record) ?? '')));

/**
 * `"{score}"` alone is the number; within other text it is its digits. What is unknown is left out.
 * @param {unknown} template
 * @param {object} record
 * @returns {any}
 */
function filledTemplate(template, record) {
  if (typeof template === 'string') {
    const [, alone] = /^\{([\w.]+)\}$/.exec(template) ?? [];
    return alone ? valueOf(alone, record) : filled(template, record);
  }
  if (Array.isArray(template)) return template.map((part) => filledTemplate(part, record)).filter((part) => part !== null);
  if (typeof template !== 'object' || template === null) return template;
  const parts = Object.entries(template).map(([name, part]) => [name, filledTemplate(part, record)]);
  return Object.fromEntries(parts.filter(([, part]) => part !== null));
}

/** What BottleCRM calls the result says what became of the lead. @type {typeof import('../../edge.js').bottleCrm} */
export const bottleCrm = ({ url, key, fields }) =>
  rest({
    url,
    headers: { authorization: `Bearer ${key}` },
    template: {
      external_id: '{id}',
      occurred_at: '{receivedAt}',
      first_name: '{firstName}',
      last_name: '{lastName}',
      email: '{email}',
      phone: '{phone}',
      company_name: '{company}',
      description: '{message}',
      ...fields,
    },
    // 120 a minute, and 5,000 a day.
    rate: { requests: 110, per: 60_000 },
    verdict({ status, json }) {
      if (!isSuccess(status)) return undefined;
      if (json?.result === 'created') return { verdict: 'sent', remote: String(json.lead) };
      // The same external id: it is our own, sent before.
      if (json?.result === 'duplicate') return { verdict: 'sent' };
      return json?.result === 'merged' ? { verdict: 'merged' } : { verdict: 'retry', code: 'not-understood' };
    },
  });

/** @type {typeof import('../../edge.js').brevo} */
export const brevo = ({ key, attributes, lists }) =>
  rest({
    url: 'https://api.brevo.com/v3/contacts',
    updates: true,
    headers: { 'api-key': key },
    template: {
      email: '{email}',
      updateEnabled: true,
      attributes: { FIRSTNAME: '{firstName}', LASTNAME: '{lastName}', ...attributes },
      ...(lists && { listIds: lists }),
    },
    rate: { requests: 10, per: 1000 },
    verdict({ status, json }) {
      if (status === 201) return { verdict: 'sent', ...(json?.id !== undefined && { remote: String(json.id) }) };
      return status === 204 ? { verdict: 'merged' } : undefined;
    },
  });

/** @type {typeof import('../../edge.js').espoCrm} */
export const espoCrm = ({ host, key, fields }) =>
  rest({
    url: `${host}/api/v1/LeadCapture/${encodeURIComponent(key)}`,
    template: { firstName: '{firstName}', lastName: '{lastName}', emailAddress: '{email}', accountName: '{company}', ...fields },
  });

/** @type {typeof import('../../edge.js').mautic} */
export const mautic = ({ host, authorization, fields }) =>
  rest({
    url: `${host}/api/contacts/new`,
    updates: true,
    headers: { authorization },
    template: { email: '{email}', firstname: '{firstName}', lastname: '{lastName}', company: '{company}', overwriteWithBlank: false, ...fields },
  });

/** @type {typeof import('../../edge.js').twenty} */
export const twenty = ({ host = 'https://api.twenty.com', key, fields }) =>
  rest({
    url: `${host}/rest/batch/people?upsert=true`,
    updates: true,
    headers: { authorization: `Bearer ${key}` },
    template: [{ name: { firstName: '{firstName}', lastName: '{lastName}' }, emails: { primaryEmail: '{email}' }, ...fields }],
    rate: { requests: 45, per: 60_000 },
  });

/** @type {typeof import('../../edge.js').activeCampaign} */
export const activeCampaign = ({ host, key, fields }) =>
  rest({
    url: `${host}/api/3/contact/sync`,
    updates: true,
    headers: { 'api-token': key },
    template: {
      contact: {
        email: '{email}',
        firstName: '{firstName}',
        lastName: '{lastName}',
        fieldValues: Object.entries(fields ?? {}).map(([field, value]) => ({ field, value })),
      },
    },
    rate: { requests: 5, per: 1000 },
    verdict: ({ status, json }) => (isSuccess(status) && json?.contact?.id !== undefined ? { verdict: 'sent', remote: String(json.contact.id) } : isSuccess(status) ? { verdict: 'retry', code: 'not-understood' } : undefined),
  });

/** @type {typeof import('../../edge.js').freshsales} */
export const freshsales = ({ host, key, fields }) =>
  rest({
    url: `${host}/crm/sales/api/contacts/upsert`,
    updates: true,
    headers: { authorization: `Token token=${key}` },
    template: {
      unique_identifier: { emails: '{email}' },
      contact: { first_name: '{firstName}', last_name: '{lastName}', emails: '{email}', custom_field: { ...fields } },
    },
    rate: { requests: 15, per: 60_000 },
  });
