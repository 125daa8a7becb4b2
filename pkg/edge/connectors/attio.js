/** Attio: a person is asserted by e-mail address, and asserted twice is one. */
import { conventional, isSuccess, parsed } from './answers.js';
import { mapped, recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */

/**
 * @param {Parameters<typeof import('../../edge.js').attio>[0]} options
 * @returns {Connector}
 */
export function attio({ token, attributes, host = 'https://api.attio.com', rate = { requests: 20, per: 1000 } }) {
  return {
    rate,
    updates: true,
    payload(lead) {
      const record = recordOf(lead);
      const own = Object.entries(mapped(record, attributes ?? {})).map(([name, value]) => [name, [value]]);
      const name = { first_name: record.firstName ?? '', last_name: record.lastName ?? '', full_name: record.name ?? '' };
      return {
        data: {
          values: { email_addresses: record.email ? [record.email] : [], ...(record.name && { name: [name] }), ...Object.fromEntries(own) },
        },
      };
    },
    request: (payload) => ({
      url: `${host}/v2/objects/people/records?matching_attribute=email_addresses`,
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    }),
    classify(answer, { now }) {
      if (!isSuccess(answer.status)) return conventional(answer, now);
      const id = parsed(answer.body)?.data?.id?.record_id;
      return id ? { verdict: 'sent', remote: String(id) } : { verdict: 'retry', code: 'not-understood' };
    },
  };
}
