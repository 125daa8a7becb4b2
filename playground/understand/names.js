/** Finds what a result speaks of in its model, to call it by its name. */

/**
 * @typedef {import('leadscore').PlainScore} Score
 * @typedef {import('../state.js').Model} Model
 * @typedef {import('../words.js').Words} Words
 */

const TONES = ['best', 'middle', 'low'];

/** Lists of a model that a hand is still writing may not be there. @param {any} list @returns {any[]} */
export function listOf(list) {
  return Array.isArray(list) ? list : [];
}

/** @param {any} things @param {string | null | undefined} id @param {Words} words */
export function named(things, id, words) {
  return id ? words.text(listOf(things).find((thing) => thing?.id === id)?.label, id) : '';
}

/** @param {Model} model */
export function groupsOf(model) {
  return listOf(model.dimensions).flatMap((dimension) => listOf(dimension?.groups));
}

/** @param {Model} model */
export function rulesOf(model) {
  return groupsOf(model).flatMap((group) => listOf(group?.rules));
}

/** Where the scale of the total begins, ends and is divided. @param {Model} model @param {Words} words */
export function scale(model, words) {
  const { floor, cap, labels } = model.total ?? {};
  const marks = listOf(labels).flatMap(({ from, id, label }) =>
    typeof from === 'number' ? [{ at: from, name: words.text(label, id), id }] : [],
  );
  const most = Math.max(...marks.map(({ at }) => at * 1.25), 0);
  return { from: Math.min(floor ?? 0, 0), to: cap ?? (most > 100 ? most : 100), marks };
}

/** @param {Model} model @param {string | null | undefined} label of the total */
export function toneOf(model, label) {
  const labels = listOf(model.total?.labels);
  const place = labels.findIndex(({ id }) => id === label);
  return labels.length === 0
    ? 'best'
    : place < 0
      ? 'none'
      : place === labels.length - 1 && place > 0
        ? 'low'
        : (TONES[place] ?? 'middle');
}

/** @param {Model} model @param {Score} score */
export function tone(model, score) {
  return score.status === 'scored' ? toneOf(model, score.labels.total) : 'none';
}

/** @param {Model} model @param {Score} score @param {Words} words */
export function labelOf(model, score, words) {
  return score.status === 'scored' ? named(model.total?.labels, score.labels.total, words) : words.say(score.status);
}

/**
 * What is different between two standings: labels, grade, stage, by their names.
 * @param {Model} model
 * @param {Pick<Score, 'labels' | 'grade' | 'stage'>} before
 * @param {Pick<Score, 'labels' | 'grade' | 'stage'>} after
 * @param {Words} words
 */
export function turns(model, before, after, words) {
  const owners = [{ ...model.total, id: 'total' }, ...listOf(model.dimensions)];
  const changed = owners.filter(({ id }) => after.labels[id] !== before.labels[id]);
  return [
    ...changed.map(
      ({ id, label, labels }) =>
        `${id === 'total' ? '' : `${words.text(label, id)} `}${named(labels, after.labels[id], words)}`,
    ),
    ...(after.grade === before.grade || after.grade === null ? [] : [after.grade]),
    ...(after.stage === before.stage ? [] : [named(model.stages, after.stage, words)]),
  ].filter(Boolean);
}

/** @param {Record<string, any>} facts @param {string} path @returns {any} */
export function factAt(facts, path) {
  return path.split('.').reduce((/** @type {any} */ value, key) => value?.[key], facts);
}

/**
 * The same facts with one more known, or unknown again.
 * @param {Record<string, any>} facts
 * @param {string} path
 * @param {unknown} value
 * @returns {Record<string, any>}
 */
export function withFact(facts, path, value) {
  const [key, ...rest] = path.split('.');
  if (rest.length > 0) return { ...facts, [key]: withFact(facts[key] ?? {}, rest.join('.'), value) };
  const { [key]: _, ...others } = facts;
  return value === undefined ? others : { ...facts, [key]: value };
}
