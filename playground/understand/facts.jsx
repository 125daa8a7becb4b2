/** The form of a lead, made from the attributes that a model declares; an empty field is unknown. */
import { words } from '../state.js';

/**
 * @typedef {{ type: string, label?: unknown, unit?: string, values?: string[], min?: number, max?: number, required?: boolean }} Attribute
 * @typedef {{ id: string, attribute: Attribute, value: any, name: string, change: (value: unknown) => void }} Field
 */

/** @param {Field} props */
export function Fact({ id, attribute, value, name, change }) {
  const { type } = attribute;
  if (type === 'boolean' || (type === 'list' && attribute.values)) {
    const Control = type === 'boolean' ? Answers : Boxes;
    return (
      <fieldset class={`field ${type}`} id={id}>
        <legend>{name}</legend>
        <Control {...{ id, attribute, value, name, change }} />
      </fieldset>
    );
  }
  const Control = attribute.values ? Select : Input;
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <Control {...{ id, attribute, value, name, change }} />
    </div>
  );
}

/** @param {Field} props */
function Select({ id, attribute, value, change }) {
  const { say, value: called } = words.value;
  return (
    <select
      id={id}
      value={value ?? ''}
      onChange={({ currentTarget }) => change(currentTarget.value === '' ? undefined : currentTarget.value)}
    >
      <option value="">{say('notKnown')}</option>
      {attribute.values?.map((item) => (
        <option key={item} value={item}>
          {called(item)}
        </option>
      ))}
    </select>
  );
}

/** @param {Field} props */
function Input({ id, attribute: { type, min, max, unit }, value, change }) {
  const { say, value: called } = words.value;
  const numeric = type === 'number' || type === 'integer';
  const control = (
    <input
      id={id}
      {...(numeric
        ? { type: /** @type {const} */ ('number') }
        : type === 'date'
          ? { type: /** @type {const} */ ('date') }
          : {})}
      inputMode={numeric ? (type === 'integer' ? 'numeric' : 'decimal') : undefined}
      step={numeric ? (type === 'integer' ? 1 : 'any') : undefined}
      min={min}
      max={max}
      placeholder={say('notKnown')}
      value={Array.isArray(value) ? value.join(', ') : (value ?? '')}
      autoComplete="off"
      onInput={({ currentTarget: { value: text, valueAsNumber } }) => {
        if (numeric) change(Number.isFinite(valueAsNumber) ? valueAsNumber : undefined);
        else if (type === 'list') change(text.trim() === '' ? undefined : text.split(',').map((item) => item.trim()));
        else change(text === '' ? undefined : text);
      }}
    />
  );
  return unit ? (
    <span class="unit" data-unit={called(unit)}>
      {control}
    </span>
  ) : (
    control
  );
}

/** @param {Field} props */
function Boxes({ id, attribute, value, change }) {
  const chosen = new Set(Array.isArray(value) ? value : []);
  return (
    <div class="chips">
      {attribute.values?.map((item) => (
        <label class="chip" key={item}>
          <input
            type="checkbox"
            name={id}
            checked={chosen.has(item)}
            onChange={({ currentTarget }) => {
              const next =
                attribute.values?.filter((one) => (one === item ? currentTarget.checked : chosen.has(one))) ?? [];
              change(next.length > 0 ? next : undefined);
            }}
          />
          <span>{words.value.value(item)}</span>
        </label>
      ))}
    </div>
  );
}

/** Three answers: an unknown one is no `no`. @param {Field} props */
function Answers({ id, value, change }) {
  const { say } = words.value;
  const all = /** @type {const} */ ([
    [undefined, 'notKnown'],
    [true, 'yes'],
    [false, 'no'],
  ]);
  return (
    <div class="choice">
      {all.map(([answer, key]) => (
        <label key={key}>
          <input
            type="radio"
            name={id}
            checked={answer === value}
            aria-label={say(key)}
            onChange={() => change(answer)}
          />
          <span>{answer === undefined ? '?' : say(key)}</span>
        </label>
      ))}
    </div>
  );
}
