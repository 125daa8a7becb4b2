/** A condition as a form: rows of what, how and which value, in groups of which all, any or none must hold. */
import { useState } from 'preact/hooks';
import { Icon } from '../icons.jsx';
import { edit, model, placeOf, words } from '../state.js';
import { OPERATORS, firstValue, operatorsOf } from './conditions.js';
import { Several, idOf } from './fields.jsx';
import { conditionOf, takesList, treeOf } from './tree.js';

/**
 * @typedef {import('./tree.js').Row} Row
 * @typedef {import('./tree.js').Group} Group
 * @typedef {import('./tree.js').Part} Part
 * @typedef {import('./conditions.js').Subject} Subject
 */

/** Groups in groups in groups: deeper ones are for those who write JSON. */
const DEEPEST = 3;
const TEXTUAL = new Set(['$eq', '$ne', '$in', '$nin', '$all', '$contains', '$startsWith', '$endsWith', '$glob']);

/** @param {{ path: import('../state.js').Path, name: import('../words.js').Sentence, about: import('../words.js').Sentence, subjects: Subject[] }} props */
export function Condition({ path, name, about, subjects }) {
  const { say } = words.value;
  return (
    <fieldset class="field wide-field condition" id={idOf(path)}>
      <legend>{say(name)}</legend>
      <small>{say(about)}</small>
      <Parts
        id={idOf(path)}
        title={say(name)}
        group={treeOf(placeOf(model.value, path))}
        subjects={subjects}
        depth={1}
        change={(next) => edit(path, conditionOf(next))}
      />
    </fieldset>
  );
}

