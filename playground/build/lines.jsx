/** Short lists edited in place, a line each: thresholds, points by value, points by how often. */
import { Icon } from '../icons.jsx';
import { edit, model, placeOf, words } from '../state.js';
import { DurationInput, NumberInput, Several, idOf } from './fields.jsx';

/**
 * @typedef {import('../state.js').Path} Path
 * @param {{ path: Path, name: import('../words.js').Sentence, about: import('../words.js').Sentence, newName: string, end?: boolean, make: () => any, children: (line: any, path: Path, title: string) => any }} props of a list, or of the one thing that stands for it; `end`: new ones come last
 */
export function Lines({ path, name, about, newName, make, end = false, children }) {
  const { say } = words.value;
  const found = placeOf(model.value, path) ?? [];
  const lines = /** @type {any[]} */ (Array.isArray(found) ? found : [found]);
  const at = (/** @type {number} */ place) => (Array.isArray(found) ? [...path, place] : path);
  const add = () => edit(path, end || lines.length === 0 ? [...lines, make()] : [...lines.slice(0, -1), make(), lines.at(-1)]);
  return (
    <fieldset class="field wide-field lines" id={idOf(path)}>
      <legend>{say(name)}</legend>
      <small>{say(about)}</small>
      {lines.map((line, place) => {
        const title = say('lineOf', { what: say(name), n: place + 1 });
        return (
          <div class="row" key={place}>
            {children(line, at(place), title)}
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
        onClick={add}
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
    <Lines path={path} name="thresholds" about="thresholdsAbout" newName={say('newLabel')} make={make}>
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
    <Lines path={path} name="bands" about="bandsAbout" newName={say('newBand')} make={make}>
      {(band, at, title) => {
        const open = !['from', 'above', 'to', 'below', 'is'].some((key) => band[key] !== undefined);
        const ordered = numeric || attribute?.type === 'date';
        const first = attribute?.type === 'date' ? '2026-01-01' : 0;
        const shapes = /** @type {const} */ ([
          ...(ordered ? [/** @type {const} */ (['range', 'bandRange'])] : []),
          ['is', 'bandIs'],
          ['rest', 'everythingElse'],
        ]);
        const turn = (/** @type {string} */ shape) =>
          edit(at, {
            ...(shape === 'range' ? { from: first } : shape === 'is' ? { is: attribute?.type === 'boolean' ? true : [] } : {}),
            points: band.points,
          });
        return (
          <>
            <select
              aria-label={`${title}: ${say('is')}`}
              value={open ? 'rest' : band.is !== undefined ? 'is' : 'range'}
              onChange={({ currentTarget }) => turn(currentTarget.value)}
            >
              {shapes.map(([shape, key]) => (
                <option key={shape} value={shape}>
                  {say(key)}
                </option>
              ))}
            </select>
            {open ? null : band.is !== undefined && attribute?.type === 'boolean' ? (
              <select
                aria-label={`${title}: ${say('bandIs')}`}
                value={String(band.is)}
                onChange={({ currentTarget }) => edit([...at, 'is'], currentTarget.value === 'true')}
              >
                <option value="true">{say('yes')}</option>
                <option value="false">{say('no')}</option>
              </select>
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
                <Edge at={at} keys={['from', 'above']} name="bandFrom" title={title} dated={!numeric} />
                <Edge at={at} keys={['to', 'below']} name="bandTo" title={title} dated={!numeric} />
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

/** One end of a band, included or not. @param {{ at: Path, keys: [included: string, excluded: string], name: 'bandFrom' | 'bandTo', title: string, dated: boolean }} props */
function Edge({ at, keys, name, title, dated }) {
  const { say } = words.value;
  const band = placeOf(model.value, at);
  const key = band[keys[1]] !== undefined ? keys[1] : keys[0];
  const signs = name === 'bandFrom' ? ['≥', '>'] : ['≤', '<'];
  const named = { '≥': 'opGte', '>': 'opGt', '≤': 'opLte', '<': 'opLt' };
  const change = (/** @type {string} */ next) => {
    const { [key]: value, ...others } = band;
    edit(at, { [next]: value ?? (dated ? '2026-01-01' : 0), ...others });
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
      {dated ? (
        <input
          type="date"
          aria-label={`${title}: ${say(name)}`}
          id={idOf([...at, key])}
          value={String(band[key] ?? '').slice(0, 10)}
          onInput={({ currentTarget }) => edit([...at, key], currentTarget.value || undefined)}
        />
      ) : (
        <NumberInput path={[...at, key]} label={`${title}: ${say(name)}`} id={idOf([...at, key])} />
      )}
    </span>
  );
}

/** @param {{ path: Path }} props of the frequency bands */
export function Frequency({ path }) {
  const { say } = words.value;
  return (
    <Lines path={path} name="frequencyBands" about="frequencyAbout" newName={say('newBand')} make={() => ({ atLeast: 3, points: 5 })}>
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
              <span>{say('within')}</span>
              <DurationInput path={[...at, 'within']} id={idOf([...at, 'within'])} label={`${title}: ${say('within')}`} />
            </label>
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

/** At most so many in each period, for one period or several. @param {{ path: Path }} props */
export function Limits({ path }) {
  const { say } = words.value;
  return (
    <Lines path={path} name="limits" about="limitsAbout" newName={say('newLimit')} make={() => ({ n: 3, per: '1d' })} end>
      {(limit, at, title) => {
        const fixed = limit?.per === 'session' || limit?.per === 'ever';
        return (
          <>
            <label>
              <span>{say('limitN')}</span>
              <input
                type="number"
                min="1"
                step="1"
                id={idOf([...at, 'n'])}
                value={limit?.n}
                onInput={({ currentTarget: { valueAsNumber } }) =>
                  valueAsNumber >= 1 && edit([...at, 'n'], Math.round(valueAsNumber))
                }
              />
            </label>
            <label>
              <span>{say('limitPer')}</span>
              <select
                value={fixed ? limit.per : 'duration'}
                onChange={({ currentTarget: { value } }) => edit([...at, 'per'], value === 'duration' ? '1d' : value)}
              >
                <option value="duration">{say('perDuration')}</option>
                <option value="session">{say('perSession')}</option>
                <option value="ever">{say('perEver')}</option>
              </select>
            </label>
            {!fixed && <DurationInput path={[...at, 'per']} id={idOf([...at, 'per'])} label={`${title}: ${say('limitPer')}`} needed />}
            <label>
              <span>{say('limitKeep')}</span>
              <select
                value={limit?.keep ?? 'earliest'}
                onChange={({ currentTarget: { value } }) => edit([...at, 'keep'], value === 'earliest' ? undefined : value)}
              >
                <option value="earliest">{say('keepEarliest')}</option>
                <option value="latest">{say('keepLatest')}</option>
              </select>
            </label>
          </>
        );
      }}
    </Lines>
  );
}
