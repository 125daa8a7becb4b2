/**
 * Whom the edge believes, in the runtime of Cloudflare: tokens that were handed in stay so over the end of the process, the check of a
 * human is asked over the network, and what a visitor takes back is taken out of the CRM.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { encode } from '../../pkg/tracker/log.js';
import { startRuntime } from './runtime.mjs';
import { WEBHOOK_SECRET } from './model.mjs';

const folder = mkdtempSync(join(tmpdir(), 'leadscore-trust-'));
/** What the CRM has of each lead, the newest last. @type {Map<string, any[]>} */
const rows = new Map();
const spent = new Set();

const server = createServer(async (request, response) => {
  const body = JSON.parse((await request.toArray()).join(''));
  if (request.url === '/crm') {
    rows.set(body.data.id, [...(rows.get(body.data.id) ?? []), body.data]);
    return void response.writeHead(204).end();
  }
  // Turnstile, as far as it matters here.
  const fresh = body.response.startsWith('good') && !spent.has(body.response);
  spent.add(body.response);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success: fresh, 'error-codes': fresh ? [] : ['timeout-or-duplicate'] }));
});
/** @type {Awaited<ReturnType<typeof startRuntime>>} */
let runtime;

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const there = `http://127.0.0.1:${port}`;
  runtime = await startRuntime(folder, { CRM: `${there}/crm`, CRM_SECRET: WEBHOOK_SECRET, SITEVERIFY: `${there}/siteverify` });
});
after(async () => {
  await runtime?.end();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** @param {import('miniflare').Response} answer */
const cookiesOf = (answer) => answer.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');

/** The lead in the CRM, once so many versions of it have come. @param {string} id */
async function arrived(id, versions = 1) {
  for (let wait = 0; wait < 600 && (rows.get(id)?.length ?? 0) < versions; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
  return /** @type {any[]} */ (rows.get(id)).at(-1);
}

test('a way is believed once, also after the process ended, and what is taken back leaves the CRM', async () => {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const log = encode('frimas.test', { visitor: 'abcdefghijk', since: at, events: [{ type: 'page_view', at, path: '/pricing' }] });
  const cookie = cookiesOf(await runtime.ask('?checkpoint=/pricing'));
  assert.match(cookie, /lead_way=.*lead_seen=/);
  const { token } = /** @type {any} */ (await (await runtime.ask('?form')).json());

  const fields = { email: 'ada@frimas.test', lead_log: log, _token: token };
  assert.equal((await runtime.post({ ...fields, _id: 'lead-walked', 'cf-turnstile-response': 'bad' }, { cookie })).status, 303);
  const walked = await arrived('lead-walked');
  assert.deepEqual([walked.trust, walked.doubts], ['checkpointed', ['too-fast', 'failed-check']]);

  await runtime.kill();
  assert.equal((await runtime.ask('?checkpoint=/a', { cookie })).headers.getSetCookie().length, 0, 'the token was handed in');
  assert.equal((await runtime.post({ ...fields, _id: 'lead-replayed', email: 'eve@frimas.test', 'cf-turnstile-response': 'good' }, { cookie })).status, 303);
  const replayed = await arrived('lead-replayed');
  assert.deepEqual([replayed.trust, replayed.clamps, replayed.doubts], ['human', [{ code: 'replayed', count: 1 }], ['replayed-token']]);

  const withdrawal = encode('frimas.test', { visitor: 'abcdefghijk', since: at, events: [{ type: 'withdrawn', at }] });
  assert.equal((await runtime.tell(withdrawal)).status, 204);
  for (const [id, trust] of [['lead-walked', 'none'], ['lead-replayed', 'human']]) {
    const lead = await arrived(id, 2);
    assert.deepEqual([lead.trust, lead.clamps], [trust, [{ code: 'withdrawn', count: 1 }]]);
  }
  for (const secret of ['@frimas.test', token, 'abcdefghijk', 'lead_way']) assert(!runtime.log().includes(secret));
});
