/** The comparison with peers as far as it needs none of them: leadscore's adapter, and the table in README.md. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { check } from 'leadscore';
import * as leadscore from '../../benches/peers/leadscore.mjs';
import * as naive from '../../benches/peers/peers/naive.mjs';
import { leads } from '../../benches/peers/workload/leads.mjs';
import { model } from '../../benches/peers/workload/model.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'benches', 'peers');
const io = { wasm: () => assert.fail('neither of the two asks for a file') };

test('leadscore scores as the model of the comparison is plainly read', async () => {
  const [expected, found] = await Promise.all([naive, leadscore].map(({ load }) => load({ model, io })));
  const grades = new Set();
  for (const lead of leads(300, 3)) {
    const breakdown = await expected.full(lead);
    grades.add(breakdown.grade);
    assert.deepEqual(await found.full(lead), breakdown);
    assert(Math.abs((await found.score(lead)) - breakdown.score) < 1e-9); // it is rounded as shown
  }
  assert.deepEqual([...grades].sort(), ['cold', 'cool', 'hot', 'warm']);
});

test('to the linter there is nothing wrong in the model of the comparison', () => {
  const issues = check(leadscore.translated(model));
  assert.deepEqual(issues.filter(({ severity }) => severity === 'error'), []);
});

const known = { field: 'country', op: 'eq', value: 'FR' };
const other = { field: 'size', op: 'gte', value: 10 };
const cases = /** @type {[name: string, when: any, lead: object, holds: boolean][]} */ ([
  ['a test', known, { country: 'FR' }, true],
  ['a test of what is missing', known, {}, false],
  ['a test of null', known, { country: null }, false],
  ['not', { not: known }, { country: 'FR' }, false],
  ['not, of another', { not: known }, { country: 'BE' }, true],
  ['not, of what is missing', { not: known }, {}, true],
  ['not, of null', { not: known }, { country: null }, true],
  ['not, of another type', { not: other }, { size: 'large' }, true],
  ['not not, of what is missing', { not: { not: known } }, {}, false],
  ['not all, one missing', { not: { all: [known, other] } }, { country: 'FR' }, true],
  ['not all, both true', { not: { all: [known, other] } }, { country: 'FR', size: 10 }, false],
  ['not any, one missing', { not: { any: [known, other] } }, { country: 'BE' }, true],
  ['not any, one true', { not: { any: [known, other] } }, { size: 11 }, false],
  ['any, one missing', { any: [known, other] }, { size: 11 }, true],
  ['all, one missing', { all: [known, { not: other }] }, { country: 'FR' }, true],
]);

for (const [name, when, lead, holds] of cases) {
  test(`what is unknown fails a test, as in the model of the comparison: ${name}`, async () => {
    const rules = [{ id: 'r', group: 'g', points: 1, when }];
    const one = { id: 'one', groups: [{ id: 'g', cap: 1 }], rules, normaliseTo: 100, thresholds: [{ min: 0, label: 'all' }] };
    for (const { load } of [naive, leadscore]) {
      const scorer = await load({ model: one, io });
      assert.equal(await scorer.score(lead), holds ? 100 : 0);
    }
  });
}

test('the table in README.md was written by the comparison as it is, with a number in each cell', () => {
  const [, written, ...more] = readFileSync(join(root, 'README.md'), 'utf8').split(/<!-- (?:written by `npm run bench:peers`|as far as here) -->/);
  assert.equal(more.length, 1, 'expected each mark once');
  const rows = written.trim().split('\n').filter((line) => line.startsWith('| ')).slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  const files = [join(folder, 'leadscore.mjs'), ...readdirSync(join(folder, 'peers')).filter((file) => file.endsWith('.mjs')).map((file) => join(folder, 'peers', file))];
  const names = files.map((file) => readFileSync(file, 'utf8').match(/name: '([^']+)'/)?.[1]);
  assert.deepEqual(rows.map(([name]) => name.replace(/\*\*| ¹/g, '')).sort(), names.sort());
  for (const [name, ...cells] of rows) for (const cell of cells) assert.match(cell, /^(–|\d+(\.\d+)? (×|µs|ms|kB))$/, name);
});

test('leadscore stands alone in its folder, where another harness takes every module for a contender', () => {
  assert.deepEqual(readdirSync(folder).filter((file) => file.endsWith('.mjs')), ['leadscore.mjs']);
});

test('the lock file of the peers pins their versions and says nothing of where they come from', () => {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  assert(!/"resolved"|https?:/.test(lock));
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries(dependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.equal(JSON.parse(lock).packages[`node_modules/${name}`].version, version);
  }
});
