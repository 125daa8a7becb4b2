/** Two results of one model, rule by rule: what each gave to either lead, and what separates them. No scoring: the engine did it. */
import { factAt, groupsOf, listOf, rulesOf } from '../names.js';

/**
 * @typedef {import('leadscore').Score} Score
 * @typedef {import('../../state.js').Model} Model
 * @typedef {{ value: number, points: number, count: number, lost: { cause: 'limit' | 'decay' | 'cap', points: number }[] }} Side
 * @typedef {{ id: string, rule: any, adjustment: { on: string, id: string, kind: 'cap' | 'floor' } | null, dimension: string, a: Side, b: Side, apart: number }} Line
 */

/** Less than this is what sums of floats leave over. */
const NOTHING = 1e-9;

/** @type {Side} */
const NONE = { value: 0, points: 0, count: 0, lost: [] };

/**
 * Every line of either result, what separates the two most first; then in the order of the model.
 * @param {Model} model
 * @param {Score} a
 * @param {Score} b
 * @returns {Line[]}
 */
export function differences(model, a, b) {
  const [ofA, ofB] = [sides(a), sides(b)];
  const rules = new Map(rulesOf(model).map((rule) => [`rule:${rule?.id}`, rule]));
  const homes = new Map(
    listOf(model.dimensions).flatMap((dimension) =>
      listOf(dimension?.groups).flatMap((group) =>
        listOf(group?.rules).map((/** @type {any} */ rule) => [`rule:${rule?.id}`, dimension.id]),
      ),
    ),
  );
  const ids = [...rules.keys(), ...new Set([...a.adjustments, ...b.adjustments].map(idOf))];
  const lines = ids.flatMap((id) => {
    if (!ofA.has(id) && !ofB.has(id)) return [];
    const [one, other] = [ofA.get(id) ?? NONE, ofB.get(id) ?? NONE];
    const apart = one.value - other.value;
    const adjustment = [...a.adjustments, ...b.adjustments].find((item) => idOf(item) === id) ?? null;
    return [
      {
        id,
        rule: rules.get(id) ?? null,
        adjustment,
        dimension: homes.get(id) ?? '',
        a: one,
        b: other,
        apart: Math.abs(apart) < NOTHING ? 0 : apart,
      },
    ];
  });
  return lines.sort((one, other) => Math.abs(other.apart) - Math.abs(one.apart));
}

/** @param {{ on: string, id: string, kind: string }} adjustment */
function idOf({ on, id, kind }) {
  return `${kind}:${on}:${id}`;
}

/** @param {Score} score @returns {Map<string, Side>} */
function sides(score) {
  const found = new Map();
  for (const { rule, value, points, count, lost } of score.contributions) {
    const share = points === 0 ? 1 : value / points; // from points of the rule to points of the total
    const causes = /** @type {const} */ (['limit', 'decay', 'cap']).flatMap((cause) =>
      lost[cause] * share > 0.005 ? [{ cause, points: lost[cause] * share }] : [],
    );
    found.set(`rule:${rule}`, { value, points, count, lost: causes });
  }
  for (const adjustment of score.adjustments)
    found.set(idOf(adjustment), { value: adjustment.value, points: adjustment.value, count: 1, lost: [] });
  return found;
}

/**
 * The attributes that a rule looks at, where the two leads differ in them.
 * @param {Model} model
 * @param {any} rule
 * @param {Record<string, any>} factsA
 * @param {Record<string, any>} factsB
 * @returns {{ path: string, a: unknown, b: unknown }[]}
 */
export function factsApart(model, rule, factsA, factsB) {
  const asked = new Set(/** @type {string[]} */ ([]));
  const collect = (/** @type {any} */ part) => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      if (model.attributes && key in model.attributes) asked.add(key);
      collect(inner);
    }
  };
  if (rule?.attribute) asked.add(rule.attribute);
  if (!rule?.on) collect(rule?.when);
  return [...asked].flatMap((path) => {
    const [a, b] = [factAt(factsA, path), factAt(factsB, path)];
    return JSON.stringify(a ?? null) === JSON.stringify(b ?? null) ? [] : [{ path, a, b }];
  });
}

/** What an adjustment is called: `cap of Visits`. @param {Model} model @param {NonNullable<Line['adjustment']>} adjustment @param {import('../../words.js').Words} words */
export function adjustmentName(model, { on, id, kind }, { say, text }) {
  const owner = (on === 'group' ? groupsOf(model) : listOf(model.dimensions)).find((one) => one?.id === id);
  return say('adjusted', { kind: say(kind), what: on === 'total' ? say('total') : text(owner?.label, id) });
}
