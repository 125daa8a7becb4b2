/**
 * leadscore among the contenders. This file is also what another harness with the same interface is
 * pointed at; it stands alone in its folder so that nothing else there is taken for a contender.
 *
 * Events are left out: with a limit leadscore keeps the earliest of a period, where the common model of
 * events keeps the most recent ones, so the numbers would not be comparable.
 */
import { fileURLToPath } from 'node:url';
import { createScorer } from 'leadscore';
import { breakdown, translated } from './languages/leadscore.mjs';

const pkg = new URL('../../pkg/', import.meta.url);

export const meta = { name: 'leadscore', kind: 'wasm', needsEval: false };
export const sizeEntry = `export { createScorer } from ${JSON.stringify(fileURLToPath(new URL('entries/full/browser.js', pkg)))}`;
export const sizeWasm = [fileURLToPath(new URL('wasm/full/leadscore_bg.wasm', pkg))];

/**
 * @param {{ model: import('./contender.js').Model }} given
 * @returns {Promise<import('./contender.js').Scorer>}
 */
export async function load({ model }) {
  const scorer = createScorer(translated(model));
  return {
    score: (lead) => Number(scorer.score(lead).value),
    full: (lead) => breakdown(scorer.score(lead), model),
  };
}
