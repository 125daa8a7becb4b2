/** json-logic-engine as it interprets a formula, without making code from text. */
import { LogicEngine } from 'json-logic-engine';
import { heldFormula, operators, scoreFormula } from '../languages/json-logic.mjs';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'json-logic-engine', needsEval: false };
export const sizeEntry = `export { LogicEngine } from 'json-logic-engine'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const engine = withOperators();
  const score = scoreFormula(model);
  const held = heldFormula(model);
  const { full } = pointsOf(model);
  return { score: (lead) => engine.run(score, lead), full: (lead) => full(engine.run(held, lead)) };
}

/** An engine that knows the two operators on texts. */
export function withOperators() {
  const engine = new LogicEngine();
  for (const [name, operator] of Object.entries(operators)) {
    engine.addMethod(name, (/** @type {[unknown, string]} */ [found, part]) => operator(found, part), { deterministic: true, sync: true });
  }
  return engine;
}
