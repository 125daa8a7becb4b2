/** The form of a lead, made from the attributes that a model declares; an empty field is unknown. */
import { element } from './element.js';

/**
 * @typedef {{ type: string, label?: unknown, unit?: string, values?: string[], min?: number, max?: number, required?: boolean }} Attribute
 * @typedef {import('./words.js').Words} Words
 * @typedef {Record<string, any>} Facts
 */

/**
 * @param {Record<string, Attribute>} attributes
 * @param {Facts} facts what is known at first
 * @param {Words} words
 * @param {(path: string, value: unknown) => void} changed `undefined` when it became unknown
 * @returns {HTMLElement[]}
 */
export function fields(attributes, facts, words, changed) {
  return Object.entries(attributes).map(([path, attribute]) => {
    const id = idOf(path);
    const label = words.text(attribute.label, path);
    const value = valueAt(facts, path);
    const change = (/** @type {unknown} */ next) => changed(path, next);
    if (attribute.type === 'list' || attribute.type === 'boolean') {
      const choices = attribute.type === 'list' ? boxes(id, attribute, value, words, change) : answers(id, value, words, change);
      return element('fieldset', { class: `field ${attribute.type}`, id }, element('legend', {}, label), choices);
    }
    const control = attribute.values ? select(id, attribute, value, words, change) : input(id, attribute, value, words, change);
    return element('div', { class: 'field' }, element('label', { for: id }, label), control);
  });
}

/** @param {string} path */
export function idOf(path) {
  return `fact-${path}`;
}

/**
 * @param {string} id
 * @param {Attribute} attribute
 * @param {unknown} value
 * @param {Words} words
 * @param {(value: unknown) => void} change
 */
function select(id, attribute, value, words, change) {
  const options = (attribute.values ?? []).map((item) => element('option', { value: item, selected: item === value }, words.value(item)));
  const unknown = element('option', { value: '' }, words.say('notKnown'));
  return element(
    'select',
    { id, onchange: (/** @type {any} */ { target }) => change(target.value === '' ? undefined : target.value) },
    unknown,
    ...options,
  );
}

/**
 * @param {string} id
 * @param {Attribute} attribute
 * @param {unknown} value
 * @param {Words} words
 * @param {(value: unknown) => void} change
 */
function input(id, { type, min, max, unit }, value, words, change) {
  const numeric = type === 'number' || type === 'integer';
  const control = element('input', {
    id,
    type: numeric ? 'number' : type === 'date' ? 'date' : 'text',
    inputmode: numeric && (type === 'integer' ? 'numeric' : 'decimal'),
    step: numeric && (type === 'integer' ? 1 : 'any'),
    min,
    max,
    placeholder: words.say('notKnown'),
    value: /** @type {any} */ (value),
    autocomplete: 'off',
    oninput: (/** @type {any} */ { target }) => {
      if (numeric) change(Number.isFinite(target.valueAsNumber) ? target.valueAsNumber : undefined);
      else change(target.value === '' ? undefined : target.value);
    },
  });
  return unit ? element('span', { class: 'unit', 'data-unit': words.value(unit) }, control) : control;
}

/**
 * @param {string} id
 * @param {Attribute} attribute
 * @param {unknown} value
 * @param {Words} words
 * @param {(value: unknown) => void} change
 */
function boxes(id, attribute, value, words, change) {
  const chosen = new Set(Array.isArray(value) ? value : []);
  const chips = (attribute.values ?? []).map((item) =>
    element(
      'label',
      { class: 'chip' },
      element('input', {
        type: 'checkbox',
        name: id,
        checked: chosen.has(item),
        onchange: (/** @type {any} */ { target }) => {
          if (target.checked) chosen.add(item);
          else chosen.delete(item);
          change(chosen.size > 0 ? [...chosen] : undefined);
        },
      }),
      element('span', {}, words.value(item)),
    ),
  );
  return element('div', { class: 'chips' }, ...chips);
}

/**
 * Three answers: an unknown one is no `no`.
 * @param {string} id
 * @param {unknown} value
 * @param {Words} words
 * @param {(value: unknown) => void} change
 */
function answers(id, value, words, change) {
  const all = /** @type {const} */ ([[undefined, 'notKnown'], [true, 'yes'], [false, 'no']]);
  const choices = all.map(([answer, key]) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name: id, checked: answer === value, 'aria-label': words.say(key), onchange: () => change(answer) }),
      element('span', {}, answer === undefined ? '?' : words.say(key)),
    ),
  );
  return element('div', { class: 'choice' }, ...choices);
}

/**
 * @param {Facts} facts
 * @param {string} path
 */
function valueAt(facts, path) {
  return path.split('.').reduce((/** @type {any} */ value, key) => value?.[key], facts);
}

/**
 * The same facts with one more known, or unknown again.
 * @param {Facts} facts
 * @param {string} path
 * @param {unknown} value
 * @returns {Facts}
 */
export function withFact(facts, path, value) {
  const [key, ...rest] = path.split('.');
  if (rest.length === 0) return { ...facts, [key]: value };
  return { ...facts, [key]: withFact(facts[key] ?? {}, rest.join('.'), value) };
}
