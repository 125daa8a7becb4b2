/**
 * Pipedrive, which has no way to write a lead once: a person is looked for before one is made, and where nobody knows whether
 * a lead was made it is looked for too. Each step is kept before the next.
 */
import { conventional, isSuccess, parsed } from './answers.js';
import { mapped, recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */
/** @typedef {{ person?: number | null }} Progress `null`: there is none yet */

/**
 * @param {Parameters<typeof import('../../edge.js').pipedrive>[0]} options
 * @returns {Connector}
 */
export function pipedrive({ token, host = 'https://api.pipedrive.com', personFields = {}, leadFields = {}, labels, rate = { requests: 5, per: 1000 } }) {
  /** @param {string} method @param {string} path @param {object} [body] */
  const call = (method, path, body) => ({
    url: host + path,
    method,
    headers: { 'x-api-token': token, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });

  /** @param {Payload} payload @param {import('../../edge.js').Attempt} attempt @returns {'search' | 'person' | 'look' | 'lead'} */
  const stepOf = ({ person }, { progress, unknown }) => {
    const known = /** @type {Progress | null} */ (progress)?.person;
    if (typeof known === 'number') return unknown ? 'look' : 'lead';
    const searchable = person.emails !== undefined;
    return searchable && (known === undefined || unknown) ? 'search' : 'person';
  };

  return {
    rate,
    // Two leads of one person at the same time would make two persons.
    serial: true,
    payload(lead) {
      const record = recordOf(lead);
      const custom = mapped(record, personFields);
      const name = record.name ?? record.email ?? record.phone ?? 'Website';
      const graded = [record.grade, record.score].filter((part) => part !== null).join(', ');
      return {
        person: {
          name,
          ...(record.email && { emails: [{ value: record.email, primary: true, label: 'work' }] }),
          ...(record.phone && { phones: [{ value: record.phone, primary: true, label: 'work' }] }),
          ...(record.title && { job_title: record.title }),
          ...(Object.keys(custom).length > 0 && { custom_fields: custom }),
        },
        lead: {
          title: `${record.company ?? name}${graded && ` (${graded})`}`,
          origin_id: record.id,
          ...(labels && { label_ids: labels }),
          ...mapped(record, leadFields),
        },
      };
    },
    request(/** @type {Payload} */ payload, attempt) {
      const { person, lead } = payload;
      const known = attempt.progress?.person;
      switch (stepOf(payload, attempt)) {
        case 'search': {
          const query = new URLSearchParams({ term: String(person.emails?.[0].value), fields: 'email', exact_match: 'true' });
          return call('GET', `/api/v2/persons/search?${query}`);
        }
        case 'person':
          return call('POST', '/api/v2/persons', person);
        case 'look':
          return call('GET', `/api/v1/leads?${new URLSearchParams({ person_id: String(known), sort: 'add_time DESC', limit: '100' })}`);
        case 'lead':
          return call('POST', '/api/v1/leads', { ...lead, person_id: known });
      }
    },
    classify(answer, attempt) {
      const { status, body } = answer;
      if (!isSuccess(status)) {
        const reset = Number(answer.headers.get('x-ratelimit-reset'));
        if (status === 429 && reset > 0) return { verdict: 'retry', code: 'too-many', limit: true, after: reset * 1000 };
        return conventional(answer, attempt.now);
      }
      const data = parsed(body)?.data;
      // Which step it was is told by what it answers: a list of finds, a list of leads, a person, a lead.
      if (Array.isArray(data?.items)) return { verdict: 'next', progress: { person: data.items[0]?.item?.id ?? null } };
      if (Array.isArray(data) || data === null) {
        const ours = data?.find((/** @type {any} */ one) => one.origin_id === attempt.id);
        return ours ? { verdict: 'sent', remote: String(ours.id) } : { verdict: 'next', progress: attempt.progress };
      }
      if (typeof data?.id === 'number') return { verdict: 'next', progress: { person: data.id } };
      if (typeof data?.id === 'string') return { verdict: 'sent', remote: data.id };
      return { verdict: 'retry', code: 'not-understood' };
    },
  };
}

/** @typedef {import('../../edge.js').PipedrivePayload} Payload */
