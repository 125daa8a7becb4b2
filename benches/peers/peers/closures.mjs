/**
 * The model turned into functions that call functions: the fastest that careful JavaScript gets
 * without making code from text.
 */
import { pointsOf } from '../workload/points.mjs';

/** @typedef {import('../contender.js').Lead} Lead */
/** @typedef {(lead: Lead) => boolean} Test */

export const meta = { name: 'closures in JavaScript', needsEval: false };
export const sizeEntry = `export { load } from './peers/closures.mjs'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const tests = model.rules.map(({ when }) => test(when));
  const points = model.rules.map((rule) => rule.points);
  const caps = model.groups.map(({ cap }) => cap);
  const attainable = caps.reduce((sum, cap) => sum + cap, 0);
  /** Where the rules of each group begin and end, when they are sorted by group. */
  const order = model.groups.flatMap(({ id }) => model.rules.flatMap(({ group }, i) => (group === id ? [i] : [])));
  const sortedTests = order.map((i) => tests[i]);
  const sortedPoints = Float64Array.from(order, (i) => points[i]);
  const ends = model.groups.map((_, g) => order.filter((i) => model.groups.findIndex(({ id }) => id === model.rules[i].group) <= g).length);

  /** @param {Lead} lead */
  function score(lead) {
    let total = 0;
    for (let g = 0, i = 0; g < ends.length; g++) {
      let sum = 0;
      for (const end = ends[g]; i < end; i++) if (sortedTests[i](lead)) sum += sortedPoints[i];
      total += sum < 0 ? 0 : sum > caps[g] ? caps[g] : sum;
    }
    return (total / attainable) * model.normaliseTo;
  }

  const held = new Uint8Array(tests.length);
  const { full } = pointsOf(model);
  return {
    score,
    full(lead) {
      for (let i = 0; i < tests.length; i++) held[i] = tests[i](lead) ? 1 : 0;
      return full(held);
    },
  };
}

/**
 * @param {any} condition
 * @returns {Test}
 */
function test({ all, any, not, field, op, value }) {
  if (all) return every(all.map(test));
  if (any) return some(any.map(test));
  if (not) {
    const holds = test(not);
    return (lead) => !holds(lead);
  }
  const read = reader(field.split('.'));
  return COMPARISONS[op](read, value);
}

/** @type {Record<string, (read: (lead: Lead) => any, value: any) => Test>} */
const COMPARISONS = {
  eq: (read, value) => (lead) => read(lead) === value,
  in: (read, value) => {
    const listed = new Set(value);
    return (lead) => listed.has(read(lead));
  },
  anyOf: (read, value) => {
    const listed = new Set(value);
    return (lead) => {
      const found = read(lead);
      if (!Array.isArray(found)) return false;
      for (let i = 0; i < found.length; i++) if (listed.has(found[i])) return true;
      return false;
    };
  },
  gte: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'number' && found >= value;
  },
  gt: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'number' && found > value;
  },
  lte: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'number' && found <= value;
  },
  lt: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'number' && found < value;
  },
  between: (read, [low, high]) => (lead) => {
    const found = read(lead);
    return typeof found === 'number' && found >= low && found <= high;
  },
  contains: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'string' && found.includes(value);
  },
  startsWith: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'string' && found.startsWith(value);
  },
  endsWith: (read, value) => (lead) => {
    const found = read(lead);
    return typeof found === 'string' && found.endsWith(value);
  },
};

/**
 * Paths of one and two steps, as nearly all are, without a loop.
 * @param {string[]} steps
 * @returns {(lead: Lead) => any}
 */
function reader(steps) {
  const [first, second] = steps;
  if (steps.length === 1) return (lead) => lead[first];
  if (steps.length === 2) return (lead) => lead[first]?.[second];
  return (lead) => steps.reduce((value, step) => value?.[step], lead);
}

/**
 * @param {Test[]} tests
 * @returns {Test}
 */
function every(tests) {
  const [a, b, c] = tests;
  if (tests.length === 2) return (lead) => a(lead) && b(lead);
  if (tests.length === 3) return (lead) => a(lead) && b(lead) && c(lead);
  return (lead) => tests.every((test) => test(lead));
}

/**
 * @param {Test[]} tests
 * @returns {Test}
 */
function some(tests) {
  const [a, b, c] = tests;
  if (tests.length === 2) return (lead) => a(lead) || b(lead);
  if (tests.length === 3) return (lead) => a(lead) || b(lead) || c(lead);
  return (lead) => tests.some((test) => test(lead));
}
