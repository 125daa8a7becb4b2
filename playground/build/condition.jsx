/** A condition as a form: rows of what, how and which value, all or any of which must hold. */
import { Icon } from '../icons.jsx';
import { edit, model, placeOf, words } from '../state.js';
import { Several, idOf } from './fields.jsx';
import { OPERATORS, conditionOf, firstValue, operatorsOf, rowsOf, takesList } from './conditions.js';

/**
 * @typedef {import('./conditions.js').Row} Row
 * @typedef {import('./conditions.js').Subject} Subject
 * @param {{ path: import('../state.js').Path, name: import('../words.js').Sentence, about: import('../words.js').Sentence, subjects: Subject[] }} props
 */
export function Condition({ path, name, about, subjects }) {
  const { say } = words.value;
  const condition = placeOf(model.value, path);
  const found = rowsOf(condition);
  if (!found)
    return (
      <fieldset class="field wide-field" id={idOf(path)}>
        <legend>{say(name)}</legend>
        <pre>{JSON.stringify(condition, null, 1)}</pre>
        <small>{say('conditionJson')}</small>
      </fieldset>
    );
  const { any, rows } = found;
  const write = (/** @type {Row[]} */ next, /** @type {boolean} */ either = any) =>
    edit(path, conditionOf(either, next));
  const change = (/** @type {number} */ place, /** @type {Partial<Row>} */ more) =>
    write(rows.map((row, one) => (one === place ? { ...row, ...more } : row)));
  const subjectOf = (/** @type {string} */ at) => subjects.find((subject) => subject.path === at);
  const add = () => {
    const [subject] = subjects;
    const [op] = operatorsOf(subject);
    write([...rows, { path: subject.path, op, value: firstValue(subject, op) }]);
  };
  return (
    <fieldset class="field wide-field condition" id={idOf(path)}>
      <legend>{say(name)}</legend>
      {rows.length > 1 && (
        <select
          aria-label={say('joined')}
          class="join"
          value={any ? 'any' : 'all'}
          onChange={({ currentTarget }) => write(rows, currentTarget.value === 'any')}
        >
          <option value="all">{say('all')}</option>
          <option value="any">{say('anyOf')}</option>
        </select>
      )}
      {rows.map((row, place) => {
        const subject = subjectOf(row.path);
        const operators = operatorsOf(subject);
        const asked = /** @type {import('./conditions.js').Operator} */ (row.op);
        const title = `${say('when')} ${place + 1}`;
        return (
          <div class="row" key={place}>
            <select
              aria-label={`${title}: ${say('what')}`}
              value={row.path}
              onChange={({ currentTarget }) => {
                const next = subjectOf(currentTarget.value);
                const [op] = operatorsOf(next);
                change(place, { path: currentTarget.value, op, value: firstValue(next, op) });
              }}
            >
              {!subject && <option value={row.path}>{row.path}</option>}
              {subjects.map((one) => (
                <option key={one.path} value={one.path}>
                  {one.name}
                </option>
              ))}
            </select>
            <select
              aria-label={`${title}: ${say('is')}`}
              value={row.op}
              onChange={({ currentTarget }) => {
                const op = currentTarget.value;
                const kept = row.value !== undefined && takesList(op) === takesList(row.op);
                const value = kept
                  ? row.value
                  : row.value === undefined
                    ? firstValue(subject, op)
                    : takesList(op)
                      ? [row.value]
                      : (row.value[0] ?? firstValue(subject, op));
                change(place, { op, value: op === 'known' || op === 'unknown' ? undefined : value });
              }}
            >
              {[...new Set([...operators, asked])].map((op) => (
                <option key={op} value={op}>
                  {say(OPERATORS[op])}
                </option>
              ))}
            </select>
            <Value
              title={`${title}: ${say('value')}`}
              {...{ row, subject }}
              change={(value) => change(place, { value })}
            />
            <button
              type="button"
              class="tool"
              aria-label={say('removeThis', { what: title })}
              onClick={() => write(rows.filter((_, one) => one !== place))}
            >
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      <small>{say(about)}</small>
      {subjects.length > 0 && (
        <button type="button" class="button plain small add" onClick={add}>
          <Icon name="plus" />
          {say('newCondition')}
        </button>
      )}
    </fieldset>
  );
}

/** @param {{ title: string, row: Row, subject: Subject | undefined, change: (value: any) => void }} props */
function Value({ title, row: { op, value }, subject, change }) {
  const { say, value: called } = words.value;
  if (op === 'known' || op === 'unknown') return <span />;
  const numeric = subject?.type === 'number' || subject?.type === 'integer' || (!subject && typeof value === 'number');
  if (takesList(op))
    return (
      <Several
        id={`${title}-value`}
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
