/** A list of the model: each thing in it opens to its fields, can be moved, copied and removed. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.jsx';
import { edit, model, placeOf, words } from '../state.js';
import { idOf } from './fields.jsx';

/** What is being dragged, and from which list. */
let dragged = { list: '', place: -1 };

/**
 * @typedef {import('../state.js').Path} Path
 * @param {{
 *   path: Path,
 *   title: (thing: any, key: string | number) => string,
 *   sentence?: (thing: any, path: Path) => any,
 *   aside?: (thing: any, path: Path) => any,
 *   make: (ids: Set<string>) => any,
 *   newName: string,
 *   shown?: boolean,
 *   children: (thing: any, path: Path) => any,
 * }} props of a list, or of an object whose keys are names; `shown`: each is open at first
 */
export function Items({ path, title, sentence, aside, make, newName, shown = false, children }) {
  const { say } = words.value;
  const [fresh, open] = useState(/** @type {string | number | null} */ (null));
  const things = placeOf(model.value, path) ?? [];
  const keyed = !Array.isArray(things);
  const entries = /** @type {[string | number, any][]} */ (
    keyed
      ? Object.entries(things)
      : things.map((/** @type {any} */ thing, /** @type {number} */ place) => [place, thing])
  );
  const write = (/** @type {[string | number, any][]} */ next) =>
    edit(
      path,
      next.length === 0 && path.length === 1 && path[0] !== 'dimensions'
        ? undefined
        : keyed
          ? Object.fromEntries(next)
          : next.map(([, thing]) => thing),
    );
  const list = useRef(/** @type {HTMLUListElement | null} */ (null));
  const [moved, tell] = useState('');
  const [over, mark] = useState(-1);
  /** Where the keyboard goes on after a move: what is moved in a page loses it. */
  const goOn = useRef(/** @type {number | null} */ (null));
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (to < 0 || to >= entries.length || from === to) return;
    const next = [...entries];
    next.splice(to, 0, ...next.splice(from, 1));
    write(next);
    tell(say('moved', { what: title(entries[from][1], entries[from][0]), place: to + 1, all: entries.length }));
  };
  useLayoutEffect(() => {
    if (goOn.current === null) return;
    const [summary] = list.current?.children[goOn.current]?.getElementsByTagName('summary') ?? [];
    summary?.focus();
    goOn.current = null;
  });
  const keys = (/** @type {KeyboardEvent} */ event, /** @type {number} */ place) => {
    const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !entries[place + step]) return;
    event.preventDefault();
    event.stopPropagation();
    goOn.current = place + step;
    move(place, place + step);
  };
  const add = (/** @type {any} */ thing, place = entries.length) => {
    const next = [...entries];
    next.splice(place, 0, keyed ? [thing.key, thing.value] : [place, thing]);
    write(next);
    open(keyed ? thing.key : (thing.id ?? place));
  };
  const taken = () => idsOf(model.value);
  return (
    <div class="items">
      <p class="hidden" role="status">
        {moved}
      </p>
      <ul ref={list}>
        {entries.map(([key, thing], place) => {
          const here = [...path, key];
          const name = title(thing, key);
          const id = keyed ? key : (thing?.id ?? place);
          return (
            <li
              key={id}
              class={over === place && dragged.place !== place ? (dragged.place < place ? 'after' : 'before') : ''}
              onDragOver={(event) => {
                if (dragged.list !== idOf(path)) return;
                event.preventDefault();
                event.stopPropagation();
                mark(place);
              }}
              onDragLeave={() => mark(-1)}
              onDragEnd={() => mark(-1)}
              onDrop={(event) => {
                if (dragged.list !== idOf(path)) return;
                event.preventDefault();
                event.stopPropagation();
                mark(-1);
                move(dragged.place, place);
              }}
            >
              <details id={idOf(here)} open={shown || fresh === id}>
                <summary aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown={(event) => keys(event, place)}>
                  <span
                    class="grip"
                    draggable
                    title={say('dragThis')}
                    onDragStart={(event) => {
                      dragged = { list: idOf(path), place };
                      event.dataTransfer?.setData('text/plain', name); // Firefox drags nothing that is empty
                      const item = event.currentTarget.closest('li');
                      if (item) event.dataTransfer?.setDragImage(item, 16, 16);
                    }}
                    aria-hidden="true"
                  />
                  <span class="item-name">
                    <strong>{name}</strong>
                    {sentence && <small>{sentence(thing, here)}</small>}
                  </span>
                </summary>
                <div class="item-body">
                  {children(thing, here)}
                  <div class="actions item-actions">
                    <button
                      type="button"
                      class="button plain small"
                      aria-disabled={place === 0}
                      onClick={() => move(place, place - 1)}
                    >
                      <Icon name="up" />
                      {say('up')}
                    </button>
                    <button
                      type="button"
                      class="button plain small"
                      aria-disabled={place === entries.length - 1}
                      onClick={() => move(place, place + 1)}
                    >
                      <Icon name="down" />
                      {say('down')}
                    </button>
                    {!keyed && (
                      <button
                        type="button"
                        class="button plain small"
                        onClick={() => add(renamed(thing, taken()), place + 1)}
                      >
                        <Icon name="copies" />
                        {say('copyThis')}
                      </button>
                    )}
                    <button
                      type="button"
                      class="button plain small danger"
                      onClick={() => write(entries.filter((_, one) => one !== place))}
                      aria-label={say('removeThis', { what: name })}
                    >
                      <Icon name="bin" />
                      {say('remove')}
                    </button>
                  </div>
                </div>
              </details>
              {aside?.(thing, here)}
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        class="button plain small add"
        onClick={() => add(make(keyed ? new Set(entries.map(([key]) => String(key))) : taken()))}
      >
        <Icon name="plus" />
        {newName}
      </button>
    </div>
  );
}

/** Every id of a model; a new thing takes none of them. @param {any} part @param {Set<string>} [found] */
function idsOf(part, found = new Set()) {
  if (typeof part !== 'object' || part === null) return found;
  if (typeof part.id === 'string') found.add(part.id);
  for (const inner of Object.values(part)) idsOf(inner, found);
  return found;
}

/** @param {Set<string>} taken @param {string} kind */
export function freeId(taken, kind) {
  let number = 1;
  while (taken.has(`${kind}${number}`)) number += 1;
  taken.add(`${kind}${number}`);
  return `${kind}${number}`;
}

/** A copy in which nothing has the id of another thing. @param {any} thing @param {Set<string>} taken @returns {any} */
function renamed(thing, taken) {
  if (Array.isArray(thing)) return thing.map((inner) => renamed(inner, taken));
  if (typeof thing !== 'object' || thing === null) return thing;
  const copy = Object.fromEntries(
    Object.entries(thing).map(([key, inner]) => [
      key,
      key === 'labels' || key === 'when' ? inner : renamed(inner, taken),
    ]),
  );
  return typeof thing.id === 'string'
    ? { ...copy, id: freeId(taken, `${thing.id.replace(/\d+$/, '').slice(0, 50)}`) }
    : copy;
}
