/** json-logic-engine as it builds a function from a formula, with `new Function`. */
import { heldFormula, scoreFormula } from '../languages/json-logic.mjs';
import { pointsOf } from '../workload/points.mjs';
import { sizeEntry, withOperators } from './json-logic-engine.mjs';

export const meta = { name: 'json-logic-engine, built', needsEval: true };
export { sizeEntry };

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const engine = withOperators();
  const score = engine.build(scoreFormula(model));
  const held = engine.build(heldFormula(model));
  const { full } = pointsOf(model);
  return { score, full: (lead) => full(held(lead)) };
}
