/**
 * The whole way in the runtime of Cloudflare: forms are posted to a worker, a Durable Object keeps them, an alarm sends them to a CRM
 * that fails in every way, the runtime is killed again and again, and in the end the leads are counted. The official library of
 * Standard Webhooks verifies what arrives.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildSync } from 'esbuild';
import { compileModel, createScorer } from 'leadscore';
import { Miniflare } from 'miniflare';
import { Webhook } from 'standardwebhooks';
import { root } from '../../scripts/shell.mjs';
import { MODEL, SECRET, SITE, WEBHOOK_SECRET, chance } from './world.mjs';

const LEADS = 1000;
const ADMIN = 'the token of the one who owns the website';

/** @typedef {'up' | 'refused' | '503' | '429' | 'slow' | 'lost'} Mood */
/** @type {readonly Mood[]} */
const MOODS = ['up', 'refused', '503', '429', 'slow', 'lost'];

const folder = mkdtempSync(join(tmpdir(), 'leadscore-edge-'));
/** @type {Awaited<ReturnType<typeof startCrm>>} */
let crm;
/** @type {string} */
let bundle;
/** @type {Miniflare} */
let worker;
/** @type {string[]} what the worker printed */
const printed = [];

before(async () => {
  crm = await startCrm();
  const out = join(folder, 'worker');
  buildSync({
    entryPoints: [join(root, 'tests/edge/worker.mjs')],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:workers'],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    loader: { '.wasm': 'copy' },
  });
  bundle = join(out, 'worker.mjs');
});
after(async () => {
  await worker?.dispose();
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

async function runtime() {
  worker = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: true,
    modulesRoot: dirname(bundle),
    scriptPath: bundle,
    modulesRules: [
      { type: 'ESModule', include: ['**/*.mjs'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
    ],
    bindings: { SITE, SECRET, ADMIN, CRM: crm.url, CRM_SECRET: WEBHOOK_SECRET },
    dataBlobBindings: { MODEL: Buffer.from(compileModel(MODEL)) },
    durableObjects: { OUTBOX: { className: 'Outbox', useSQLite: true } },
    durableObjectsPersist: join(folder, 'state'),
    handleRuntimeStdio: (/** @type {import('node:stream').Readable[]} */ ...streams) => {
      for (const stream of streams) stream.on('data', (chunk) => printed.push(String(chunk)));
    },
  });
  await worker.ready;
}

const report = async () => {
  const answer = await worker.dispatchFetch('http://worker/admin/outbox', { headers: { authorization: `Bearer ${ADMIN}` } });
  return /** @type {any} */ (await answer.json()).destinations.crm;
};

test(`${LEADS} leads through a CRM in every mood and a runtime that is killed: all there, none twice, scored as the engine does`, async () => {
  const { below, once } = chance(7);
  const scorer = createScorer(MODEL);
  const expected = new Map();
  let kills = 0;
  await runtime();
  const until = Date.now() + 240_000;

  for (let n = 0; n < LEADS; n++) {
    if (once(25)) crm.state.mood = MOODS[below(MOODS.length)];
    const [employees, country] = [1 + below(40), ['FR', 'DE'][below(2)]];
    const id = `lead-${String(n).padStart(4, '0')}`;
    const fields = { _id: id, email: `secret.${n}@frimas.test`, employees: String(employees), country };
    const facts = { company: { employees, country }, contact: { emailKind: 'work' } };
    expected.set(id, scorer.score(facts).value);
    const post = () =>
      worker.dispatchFetch('http://worker/lead', {
        method: 'POST',
        headers: { origin: SITE, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      });
    // A request that is under way when the runtime is killed; a browser would send it again.
    const killed = once(80);
    const first = post().catch(() => undefined);
    if (killed) {
      kills++;
      await worker.dispose();
      await runtime();
    }
    const answer = (await first) ?? (await post());
    assert([303, 500, 503].includes(answer.status), await answer.text());
    if (answer.status !== 303) assert.equal((await post()).status, 303);
  }
  crm.state.mood = 'up';
  await worker.dispose();
  await runtime();
  // Not one request: the alarm alone has to find out that there is something to do.
  while (crm.rows.size < LEADS && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));

  assert.equal(crm.rows.size, LEADS);
  for (const [id, bodies] of crm.rows) {
    assert.equal(new Set(bodies).size, 1, `${id} came in two versions`);
    assert.equal(JSON.parse(bodies[0]).data.score.value, expected.get(id), id);
  }
  assert.equal(crm.state.refused, 0, 'every signature was right');
  for (let settled = false; !settled && Date.now() < until; ) settled = (await report()).counts.sent === LEADS;
  assert.deepEqual((await report()).counts, { queued: 0, held: 0, sent: LEADS, merged: 0, dead: 0 });
  assert(kills >= LEADS / 200, `${kills} kills`);
  const log = printed.join('');
  assert(log.includes('"event":"sent"') && !log.includes('secret.') && !log.includes(SECRET) && !log.includes('whsec'), 'the log tells what happened, and of nobody');
});
