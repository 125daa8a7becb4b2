/** The outbox in D1 with a queue: one sends at a time, and however much happens there is never more than one message that waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webhook } from 'leadscore/edge';
import { queuedOutbox } from '../../pkg/edge/queued.js';
import { d1Of } from './d1.mjs';
import { MINUTE, NOW, SECOND, WEBHOOK_SECRET, leadOf } from './world.mjs';

/** Several workers on one database, a queue that is handed out by hand, and a clock. */
function world() {
  const clock = { now: NOW };
  /** @type {{ at: number }[]} */
  const messages = [];
  /** @type {{ at: number, id: string }[]} */
  const requests = [];
  const state = { up: true, queue: true };
  /** @type {() => Promise<unknown>} */
  let meanwhile = async () => {};
  const { of, queue, scheduled } = queuedOutbox(() => ({
    database: env.database,
    queue: {
      send: async (_, { delaySeconds = 0 } = {}) => {
        if (!state.queue) throw new Error('down');
        messages.push({ at: clock.now + delaySeconds * SECOND });
      },
    },
    destinations: { crm: webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }) },
    now: () => clock.now,
    fetch: async (request) => {
      requests.push({ at: clock.now, id: String(request.headers.get('webhook-id')) });
      await meanwhile();
      return new Response(null, { status: state.up ? 204 : 503 });
    },
  }));
  const env = { database: d1Of() };
  /** Another isolate on the same database. */
  const isolate = () => ({ ...env });
  const put = (/** @type {string} */ id) => of(env).put(leadOf(id), { print: id, person: '' });
  /** Hands out what is due, as the queue does: all of it at once. @param {object} [to] */
  const deliver = async (to = env) => {
    const due = messages.filter(({ at }) => at <= clock.now);
    if (due.length === 0) return false;
    messages.splice(0, messages.length, ...messages.filter(({ at }) => at > clock.now));
    await queue({ messages: due }, to);
    return true;
  };
  return { clock, messages, requests, state, env, isolate, put, deliver, queue, scheduled, of, during: (/** @type {typeof meanwhile} */ work) => (meanwhile = work) };
}

test('what is put is sent when the queue says so, and nothing is left to wait', async () => {
  const { put, deliver, requests, messages } = world();
  for (const id of ['a', 'b', 'c']) await put(id);
  assert.equal(requests.length, 0);
  await deliver();
  assert.deepEqual(requests.map(({ id }) => id).sort(), ['a', 'b', 'c']);
  assert.deepEqual(messages, []);
});

test('an hour of silence is one message at a time, and the first lead goes within a minute of recovery', async () => {
  const { put, deliver, requests, messages, clock, state } = world();
  state.up = false;
  for (let n = 0; n < 600; n++) {
    await put(`lead-${n}`);
    clock.now += 6 * SECOND;
    await deliver();
    assert(messages.length <= 1, `${messages.length} messages wait`);
  }
  assert(requests.length <= 125, `${requests.length} requests in an hour of silence`);
  state.up = true;
  const recovered = clock.now;
  requests.length = 0;
  while (requests.length < 600 && clock.now < recovered + 10 * MINUTE) {
    clock.now += SECOND;
    await deliver();
  }
  assert.equal(new Set(requests.map(({ id }) => id)).size, 600);
  assert(requests[0].at - recovered <= MINUTE);
});

test('one sends at a time, whoever else is told to; who was cut short is followed after a minute', async () => {
  const { put, deliver, requests, clock, during, isolate, scheduled, env, of } = world();
  await put('a');
  let inside = 0;
  during(async () => {
    during(async () => {});
    inside++;
    await put('b');
    // The cron, and the queue in another isolate, in the middle of it.
    await scheduled({}, isolate());
    await deliver(isolate());
    assert.deepEqual(requests.map(({ id }) => id), ['a']);
  });
  await deliver();
  assert.equal(inside, 1);
  clock.now += 3 * SECOND;
  await deliver();
  assert.deepEqual(requests.map(({ id }) => id), ['a', 'b']);

  // A process that ends in the middle of it: the delivery is unknown, and the turn is still taken.
  await put('c');
  let ends = /** @type {() => void} */ (() => {});
  const died = new Promise((resolve) => (ends = () => resolve(undefined)));
  during(() => (ends(), new Promise(() => {})));
  deliver();
  await died;
  during(async () => {});
  const before = requests.length;
  await scheduled({}, isolate());
  assert.equal(requests.length, before, 'nobody else for now');
  clock.now += 2 * MINUTE;
  await scheduled({}, isolate());
  assert.deepEqual(requests.slice(before).map(({ id }) => id), ['c']);
  const { counts } = (await of(env).report()).destinations.crm;
  assert.deepEqual(counts, { queued: 0, held: 0, sent: 3, merged: 0, dead: 0 });
});

test('a queue that takes nothing costs no lead: the cron finds it', async () => {
  const { put, requests, state, scheduled, env } = world();
  state.queue = false;
  assert.equal((await put('a')).fresh, true);
  await scheduled({}, env);
  assert.deepEqual(requests.map(({ id }) => id), ['a']);
});