/** @param {{ id: string, title: string, group: Group, subjects: Subject[], depth: number, change: (next: Group) => void }} props */
function Parts({ id, title, group, subjects, depth, change }) {
  const { say } = words.value;
  const { join, parts } = group;
  const write = (/** @type {Part[]} */ next) => change({ join, parts: next });
  const swap = (/** @type {number} */ place, /** @type {Part} */ part) => write(parts.with(place, part));
  const remove = (/** @type {number} */ place) => write(parts.filter((_, one) => one !== place));
  const first = () => {
    const [subject] = subjects;
    const [op] = operatorsOf(subject);
    return { path: subject.path, op, value: firstValue(subject, op) };
  };
  return (
    <>
      {(parts.length > 1 || depth > 1 || join === 'none') && (
        <select
          aria-label={`${title}: ${say('joined')}`}
          class="join"
          value={join}
          onChange={({ currentTarget }) =>
            change({ join: /** @type {import('./tree.js').Join} */ (currentTarget.value), parts })
          }
        >
          <option value="all">{say('all')}</option>
          <option value="any">{say('anyOf')}</option>
          <option value="none">{say('noneOf')}</option>
        </select>
      )}
      {parts.map((part, place) => {
        const named = `${title} ${place + 1}`;
        const here = `${id}-${place}`;
        if ('join' in part)
          return (
            <fieldset class="group" key={place} aria-label={named}>
              <Parts
                id={here}
                title={named}
                group={part}
                subjects={subjects}
                depth={depth + 1}
                change={(next) => (next.parts.length > 0 ? swap(place, next) : remove(place))}
              />
              <button type="button" class="button plain small danger" onClick={() => remove(place)}>
                <Icon name="bin" />
                {say('removeGroup')}
                <span class="hidden">{named}</span>
              </button>
            </fieldset>
          );
        const Line = 'raw' in part ? Written : Question;
        return (
          <div class="row" key={place}>
            <Line id={here} title={named} part={/** @type {any} */ (part)} subjects={subjects} change={(next) => swap(place, next)} />
            <button type="button" class="tool" aria-label={say('removeThis', { what: named })} onClick={() => remove(place)}>
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      {subjects.length > 0 && (
        <span class="actions">
          <button type="button" class="button plain small add" onClick={() => write([...parts, first()])}>
            <Icon name="plus" />
            {say('newCondition')}
          </button>
          {depth < DEEPEST && parts.length > 0 && (
            <button
              type="button"
              class="button plain small add"
              onClick={() => write([...parts, { join: join === 'any' ? 'all' : 'any', parts: [first(), first()] }])}
            >
              <Icon name="plus" />
              {say('newConditions')}
            </button>
          )}
        </span>
      )}
    </>
  );
}

/** What a row cannot say, as it is written. @param {{ id: string, title: string, part: import('./tree.js').Raw, change: (next: Part) => void }} props */
function Written({ id, title, part: { raw }, change }) {
  const { say } = words.value;
  const [wrong, tell] = useState(false);
  const read = (/** @type {string} */ text) => {
    try {
      const next = JSON.parse(text);
      tell(typeof next !== 'object' || next === null || Array.isArray(next));
      if (typeof next === 'object' && next && !Array.isArray(next)) change({ raw: next });
    } catch {
      tell(true);
    }
  };
  return (
    <label class="grow">
      <span>{say(wrong ? 'conditionBroken' : 'conditionJson')}</span>
      <input
        id={id}
        aria-label={`${title}: JSON`}
        aria-invalid={wrong}
        spellcheck={false}
        class="written"
        value={JSON.stringify(raw)}
        onChange={({ currentTarget }) => read(currentTarget.value)}
      />
    </label>
  );
}

/** @param {{ id: string, title: string, part: Row, subjects: Subject[], change: (next: Row) => void }} props */
function Question({ id, title, part: row, subjects, change }) {
  const { say } = words.value;
  const subjectOf = (/** @type {string} */ at) => subjects.find((subject) => subject.path === at);
  const subject = subjectOf(row.path);
  const asked = /** @type {import('./conditions.js').Operator} */ (row.op);
  const ask = (/** @type {string} */ op) => {
    const same = takesList(op) === takesList(row.op) && (op === '$size') === (row.op === '$size');
    const value =
      row.value === undefined || op === '$size' || row.op === '$size'
        ? firstValue(subject, op)
        : same
          ? row.value
          : takesList(op)
            ? [row.value]
            : (row.value[0] ?? firstValue(subject, op));
    const { fold, ...plain } = row;
    const open = op === 'known' || op === 'unknown';
    change({ ...plain, op, value: open ? undefined : value, ...(fold && TEXTUAL.has(op) && { fold }) });
  };
  const folds = row.fold !== undefined || (subject?.type === 'text' && !subject.values && TEXTUAL.has(row.op));
  return (
    <>
      <select
        aria-label={`${title}: ${say('what')}`}
        value={row.path}
        onChange={({ currentTarget }) => {
          const next = subjectOf(currentTarget.value);
          const [op] = operatorsOf(next);
          change({ path: currentTarget.value, op, value: firstValue(next, op) });
        }}
      >
        {!subject && <option value={row.path}>{row.path}</option>}
        {subjects.map((one) => (
          <option key={one.path} value={one.path}>
            {one.name}
          </option>
        ))}
      </select>
      <select aria-label={`${title}: ${say('is')}`} value={row.op} onChange={({ currentTarget }) => ask(currentTarget.value)}>
        {[...new Set([...operatorsOf(subject), asked])].map((op) => (
          <option key={op} value={op}>
            {say(OPERATORS[op])}
          </option>
        ))}
      </select>
      <Value id={id} title={`${title}: ${say('value')}`} {...{ row, subject }} change={(value) => change({ ...row, value })} />
      {folds && (
        <label class="check fold">
          <input
            type="checkbox"
            checked={row.fold !== undefined}
            onChange={({ currentTarget }) => {
              const { fold: _, ...plain } = row;
              change(currentTarget.checked ? { ...plain, fold: 'all' } : plain);
            }}
          />
          <span>{say('fold')}</span>
        </label>
      )}
    </>
  );
}

/** @param {{ id: string, title: string, row: Row, subject: Subject | undefined, change: (value: any) => void }} props */
function Value({ id, title, row: { op, value }, subject, change }) {
  const { say, value: called } = words.value;
  if (op === 'known' || op === 'unknown') return <span class="blank" />;
  const numeric =
    op === '$size' || subject?.type === 'number' || subject?.type === 'integer' || (!subject && typeof value === 'number');
  if (takesList(op))
    return (
      <Several
        id={`${id}-value`}
        label={title}
        values={subject?.values}
        names={subject?.names}
        numeric={numeric}
        chosen={value}
        change={change}
      />
    );
  if (typeof value === 'boolean')
    return (
      <select
        aria-label={title}
        value={String(value)}
        onChange={({ currentTarget }) => change(currentTarget.value === 'true')}
      >
        <option value="true">{say('yes')}</option>
        <option value="false">{say('no')}</option>
      </select>
    );
  if (subject?.values) {
    return (
      <select aria-label={title} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        {!subject.values.includes(value) && <option value={value}>{String(value)}</option>}
        {subject.values.map((one) => (
          <option key={one} value={one}>
            {(subject.names ?? called)(one)}
          </option>
        ))}
      </select>
    );
  }
  if (numeric)
    return (
      <input
        type="number"
        step="any"
        aria-label={title}
        value={value}
        onInput={({ currentTarget: { valueAsNumber } }) => Number.isFinite(valueAsNumber) && change(valueAsNumber)}
      />
    );
  if (subject?.type === 'date')
    return (
      <input
        type="date"
        aria-label={title}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    );
  return (
    <input
      aria-label={title}
      value={Array.isArray(value) ? value.join(', ') : value}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
