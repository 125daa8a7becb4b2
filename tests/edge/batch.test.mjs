/** Many leads in one request, with a HubSpot that refuses a batch for one bad lead, forgets some, or loses its answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutbox, hubspot, memoryStore, slack, webhook } from 'leadscore/edge';
import { HOUR, NOW, SECOND, WEBHOOK_SECRET, leadOf } from './world.mjs';

/** @typedef {import('@hubspot/api-client/lib/codegen/crm/contacts/index.js').BatchInputSimplePublicObjectBatchInputUpsert} Batch */
/** @typedef {Batch['inputs'][number]} Input */

/** How it behaves at one request. @typedef {'well' | 'down' | 'lost' | 'silent' | 'limit' | 'locked-out'} Mood */

/** A HubSpot with contacts by address. @param {{ mood?: (request: number) => Mood, bad?: (input: Input) => boolean, slow?: (input: Input) => boolean }} [given] */
function hubspotWith({ mood = () => 'well', bad = () => false, slow = () => false } = {}) {
  /** @type {Map<string, Input['properties'][]>} */
  const contacts = new Map();
  /** @type {number[]} */
  const sizes = [];
  const fetch = async (/** @type {Request} */ request) => {
    const { inputs } = /** @type {Batch} */ (await request.json());
    sizes.push(inputs.length);
    const now = mood(sizes.length);
    if (now === 'down') return new Response(null, { status: 503 });
    if (now === 'limit') return Response.json({ policyName: 'TEN_SECONDLY_ROLLING' }, { status: 429 });
    if (now === 'locked-out') return Response.json({ category: 'INVALID_AUTHENTICATION' }, { status: 401 });
    if (now === 'silent') return Response.json({ status: 'COMPLETE', results: [], errors: [] });
    const ids = inputs.map(({ id }) => id);
    // As the real one: one bad or double contact and nothing is written.
    if (new Set(ids).size < ids.length || inputs.some(bad)) return Response.json({ category: 'VALIDATION_ERROR', message: 'of some input' }, { status: 400 });
    const [errors, results] = /** @type {any[][]} */ ([[], []]);
    for (const input of inputs) {
      if (slow(input) && inputs.length > 1) {
        errors.push({ category: 'CONFLICT', context: { objectWriteTraceId: [input.objectWriteTraceId] } });
        continue;
      }
      const known = contacts.get(input.id) ?? [];
      contacts.set(input.id, [...known, input.properties]);
      results.push({ id: input.id.length, new: known.length === 0, objectWriteTraceId: input.objectWriteTraceId });
    }
    if (now === 'lost') throw new TypeError('fetch failed');
    return Response.json({ status: 'COMPLETE', results, errors }, { status: errors.length > 0 ? 207 : 200 });
  };
  return { contacts, sizes, fetch };
}

/** @param {(request: Request) => Promise<Response>} fetch @param {Record<string, import('../../pkg/edge.js').Connector>} [destinations] */
function outboxWith(fetch, destinations = { crm: hubspot({ token: 't', properties: { score: 'score' } }) }) {
  const clock = { now: NOW };
  const log = /** @type {import('../../pkg/edge.js').LogEntry[]} */ ([]);
  const outbox = createOutbox({ store: memoryStore(), destinations, fetch, now: () => clock.now, log: (entry) => void log.push(entry) });
  return {
    outbox,
    clock,
    log,
    put: (/** @type {string} */ id, /** @type {object} */ more = {}) => outbox.put(leadOf(id, more), { print: id, person: '' }),
    async settle() {
      for (let turn = 0, due = await outbox.drain(); due !== null; turn++, due = await outbox.drain()) {
        assert(turn < 400, 'it comes to an end');
        clock.now = Math.max(due, clock.now + 1);
      }
      return (await outbox.report()).destinations.crm.counts;
    },
  };
}

test('600 leads are six requests, the best first, and each is told of by itself', async () => {
  const { contacts, sizes, fetch } = hubspotWith();
  const { put, settle, log } = outboxWith(fetch);
  for (let n = 0; n < 600; n++) await put(`lead-${n}`, { grade: n % 6 === 0 ? 'A' : 'C', value: n % 90 });
  assert.deepEqual(await settle(), { queued: 0, held: 0, sent: 600, merged: 0, dead: 0 });
  assert.deepEqual([sizes, contacts.size], [[100, 100, 100, 100, 100, 100], 600]);
  const first = log.filter(({ event }) => event === 'sent').slice(0, 100);
  assert(first.every(({ lead }) => Number(lead?.slice(5)) % 6 === 0), 'A before C');
  assert.equal(log.filter(({ event }) => event === 'batch').length, 6);
});

test('one bad lead costs itself alone', async () => {
  const { contacts, fetch, sizes } = hubspotWith({ bad: ({ id }) => id === 'lead-7@frimas.test' });
  const { outbox, put, settle } = outboxWith(fetch);
  for (let n = 0; n < 20; n++) await put(`lead-${n}`);
  assert.deepEqual(await settle(), { queued: 0, held: 0, sent: 19, merged: 0, dead: 1 });
  assert.deepEqual((await outbox.list('crm', 'dead')).map(({ lead, code }) => [lead, code]), [['lead-7', 'refused']]);
  assert.equal(contacts.size, 19);
  assert([...contacts.values()].every((written) => written.length === 1), 'nobody is written twice');
  assert.deepEqual(sizes, [20, ...Array(20).fill(1)]);
});

