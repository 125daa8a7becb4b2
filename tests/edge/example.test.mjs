/** The example works as it is told: a lead that came while the CRM was off, and over the end of the process, is shown when it is on. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { root } from '../../scripts/shell.mjs';

const PORT = 18_787;
const site = `http://127.0.0.1:${PORT}`;
const folder = mkdtempSync(join(tmpdir(), 'leadscore-example-'));
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;

const started = async () => {
  server = spawn(process.execPath, ['examples/edge/server.mjs'], { cwd: root, env: { ...process.env, PORT: String(PORT), FOLDER: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => server?.stdout?.once('data', resolve));
};
const killed = async () => {
  server?.kill('SIGKILL');
  await new Promise((resolve) => server?.once('exit', resolve));
};
after(async () => {
  await killed();
  rmSync(folder, { recursive: true });
});

const post = (/** @type {string} */ path, /** @type {Record<string, string>} */ fields = {}) =>
  fetch(site + path, { method: 'POST', headers: { origin: site }, body: new URLSearchParams(fields), redirect: 'manual' });
const page = async () => (await fetch(site)).text();
/** @param {string} text */
const shows = async (text) => {
  for (let wait = 0; wait < 150; wait++) {
    if ((await page()).includes(text)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
};

test('a form is thanked for while the CRM is off and is in the CRM afterwards, also when the process was killed', async () => {
  await started();
  await post('/switch');
  const answer = await post('/lead', { name: 'Ada <b>Lovelace</b>', email: 'ada@frimas.test', 'job-title': 'CTO', employees: '50+' });
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${site}/`]);
  assert((await page()).includes('1 queued'));
  await killed();
  await started();
  assert(await shows('<td>A</td><td>100</td><td>Ada &#60;b&#62;Lovelace&#60;/b&#62;</td>'));
  assert((await page()).includes('0 queued, 0 held, 1 sent'));
});

test('what node:http is sent that is no request of ours is answered too', async () => {
  /** @param {import('node:http').RequestOptions} options @param {string} [body] @returns {Promise<number | undefined>} */
  const raw = (options, body) =>
    new Promise((resolve, reject) => {
      const asked = request(`${site}/lead`, { method: 'POST', ...options }, (answer) => (answer.resume(), resolve(answer.statusCode)));
      asked.on('error', reject).end(body);
    });
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal(await raw({ headers: { ...type, host: 'a b' } }, 'email=a@b.fr'), 303);
  assert.equal(await raw({ headers: { ...type, origin: 'https://evil.test' } }, 'email=a@b.fr'), 403);
  assert.equal(await raw({ headers: { ...type, 'transfer-encoding': 'chunked' } }, 'x'.repeat(200_000)), 413);
  assert.equal(await raw({ headers: type }, 'email='), 422);
});
