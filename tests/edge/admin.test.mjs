/** The way of a lead that a CRM refuses, through the administration: what would be sent, what was said, another content, sent again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutbox, memoryStore, rest } from 'leadscore/edge';
import { NOW, edge, form } from './world.mjs';

const TOKEN = 'a token of the administrator, for tests alone';

test('a lead that was refused is looked at, changed and sent again: once, and as it was changed', async () => {
  const taken = /** @type {any[]} */ ([]);
  const fetch = async (/** @type {Request} */ request) => {
    const body = await request.json();
    if (body.score > 20) return new Response('score: at most 20', { status: 422 });
    taken.push(body);
    return new Response(null, { status: 201 });
  };
  const crm = rest({ url: 'https://crm.test/leads', headers: { key: 'a secret of the vendor' }, template: { id: '{id}', email: '{email}', score: '{score}' } });
  const outbox = createOutbox({ store: memoryStore(), destinations: { crm }, fetch, now: () => NOW });
  const { handler } = edge({ outbox, adminToken: TOKEN });
  /** @param {string} query @param {object} [body] @returns {Promise<any>} */
  const admin = async (query, body) => {
    const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/json' };
    return (await handler.fetch(new Request(`https://edge.test/admin/outbox${query}`, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) }))).json();
  };

  await handler.fetch(form({ _id: 'lead-refused', email: 'ada@frimas.test', country: 'FR' }));
  const { requests } = await admin('?preview=lead-refused');
  assert.deepEqual([requests.crm.url, requests.crm.headers.key, JSON.parse(requests.crm.body)], ['https://crm.test/leads', '…', { id: 'lead-refused', email: 'ada@frimas.test', score: 25 }]);
  await outbox.drain();
  const { deliveries: [refused] } = await admin('?destination=crm&state=dead');
  assert.deepEqual([refused.lead, refused.code, refused.status, refused.detail], ['lead-refused', 'refused', 422, 'score: at most 20']);

  // As it was it is refused again.
  assert.deepEqual(await admin('', { replay: 'crm', lead: 'lead-refused' }), { replayed: 1 });
  await outbox.drain();
  assert.equal((await admin('')).destinations.crm.counts.dead, 1);

  const payload = JSON.parse(refused.payload);
  payload.body.score = 20;
  assert.deepEqual(await admin('', { replay: 'crm', lead: 'lead-refused', payload }), { replayed: 1 });
  await outbox.drain();
  assert.deepEqual([taken, (await admin('')).destinations.crm.counts.sent], [[{ id: 'lead-refused', email: 'ada@frimas.test', score: 20 }], 1]);
  // What has arrived is not sent again.
  assert.deepEqual(await admin('', { replay: 'crm', lead: 'lead-refused', payload }), { replayed: 0 });
  await outbox.drain();
  assert.equal(taken.length, 1);
  assert.deepEqual(await admin('?preview=nobody'), { requests: {} });
});
