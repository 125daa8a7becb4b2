/**
 * What is sent to each vendor, and what its answers mean. The requests are written here as the types of the official clients have
 * them, so that `tsc` checks them; no live vendor was asked. The official library verifies the signatures.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { activeCampaign, attio, bottleCrm, brevo, createOutbox, espoCrm, freshsales, hubspot, hubspotForm, mautic, memoryStore, pipedrive,
  rest, salesforce, slack, twenty, webhook } from 'leadscore/edge';
import { Webhook } from 'standardwebhooks';
import { HOUR, NOW, SECOND, WEBHOOK_SECRET, leadOf } from './world.mjs';

/** @typedef {import('../../pkg/edge.js').Connector} Connector */
/** @typedef {import('../../pkg/edge.js').Lead} Lead */
/** @typedef {import('../../pkg/edge.js').VendorRequest} VendorRequest */
/** @typedef {import('../../pkg/edge.js').Verdict} Verdict */
/** @typedef {import('@hubspot/api-client/lib/codegen/crm/contacts/index.js').BatchInputSimplePublicObjectBatchInputUpsert} HubspotBatch */
/** @typedef {import('pipedrive/v2').AddPersonRequest} PipedrivePerson */
/** @typedef {import('pipedrive/v1').AddLeadRequest} PipedriveLead */
/** @typedef {import('@getbrevo/brevo').Brevo.CreateContactRequest} BrevoContact */
/** @typedef {import('attio-ts-sdk').PutV2ObjectsByObjectRecordsData['body']} AttioRecord */

const LEAD = leadOf('01JD8WJ5Q8Z7K2', { grade: 'A', value: 87, email: 'ada@example.org' });
const ATTEMPT = { id: LEAD.id, now: NOW, progress: null, unknown: false };

/** @param {Connector} connector @param {Lead} [lead] */
const payloadOf = (connector, lead = LEAD) => JSON.parse(JSON.stringify(connector.payload(lead)));
/** @param {Connector} connector @param {Partial<import('../../pkg/edge.js').Attempt>} [attempt] */
const requestOf = (connector, attempt) => connector.request(payloadOf(connector), { ...ATTEMPT, ...attempt });

/**
 * @param {Connector} connector
 * @param {[name: string, status: number, body: unknown, verdict: Verdict | Verdict['verdict'], headers?: Record<string, string>, attempt?: object][]} cases
 */
function means(connector, cases) {
  for (const [name, status, body, expected, headers = {}, attempt] of cases) {
    test(`${status} ${name}`, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const verdict = connector.classify({ status, headers: new Headers(headers), body: text }, { ...ATTEMPT, ...attempt });
      if (typeof expected === 'string') assert.equal(verdict.verdict, expected);
      else assert.deepEqual(verdict, expected);
    });
  }
}

/** What holds wherever a vendor keeps to HTTP. @type {Parameters<typeof means>[1]} */
const CONVENTIONS = [
  ['with seconds', 429, '', { verdict: 'retry', code: 'too-many', limit: true, after: 7 * SECOND }, { 'retry-after': '7' }],
  ['with a date', 429, '', { verdict: 'retry', code: 'too-many', limit: true, after: 90 * SECOND }, { 'retry-after': new Date(NOW + 90_000).toUTCString() }],
  ['with zero', 429, '', { verdict: 'retry', code: 'too-many', limit: true, after: SECOND }, { 'retry-after': '0' }],
  ['with a date that has passed', 503, '', { verdict: 'retry', code: 'unavailable', after: SECOND }, { 'retry-after': new Date(0).toUTCString() }],
  ['with nothing', 429, '', { verdict: 'retry', code: 'too-many', limit: true }],
  ['with nonsense', 503, '', { verdict: 'retry', code: 'unavailable' }, { 'retry-after': 'soon' }],
  ['with a year', 503, '', { verdict: 'retry', code: 'unavailable', after: 6 * HOUR }, { 'retry-after': '31536000' }],
  ['', 500, '', 'retry'],
  ['', 408, '', 'retry'],
  ['', 302, '', { verdict: 'hold', code: 'redirected' }],
  ['', 401, '', { verdict: 'hold', code: 'unauthorized' }],
  ['', 402, '', { verdict: 'hold', code: 'unpaid' }],
  ['', 404, '', { verdict: 'hold', code: 'not-there' }],
  ['', 422, 'name: too long', { verdict: 'dead', code: 'refused', detail: 'name: too long' }],
];

