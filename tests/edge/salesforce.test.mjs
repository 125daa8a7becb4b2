/**
 * Salesforce as a server that `jsforce`, a client of many years, gets on with: what it sends and what we send are the same, and it reads
 * the same out of the answers. No organisation of Salesforce itself was reached.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, beforeEach, describe, test } from 'node:test';
import { createOutbox, memoryStore, salesforce, salesforceWebToLead } from 'leadscore/edge';
import { HOUR, NOW, leadOf } from './world.mjs';

// The HTTP library that it brings runs on Node 22 and later alone; `fetch` of the platform does the same here.
const require = createRequire(import.meta.resolve('jsforce'));
const undici = require.resolve('undici');
const fetches = {
  fetch: (/** @type {string} */ url, /** @type {any} */ { dispatcher, ...init }) => fetch(url, init),
  Response,
  Agent: class {},
  ProxyAgent: class {},
  errors: { SocketError: class {} },
};
require.cache[undici] = /** @type {any} */ ({ id: undici, filename: undici, loaded: true, exports: fetches });
const { default: jsforce } = await import('jsforce');

const CLIENT = { clientId: 'id', clientSecret: 'a secret' };
const TOKEN = 'token-1';

/** @type {{ leads: Map<string, any>, requests: { method: string, path: string, body: any }[], answer: null | ((path: string) => [number, unknown] | undefined), token: string }} */
const org = { leads: new Map(), requests: [], answer: null, token: TOKEN };
const server = createServer(async (request, response) => {
  const text = (await request.toArray()).join('');
  const url = new URL(String(request.url), 'http://x');
  const form = /urlencoded/.test(String(request.headers['content-type']));
  const body = text === '' ? null : form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  org.requests.push({ method: String(request.method), path: decodeURIComponent(url.pathname), body });
  const [status, said] = org.answer?.(url.pathname) ?? answerOf(request, url, body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(said === undefined ? '' : JSON.stringify(said));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
after(() => (server.closeAllConnections(), server.close()));
const host = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
beforeEach(() => Object.assign(org, { leads: new Map(), requests: [], answer: null, token: TOKEN }));

/** @param {import('node:http').IncomingMessage} request @param {URL} url @param {any} body @returns {[number, unknown]} */
function answerOf({ method, headers }, url, body) {
  if (url.pathname === '/services/oauth2/token') {
    if (body.grant_type !== 'client_credentials' || body.client_secret !== CLIENT.clientSecret) return [400, { error: 'invalid_client', error_description: 'invalid client credentials' }];
    return [200, { access_token: org.token, instance_url: host, id: `${host}/id/00D/005`, token_type: 'Bearer', issued_at: '1', signature: 'x' }];
  }
  if (headers.authorization !== `Bearer ${org.token}`) return [401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]];
  const [, single] = /^\/services\/data\/v62\.0\/sobjects\/Lead\/Ext__c\/([^/]+)$/.exec(url.pathname) ?? [];
  if (single && method === 'PATCH') {
    const { errors, ...done } = written(decodeURIComponent(single), body);
    if (errors.length > 0) return [400, errors.map(({ statusCode, ...error }) => ({ ...error, errorCode: statusCode }))];
    return [done.created ? 201 : 200, { ...done, errors }];
  }
  if (url.pathname === '/services/data/v62.0/composite/sobjects/Lead/Ext__c' && method === 'PATCH') {
    return [200, body.records.map((/** @type {any} */ { attributes, Ext__c, ...values }) => (attributes.type === 'Lead' ? written(Ext__c, values) : null))];
  }
  if (url.pathname === '/services/data/v62.0/query') {
    const ids = [...(url.searchParams.get('q') ?? '').matchAll(/'([^']+)'/g)].map(([, id]) => id);
    const records = ids.flatMap((id) => (org.leads.has(id) ? [{ attributes: { type: 'Lead' }, ...org.leads.get(id), Ext__c: id }] : []));
    return [200, { totalSize: records.length, done: true, records }];
  }
  return [404, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]];
}

/** @param {string} id @param {any} values @returns {{ id?: string, success: boolean, created: boolean, errors: { statusCode: string, message: string, fields: string[] }[] }} */
function written(id, values) {
  if (values.LastName === 'Nobody') return { success: false, created: false, errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid', fields: ['Email'] }] };
  const known = org.leads.get(id);
  org.leads.set(id, { ...known, ...values, Id: known?.Id ?? `00Q${String(org.leads.size).padStart(12, '0')}`, writes: (known?.writes ?? 0) + 1 });
  return { id: org.leads.get(id).Id, success: true, created: !known, errors: [] };
}

const connector = () => salesforce({ host, ...CLIENT, externalId: 'Ext__c', fields: { Score__c: 'score' } });
const client = () => new jsforce.Connection({ instanceUrl: host, accessToken: TOKEN, version: '62.0' });
const VALUES = { LastName: 'Lovelace', Company: 'Analytical Engines', LeadSource: 'Web', FirstName: 'Ada', Score__c: 50 };

/** @param {import('../../pkg/edge.js').Connector} [crm] */
function outboxWith(crm = connector()) {
  const clock = { now: NOW };
  const outbox = createOutbox({ store: memoryStore(), destinations: { crm }, now: () => clock.now });
  return {
    outbox,
    put: (/** @type {string} */ id, lastName = 'Lovelace') => {
      const lead = leadOf(id);
      return outbox.put({ ...lead, facts: { ...lead.facts, contact: { .../** @type {any} */ (lead.facts.contact), lastName } } }, { print: id, person: '' });
    },
    async settle() {
      for (let turn = 0, due = await outbox.drain(); due !== null && turn < 200; turn++, due = await outbox.drain()) clock.now = Math.max(due, clock.now + 1);
      return (await outbox.report()).destinations.crm;
    },
    later: (/** @type {number} */ wait) => void (clock.now += wait),
  };
}

describe('what jsforce sends, and what we send', () => {
  test('is the same for one lead', async () => {
    const { put, settle } = outboxWith();
    await put('first');
    assert.equal((await settle()).counts.sent, 1);
    const ours = org.requests.at(-1);
    const Email = 'first@frimas.test';
    const result = await client().sobject('Lead').upsert({ Ext__c: 'first', ...VALUES, Email }, 'Ext__c');
    assert.deepEqual([result.success, result.id, result.errors], [true, org.leads.get('first').Id, []], 'it reads the answer');
    const theirs = org.requests.at(-1);
    assert.deepEqual([ours?.method, ours?.path, ours?.body], [theirs?.method, theirs?.path, { ...theirs?.body }]);
  });

  test('is the same for the token, also when it is refused', async () => {
    const { put, settle } = outboxWith();
    await put('first');
    await settle();
    const [ours] = org.requests;
    const theirs = new jsforce.Connection({ oauth2: new jsforce.OAuth2({ loginUrl: host, ...CLIENT }) });
    await theirs.authorize(/** @type {any} */ ({ grant_type: 'client_credentials' }));
    assert.equal(theirs.accessToken, TOKEN);
    const asked = org.requests.findLast(({ path }) => path === '/services/oauth2/token');
    assert.deepEqual([ours.method, ours.path, ours.body], [asked?.method, asked?.path, asked?.body]);
    const wrong = new jsforce.Connection({ oauth2: new jsforce.OAuth2({ loginUrl: host, clientId: 'id', clientSecret: 'wrong' }) });
    await assert.rejects(() => wrong.authorize(/** @type {any} */ ({ grant_type: 'client_credentials' })), { name: 'invalid_client' });
    const { put: putWrong, outbox } = outboxWith(salesforce({ host, clientId: 'id', clientSecret: 'wrong', externalId: 'Ext__c' }));
    await putWrong('second');
    await outbox.drain();
    assert.equal((await outbox.report()).destinations.crm.held, 'unauthorized');
  });

  test('what it reads of what went in many at once is what we read', async () => {
    const { put, settle } = outboxWith();
    for (const [id, name] of [['first', 'Lovelace'], ['second', 'Nobody'], ['third', 'Hopper']]) await put(id, name);
    assert.deepEqual((await settle()).counts, { queued: 0, held: 0, sent: 2, merged: 0, dead: 1 });
    const [ours] = org.requests.filter(({ path }) => path.includes('composite'));
    assert.deepEqual([ours.method, ours.body.allOrNone, ours.body.records.length, ours.body.records[0].attributes], ['PATCH', false, 3, { type: 'Lead' }]);
    const results = /** @type {any[]} */ (await client().request({ method: 'PATCH', url: '/composite/sobjects/Lead/Ext__c', body: JSON.stringify(ours.body), headers: { 'content-type': 'application/json' } }));
    assert.deepEqual(results.map(({ success, errors }) => [success, errors[0]?.statusCode]).sort(), [[false, 'INVALID_EMAIL_ADDRESS'], [true, undefined], [true, undefined]].sort());
  });

  test('and what each has written the other finds', async () => {
    const { put, settle, outbox } = outboxWith();
    await put('first');
    await settle();
    const { records } = await client().query("SELECT Id, Ext__c, Score__c FROM Lead WHERE Ext__c IN ('first')");
    assert.deepEqual(records.map(({ Ext__c, Score__c }) => [Ext__c, Score__c]), [['first', 50]]);
    const { leads } = await outbox.compare('crm');
    assert.deepEqual(leads.map(({ lead, score, found }) => [lead, score, found]), [['first', 50, [{ remote: org.leads.get('first').Id, score: 50 }]]]);
  });
});

/** The errors as Salesforce has them, which jsforce reads too: what each means for the outbox. @type {[string, number, unknown, string][]} */
const ERRORS = [
  ['REQUEST_LIMIT_EXCEEDED', 403, [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }], 'queued'],
  ['UNABLE_TO_LOCK_ROW', 400, [{ message: 'unable to obtain exclusive access', errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }], 'queued'],
  ['SERVER_UNAVAILABLE', 503, [{ message: 'Server is busy', errorCode: 'SERVER_UNAVAILABLE' }], 'queued'],
  ['INVALID_FIELD', 400, [{ message: "No such column 'Score__c'", errorCode: 'INVALID_FIELD' }], 'held'],
  ['REQUIRED_FIELD_MISSING', 400, [{ message: 'Required fields are missing', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }], 'dead'],
  ['CANNOT_UPDATE_CONVERTED_LEAD', 400, [{ message: 'cannot reference converted lead', errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD', fields: [] }], 'merged'],
];
for (const [name, status, body, state] of ERRORS) {
  test(`${status} ${name}: jsforce reads it, and the lead is ${state}`, async () => {
    org.answer = (path) => (path.includes('sobjects') ? [status, body] : undefined);
    await assert.rejects(() => client().sobject('Lead').upsert({ Ext__c: 'first', ...VALUES }, 'Ext__c'), { errorCode: name });
    const { outbox, put } = outboxWith();
    await put('first');
    await outbox.drain();
    assert.equal(/** @type {any} */ ((await outbox.report()).destinations.crm.counts)[state], 1);
  });
}

test('250 leads are two requests and one token; a token that has run out costs no lead', async () => {
  const { put, settle } = outboxWith();
  for (let n = 0; n < 250; n++) await put(`lead-${n}`);
  assert.equal((await settle()).counts.sent, 250);
  assert.deepEqual(org.requests.map(({ path, body }) => (path.includes('token') ? 'token' : body.records.length)), ['token', 200, 50]);
  org.token = 'token-2';
  for (let n = 0; n < 10; n++) await put(`late-${n}`);
  const { counts, held } = await settle();
  assert.deepEqual([counts.sent, counts.dead, held, org.leads.size], [260, 0, null, 260]);
  assert([...org.leads.values()].every(({ writes }) => writes === 1), 'each is written once');
});

describe('Web-to-Lead', () => {
  const starter = salesforceWebToLead({ organisation: '00D000000000001', fields: { '00N5g000001AbCd': 'score', '00N5g000001AbCe': 'id' }, host });

  test('is sent the form that Salesforce documents', async () => {
    const { url, headers, body } = await starter.request(starter.payload(leadOf('first', { email: 'a+b@frimas.test' })), { id: 'first', now: NOW, progress: null, unknown: false });
    assert.deepEqual([url, headers], [`${host}/servlet/servlet.WebToLead?encoding=UTF-8&orgId=00D000000000001`, { 'content-type': 'application/x-www-form-urlencoded' }]);
    assert.equal(body, 'oid=00D000000000001&lead_source=Web&last_name=Lovelace&company=Analytical+Engines&first_name=Ada&email=a%2Bb%40frimas.test&00N5g000001AbCd=50&00N5g000001AbCe=first');
    const nobody = new URLSearchParams((await starter.request(starter.payload({ ...leadOf('first'), facts: {} }), { id: 'first', now: NOW, progress: null, unknown: false })).body);
    assert.deepEqual([nobody.get('last_name'), nobody.get('company')], ['–', '–']);
  });

  test('is sent at most 500 in any day', async () => {
    org.answer = () => [200, undefined];
    const { put, outbox, later } = outboxWith(starter);
    for (let n = 0; n < 700; n++) await put(`lead-${n}`);
    const sent = [];
    for (let hour = 0; hour < 48; hour++) {
      await outbox.drain();
      sent.push((await outbox.report()).destinations.crm.counts.sent);
      later(HOUR);
    }
    assert.equal(sent[0], 250);
    for (let hour = 24; hour < 48; hour++) assert(sent[hour] - (sent[hour - 24] ?? 0) <= 500, `hour ${hour}`);
    assert(sent[23] <= 500, `${sent[23]} on the first day`);
    assert.equal(sent[47], 700);
  });
});
