/** The same forms give the same bytes in Node, Deno and Bun, each with an SQLite of its own, and a second process goes on with what the first left. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac, hkdfSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { root } from '../../scripts/shell.mjs';
import { NOW, SECRET, WEBHOOK_SECRET } from './model.mjs';

const PATH = [join(root, 'node_modules', '.bin'), process.env.EDGE_HOSTS, process.env.PATH].filter(Boolean).join(delimiter);

/** @type {[name: string, program: string, parameters: string[]][]} */
const HOSTS = [
  ['Node', process.execPath, []],
  ['Deno', 'deno', ['run', '--allow-read', '--allow-write', '--allow-env', '--no-lock']],
  ['Bun', 'bun', ['run']],
];

const env = { ...process.env, PATH, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
const isThere = (/** @type {string} */ program) => spawnSync(program, ['--version'], { env }).status === 0;

/** What the cookie has to say, worked out with another library. */
const SINCE = (NOW / 1000).toString(36);
const SIGNATURE = createHmac('sha256', Buffer.from(hkdfSync('sha256', SECRET, '', 'leadscore frimas.test seen', 32))).update(SINCE).digest('base64url');

for (const [name, program, parameters] of HOSTS) {
  describe(name, { skip: !isThere(program) && `${name} is not installed: npm install ${program}` }, () => {
    test('takes forms, keeps them over its end, delivers them, forgets a person', () => {
      const folder = mkdtempSync(join(tmpdir(), 'leadscore-host-'));
      const run = (/** @type {string} */ wanted) => {
        const { status, stdout, stderr } = spawnSync(program, [...parameters, 'tests/edge/host.mjs', join(folder, 'leads.db'), wanted], { cwd: root, env, encoding: 'utf8' });
        assert.equal(status, 0, stderr);
        return JSON.parse(stdout);
      };
      try {
        const multipart = [303, 'https://frimas.test/'];
        assert.deepEqual(run('post'), {
          answers: [
            [303, 'https://frimas.test/thanks'],
            [202, '{"ok":true,"id":"lead-json"}'],
            multipart,
            multipart,
            [422, 'expected other values in some fields\nemail: expected an e-mail address\n'],
            [413, '{"ok":false,"error":"too-large","message":"expected at most 65536 bytes"}'],
            [400, 'expected a page of this website in `_next`, found another\n'],
          ],
          cookie: `lead_seen=${SINCE}.${SIGNATURE}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax`,
          counts: { queued: 3, held: 0, sent: 0, merged: 0, dead: 0 },
        });
        const { due, received, forgotten, counts } = run('deliver');
        assert.deepEqual([due, forgotten], [null, [{ lead: 'lead-urlencoded', destination: 'crm', remote: null }]]);
        assert.deepEqual(counts, { queued: 0, held: 0, sent: 2, merged: 0, dead: 0 });
        assert.equal(received.length, 3);
        for (const one of received) {
          const [signature, body] = [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)];
          const signed = `${JSON.parse(body).data.id}.${NOW / 1000}.${body}`;
          assert.equal(signature, `v1,${createHmac('sha256', Buffer.from(WEBHOOK_SECRET.slice(6), 'base64')).update(signed).digest('base64')}`);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
}