describe('a webhook', () => {
  const connector = webhook({ url: 'https://hooks.test/', secret: WEBHOOK_SECRET, headers: { 'x-own': '1' } });

  test('is verified by the official library, tampered with it is not', async () => {
    const strange = { ...LEAD, facts: { contact: { name: 'Zoë 🎈 Ünal' } } };
    // That library reads the clock.
    const { url, headers, body = '' } = await connector.request(payloadOf(connector, strange), { ...ATTEMPT, now: Date.now() });
    const official = new Webhook(WEBHOOK_SECRET);
    assert.deepEqual(official.verify(body, headers), { type: 'lead.scored', timestamp: '2026-11-22T09:00:00.000Z', data: strange });
    assert.deepEqual([url, headers['webhook-id'], headers['x-own']], ['https://hooks.test/', LEAD.id, '1']);
    assert.throws(() => official.verify(body.replace('Zoë', 'Zoe'), headers));
    assert.throws(() => official.verify(body, { ...headers, 'webhook-id': 'another' }));
    const old = await connector.request(payloadOf(connector), { ...ATTEMPT, now: Date.now() - 10 * 60_000 });
    assert.throws(() => official.verify(String(old.body), old.headers), /old/);
  });

  test('is signed with both keys while one is changed', async () => {
    const next = `whsec_${btoa('x'.repeat(64))}`;
    const { headers, body = '' } = await requestOf(webhook({ url: 'https://hooks.test/', secret: [next, WEBHOOK_SECRET] }), { now: Date.now() });
    for (const secret of [next, WEBHOOK_SECRET]) new Webhook(secret).verify(body, headers);
  });

  test('says the same at each attempt, but for the instant', async () => {
    const [first, second] = [await requestOf(connector), await requestOf(connector, { now: NOW + HOUR })];
    assert.equal(first.body, second.body);
    assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
    assert.notEqual(first.headers['webhook-signature'], second.headers['webhook-signature']);
  });

  test('can be a CloudEvent', async () => {
    const { headers, body = '' } = await requestOf(webhook({ url: 'https://hooks.test/', secret: WEBHOOK_SECRET, cloudEvents: { source: '/forms' } }));
    assert.equal(headers['content-type'], 'application/cloudevents+json');
    const { specversion, id, source, type, time, data } = JSON.parse(body);
    assert.deepEqual([specversion, id, source, type, time, data], ['1.0', LEAD.id, '/forms', 'lead.scored', '2026-11-22T09:00:00.000Z', LEAD]);
  });

  for (const secret of ['', 'secret', 'whsec_', 'whsec_!!', `whsec_${btoa('x'.repeat(23))}`, `whsec_${btoa('x'.repeat(65))}`]) {
    test(`refuses the secret ${secret}`, () => assert.throws(() => webhook({ url: 'https://hooks.test/', secret }), /expected `whsec_` and 24 to 64 bytes/));
  }

  means(connector, [...CONVENTIONS, ['', 204, '', { verdict: 'sent' }], ['known', 409, '', { verdict: 'merged' }]]);
});

