// Reads a model document and tells what the command line needs of it: its scorer, and the type of every
// attribute and event property that it reads, so that text from a CSV file can be turned into values.
// It neither checks nor scores: the engine does.

import { InputError, UsageError } from './host.js';
import { readDocument } from './read/source.js';
import { safe } from './words/index.js';

/** @typedef {import('./read/cell.js').CellType} CellType */

/**
 * @typedef {object} Attribute
 * @property {string} path
 * @property {CellType} type
 * @property {string[]} names other names that people give it: its labels
 */

/**
 * @typedef {object} OpenModel
 * @property {import('leadscore').Scorer} scorer
 * @property {any} document the parsed JSON, known to be a valid model
 */

/**
 * Opens a model for scoring.
 * @param {string} name
 * @param {import('./host.js').Host} host
 * @returns {Promise<OpenModel>}
 */
export async function openModel(name, host) {
  const text = await readDocument(name, host);
  const engine = await host.engine();
  await engine.init();
  try {
    const scorer = engine.createScorer(text);
    return { scorer, document: JSON.parse(text) };
  } catch (error) {
    throw asInputError(name, error);
  }
}

/**
 * What the engine says against a model, told of its file; anything else as it is.
 * @param {string} name
 * @param {unknown} error
 */
export function asInputError(name, error) {
  return isLeadscoreError(error) ? new InputError(name, error.code, error.message, error.issues) : error;
}

/**
 * @param {unknown} error
 * @returns {error is import('leadscore').LeadscoreError}
 */
export function isLeadscoreError(error) {
  return error instanceof Error && error.name === 'LeadscoreError';
}

/**
 * What the engine says of an error or of a lead, with the place where the message does not say it.
 * @param {{message: string, path: string}} of
 */
export function messageOf({ message, path }) {
  return safe(path === '' || message.includes(path) ? message : `\`${path}\`: ${message}`);
}

/**
 * The attributes that the model declares, then those that it reads without having declared them, whose type is
 * that of what they are compared with.
 * @param {any} document
 * @returns {Map<string, Attribute>}
 */
export function attributesOf(document) {
  const read = new Map();
  for (const rule of rulesOf(document)) if (!rule.on) readsOf(rule, read);
  for (const flag of flagsOf(document)) if (!flag.on) walk(flag.when, read);
  for (const part of ['stages', 'overrides', 'routes']) {
    for (const { when, keep } of document[part] ?? []) {
      const onResult = new Map();
      walk(when, onResult);
      walk(keep, onResult);
      for (const [path, type] of onResult) if (path.startsWith('facts.')) note(read, path.slice(6), type);
    }
  }
  return typed(document.attributes ?? {}, read);
}

/**
 * The properties of one type of event.
 * @param {any} document
 * @param {string} eventType
 * @returns {Map<string, Attribute>}
 */
export function propertiesOf(document, eventType) {
  const read = new Map();
  for (const rule of [...rulesOf(document), ...flagsOf(document)]) {
    if (![rule.on].flat().includes(eventType)) continue;
    readsOf(rule, read);
    if (typeof rule.multiplier === 'object') note(read, rule.multiplier.property, 'number');
  }
  return typed(document.events?.[eventType]?.properties ?? {}, read);
}

/**
 * Parses `header=attribute` pairs.
 * @param {string[]} pairs
 * @param {Map<string, Attribute>} attributes
 * @returns {Map<string, string>}
 */
export function mapping(pairs, attributes) {
  return new Map(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new UsageError(`\`--map ${pair}\`: expected \`header=attribute\``);
      const path = pair.slice(at + 1).trim();
      if (!attributes.has(path)) throw new UsageError(`\`--map ${pair}\`: the model has no attribute \`${path}\``);
      return [pair.slice(0, at).trim(), path];
    }),
  );
}

/** @param {any} document @returns {any[]} */
function rulesOf(document) {
  return document.dimensions.flatMap((/** @type {any} */ dimension) =>
    dimension.groups.flatMap((/** @type {any} */ group) => group.rules),
  );
}

/** @param {any} document @returns {any[]} */
function flagsOf(document) {
  return [...(document.exclusions ?? []), ...(document.disqualifiers ?? [])];
}

/**
 * @param {any} rule
 * @param {Map<string, CellType | null>} read
 */
function readsOf(rule, read) {
  walk(rule.when, read);
  if (!rule.attribute) return;
  note(read, rule.attribute, null);
  for (const band of rule.bands ?? []) {
    for (const bound of [band.from, band.above, band.to, band.below, band.is].flat()) {
      note(read, rule.attribute, typeOfOperand(bound));
    }
  }
}

/**
 * Collects the paths of a condition, with the type each is compared with.
 * @param {any} condition
 * @param {Map<string, CellType | null>} read
 */
function walk(condition, read) {
  if (typeof condition !== 'object' || condition === null) return;
  for (const [key, operand] of Object.entries(condition)) {
    if (key === '$not') walk(operand, read);
    else if (key.startsWith('$')) for (const part of [operand].flat()) walk(part, read);
    else note(read, key, typeOfOperand(operand));
  }
}

/**
 * The first type that is found wins; of lists, the one that says what is in them.
 * @param {Map<string, CellType | null>} read
 * @param {string} path
 * @param {CellType | null} type
 */
function note(read, path, type) {
  const known = read.get(path) ?? null;
  const better = known === null || (known === 'list' && type === 'list-of-numbers');
  read.set(path, better ? type : known);
}

/**
 * @param {any} operand
 * @returns {CellType | null}
 */
function typeOfOperand(operand) {
  switch (typeof operand) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
  }
  if (operand === null || operand === undefined) return null;
  if (Array.isArray(operand)) return listOf(typeOfOperand(operand[0]));
  const types = Object.entries(operand).map(([operator, value]) => {
    switch (operator) {
      case '$exists':
      case '$fold':
        return null;
      case '$in':
      case '$nin':
        return typeOfOperand(value?.[0]);
      case '$size':
        return 'list';
      case '$all':
        return listOf(typeOfOperand(value?.[0]));
      case '$elemMatch':
        return listOf(typeOfOperand(value));
      case '$contains':
      case '$startsWith':
      case '$endsWith':
      case '$glob':
        return 'text';
      default:
        return typeOfOperand(value);
    }
  });
  return types.find((type) => type !== null) ?? null;
}

/**
 * @param {CellType | null} element
 * @returns {CellType}
 */
function listOf(element) {
  return element === 'number' ? 'list-of-numbers' : 'list';
}

/**
 * @param {Record<string, any>} declared
 * @param {Map<string, CellType | null>} read
 */
function typed(declared, read) {
  /** @type {Map<string, Attribute>} */
  const attributes = new Map();
  for (const [path, { type, label }] of Object.entries(declared)) {
    const numbers = type === 'list' && ['number', 'list-of-numbers'].includes(read.get(path) ?? '');
    attributes.set(path, { path, type: numbers ? 'list-of-numbers' : type, names: namesOf(label) });
  }
  for (const [path, type] of read) {
    if (!attributes.has(path)) attributes.set(path, { path, type: type ?? 'text', names: [] });
  }
  return attributes;
}

/** @param {unknown} label @returns {string[]} */
function namesOf(label) {
  if (typeof label === 'string') return [label];
  return typeof label === 'object' && label !== null ? Object.values(label) : [];
}
