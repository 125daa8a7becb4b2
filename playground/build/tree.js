/** A condition as a tree that a form can show: rows of what, how and which value, in groups of which all, any or none must hold. */

/**
 * @typedef {{ path: string, op: string, value: any, fold?: string }} Row
 * @typedef {{ raw: Record<string, any> }} Raw what a row cannot say; it stays as it is written
 * @typedef {'all' | 'any' | 'none'} Join
 * @typedef {{ join: Join, parts: Part[] }} Group
 * @typedef {Row | Raw | Group} Part
 */

/** Operators with one value, and with a list of them; `known` and `unknown` are the two answers of `$exists`. */
const ONE = new Set(['$eq', '$ne', '$gte', '$gt', '$lte', '$lt', '$contains', '$startsWith', '$endsWith', '$glob', '$size']);
const LISTS = new Set(['$in', '$nin', '$all']);
const JOINS = /** @type {Record<string, Join>} */ ({ $and: 'all', $or: 'any', $nor: 'none' });

/** @param {string} op */
export function takesList(op) {
  return LISTS.has(op);
}

/** @param {unknown} condition @returns {Group} */
export function treeOf(condition) {
  const parts = Object.entries(condition ?? {}).flatMap(([key, test]) => partsOf(key, test));
  const [only] = parts;
  return parts.length === 1 && 'join' in only ? only : { join: 'all', parts };
}

/** @param {string} key @param {any} test @returns {Part[]} */
function partsOf(key, test) {
  if (JOINS[key] && Array.isArray(test)) return [{ join: JOINS[key], parts: test.map((one) => alone(treeOf(one))) }];
  if (key === '$not' && typeof test === 'object') return [{ join: 'none', parts: [alone(treeOf(test))] }];
  return (key.startsWith('$') ? null : rowsOf(key, test)) ?? [{ raw: { [key]: test } }];
}

/** All of one thing is that thing. @param {Group} group @returns {Part} */
function alone(group) {
  return group.join === 'all' && group.parts.length === 1 ? group.parts[0] : group;
}

/** @param {string} path @param {any} test @returns {Row[] | null} `null` where rows cannot say it */
function rowsOf(path, test) {
  if (Array.isArray(test)) return null;
  if (typeof test !== 'object' || test === null) return [{ path, op: '$eq', value: test }];
  const { $fold: fold, ...operators } = test;
  const rows = Object.entries(operators).map(([op, value]) =>
    op === '$exists'
      ? { path, op: value ? 'known' : 'unknown', value: undefined }
      : { path, op, value, ...(fold !== undefined && { fold }) },
  );
  const said = rows.every(
    ({ op, value }) =>
      value === undefined ||
      (takesList(op) ? Array.isArray(value) : ONE.has(op) && (typeof value !== 'object' || value === null)),
  );
  return rows.length > 0 && said && (fold === undefined || rows.length === 1) ? rows : null;
}

/** @param {Group} group @returns {Record<string, any> | undefined} `undefined`: always */
export function conditionOf({ join, parts }) {
  if (parts.length === 0) return undefined;
  return written(parts.length === 1 && join === 'any' ? parts[0] : { join, parts });
}

/** @param {Part} part @returns {Record<string, any>} */
function written(part) {
  if ('raw' in part) return part.raw;
  if (!('join' in part)) return { [part.path]: testOf(part) };
  const each = part.parts.map(written);
  if (part.join === 'any') return { $or: each };
  if (part.join === 'none') return each.length === 1 ? { $not: each[0] } : { $nor: each };
  const whole = /** @type {Record<string, any>} */ ({});
  for (const [key, test] of each.flatMap((one) => Object.entries(one))) {
    if (key in whole && !joinable(key, whole[key], test)) return { $and: each };
    whole[key] = key in whole ? { ...whole[key], ...test } : test;
  }
  return whole;
}

/** Whether two tests of one attribute may stand in one object. @param {string} key @param {any} one @param {any} other */
function joinable(key, one, other) {
  if (key.startsWith('$') || [one, other].some((test) => typeof test !== 'object' || test === null || Array.isArray(test)))
    return false;
  return !('$fold' in one) && !('$fold' in other) && Object.keys(other).every((op) => !(op in one));
}

/** @param {Row} row */
function testOf({ op, value, fold }) {
  if (op === 'known' || op === 'unknown') return { $exists: op === 'known' };
  if (fold !== undefined) return { [op]: value, $fold: fold };
  return op === '$eq' ? value : { [op]: value };
}