describe('HubSpot', () => {
  const connector = hubspot({ token: 't', properties: { lead_score_ext: 'score', lead_grade_ext: 'grade', lead_reasons_ext: 'reasons', size: 'facts.company.employees' } });

  test('is sent what its client would send', async () => {
    /** @type {HubspotBatch} */
    const batch = {
      inputs: [
        {
          id: 'ada@example.org',
          idProperty: 'email',
          objectWriteTraceId: LEAD.id,
          properties: {
            email: 'ada@example.org', firstname: 'Ada', lastname: 'Lovelace', company: 'Analytical Engines',
            lead_score_ext: '87', lead_grade_ext: 'A', lead_reasons_ext: 'size',
          },
        },
      ],
    };
    assert.deepEqual(await requestOf(connector), {
      url: 'https://api.hubapi.com/crm/objects/2026-03/contacts/batch/upsert',
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });
    assert.match((await requestOf(hubspot({ token: 't', version: 'v3' }))).url, /\/crm\/v3\/objects\/contacts\/batch\/upsert$/);
  });

  means(connector, [
    ...CONVENTIONS.filter(([name, status]) => status !== 429 || name === 'with seconds'),
    ['created', 200, { status: 'COMPLETE', results: [{ id: '1', new: true }] }, { verdict: 'sent', remote: '1' }],
    ['updated', 201, { results: [{ id: '1', new: false }] }, { verdict: 'merged', remote: '1' }],
    ['and silent', 200, { status: 'COMPLETE', results: [], errors: [] }, { verdict: 'dead', code: 'silent' }],
    ['and empty', 207, '', { verdict: 'dead', code: 'silent' }],
    ['with an error', 207, { results: [], errors: [{ category: 'VALIDATION_ERROR' }] }, 'dead'],
    ['too many in a batch', 207, { errors: [{ category: 'RATE_LIMITS' }] }, { verdict: 'retry', code: 'too-many', limit: true }],
    ['for a day', 429, { policyName: 'DAILY' }, { verdict: 'retry', code: 'too-many', limit: true, after: HOUR }],
    ['for ten seconds', 429, { policyName: 'TEN_SECONDLY_ROLLING' }, { verdict: 'retry', code: 'too-many', limit: true, after: 10 * SECOND }],
    ['locked', 423, '', { verdict: 'retry', code: 'locked', after: 2 * SECOND }],
    ['being moved', 477, '', { verdict: 'retry', code: 'locked', after: 60 * SECOND }, { 'retry-after': '60' }],
    ['without the property', 400, { category: 'VALIDATION_ERROR', message: '"error":"PROPERTY_DOESNT_EXIST"' }, { verdict: 'hold', code: 'property-missing' }],
    ['invalid', 400, { category: 'VALIDATION_ERROR', message: 'bad e-mail' }, 'dead'],
    ['at the same time', 409, { category: 'CONFLICT' }, { verdict: 'retry', code: 'conflict' }],
  ]);
});

describe('a form of HubSpot', () => {
  const connector = hubspotForm({ token: 't', portal: '12', form: 'ab-cd', fields: { lead_grade_ext: 'grade' }, pageName: 'Demo' });

  test('is submitted with what HubSpot needs to know the visitor', async () => {
    const source = { page: 'https://frimas.test/demo', hutk: 'a'.repeat(32) };
    const { url, body = '' } = await connector.request(payloadOf(connector, { ...LEAD, facts: { ...LEAD.facts, source } }), ATTEMPT);
    assert.equal(url, 'https://api.hsforms.com/submissions/v3/integration/secure/submit/12/ab-cd');
    const { submittedAt, fields, context } = JSON.parse(body);
    assert.equal(submittedAt, String(NOW));
    assert.deepEqual(context, { hutk: 'a'.repeat(32), pageUri: 'https://frimas.test/demo', pageName: 'Demo' });
    assert.deepEqual(fields.at(-1), { objectTypeId: '0-1', name: 'lead_grade_ext', value: 'A' });
  });

  test('is sent no token of a visitor that is none', () => {
    for (const hutk of ['', 'undefined', 'A'.repeat(32), 'a'.repeat(33)]) {
      assert.equal(payloadOf(connector, { ...LEAD, facts: { source: { hutk } } }).context.hutk, undefined);
    }
  });

  means(connector, [
    ...CONVENTIONS,
    ['', 200, { inlineMessage: 'Thanks' }, { verdict: 'sent' }],
    ['with a captcha', 400, { errors: [{ errorType: 'FORM_HAS_RECAPTCHA_ENABLED' }] }, { verdict: 'hold', code: 'form-changed' }],
    ['invalid', 400, { errors: [{ errorType: 'INVALID_EMAIL' }] }, 'dead'],
    ['shut out', 429, 'error code: 1015', { verdict: 'retry', code: 'shut-out', limit: true, after: 60 * SECOND }],
  ]);
});

