/**
 * The ways in that are compared: what is handed over, and how a scorer takes it. What a contender has
 * no door for, its user does around it, and that is measured with it.
 */
import { columns } from '../workload/leads.mjs';

/** @typedef {import('../contender.js').Lead} Lead */
/** @typedef {import('../contender.js').Scorer} Scorer */

/**
 * @typedef {object} Door
 * @property {string} title
 * @property {boolean} many whether all leads go through at once
 * @property {(leads: Lead[], scorer: Scorer) => any} given what is handed over: for one door a list, a lead each
 * @property {(scorer: Scorer) => ((given: any) => any) | undefined} way
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const written = (/** @type {unknown} */ value) => encoder.encode(JSON.stringify(value));
const parsed = (/** @type {Uint8Array} */ json) => JSON.parse(decoder.decode(json));

/** @type {Door[]} */
export const doors = [
  {
    title: 'One lead',
    many: false,
    given: (leads) => leads,
    way: (scorer) => scorer.score,
  },
  {
    title: 'One lead, with breakdown',
    many: false,
    given: (leads) => leads,
    way: (scorer) => scorer.full,
  },
  {
    title: 'One lead as JSON',
    many: false,
    given: (leads) => leads.map(written),
    way: (scorer) => scorer.bytes1 ?? ((json) => scorer.score(parsed(json))),
  },
  {
    title: '100,000 leads as columns',
    many: true,
    given: (leads, scorer) => scorer.prepareColumns?.(columns(leads)) ?? columns(leads),
    way: (scorer) => scorer.columns,
  },
  {
    title: '100,000 leads as JSON',
    many: true,
    given: written,
    way: (scorer) => scorer.bytes ?? ((json) => each(scorer, parsed(json))),
  },
];

/**
 * One after the other.
 * @param {Scorer} scorer
 * @param {Lead[]} leads
 */
async function each(scorer, leads) {
  const scores = [];
  for (const lead of leads) {
    const score = scorer.score(lead);
    scores.push(score instanceof Promise ? await score : score);
  }
  return scores;
}
