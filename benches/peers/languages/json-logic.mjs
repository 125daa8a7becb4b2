/**
 * Conditions and models as JSON Logic, which three of the contenders speak. Its standard knows nothing
 * of how a text begins or ends: `starts_with` and `ends_with` are added to the engines that lack them.
 */

/** @typedef {import('../contender.js').Model} Model */

/** The two operators, for engines that take them as functions. */
export const operators = {
  starts_with: (/** @type {unknown} */ text, /** @type {string} */ start) => typeof text === 'string' && text.startsWith(start),
  ends_with: (/** @type {unknown} */ text, /** @type {string} */ end) => typeof text === 'string' && text.endsWith(end),
};

/**
 * One formula for the number: JSON Logic can add, bound and divide.
 * @param {Model} model
 */
export function scoreFormula({ groups, rules, normaliseTo }) {
  const attainable = groups.reduce((sum, { cap }) => sum + cap, 0);
  const bounded = groups.map(({ id, cap }) => {
    const points = rules.filter(({ group }) => group === id).map((rule) => ({ if: [formula(rule.when), rule.points, 0] }));
    return { min: [cap, { max: [0, { '+': points }] }] };
  });
  return { '*': [{ '/': [{ '+': bounded }, attainable] }, normaliseTo] };
}

/**
 * For each rule whether it holds, for the breakdown, which no formula can assemble.
 * @param {Model} model
 */
export function heldFormula({ rules }) {
  return rules.map(({ when }) => ({ if: [formula(when), 1, 0] }));
}

/**
 * @param {any} condition
 * @returns {object}
 */
function formula({ all, any, not, field, op, value }) {
  if (all) return { and: all.map(formula) };
  if (any) return { or: any.map(formula) };
  if (not) return { '!': [formula(not)] };
  const found = { var: field };
  switch (op) {
    case 'eq':
      return { '===': [found, value] };
    case 'in':
      return { in: [found, value] };
    case 'anyOf':
      return { some: [found, { in: [{ var: '' }, value] }] };
    case 'contains':
      return { in: [value, found] };
    case 'startsWith':
      return { starts_with: [found, value] };
    case 'endsWith':
      return { ends_with: [found, value] };
    case 'gte':
      return known(found, { '>=': [found, value] }, 0 >= value);
    case 'gt':
      return known(found, { '>': [found, value] }, 0 > value);
    case 'lte':
      return known(found, { '<=': [found, value] }, 0 <= value);
    case 'lt':
      return known(found, { '<': [found, value] }, 0 < value);
    default:
      return known(found, { '<=': [value[0], found, value[1]] }, 0 >= value[0] && 0 <= value[1]);
  }
}

/**
 * To JSON Logic an unknown number is 0: where that would pass, it is asked first whether it is known.
 * @param {object} found
 * @param {object} comparison
 * @param {boolean} zeroPasses
 */
function known(found, comparison, zeroPasses) {
  return zeroPasses ? { and: [{ '!==': [found, null] }, comparison] } : comparison;
}