describe('Salesforce', () => {
  const make = () => salesforce({ host: 'https://x.my.salesforce.com', clientId: 'id', clientSecret: 'secret', externalId: 'Lead_Ext_Id__c',
    fields: { Lead_Score__c: 'score', Lead_Grade__c: 'grade' } });

  test('is asked for a token, then written by our id, which is not in the body', async () => {
    const connector = make();
    const first = await requestOf(connector);
    assert.deepEqual([first.method, first.url, first.body], ['POST', 'https://x.my.salesforce.com/services/oauth2/token',
      'grant_type=client_credentials&client_id=id&client_secret=secret']);
    const given = connector.classify({ status: 200, headers: new Headers(), body: '{"access_token":"t"}' }, ATTEMPT);
    assert.deepEqual(given, { verdict: 'next', progress: { token: NOW } });
    const { method, url, headers, body = '' } = await requestOf(connector);
    assert.deepEqual([method, url, headers.authorization], ['PATCH',
      'https://x.my.salesforce.com/services/data/v62.0/sobjects/Lead/Lead_Ext_Id__c/01JD8WJ5Q8Z7K2', 'Bearer t']);
    assert.deepEqual(JSON.parse(body), {
      FirstName: 'Ada', LastName: 'Lovelace', Company: 'Analytical Engines', Email: 'ada@example.org', LeadSource: 'Web', Lead_Score__c: 87, Lead_Grade__c: 'A',
    });
  });

  test('gets what it takes no lead without', () => {
    const { LastName, Company } = payloadOf(make(), { ...LEAD, facts: { contact: { email: 'a@b.fr' } } });
    assert.deepEqual([LastName, Company], ['–', '–']);
  });

  const error = (/** @type {string} */ errorCode) => [{ message: 'x', errorCode }];
  means(make(), [
    ...CONVENTIONS.filter(([, status]) => status !== 401),
    ['created', 201, { id: '00Q1', success: true, created: true }, { verdict: 'sent', remote: '00Q1' }],
    ['written again', 204, '', { verdict: 'sent' }],
    ['several', 300, ['/a', '/b'], { verdict: 'dead', code: 'several' }],
    ['without a client', 400, { error: 'invalid_client' }, { verdict: 'hold', code: 'unauthorized' }],
    ['with an old token', 401, error('INVALID_SESSION_ID'), { verdict: 'next', progress: null }],
    ['with a new token', 401, error('INVALID_SESSION_ID'), { verdict: 'hold', code: 'unauthorized' }, {}, { progress: { token: NOW - SECOND } }],
    ['limit', 403, error('REQUEST_LIMIT_EXCEEDED'), { verdict: 'retry', code: 'too-many', limit: true, after: 15 * 60 * SECOND }],
    ['not allowed', 403, error('INSUFFICIENT_ACCESS'), { verdict: 'hold', code: 'not-there' }],
    ['locked row', 400, error('UNABLE_TO_LOCK_ROW'), { verdict: 'retry', code: 'unavailable' }],
    ['no such field', 400, error('INVALID_FIELD'), { verdict: 'hold', code: 'not-there' }],
    ['converted', 400, error('CANNOT_UPDATE_CONVERTED_LEAD'), { verdict: 'merged' }],
    ['invalid', 400, error('REQUIRED_FIELD_MISSING'), 'dead'],
  ]);
});

