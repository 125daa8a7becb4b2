/**
 * Holds pkg/model.schema.json against what the engine accepts, one small change to a whole model at a time.
 *
 * The schema knows the form of a model only; what needs the rest of the document, or arithmetic, the engine alone
 * refuses, and those changes are listed as such.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { check } from 'leadscore';
import { changed } from './change.mjs';
import { acceptedByBoth, refusedByBoth, refusedByEngine, refusedBySchema } from './changes.mjs';

const here = new URL('.', import.meta.url);
/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(new URL(path, here), 'utf8'));

const schema = json('../../pkg/model.schema.json');
// required fields stand apart from the properties they are about, and `$ref` apart from their types
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(schema);
const whole = json('whole.json');

/** @param {Record<string, unknown>} model */
const engineErrors = (model) => check(model).filter(({ severity }) => severity === 'error');

/** What both have against a model, for the message of a test that fails. @param {Record<string, unknown>} model */
function found(model) {
  validate(model);
  const bySchema = (validate.errors ?? []).map(({ instancePath, message }) => `schema: ${instancePath} ${message}`);
  return [...bySchema, ...engineErrors(model).map(({ path, message }) => `engine: ${path} ${message}`)].join('\n');
}

for (const folder of ['../models/', '../../www/models/', './']) {
  for (const file of readdirSync(new URL(folder, here)).filter((name) => name.endsWith('.json'))) {
    test(`${folder}${file} is a model`, () => {
      const model = json(folder + file);
      assert.equal(found(model), '');
    });
  }
}

/**
 * @param {string} title
 * @param {import('./change.mjs').Change[]} changes
 * @param {{ schema: boolean, engine: boolean }} refuses
 */
function hold(title, changes, refuses) {
  test(title, async (t) => {
    for (const change of changes) {
      await t.test(change[0], () => {
        const model = changed(whole, change);
        assert.deepEqual({ schema: !validate(model), engine: engineErrors(model).length > 0 }, refuses, found(model));
      });
    }
  });
}

hold('accepted by both', acceptedByBoth, { schema: false, engine: false });
hold('refused by both', refusedByBoth, { schema: true, engine: true });
hold('refused by the engine only: it needs the rest of the document', refusedByEngine, { schema: false, engine: true });
hold('refused by the schema only: for tidiness', refusedBySchema, { schema: true, engine: false });

test('every field is described, with an example', () => {
  const poor = [];
  for (const [path, field] of fields(schema, '')) {
    const { title, description, examples } = { ...at(field.$ref), ...field };
    if (!title || !description || !Array.isArray(examples)) poor.push(path);
    else if (!/^[A-Z`][^\n]*\.$/.test(description)) poor.push(`${path}: ${description}`);
  }
  assert.deepEqual(poor, []);
});

test('every example is what it is an example of', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(schema);
  const wrong = [];
  for (const [path, field] of fields(schema, '')) {
    const { title, description, examples, default: usual, ...rest } = field;
    const holds = ajv.compile(refer(rest));
    for (const example of examples ?? []) if (!holds(example)) wrong.push([path, example, holds.errors?.[0]?.message]);
  }
  assert.deepEqual(wrong, []);
});

test('objects of the format have no fields but those described', () => {
  const free = new Set(['#/$defs/event', '#/$defs/test/properties/previous']); // further properties; a whole former result
  const open = [];
  for (const [path, object] of objects(schema, '#')) {
    const closed = object.additionalProperties === false || typeof object.additionalProperties === 'object';
    if (!closed && !free.has(path)) open.push(path);
  }
  assert.deepEqual(open, []);
});

/** @typedef {Record<string, any>} Schema */

/** @param {string | undefined} ref @returns {Schema} */
function at(ref) {
  return ref ? schema.$defs[ref.replace('#/$defs/', '')] : {};
}

/** References inside a part of the schema, made to reach the whole. @param {Schema} part */
function refer(part) {
  return JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', `"${schema.$id}#/$defs/`));
}

/** Every named field, with its path. @param {Schema} part @param {string} path @returns {Generator<[string, Schema]>} */
function* fields(part, path) {
  for (const [name, field] of Object.entries({ ...part.properties, ...part.patternProperties })) {
    if (typeof field !== 'object') continue;
    yield [`${path}/${name}`, field];
    yield* fields(field, `${path}/${name}`);
  }
  for (const [name, definition] of Object.entries(part.$defs ?? {})) {
    yield [name, definition];
    yield* fields(definition, name);
  }
}

/** Every description of an object with fields. @param {Schema} part @param {string} path @returns {Generator<[string, Schema]>} */
function* objects(part, path) {
  if (part.properties && part.type !== undefined) yield [path, part];
  for (const key of ['properties', '$defs']) {
    for (const [name, inner] of Object.entries(part[key] ?? {})) {
      if (typeof inner === 'object') yield* objects(inner, `${path}/${key}/${name}`);
    }
  }
}
