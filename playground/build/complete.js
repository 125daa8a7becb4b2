/** What can stand at a place of a model's text: the properties and values of its schema, and the names that the model declares. */
import { getLocation, parse } from 'jsonc-parser';
import schema from '../../pkg/model.schema.json' with { type: 'json' };

/**
 * @typedef {Record<string, any>} Schema
 * @typedef {import('jsonc-parser').JSONPath} Path
 * @typedef {import('./conditions.js').Subject} Subject
 * @typedef {{ text: string, title: string, about: string, insert: string }} Suggestion `insert` with `#{}` where the cursor goes
 * @typedef {(kind: 'facts' | 'events' | 'result', types: string[], model: any) => Subject[]} Subjects what conditions can ask about
 */

/**
 * @param {string} text
 * @param {number} offset
 * @param {Subjects} subjects
 * @returns {{ from: number, to: number, options: Suggestion[] }}
 */
export function suggestions(text, offset, subjects) {
  const { path, isAtPropertyKey, previousNode: node } = getLocation(text, offset);
  const inside = node && offset >= node.offset && offset <= node.offset + node.length ? node : undefined;
  const word = /[\w$.-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const from = inside ? inside.offset : offset - word;
  const to = inside ? inside.offset + inside.length : offset;
  const model = parse(text) ?? {};
  const around = path.slice(0, -1);
  const options = isAtPropertyKey
    ? keys(model, around, text.slice(to), inside?.value, subjects)
    : values(model, path, subjects);
  return { from, to, options };
}

/** @param {any} model @param {Path} path of the object @param {string} after @param {unknown} typed @param {Subjects} subjects */
function keys(model, path, after, typed, subjects) {
  const found = /** @type {Map<string, Suggestion>} */ (new Map());
  const there = Object.keys(valueAt(model, path) ?? {}).filter((key) => key !== typed);
  const refused = new Set(there);
  const colon = /^\s*:/.test(after);
  const comma = /^\s*"/.test(after) ? ',' : '';
  const holding = schemasAt(model, path);
  /** @param {string} key @param {string} title @param {string} about @param {string} value */
  const add = (key, title, about, value) => {
    const name = JSON.stringify(key);
    if (!found.has(key)) found.set(key, { text: name, title, about, insert: colon ? name : `${name}: ${value}${comma}` });
  };
  for (const { path: key, name } of subjectsAt(model, path, holding, subjects)) add(key, name, '', '#{}');
  for (const part of holding) {
    for (const [key, one] of Object.entries(part.properties ?? {})) {
      if (one === false) refused.add(key);
      else {
        const { title = '', description = '' } = told(one);
        add(key, title, description, shape(one));
      }
    }
  }
  return [...found].flatMap(([key, one]) => (refused.has(key) ? [] : [one]));
}

/** @param {any} model @param {Path} path @param {Subjects} subjects */
function values(model, path, subjects) {
  const found = /** @type {Map<string, Suggestion>} */ (new Map());
  /** @param {unknown} value @param {string} title @param {string} about */
  const add = (value, title, about) => {
    const text = JSON.stringify(value);
    if (typeof value !== 'object' && !found.has(text)) found.set(text, { text, title, about, insert: text });
  };
  for (const one of named(model, path, subjects)) add(one.path, one.name, '');
  const parts = schemasAt(model, path);
  for (const part of parts) {
    const { title = '', description = '' } = told(part);
    for (const value of part.enum ?? []) add(value, title, description);
    if ('const' in part) add(part.const, title, description);
    if (part.type === 'boolean') [true, false].forEach((value) => add(value, title, description));
  }
  if (found.size === 0)
    for (const part of parts) for (const example of part.examples ?? []) add(example, part.title ?? '', part.description ?? '');
  return [...found.values()];
}

/** Values that the model itself gives names to. @param {any} model @param {Path} path @param {Subjects} subjects @returns {{ path: string, name: string }[]} */
function named(model, path, subjects) {
  const key = [...path].reverse().find((step) => typeof step === 'string');
  const things = (/** @type {any} */ list) =>
    (Array.isArray(list) ? list : []).map((one) => ({ path: String(one?.id), name: '' }));
  if (key === 'on' || (key === 'type' && path[0] === 'tests'))
    return Object.keys(model.events ?? {}).map((type) => ({ path: type, name: '' }));
  if (key === 'attribute') return subjects('facts', [], model);
  if (key === 'dimension') return things(model.dimensions);
  if (key === 'rows' || key === 'columns') return [...things(model.dimensions), { path: 'total', name: '' }];
  if (key === 'stage' && path[0] === 'overrides') return things(model.stages);
  for (let length = path.length - 1; length > 0; length--) {
    const asked = subjectsAt(model, path.slice(0, length), schemasAt(model, path.slice(0, length)), subjects);
    const subject = asked.find((one) => one.path === path[length]);
    if (subject) return (subject.values ?? []).map((value) => ({ path: value, name: subject.name }));
  }
  return [];
}

/** What a condition at this place can ask about; nothing where no condition stands. @param {any} model @param {Path} path @param {Schema[]} parts @param {Subjects} subjects */
function subjectsAt(model, path, parts, subjects) {
  const { condition, resultCondition } = /** @type {any} */ (schema).$defs;
  if (parts.includes(resultCondition)) return subjects('result', [], model);
  if (!parts.includes(condition)) return [];
  const owner = valueAt(model, path.slice(0, path.lastIndexOf('when')));
  return owner?.on ? subjects('events', [owner.on].flat(), model) : subjects('facts', [], model);
}

/** Every schema that speaks of a place. @param {any} model @param {Path} path @returns {Schema[]} */
function schemasAt(model, path) {
  let parts = [...partsOf(schema, model)];
  let value = model;
  for (const step of path) {
    value = value?.[step];
    parts = parts.flatMap((part) => below(part, step)).flatMap((part) => [...partsOf(part, value)]);
  }
  return parts;
}

/** @param {Schema} part @param {string | number} step @returns {Schema[]} */
function below(part, step) {
  if (typeof step === 'number') return part.items ? [part.items] : [];
  const own = part.properties?.[step];
  if (own) return [own];
  const shaped = Object.entries(part.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern, 'u').test(step));
  const other = shaped?.[1] ?? part.additionalProperties;
  return typeof other === 'object' ? [other] : [];
}

