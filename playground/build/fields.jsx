/** The fields that edit one place of the model each, with their name and a sentence that explains them. */
import { edit, language, model, placeOf, words } from '../state.js';

/**
 * @typedef {import('../state.js').Path} Path
 * @typedef {import('../words.js').Sentence} Sentence
 * @typedef {{ path: Path, name: Sentence, about?: Sentence }} Place
 */

/** Where a place of the model stands on the page. @param {Path} path */
export function idOf(path) {
  return `at-${path.join('.')}`;
}

/** @param {Place & { wide?: boolean, children: any }} props */
export function Field({ path, name, about, wide = false, children }) {
  const { say } = words.value;
  return (
    <div class={wide ? 'field wide-field' : 'field'}>
      <label for={idOf(path)}>{say(name)}</label>
      {children}
      {about && <small id={`${idOf(path)}-about`}>{say(about)}</small>}
    </div>
  );
}

/** @param {Path} path @param {Sentence | undefined} about */
function tied(path, about) {
  return { id: idOf(path), 'aria-describedby': about && `${idOf(path)}-about` };
}

/** A text in the language of the page; the other language keeps its own. @param {Place & { otherwise?: string, wide?: boolean }} props */
export function TextField({ path, name, about, otherwise = '', wide }) {
  const text = placeOf(model.value, path);
  const change = (/** @type {string} */ next) => {
    if (typeof text === 'object' && text !== null) edit(path, { ...text, [language.value]: next });
    else edit(path, next === '' ? undefined : next);
  };
  return (
    <Field {...{ path, name, about, wide }}>
      <input
        {...tied(path, about)}
        value={words.value.text(text)}
        placeholder={otherwise}
        autoComplete="off"
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    </Field>
  );
}

/** A text for programs, or a list of them with commas. @param {Place & { list?: boolean, wide?: boolean, needed?: boolean }} props */
export function PlainField({ path, name, about, list = false, wide, needed = false }) {
  const value = placeOf(model.value, path);
  const change = (/** @type {string} */ text) => {
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
    const next = list ? (items.length > 0 ? items : undefined) : text.trim() || undefined;
    if (next !== undefined || !needed) edit(path, next);
  };
  return (
    <Field {...{ path, name, about, wide }}>
      <input
        {...tied(path, about)}
        key={list ? 'list' : 'one'}
        value={Array.isArray(value) ? value.join(', ') : (value ?? '')}
        autoComplete="off"
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
    </Field>
  );
}

/** @param {Place & { otherwise?: number | string, min?: number, max?: number, needed?: boolean }} props */
export function NumberField({ path, name, about, otherwise, min, max, needed = false }) {
  return (
    <Field {...{ path, name, about }}>
      <NumberInput {...{ path, otherwise, min, max, needed }} {...tied(path, about)} />
    </Field>
  );
}

/** @param {{ path: Path, otherwise?: number | string, min?: number, max?: number, needed?: boolean, label?: string } & Record<string, any>} props */
export function NumberInput({ path, otherwise = words.value.say('none'), min, max, needed = false, label, ...more }) {
  return (
    <input
      type="number"
      step="any"
      inputMode="decimal"
      {...{ min, max }}
      aria-label={label}
      placeholder={String(otherwise)}
      value={placeOf(model.value, path) ?? ''}
      onInput={({ currentTarget: { valueAsNumber } }) => {
        if (Number.isFinite(valueAsNumber)) edit(path, valueAsNumber);
        else if (!needed) edit(path, undefined);
      }}
      {...more}
    />
  );
}

/** @param {Place & { options: readonly (readonly [value: string, name: string])[], choose?: (value: string) => void, value?: string }} props */
export function ChoiceField({ path, name, about, options, choose, value }) {
  const chosen = value ?? placeOf(model.value, path) ?? '';
  return (
    <Field {...{ path, name, about }}>
      <select
        {...tied(path, about)}
        value={chosen}
        onChange={({ currentTarget }) =>
          choose ? choose(currentTarget.value) : edit(path, currentTarget.value || undefined)
        }
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** @param {Place} props */
export function ToggleField({ path, name, about }) {
  const { say } = words.value;
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          {...tied(path, about)}
          checked={placeOf(model.value, path) === true}
          onChange={({ currentTarget }) => edit(path, currentTarget.checked || undefined)}
        />
        <span>{say(name)}</span>
      </label>
      {about && <small id={`${idOf(path)}-about`}>{say(about)}</small>}
    </div>
  );
}

const UNITS = /** @type {const} */ ([
  ['d', 'unitDays'],
  ['w', 'unitWeeks'],
  ['h', 'unitHours'],
  ['m', 'unitMinutes'],
  ['s', 'unitSeconds'],
]);

/** A time, as a number and its unit. @param {Place & { needed?: boolean }} props */
export function DurationField({ path, name, about, needed = false }) {
  return (
    <Field {...{ path, name, about }}>
      <DurationInput {...{ path, needed }} {...tied(path, about)} name={words.value.say(name)} />
    </Field>
  );
}

/** @param {{ path: Path, needed?: boolean, label?: string, name?: string } & Record<string, any>} props `name`: what it is called where a label stands beside it */
export function DurationInput({ path, needed = false, label, name = label ?? '', ...more }) {
  const { say } = words.value;
  const [, amount = '', unit = 'd'] = /^(\d+)([smhdw])$/.exec(placeOf(model.value, path) ?? '') ?? [];
  return (
    <span class="joined">
      <input
        type="number"
        min="1"
        step="1"
        aria-label={label}
        value={amount}
        placeholder={say('none')}
        onInput={({ currentTarget: { valueAsNumber } }) =>
          valueAsNumber >= 1 ? edit(path, `${Math.round(valueAsNumber)}${unit}`) : needed || edit(path, undefined)
        }
        {...more}
      />
      <select
        aria-label={say('unitOf', { what: name })}
        value={unit}
        onChange={({ currentTarget }) => amount && edit(path, `${amount}${currentTarget.value}`)}
      >
        {UNITS.map(([letter, key]) => (
          <option key={letter} value={letter}>
            {say(key)}
          </option>
        ))}
      </select>
    </span>
  );
}

/**
 * Answers to choose from, or texts with commas where any will do.
 * @param {{ id: string, label: string, values: readonly string[] | undefined, names?: (value: string) => string, chosen: unknown[], numeric?: boolean, change: (next: any[]) => void }} props
 */
export function Several({ id, label, values, names = words.value.value, chosen, numeric = false, change }) {
  if (!values) {
    const read = (/** @type {string} */ text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
        .map((item) => (numeric && Number.isFinite(Number(item)) ? Number(item) : item));
    return (
      <input
        id={id}
        aria-label={label}
        value={chosen.join(', ')}
        onChange={({ currentTarget }) => change(read(currentTarget.value))}
      />
    );
  }
  return (
    <span class="chips" role="group" aria-label={label} id={id}>
      {values.map((value) => (
        <label class="chip" key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) =>
              change(values.filter((one) => (one === value ? currentTarget.checked : chosen.includes(one))))
            }
          />
          <span>{names(value)}</span>
        </label>
      ))}
    </span>
  );
}
