/**
 * The whole engine, for the panel and for what a form would carry: it tells reasons and looks ahead, which a page that only wants
 * a number does not need. Loaded when somebody looks.
 */

/** @typedef {import('../../pkg/tracker.js').TrackedEvent} Event */
/** @typedef {Record<string, any> & { id: string, label?: unknown }} Named */
/** @typedef {{ dimensions: (Named & { groups: (Named & { rules: Named[] })[] })[], total: { labels: (Named & { from?: number })[] } }} Model */

export const DAY = 86_400_000;

/** @type {Promise<Scoring> | undefined} */
let loaded;

/** @returns {Promise<Scoring>} */
export function loadScoring() {
  loaded ??= load();
  return loaded;
}

/** @typedef {{ model: Model, scorer: import('leadscore').Scorer }} Scoring */

async function load() {
  const [{ createScorer, init }, model] = await Promise.all([
    import('../leadscore/entries/full/browser.js'),
    fetch(new URL('./model.json', import.meta.url)).then((answer) => answer.json()),
  ]);
  await init();
  return { model, scorer: createScorer(model) };
}
