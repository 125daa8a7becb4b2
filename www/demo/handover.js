/** The demo form: offers a time where the visit is hot, and on submit shows what would be sent, as there is no server. */
import { byId, element } from '../element.js';
import { readLog } from '../leadscore/src/log.js';
import { loadScoring } from './scoring.js';
import { rows } from './story.js';

/** @typedef {import('./words.js').Words} Words */

const LOG = 'lead_log';
const HOURS = [9, 11, 14, 16];

/** @param {Words} words */
export function startForm(words) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('demo'));
  if (!form) return;
  const sent = byId('sent');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    const log = entries.find(([name]) => name === LOG)?.[1] ?? '';
    byId('parcel').replaceChildren(pairs(entries.filter(([name, value]) => name !== LOG && value), words), ...carried(log, words));
    form.hidden = true;
    sent.hidden = false;
    sent.focus();
  });
  byId('again').addEventListener('click', () => {
    sent.hidden = true;
    form.hidden = false;
    byId('name').focus();
  });
  offerTimes(form, words);
}

/**
 * Times to choose from, as soon as the score in the page is high enough; not under the hands of somebody who already writes.
 * @param {HTMLFormElement} form
 * @param {Words} words
 */
function offerTimes(form, words) {
  const slots = byId('slots');
  let begun = false;
  form.addEventListener('input', () => (begun = true), { once: true });
  document.addEventListener('leadscore:change', ({ detail: { value } }) => {
        if (begun || !slots.hidden || value === null || value < Number(slots.dataset.from)) return;
    byId('times').replaceChildren(...nextDays(3).map((day) => dayOf(day, words)));
    byId('company').closest('.field')?.after(byId('rooms').closest('.field') ?? '');
    slots.hidden = false;
  });
}

/** @param {Date} day @param {Words} words */
function dayOf(day, words) {
  const times = HOURS.map((hour) => {
    const at = new Date(day).setHours(hour, 0);
    const value = `${words.day(at)}, ${words.time(at)}`;
    return element('label', { class: 'slot' }, element('input', { type: 'radio', name: 'slot', value, 'aria-label': value }), element('span', { 'aria-hidden': true }, words.time(at)));
  });
  return element('div', { class: 'day' }, element('b', { 'aria-hidden': true }, words.day(day.getTime())), ...times);
}

/** The next working days. @param {number} count @returns {Date[]} */
function nextDays(count) {
  const days = [];
  const day = new Date();
  while (days.length < count) {
    day.setDate(day.getDate() + 1);
    if (day.getDay() % 6 !== 0) days.push(new Date(day));
  }
  return days;
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
