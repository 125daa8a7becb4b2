/**
 * Odoo, in both of its ways, as its documentation has them: no server of it was reached. A fake that loses answers shows that a lead is
 * made once.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createOutbox, memoryStore, odoo } from 'leadscore/edge';
import { NOW, leadOf } from './world.mjs';

/** @typedef {import('../../pkg/edge.js').Verdict} Verdict */

const LEAD = leadOf('01JD8WJ5Q8Z7K2', { grade: 'A', value: 87, email: 'ada@example.org' });
const ATTEMPT = { id: LEAD.id, now: NOW, progress: null, unknown: false };
const OPTIONS = { host: 'https://x.odoo.com', database: 'x', key: 'k', fields: { x_lead_score: 'score', x_lead_grade: 'grade' } };
const json2 = odoo(OPTIONS);
const jsonRpc = odoo({ ...OPTIONS, user: 2 });
const VALUES = {
  name: 'Analytical Engines', type: 'lead', priority: '3', contact_name: 'Ada Lovelace', email_from: 'ada@example.org', partner_name: 'Analytical Engines',
  x_lead_score: 87, x_lead_grade: 'A', x_ext_id: LEAD.id,
};
const payload = JSON.parse(JSON.stringify(json2.payload(LEAD)));

test('JSON-2 is sent what its documentation says', async () => {
  const { url, method, headers, body } = await json2.request(payload, ATTEMPT);
  assert.deepEqual([method, url, headers], ['POST', 'https://x.odoo.com/json/2/crm.lead/create', { 'content-type': 'application/json', authorization: 'bearer k', 'x-odoo-database': 'x' }]);
  assert.deepEqual(JSON.parse(String(body)), { vals_list: [VALUES] });
  const look = await json2.request(payload, { ...ATTEMPT, unknown: true });
  assert.deepEqual([look.url, JSON.parse(String(look.body))], ['https://x.odoo.com/json/2/crm.lead/search_read', { domain: [['x_ext_id', 'in', [LEAD.id]]], fields: ['id'] }]);
  const write = await json2.request(payload, { ...ATTEMPT, revision: 2, progress: { lead: 7 } });
  assert.deepEqual([write.url, JSON.parse(String(write.body))], ['https://x.odoo.com/json/2/crm.lead/write', { ids: [7], vals: VALUES }]);
});

test('JSON-RPC is sent what its documentation says', async () => {
  const { url, headers, body } = await jsonRpc.request(payload, ATTEMPT);
  assert.deepEqual([url, headers], ['https://x.odoo.com/jsonrpc', { 'content-type': 'application/json' }]);
  assert.deepEqual(JSON.parse(String(body)), {
    jsonrpc: '2.0', method: 'call', id: 1, params: { service: 'object', method: 'execute_kw', args: ['x', 2, 'k', 'crm.lead', 'create', [[VALUES]]] },
  });
});

