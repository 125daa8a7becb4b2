/** Whether all contenders give the same results, at every door: what is fast and wrong is not compared. */
import { isDeepStrictEqual } from 'node:util';
import { leads } from '../workload/leads.mjs';
import { model } from '../workload/model.mjs';
import { load } from '../peers/naive.mjs';
import { doors } from './doors.mjs';
import { io } from './contenders.mjs';

/** @typedef {import('./contenders.mjs').Contender} Contender */
/** @typedef {import('../contender.js').Scorer} Scorer */

const LEADS = 500;
/** Sums are taken in another order here and there. */
const TOLERANCE = 1e-9;

/**
 * What differs from the naive way, a sentence for each contender and door.
 * @param {Map<Contender, Scorer>} opened
 */
export async function differences(opened) {
  const sample = leads(LEADS, 7);
  const naive = await load({ model, io });
  const expected = await Promise.all(sample.map(naive.full));
  const found = [];
  for (const [{ meta }, scorer] of opened) {
    for (const door of doors) {
      const results = await through(door, scorer, sample);
      const i = results?.findIndex((result, i) => !agree(result, expected[i])) ?? -1;
      if (results && i >= 0) found.push(`${meta.name}, ${door.title}: expected ${JSON.stringify(expected[i])}, found ${JSON.stringify(results[i])}`);
    }
  }
  return found;
}

/**
 * @param {import('./doors.mjs').Door} door
 * @param {Scorer} scorer
 * @param {import('../contender.js').Lead[]} sample
 * @returns {Promise<unknown[] | undefined>} a result for each lead; nothing where there is no such door
 */
async function through({ many, given, way }, scorer, sample) {
  const score = way(scorer);
  if (!score) return undefined;
  if (many) return Array.from(await score(given(sample, scorer)));
  const results = [];
  for (const input of given(sample, scorer)) results.push(await score(input));
  return results;
}

/**
 * @param {unknown} result
 * @param {import('../contender.js').Breakdown} expected
 */
function agree(result, expected) {
  return typeof result === 'number' ? Math.abs(result - expected.score) <= TOLERANCE : isDeepStrictEqual(result, expected);
}
