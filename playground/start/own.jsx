/** A model from a file of one's own: what its columns are, and what a good lead has in each. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { BUILDING } from '../build/sentences.js';
import { TYPES } from '../build/types.js';
import { openFile } from '../files.js';
import { Icon } from '../icons.jsx';
import { days, notice, story, take, view, words } from '../state.js';
import { learn } from '../words.js';
import { factsOf, firstModel } from './first.js';
import { columnAs } from './found.js';
import { readStart } from './read.js';

learn(BUILDING);

/**
 * @typedef {import('./found.js').Column} Column
 * @typedef {import('./first.js').Wish} Wish
 * @typedef {{ name: string, columns: Column[], rows: number, more: boolean }} Found
 */

const LEFT = /** @type {const} */ ({
  personal: 'leftPersonal',
  outcome: 'leftOutcome',
  names: 'leftNames',
  same: 'leftSame',
  empty: 'leftEmpty',
});

/** Takes a file, dropped, chosen or pasted. @param {{ show: (found: Found) => void, done: () => void }} props */
export function Drop({ show, done }) {
  const { say } = words.value;
  const over = useSignal(false);
  const pasted = useSignal('');
  const wrong = useSignal('');
  /** @param {File | string} source @param {string} name */
  const read = async (source, name) => {
    const found = await readStart(source);
    if ('wrong' in found) wrong.value = say(found.wrong, { name });
    else show({ ...found, name });
  };
  const choose = (/** @type {File | undefined} */ file) => {
    if (file) (/\.json$/i.test(file.name) ? openFile(file).then(done) : read(file, file.name));
  };
  return (
    <section
      class={`own ${over.value ? 'over' : ''}`}
      aria-labelledby="own-title"
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        choose(event.dataTransfer?.files[0]);
      }}
    >
      <div>
        <h3 id="own-title">{say('ownTitle')}</h3>
        <p class="quiet">{say('ownAbout')}</p>
      </div>
      <label class="button plain file">
        <Icon name="file" />
        {say('ownChoose')}
        <input
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
        />
      </label>
      {wrong.value && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{wrong.value}</span>
        </p>
      )}
      <details class="paste">
        <summary>{say('ownPaste')}</summary>
        <textarea
          rows={4}
          aria-label={say('ownPasteLabel')}
          placeholder={say('ownPasteLabel')}
          onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
        />
        <button type="button" class="button small" onClick={() => read(pasted.value, say('ownPasted'))}>
          {say('ownRead')}
        </button>
      </details>
    </section>
  );
}

