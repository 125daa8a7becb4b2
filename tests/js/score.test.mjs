/** Results that are laid out when they are looked at: at once or later, they say the same. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { compileModel, createScorer } from 'leadscore';
import { loadScorer } from 'leadscore/runtime';
import { corpus } from './cases.mjs';
import { MODEL } from './hostile.mjs';

/** @typedef {import('leadscore').Score} Score */

const FRENCH = { company: { employees: 45, country: 'FR' }, tags: ['vip'] };
const visit = { type: 'visit', at: 5, seconds: 90 };
const FIELDS = /** @type {(keyof Score)[]} */ (Object.keys(createScorer(MODEL).score({}, { lang: 'en', counterfactuals: true }).toJSON()));

/** Every lead of the corpus that scores, with its model. */
function leads() {
  const { models, files } = corpus();
  const suites = Object.values(files).flat();
  const cases = suites.flatMap(({ model, cases }) => cases.map((/** @type {any} */ one) => ({ ...one, model: one.model ?? model })));
  return cases
    .filter((one) => !one.condition && !one.error)
    .map(({ model, facts = {}, events, asOf, lang, previous, consent, counterfactuals }) => {
      const given = Object.entries({ events, asOf, lang, previous, consent, counterfactuals }).filter(([, value]) => value !== undefined);
      return { model: typeof model === 'string' ? models[model] : model, facts, options: Object.fromEntries(given) };
    });
}

test('`value` is the value of the score', () => {
  for (const { model, facts, options } of leads()) {
    const scorer = createScorer(model);
    assert.equal(scorer.value(facts, options), scorer.score(facts, options).value);
    assert.equal(scorer.value(facts, options), scorer.score(facts, options).value);
    scorer.free();
  }
});

test('what is read after other leads is what is read at once, field by field', () => {
  const all = leads();
  for (const model of new Set(all.map(({ model }) => model))) {
    const cases = all.filter((one) => one.model === model);
    const scorer = createScorer(model);
    const at = cases.map(({ facts, options }) => JSON.stringify(scorer.score(facts, options)));
    const scores = cases.map(({ facts, options }) => scorer.score(facts, options));
    for (const field of [...FIELDS].reverse()) scores.forEach((score) => score[field]);
    assert.deepEqual(scores.map((score) => JSON.stringify(score)), at);
    scorer.free();
  }
});

test('a lead that changes after it was scored changes nothing', () => {
  const scorer = createScorer(MODEL);
  const facts = structuredClone(FRENCH);
  const options = { lang: /** @type {'en' | 'fr'} */ ('en') };
  const score = scorer.score(facts, options);
  facts.company.employees = 1;
  facts.tags.pop();
  options.lang = 'fr';
  scorer.score(facts, options).toJSON();
  assert.deepEqual(score.toJSON(), scorer.score(FRENCH, { lang: 'en' }).toJSON());
});

test('a result is the same each time it is looked at', () => {
  const score = createScorer(MODEL).score(FRENCH, { lang: 'en', counterfactuals: true });
  for (const field of FIELDS) assert.equal(score[field], score[field], field);
});

test('what was not asked for is not there', () => {
  const score = createScorer(MODEL).score(FRENCH);
  assert.deepEqual([score.reasons, score.counterfactuals], [undefined, undefined]);
  assert.deepEqual(FIELDS.filter((field) => !(field in score.toJSON())), ['reasons', 'counterfactuals']);
});

test('a result goes through JSON, into the next one, and onto the console', () => {
  const scorer = createScorer(MODEL);
  const score = scorer.score(FRENCH);
  assert.deepEqual(JSON.parse(JSON.stringify(score)), score.toJSON());
  assert.equal(inspect(score), inspect(score.toJSON()));
  const stages = [{ id: 'lead' }, { id: 'mql', when: { total: { $gte: 15 } }, keep: { total: { $gte: 5 } } }];
  const kept = createScorer({ ...MODEL, stages });
  const before = kept.score(FRENCH);
  assert.equal(before.stage, 'mql');
  const later = { company: { country: 'FR' } };
  assert.equal(kept.score(later).stage, 'lead');
  for (const previous of [before, before.toJSON(), { stage: 'mql' }]) assert.equal(kept.score(later, { previous }).stage, 'mql');
  assert.equal(kept.score(later).stage, 'lead', 'a lead has no other one’s past');
});

for (const [name, model] of /** @type {[string, any][]} */ ([['models', MODEL], ['programs', compileModel(MODEL)]])) {
  const scorerOf = () => (name === 'models' ? createScorer(model) : loadScorer(model));

  test(`after \`free\` only what was read is left, with ${name}`, () => {
    const scorer = scorerOf();
    const [unread, read] = [scorer.score(FRENCH), scorer.score(FRENCH)];
    const whole = read.toJSON();
    scorer.free();
    assert.equal(unread.value, 17);
    assert.equal(unread.contributions.length, 3);
    assert.throws(() => unread.coverage, { name: 'LeadscoreError', code: 'freed' });
    assert.throws(() => JSON.stringify(unread), { code: 'freed' });
    assert.deepEqual(read.toJSON(), whole);
  });

  test(`what belongs to one lead alone is told before the next, with ${name}`, () => {
    const scorer = scorerOf();
    const options = { events: [visit], asOf: 9, consent: ['analytics'] };
    const before = JSON.stringify(scorer.score(FRENCH, options));
    const score = scorer.score(FRENCH, options);
    scorer.score({}, { asOf: 10 });
    scorer.free();
    assert.equal(JSON.stringify(score), before);
  });

  test(`a getter cannot look at results of the scorer that reads it, with ${name}`, () => {
    const scorer = scorerOf();
    const earlier = scorer.score(FRENCH);
    const looking = (/** @type {() => unknown} */ look) => ({ get company() { return look(); } });
    for (const look of [() => earlier.coverage, () => earlier.toJSON(), () => scorer.value({}), () => scorer.score({}), () => scorer.free()]) {
      assert.throws(() => scorer.score(looking(look)), { name: 'LeadscoreError', code: 'busy' });
      assert.throws(() => scorer.value({}, { events: [{ ...visit, get seconds() { return look(); } }], asOf: 9 }), { code: 'busy' });
    }
    assert.equal(scorer.value(looking(() => ({ employees: earlier.value }))), 10, 'what is there already may be looked at');
    assert.equal(earlier.coverage, 0.6);
    assert.equal(scorer.value(FRENCH), 17);
  });

  test(`a getter may use another scorer, however much memory that takes, with ${name}`, () => {
    const [scorer, other] = [scorerOf(), scorerOf()];
    let leads = 0;
    const facts = {
      tags: ['vip'],
      company: {
        employees: 45,
        get country() {
          for (let i = 0; i < 200; i++) other.score({ company: { country: `${leads++}`.padEnd(30_000, 'x') }, contacts: [{ role: 'x'.repeat(60_000) }] });
          return 'FR';
        },
        founded: '2021-01-01',
      },
    };
    for (let i = 0; i < 3; i++) assert.equal(scorer.value(facts), 20);
  });
}

test('a lead that cannot be read leaves earlier results as they are', () => {
  const scorer = createScorer(MODEL);
  const score = scorer.score(FRENCH);
  const expected = scorer.score(FRENCH).toJSON();
  assert.throws(() => scorer.score({ company: { employees: 3, country: NaN } }), { code: 'not-finite' });
  assert.throws(() => scorer.score({}, { asOf: 3, events: [visit, /** @type {any} */ (null)] }), { code: 'invalid-event' });
  assert.deepEqual(score.toJSON(), expected);
});
