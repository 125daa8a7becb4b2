/** The first model of somebody's own data: the attributes of the columns taken, and a rule for each thing said of a good lead. */
import { converted } from '../table/columns.js';
import { withFact } from '../understand/names.js';

/**
 * @typedef {import('./found.js').Column} Column
 * @typedef {{ values?: string[], from?: number, to?: number, yes?: boolean }} Wish what a good lead has in a column
 */

/** What each rule gives until somebody knows better. */
const POINTS = 10;

/**
 * @param {string} name of the file
 * @param {Column[]} columns those taken
 * @param {ReadonlyMap<number, Wish>} wishes by the places of columns
 * @returns {import('../state.js').Model}
 */
export function firstModel(name, columns, wishes) {
  const title = name.replace(/\.\w+$/, '') || 'model';
  const rules = columns.flatMap(({ place, path, heading }) => {
    const test = testOf(wishes.get(place) ?? {});
    const id = path.replaceAll('.', '-').slice(0, 60);
    return test === undefined ? [] : [{ id: `good-${id}`.slice(0, 64), label: heading, when: { [path]: test }, points: POINTS }];
  });
  const attributes = columns.map(({ path, heading, type, values }) => [path, { type, label: heading, ...(values && { values }) }]);
  return {
    format: 1,
    id: plainId(title),
    name: title,
    attributes: Object.fromEntries(attributes),
    dimensions: [
      {
        id: 'fit',
        label: { en: 'Fit', fr: 'Adéquation' },
        groups: [{ id: 'profile', label: { en: 'A good lead', fr: 'Un bon contact' }, rules }],
      },
    ],
    ...(rules.length > 0 && { total: { labels: labelsOf(rules.length) } }),
  };
}

/** @param {Wish} wish @returns {unknown} `undefined` where nothing is wished */
function testOf({ values, from, to, yes }) {
  if (yes) return true;
  if (values && values.length > 0) return values.length === 1 ? values[0] : { $in: values };
  const range = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) };
  return Object.keys(range).length > 0 ? range : undefined;
}

/** Hot meets seven of ten, warm four. @param {number} count of rules */
function labelsOf(count) {
  const [hot, warm] = [0.7, 0.4].map((share) => Math.ceil(count * share) * POINTS);
  return [
    { id: 'hot', from: hot, label: { en: 'Hot', fr: 'Chaud' } },
    ...(warm < hot ? [{ id: 'warm', from: warm, label: { en: 'Warm', fr: 'Tiède' } }] : []),
    { id: 'cold', label: { en: 'Cold', fr: 'Froid' } },
  ];
}

/** The lead of one row. @param {Column[]} columns @param {number} row */
export function factsOf(columns, row) {
  return columns.reduce((facts, { path, cells, type, values }) => {
    const [value] = converted([cells[row] ?? ''], { type, values });
    return value === null || Number.isNaN(value) ? facts : withFact(facts, path, value);
  }, /** @type {Record<string, any>} */ ({}));
}

/** @param {string} title */
function plainId(title) {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '');
  return plain.slice(0, 64) || 'model';
}