/** The columns of a file, to be taken or left. @param {{ found: Found, back: () => void, done: () => void }} props */
export function Own({ found: { name, columns, rows, more }, back, done }) {
  const { say, number } = words.value;
  const all = useSignal(columns);
  const left = useSignal(new Set(columns.filter(({ reason }) => reason).map(({ place }) => place)));
  const wishes = useSignal(/** @type {ReadonlyMap<number, Wish>} */ (new Map()));
  const title = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => title.current?.focus(), []);
  const taken = all.value.filter(({ place }) => !left.value.has(place));
  const model = firstModel(name, taken, wishes.value);
  const rules = model.dimensions[0].groups[0].rules.length;
  const change = (/** @type {Column} */ column, /** @type {Partial<Column>} */ next) =>
    (all.value = all.value.map((one) => (one === column ? { ...one, ...next } : one)));
  const wish = (/** @type {number} */ place, /** @type {Wish} */ next) =>
    (wishes.value = new Map([...wishes.value, [place, next]]));
  const make = () => {
    take({ model, lead: { facts: factsOf(taken, 0), events: [] } });
    story.value = null;
    days.value = 0;
    view.value = 'build';
    notice.value = { text: say(rules > 0 ? 'ownMade' : 'ownMadeBare', { name }), bad: false };
    done();
  };
  return (
    <>
      <div>
        <h3 ref={title} tabIndex={-1}>
          {say(more ? 'ownFoundMore' : 'ownFound', { n: columns.length, name, rows: number(rows) })}
        </h3>
        <p class="quiet">{say('ownAsk')}</p>
      </div>
      <ul class="found">
        {all.value.map((column) => (
          <Line
            key={column.place}
            column={column}
            wish={wishes.value.get(column.place) ?? {}}
            taken={!left.value.has(column.place)}
            toggle={() => {
              const next = new Set(left.value);
              if (!next.delete(column.place)) next.add(column.place);
              left.value = next;
            }}
            change={(next) => change(column, next)}
            hope={(next) => wish(column.place, next)}
          />
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="button" aria-disabled={taken.length === 0} onClick={() => taken.length > 0 && make()}>
          {say('ownMake', { facts: number(taken.length), rules: number(rules) })}
        </button>
        <button type="button" class="button plain" onClick={back}>
          {say('ownBack')}
        </button>
      </div>
    </>
  );
}

/** @param {{ column: Column, taken: boolean, wish: Wish, toggle: () => void, change: (next: Partial<Column>) => void, hope: (next: Wish) => void }} props */
function Line({ column, taken, wish, toggle, change, hope }) {
  const { say, number, percent } = words.value;
  const { heading, type, reason, known, count, unread, cells, range, values } = column;
  const told = [
    reason && say(LEFT[reason]),
    range
      ? say('foundRange', { low: number(range[0]), high: number(range[1]) })
      : type === 'boolean'
        ? say('foundBoolean')
        : type === 'date'
          ? say('foundDate')
          : type === 'list'
            ? say('foundList')
            : values
              ? say('foundValues', { n: number(values.length) })
              : say('foundText'),
    known < count && say('foundKnown', { percent: percent(known / count) }),
    unread > 0 && say('foundUnread', { n: number(unread) }),
  ].filter(Boolean);
  return (
    <li class={taken ? '' : 'left'}>
      <label class="check">
        <input
          type="checkbox"
          checked={taken}
          aria-label={say('ownTake', { what: heading })}
          onChange={toggle}
        />
        <span>{heading}</span>
      </label>
      {taken ? (
        <>
          <select
            aria-label={say('ownType', { what: heading })}
            value={type}
            onChange={({ currentTarget }) => {
              const next = /** @type {import('./found.js').Type} */ (currentTarget.value);
              const { values: _, range: __, ...plain } = column;
              change({ values: undefined, range: undefined, ...plain, ...columnAs(next, cells) });
              hope({});
            }}
          >
            {TYPES.map(([one, key]) => (
              <option key={one} value={one}>
                {say(key)}
              </option>
            ))}
          </select>
          <small>{told.join(' · ')}</small>
          <Good column={column} wish={wish} hope={hope} />
        </>
      ) : (
        reason && <small>{say(LEFT[reason])}</small>
      )}
    </li>
  );
}

/** What a good lead has in a column. @param {{ column: Column, wish: Wish, hope: (next: Wish) => void }} props */
function Good({ column: { heading, type, values, range }, wish, hope }) {
  const { say, value: called } = words.value;
  const title = say('ownGoodOf', { what: heading });
  if (values || type === 'boolean') {
    const chosen = wish.yes ? ['yes'] : (wish.values ?? []);
    const toggle = (/** @type {string} */ one) => {
      if (type === 'boolean') return hope({ yes: !wish.yes });
      return hope({ values: chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one] });
    };
    return (
      <span class="chips" role="group" aria-label={title}>
        <span class="quiet">{say('ownGood')}</span>
        {(values ?? ['yes']).map((one) => (
          <label class="chip" key={one}>
            <input type="checkbox" checked={chosen.includes(one)} onChange={() => toggle(one)} />
            <span>{values ? called(one) : say('ownYes')}</span>
          </label>
        ))}
      </span>
    );
  }
  if (!range) return <small>{say('ownNothing')}</small>;
  return (
    <span class="range" role="group" aria-label={title}>
      <span class="quiet">{say('ownGood')}</span>
      {/** @type {const} */ (['from', 'to']).map((end, place) => (
        <label key={end}>
          <span>{say(end === 'from' ? 'ownFrom' : 'ownTo')}</span>
          <input
            type="number"
            step="any"
            placeholder={String(range[place])}
            value={wish[end] ?? ''}
            onInput={({ currentTarget: { valueAsNumber } }) =>
              hope({ ...wish, [end]: Number.isFinite(valueAsNumber) ? valueAsNumber : undefined })
            }
          />
        </label>
      ))}
    </span>
  );
}
