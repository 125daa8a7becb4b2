/**
 * What one writes in an afternoon: the model is walked through for every lead. It is the plainest of
 * all, so the results of the others are held against its.
 */

/** @typedef {import('../contender.js').Condition} Condition */
/** @typedef {import('../contender.js').Lead} Lead */

export const meta = { name: 'naive JavaScript', needsEval: false };
export const sizeEntry = `export { load } from './peers/naive.mjs'`;

/** @type {import('../contender.js').Contender['load']} */
export async function load({ model }) {
  const rules = model.rules.map((rule) => ({ ...rule, when: withSteps(rule.when) }));

  /**
   * @param {Lead} lead
   * @param {{ rule: string, points: number }[]} [contributions] to be filled in
   */
  function groupsOf(lead, contributions) {
    /** @type {Record<string, number>} */
    const groups = {};
    for (const { id } of model.groups) groups[id] = 0;
    for (const { id, group, points, when } of rules) {
      if (!holds(when, lead)) continue;
      groups[group] += points;
      contributions?.push({ rule: id, points });
    }
    for (const { id, cap } of model.groups) groups[id] = Math.min(cap, Math.max(0, groups[id]));
    return groups;
  }

  /** @param {Record<string, number>} groups */
  function scoreOf(groups) {
    let total = 0;
    let attainable = 0;
    for (const { id, cap } of model.groups) {
      total += groups[id];
      attainable += cap;
    }
    return (total / attainable) * model.normaliseTo;
  }

  return {
    score: (lead) => scoreOf(groupsOf(lead)),
    full(lead) {
      /** @type {{ rule: string, points: number }[]} */
      const contributions = [];
      const groups = groupsOf(lead, contributions);
      const score = scoreOf(groups);
      const grade = model.thresholds.find(({ min }) => score >= min)?.label ?? '';
      return { score, grade, groups, contributions };
    },
  };
}

/**
 * The same condition, with its paths split once instead of for every lead.
 * @param {any} condition
 * @returns {any}
 */
function withSteps({ all, any, not, field, op, value }) {
  if (all) return { all: all.map(withSteps) };
  if (any) return { any: any.map(withSteps) };
  if (not) return { not: withSteps(not) };
  return { steps: field.split('.'), op, value };
}

/**
 * @param {any} condition
 * @param {Lead} lead
 * @returns {boolean}
 */
function holds(condition, lead) {
  if (condition.all) {
    for (const part of condition.all) if (!holds(part, lead)) return false;
    return true;
  }
  if (condition.any) {
    for (const part of condition.any) if (holds(part, lead)) return true;
    return false;
  }
  if (condition.not) return !holds(condition.not, lead);

  /** @type {any} */
  let found = lead;
  for (const step of condition.steps) found = found?.[step];
  const { op, value } = condition;
  switch (op) {
    case 'eq':
      return found === value;
    case 'in':
      return value.includes(found);
    case 'anyOf':
      return Array.isArray(found) && found.some((item) => value.includes(item));
  }
  if (typeof found === 'number') {
    switch (op) {
      case 'gte':
        return found >= value;
      case 'gt':
        return found > value;
      case 'lte':
        return found <= value;
      case 'lt':
        return found < value;
      case 'between':
        return found >= value[0] && found <= value[1];
    }
  }
  if (typeof found === 'string') {
    switch (op) {
      case 'contains':
        return found.includes(value);
      case 'startsWith':
        return found.startsWith(value);
      case 'endsWith':
        return found.endsWith(value);
    }
  }
  return false;
}
