/**
 * HubSpot, in both of its ways: contacts written by their address, and the submission of a form, which keeps HubSpot's own
 * attribution and consent. A contact written twice is one; a form submitted twice is two entries in one contact's history.
 */
import { conventional, isSuccess, parsed } from './answers.js';
import { nameOf, said, scoreOf } from './found.js';
import { mapped, recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */

const SECOND = 1000;
const HOUR = 3_600_000;

const STANDARD = {
  email: 'email',
  firstname: 'firstName',
  lastname: 'lastName',
  company: 'company',
  phone: 'phone',
  jobtitle: 'title',
};

/**
 * @param {Parameters<typeof import('../../edge.js').hubspot>[0]} options
 * @returns {Connector}
 */
export function hubspot({ token, properties, version = '2026-03', host = 'https://api.hubapi.com', rate = { requests: 90, per: 10 * SECOND } }) {
  const path = version === 'v3' ? '/crm/v3/objects/contacts' : `/crm/objects/${version}/contacts`;
  const upsertRequest = (/** @type {unknown} */ body) => ({
    url: `${host}${path}/batch/upsert`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    rate,
    updates: true,
    async lookup(leads, ask) {
      // A contact is one person's and holds the lead that was written last, so its score is only told where it says whose it is.
      const [id, score] = [nameOf(properties ?? {}, 'id'), nameOf(properties ?? {}, 'score')];
      const emails = [...new Set(leads.map(({ email }) => email?.toLowerCase()).filter((email) => email !== undefined))];
      const answer = await ask({
        url: `${host}${path}/batch/read`,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ idProperty: 'email', properties: ['email', id, score].filter(Boolean), propertiesWithHistory: [], inputs: emails.map((email) => ({ id: email })) }),
      });
      const contacts = /** @type {any[]} */ (said(answer).results ?? []);
      return leads.flatMap((lead) =>
        contacts
          .filter(({ properties: { email } }) => email?.toLowerCase() === lead.email?.toLowerCase())
          .map((contact) => ({ id: lead.id, remote: String(contact.id), ...(id && score && contact.properties[id] === lead.id && { score: scoreOf(contact.properties[score]) }) })),
      );
    },
    batch: {
      most: 100,
      // One contact twice makes HubSpot refuse all.
      key: (payload) => payload.inputs[0].id.toLowerCase(),
      request: (items) => upsertRequest({ inputs: items.flatMap(({ payload }) => payload.inputs) }),
      classify(answer, items, now) {
        const said = parsed(answer.body);
        if (!isSuccess(answer.status)) return problemOf(answer, now);
        const traceOf = (/** @type {any} */ error) => [error.context?.objectWriteTraceId ?? []].flat();
        return items.map(({ id, payload }) => {
          const email = payload.inputs[0].id.toLowerCase();
          const result = said?.results?.find((/** @type {any} */ one) => (one.objectWriteTraceId ? one.objectWriteTraceId === id : one.properties?.email?.toLowerCase() === email));
          if (result) return { verdict: result.new === false ? 'merged' : 'sent', remote: String(result.id) };
          const error = said?.errors?.find((/** @type {any} */ one) => traceOf(one).includes(id));
          if (!error) return null; // by itself it will be told why
          const text = JSON.stringify(error);
          return problem(error.category, text) ?? { verdict: 'dead', code: 'refused', detail: text.slice(0, 500) };
        });
      },
    },
    payload: (lead) => upsertOf(recordOf(lead), { ...STANDARD, ...properties }),
    request: upsertRequest,
    classify(answer, { now }) {
      const { status, body } = answer;
      const said = parsed(body);
      if (isSuccess(status)) {
        const [result] = said?.results ?? [];
        if (result) return { verdict: result.new === false ? 'merged' : 'sent', remote: String(result.id) };
        // A success without a result is none: HubSpot answers so to what it does not understand.
        if (!said?.errors?.length) return { verdict: 'dead', code: 'silent' };
        return problem(said.errors[0].category, body) ?? { verdict: 'dead', code: 'refused', detail: body.slice(0, 500) };
      }
      return problemOf(answer, now);
    },
  };
}

