/**
 * leadscore among the contenders: the common model in its own language, then its own doors. This file
 * is also what another harness with the same interface is pointed at; it stands alone in its folder so
 * that nothing else there is taken for a contender.
 *
 * Events are left out: with a limit leadscore keeps the earliest of a period, where the common model of
 * events keeps the most recent ones, so the numbers would not be comparable.
 */
import { fileURLToPath } from 'node:url';
import { createScorer } from 'leadscore';

/** @typedef {import('./contender.js').Condition} Condition */
/** @typedef {import('./contender.js').Leaf} Leaf */
/** @typedef {import('./contender.js').Model} Model */

const pkg = new URL('../../pkg/', import.meta.url);

export const meta = { name: 'leadscore', kind: 'wasm', needsEval: false };
export const sizeEntry = `export { createScorer } from ${JSON.stringify(fileURLToPath(new URL('entries/full/browser.js', pkg)))}`;
export const sizeWasm = [fileURLToPath(new URL('wasm/full/leadscore_bg.wasm', pkg))];

/** @param {{ model: Model }} given */
export async function load({ model }) {
  const scorer = createScorer(translated(model));
  return {
    score: (/** @type {import('./contender.js').Lead} */ lead) => Number(scorer.score(lead).value),
    full(/** @type {import('./contender.js').Lead} */ lead) {
      const score = scorer.score(lead);
      /** @type {Record<string, number>} */
      const groups = {};
      for (const { id } of model.groups) groups[id] = Number(score.groups[id].value);
      const contributions = score.contributions.map(({ rule, points }) => ({ rule, points }));
      return { score: Number(score.raw), grade: String(score.labels.total), groups, contributions };
    },
  };
}

/**
 * The model as leadscore writes it: one dimension, in percent of what can be attained.
 * @param {Model} model
 */
export function translated({ id, groups, rules, normaliseTo, thresholds }) {
  return {
    format: 1,
    id,
    decimals: 6,
    dimensions: [
      {
        id: 'fit',
        normalise: true,
        weight: normaliseTo / 100,
        groups: groups.map(({ id, cap }) => ({
          id,
          floor: 0,
          cap,
          rules: rules.filter(({ group }) => group === id).map(({ id, points, when }) => ({ id, points, when: met(when) })),
        })),
      },
    ],
    total: { labels: thresholds.map(({ label, min }) => ({ id: label, from: min })) },
  };
}

/** @type {Record<Leaf['op'], (value: any) => object>} */
const OPERATORS = {
  eq: (value) => ({ $eq: value }),
  in: (value) => ({ $in: value }),
  anyOf: (value) => ({ $in: value }),
  gte: (value) => ({ $gte: value }),
  gt: (value) => ({ $gt: value }),
  lte: (value) => ({ $lte: value }),
  lt: (value) => ({ $lt: value }),
  between: ([low, high]) => ({ $gte: low, $lte: high }),
  contains: (value) => ({ $contains: value }),
  startsWith: (value) => ({ $startsWith: value }),
  endsWith: (value) => ({ $endsWith: value }),
};

/**
 * What is true when the condition is: a rule fires on true alone, so what is unknown needs no care.
 * @param {any} condition
 * @returns {object}
 */
function met({ all, any, not, field, op, value }) {
  if (all) return { $and: all.map(met) };
  if (any) return { $or: any.map(met) };
  if (not) return unmet(not);
  return { [field]: OPERATORS[/** @type {Leaf['op']} */ (op)](value) };
}

/**
 * What is true when the condition is not. To leadscore a test of an unknown attribute is unknown, and
 * so is its opposite; to the common model it fails, so its opposite holds.
 * @param {any} condition
 * @returns {object}
 */
function unmet({ all, any, not, field, op, value }) {
  if (all) return { $or: all.map(unmet) };
  if (any) return { $and: any.map(unmet) };
  if (not) return met(not);
  return { $or: [{ [field]: { $exists: false } }, { [field]: { $not: OPERATORS[/** @type {Leaf['op']} */ (op)](value) } }] };
}
