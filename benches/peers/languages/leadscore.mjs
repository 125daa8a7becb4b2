/**
 * The common model in leadscore's own words, and its result in the common ones. The one difference is
 * what is unknown: to leadscore a test of it is unknown too, to the common model the test fails.
 */
import { operators } from './mongodb.mjs';

/** @typedef {import('../contender.js').Leaf} Leaf */
/** @typedef {import('../contender.js').Model} Model */

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

/** Values are rounded to six places at most; those of events are compared to nine, so they are told in so many times finer units. */
export const FINER = 1e6;

/**
 * The model of events: rules that count the last so many of a window, each with its age.
 * @param {import('../contender.js').EventModel} model
 */
export function translatedEvents({ id, rules }) {
  return {
    format: 1,
    id,
    decimals: 6,
    dimensions: [{ id: 'engagement', weight: FINER, groups: [{ id: 'events', rules: rules.map(eventRule) }] }],
  };
}

/** @param {import('../contender.js').EventModel['rules'][number]} rule */
function eventRule({ id, points, max, windowDays, halfLifeDays, when }) {
  const parts = 'all' in when ? when.all : [when];
  const rest = parts.filter(({ field }) => field !== 'type');
  return {
    id,
    on: parts.find(({ field }) => field === 'type')?.value,
    ...(rest.length > 0 && { when: met({ all: rest }) }),
    points,
    limit: { n: max, per: 'ever', keep: 'latest' },
    window: `${windowDays}d`,
    decay: { kind: 'exponential', halfLife: `${halfLifeDays}d` },
  };
}

/**
 * @param {import('leadscore').Score} score
 * @param {Model} model
 * @returns {import('../contender.js').Breakdown}
 */
export function breakdown({ raw, labels, groups, contributions }, model) {
  /** @type {Record<string, number>} */
  const byGroup = {};
  for (const { id } of model.groups) byGroup[id] = Number(groups[id].value);
  return {
    score: Number(raw),
    grade: String(labels.total),
    groups: byGroup,
    contributions: contributions.map(({ rule, points }) => ({ rule, points })),
  };
}

const OPERATORS = operators({
  contains: (value) => ({ $contains: value }),
  startsWith: (value) => ({ $startsWith: value }),
  endsWith: (value) => ({ $endsWith: value }),
});

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
 * What is true when the condition is not: where a test fails for want of an attribute, its opposite holds.
 * @param {any} condition
 * @returns {object}
 */
function unmet({ all, any, not, field, op, value }) {
  if (all) return { $or: all.map(unmet) };
  if (any) return { $and: any.map(unmet) };
  if (not) return met(not);
  return { $or: [{ [field]: { $exists: false } }, { [field]: { $not: OPERATORS[/** @type {Leaf['op']} */ (op)](value) } }] };
}