describe('answers', () => {
  const rpc = (/** @type {string} */ name, /** @type {string} */ message) => ({ jsonrpc: '2.0', id: 1, error: { code: 200, message: 'Odoo Server Error', data: { name, message, debug: 'Traceback: a secret' } } });
  const plain = (/** @type {string} */ name, /** @type {string} */ message) => ({ name, message, arguments: [message], context: {}, debug: 'Traceback: a secret' });
  /** @type {[string, number, string, string, Verdict | Verdict['verdict']][]} */
  const errors = [
    ['a wrong key', 401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey', { verdict: 'hold', code: 'unauthorized' }],
    ['no right to write', 403, 'odoo.exceptions.AccessError', 'You are not allowed to create', { verdict: 'hold', code: 'unauthorized' }],
    ['a field that is not there', 422, 'builtins.ValueError', "Invalid field 'x_lead_score' on model 'crm.lead'", { verdict: 'hold', code: 'not-there' }],
    ['a value that is none', 422, 'odoo.exceptions.ValidationError', 'Wrong value', { verdict: 'dead', code: 'refused', detail: 'Wrong value' }],
    ['a lead that is there', 422, 'odoo.exceptions.ValidationError', 'duplicate key value violates unique constraint', { verdict: 'next', progress: { look: true } }],
    ['a database that is busy', 500, 'psycopg2.errors.SerializationFailure', 'could not serialize access', 'retry'],
  ];
  for (const [name, status, exception, message, expected] of errors) {
    for (const [way, connector, answer] of /** @type {const} */ ([['JSON-2', json2, { status, body: plain(exception, message) }], ['JSON-RPC', jsonRpc, { status: 200, body: rpc(exception, message) }]])) {
      test(`${way}: ${name}`, () => {
        const verdict = connector.classify({ status: answer.status, headers: new Headers(), body: JSON.stringify(answer.body) }, ATTEMPT);
        if (typeof expected === 'string') assert.equal(verdict.verdict, expected);
        else assert.deepEqual(verdict, expected);
        assert(!JSON.stringify(verdict).includes('secret'), 'no trace of its inside is kept');
      });
    }
  }

  test('a success says which lead it is; one that says nothing is none', () => {
    const means = (/** @type {import('../../pkg/edge.js').Connector} */ connector, /** @type {unknown} */ body, status = 200) => connector.classify({ status, headers: new Headers(), body: JSON.stringify(body) }, ATTEMPT);
    assert.deepEqual(means(json2, [7]), { verdict: 'sent', remote: '7' });
    assert.deepEqual(means(jsonRpc, { jsonrpc: '2.0', result: [7] }), { verdict: 'sent', remote: '7' });
    for (const body of [[], {}, '', null]) assert.deepEqual(means(json2, body), { verdict: 'retry', code: 'not-understood' });
    assert.deepEqual(means(jsonRpc, {}), { verdict: 'retry', code: 'not-understood' });
    assert.equal(means(json2, '', 502).verdict, 'retry');
    assert.equal(means(json2, '', 404).verdict, 'hold');
  });
});

/** An Odoo in both ways; what is asked for is done, and some answers are lost. */
function fake() {
  const leads = /** @type {any[]} */ ([]);
  const state = { requests: 0, lose: (/** @type {number} */ _request) => false };
  const fetch = async (/** @type {Request} */ request) => {
    const body = await request.json();
    const rpc = body.params?.args;
    const method = rpc ? rpc[4] : new URL(request.url).pathname.split('/').at(-1);
    const named = rpc ? { search_read: { domain: rpc[5][0] }, create: { vals_list: rpc[5][0] }, write: { ids: rpc[5][0], vals: rpc[5][1] } }[/** @type {string} */ (method)] : body;
    const result = () => {
      if (method === 'search_read') return leads.filter(({ x_ext_id }) => named.domain[0][2].includes(x_ext_id));
      if (method === 'write') return Object.assign(leads[named.ids[0] - 1], named.vals), true;
      return named.vals_list.map((/** @type {any} */ values) => leads.push({ ...values, id: leads.length + 1 }));
    };
    const done = result();
    if (state.lose(++state.requests)) throw new TypeError('fetch failed');
    return Response.json(rpc ? { jsonrpc: '2.0', id: 1, result: done } : done);
  };
  return { leads, state, fetch };
}

for (const [way, connector] of /** @type {const} */ ([['JSON-2', json2], ['JSON-RPC', jsonRpc]])) {
  for (const lost of [0, 1, 2, 3]) {
    test(`${way}: a lead is made once and written over with what becomes known, whichever answer is lost: ${lost || 'none'}`, async () => {
      const { leads, state, fetch } = fake();
      state.lose = (request) => request === lost;
      const clock = { now: NOW };
      const outbox = createOutbox({ store: memoryStore(), destinations: { odoo: connector }, fetch, now: () => clock.now });
      const settle = async () => {
        for (let due = await outbox.drain(); due !== null; due = await outbox.drain()) clock.now = Math.max(due, clock.now + 1);
      };
      for (const id of ['first', 'second']) await outbox.put(leadOf(id, { value: 50 }), { print: id, person: '' });
      await settle();
      await outbox.amend({ ...leadOf('first', { value: 90 }), amendedAt: NOW + 1 });
      await settle();
      assert.deepEqual(leads.map(({ x_ext_id, x_lead_score }) => [x_ext_id, x_lead_score]).sort(), [['first', 90], ['second', 50]]);
      assert.deepEqual((await outbox.report()).destinations.odoo.counts, { queued: 0, held: 0, sent: 2, merged: 0, dead: 0 });
      const { leads: compared } = await outbox.compare('odoo');
      assert.deepEqual(compared.map(({ lead, score, found }) => [lead, score, found?.map((one) => one.score)]), [['first', 90, [90]], ['second', 50, [50]]]);
    });
  }
}
