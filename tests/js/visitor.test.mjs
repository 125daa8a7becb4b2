/** The state of a visitor through the package: over the whole corpus it scores as the events do, in every build. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as full from 'leadscore';
import * as server from 'leadscore/runtime';
import * as browser from '../../pkg/entries/runtime/browser.js';
import { corpus } from './cases.mjs';

browser.initSync(readFileSync(new URL('../../pkg/wasm/runtime/leadscore_bg.wasm', import.meta.url)));

const DAY = 86_400_000;
const AS_OF = Date.UTC(2026, 10, 22);
const MODEL = {
  format: 1,
  id: 'visits',
  events: { page_view: { properties: { path: { type: 'text' } } }, demo: {} },
  dimensions: [
    {
      id: 'engagement',
      groups: [
        {
          id: 'pages',
          rules: [
            { id: 'pricing', on: 'page_view', when: { path: '/pricing' }, points: 10, limit: { n: 2, per: '1d' } },
            { id: 'any', on: 'page_view', points: 1, decay: { kind: 'exponential', halfLife: '7d' } },
            { id: 'demo', on: 'demo', points: 30, window: '30d' },
          ],
        },
      ],
    },
  ],
  total: { labels: [{ id: 'hot', from: 30 }, { id: 'cold', from: 0 }] },
};

/** @typedef {(model: any) => import('leadscore').Scorer} Make */

/** @type {[name: string, make: Make][]} */
const builds = [
  ['full', (model) => full.createScorer(model)],
  ['server', (model) => server.loadScorer(full.compileModel(model))],
  ['browser', (model) => browser.loadScorer(full.compileModel(model))],
];

/** @param {any} event @param {number} i */
const view = (event, i) => ({ type: 'page_view', path: i % 3 ? '/' : '/pricing', at: AS_OF - i * DAY, ...event });

/** @param {() => unknown} run @param {string} code */
function throwsCode(run, code) {
  assert.throws(run, (/** @type {any} */ error) => {
    assert.equal(error.name, 'LeadscoreError');
    assert.equal(error.code, code, error.message);
    return true;
  });
}

for (const [name, make] of builds) {
  test(`${name}: every case of the corpus scores the same from a state, written down halfway`, () => {
    const { models, files } = corpus();
    let compared = 0;
    for (const suites of Object.values(files)) {
      for (const suite of suites) {
        for (const given of suite.cases) {
          const model = given.model ?? suite.model;
          if (!Array.isArray(given.events) || given.events.length === 0 || given.condition !== undefined || given.counterfactuals) continue;
          const options = Object.fromEntries(['asOf', 'previous', 'consent'].flatMap((key) => (given[key] == null ? [] : [[key, given[key]]])));
          let scorer, whole;
          try {
            scorer = make(typeof model === 'string' ? models[model] : model);
            whole = scorer.score(given.facts ?? {}, { ...options, events: given.events }).toJSON();
          } catch {
            continue; // a case about an error
          }
          const half = given.events.length >> 1;
          const first = scorer.visitor();
          first.apply(given.events.slice(half));
          const visitor = scorer.visitor(first.toString());
          for (const event of given.events.slice(0, half)) visitor.apply(event);
          const score = visitor.score(given.facts ?? {}, /** @type {any} */ (options)).toJSON();
          assert.deepEqual({ ...score, events: null }, { ...whole, events: null }, JSON.stringify(given));
          assert.equal(visitor.value(given.facts ?? {}, /** @type {any} */ (options)), whole.value);
          compared++;
          scorer.free();
        }
      }
    }
    assert.ok(compared > 100, `${compared} cases have events`);
  });

  test(`${name}: what two states share counts once, and a foreign or damaged one changes nothing`, () => {
    const scorer = make(MODEL);
    const events = Array.from({ length: 9 }, (_, i) => view({ id: `e${i}` }, i));
    const [one, other] = [scorer.visitor(), scorer.visitor()];
    one.apply(events.slice(0, 6));
    other.apply(events.slice(3));
    one.merge(other);
    other.merge(one.toString());
    assert.equal(one.toString(), other.toString());
    assert.equal(one.value({}, AS_OF), scorer.value({}, { events, asOf: AS_OF }));

    const before = one.toString();
    const bytes = one.snapshot();
    assert.ok(bytes.length <= one.maxBytes);
    throwsCode(() => one.merge(bytes.slice(0, -1)), 'snapshot-damaged');
    throwsCode(() => one.merge(bytes.with(20, bytes[20] ^ 4)), 'snapshot-damaged');
    throwsCode(() => one.merge(bytes.with(3, 9)), 'snapshot-version');
    throwsCode(() => one.merge(make({ ...MODEL, events: undefined, dimensions: [{ id: 'd', groups: [] }] }).visitor()), 'snapshot-foreign');
    for (const wrong of ['', 'é', 'abc!', 'AAAA', 12, {}, new Uint8Array()]) throwsCode(() => scorer.visitor(/** @type {any} */ (wrong)), 'not-a-snapshot');
    assert.equal(one.toString(), before);
  });

  test(`${name}: a wrong event takes nothing in, and nothing is left after forgetting`, () => {
    const scorer = make(MODEL);
    const visitor = scorer.visitor();
    const empty = visitor.toString();
    throwsCode(() => visitor.apply([view({}, 0), /** @type {any} */ ({ type: 'demo', at: 'soon' })]), 'invalid-instant');
    throwsCode(() => visitor.apply(/** @type {any} */ (null)), 'invalid-event');
    throwsCode(() => visitor.score({}, /** @type {any} */ ({})), 'as-of-missing');
    throwsCode(() => visitor.score({}, /** @type {any} */ ({ asOf: AS_OF, events: [] })), 'unknown-option');
    assert.equal(visitor.toString(), empty);
    visitor.apply(view({ id: 'a' }, 0));
    assert.equal(visitor.value({}, AS_OF), 11);
    // What a visitor did is of no lead that is scored between.
    assert.equal(scorer.value({}, { asOf: AS_OF }), 0);
    visitor.forget();
    assert.equal(visitor.toString(), empty);
    assert.equal(visitor.value({}, AS_OF), 0);
    visitor.free();
    throwsCode(() => visitor.snapshot(), 'freed');
  });

  test(`${name}: ten thousand events leave a bounded state that says what it does not know`, () => {
    const scorer = make(MODEL);
    const visitor = scorer.visitor();
    const events = Array.from({ length: 10_000 }, (_, i) => ({ id: `${i}`, type: 'page_view', path: '/pricing', at: AS_OF - (10_000 - i) * 3_600_000 }));
    for (const event of events) visitor.apply(event);
    assert.ok(visitor.snapshot().length <= visitor.maxBytes);
    const { value, folded } = visitor.score({}, AS_OF).toJSON();
    const whole = scorer.value({}, { events, asOf: AS_OF });
    assert.ok(folded && folded.events >= 9000);
    // All at once and backwards it is the same, and takes no longer.
    const again = scorer.visitor();
    again.apply([...events].reverse());
    again.apply(events);
    const backwards = again.score({}, AS_OF).toJSON();
    assert.ok(Number(backwards.folded?.lowest) <= Number(whole) && Number(whole) <= Number(backwards.folded?.highest));
    for (const one of [value, whole]) assert.ok(Number(folded.lowest) <= Number(one) && Number(one) <= Number(folded.highest), `${one} in ${JSON.stringify(folded)}`);
  });
}
