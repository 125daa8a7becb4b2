/** The reference implementation of JSON Logic: it walks through the formula for every lead. */
import jsonLogic from 'json-logic-js';
import { heldFormula, operators, scoreFormula } from '../languages/json-logic.mjs';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'json-logic-js', needsEval: false };
export const sizeEntry = `export { default } from 'json-logic-js'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  for (const [name, operator] of Object.entries(operators)) jsonLogic.add_operation(name, operator);
  const score = scoreFormula(model);
  const held = heldFormula(model);
  const { full } = pointsOf(model);
  return { score: (lead) => jsonLogic.apply(score, lead), full: (lead) => full(jsonLogic.apply(held, lead)) };
}
