/** datalogic: JSON Logic in WebAssembly, from JSON text to JSON text. */
import init, { CompiledRule } from '@goplasmatic/datalogic/web';
import { heldFormula, scoreFormula } from '../languages/json-logic.mjs';
import { pointsOf } from '../workload/points.mjs';

export const meta = { name: 'datalogic (wasm)', needsEval: false };
export const sizeEntry = `export { default, CompiledRule } from '@goplasmatic/datalogic/web'`;
export const sizeWasm = ['@goplasmatic/datalogic/web/datalogic_wasm_bg.wasm'];

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model, io }) {
  await init({ module_or_path: io.wasm(sizeWasm[0]) });
  const score = new CompiledRule(JSON.stringify(scoreFormula(model)), false);
  const held = new CompiledRule(JSON.stringify(heldFormula(model)), false);
  const { full } = pointsOf(model);
  const decoder = new TextDecoder();
  return {
    score: (lead) => Number(score.evaluate(JSON.stringify(lead))),
    full: (lead) => full(JSON.parse(held.evaluate(JSON.stringify(lead)))),
    bytes1: (json) => Number(score.evaluate(decoder.decode(json))),
  };
}
