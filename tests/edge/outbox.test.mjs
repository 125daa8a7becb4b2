/**
 * The outbox under everything that can happen to it, in a time of its own: the CRM fails in every way, the process is ended at any
 * moment, and in the end the leads are counted.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import Database from 'libsql';
import { createOutbox, memoryStore, sqlStore, sqliteStore, webhook } from 'leadscore/edge';
import { d1 } from '../../pkg/edge/stores/d1.js';
import { d1Of } from './d1.mjs';
import { HOUR, MINUTE, NOW, SECOND, WEBHOOK_SECRET, chance, leadOf } from './world.mjs';

/** @typedef {import('../../pkg/edge.js').Store} Store */
/** @typedef {import('../../pkg/edge.js').Connector} Connector */

/** @type {Record<string, () => Store>} */
const STORES = {
  memory: memoryStore,
  sqlite: () => sqliteStore(new Database(':memory:')),
  D1: () => sqlStore(d1(d1Of())),
};

class Killed extends Error {}

/**
 * A process that ends at some write to the store, before or after it, and of which nothing is heard again.
 * @param {Store} store
 * @param {() => boolean} dies
 */
function mortal(store, dies) {
  let dead = false;
  const live = () => {
    if (dead) throw new Killed();
  };
  const end = () => {
    dead = true;
    throw new Killed();
  };
  const mortalStore = /** @type {Store} */ (
    new Proxy(store, {
      get: (_, name) => async (/** @type {unknown[]} */ ...values) => {
        live();
        if (dies()) end();
        const result = await /** @type {any} */ (store)[name](...values);
        if (dies()) end();
        return result;
      },
    })
  );
  return { store: mortalStore, isDead: () => dead };
}

/**
 * A CRM that knows a lead by the id of the webhook, as receivers of Standard Webhooks do.
 * @param {() => 'up' | 'refused' | '503' | '429' | 'lost' | 'broken'} mood
 */
function crm(mood) {
  const rows = new Map();
  /** @type {{ at: number, id: string, stored: boolean }[]} */
  const requests = [];
  const clock = { now: NOW };
  /** @param {Request} request */
  const fetch = async (request) => {
    const [id, body, now] = [String(request.headers.get('webhook-id')), await request.text(), mood()];
    const stored = now === 'up' || now === 'lost';
    requests.push({ at: clock.now, id, stored });
    if (stored) rows.set(id, [...(rows.get(id) ?? []), body]);
    switch (now) {
      case 'up':
        return new Response(null, { status: 200 });
      case '429':
        return new Response(null, { status: 429, headers: { 'retry-after': '2' } });
      case '503':
        return new Response('down', { status: 503 });
      case 'broken':
        return new Response('error', { status: 500 });
    }
    throw new TypeError('fetch failed');
  };
  return { rows, requests, clock, fetch };
}

const destination = (/** @type {Partial<Connector>} */ more = {}) => ({ ...webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }), ...more });

/** Drains until nothing is left to do, or until the given instant. @param {import('../../pkg/edge.js').Outbox} outbox @param {{ now: number }} clock */
async function drained(outbox, clock, until = Infinity) {
  for (let turn = 0; turn < 100_000; turn++) {
    const due = await outbox.drain();
    if (due === null || due > until) return;
    clock.now = Math.max(clock.now + 1, due);
  }
  assert.fail('it never ended');
}

const known = (/** @type {string} */ id) => ({ print: `print of ${id}`, person: `person of ${id}` });