test('two leads of one person do not go together, and both arrive', async () => {
  const { contacts, fetch } = hubspotWith();
  const { put, settle } = outboxWith(fetch);
  for (const [id, email] of [['first', 'ada@frimas.test'], ['second', 'Ada@frimas.test'], ['third', 'bo@frimas.test']]) await put(id, { email });
  const { sent, merged, dead } = await settle();
  assert.deepEqual([sent + merged, dead], [3, 0]);
  assert.deepEqual([...contacts].map(([email, written]) => [email.toLowerCase(), written.length]).sort(), [['ada@frimas.test', 1], ['ada@frimas.test', 1], ['bo@frimas.test', 1]]);
});

test('what the answer does not speak of, or speaks of as busy, is sent again', async () => {
  const { contacts, fetch } = hubspotWith({ slow: ({ id }) => id === 'lead-3@frimas.test', mood: (request) => (request === 1 ? 'silent' : 'well') });
  const { put, settle } = outboxWith(fetch);
  for (let n = 0; n < 5; n++) await put(`lead-${n}`);
  assert.deepEqual(await settle(), { queued: 0, held: 0, sent: 5, merged: 0, dead: 0 });
  assert.deepEqual([contacts.size, Math.max(...[...contacts.values()].map((written) => written.length))], [5, 1]);
});

for (const [mood, expected] of /** @type {[Mood, number][]} */ ([['lost', 2], ['down', 1], ['limit', 1]])) {
  test(`a batch that ends badly (${mood}) is one failure, and nobody is lost`, async () => {
    const { contacts, fetch } = hubspotWith({ mood: (request) => (request === 1 ? mood : 'well') });
    const { outbox, put, settle } = outboxWith(fetch);
    for (let n = 0; n < 50; n++) await put(`lead-${n}`);
    await outbox.drain();
    const { failures, until } = (await outbox.report()).destinations.crm;
    assert.deepEqual([failures, until > NOW + 9 * SECOND], mood === 'limit' ? [0, true] : [1, false]);
    const { sent, merged, dead } = await settle();
    assert.deepEqual([sent + merged, dead, contacts.size], [50, 0, 50]);
    // Written again it is the same contact.
    assert.equal(Math.max(...[...contacts.values()].map((written) => written.length)), expected);
  });
}

test('wrong credentials hold all of them, and one lead finds out that they are right again', async () => {
  let right = false;
  const { contacts, fetch, sizes } = hubspotWith({ mood: () => (right ? 'well' : 'locked-out') });
  const { outbox, clock, put, settle } = outboxWith(fetch);
  for (let n = 0; n < 30; n++) await put(`lead-${n}`);
  await outbox.drain();
  assert.deepEqual((await outbox.report()).destinations.crm.counts, { queued: 0, held: 30, sent: 0, merged: 0, dead: 0 });
  right = true;
  clock.now += HOUR;
  assert.deepEqual(await settle(), { queued: 0, held: 0, sent: 30, merged: 0, dead: 0 });
  assert.deepEqual([contacts.size, sizes], [30, [30, 1, 29]]);
});

test('a hot lead is told before it is written, and a chat that is down delays nothing', async () => {
  for (const chatIsUp of [true, false]) {
    const order = /** @type {string[]} */ ([]);
    const fetch = async (/** @type {Request} */ request) => {
      order.push(new URL(request.url).hostname);
      await new Promise((resolve) => setImmediate(resolve));
      return new Response(null, { status: chatIsUp || !request.url.includes('chat') ? 200 : 503 });
    };
    const { put, outbox } = outboxWith(fetch, {
      crm: webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }),
      chat: slack({ url: 'https://chat.test/', when: ({ score }) => score.grade === 'A' }),
    });
    await put('hot', { grade: 'A' });
    await outbox.drain();
    assert.deepEqual(order.slice(0, 2), ['chat.test', 'crm.test']);
    assert.equal((await outbox.report()).destinations.crm.counts.sent, 1);
  }
});

test('while it is dry nothing is sent, and what would be is shown of one that is kept, without secrets', async () => {
  const destinations = { crm: hubspot({ token: 'a secret' }), chat: slack({ url: 'https://chat.test/', when: () => false }) };
  const outbox = createOutbox({ store: memoryStore(), destinations, dry: true, fetch: () => assert.fail('nothing is sent'), now: () => NOW });
  await outbox.put(leadOf('first'), { print: '1', person: '' });
  assert.deepEqual([await outbox.drain(), (await outbox.report()).destinations.crm.counts.queued], [null, 1]);
  const { crm, ...others } = await outbox.preview('first');
  assert.deepEqual([crm.url, crm.headers.authorization, others], ['https://api.hubapi.com/crm/objects/2026-03/contacts/batch/upsert', '…', {}]);
  assert.match(String(crm.body), /first@frimas\.test/);
  assert.deepEqual(await outbox.preview('nobody'), {});
});
