/** Questions that need no scorer: is this model sound, does this condition hold. */
import { glue, started } from './engine-full.js';
import { LeadscoreError, asErrorOfEngine } from './error.js';
import { documentText, json } from './json.js';

/** @typedef {import('../leadscore.js').Issue} Issue */

/**
 * @param {unknown} model
 * @returns {Issue[]}
 */
export function check(model) {
  started();
  try {
    return glue.check(documentText(model));
  } catch (thrown) {
    const { code, path, message } = asErrorOfEngine(thrown, 'model');
    if (code === 'internal') throw thrown;
    return [{ severity: 'error', code, path, message, suggestion: null }];
  }
}

/**
 * @param {unknown} condition
 * @param {unknown} facts
 * @returns {boolean | null}
 */
export function matches(condition, facts) {
  started();
  try {
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
      throw new LeadscoreError('invalid-facts', 'facts', 'expected an object of attributes');
    }
    return glue.matches(documentText(condition), json(facts, 'facts')) ?? null;
  } catch (thrown) {
    throw asErrorOfEngine(thrown, 'facts');
  }
}