for (const [name, makeStore] of Object.entries(STORES)) {
  describe(`the outbox with the ${name} store`, () => {
    test('1,000 leads, a CRM that fails in every way, a process that is ended again and again: all there, none twice', async () => {
      for (const seed of [1, 2, 3]) {
        const { draw, below, once } = chance(seed);
        const moods = /** @type {const} */ (['up', 'refused', '503', '429', 'lost']);
        let mood = /** @type {(typeof moods)[number]} */ ('up');
        const { rows, clock, fetch } = crm(() => (once(20) ? (mood = moods[below(moods.length)]) : mood));
        const store = makeStore();
        let deaths = 0;
        const born = () => {
          const process = mortal(store, () => once(150));
          const living = (/** @type {Request} */ request) => (process.isDead() ? Promise.reject(new Killed()) : fetch(request));
          return createOutbox({ store: process.store, destinations: { crm: destination() }, fetch: living, now: () => clock.now });
        };
        let outbox = born();
        /** What fails is begun again by a new process, as a visitor's browser and a runtime would. @param {() => Promise<unknown>} work */
        const insist = async (work) => {
          for (;;) {
            try {
              return await work();
            } catch (thrown) {
              assert(thrown instanceof Killed);
              deaths++;
              outbox = born();
            }
          }
        };
        const bodies = new Map();
        for (let n = 0; n < 1000; n++) {
          const lead = leadOf(`lead-${n}`, { grade: 'ABC'[below(3)] });
          // A double click, now and then.
          for (let click = once(5) ? 2 : 1; click > 0; click--) await insist(() => outbox.put(lead, known(lead.id)));
          bodies.set(lead.id, JSON.stringify(lead));
          clock.now += below(2 * SECOND);
          if (draw() < 0.3) await insist(() => outbox.drain());
        }
        mood = 'up';
        await insist(() => drained(outbox, clock));

        assert.equal(rows.size, 1000, `seed ${seed}`);
        for (const [id, received] of rows) {
          // The receiver knows by the id that it has it; what came again was the same, byte for byte.
          assert.equal(new Set(received).size, 1, `seed ${seed}, ${id}`);
          assert.deepEqual(JSON.parse(received[0]).data, JSON.parse(bodies.get(id)), `seed ${seed}, ${id}`);
        }
        const { counts, oldest } = (await outbox.report()).destinations.crm;
        assert.deepEqual({ ...counts, oldest }, { queued: 0, held: 0, sent: 1000, merged: 0, dead: 0, oldest: null });
        assert(deaths > 20, `${deaths} deaths`);
      }
    });

    test('an hour of silence: one lead a probe, the first within 60 s of recovery, the best grades first, at the rate of the vendor', async () => {
      let up = false;
      const { rows, requests, clock, fetch } = crm(() => (up ? 'up' : '503'));
      const rate = { requests: 5, per: SECOND };
      const outbox = createOutbox({ store: makeStore(), destinations: { crm: destination({ rate }) }, fetch, now: () => clock.now });
      for (let n = 0; n < 600; n++) {
        const grade = 'CBA'[n % 3];
        await outbox.put(leadOf(`${grade}-${n}`, { grade, at: clock.now }), known(String(n)));
        clock.now = NOW + (n + 1) * 6 * SECOND;
        await drained(outbox, clock, clock.now);
      }
      assert.equal(rows.size, 0);
      assert(requests.length <= HOUR / (30 * SECOND) + 5, `${requests.length} requests in an hour of silence`);

      up = true;
      const recovered = clock.now;
      requests.length = 0;
      await drained(outbox, clock);
      assert.equal(rows.size, 600);
      assert(requests[0].at - recovered <= MINUTE, `first after ${requests[0].at - recovered} ms`);
      // One lead went first, whichever had waited longest for it; then it is A, B, C.
      const grades = requests.slice(1).map(({ id }) => id[0]);
      assert.deepEqual(grades, [...grades].sort());
      for (const { at } of requests) {
        const within = requests.filter((one) => one.at >= at && one.at < at + SECOND).length;
        assert(within <= 2 * rate.requests, `${within} requests in one second`);
      }
      assert((clock.now - requests[0].at) / SECOND <= 600 / 5 + 2, 'it took no longer than the rate allows');
    });

    test('a lead that the CRM never takes does not hold up the others, and is shown after eight failures', async () => {
      let poison = 0;
      const { clock, fetch } = crm(() => 'up');
      const failing = async (/** @type {Request} */ request) => {
        if (request.headers.get('webhook-id') !== 'poison') return fetch(request);
        poison++;
        return new Response('error', { status: 500 });
      };
      const outbox = createOutbox({ store: makeStore(), destinations: { crm: destination() }, fetch: failing, now: () => clock.now });
      await outbox.put(leadOf('poison', { grade: 'A' }), known('poison'));
      for (let n = 0; n < 200; n++) {
        await outbox.put(leadOf(`lead-${n}`), known(String(n)));
        clock.now += MINUTE;
        await drained(outbox, clock, clock.now);
      }
      await drained(outbox, clock);
      const { counts } = (await outbox.report()).destinations.crm;
      assert.deepEqual(counts, { queued: 0, held: 0, sent: 200, merged: 0, dead: 1 });
      assert(poison <= 12, `${poison} attempts`);
      const [dead] = await outbox.list('crm', 'dead');
      assert.equal(dead.code, 'suspect');
    });

    test('wrong credentials hold everything, lose nothing, and one lead tries again now and then', async () => {
      let right = false;
      let requests = 0;
      const clock = { now: NOW };
      const fetch = async () => (requests++, new Response(null, { status: right ? 200 : 401 }));
      const outbox = createOutbox({ store: makeStore(), destinations: { crm: destination() }, fetch, now: () => clock.now });
      for (let n = 0; n < 50; n++) await outbox.put(leadOf(`lead-${n}`), known(String(n)));
      await drained(outbox, clock, NOW + HOUR);
      let { counts, held, oldest } = (await outbox.report()).destinations.crm;
      assert.deepEqual({ counts, held, oldest }, { counts: { queued: 40, held: 10, sent: 0, merged: 0, dead: 0 }, held: 'unauthorized', oldest: NOW });
      // Four at once find out, then one in ten minutes.
      assert.equal(requests, 10);

      right = true;
      assert.equal(await outbox.replay('crm'), 10);
      await drained(outbox, clock);
      ({ counts, held, oldest } = (await outbox.report()).destinations.crm);
      assert.deepEqual({ counts, held, oldest }, { counts: { queued: 0, held: 0, sent: 50, merged: 0, dead: 0 }, held: null, oldest: null });
    });

    test('what is refused is kept, and is sent once it was mended', async () => {
      const clock = { now: NOW };
      const fetch = async (/** @type {Request} */ request) => new Response(null, { status: (await request.text()).includes('Ada') ? 422 : 200 });
      const outbox = createOutbox({ store: makeStore(), destinations: { crm: destination() }, fetch, now: () => clock.now });
      await outbox.put(leadOf('lead'), known('lead'));
      await drained(outbox, clock);
      const [dead] = await outbox.list('crm', 'dead');
      assert.deepEqual([dead.lead, dead.status, dead.code, dead.attempts], ['lead', 422, 'refused', 1]);

      assert.equal(await outbox.replay('crm', 'lead', { name: 'Grace' }), 1);
      assert.equal(await outbox.replay('crm', 'nobody'), 0);
      assert.equal(await outbox.replay('nowhere'), 0);
      await drained(outbox, clock);
      assert.equal((await outbox.report()).destinations.crm.counts.sent, 1);
    });

    test('the same twice within ten minutes is one lead; another under the same id is another', async () => {
      const clock = { now: NOW };
      const store = makeStore();
      const outbox = createOutbox({ store, destinations: { crm: destination() }, now: () => clock.now });
      const first = await outbox.put(leadOf('first'), known('text'));
      assert.deepEqual(first, { id: 'first', fresh: true });
      assert.deepEqual(await outbox.put(leadOf('second'), known('text')), { id: 'first', fresh: false });
      const other = await outbox.put(leadOf('first'), known('other text'));
      assert(other.fresh && other.id !== 'first');
      assert.equal(JSON.parse(String(await store.lead(other.id))).id, other.id);
      clock.now += 11 * MINUTE;
      assert.deepEqual(await outbox.put(leadOf('first'), known('text')), { id: 'first', fresh: false });
      assert.deepEqual(await outbox.put(leadOf('third'), known('text')), { id: 'third', fresh: true });
      assert.equal((await outbox.report()).destinations.crm.counts.queued, 3);
    });

    test('a person who is forgotten is nowhere any more, also when a delivery is under way', async () => {
      const clock = { now: NOW };
      const store = makeStore();
      /** @type {(() => Promise<unknown>) | undefined} */
      let meanwhile;
      const fetch = async () => (await meanwhile?.(), new Response(null, { status: 200 }));
      const outbox = createOutbox({ store, destinations: { crm: destination() }, fetch, now: () => clock.now });
      await outbox.put(leadOf('ada'), { print: 'ada', person: 'p1' });
      await outbox.put(leadOf('grace'), { print: 'grace', person: 'p2' });
      await outbox.drain();
      await outbox.put(leadOf('again'), { print: 'again', person: 'p1' });
      meanwhile = () => outbox.forget(['p1', 'an old key']);
      await outbox.drain();
      assert.deepEqual([await store.lead('ada'), await store.lead('again'), await store.find('ada', 'crm')], [null, null, null]);
      assert.deepEqual((await outbox.report()).destinations.crm.counts, { queued: 0, held: 0, sent: 1, merged: 0, dead: 0 });
      assert.deepEqual(await outbox.forget(['p2']), [{ lead: 'grace', destination: 'crm', remote: null }]);
    });

    test('what becomes known later goes where nothing was sent in its place, and after it where it was', async () => {
      const clock = { now: NOW };
      /** @type {[id: string, grade: string][]} */
      const received = [];
      /** @type {(() => Promise<unknown>) | undefined} */
      let meanwhile;
      let status = 200;
      const fetch = async (/** @type {Request} */ request) => {
        const { data } = await request.json();
        received.push([String(request.headers.get('webhook-id')), data.score.grade]);
        await meanwhile?.();
        return new Response(null, { status });
      };
      const crm = { ...destination(), updates: true };
      const chat = { ...destination(), updates: false, wants: (/** @type {any} */ { score }) => score.grade === 'A' };
      const outbox = createOutbox({ store: makeStore(), destinations: { crm, chat }, fetch, now: () => clock.now });
      const state = async (/** @type {string} */ name) => (await outbox.report()).destinations[name].counts;
      const none = { queued: 0, held: 0, sent: 0, merged: 0, dead: 0 };

      // Not begun: one delivery, with the new content.
      await outbox.put(leadOf('lead', { grade: 'C' }), { ...known('lead'), wait: MINUTE });
      await outbox.amend(leadOf('lead', { grade: 'B' }));
      await drained(outbox, clock);
      assert.deepEqual(received, [['lead', 'B']]);

      // Sent: once more. A destination that wants it only now gets it for the first time, and none again that takes no news.
      await outbox.amend(leadOf('lead', { grade: 'A' }));
      await drained(outbox, clock);
      await outbox.amend(leadOf('lead', { grade: 'A', value: 99 }));
      await drained(outbox, clock);
      assert.deepEqual(received.slice(1).map(([, grade]) => grade), ['A', 'A', 'A']);
      assert.deepEqual([await state('crm'), await state('chat')], [{ ...none, sent: 1 }, { ...none, sent: 1 }]);

      // The same again is no news.
      await outbox.amend(leadOf('lead', { grade: 'A', value: 99 }));
      assert.deepEqual((await state('crm')).queued, 0);

      // Under way, and its answer lost: the old content first until it has arrived, byte for byte, and then the new one.
      received.length = 0;
      status = 503;
      meanwhile = () => outbox.amend(leadOf('late', { grade: 'B' }));
      await outbox.put(leadOf('late', { grade: 'C' }), known('late'));
      await outbox.drain();
      [meanwhile, status] = [undefined, 200];
      await drained(outbox, clock);
      assert.deepEqual(received.map(([, grade]) => grade), ['C', 'C', 'B']);
      assert.deepEqual(await state('crm'), { ...none, sent: 2 });

      // Forgotten: nothing comes back.
      await outbox.forget([known('late').person]);
      await outbox.amend(leadOf('late', { grade: 'A' }));
      assert.equal(await drained(outbox, clock), undefined);
      assert.equal(received.length, 3);
    });

    test('what is doubtful waits until somebody asks for it by name, also if more becomes known of it', async () => {
      const { rows, fetch, clock } = crm(() => 'up');
      const wants = (/** @type {any} */ { score }) => score.grade === 'A';
      const outbox = createOutbox({ store: makeStore(), destinations: { crm: destination(), chat: { ...destination(), wants } }, fetch, now: () => clock.now });
      await outbox.put(leadOf('doubtful'), { ...known('doubtful'), hold: true });
      await outbox.put(leadOf('good'), known('good'));
      await outbox.amend(leadOf('doubtful', { grade: 'A' }));
      await drained(outbox, clock);
      assert.equal(await outbox.replay('crm'), 0);
      clock.now += 60 * 24 * HOUR;
      await drained(outbox, clock);
      assert.deepEqual([...rows.keys()], ['good']);
      const [{ lead, code }] = await outbox.list('crm', 'held');
      assert.deepEqual([lead, code], ['doubtful', 'doubtful']);
      assert.equal((await outbox.report()).destinations.crm.oldest, NOW);

      assert.equal(await outbox.replay('crm', 'doubtful'), 1);
      await drained(outbox, clock);
      assert.equal(JSON.parse(rows.get('doubtful')[0]).data.score.grade, 'A');
    });

    test('a token counts once, and those of a chain in their order; the same one who hands it in again is known', async () => {
      const clock = { now: NOW };
      const store = makeStore();
      const outbox = createOutbox({ store, destinations: { crm: destination() }, now: () => clock.now });
      const until = NOW + HOUR;
      /** @type {[id: string, place: number, who: string, fresh: boolean][]} */
      const cases = [
        ['a', 1, 'ada', true],
        ['a', 1, 'eve', false],
        ['a', 1, 'ada', true],
        ['a', 3, 'ada', true],
        ['a', 2, 'ada', false],
        ['a', 4, 'eve', true],
        ['b', 1, 'eve', true],
      ];
      for (const [id, place, who, fresh] of cases) {
        assert.deepEqual(await outbox.admit([{ id, place, who, until }], []), { fresh: [fresh], withdrawn: false }, `${id} ${place} ${who}`);
      }
      clock.now += 2 * HOUR;
      await outbox.drain();
      assert.equal(await store.isSpent('a'), false);
    });

    test('of a visitor who takes everything back nothing more is believed, and what there is of them is found', async () => {
      const { clock, fetch } = crm(() => 'up');
      const store = makeStore();
      const outbox = createOutbox({ store, destinations: { crm: destination() }, fetch, now: () => clock.now });
      await outbox.put(leadOf('one'), { ...known('one'), visitor: 'v1' });
      await outbox.put(leadOf('two'), { ...known('two'), visitor: 'v2' });
      await outbox.put(leadOf('three'), known('three'));
      assert.deepEqual((await outbox.withdraw(['v1', 'under an old key'])).map(({ id }) => id), ['one']);
      assert.deepEqual(await outbox.withdraw(['']), []);
      for (const [visitor, withdrawn] of /** @type {const} */ ([['v1', true], ['v2', false]])) {
        assert.deepEqual(await outbox.admit([], [visitor]), { fresh: [], withdrawn });
      }
      assert.deepEqual(await outbox.forget(['v1'], 'visitor'), [{ lead: 'one', destination: 'crm', remote: null }]);
      assert.deepEqual([await store.lead('one'), typeof (await store.lead('two'))], [null, 'string']);
    });

    test('what is done is removed when its time has come, what waits never', async () => {
      const clock = { now: NOW };
      const store = makeStore();
      const fetch = async (/** @type {Request} */ request) => new Response(null, { status: request.headers.get('webhook-id') === 'done' ? 200 : 401 });
      const outbox = createOutbox({ store, destinations: { crm: destination() }, fetch, now: () => clock.now, parallel: 1 });
      await outbox.put(leadOf('done', { grade: 'A' }), known('done'));
      await outbox.put(leadOf('waits'), known('waits'));
      await outbox.drain();
      const day = 24 * HOUR;
      clock.now = NOW + 30 * day;
      await outbox.drain();
      assert.notEqual(await store.lead('done'), null);
      clock.now += HOUR;
      await outbox.drain();
      assert.equal(await store.lead('done'), null);
      assert.notEqual(await store.lead('waits'), null);
    });
  });
}

