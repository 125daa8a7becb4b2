/** What `leadscore/runtime` exports to servers: what browsers get, and many leads at once. */
import { bulkWith } from './bulk.js';
import { glue, started } from './engine-server.js';
import { scorerOf } from './load.js';

export { LeadscoreError } from './error.js';
export { init, initSync } from './engine-server.js';

/** @param {BufferSource | Uint8Array} program */
export function loadScorer(program) {
  const memory = started();
  return scorerOf(glue.Engine, { memory, bulk: bulkWith(glue.Table, memory) }, program);
}
