/**
 * How long `scorer.score` takes in Node for one lead, with and without its events: everything from
 * reading the facts to the result object. Prints the median of many rounds.
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

  row('facts alone', () => scorer.score(facts, { asOf: instant }));
  row(`facts and ${events.length} events`, () => scorer.score(facts, { asOf: instant, events: timed }));
  row(`the same, instants as texts`, () => scorer.score(facts, { asOf, events }));
  row(`the same, with reasons`, () => scorer.score(facts, { asOf: instant, events: timed, lang: 'en' }));
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