describe('Pipedrive', () => {
  const connector = pipedrive({ token: 't', personFields: { abc: 'grade' }, leadFields: { def: 'score' }, labels: ['hot'] });
  const payload = payloadOf(connector);

  test('is sent what its client would send', async () => {
    /** @type {PipedrivePerson} */
    const person = { name: 'Ada Lovelace', emails: [{ value: 'ada@example.org', primary: true, label: 'work' }], custom_fields: { abc: 'A' } };
    /** @type {PipedriveLead & { def: number }} */
    const lead = { title: 'Analytical Engines (A, 87)', origin_id: LEAD.id, label_ids: ['hot'], def: 87, person_id: 5 };
    assert.deepEqual(JSON.parse(String((await requestOf(connector, { progress: { person: null } })).body)), person);
    assert.deepEqual(JSON.parse(String((await requestOf(connector, { progress: { person: 5 } })).body)), lead);
  });

  test('is never told the token in an address', async () => {
    for (const attempt of [{}, { progress: { person: null } }, { progress: { person: 5 } }, { progress: { person: 5 }, unknown: true }]) {
      const { url, headers } = await requestOf(connector, attempt);
      assert(!url.includes('token'));
      assert.equal(headers['x-api-token'], 't');
    }
  });

  means(connector, [
    ...CONVENTIONS,
    ['for some seconds', 429, '', { verdict: 'retry', code: 'too-many', limit: true, after: 3 * SECOND }, { 'x-ratelimit-reset': '3' }],
    ['nothing that is known', 200, {}, { verdict: 'retry', code: 'not-understood' }],
  ]);

  /** A Pipedrive that loses answers: what is asked for is done, and nobody hears of it. */
  function fake() {
    const [persons, leads] = /** @type {any[][]} */ ([[], []]);
    let requests = 0;
    const state = { lose: (/** @type {number} */ _request) => false };
    const fetch = async (/** @type {Request} */ request) => {
      const { pathname, searchParams } = new URL(request.url);
      const body = request.method === 'POST' ? await request.json() : {};
      const answer = () => {
        if (pathname.endsWith('/search')) {
          const found = persons.filter(({ emails }) => emails[0].value === searchParams.get('term'));
          return { items: found.map((item) => ({ item })) };
        }
        if (request.method === 'GET') return leads.filter(({ person_id }) => String(person_id) === searchParams.get('person_id'));
        const list = pathname.endsWith('/persons') ? persons : leads;
        list.push({ ...body, id: list === persons ? list.length + 1 : `lead ${list.length}` });
        return list.at(-1);
      };
      const data = answer();
      if (state.lose(++requests)) throw new TypeError('fetch failed');
      return Response.json({ success: true, data });
    };
    return { persons, leads, state, fetch };
  }

  for (const lost of [0, 1, 2, 3, 4, 5]) {
    test(`makes one person and one lead, whichever answer is lost: ${lost || 'none'}`, async () => {
      const { persons, leads, state, fetch } = fake();
      state.lose = (request) => request === lost;
      const clock = { now: NOW };
      const outbox = createOutbox({ store: memoryStore(), destinations: { pipedrive: connector }, fetch, now: () => clock.now });
      for (const id of ['first', 'second']) await outbox.put({ ...LEAD, id }, { print: id, person: 'ada' });
      for (let turn = 0; turn < 50; turn++) {
        const due = await outbox.drain();
        if (due === null) break;
        clock.now = Math.max(due, clock.now + 1);
      }
      assert.deepEqual((await outbox.report()).destinations.pipedrive.counts, { queued: 0, held: 0, sent: 2, merged: 0, dead: 0 });
      assert.deepEqual(leads.map(({ origin_id }) => origin_id).sort(), ['first', 'second']);
      assert.equal(persons.length, 1);
    });
  }

  test('looks for a person only by an address', async () => {
    const without = { ...payload, person: { name: 'Ada' } };
    const { method, url } = await connector.request(without, ATTEMPT);
    assert.deepEqual([method, url], ['POST', 'https://api.pipedrive.com/api/v2/persons']);
  });
});

describe('Attio', () => {
  const connector = attio({ token: 't', attributes: { lead_score: 'score', lead_grade: 'grade' } });

  test('is sent what its client would send', async () => {
    /** @type {AttioRecord} */
    const record = {
      data: {
        values: {
          email_addresses: ['ada@example.org'],
          name: [{ first_name: 'Ada', last_name: 'Lovelace', full_name: 'Ada Lovelace' }],
          lead_score: [87],
          lead_grade: ['A'],
        },
      },
    };
    const { method, url, body = '' } = await requestOf(connector);
    assert.deepEqual([method, url], ['PUT', 'https://api.attio.com/v2/objects/people/records?matching_attribute=email_addresses']);
    assert.deepEqual(JSON.parse(body), record);
  });

  means(connector, [
    ...CONVENTIONS,
    ['', 200, { data: { id: { record_id: 'r1' } } }, { verdict: 'sent', remote: 'r1' }],
    ['and nothing', 200, {}, { verdict: 'retry', code: 'not-understood' }],
  ]);
});

