/**
 * The whole way in the runtime of Cloudflare: forms are posted to a worker, a Durable Object keeps them, an alarm sends them to a CRM
 * that fails in every way, the runtime is killed again and again, and in the end the leads are counted. The official library of
 * Standard Webhooks verifies what arrives.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createScorer } from 'leadscore';
import { Webhook } from 'standardwebhooks';
import { postAll, startRuntime } from './runtime.mjs';
import { MODEL, SECRET, WEBHOOK_SECRET, chance } from './world.mjs';

const LEADS = 1000;

/** @typedef {'up' | 'refused' | '503' | '429' | 'slow' | 'lost'} Mood */
/** @type {readonly Mood[]} */
const MOODS = ['up', 'refused', '503', '429', 'slow', 'lost'];

const folder = mkdtempSync(join(tmpdir(), 'leadscore-edge-'));
/** @type {Awaited<ReturnType<typeof startCrm>>} */
let crm;
/** @type {Awaited<ReturnType<typeof startRuntime>>} */
let runtime;

before(async () => {
  crm = await startCrm();
  runtime = await startRuntime(folder, { CRM: crm.url, CRM_SECRET: WEBHOOK_SECRET });
});
after(async () => {
  await runtime?.end();
  await crm.close();
  rmSync(folder, { recursive: true });
});

/** A CRM behind a verifier of signatures, in a mood. */
async function startCrm() {
  /** @type {Map<string, string[]>} */
  const rows = new Map();
  const state = { mood: /** @type {Mood} */ ('up'), refused: 0 };
  const verifier = new Webhook(WEBHOOK_SECRET);
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { mood } = state;
    if (mood === 'refused') return void request.socket.destroy();
    if (mood === '503') return void response.writeHead(503).end();
    if (mood === '429') return void response.writeHead(429, { 'retry-after': '1' }).end();
    try {
      verifier.verify(body, /** @type {any} */ (request.headers));
    } catch {
      state.refused++;
      return void response.writeHead(401).end();
    }
    const id = String(request.headers['webhook-id']);
    rows.set(id, [...(rows.get(id) ?? []), body]);
    if (mood === 'lost') return void request.socket.destroy();
    if (mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 1200));
    response.writeHead(200).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve)));
  return { rows, state, url: `http://127.0.0.1:${port}/`, close };
}

test(`${LEADS} leads through a CRM in every mood and a runtime that is killed: all there, none twice, scored as the engine does`, async () => {
  const { below, once } = chance(7);
  const scorer = createScorer(MODEL);
  const leads = Array.from({ length: LEADS }, (_, n) => ({
    _id: `lead-${String(n).padStart(4, '0')}`,
    email: `secret.${n}@frimas.test`,
    employees: String(1 + below(40)),
    country: ['FR', 'DE'][below(2)],
  }));
  const kills = await postAll(runtime, leads, {
    killed: () => once(80),
    before: () => once(25) && (crm.state.mood = MOODS[below(MOODS.length)]),
  });
  crm.state.mood = 'up';
  await runtime.kill();
  const until = Date.now() + 120_000;
  // Not one request: the alarm alone has to find out that there is something to do.
  while (crm.rows.size < LEADS && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));

  assert.equal(crm.rows.size, LEADS);
  for (const { _id, employees, country } of leads) {
    const bodies = crm.rows.get(_id) ?? [];
    const { value } = scorer.score({ company: { employees: Number(employees), country }, contact: { emailKind: 'work' } });
    assert.equal(new Set(bodies).size, 1, `${_id} came in two versions`);
    assert.equal(JSON.parse(bodies[0]).data.score.value, value, _id);
  }
  assert.equal(crm.state.refused, 0, 'every signature was right');
  for (let settled = false; !settled && Date.now() < until; ) settled = (await runtime.report()).counts.sent === LEADS;
  assert.deepEqual((await runtime.report()).counts, { queued: 0, held: 0, sent: LEADS, merged: 0, dead: 0 });
  assert(kills >= LEADS / 200, `${kills} kills`);
  const log = runtime.log();
  assert(log.includes('"event":"sent"'), 'the log tells what happened');
  for (const secret of ['secret.', SECRET, 'whsec']) assert(!log.includes(secret), 'and of nobody');
});
