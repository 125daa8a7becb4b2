/** The package as a web developer meets it, in Node: errors, life cycle, and what npm ships. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import * as leadscore from 'leadscore';
import { check, createScorer, init, initSync, LeadscoreError, matches } from 'leadscore';
import { MODEL } from './hostile.mjs';

const pkg = new URL('../../pkg/', import.meta.url);

test('a model is given as an object or as JSON text, and says who it is', () => {
  for (const model of [MODEL, JSON.stringify(MODEL)]) {
    const scorer = createScorer(model);
    assert.deepEqual(scorer.model, { id: 'target', version: null });
    assert.throws(() => Object.assign(scorer.model, { id: 'other' }), TypeError);
    scorer.free();
  }
});

test('an error is a real one, with code, path and all the issues', () => {
  const model = structuredClone(MODEL);
  Object.assign(model.dimensions[0].groups[0].rules[0], { pionts: 3 });
  Object.assign(model, { total: { cap: 'high' } });
  assert.throws(
    () => createScorer(model),
    (/** @type {LeadscoreError} */ error) => {
      assert(error instanceof LeadscoreError && error instanceof Error);
      assert.equal(error.name, 'LeadscoreError');
      assert.match(String(error.stack), /^LeadscoreError: .*api\.test\.mjs/s);
      const places = error.issues.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
      assert(places.includes('error unknown-field dimensions[0].groups[0].rules[0].pionts'), String(places));
      assert(places.includes('error wrong-type total.cap'), String(places));
      assert.equal(`${error.code} ${error.path}`, `${error.issues[0].code} ${error.issues[0].path}`);
      return true;
    },
  );
});

test('check finds the same issues and throws none of them', () => {
  assert.deepEqual(check(MODEL).filter(({ severity }) => severity === 'error'), []);
  const [issue] = check({ ...MODEL, dimenzions: [] });
  assert.equal(issue.code, 'unknown-field');
  assert.equal(issue.suggestion, 'dimensions');
  assert.deepEqual(Object.keys(issue).sort(), ['code', 'message', 'path', 'severity', 'suggestion']);
});

test('an error about a lead says where it stands', () => {
  const scorer = createScorer(MODEL);
  const asOf = '2026-11-02';
  for (const [facts, options, code, path] of /** @type {[any, any, string, string][]} */ ([
    [{ company: { employees: NaN } }, {}, 'not-finite', 'facts.company.employees'],
    [{ contacts: [{ role: 'a' }, { role: '\ud800' }] }, {}, 'invalid-text', 'facts.contacts.role'],
    [{}, { asOf, events: [{ type: 'visit', at: asOf }, { type: 3, at: asOf }] }, 'invalid-event', 'events[1].type'],
    [{}, { asOf, events: [{ type: 'visit', at: 'soon' }] }, 'invalid-instant', 'events[0].at'],
    [{}, { asOf, events: [{ type: 'visit', at: asOf, seconds: Infinity }] }, 'not-finite', 'events[0].seconds'],
    [{}, { asof: asOf }, 'unknown-option', 'asof'],
  ])) {
    assert.throws(() => scorer.score(facts, options), { name: 'LeadscoreError', code, path });
  }
});

test('the error of a getter stays as the cause', () => {
  const cause = new Error('of the caller');
  const facts = { get company() { throw cause; } };
  assert.throws(() => createScorer(MODEL).score(facts), { name: 'LeadscoreError', code: 'unreadable', path: 'facts', cause });
});

test('instants may be numbers, texts and dates, and mean the same', () => {
  const scorer = createScorer(MODEL);
  const [first, ...others] = [1793577600000, '2026-11-02T00:00:00Z', '2026-11-02', new Date('2026-11-02'), 1793577600000n].map((at) =>
    JSON.stringify(scorer.score({}, { asOf: /** @type {any} */ (at), events: [{ type: 'visit', at: /** @type {any} */ (at), seconds: 60 }] })),
  );
  for (const other of others) assert.equal(other, first);
  assert.equal(JSON.parse(first).value, 4);
});

test('scorers do not touch each other, nor a lead the next one', () => {
  const [one, two] = [createScorer(MODEL), createScorer({ ...MODEL, id: 'other' })];
  const whole = { company: { employees: 45, country: 'FR' }, tags: ['vip'], contacts: [{ role: 'ceo' }] };
  const before = JSON.stringify(two.score({}));
  assert.equal(one.score(whole).value, 18);
  assert.equal(JSON.stringify(two.score({})), before);
  assert.equal(one.score({}).value, 0);
  assert.equal(one.score(whole).value, 18);
});

test('many texts, models and leads do not make it forget or mix anything up', () => {
  const scorer = createScorer(MODEL);
  for (let i = 0; i < 5000; i++) {
    assert.equal(scorer.score({ company: { country: `C${i}` } }).value, 0);
    if (i % 100 === 0) assert.equal(scorer.score({ company: { country: 'FR' } }).value, 5);
  }
  for (let i = 0; i < 500; i++) createScorer(MODEL).free();
  assert.equal(scorer.score({ company: { country: 'BE' } }).value, 5);
});

test('a scorer that was freed says so', () => {
  const scorer = createScorer(MODEL);
  scorer.free();
  assert.throws(() => scorer.score({}), { name: 'LeadscoreError', code: 'freed' });
  assert.throws(() => scorer.free(), { code: 'freed' });
});

test('a condition answers true, false, or null when it cannot be known', () => {
  const condition = { 'company.employees': { $gte: 10 } };
  assert.equal(matches(condition, { company: { employees: 45 } }), true);
  assert.equal(matches(JSON.stringify(condition), { company: { employees: 9 } }), false);
  assert.equal(matches(condition, {}), null);
  assert.throws(() => matches({ a: { $regex: 'x' } }, {}), { name: 'LeadscoreError', code: 'unknown-operator' });
  assert.throws(() => matches({}, /** @type {any} */ ([])), { code: 'invalid-facts', path: 'facts' });
});