describe('a message', () => {
  const connector = slack({ url: 'https://chat.test/hook', when: ({ score }) => score.grade === 'A' });

  test('says who it is and why, and what was entered mentions nobody', async () => {
    const facts = { ...LEAD.facts, message: 'Call <!channel> & me\nsoon', contact: { name: 'Ada <https://evil.test|L>', phone: '01' } };
    const { body } = await connector.request(payloadOf(connector, { ...LEAD, facts }), ATTEMPT);
    assert.equal(JSON.parse(String(body)).text, [
      'A · 87 · hot: Ada &lt;https://evil.test|L&gt;, Analytical Engines', '01', '• size', '> Call &lt;!channel&gt; &amp; me', '> soon'].join('\n'));
  });

  test('is sent of those leads alone that are worth one', async () => {
    /** @type {string[]} */
    const sent = [];
    const fetch = async (/** @type {Request} */ request) => (sent.push(new URL(request.url).hostname), new Response('ok'));
    const destinations = { chat: connector, crm: webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }) };
    const outbox = createOutbox({ store: memoryStore(), destinations, fetch, now: () => NOW });
    await outbox.put(leadOf('hot', { grade: 'A' }), { print: '1', person: '' });
    await outbox.put(leadOf('cold', { grade: 'C' }), { print: '2', person: '' });
    await outbox.drain();
    assert.deepEqual(sent.sort(), ['chat.test', 'crm.test', 'crm.test']);
  });

  means(connector, [...CONVENTIONS, ['', 200, 'ok', { verdict: 'sent' }]]);
});

describe('a template', () => {
  const connector = rest({ url: 'https://crm.test/{id}?n={name}', method: 'PUT', headers: { key: 'k' },
    template: { a: '{score}', b: 'Grade {grade} of {model}', c: '{phone}', d: ['{title}', '{facts.company.name}'], e: true, f: { g: '{nothing.there}' } } });

  test('is filled in: values as they are, texts as texts, what is unknown not at all', async () => {
    const { url, method, headers, body = '' } = await requestOf(connector);
    assert.deepEqual([url, method, headers.key], ['https://crm.test/01JD8WJ5Q8Z7K2?n=Ada%20Lovelace', 'PUT', 'k']);
    assert.deepEqual(JSON.parse(body), { a: 87, b: 'Grade A of edge 7', d: ['Analytical Engines'], e: true, f: {} });
  });

  test('takes nothing from what was entered for its own', () => {
    const lead = { ...LEAD, facts: { contact: { name: '{trust}" {score}', email: 'a/../b?c@d.fr' } } };
    const { url, body } = payloadOf(rest({ url: 'https://crm.test/{email}', template: { n: '{name}', p: '{facts.__proto__.x}' } }), lead);
    assert.deepEqual([url, body], ['https://crm.test/a%2F..%2Fb%3Fc%40d.fr', { n: '{trust}" {score}' }]);
  });

  means(connector, [...CONVENTIONS, ['', 200, '', { verdict: 'sent' }]]);
});

