/** The events of a lead: one row for each type that the model declares, with buttons to add and take back. */
import { element } from './element.js';
import { fields } from './form.js';

/**
 * @typedef {import('leadscore').LeadEvent & { at: number }} Event
 * @typedef {import('./words.js').Words} Words
 * @typedef {{ label?: unknown, properties?: Record<string, import('./form.js').Attribute> }} EventType
 */

/**
 * @param {Record<string, EventType>} types
 * @param {readonly Event[]} events
 * @param {Words} words
 * @param {Record<string, Record<string, any>>} properties those of the next event, by type
 * @param {{ add: (type: string) => void, remove: (type: string) => void }} actions
 * @returns {HTMLElement[]}
 */
export function rows(types, events, words, properties, { add, remove }) {
  return Object.entries(types).map(([type, { label, properties: declared = {} }]) => {
    const done = events.filter((event) => event.type === type);
    const name = words.text(label, type);
    const last = Math.max(...done.map(({ at }) => at));
    const button = (/** @type {string} */ sign, /** @type {'more' | 'less'} */ what, /** @type {() => void} */ act, disabled = false) =>
      element('button', { type: 'button', 'aria-label': `${name}: ${words.say(what)}`, 'data-event': `${what}:${type}`, disabled, onclick: act }, sign);

    const inputs = fields(declared, (properties[type] ??= {}), words, (path, value) => {
      properties[type][path] = value;
    });
    for (const field of inputs) {
      // The ids of facts and properties must not meet.
      for (const node of field.querySelectorAll('[id]')) node.id = `event-${type}-${node.id}`;
      for (const node of field.querySelectorAll('label')) node.htmlFor = `event-${type}-${node.htmlFor}`;
    }
    return element(
      'li',
      { class: done.length > 0 ? 'done' : false },
      element('span', { class: 'event' }, name, element('small', {}, done.length > 0 ? words.say('last', { when: words.day(last) }) : '')),
      ...inputs,
      element(
        'span',
        { class: 'stepper' },
        button('−', 'less', () => remove(type), done.length === 0),
        element('output', {}, done.length),
        button('+', 'more', () => add(type)),
      ),
    );
  });
}
