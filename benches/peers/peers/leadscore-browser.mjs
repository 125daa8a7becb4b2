/** leadscore in the build that browsers download: the smallest, without JSON bytes and columns. */
import { initSync, loadScorer } from '../../../pkg/entries/runtime/browser.js';
import { breakdown, translated } from '../languages/leadscore.mjs';

export const meta = { name: 'leadscore in browsers', needsEval: false };
export const sizeEntry = `export { loadScorer } from '../../pkg/entries/runtime/browser.js'`;
export const sizeWasm = ['leadscore/wasm/runtime/leadscore_bg.wasm'];

/** @param {import('../contender.js').Model} model */
export async function compile(model) {
  const { compileModel } = await import('leadscore');
  return compileModel(translated(model));
}

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model, program, io }) {
  initSync(io.wasm(sizeWasm[0]));
  const scorer = loadScorer(program ?? (await compile(model)));
  return {
    score: (lead) => Number(scorer.value(lead)),
    full: (lead) => breakdown(scorer.score(lead), model),
  };
}
