/** The builds that load compiled programs say what the full build says, over the whole corpus. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as full from 'leadscore';
import * as server from 'leadscore/runtime';
import * as browser from '../../pkg/entries/runtime/browser.js';
import { corpus } from './cases.mjs';
import { answers } from './corpus.mjs';
import { MODEL, surprises } from './hostile.mjs';

browser.initSync(readFileSync(new URL('../../pkg/wasm/runtime/leadscore_bg.wasm', import.meta.url)));
const builds = Object.entries({ server, browser });
const program = full.compileModel(MODEL);

/**
 * A build as if it took models.
 * @param {{ loadScorer(program: Uint8Array): any }} build
 * @returns {any}
 */
function taking(build) {
  return { ...full, createScorer: (/** @type {any} */ model) => build.loadScorer(full.compileModel(model)) };
}

/** The corpus without what only the full build has. */
function shared() {
  const { models, files } = corpus();
  for (const suites of Object.values(files)) {
    for (const { cases } of suites) for (const one of cases) if (typeof one.counterfactuals === 'boolean') delete one.counterfactuals;
  }
  return { models, files };
}

/** @param {Record<string, string[]>} lines @param {(score: any) => void} change */
function changed(lines, change) {
  const told = Object.entries(lines).map(([file, lines]) => [
    file,
    lines.map((line) => {
      const score = JSON.parse(line);
      if (typeof score === 'object' && score) change(score);
      return JSON.stringify(score);
    }),
  ]);
  return Object.fromEntries(told);
}

const golden = changed(answers(full, shared()), (score) => delete score.reasons);

for (const [name, build] of builds) {
  test(`the build for a ${name} gives the golden bytes, but for sentences`, () => {
    assert.deepEqual(answers(taking(build), shared()), golden);
  });

  test(`the build for a ${name} answers hostile input with an error or a result`, () => {
    assert.deepEqual(surprises(taking(build)), []);
  });

  test(`the build for a ${name} takes the bytes of a program, in whatever they lie`, () => {
    const wide = new Uint8Array(program.length + 9);
    wide.set(program, 7);
    const within = wide.subarray(7, 7 + program.length);
    for (const bytes of [program, program.slice().buffer, within, new DataView(wide.buffer, 7, program.length), Buffer.from(program)]) {
      const scorer = build.loadScorer(bytes);
      assert.deepEqual(scorer.model, { id: 'target', version: null });
      assert.equal(scorer.value({ company: { employees: 45 } }), 10);
      scorer.free();
    }
  });

  test(`the build for a ${name} refuses what is no program, of another version, or damaged`, () => {
    const flipped = (/** @type {number} */ at) => program.map((byte, i) => (i === at ? byte ^ 1 : byte));
    for (const [bytes, code] of /** @type {[any, string][]} */ ([
      [new Uint8Array(), 'not-a-program'],
      [new TextEncoder().encode(JSON.stringify(MODEL)), 'not-a-program'],
      [flipped(0), 'not-a-program'],
      [flipped(3), 'program-version'],
      [flipped(4), 'program-damaged'],
      [flipped(12), 'program-damaged'],
      [flipped(16), 'program-damaged'],
      [flipped(program.length - 1), 'program-damaged'],
      [program.subarray(0, -1), 'program-damaged'],
      [Uint8Array.of(...program, 0), 'program-damaged'],
      [undefined, 'not-a-program'],
      [null, 'not-a-program'],
      ['model.lsp', 'not-a-program'],
      [MODEL, 'not-a-program'],
    ])) {
      assert.throws(() => build.loadScorer(bytes), { name: 'LeadscoreError', code, path: 'program' });
    }
  });

  test(`the build for a ${name} has the model's texts in both languages, and no sentences`, () => {
    const model = { ...MODEL, routes: [{ id: 'sales', text: { en: 'Call', fr: 'Appeler' } }], exclusions: [{ id: 'none', when: { 'company.country': 'XX' }, reason: { en: 'no country', fr: 'aucun pays' } }] };
    const scorer = build.loadScorer(full.compileModel(model));
    for (const [lang, text, reason] of /** @type {[any, string, string][]} */ ([['en', 'Call', 'no country'], ['fr', 'Appeler', 'aucun pays'], [undefined, 'Call', 'no country']])) {
      const score = scorer.score({}, { lang });
      assert.equal(score.route?.text, text);
      assert.deepEqual(score.exclusions, [{ id: 'none', answer: null, reason }]);
      assert.equal(score.reasons, undefined);
      assert(!('reasons' in score.toJSON()));
    }
  });

  test(`the build for a ${name} has no counterfactuals, and says so`, () => {
    const scorer = build.loadScorer(program);
    assert.throws(() => scorer.score({}, { counterfactuals: true }), { code: 'invalid-option', path: 'counterfactuals' });
    assert.equal(scorer.score({}, { counterfactuals: false }).counterfactuals, undefined);
  });

  test(`the build for a ${name} exports what its declarations say`, () => {
    assert.deepEqual(Object.keys(build).sort(), ['LeadscoreError', 'init', 'initSync', 'loadScorer']);
  });
}

test('a program for browsers is worth for events what the model is, with places for names', () => {
  const visits = { events: [{ type: 'visit', at: 1, seconds: 90 }, { type: 'visit', at: 2, seconds: 9 }, { type: 'call', at: 3 }], asOf: 9 };
  const scorer = browser.loadScorer(full.compileModel(MODEL, { audience: 'browser' }));
  const score = scorer.score({ company: { employees: 45 } }, visits);
  assert.equal(score.value, 4);
  assert.deepEqual(score.contributions.map(({ rule, dimension }) => [rule, dimension]), [['5', '1']]);
  assert.deepEqual(score.missing, []);
});

test('a model is compiled for one of two audiences', () => {
  for (const audience of ['everybody', null, 3]) {
    assert.throws(() => full.compileModel(MODEL, /** @type {any} */ ({ audience })), { code: 'invalid-option', path: 'audience' });
  }
  for (const options of ['browser', { audiance: 'browser' }]) { // neither may end in a file for servers
    assert.throws(() => full.compileModel(MODEL, /** @type {any} */ (options)), { name: 'LeadscoreError', code: 'unknown-option' });
  }
  assert.throws(() => full.compileModel({ ...MODEL, dimenzions: [] }), { name: 'LeadscoreError', code: 'unknown-field' });
  assert.deepEqual(full.compileModel(JSON.stringify(MODEL)), full.compileModel(MODEL, { audience: 'edge' }));
});
