/** Small changes to a model, by path; what they are for stands in changes.mjs. */

/** Said in words, where, and the value to put there. @typedef {[say: string, path: string, value: unknown]} Change */

/** Takes a field away. */
export const gone = Symbol('gone');

/**
 * A copy of the model with one thing changed. A path is read as in messages: `dimensions[0].groups[1].id`, with `["…"]`
 * for names with dots in them. Objects on the way are made where there are none.
 * @param {object} model
 * @param {Change} change
 * @returns {Record<string, unknown>}
 */
export function changed(model, [, path, value]) {
  const copy = structuredClone(model);
  const steps = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name ?? '');
  const last = steps.pop() ?? '';
  /** @type {any} */
  let place = copy;
  for (const step of steps) place = place[step] ??= {};
  if (value !== gone) place[last] = value;
  else if (Array.isArray(place)) place.splice(Number(last), 1);
  else if (last in place) delete place[last];
  else throw new Error(`nothing at \`${path}\` to take away`);
  return /** @type {Record<string, unknown>} */ (copy);
}
