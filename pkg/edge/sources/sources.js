/**
 * What others know of a lead, read as facts: which of their words is which attribute. Only what they state is taken, never a score of
 * theirs, never over what the person said; and each fact says where it is from.
 */
import { put, set } from '../facts/facts.js';
import { apollo } from './apollo.js';
import { bombora } from './bombora.js';
import { clearbit } from './clearbit.js';
import { sirene } from './sirene.js';
import { societeinfo } from './societeinfo.js';
import { zoominfo } from './zoominfo.js';

/** @typedef {import('../../leadscore.js').Facts} Facts */
/** @typedef {import('../../edge.js').SourceReader} Reader */

/** @type {Record<string, Reader>} */
const READERS = { apollo, bombora, clearbit, sirene, societeinfo, zoominfo };

/** @type {typeof import('../../edge.js').fromSources} */
export function fromSources(sources) {
  const named = Object.entries(sources).map(([name, source]) => {
    const { ask, read } = typeof source === 'function' ? { ask: source, read: READERS[name] } : source;
    if (!read) throw new TypeError(`expected one of ${Object.keys(READERS).join(', ')}, or a source with \`read\`, found \`${name}\``);
    return { name, ask, read };
  });
  return async (facts, options) => {
    const answers = await Promise.allSettled(named.map(async ({ ask, read }) => read(await ask(facts, options))));
    // Who fails takes nothing from the others; only where all do has nobody answered.
    if (answers.every(({ status }) => status === 'rejected')) throw new TypeError('expected an answer');
    const known = structuredClone(facts);
    answers.forEach((answer, place) => {
      if (answer.status === 'fulfilled') cite(known, named[place].name, answer.value);
    });
    return known;
  };
}

/** The first source that knows a fact has said it. @param {Facts} facts @param {string} source @param {Record<string, unknown>} said */
function cite(facts, source, said) {
  const paths = Object.entries(said).flatMap(([path, value]) => (isFact(value) && put(facts, path, value) ? [path] : []));
  if (paths.length > 0) set(facts, `sources.${source}`, paths);
}

/** @param {unknown} value */
function isFact(value) {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => typeof one === 'string' && one !== '');
  return (typeof value === 'string' && value !== '') || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
