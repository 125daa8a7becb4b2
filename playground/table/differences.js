/** What is different between two versions of a model, said by the names that people know. */
import { BUILDING } from '../build/sentences.js';
import { learn } from '../words.js';

learn(BUILDING);

/**
 * @typedef {{ where: string, before: unknown, after: unknown }} Difference `undefined` where there is nothing
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
  if (!nested || (listed && !things) || names.at(-1) === words.say('when')) return [{ where, before, after }];
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
