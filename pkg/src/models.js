/** Takes models, for scorers of this process and for files that other builds load: the full build alone. */
import { glue, started } from './engine-full.js';
import { asErrorOfEngine } from './error.js';
import { documentText } from './json.js';
import { Scorer } from './scorer.js';
import { unlike } from './value.js';

/**
 * @param {unknown} model
 * @returns {Scorer}
 */
export function createScorer(model) {
  const memory = started();
  return withModel(model, (engine) => new Scorer(engine, { memory }, JSON.parse(engine.names())));
}

/**
 * @param {unknown} model
 * @param {{ audience?: 'edge' | 'browser' }} [options]
 * @returns {Uint8Array}
 */
export function compileModel(model, { audience = 'edge' } = {}) {
  started();
  if (audience !== 'edge' && audience !== 'browser') {
    throw unlike('invalid-option', 'audience', '`edge` or `browser`', audience);
  }
  return withModel(model, (engine) => {
    const file = engine.file(audience === 'browser');
    engine.free();
    return file;
  });
}

/**
 * @template T
 * @param {unknown} model
 * @param {(engine: import('../wasm/full/leadscore_bg.js').Engine) => T} use
 * @returns {T}
 */
function withModel(model, use) {
  try {
    return use(glue.Engine.compile(documentText(model)));
  } catch (thrown) {
    throw asErrorOfEngine(thrown, 'model');
  }
}
