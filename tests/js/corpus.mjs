/**
 * Runs the host-neutral corpus through the package: one line for each case, as in tests/golden.
 * Knows no host and reads no file, so that Node, browsers and workerd run it alike.
 */

/**
 * @typedef {typeof import('leadscore')} Api
 * @typedef {import('leadscore').Model} Model
 * @typedef {{ model?: string | Model, cases: Record<string, any>[] }} Suite
 * @typedef {{ models: Record<string, Model>, files: Record<string, Suite[]> }} Corpus
 */

/** What a case says about the options of `score`. */
const OPTIONS = ['events', 'asOf', 'lang', 'previous', 'consent', 'counterfactuals'];

/**
 * @param {Api} api
 * @param {Corpus} corpus
 * @returns {Record<string, string[]>} lines by file
 */
export function answers(api, { models, files }) {
  /** @type {Map<unknown, import('leadscore').Scorer>} */
  const scorers = new Map();

  /** @param {string | Model} model its name, or itself */
  function scorer(model) {
    let found = scorers.get(model);
    if (!found) scorers.set(model, (found = api.createScorer(typeof model === 'string' ? models[model] : model)));
    return found;
  }

  /** @param {Suite} suite @param {Record<string, any>} given */
  function line(suite, given) {
    try {
      if (given.condition !== undefined) return JSON.stringify(api.matches(given.condition, given.facts ?? {}));
      const options = Object.fromEntries(OPTIONS.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]));
      return JSON.stringify(scorer(given.model ?? suite.model).score(given.facts ?? {}, options));
    } catch (error) {
      if (!(error instanceof api.LeadscoreError)) throw error;
      const { code, path } = error;
      const message = path ? error.message.replace(` at \`${path}\``, '') : error.message; // here the path has its own place
      return JSON.stringify({ error: { code, path, message } });
    }
  }

  const lines = Object.entries(files).map(([name, suites]) => [
    name,
    suites.flatMap((suite) => suite.cases.map((given) => line(suite, given))),
  ]);
  for (const used of scorers.values()) used.free();
  return Object.fromEntries(lines);
}
