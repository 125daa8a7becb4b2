/** What a submitted form would send: what was typed, and the log of the visit as the server reads it. */
import { element } from '../element.js';
import { readLog } from '../leadscore/src/log.js';
import { loadScoring } from './scoring.js';
import { rows } from './story.js';

/** @typedef {import('./words.js').Words} Words */

const LOG = 'lead_log';

/**
 * @param {string[][]} entries names and values of the form
 * @param {Words} words
 * @returns {Node[]}
 */
export function parcel(entries, words) {
  const log = entries.find(([name]) => name === LOG)?.[1] ?? '';
  return [pairs(entries.filter(([name, value]) => name !== LOG && value), words), ...carried(log, words)];
}

/** @param {string[][]} entries @param {Words} words */
function pairs(entries, words) {
  return element('dl', { class: 'pairs' }, ...entries.flatMap(([name, value]) => [element('dt', {}, words.thing(name)), element('dd', {}, value)]));
}

/** The log as the server reads it. @param {string} log @param {Words} words @returns {Node[]} */
function carried(log, words) {
  if (!log) return [element('div', {}, element('h3', {}, words.say('withoutLog')), element('p', { class: 'fine' }, words.say('whyNoLog')))];
  const { events } = readLog(log, { now: Date.now(), site: location.hostname });
  const judged = element('p', { class: 'fine' });
  judge(events, words).then((text) => judged.append(text));
  return [
    element('div', {}, element('h3', {}, words.say('withLog', { events: events.length, n: log.length })), element('p', { class: 'fine' }, words.say('whatLog'))),
    element('code', { tabindex: 0, role: 'region', 'aria-label': LOG }, log),
    element(
      'div',
      {},
      element('h3', {}, words.say('edge')),
      element('ol', { class: 'seen', tabindex: 0, 'aria-label': words.say('edge') }, ...rows(events, new Map(), words)),
    ),
    judged,
  ];
}

/** What the server makes of it. @param {import('./scoring.js').Event[]} events @param {Words} words */
async function judge(events, words) {
  const { model, scorer } = await loadScoring();
  const { value, labels } = scorer.score({}, { events, asOf: Math.max(Date.now(), events.at(-1)?.at ?? 0) });
  const label = words.text(model.total.labels.find(({ id }) => id === labels.total)?.label);
  return words.say('judged', { value: words.number(Math.round(value ?? 0)), label });
}
