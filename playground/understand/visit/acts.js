/** What a visitor of a made-up site can do, read off the events of a model: its pages, its files, its forms. No scoring here. */
import { matches } from 'leadscore';
import { listOf, rulesOf, withFact } from '../names.js';

/**
 * @typedef {'page' | 'file' | 'form' | 'watch' | 'act' | 'mail' | 'away'} Kind
 * @typedef {{ id: string, type: string, kind: Kind, label: unknown, given: Record<string, any>, asked: [path: string, attribute: any][] }} Act
 */

/** How a site shows an event, by the words that its type is made of; the first that fits. @type {[Kind, RegExp][]} */
const KINDS = [
  ['mail', /mail|newsletter|subscri/],
  ['file', /download|pdf|sheet|guide|brochure|white_?paper|ebook/],
  ['watch', /webinar|video|film|podcast/],
  ['page', /view|read|page|site|pricing|career|job|blog|case|advert|compare|docs|catalog/],
  ['form', /request|callback|quote|demo|trial|contact|form|sample|register|support|chat|complain/],
  ['act', /sign|log_?in|order|basket|cart|import|invite|integrat|session|favou?rite|use|search|seat/],
];

/** Values that a condition on a number, a text or a list may be met by. */
const BEYOND = 1;

/** Everything that can be done, in the order of the model. @param {Record<string, any>} model @returns {Act[]} */
export function actsOf(model) {
  const flags = [...listOf(model.exclusions), ...listOf(model.disqualifiers), ...listOf(model.overrides)];
  const types = new Set([...Object.keys(model.events ?? {}), ...[...rulesOf(model), ...flags].flatMap(({ on }) => on ?? [])]);
  return [...types].flatMap((type) => {
    const declared = model.events?.[type];
    const asking = rulesOf(model).filter(({ on }) => on === type);
    const variants = asking.flatMap(({ id, when, label }) => {
      const given = when && propertiesFor(when);
      return given ? [{ id: `${type}/${id}`, label: label ?? declared?.label ?? type, given }] : [];
    });
    const plain = variants.length === 0 || asking.some(({ when }) => !when);
    const all = [...(plain ? [{ id: type, label: declared?.label ?? type, given: {} }] : []), ...variants];
    const asked = Object.entries(declared?.properties ?? {});
    return all.map((one) => ({
      ...one,
      type,
      kind: kindOf(`${type} ${JSON.stringify(one.given)}`),
      asked: asked.filter(([path]) => !(path in one.given)),
    }));
  });
}

/** @param {string} words @returns {Kind} */
function kindOf(words) {
  return KINDS.find(([, pattern]) => pattern.test(words.toLowerCase()))?.[0] ?? 'away';
}

/**
 * What a property of the event is before anybody fills it in: as much as the rules count, else something ordinary.
 * @param {Record<string, any>} model
 * @param {string} type
 * @param {string} path
 * @param {any} attribute
 */
export function usual(model, type, path, attribute) {
  const counted = rulesOf(model).find(({ on, multiplier }) => on === type && multiplier?.property === path)?.multiplier.max;
  if (attribute.values) return attribute.type === 'list' ? attribute.values.slice(0, 1) : attribute.values[0];
  if (attribute.type === 'boolean') return true;
  if (attribute.type === 'number' || attribute.type === 'integer')
    return counted ?? Math.min(attribute.max ?? 30, Math.max(attribute.min ?? 0, 30));
  return undefined;
}

/**
 * Properties of an event that meet a condition, as the engine says; `null` where none was found.
 * @param {any} when
 * @returns {Record<string, any> | null}
 */
export function propertiesFor(when) {
  let found = /** @type {Record<string, any>} */ ({});
  const gather = (/** @type {any} */ condition) => {
    for (const [key, asked] of Object.entries(condition ?? {})) {
      if (key === '$and') for (const part of listOf(asked)) gather(part);
      else if (key === '$or') gather(listOf(asked)[0]);
      else if (!key.startsWith('$')) found = withFact(found, key, valueFor(asked));
    }
  };
  gather(when);
  return matches(when, found) === true ? found : null;
}

/** @param {any} asked what a condition asks of one value @returns {unknown} */
function valueFor(asked) {
  if (typeof asked !== 'object' || asked === null) return asked;
  const { $eq, $in, $all, $gt, $gte, $lt, $lte, $contains, $startsWith, $endsWith, $glob } = asked;
  if ($eq !== undefined) return $eq;
  if ($in !== undefined) return listOf($in)[0];
  if ($all !== undefined) return $all;
  if ($gte !== undefined) return $gte;
  if ($gt !== undefined) return typeof $gt === 'number' ? $gt + BEYOND : $gt;
  if ($lte !== undefined) return $lte;
  if ($lt !== undefined) return typeof $lt === 'number' ? $lt - BEYOND : $lt;
  const text = $glob ?? $contains ?? `${$startsWith ?? ''}${$endsWith ?? ''}`;
  return typeof text === 'string' ? text.replace(/[*?]/g, '') || 'x' : 'x';
}
