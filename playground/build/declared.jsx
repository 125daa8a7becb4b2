/** What a model declares: the facts of a lead, and the events with their properties. */
import { edit, lead, model, placeOf, take, words } from '../state.js';
import { factAt, withFact } from '../understand/names.js';
import { ChoiceField, Field, NumberField, PlainField, TextField, ToggleField, idOf } from './fields.jsx';
import { Items, freeId } from './items.jsx';
import { TYPES } from './types.js';

/** @typedef {import('../state.js').Path} Path */

export function Attributes() {
  const now = words.value;
  const { say, text } = now;
  return (
    <Items
      path={['attributes']}
      title={(attribute, path) => text(attribute?.label, String(path))}
      sentence={(attribute) =>
        `${say(TYPES.find(([type]) => type === attribute?.type)?.[1] ?? 'typeText')}${attribute?.values ? ` (${attribute.values.map(now.value).join(', ')})` : ''}`
      }
      make={(taken) => ({
        key: freeId(taken, 'lead.answer'),
        value: { type: 'text', label: { en: 'New answer', fr: 'Nouvelle réponse' } },
      })}
      newName={say('newAttribute')}
    >
      {(attribute, path) => <Answer path={path} type={attribute?.type} known />}
    </Items>
  );
}

/** What an attribute, or a property of an event, can be. @param {{ path: Path, type: string, known?: boolean }} props */
function Answer({ path, type, known = false }) {
  const { say } = words.value;
  const numeric = type === 'number' || type === 'integer';
  const at = (/** @type {string} */ key) => [...path, key];
  const retype = (/** @type {string} */ next) => {
    const { label, required } = placeOf(model.value, path) ?? {};
    edit(path, { type: next, ...(label !== undefined && { label }), ...(required && { required }) });
  };
  return (
    <div class="grid">
      <TextField path={at('label')} name="name" about="nameAbout" otherwise={String(path.at(-1))} />
      <Rename path={path} follow={known} />
      <ChoiceField
        path={at('type')}
        name="type"
        about="typeAbout"
        options={TYPES.map(([value, key]) => /** @type {const} */ ([value, say(key)]))}
        choose={retype}
      />
      {(type === 'text' || type === 'list') && (
        <PlainField path={at('values')} name="values" about="valuesAbout" list />
      )}
      {numeric && <NumberField path={at('min')} name="min" about="minAbout" />}
      {numeric && <NumberField path={at('max')} name="max" about="maxAbout" />}
      {numeric && <PlainField path={at('unit')} name="unit" about="unitAbout" />}
      {known && <ToggleField path={at('required')} name="required" about="requiredAbout" />}
    </div>
  );
}

/**
 * The name for programs of an attribute, which whatever reads it follows; or of a property of an event.
 * @param {{ path: Path, follow: boolean }} props
 */
function Rename({ path, follow }) {
  const old = String(path.at(-1));
  const around = path.slice(0, -1);
  const rename = (/** @type {string} */ next) => {
    const siblings = placeOf(model.value, around);
    if (next === old || next === '' || siblings[next]) return;
    if (follow) return take(renamed(old, next), '');
    edit(around, Object.fromEntries(Object.entries(siblings).map(([key, one]) => [key === old ? next : key, one])));
  };
  return (
    <Field path={[...path, 'path']} name="path" about={follow ? 'pathAbout' : 'propertyPathAbout'}>
      <input
        id={idOf([...path, 'path'])}
        aria-describedby={`${idOf([...path, 'path'])}-about`}
        value={old}
        spellcheck={false}
        onChange={({ currentTarget }) => rename(currentTarget.value.trim())}
      />
    </Field>
  );
}

/** Their conditions are on the result, where a fact is called `facts.PATH`. */
const ON_RESULTS = new Set(['stages', 'overrides', 'routes']);

/** The model and the lead with another name for an attribute. @param {string} old @param {string} next */
function renamed(old, next) {
  const moved = (/** @type {any} */ facts) => withFact(withFact(facts, next, factAt(facts, old)), old, undefined);
  const keyed = (/** @type {string} */ key, before = '') => (key === before + old ? before + next : key);
  /** @param {any} part of a condition @param {string} before @returns {any} */
  const asked = (part, before) => {
    if (Array.isArray(part)) return part.map((one) => asked(one, before));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [keyed(key, before), asked(inner, before)]));
  };
  /** A field of the model may have the same name: only conditions and bands ask about attributes. @param {any} part @param {string} before @returns {any} */
  const follow = (part, before) => {
    if (Array.isArray(part)) return part.map((one) => follow(one, before));
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).map(([key, inner]) => {
      if (key === 'attribute') return [key, keyed(inner)];
      if (key === 'when' || key === 'keep') return [key, part.on ? inner : asked(inner, before)]; // those of events ask about the event
      return [key, follow(inner, before)];
    });
    return Object.fromEntries(entries);
  };
  const sections = Object.entries(model.value).map(([section, part]) => {
    if (section === 'attributes')
      return [section, Object.fromEntries(Object.entries(part).map(([key, one]) => [keyed(key), one]))];
    if (section === 'tests')
      return [section, part.map((/** @type {any} */ one) => (one.facts ? { ...one, facts: moved(one.facts) } : one))];
    return [section, follow(part, ON_RESULTS.has(section) ? 'facts.' : '')];
  });
  return { model: Object.fromEntries(sections), lead: { ...lead.value, facts: moved(lead.value.facts) } };
}

export function Events() {
  const { say, text } = words.value;
  return (
    <Items
      path={['events']}
      title={(event, type) => text(event?.label, String(type))}
      sentence={(event) =>
        Object.entries(event?.properties ?? {})
          .map(([path, property]) => text(/** @type {any} */ (property).label, path))
          .join(', ')
      }
      make={(taken) => ({
        key: freeId(taken, 'event_'),
        value: { label: { en: 'New event', fr: 'Nouvel événement' } },
      })}
      newName={say('newEvent')}
    >
      {(_, path) => (
        <>
          <div class="grid">
            <TextField path={[...path, 'label']} name="name" about="nameAbout" otherwise={String(path[1])} />
            <PlainField path={[...path, 'purpose']} name="purpose" about="purposeAbout" />
          </div>
          <div>
            <h3 class="inner">{say('properties')}</h3>
            <p class="quiet">{say('propertiesAbout')}</p>
            <Items
              path={[...path, 'properties']}
              title={(property, key) => text(property?.label, String(key))}
              sentence={(property) => say(TYPES.find(([type]) => type === property?.type)?.[1] ?? 'typeText')}
              make={(taken) => ({
                key: freeId(taken, 'property'),
                value: { type: 'number', label: { en: 'New property', fr: 'Nouvelle propriété' } },
              })}
              newName={say('newProperty')}
            >
              {(property, at) => <Answer path={at} type={property?.type} />}
            </Items>
          </div>
        </>
      )}
    </Items>
  );
}
