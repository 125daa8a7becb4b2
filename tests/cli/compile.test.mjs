// `compile`: the file it writes scores as the model does, and nothing is written when there is none.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import * as leadscore from 'leadscore';
import { loadScorer } from 'leadscore/runtime';
import { MODEL, cli, files } from './world.mjs';

/** The same with something for browsers: what events are worth. */
const WITH_EVENTS = {
  ...MODEL,
  dimensions: [...MODEL.dimensions, { id: 'interest', groups: [{ id: 'visits', rules: [{ id: 'prices', on: 'visit', when: { seconds: { $gte: 60 } }, points: 4 }] }] }],
};

const path = files({ 'model.json': MODEL, 'events.json': WITH_EVENTS, 'broken.json': { ...MODEL, dimenzions: [] }, 'latin.json': Buffer.from('{"id":"\xe9"}', 'latin1') });
const engine = leadscore;

/** @param {string[]} args @param {Record<string, string>} [env] */
const compile = (args, env = {}) => cli(['compile', ...args], { engine, env });

for (const [language, args, env, expected] of /** @type {[string, string[], Record<string, string>, RegExp][]} */ ([
  ['English', [], {}, /^✓ FILE: [\d,]+ bytes, for servers$/],
  ['French', ['--lang', 'fr'], {}, /^✓ FILE\u00a0: [\d\u202f]+ octets, pour les serveurs$/],
  ['the language of the machine', ['--audience', 'browser'], { LANG: 'fr_FR.UTF-8' }, /^✓ FILE\u00a0: [\d\u202f]+ octets, pour les navigateurs$/],
])) {
  test(`compile: what was written, in ${language}`, async () => {
    const file = path(`${language}.lsp`);
    const { code, stdout, stderr } = await compile([path('model.json'), '-o', file, ...args], env);
    assert.equal(stderr, '');
    assert.match(stdout.trimEnd().replace(file, 'FILE'), expected);
    assert(stdout.replace(file, '').replace(/\D/g, '').includes(String(statSync(file).size)));
    assert.equal(code, 0);
  });
}

test('compile: the file scores as the model does', async () => {
  await compile([path('model.json'), '--output', path('same.lsp')]);
  const [compiled, scorer] = [loadScorer(readFileSync(path('same.lsp'))), leadscore.createScorer(MODEL)];
  for (const facts of [{}, { company: { employees: 45 } }, { company: { employees: 3 } }]) {
    assert.equal(JSON.stringify(compiled.score(facts)), JSON.stringify(scorer.score(facts)));
  }
});

test('compile: browsers learn what events are worth, and no name', async () => {
  await compile([path('events.json'), '-o', path('browser.lsp'), '--audience', 'browser']);
  const file = readFileSync(path('browser.lsp'));
  for (const secret of ['demo', 'big', 'size', 'hot', 'employees', 'country', 'interest', 'prices']) {
    assert(!file.includes(secret), secret);
  }
  const events = [{ type: 'visit', at: 1, seconds: 90 }, { type: 'visit', at: 2, seconds: 9 }, { type: 'visit', at: 3, seconds: 60 }];
  assert.equal(loadScorer(file).value({ company: { employees: 45 } }, { events, asOf: 9 }), 8);
});

for (const [name, args, code, told] of /** @type {[string, string[], number, RegExp][]} */ ([
  ['a model with errors', ['broken.json', '-o', 'none.lsp'], 1, /unknown-field/],
  ['a model in another encoding', ['latin.json', '-o', 'none.lsp'], 1, /not-utf8/],
  ['no model', ['absent.json', '-o', 'none.lsp'], 2, /no such file/],
  ['no output', ['model.json'], 2, /--output/],
  ['standard output', ['model.json', '-o', '-'], 2, /expected a file/],
  ['a folder that is not there', ['model.json', '-o', 'absent/none.lsp'], 2, /cannot be written/],
  ['the model itself', ['model.json', '-o', 'model.json'], 2, /another file than the input/],
  ['another audience', ['model.json', '-o', 'none.lsp', '--audience', 'everybody'], 2, /edge, browser/],
])) {
  test(`compile: ${name}`, async () => {
    const found = await compile(args.map((arg) => (/^(-|everybody|edge)/.test(arg) ? arg : path(arg))));
    assert.equal(found.stdout, '');
    assert.match(found.stderr, told);
    assert.equal(found.code, code);
    assert(!existsSync(path('none.lsp')));
    assert.deepEqual(JSON.parse(readFileSync(path('model.json'), 'utf8')), MODEL);
  });
}