test('init does no harm where the engine starts by itself', async () => {
  const bytes = readFileSync(new URL('wasm/full/leadscore_bg.wasm', pkg));
  const scorer = createScorer(MODEL);
  await Promise.all([init(), init(bytes)]);
  initSync(bytes);
  assert.equal(scorer.score({ company: { employees: 45 } }).value, 10);
});

test('in a browser the engine must be loaded first, from wherever it is', () => {
  // A process of its own: the engine is started once.
  const program = `
    import assert from 'node:assert/strict';
    import { readFile } from 'node:fs/promises';
    import { createScorer, init } from './entries/full/browser.js';
    const model = ${JSON.stringify(MODEL)};
    assert.throws(() => createScorer(model), { name: 'LeadscoreError', code: 'not-initialised' });
    const wrong = new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    await assert.rejects(init(wrong), { name: 'LeadscoreError', code: 'engine-unavailable' });
    await assert.rejects(init(new Response('', { status: 404 })), { code: 'engine-unavailable' });
    await assert.rejects(init('https://nowhere.invalid/' + 'x'.repeat(1e5)), ({ code, message }) => code === 'engine-unavailable' && message.length < 500);
    const headers = { 'content-type': process.argv[1] };
    const response = Promise.resolve(new Response(await readFile('./wasm/full/leadscore_bg.wasm'), { headers }));
    await Promise.all([init(response), init()]);
    console.log(createScorer(model).score({ company: { employees: 45 } }).value);
  `;
  for (const type of ['application/wasm', 'application/octet-stream']) {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, type], { cwd: pkg, encoding: 'utf8' });
    assert.equal(output, '10\n');
  }
});

test('an engine that a bundler wrote into the page is read without a request', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import { createScorer, init } from './entries/full/browser.js';
    globalThis.fetch = () => Promise.reject(new TypeError('forbidden by connect-src'));
    await init(new URL('data:application/wasm;base64,' + readFileSync('./wasm/full/leadscore_bg.wasm', 'base64')));
    console.log(createScorer(${JSON.stringify(MODEL)}).score({ company: { employees: 45 } }).value);
  `;
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: pkg, encoding: 'utf8' }), '10\n');
});

test('initSync takes bytes or a module, also one of another realm', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import vm from 'node:vm';
    import { createScorer, initSync } from './entries/full/browser.js';
    const bytes = readFileSync('./wasm/full/leadscore_bg.wasm');
    const foreign = vm.runInNewContext('new WebAssembly.Module(bytes)', { bytes });
    if (foreign instanceof WebAssembly.Module) throw new Error('expected another realm');
    initSync(process.argv[1] === 'foreign' ? foreign : bytes);
    console.log(createScorer(${JSON.stringify(MODEL)}).score({ company: { employees: 45 } }).value);
  `;
  for (const kind of ['bytes', 'foreign']) {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, kind], { cwd: pkg, encoding: 'utf8' });
    assert.equal(output, '10\n');
  }
});

test('importing does no work', () => {
  const program = `
    const { Module, Instance } = WebAssembly;
    WebAssembly.Module = class { constructor() { throw new Error('compiled at import'); } };
    await import('leadscore');
    await import('./entries/full/browser.js');
    await import('./entries/full/browser-inline.js');
  `;
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: pkg });
});

test('every entry exports what the declarations say', async () => {
  const full = ['LeadscoreError', 'check', 'compileModel', 'createScorer', 'init', 'initSync', 'matches'];
  const runtime = ['LeadscoreError', 'init', 'initSync', 'loadScorer'];
  const entries = { 'full/inline': full, 'full/browser': full, 'full/browser-inline': full, 'runtime/browser': runtime, 'server/inline': runtime };
  for (const [entry, declared] of Object.entries(entries)) {
    assert.deepEqual(Object.keys(await import(new URL(`entries/${entry}.js`, pkg).href)).sort(), declared, entry);
  }
  assert.deepEqual(Object.keys(leadscore).sort(), full);
});

test('CommonJS may require it, where Node can', { skip: !process.features.require_module && 'this Node cannot' }, () => {
  const program = `console.log(require('leadscore').matches({ a: 1 }, { a: 1 }))`;
  const output = execFileSync(process.execPath, ['--input-type=commonjs', '--no-warnings', '-e', program], { cwd: pkg, encoding: 'utf8' });
  assert.equal(output, 'true\n');
});

test('the licences that npm ships are those of the project', () => {
  for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    assert.equal(readFileSync(new URL(licence, pkg), 'utf8'), readFileSync(new URL(`../${licence}`, pkg), 'utf8'));
  }
});

test('the export map leads to files, and npm ships them', () => {
  const { exports, bin } = JSON.parse(readFileSync(new URL('package.json', pkg), 'utf8'));
  /** @type {string[]} */
  const targets = [];
  JSON.stringify({ exports, bin }, (_, value) => {
    if (typeof value === 'string') targets.push(value);
    return value;
  });
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: pkg, encoding: 'utf8' }));
  const shipped = new Set(files.map((/** @type {{ path: string }} */ { path }) => `./${path}`));
  const generated = ['full', 'runtime', 'server'].flatMap((build) =>
    ['leadscore_bg.wasm', 'leadscore_bg.js', 'inline.js'].map((file) => `./wasm/${build}/${file}`),
  );
  for (const target of [...targets, ...generated, './LICENSE-MIT', './LICENSE-APACHE']) {
    assert(existsSync(new URL(target, pkg)), `${target} is there`);
    assert(shipped.has(target), `${target} is shipped`);
  }
});
