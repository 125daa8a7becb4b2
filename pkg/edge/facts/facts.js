/**
 * From what was entered to the facts of a lead: each text as the type of its attribute, and what follows from it. A text that cannot
 * be read as its type stays as it is under `form`, where no rule looks and people can.
 */
import { UNREADABLE, readCell } from '../../cli/read/cell.js';
import { pathOf } from '../fields.js';
import { employeesOf, naceOf, nafOf } from './company.js';
import { countryOf } from './country.js';
import { domainOf, emailKind, emailOf } from './email.js';
import { titleOf } from './title.js';

/** @typedef {import('../../leadscore.js').Facts} Facts */
/** @typedef {import('../form.js').Fields} Fields */
/** @typedef {Record<string, { type?: unknown }>} Attributes */

/** What is read in a way of its own, whatever the model declares. @type {Record<string, (text: string) => unknown>} */
const READERS = {
  'contact.email': emailOf,
  'company.country': countryOf,
  'company.employees': employeesOf,
  'company.naf': nafOf,
};

/**
 * @param {Fields} fields
 * @param {{ map: Record<string, string | null>, attributes: Attributes }} how
 * @returns {{ facts: Facts, fieldOf: Map<string, string> }} also which field each attribute is of
 */
export function factsOf(fields, { map, attributes }) {
  /** @type {Facts} */
  const facts = {};
  const fieldOf = new Map();
  for (const [name, texts] of fields) {
    const path = Object.hasOwn(map, name) ? map[name] : pathOf(name, (path) => Object.hasOwn(attributes, path));
    const given = texts.map((text) => text.trim()).filter((text) => text !== '');
    if (path === null || given.length === 0) continue;
    if (!fieldOf.has(path)) fieldOf.set(path, name);
    const value = read(path, given, attributes[path]?.type);
    if (value === null || value === UNREADABLE || !put(facts, path, value)) put(facts, `form.${name}`, given.length > 1 ? given : given[0]);
  }
  derive(facts);
  return { facts, fieldOf };
}

/** @param {string} path @param {string[]} texts @param {unknown} type */
function read(path, texts, type) {
  const reader = Object.hasOwn(READERS, path) ? READERS[path] : undefined;
  if (reader) return reader(texts[0]);
  if (path.startsWith('source.')) return texts[0].toLowerCase();
  if (type === 'list') return texts.length > 1 ? texts : readCell(texts[0], 'list');
  // What a browser sends for a box that is ticked.
  if (type === 'boolean' && texts[0].toLowerCase() === 'on') return true;
  if (type === 'number' || type === 'integer' || type === 'boolean' || type === 'date') return readCell(texts[0], type, 'fr');
  return texts.length > 1 ? texts.join(', ') : texts[0];
}

/** What follows from what is known, unless it was entered. @param {Facts} facts */
function derive(facts) {
  const contact = /** @type {Record<string, any>} */ (facts.contact ?? {});
  const company = /** @type {Record<string, any>} */ (facts.company ?? {});
  if (typeof contact.email === 'string') {
    const kind = emailKind(contact.email);
    set(facts, 'contact.emailKind', kind);
    if (kind === 'work') set(facts, 'company.domain', domainOf(contact.email));
  }
  if (typeof contact.title === 'string') {
    const { seniority, department } = titleOf(contact.title);
    if (seniority) put(facts, 'contact.seniority', seniority);
    if (department) put(facts, 'contact.department', department);
  }
  if (typeof company.naf === 'string') set(facts, 'company.nace', naceOf(company.naf));
}

/**
 * @param {Facts} facts
 * @param {string} path
 * @returns {Record<string, unknown> | null} where the path ends; `null` where something else is in its way
 */
function parentOf(facts, path) {
  let parent = /** @type {Record<string, any>} */ (facts);
  for (const step of path.split('.').slice(0, -1)) {
    if (!Object.hasOwn(parent, step)) parent[step] = {};
    parent = parent[step];
    if (typeof parent !== 'object' || Array.isArray(parent)) return null;
  }
  return parent;
}

/** @param {string} path */
const last = (path) => path.slice(path.lastIndexOf('.') + 1);

/** Puts a value where there is none. @param {Facts} facts @param {string} path @param {unknown} value */
export function put(facts, path, value) {
  const parent = parentOf(facts, path);
  if (!parent || Object.hasOwn(parent, last(path))) return false;
  parent[last(path)] = value;
  return true;
}

/** Puts a value that nobody else may say. @param {Facts} facts @param {string} path @param {unknown} value */
export function set(facts, path, value) {
  const parent = parentOf(facts, path);
  if (parent) parent[last(path)] = value;
}

/** @param {Facts} facts @param {string} path */
export function unset(facts, path) {
  const from = path.includes('.') ? get(facts, path.slice(0, path.lastIndexOf('.'))) : facts;
  if (from !== null && typeof from === 'object') delete (/** @type {any} */ (from)[last(path)]);
}

/** @param {Facts} facts @param {string} path @returns {any} */
export function get(facts, path) {
  return path.split('.').reduce((/** @type {any} */ value, step) => (value !== null && typeof value === 'object' && Object.hasOwn(value, step) ? value[step] : undefined), facts);
}
