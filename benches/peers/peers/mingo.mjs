/** mingo: MongoDB's query language in JavaScript, one query for each rule. */
import { Query } from 'mingo';
import { operators } from '../languages/mongodb.mjs';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'mingo', needsEval: false };
export const sizeEntry = `export { Query } from 'mingo'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const queries = model.rules.map(({ when }) => new Query(query(when)));
  const held = new Array(queries.length).fill(false);
  const { score, full } = pointsOf(model);

  /** @param {import('../contender.js').Lead} lead */
  function tested(lead) {
    for (let i = 0; i < queries.length; i++) held[i] = queries[i].test(lead);
    return held;
  }
  return { score: (lead) => score(tested(lead)), full: (lead) => full(tested(lead)) };
}

const OPERATORS = operators({
  contains: (value) => ({ $regex: new RegExp(literal(value)) }),
  startsWith: (value) => ({ $regex: new RegExp(`^${literal(value)}`) }),
  endsWith: (value) => ({ $regex: new RegExp(`${literal(value)}$`) }),
});

/**
 * @param {any} condition
 * @returns {Record<string, unknown>}
 */
function query({ all, any, not, field, op, value }) {
  if (all) return { $and: all.map(query) };
  if (any) return { $or: any.map(query) };
  if (not) return { $nor: [query(not)] };
  return { [field]: OPERATORS[/** @type {import('../contender.js').Leaf['op']} */ (op)](value) };
}

/**
 * A text as a pattern of a regular expression that means just that text.
 * @param {string} text
 */
function literal(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