/**
 * What it means when nothing was written.
 * @param {import('../../edge.js').VendorAnswer} answer
 * @param {number} now
 * @returns {import('../../edge.js').Verdict}
 */
function problemOf(answer, now) {
  const { status, body } = answer;
  const said = parsed(body);
  if (status === 429) {
    const after = said?.policyName === 'DAILY' ? HOUR : 10 * SECOND;
    return { after, .../** @type {object} */ (conventional(answer, now)), verdict: 'retry', code: 'too-many', limit: true };
  }
  // Locked, or being moved to another place.
  if (status === 423 || status === 477) return { after: 2 * SECOND, .../** @type {object} */ (conventional({ ...answer, status: 503 }, now)), verdict: 'retry', code: 'locked' };
  return problem(said?.category, body) ?? conventional(answer, now);
}

/**
 * @param {string | undefined} category
 * @param {string} body
 * @returns {import('../../edge.js').Verdict | undefined}
 */
function problem(category, body) {
  // A property that is not there is missing for every lead: somebody has to make it.
  if (body.includes('PROPERTY_DOESNT_EXIST')) return { verdict: 'hold', code: 'property-missing' };
  if (category === 'RATE_LIMITS') return { verdict: 'retry', code: 'too-many', limit: true };
  if (category === 'CONFLICT') return { verdict: 'retry', code: 'conflict' };
  return undefined;
}

/**
 * @param {import('../../edge.js').LeadRecord} record
 * @param {Record<string, string>} properties
 * @returns {import('../../edge.js').HubspotUpsert}
 */
export function upsertOf(record, properties) {
  const values = Object.entries(mapped(record, properties)).map(([name, value]) => [name, String(value)]);
  return { inputs: [{ id: record.email ?? '', idProperty: 'email', objectWriteTraceId: record.id, properties: Object.fromEntries(values) }] };
}

/** What is wrong with the form and not with what was entered into it. */
const OF_THE_FORM = /FORM_HAS_RECAPTCHA_ENABLED|FIELD_NOT_IN_FORM_DEFINITION|MISSING_PROCESSING_CONSENT|INVALID_METADATA/;

/**
 * @param {Parameters<typeof import('../../edge.js').hubspotForm>[0]} options
 * @returns {Connector}
 */
export function hubspotForm({ token, portal, form, fields, pageName, host = 'https://api.hsforms.com', rate = { requests: 90, per: 10 * SECOND } }) {
  return {
    rate,
    payload(lead) {
      const record = recordOf(lead);
      const source = /** @type {Record<string, any>} */ (record.facts.source ?? {});
      const values = Object.entries(mapped(record, { ...STANDARD, ...fields }));
      return {
        submittedAt: String(lead.at),
        fields: values.map(([name, value]) => ({ objectTypeId: '0-1', name, value: String(value) })),
        context: {
          // Another value makes two people one.
          ...(/^[0-9a-f]{32}$/.test(source.hutk ?? '') && { hutk: source.hutk }),
          ...(typeof source.page === 'string' && { pageUri: source.page }),
          ...(pageName && { pageName }),
        },
      };
    },
    request: (payload) => ({
      url: `${host}/submissions/v3/integration/secure/submit/${encodeURIComponent(portal)}/${encodeURIComponent(form)}`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    }),
    classify(answer, { now }) {
      const { status, body } = answer;
      if (isSuccess(status)) return { verdict: 'sent' };
      // The address of the sender is shut out for a minute.
      if (body.includes('error code: 1015')) return { verdict: 'retry', code: 'shut-out', limit: true, after: 60 * SECOND };
      if (status === 400 && OF_THE_FORM.test(body)) return { verdict: 'hold', code: 'form-changed' };
      return conventional(answer, now);
    },
  };
}