test('a file outlives its process: what was stored is sent by the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadscore-'));
  try {
    const file = join(folder, 'leads.db');
    const database = new Database(file);
    const before = createOutbox({ store: sqliteStore(database), destinations: { crm: destination() }, now: () => NOW });
    await before.put(leadOf('lead'), known('lead'));
    database.close();
    const { rows, fetch, clock } = crm(() => 'up');
    const after = createOutbox({ store: sqliteStore(new Database(file)), destinations: { crm: destination() }, fetch, now: () => clock.now });
    await drained(after, clock);
    assert.deepEqual([...rows.keys()], ['lead']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a database of the version before is gone on with', async () => {
  const database = new Database(':memory:');
  database.exec(`create table leads (id text primary key, print text not null, person text not null, at integer not null, lead text not null) strict;
    create table deliveries (lead text not null, destination text not null, state text not null, attempts integer not null, strikes integer not null,
      next integer not null, rank real not null, payload text not null, progress text, unknown integer not null,
      code text, status integer, remote text, detail text, primary key (lead, destination)) strict;
    insert into leads values ('old', 'print', 'person', ${NOW}, '{}');
    insert into deliveries values ('old', 'crm', 'queued', 0, 0, ${NOW}, 1, '{}', null, 0, null, null, null, null)`);
  const { rows, fetch, clock } = crm(() => 'up');
  const outbox = createOutbox({ store: sqliteStore(database), destinations: { crm: destination() }, fetch, now: () => clock.now });
  await outbox.put(leadOf('new'), { ...known('new'), visitor: 'v' });
  await drained(outbox, clock);
  assert.deepEqual([...rows.keys()].sort(), ['new', 'old']);
});

test('once started it sends by itself, and what comes later too, until it is ended', async () => {
  const { rows, fetch } = crm(() => 'up');
  const outbox = createOutbox({ store: memoryStore(), destinations: { crm: destination() }, fetch });
  await outbox.put(leadOf('before'), known('before'));
  const end = outbox.start();
  await outbox.put(leadOf('after'), known('after'));
  for (let wait = 0; wait < 200 && rows.size < 2; wait++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual([...rows.keys()].sort(), ['after', 'before']);
  await end();
  await outbox.put(leadOf('too late'), known('too late'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(rows.size, 2);
});
