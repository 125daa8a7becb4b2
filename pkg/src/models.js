/** Takes models, for scorers of this process and for files that other builds load: the full build alone. */
import { glue, started } from './engine-full.js';
import { LeadscoreError, asErrorOfEngine } from './error.js';
import { documentText } from './json.js';
import { Scorer } from './scorer.js';
import { unlike } from './value.js';

/**
 * @param {unknown} model
 * @returns {Scorer}
 */
export function createScorer(model) {
  const memory = started();
  return withModel(model, (text) => {
    const engine = glue.Engine.compile(text);
    return new Scorer(engine, { memory }, JSON.parse(engine.names()));
  });
}

/**
 * @param {unknown} model
 * @param {{ audience?: 'edge' | 'browser' }} [options]
 * @returns {Uint8Array}
 */
export function compileModel(model, options) {
  started();
  const { audience = 'edge', ...others } = Object(options);
  // Strictly, also where a text is given: what is not understood must not make a file that tells visitors everything.
  for (const key of Object.keys(others)) throw new LeadscoreError('unknown-option', key, `expected audience, found \`${key}\``);
  if (audience !== 'edge' && audience !== 'browser') throw unlike('invalid-option', 'audience', '`edge` or `browser`', audience);
  return withModel(model, (text) => glue.compileModel(text, audience === 'browser'));
}

/**
 * @template T
 * @param {unknown} model
 * @param {(text: string) => T} use
 * @returns {T}
 */
function withModel(model, use) {
  try {
    return use(documentText(model));
  } catch (thrown) {
    throw asErrorOfEngine(thrown, 'model');
  }
}
