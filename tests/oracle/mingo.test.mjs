/**
 * Conditions mean what they mean in MongoDB's language, wherever every attribute is present: `matches` must answer
 * like the npm package `mingo` on generated pairs of condition and facts. A seeded generator makes them, so that what
 * fails here fails everywhere.
 *
 * Left out, because the contract means something else or the two cannot be compared:
 * - absent and null attributes, and an empty list of objects on the way of a path: unknown here, false or null there;
 * - `null` as an operand, and `$exists: false` beside it: what is unknown is asked with `$exists` only;
 * - objects as operands, and orders of booleans and of lists: errors here, comparable there;
 * - `$fold $contains $startsWith $endsWith $glob`: not in MongoDB; `$regex $type $mod $expr …`: not here;
 * - `$size`, `$elemMatch` and whole lists on a path through a list of objects (`deals.amount`): mingo takes what it
 *   found there for one list, MongoDB and we ask each value; so paths to lists in such lists are left out, too;
 * - `$all` on what is not a list: met by a plain value here and in MongoDB, never in mingo;
 * - lists in lists: mingo looks into them, MongoDB and we do not;
 * - an empty `$and`, `$or` or `$nor`: an error here and in MongoDB, accepted by mingo;
 * - texts outside the basic plane: ordered by code point here and in MongoDB, by UTF-16 unit in mingo.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { matches } from 'leadscore';
import { Query } from 'mingo';

const PAIRS = 20_000;
const SEED = 20_261_122;

const NUMBERS = [-3, 0, 1, 2.5, 10, 50, 100];
const TEXTS = ['', 'BE', 'FR', 'fr', 'a b', 'é'];
const PATHS = {
  'company.employees': 'number',
  'company.country': 'text',
  'company.tags': 'list',
  'contact.optIn': 'boolean',
  'deals.amount': 'number',
  'deals.stage': 'text',
  'deals.0.amount': 'number',
  'deals.1.stage': 'text',
};

/**
 * Numbers that look random: the linear congruential generator of Numerical Recipes, upper bits.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed >>> 0;
  /** @param {number} below */
  const integer = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => list[integer(list.length)];
  /** @template T @param {number} least @param {number} most @param {() => T} make @returns {T[]} */
  const several = (least, most, make) => Array.from({ length: least + integer(most - least + 1) }, make);

  const scalar = () => (integer(10) === 0 ? integer(2) === 0 : integer(2) === 0 ? pick(NUMBERS) : pick(TEXTS));
  const list = () => several(0, 3, scalar);
  const deal = () => ({ amount: pick(NUMBERS), stage: pick(TEXTS), items: several(0, 3, scalar) });

  /** Facts in which every attribute is present; at times of an unexpected type. */
  const facts = () => ({
    company: {
      employees: integer(12) === 0 ? scalar() : pick(NUMBERS),
      country: integer(12) === 0 ? list() : pick(TEXTS),
      tags: list(),
    },
    contact: { optIn: integer(2) === 0 },
    deals: several(2, 3, deal),
  });

  /** @param {string} kind */
  const value = (kind) => {
    if (kind === 'list' || integer(8) === 0) return scalar();
    if (kind === 'boolean') return integer(2) === 0;
    return kind === 'number' ? pick(NUMBERS) : pick(TEXTS);
  };
  /** @param {string} kind */
  const ordered = (kind) => {
    const bound = value(kind);
    return typeof bound === 'boolean' ? 1 : bound;
  };

  const NAMES = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists', '$all', '$size', '$elemMatch'];

  /**
   * @param {string} kind
   * @param {boolean} [each] whether the path runs through a list of objects
   * @returns {Record<string, unknown>}
   */
  const operators = (kind, each = false) => {
    const made = Object.fromEntries(several(1, 2, () => operator(kind, each)));
    return integer(8) === 0 ? { $not: made } : made;
  };
  /** @param {string} kind @param {boolean} each @returns {[string, unknown]} */
  const operator = (kind, each) => {
    const unfit = each ? ['$size', '$elemMatch'] : kind === 'list' ? [] : ['$all'];
    const name = pick(NAMES.filter((name) => !unfit.includes(name)));
    if (name === '$eq' || name === '$ne') return [name, !each && integer(6) === 0 ? several(1, 2, scalar) : value(kind)];
    if (name === '$in' || name === '$nin') return [name, several(0, 3, () => value(kind))];
    if (name === '$all') return [name, several(0, 2, () => value(kind))];
    if (name === '$size') return [name, integer(4)];
    if (name === '$exists') return [name, integer(3) > 0];
    if (name === '$elemMatch') return [name, operators(pick(['number', 'text']))];
    return [name, ordered(kind)];
  };

  /** @returns {Record<string, unknown>} */
  const part = () => {
    if (integer(10) === 0) return { deals: { $elemMatch: ofDeal() } };
    const path = pick(Object.keys(PATHS));
    const kind = PATHS[/** @type {keyof typeof PATHS} */ (path)];
    return { [path]: integer(4) === 0 ? value(kind) : operators(kind, /^deals\.[a-z]/.test(path)) };
  };
  const ofDeal = () => ({
    amount: operators('number'),
    ...(integer(2) === 0 ? { stage: operators('text') } : { items: operators('list') }),
  });

  /** @param {number} depth @returns {Record<string, unknown>} */
  const condition = (depth) => {
    if (depth === 0 || integer(3) > 0) return Object.assign({}, ...several(1, 2, part));
    return { [pick(['$and', '$or', '$nor'])]: several(1, 3, () => condition(depth - 1)) };
  };

  return { facts, condition: () => condition(3) };
}

test(`matches answers like mingo on ${PAIRS} generated pairs`, () => {
  const { facts, condition } = generator(SEED);
  const answers = { true: 0, false: 0 };
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [asked, of] = [condition(), facts()];
    const expected = new Query(asked).test(of);
    assert.equal(matches(asked, of), expected, `pair ${pair}: ${JSON.stringify(asked)} on ${JSON.stringify(of)}`);
    answers[expected ? 'true' : 'false'] += 1;
  }
  assert.ok(Math.min(answers.true, answers.false) > PAIRS / 10, `lopsided: ${JSON.stringify(answers)}`);
});
