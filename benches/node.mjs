/**
 * How long one lead takes in Node, with and without its events: the number alone, what stands in a result
 * at once, and the whole result, of which bounds and forecast are most. Prints the median of many rounds.
 */
import { readFileSync } from 'node:fs';
import { createScorer } from 'leadscore';

const ROUNDS = 25;
const ROUND_MS = 40;

const models = ['agency', 'saas', 'property'].map((name) =>
  JSON.parse(readFileSync(new URL(`../www/models/${name}.json`, import.meta.url), 'utf8')),
);

console.log(`Node ${process.versions.node}, ${process.arch}; ns for one lead, median of ${ROUNDS} rounds\n`);
for (const model of models) {
  const [{ facts, events, asOf }] = model.tests;
  const scorer = createScorer(model);
  const instant = Date.parse(asOf);
  const timed = events.map((/** @type {{ at: string }} */ event) => ({ ...event, at: Date.parse(event.at) }));
  const row = (/** @type {string} */ name, /** @type {() => void} */ task) =>
    console.log(`${model.id.padEnd(10)}${name.padEnd(32)}${nanoseconds(task).toFixed(0).padStart(9)}`);

  const options = { asOf: instant, events: timed };
  row('facts: the number', () => scorer.value(facts, { asOf: instant }));
  row('facts: contributions', () => scorer.score(facts, { asOf: instant }).contributions);
  row('facts: everything', () => scorer.score(facts, { asOf: instant }).toJSON());
  row(`and ${events.length} events: the number`, () => scorer.value(facts, options));
  row(`and ${events.length} events: everything`, () => scorer.score(facts, options).toJSON());
  row('the same, with reasons', () => scorer.score(facts, { ...options, lang: 'en' }).toJSON());
}

/** @param {() => void} task */
function nanoseconds(task) {
  let repeats = 1;
  while (milliseconds(task, repeats) < ROUND_MS) repeats *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => (milliseconds(task, repeats) * 1e6) / repeats);
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

/** @param {() => void} task @param {number} repeats */
function milliseconds(task, repeats) {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) task();
  return performance.now() - start;
}
