/**
 * Salesforce without credentials, for a start: the form that Salesforce takes from anybody. It says neither whether a lead was made nor
 * whether it was there, takes 500 a day, and makes a second lead of one that is sent twice. `salesforce` is the way for good.
 */
import { conventional, isSuccess } from './answers.js';
import { mapped, recordOf } from './record.js';

const DAY = 86_400_000;

const STANDARD = { first_name: 'firstName', last_name: 'lastName', company: 'company', email: 'email', phone: 'phone', title: 'title', URL: 'website', description: 'message' };

/** Salesforce takes no lead without these. */
const UNKNOWN = { last_name: '–', company: '–' };

/**
 * @param {Parameters<typeof import('../../edge.js').salesforceWebToLead>[0]} options
 * @returns {import('../../edge.js').Connector}
 */
export function salesforceWebToLead({
  organisation,
  fields,
  host = 'https://webto.salesforce.com',
  // Half of what a day takes is there at once, and half comes in the course of it: never more than all.
  rate = { requests: 250, per: DAY },
}) {
  return {
    rate,
    payload(lead) {
      const values = { oid: organisation, lead_source: 'Web', ...UNKNOWN, ...mapped(recordOf(lead), { ...STANDARD, ...fields }) };
      return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
    },
    request: (payload) => ({
      url: `${host}/servlet/servlet.WebToLead?${new URLSearchParams({ encoding: 'UTF-8', orgId: organisation })}`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(payload).toString(),
    }),
    // A success says that it was read, and no more.
    classify: (answer, { now }) => (isSuccess(answer.status) ? { verdict: 'sent' } : conventional(answer, now)),
  };
}
