/** What conditions can ask about and how, and conditions as sentences. */
import { listOf, rulesOf, groupsOf } from '../understand/names.js';
import { takesList, treeOf } from './tree.js';

/**
 * @typedef {{ path: string, name: string, type: string, values?: string[], names?: (value: string) => string }} Subject what a condition can ask about
 * @typedef {import('../words.js').Words} Words
 * @typedef {import('../state.js').Model} Model
 */

/** The operators of the form, with their sentence. */
export const OPERATORS = /** @type {const} */ ({
  $eq: 'opEq',
  $ne: 'opNe',
  $gte: 'opGte',
  $gt: 'opGt',
  $lte: 'opLte',
  $lt: 'opLt',
  $in: 'opIn',
  $nin: 'opNin',
  $all: 'opAll',
  $size: 'opSize',
  $contains: 'opContains',
  $startsWith: 'opStartsWith',
  $endsWith: 'opEndsWith',
  $glob: 'opGlob',
  known: 'opKnown',
  unknown: 'opUnknown',
});

/** @typedef {keyof typeof OPERATORS} Operator */

const COMPARED = /** @type {Operator[]} */ (['$gte', '$gt', '$lte', '$lt']);

/** What can be asked of a subject. @param {Subject | undefined} subject @returns {Operator[]} */
export function operatorsOf(subject) {
  const { type, values } = subject ?? { type: 'text' };
  const known = /** @type {Operator[]} */ (['known', 'unknown']);
  if (type === 'boolean') return ['$eq', ...known];
  if (type === 'number' || type === 'integer') return [...COMPARED, '$eq', '$ne', ...known];
  if (type === 'date') return [...COMPARED, ...known];
  if (type === 'list') return ['$in', '$nin', '$all', '$size', ...known];
  return values
    ? ['$in', '$nin', '$eq', '$ne', ...known]
    : ['$eq', '$ne', '$in', '$nin', '$contains', '$startsWith', '$endsWith', '$glob', ...known];
}

/** A value that an operator can begin with. @param {Subject | undefined} subject @param {string} op */
export function firstValue(subject, op) {
  const { type, values } = subject ?? { type: 'text', values: undefined };
  if (op === '$size') return 1;
  const one =
    type === 'boolean'
      ? true
      : type === 'number' || type === 'integer'
        ? 1
        : type === 'date'
          ? new Date().toISOString().slice(0, 10)
          : (values?.[0] ?? '');
  return takesList(op) ? (one === '' ? [] : [one]) : one;
}

/** A condition told to a person. @param {unknown} condition @param {Subject[]} subjects @param {Words} words */
export function told(condition, subjects, words) {
  const { join, parts } = treeOf(condition);
  return parts.length === 0 ? words.say('always') : toldGroup({ join, parts }, subjects, words);
}

/** @param {import('./tree.js').Group} group @param {Subject[]} subjects @param {Words} words @returns {string} */
function toldGroup({ join, parts }, subjects, words) {
  const each = parts.map((part) => {
    if ('raw' in part) return '{ … }';
    if (!('join' in part)) return toldRow(part, subjects, words);
    const inner = toldGroup(part, subjects, words);
    return part.parts.length > 1 && part.join !== 'none' ? `(${inner})` : inner;
  });
  const whole = each.join(` ${words.say(join === 'all' ? 'and' : 'or')} `);
  return join === 'none' ? words.say('notThat', { what: whole }) : whole;
}

/** @param {import('./tree.js').Row} row @param {Subject[]} subjects @param {Words} words */
function toldRow({ path, op, value }, subjects, words) {
  const subject = subjects.find((one) => one.path === path);
  const name = (/** @type {any} */ item) =>
    typeof item === 'string' && subject?.names ? subject.names(item) : words.value(item);
  const shown =
    op === 'known' || op === 'unknown' ? '' : ` ${Array.isArray(value) ? words.any(value.map(name)) : name(value)}`;
  return `${subject?.name ?? path} ${words.say(OPERATORS[/** @type {Operator} */ (op)])}${shown}`;
}

