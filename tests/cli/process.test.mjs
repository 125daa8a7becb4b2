// The command as a process of its own, with the engine as it is shipped: memory, pipes, exit codes.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { files } from './world.mjs';
import { MAIN, command } from './process.mjs';

const MODEL = {
  format: 1,
  id: 'size',
  attributes: { employees: { type: 'integer' }, country: { type: 'text' } },
  dimensions: [
    { id: 'fit', groups: [{ id: 'g', rules: [{ id: 'big', when: { employees: { $gte: 10 } }, points: 10 }, { id: 'french', when: { country: 'FR' }, points: 5 }] }] },
  ],
  total: { labels: [{ id: 'hot', from: 15 }, { id: 'cold' }] },
  tests: [{ name: 'big and French', facts: { employees: 10, country: 'FR' }, expect: { value: 15 } }],
};
const broken = structuredClone(MODEL);
Object.assign(broken.dimensions[0].groups[0].rules[0], { pionts: 3 });
const failing = structuredClone(MODEL);
failing.tests[0].expect.value = 14;

const path = files({ 'model.json': MODEL, 'broken.json': broken, 'failing.json': failing, 'leads.csv': 'id,employees,country\na,12,FR\nb,3,BE\nc,,\n' });
const LEADS = 200_000;

/** A file of the size at which anything that is kept would show, one row in a thousand too short. */
async function* manyLeads() {
  let text = 'id,employees,country,note\n';
  for (let index = 0; index < LEADS; index += 1) {
    text += index % 1000 === 999 ? `${index},5\n` : `${index},${index % 20},FR,"said ""${'x'.repeat(60)}"", twice"\n`;
    if (text.length > 60_000) {
      yield text;
      text = '';
    }
  }
  yield text;
}

async function* manyJsonLeads() {
  for await (const text of jsonText()) yield text;
}

async function* jsonText() {
  let text = '[';
  for (let index = 0; index < LEADS; index += 1) {
    text += `${index ? ',\n' : ''}{"id":${index},"employees":${index % 20},"country":"FR","note":"${'x'.repeat(60)}"}`;
    if (text.length > 60_000) {
      yield text;
      text = '';
    }
  }
  yield `${text}]`;
}

test('200,000 CSV leads go through 64 MB, and every one is accounted for', async () => {
  const { code, stdout, stderr } = await command(['score', path('model.json'), '-', '--input', 'csv'], {
    stdin: manyLeads(),
    node: ['--max-old-space-size=64'],
  });
  assert.match(stderr, /\nread 200,000 · scored 199,800 · rejected 200\n$/, stderr.slice(-500));
  assert.equal(stdout.split('\n').length - 2, 199_800);
  assert.match(stdout, /\n12,12,FR,"said ""x+"", twice",15,scored,/);
  assert.equal(code, 1);
});

test('200,000 leads of one JSON array go through 64 MB', async () => {
  const { code, stdout, stderr } = await command(['score', path('model.json'), '-', '--input', 'json', '--out', 'csv'], {
    stdin: manyJsonLeads(),
    node: ['--max-old-space-size=64'],
  });
  assert.equal(stderr, 'read 200,000 · scored 200,000 · rejected 0\n');
  assert.equal(stdout.split('\n').length - 2, 200_000);
  assert.equal(code, 0);
});

test('a reader that has enough ends it quietly', async () => {
  const big = files({ 'big.csv': `id,employees,country\n${'a,12,FR\n'.repeat(100_000)}` });
  const script = `"${process.execPath}" "${MAIN}" score "${path('model.json')}" "${big('big.csv')}" 2>"${big('err.txt')}" | head -n 2; echo "\${PIPESTATUS[0]}"; cat "${big('err.txt')}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  const lines = stdout.split('\n');
  assert.equal(lines[1].slice(0, 18), 'a,12,FR,15,scored,');
  assert.equal(lines[2], '0');
  assert.equal(lines[3], 'the output was closed by its reader: stopped there');
  assert.match(lines[4], /^read [\d,]+ · scored [\d,]+ · rejected 0$/);
  assert.equal(lines.length, 6);
});

test('nobody reading at all is no error either', async () => {
  for (const args of [['check', path('model.json')], ['test', path('model.json')], ['score', '--help']]) {
    const script = `"${process.execPath}" "${MAIN}" ${args.join(' ')} 2>&1 | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]);
    assert.equal(stdout, '0\n', args.join(' '));
  }
});

/** @type {[name: string, args: string[], code: number, told: RegExp][]} */
const table = [
  ['score', ['score', path('model.json'), path('leads.csv')], 0, /\na,12,FR,15,scored,,,hot,,15,1\nb,3,BE,0,scored,,,cold,,0,1\nc,,,0,scored,,,cold,,0,0\n/],
  ['score with reasons', ['score', path('model.json'), path('leads.csv'), '--lang', 'fr'], 0, /leadscore\.reasons\na,12,FR,15,scored,,,hot,,15,1,.+/],
  ['score with a broken model', ['score', path('broken.json'), path('leads.csv')], 1, /pionts[\s\S]*points/],
  ['check', ['check', path('model.json')], 0, /model\.json/],
  ['check of a broken model', ['check', path('broken.json')], 1, /dimensions\[0\]\.groups\[0\]\.rules\[0\][\s\S]*pionts[\s\S]*points/],
  ['test', ['test', path('model.json')], 0, /✓ big and French\n1 test · 1 passed · 0 failed/],
  ['test that fails', ['test', path('failing.json')], 1, /✗ big and French\n.*15.*\n1 test · 0 passed · 1 failed/],
  ['test of a broken model', ['test', path('broken.json')], 1, /cannot be run/],
  ['a missing model', ['check', path('nope.json')], 2, /no such file/],
  ['no command', [], 2, /Usage/],
  ['version', ['--version'], 0, /^\d+\.\d+\.\d+\n$/],
];

for (const [name, args, code, told] of table) {
  test(`process: ${name}`, async () => {
    const result = await command(args);
    assert.match(result.stdout + result.stderr, told);
    assert.equal(result.code, code, result.stderr);
  });
}

test('a full disk is told', { skip: process.platform === 'linux' ? false : '/dev/full is of Linux' }, async () => {
  const { code, stderr } = await command(['score', path('model.json'), path('leads.csv'), '-o', '/dev/full']);
  assert.match(stderr, /cannot be written: ENOSPC/);
  assert.equal(code, 2);
});