describe('presets', () => {
  /** @type {BrevoContact} */
  const brevoContact = {
    email: 'ada@example.org',
    updateEnabled: true,
    attributes: { FIRSTNAME: 'Ada', LASTNAME: 'Lovelace', LEAD_SCORE: 87 },
    listIds: [2],
  };
  const host = 'https://crm.test';
  /** @type {[string, Connector, string, unknown][]} */
  const requests = [
    ['Brevo', brevo({ key: 'k', attributes: { LEAD_SCORE: '{score}' }, lists: [2] }), 'https://api.brevo.com/v3/contacts', brevoContact],
    ['BottleCRM', bottleCrm({ url: `${host}/api/public/leads/1/`, key: 'k', fields: { score: { total: '{score}' } } }), `${host}/api/public/leads/1/`, {
      external_id: LEAD.id, occurred_at: '2026-11-22T09:00:00.000Z', first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org',
      company_name: 'Analytical Engines', score: { total: 87 } }],
    ['EspoCRM', espoCrm({ host, key: 'k', fields: { cScore: '{score}' } }), `${host}/api/v1/LeadCapture/k`, {
      firstName: 'Ada', lastName: 'Lovelace', emailAddress: 'ada@example.org', accountName: 'Analytical Engines', cScore: 87 }],
    ['Mautic', mautic({ host, authorization: 'Basic x', fields: { lead_score_ext: '{score}' } }), `${host}/api/contacts/new`, {
      email: 'ada@example.org', firstname: 'Ada', lastname: 'Lovelace', company: 'Analytical Engines', overwriteWithBlank: false, lead_score_ext: 87 }],
    ['Twenty', twenty({ key: 'k', fields: { leadScore: '{score}' } }), 'https://api.twenty.com/rest/batch/people?upsert=true', [
      { name: { firstName: 'Ada', lastName: 'Lovelace' }, emails: { primaryEmail: 'ada@example.org' }, leadScore: 87 }]],
    ['ActiveCampaign', activeCampaign({ host, key: 'k', fields: { 12: '{score}' } }), `${host}/api/3/contact/sync`, {
      contact: { email: 'ada@example.org', firstName: 'Ada', lastName: 'Lovelace', fieldValues: [{ field: '12', value: 87 }] } }],
    ['Freshsales', freshsales({ host, key: 'k', fields: { cf_score_ext: '{score}' } }), `${host}/crm/sales/api/contacts/upsert`, {
      unique_identifier: { emails: 'ada@example.org' },
      contact: { first_name: 'Ada', last_name: 'Lovelace', emails: 'ada@example.org', custom_field: { cf_score_ext: 87 } } }],
  ];
  for (const [name, connector, url, body] of requests) {
    test(`${name} is sent what its documentation says`, async () => {
      const request = await requestOf(connector);
      assert.deepEqual([request.url, JSON.parse(String(request.body))], [url, body]);
    });
  }

  describe('BottleCRM', () =>
    means(bottleCrm({ url: host, key: 'k' }), [
      ...CONVENTIONS,
      ['created', 201, { result: 'created', lead: 'u1' }, { verdict: 'sent', remote: 'u1' }],
      ['sent before', 200, { result: 'duplicate' }, { verdict: 'sent' }],
      ['known by address', 200, { result: 'merged' }, { verdict: 'merged' }],
      ['and nothing', 200, '', { verdict: 'retry', code: 'not-understood' }],
      ['rejected', 400, { result: 'rejected' }, 'dead'],
    ]));
  describe('Brevo', () =>
    means(brevo({ key: 'k' }), [...CONVENTIONS, ['created', 201, { id: 21 }, { verdict: 'sent', remote: '21' }], ['updated', 204, '', { verdict: 'merged' }]]));
  describe('ActiveCampaign', () =>
    means(activeCampaign({ host, key: 'k' }), [...CONVENTIONS, ['', 201, { contact: { id: '3' } }, { verdict: 'sent', remote: '3' }],
      ['and nothing', 202, '', { verdict: 'retry', code: 'not-understood' }]]));
});

test('every connector makes a payload of a lead of which nothing is known', () => {
  /** @type {Lead} */
  const nobody = { ...LEAD, facts: {}, score: { ...LEAD.score, value: null, grade: null, reasons: [], route: null } };
  const all = [webhook({ url: 'https://x.test', secret: WEBHOOK_SECRET }), hubspot({ token: 't' }), hubspotForm({ token: 't', portal: '1', form: 'a' }),
    salesforce({ host: 'https://x.test', clientId: 'a', clientSecret: 'b', externalId: 'X__c' }), pipedrive({ token: 't' }), attio({ token: 't' }),
    bottleCrm({ url: 'https://x.test', key: 'k' }), brevo({ key: 'k' }), espoCrm({ host: 'https://x.test', key: 'k' }),
    mautic({ host: 'https://x.test', authorization: 'a' }), twenty({ key: 'k' }), activeCampaign({ host: 'https://x.test', key: 'k' }), freshsales({ host: 'https://x.test', key: 'k' })];
  for (const connector of all) {
    for (const facts of [{}, { contact: 'x', company: [1] }, { contact: { name: 3, email: {} } }]) assert.ok(payloadOf(connector, { ...nobody, facts }));
  }
});

test('a preview shows what would be sent, and no secret', async () => {
  const destinations = { crm: hubspot({ token: 'a secret' }), hook: webhook({ url: 'https://x.test', secret: WEBHOOK_SECRET }) };
  const outbox = createOutbox({ store: memoryStore(), destinations, fetch: () => assert.fail('nothing is sent') });
  const { crm, hook } = await outbox.preview(LEAD);
  assert.deepEqual(crm.headers, { authorization: '…', 'content-type': 'application/json' });
  assert.deepEqual([hook.headers['webhook-id'], hook.headers['webhook-signature']], [LEAD.id, '…']);
  assert(!JSON.stringify({ crm, hook }).includes('secret'));
});
