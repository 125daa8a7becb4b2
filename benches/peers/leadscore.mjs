/**
 * leadscore among the contenders, in the build that Node and edge workers get; what is downloaded is
 * the one for browsers, which peers/leadscore-browser.mjs measures. This file is also what another harness
 * with the same interface is pointed at; it stands alone in its folder so that nothing else there is taken
 * for a contender.
 */
import { fileURLToPath } from 'node:url';
import { loadScorer } from 'leadscore/runtime';
import { FINER, breakdown, translated, translatedEvents } from './languages/leadscore.mjs';

const pkg = new URL('../../pkg/', import.meta.url);

export const meta = { name: 'leadscore', kind: 'wasm', needsEval: false };
export const sizeEntry = `export { loadScorer } from ${JSON.stringify(fileURLToPath(new URL('entries/runtime/browser.js', pkg)))}`;
export const sizeWasm = [fileURLToPath(new URL('wasm/runtime/leadscore_bg.wasm', pkg))];

/**
 * Done once, before anything is shipped: who scores needs neither the model nor the engine that reads it.
 * @param {import('./contender.js').Model} model
 */
export async function compile(model) {
  const { compileModel } = await import('leadscore');
  return compileModel(translated(model));
}

/**
 * @param {{ model: import('./contender.js').Model, events?: import('./contender.js').EventModel, program?: Uint8Array<ArrayBuffer> }} given
 * @returns {Promise<import('./contender.js').Scorer>}
 */
export async function load({ model, events, program }) {
  const scorer = loadScorer(program ?? (await compile(model)));
  return {
    events: events && (await visits(events)),
    score: (lead) => Number(scorer.value(lead)),
    full: (lead) => breakdown(scorer.score(lead), model),
    prepareColumns: (columns) => scorer.table(known(columns)),
    columns: (table) => scorer.scoreTable(table).values,
    bytes1: (json) => Number(scorer.value(json)),
    bytes: (json) => scorer.scoreJson(json).values,
  };
}

/**
 * One visitor, event by event, with the value after each.
 * @param {import('./contender.js').EventModel} model
 * @returns {Promise<import('./contender.js').Events>}
 */
async function visits(model) {
  const { compileModel } = await import('leadscore');
  const scorer = loadScorer(compileModel(translatedEvents(model)));
  const facts = {};
  const visitor = scorer.visitor();
  const known = (/** @type {import('./contender.js').LeadEvent} */ { type, ts, url, props }) => ({ type, at: ts, url, props });
  return {
    start() {
      visitor.forget();
      return {
        push(event) {
          visitor.apply(known(event));
          return Number(visitor.value(facts, event.ts)) / FINER;
        },
      };
    },
    whole: (events, now) => Number(scorer.value(facts, { events: events.map(known), asOf: now })) / FINER,
  };
}

/**
 * Bytes are numbers to a table; here they are booleans.
 * @param {import('./contender.js').Columns} columns
 */
function known({ cols }) {
  const column = (/** @type {any} */ data) => (data instanceof Uint8Array ? Array.from(data, (bit) => bit === 1) : data);
  return Object.fromEntries(Object.entries(cols).map(([path, data]) => [path, column(data)]));
}
