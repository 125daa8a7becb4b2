/** What is different between two versions of a model, said by the names that people know. */
import { factSubjects, resultSubjects, told } from '../build/conditions.js';
import { BUILDING } from '../build/sentences.js';
import { learn } from '../words.js';

learn(BUILDING);

/**
 * @typedef {{ where: string, before: unknown, after: unknown, condition: boolean }} Difference `undefined` where there is nothing
 * @typedef {import('../words.js').Words} Words
 */

/**
 * @param {any} before
 * @param {any} after
 * @param {Words} words
 * @param {string[]} [names] of what is around
 * @returns {Difference[]}
 */
export function differences(before, after, words, names = []) {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const where = names.join(' › ');
  const both = [before, after];
  const listed = both.every(Array.isArray);
  const nested = listed || both.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  const things = both.flat().some((one) => typeof one === 'object');
  const condition = names.at(-1) === words.say('when');
  if (!nested || (listed && !things) || condition) return [{ where, before, after, condition }];
  const keyed = both.map(
    (one) => new Map(Object.entries(one).map(([key, inner]) => [listed ? (inner?.id ?? key) : key, inner])),
  );
  return [...new Set(keyed.flatMap((one) => [...one.keys()]))].flatMap((key) => {
    const [old, now] = keyed.map((one) => one.get(key));
    const name = words.text((now ?? old)?.label ?? (now ?? old)?.reason ?? (now ?? old)?.text, '');
    const called = name || (listed ? key : words.has(key) ? words.say(key) : key);
    const passing = ['dimensions', 'groups', 'rules', 'labels'].includes(key);
    return differences(old, now, words, passing ? names : [...names, called]);
  });
}

/**
 * One side of a difference as a person says it.
 * @param {unknown} value
 * @param {boolean} condition
 * @param {import('../state.js').Model} model
 * @param {Words} words
 * @returns {string}
 */
export function sideOf(value, condition, model, words) {
  if (condition) return told(value, [...factSubjects(model, words), ...resultSubjects(model, words)], words);
  if (typeof value !== 'object' || value === null) return words.value(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return words.value(value);
  const parts = Object.entries(value).map(([key, one]) => {
    const name = words.has(key) ? words.say(key) : key;
    return words.say('set', { attribute: name, value: sideOf(one, key === 'when', model, words) });
  });
  return parts.join(', ');
}
