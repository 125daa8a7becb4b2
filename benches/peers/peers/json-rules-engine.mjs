/** json-rules-engine: asynchronous, each rule emits an event; the tests on texts and lists are added. */
import { Engine } from 'json-rules-engine';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'json-rules-engine', needsEval: false, async: true };
export const sizeEntry = `export { Engine } from 'json-rules-engine'`;

/** @type {Record<string, (found: any, value: any) => boolean>} */
const ADDED = {
  anyOf: (found, value) => Array.isArray(found) && found.some((item) => value.includes(item)),
  containsText: (found, value) => typeof found === 'string' && found.includes(value),
  startsWith: (found, value) => typeof found === 'string' && found.startsWith(value),
  endsWith: (found, value) => typeof found === 'string' && found.endsWith(value),
  // Its own take null, which is the value of an unknown fact, for 0.
  atMost: (found, value) => typeof found === 'number' && found <= value,
  under: (found, value) => typeof found === 'number' && found < value,
  atLeast: (found, value) => typeof found === 'number' && found >= value,
  over: (found, value) => typeof found === 'number' && found > value,
};

/** @type {Record<string, string>} */
const OPERATORS = { eq: 'equal', in: 'in', anyOf: 'anyOf', contains: 'containsText', startsWith: 'startsWith', endsWith: 'endsWith', gte: 'atLeast', gt: 'over', lte: 'atMost', lt: 'under' };

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  // Its own way to read a path, a JSONPath library, would take most of the time.
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: (value, step) => /** @type {any} */ (value)?.[step] });
  for (const [name, operator] of Object.entries(ADDED)) engine.addOperator(name, operator);
  model.rules.forEach(({ when }, i) => {
    const conditions = 'field' in when ? { all: [condition(when)] } : condition(when);
    engine.addRule({ conditions, event: { type: 'held', params: { i } } });
  });
  const { score, full } = pointsOf(model);

  /** @param {import('../contender.js').Lead} lead */
  async function held(lead) {
    const held = new Array(model.rules.length).fill(false);
    const { events } = await engine.run(lead);
    for (const { params } of events) held[params?.i] = true;
    return held;
  }
  return { score: async (lead) => score(await held(lead)), full: async (lead) => full(await held(lead)) };
}

/**
 * @param {any} condition
 * @returns {any}
 */
function condition({ all, any, not, field, op, value }) {
  if (all) return { all: all.map(condition) };
  if (any) return { any: any.map(condition) };
  if (not) return { not: condition(not) };
  const [fact, path] = field.split('.');
  const place = path ? { fact, path } : { fact };
  if (op !== 'between') return { ...place, operator: OPERATORS[op], value };
  const [low, high] = value;
  return { all: [{ ...place, operator: 'atLeast', value: low }, { ...place, operator: 'atMost', value: high }] };
}
