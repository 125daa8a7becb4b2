/**
 * The way without Durable Objects, in the runtime of Cloudflare: D1 keeps the leads, a queue wakes, a cron sweeps. The CRM fails in
 * every way, the runtime is killed with all the messages that its queue held, and in the end the leads are counted.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { postAll, startRuntime } from './runtime.mjs';
import { WEBHOOK_SECRET, chance } from './world.mjs';

const LEADS = 300;
const MOODS = /** @type {const} */ (['up', 'refused', '503', '429', 'lost']);

const folder = mkdtempSync(join(tmpdir(), 'leadscore-queue-'));
/** @type {Map<string, string[]>} */
const rows = new Map();
let mood = /** @type {typeof MOODS[number]} */ ('up');

const server = createServer(async (request, response) => {
  const body = (await request.toArray()).join('');
  if (mood === 'refused') return void request.socket.destroy();
  if (mood === '503') return void response.writeHead(503).end();
  if (mood === '429') return void response.writeHead(429, { 'retry-after': '1' }).end();
  const id = String(request.headers['webhook-id']);
  rows.set(id, [...(rows.get(id) ?? []), body]);
  if (mood === 'lost') return void request.socket.destroy();
  response.writeHead(200).end();
});
/** @type {Awaited<ReturnType<typeof startRuntime>>} */
let runtime;

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const resources = {
    d1Databases: ['LEADS'],
    queueProducers: { WAKE: 'wake' },
    queueConsumers: { wake: { maxBatchSize: 100, maxBatchTimeout: 0, maxRetries: 3 } },
  };
  runtime = await startRuntime(folder, { CRM: `http://127.0.0.1:${port}/`, CRM_SECRET: WEBHOOK_SECRET }, { worker: 'tests/edge/worker-queue.mjs', resources });
});
after(async () => {
  await runtime?.end();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** @param {() => boolean | Promise<boolean>} done @param {() => Promise<unknown>} [meanwhile] */
async function until(done, meanwhile = async () => {}) {
  const end = Date.now() + 240_000;
  while (!(await done()) && Date.now() < end) {
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('a lead is sent because the queue wakes, without any cron', async () => {
  assert.equal((await runtime.post({ _id: 'lead-woken', email: 'a@frimas.test' })).status, 303);
  await until(() => rows.has('lead-woken'));
  assert.equal(rows.get('lead-woken')?.length, 1);
  mood = '503';
  await runtime.post({ _id: 'lead-later', email: 'b@frimas.test' });
  await until(async () => (await runtime.report()).failures > 0);
  mood = 'up';
  await until(() => rows.has('lead-later'));
  assert.equal(rows.get('lead-later')?.length, 1, 'and again because it said when');
});

test(`${LEADS} leads through a CRM in every mood and a runtime that is killed: all there, each in one version`, async () => {
  const { below, once } = chance(11);
  const leads = Array.from({ length: LEADS }, (_, n) => ({ _id: `lead-${String(n).padStart(4, '0')}`, email: `secret.${n}@frimas.test`, country: ['FR', 'DE'][below(2)] }));
  const kills = await postAll(runtime, leads, {
    killed: () => once(60),
    before: () => once(15) && (mood = MOODS[below(MOODS.length)]),
  });
  mood = 'up';
  // With the queue everything is gone that it had to say; a minute later the cron comes.
  await runtime.kill();
  await until(async () => rows.size >= LEADS + 2 && (await runtime.report()).counts.sent === LEADS + 2, runtime.sweep);

  assert.equal(rows.size, LEADS + 2);
  for (const { _id } of leads) assert.equal(new Set(rows.get(_id)).size, 1, `${_id} came in two versions`);
  assert.deepEqual((await runtime.report()).counts, { queued: 0, held: 0, sent: LEADS + 2, merged: 0, dead: 0 });
  assert(kills >= 2, `${kills} kills`);
  assert(!runtime.log().includes('secret.'));
});
