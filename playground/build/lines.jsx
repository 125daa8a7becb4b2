/** Short lists edited in place, a line each: thresholds, points by value, points by how often. */
import { Icon } from '../icons.jsx';
import { edit, model, placeOf, words } from '../state.js';
import { NumberInput, Several, idOf } from './fields.jsx';

/**
 * @typedef {import('../state.js').Path} Path
 * @param {{ path: Path, name: import('../words.js').Sentence, newName: string, make: () => any, children: (line: any, path: Path, title: string) => any }} props
 */
function Lines({ path, name, newName, make, children }) {
  const { say } = words.value;
  const lines = /** @type {any[]} */ (placeOf(model.value, path) ?? []);
  return (
    <fieldset class="field wide-field lines" id={idOf(path)}>
      <legend>{say(name)}</legend>
      {lines.map((line, place) => {
        const title = say('lineOf', { what: say(name), n: place + 1 });
        return (
          <div class="row" key={place}>
            {children(line, [...path, place], title)}
            <button
              type="button"
              class="tool"
              aria-label={say('removeThis', { what: title })}
              onClick={() => edit(path, lines.length > 1 ? lines.filter((_, one) => one !== place) : undefined)}
            >
              <Icon name="close" />
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="button plain small add"
        onClick={() => edit(path, [...lines.slice(0, -1), ...(lines.length > 0 ? [make(), lines.at(-1)] : [make()])])}
      >
        <Icon name="plus" />
        {newName}
      </button>
    </fieldset>
  );
}

/** @param {{ path: Path }} props of the labels */
export function Thresholds({ path }) {
  const { say, text } = words.value;
  const make = () => {
    const labels = /** @type {any[]} */ (placeOf(model.value, path) ?? []);
    const above = labels.at(-2)?.from;
    const taken = new Set(labels.map(({ id }) => id));
    const id = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !taken.has(letter)) ?? `L${labels.length}`;
    return labels.length === 0 ? { id, from: 50 } : { id, from: typeof above === 'number' ? above - 10 : 50 };
  };
  return (
    <Lines path={path} name="thresholds" newName={say('newLabel')} make={make}>
      {({ id, label }, at, title) => {
        const rename = (/** @type {string} */ next) => {
          if (typeof label === 'object' && label) edit([...at, 'label'], { ...label, [words.value.language]: next });
          else edit([...at, 'label'], next || undefined);
        };
        return (
          <>
            <label>
              <span>{say('name')}</span>
              <input
                value={text(label, '')}
                placeholder={id}
                onInput={({ currentTarget }) => rename(currentTarget.value)}
                id={idOf([...at, 'label'])}
              />
            </label>
            <label title={say('fromAbout')}>
              <span>{say('from')}</span>
              <NumberInput path={[...at, 'from']} otherwise={say('everythingElse')} id={idOf([...at, 'from'])} />
            </label>
            <label title={say('keepAbout')}>
              <span>{say('keep')}</span>
              <NumberInput path={[...at, 'keep']} id={idOf([...at, 'keep'])} label={`${title}: ${say('keep')}`} />
            </label>
          </>
        );
      }}
    </Lines>
  );
}

/** @param {{ path: Path, attribute: { type?: string, values?: string[] } | undefined }} props of the bands */
export function Bands({ path, attribute }) {
  const { say } = words.value;
  const numeric = attribute?.type === 'number' || attribute?.type === 'integer';
  const make = () =>
    numeric
      ? { from: 0, points: 5 }
      : attribute?.type === 'boolean'
        ? { is: true, points: 5 }
        : { is: [attribute?.values?.[0] ?? ''], points: 5 };
  return (
    <Lines path={path} name="bands" newName={say('newBand')} make={make}>
      {(band, at, title) => {
        const open = !['from', 'above', 'to', 'below', 'is'].some((key) => band[key] !== undefined);
        return (
          <>
            {open ? (
              <span class="rest">{say('everythingElse')}</span>
            ) : band.is !== undefined ? (
              <span class="grow">
                <Several
                  id={idOf([...at, 'is'])}
                  label={`${title}: ${say('bandIs')}`}
                  values={attribute?.values}
                  numeric={numeric}
                  chosen={[band.is].flat()}
                  change={(next) => edit([...at, 'is'], next)}
                />
              </span>
            ) : (
              <>
                <Edge at={at} keys={['from', 'above']} name="bandFrom" title={title} />
                <Edge at={at} keys={['to', 'below']} name="bandTo" title={title} />
              </>
            )}
            <label>
              <span>{say('points')}</span>
              <NumberInput path={[...at, 'points']} needed id={idOf([...at, 'points'])} />
            </label>
          </>
        );
      }}
    </Lines>
  );
}

/** One end of a band, included or not. @param {{ at: Path, keys: [included: string, excluded: string], name: 'bandFrom' | 'bandTo', title: string }} props */
function Edge({ at, keys, name, title }) {
  const { say } = words.value;
  const band = placeOf(model.value, at);
  const key = band[keys[1]] !== undefined ? keys[1] : keys[0];
  const signs = name === 'bandFrom' ? ['≥', '>'] : ['≤', '<'];
  const named = { '≥': 'opGte', '>': 'opGt', '≤': 'opLte', '<': 'opLt' };
  const change = (/** @type {string} */ next) => {
    const { [key]: value, ...others } = band;
    edit(at, { [next]: value ?? 0, ...others });
  };
  return (
    <span class="edge">
      <select
        aria-label={`${title}: ${say(name)}`}
        value={key}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      >
        {keys.map((one, place) => (
          <option key={one} value={one} aria-label={say(/** @type {any} */ (named)[signs[place]])}>
            {signs[place]}
          </option>
        ))}
      </select>
      <NumberInput path={[...at, key]} label={`${title}: ${say(name)}`} id={idOf([...at, key])} />
    </span>
  );
}

/** @param {{ path: Path }} props of the frequency bands */
export function Frequency({ path }) {
  const { say } = words.value;
  return (
    <Lines path={path} name="frequencyBands" newName={say('newBand')} make={() => ({ atLeast: 3, points: 5 })}>
      {(band, at, title) => {
        const kind = ['atLeast', 'exactly', 'between'].find((key) => band[key] !== undefined) ?? 'atLeast';
        const { atLeast, exactly, between, ...others } = band;
        const first = atLeast ?? exactly ?? between?.[0] ?? 1;
        const last = between?.[1] ?? first;
        const set = (/** @type {string} */ next, /** @type {number} */ low, /** @type {number} */ high) =>
          edit(at, { [next]: next === 'between' ? [low, Math.max(low, high)] : low, ...others });
        const count = (/** @type {number} */ value, /** @type {(value: number) => void} */ change) => (
          <input
            type="number"
            min="0"
            step="1"
            value={value}
            aria-label={say('amountOf', { what: title })}
            onInput={({ currentTarget: { valueAsNumber } }) => Number.isFinite(valueAsNumber) && change(valueAsNumber)}
          />
        );
        return (
          <>
            <span class="edge">
              <select
                aria-label={`${title}: ${say('is')}`}
                value={kind}
                onChange={({ currentTarget }) => set(currentTarget.value, first, last)}
              >
                <option value="atLeast">{say('atLeast')}</option>
                <option value="exactly">{say('exactly')}</option>
                <option value="between">{say('fromTo', { from: '…', to: '…' })}</option>
              </select>
              {count(first, (value) => set(kind, value, last))}
              {kind === 'between' && count(last, (value) => set(kind, first, value))}
            </span>
            <label>
              <span>{say('points')}</span>
              <NumberInput path={[...at, 'points']} needed id={idOf([...at, 'points'])} />
            </label>
          </>
        );
      }}
    </Lines>
  );
}