/** A schema with those that it refers to or is made of, as far as they hold for a value. @param {any} part @param {unknown} value @returns {Generator<Schema>} */
function* partsOf(part, value) {
  if (typeof part !== 'object') return;
  yield part;
  if (part.$ref) yield* partsOf(referred(part.$ref), value);
  for (const inner of [...(part.allOf ?? []), ...(part.anyOf ?? []), ...(part.oneOf ?? [])]) yield* partsOf(inner, value);
  if (part.if) yield* holds(part.if, value) ? partsOf(part.then ?? {}, value) : partsOf(open(part.else ?? {}), value);
}

/** What is refused only as long as something else is not there yet may still be written first. @param {Schema} part @returns {Schema} */
function open({ properties, ...part }) {
  const allowed = Object.entries(properties ?? {}).filter(([, one]) => one !== false);
  return properties ? { ...part, properties: Object.fromEntries(allowed) } : part;
}

/** The conditions that the schema uses: of what type a value is, what it has, what one of its fields says. @param {Schema} test @param {any} value @returns {boolean} */
function holds({ type, required = [], properties = {} }, value) {
  const fits = { object: typeof value === 'object' && value !== null && !Array.isArray(value), array: Array.isArray(value) };
  if (type && !fits[/** @type {keyof typeof fits} */ (type)]) return false;
  if (required.some((/** @type {string} */ key) => value?.[key] === undefined)) return false;
  return Object.entries(properties).every(([key, one]) => {
    const wanted = one.enum ?? ('const' in one ? [one.const] : null);
    return value?.[key] === undefined || !wanted || wanted.includes(value[key]);
  });
}

/** @param {string} reference */
function referred(reference) {
  return /** @type {any} */ (schema).$defs[reference.replace('#/$defs/', '')];
}

/** How a schema is told to people; one that only refers speaks through what it refers to. @param {Schema} part @returns {Schema} */
function told(part) {
  return part.description || !part.$ref ? part : told(referred(part.$ref));
}

/** What a new value begins as. @param {Schema} part @returns {string} */
function shape({ type, $ref }) {
  if (!type && $ref) return shape(referred($ref));
  const [first] = [type].flat();
  return { object: '{ #{} }', array: '[#{}]', string: '"#{}"' }[String(first)] ?? '#{}';
}

/** @param {any} model @param {Path} path */
function valueAt(model, path) {
  return path.reduce((/** @type {any} */ value, step) => value?.[step], model);
}