/** What conditions on facts can ask about. @param {Model} model @param {Words} words @param {string} [before] @returns {Subject[]} */
export function factSubjects(model, words, before = '') {
  return Object.entries(model.attributes ?? {}).map(([path, attribute]) => ({
    path: before + path,
    name: words.text(attribute?.label, path),
    type: attribute?.type ?? 'text',
    values: attribute?.values,
  }));
}

/** What conditions on events of these types can ask about. @param {Model} model @param {string[]} types @param {Words} words @returns {Subject[]} */
export function eventSubjects(model, types, words) {
  const found = new Map(types.flatMap((type) => Object.entries(model.events?.[type]?.properties ?? {})));
  return [...found].map(([path, property]) => ({
    path,
    name: words.text(property?.label, path),
    type: property?.type ?? 'text',
    values: property?.values,
  }));
}

/** What conditions on the result can ask about. @param {Model} model @param {Words} words @returns {Subject[]} */
export function resultSubjects(model, words) {
  const { say, text } = words;
  const owners = [{ ...model.total, id: 'total', label: say('totalLine') }, ...listOf(model.dimensions)];
  const named = (/** @type {any} */ things) => (/** @type {string} */ id) =>
    text(listOf(things).find((thing) => thing?.id === id)?.label, id);
  const grades = gradesOf(model);
  return [
    { path: 'total', name: say('resultTotal'), type: 'number' },
    ...listOf(model.dimensions).map(({ id, label }) => ({
      path: `dimensions.${id}`,
      name: say('resultDimension', { what: text(label, id) }),
      type: 'number',
    })),
    ...owners
      .filter(({ labels }) => listOf(labels).length > 0)
      .map(({ id, label, labels }) => ({
        path: `labels.${id}`,
        name: say('resultLabel', { what: text(label, id) }),
        type: 'text',
        values: listOf(labels).map((one) => one.id),
        names: named(labels),
      })),
    ...(grades.length > 0 ? [{ path: 'grade', name: say('resultGrade'), type: 'text', values: grades }] : []),
    ...(listOf(model.stages).length > 0
      ? [
          {
            path: 'stage',
            name: say('resultStage'),
            type: 'text',
            values: listOf(model.stages).map(({ id }) => id),
            names: named(model.stages),
          },
        ]
      : []),
    { path: 'coverage', name: say('resultCoverage'), type: 'number' },
    {
      path: 'status',
      name: say('resultStatus'),
      type: 'text',
      values: ['scored', 'disqualified', 'excluded', 'insufficient_data'],
      names: (value) => (words.has(value) ? say(value) : value),
    },
    ...rulesOf(model)
      .filter((rule) => rule?.on)
      .map(({ id, label }) => ({
        path: `counts.${id}`,
        name: say('resultCount', { what: text(label, id) }),
        type: 'integer',
      })),
    ...groupsOf(model).map(({ id, label }) => ({
      path: `groups.${id}`,
      name: say('resultGroup', { what: text(label, id) }),
      type: 'number',
    })),
    ...rulesOf(model).map(({ id, label }) => ({
      path: `rules.${id}`,
      name: say('resultRule', { what: text(label, id) }),
      type: 'number',
    })),
    ...factSubjects(model, words, 'facts.'),
  ];
}

/** Every grade that a model can give. @param {Model} model @returns {string[]} */
export function gradesOf(model) {
  const { ladder, matrix } = model.grade ?? {};
  if (ladder) return listOf(ladder.letters);
  if (!matrix) return [];
  const labels = (/** @type {string} */ id) =>
    listOf((id === 'total' ? model.total : listOf(model.dimensions).find((one) => one.id === id))?.labels).map(
      (label) => label.id,
    );
  return [
    ...new Set(
      labels(matrix.rows).flatMap((row) =>
        labels(matrix.columns).map((column) => matrix.cells?.[row]?.[column] ?? `${row}${column}`),
      ),
    ),
  ];
}
