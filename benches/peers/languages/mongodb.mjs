/** The tests that MongoDB's query language has words for: leadscore and mingo speak it, and differ in how they look into texts. */

/** @typedef {import('../contender.js').Leaf} Leaf */
/** @typedef {Record<Leaf['op'], (value: any) => object>} Operators */

/**
 * @param {Pick<Operators, 'contains' | 'startsWith' | 'endsWith'>} ofTexts
 * @returns {Operators}
 */
export const operators = (ofTexts) => ({
  eq: (value) => ({ $eq: value }),
  in: (value) => ({ $in: value }),
  anyOf: (value) => ({ $in: value }),
  gte: (value) => ({ $gte: value }),
  gt: (value) => ({ $gt: value }),
  lte: (value) => ({ $lte: value }),
  lt: (value) => ({ $lt: value }),
  between: ([low, high]) => ({ $gte: low, $lte: high }),
  ...ofTexts,
});
