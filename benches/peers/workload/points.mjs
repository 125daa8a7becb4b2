/**
 * From the rules that hold to a score, for contenders that only answer conditions: rule engines and
 * query languages know neither groups with caps nor grades. Their users write this.
 */

/** @param {import('../contender.js').Model} model */
export function pointsOf({ groups, rules, normaliseTo, thresholds }) {
  const caps = groups.map(({ cap }) => cap);
  const attainable = caps.reduce((sum, cap) => sum + cap, 0);
  const groupOf = rules.map(({ group }) => groups.findIndex(({ id }) => id === group));
  const points = rules.map((rule) => rule.points);
  const sums = new Float64Array(groups.length);

  /** @param {ArrayLike<unknown>} held for each rule something true or false */
  function score(held) {
    sums.fill(0);
    for (let i = 0; i < points.length; i++) if (held[i]) sums[groupOf[i]] += points[i];
    let total = 0;
    for (let g = 0; g < sums.length; g++) total += sums[g] = Math.min(caps[g], Math.max(0, sums[g]));
    return (total / attainable) * normaliseTo;
  }

  /**
   * @param {ArrayLike<unknown>} held
   * @returns {import('../contender.js').Breakdown}
   */
  function full(held) {
    const value = score(held);
    const contributions = [];
    for (let i = 0; i < points.length; i++) if (held[i]) contributions.push({ rule: rules[i].id, points: points[i] });
    /** @type {Record<string, number>} */
    const byGroup = {};
    for (let g = 0; g < sums.length; g++) byGroup[groups[g].id] = sums[g];
    return { score: value, grade: grade(value), groups: byGroup, contributions };
  }

  /** @param {number} value */
  function grade(value) {
    for (const { min, label } of thresholds) if (value >= min) return label;
    return '';
  }

  return { score, full };
}
