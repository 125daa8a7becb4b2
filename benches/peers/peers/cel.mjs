/**
 * CEL, the Common Expression Language, by cel-js. An attribute that may be missing has to be asked for
 * first, or the expression is an error: `fields` says which those are.
 */
import { Environment } from '@marcbachmann/cel-js';
import { fields } from '../workload/leads.mjs';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'CEL (cel-js)', needsEval: false };
export const sizeEntry = `export { Environment } from '@marcbachmann/cel-js'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const environment = new Environment({ unlistedVariablesAreDyn: true }).registerFunction(
    'bounded(double, double): double', // CEL has neither minimum nor maximum
    (/** @type {number} */ sum, /** @type {number} */ cap) => Math.min(cap, Math.max(0, sum)),
  );
  const attainable = model.groups.reduce((sum, { cap }) => sum + cap, 0);
  const groups = model.groups.map(({ id, cap }) => {
    const points = model.rules.filter(({ group }) => group === id).map((rule) => `(${expression(rule.when)} ? ${literal(rule.points)} : 0.0)`);
    return `bounded(${points.join(' + ')}, ${literal(cap)})`;
  });
  const score = environment.parse(`(${groups.join(' + ')}) / ${literal(attainable)} * ${literal(model.normaliseTo)}`);
  const held = environment.parse(`[${model.rules.map(({ when }) => expression(when)).join(', ')}]`);
  const { full } = pointsOf(model);
  return { score: (lead) => score({ lead }), full: (lead) => full(held({ lead })) };
}

/** @type {Record<string, (found: string, value: any) => string>} */
const OPERATORS = {
  eq: (found, value) => `${found} == ${literal(value)}`,
  in: (found, value) => `${found} in ${literal(value)}`,
  anyOf: (found, value) => `${found}.exists(item, item in ${literal(value)})`,
  gte: (found, value) => `${found} >= ${literal(value)}`,
  gt: (found, value) => `${found} > ${literal(value)}`,
  lte: (found, value) => `${found} <= ${literal(value)}`,
  lt: (found, value) => `${found} < ${literal(value)}`,
  between: (found, [low, high]) => `${found} >= ${literal(low)} && ${found} <= ${literal(high)}`,
  contains: (found, value) => `${found}.contains(${literal(value)})`,
  startsWith: (found, value) => `${found}.startsWith(${literal(value)})`,
  endsWith: (found, value) => `${found}.endsWith(${literal(value)})`,
};

/** How to ask whether an attribute is there, by how it goes missing. */
const KNOWN = {
  never: () => '',
  absent: (/** @type {string} */ found) => `has(${found}) && `,
  null: (/** @type {string} */ found) => `${found} != null && `,
};

/**
 * @param {any} condition
 * @returns {string}
 */
function expression({ all, any, not, field, op, value }) {
  if (all) return `(${all.map(expression).join(' && ')})`;
  if (any) return `(${any.map(expression).join(' || ')})`;
  if (not) return `!${expression(not)}`;
  const found = `lead.${field}`;
  return `(${KNOWN[fields[field].missing](found)}${OPERATORS[op](found, value)})`;
}

/**
 * A value as CEL writes it; the numbers of JavaScript are doubles there.
 * @param {unknown} value
 * @returns {string}
 */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  return JSON.stringify(value);
}
