/** What `leadscore/runtime` exports to browsers; `runtime.d.ts` says it to people and editors. */
import { glue, started } from './engine-runtime.js';
import { scorerOf } from './load.js';

export { LeadscoreError } from './error.js';
export { init, initSync } from './engine-runtime.js';

/** @param {BufferSource | Uint8Array} program */
export function loadScorer(program) {
  return scorerOf(glue.Engine, { memory: started() }, program);
}
