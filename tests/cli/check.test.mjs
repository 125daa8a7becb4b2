// `check` and `test`: what they tell of the issues that the engine found, and their exit codes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, files, foreseeable } from './world.mjs';

const path = files({
  'model.json': { format: 1, id: 'm', dimensions: [], tests: [{ name: 'first' }, { name: 'second' }, {}] },
  'untested.json': { format: 1, id: 'm', dimensions: [] },
  'latin.json': Buffer.from('{"id":"\xe9"}', 'latin1'),
});

/** @typedef {import('leadscore').Issue} Issue */

/** @type {Issue} */
const ERROR = { severity: 'error', code: 'unknown-field', path: 'dimensions[0].groups[1]', message: 'unknown field `pionts`', suggestion: '`points`' };
/** @type {Issue} */
const ALIKE = { ...ERROR, code: 'missing-field', message: 'expected `id`, found nothing', suggestion: null };
/** @type {Issue} */
const WARNING = { severity: 'warning', code: 'dead-rule', path: '', message: 'never fires \u001b[31m', suggestion: null };
/** @type {Issue} */
const FAILED = { severity: 'error', code: 'test-failed', path: 'tests[1].expect.value', message: 'expected 3, found 4', suggestion: null };

/**
 * @param {string[]} args
 * @param {Issue[]} issues
 * @param {object} [options]
 */
function withIssues(args, issues, options = {}) {
  return cli(args, { engine: { ...foreseeable().engine, check: () => issues }, ...options });
}

/** @type {[name: string, issues: Issue[], args: string[], code: number, lines: string[]][]} */
const table = [
  ['nothing', [], [], 0, ['✓ FILE: nothing wrong']],
  ['nothing, strictly', [], ['--strict'], 0, ['✓ FILE: nothing wrong']],
  ['a warning', [WARNING], [], 0, ['1 warning', '  the model', '    never fires \ufffd[31m [dead-rule]', '', '! FILE: 1 warning']],
  ['a warning, strictly', [WARNING], ['--strict'], 1, ['1 warning', '  the model', '    never fires \ufffd[31m [dead-rule]', '', '! FILE: 1 warning']],
  ['errors first, those of one place together', [WARNING, ERROR, ALIKE], [], 1, [
    '2 errors',
    '  dimensions[0].groups[1]',
    '    unknown field `pionts` [unknown-field]',
    '      perhaps: `points`',
    '    expected `id`, found nothing [missing-field]',
    '',
    '1 warning',
    '  the model',
    '    never fires \ufffd[31m [dead-rule]',
    '',
    '✗ FILE: 2 errors, 1 warning',
  ]],
  ['in French', [ERROR], ['--lang', 'fr'], 1, [
    '1 erreur', '  dimensions[0].groups[1]', '    unknown field `pionts` [unknown-field]', '      peut-être\u00a0: `points`', '', '✗ FILE\u00a0: 1 erreur',
  ]],
];

for (const [name, issues, args, code, lines] of table) {
  test(`check: ${name}`, async () => {
    const result = await withIssues(['check', path('model.json'), ...args], issues);
    assert.deepEqual(result.lines, lines.map((line) => line.replace('FILE', path('model.json'))));
    assert.equal(result.code, code);
  });
}

test('check: as JSON, everything as it was found', async () => {
  const { stdout, code } = await withIssues(['check', path('model.json'), '--format', 'json'], [WARNING, ERROR]);
  assert.deepEqual(JSON.parse(stdout), { model: path('model.json'), errors: 1, warnings: 1, issues: [WARNING, ERROR] });
  assert.equal(code, 1);
});

test('check: colours on a terminal, unless refused', async () => {
  const on = await withIssues(['check', path('model.json')], [ERROR], { tty: true });
  const off = await withIssues(['check', path('model.json')], [ERROR], { tty: true, env: { NO_COLOR: '1' } });
  assert.match(on.stdout, /\u001b\[31m/);
  assert.doesNotMatch(off.stdout, /\u001b/);
});

test('check: the language of the machine is the default', async () => {
  for (const [LANG, told] of /** @type {const} */ ([['fr_FR.UTF-8', /rien à signaler/], ['frr_DE', /nothing wrong/], ['C', /nothing wrong/]])) {
    assert.match((await withIssues(['check', path('model.json')], [], { env: { LANG } })).stdout, told);
  }
});

test('check: a model from standard input; none in another encoding', async () => {
  assert.equal((await withIssues(['check', '-'], [], { stdin: '{}' })).stdout, '✓ -: nothing wrong\n');
  const { code, stderr } = await withIssues(['check', path('latin.json')], []);
  assert.match(stderr, /^error: `.*latin.json`: not-utf8: /);
  assert.equal(code, 1);
});

test('test: a line for each, and what failed', async () => {
  const { lines, code } = await withIssues(['test', path('model.json'), path('untested.json')], [FAILED, WARNING]);
  assert.deepEqual(lines, [
    path('model.json'), '  ✓ first', '  ✗ second', '      expect.value: expected 3, found 4', '  ✓ tests[2]',
    path('untested.json'), '  no tests in this model',
    '3 tests · 2 passed · 1 failed',
  ]);
  assert.equal(code, 1);
});

test('test: exit code 0 when all pass', async () => {
  const { lines, code } = await withIssues(['test', path('model.json')], [WARNING]);
  assert.equal(lines.at(-1), '3 tests · 3 passed · 0 failed');
  assert.equal(code, 0);
});

test('test: a model with errors cannot be tested', async () => {
  const { lines, code } = await withIssues(['test', path('model.json')], [ERROR]);
  assert.equal(lines.at(-2), `✗ ${path('model.json')}: the model has errors: its tests cannot be run`);
  assert.equal(lines.at(-1), '0 tests · 0 passed · 0 failed');
  assert.equal(code, 1);
});

test('score: a model with errors is told as by check, exit code 1', async () => {
  const refuse = () => {
    throw Object.assign(new Error('the model has 1 error'), { name: 'LeadscoreError', code: 'invalid-model', path: '', issues: [ERROR] });
  };
  const engine = { ...foreseeable().engine, createScorer: refuse };
  const { code, stdout, stderr } = await cli(['score', path('model.json'), '-', '--input', 'csv'], { engine, stdin: 'a\n1\n' });
  assert.match(stderr, /1 error\n {2}dimensions\[0\]\.groups\[1\]\n[\s\S]*error: `.*model.json`: invalid-model: the model has 1 error\n$/);
  assert.equal(stdout, '');
  assert.equal(code, 1);
});
