/** How the scores spread, with the thresholds of the total as handles: while one is dragged only what is drawn changes. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { model, words } from '../state.js';
import { toneOf } from '../understand/names.js';
import { scored } from './many.js';
import { firstFrom } from './order.js';
import { labelsNow, moveThreshold } from './thresholds.js';

export function Histogram() {
  const { say, text, number } = words.value;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** The threshold under the hand, before the model has it. */
  const held = useSignal(/** @type {{ place: number, at: number } | null} */ (null));
  const found = scored.value;
  if (!found) return null;
  const { low, high, counts } = found.bins;
  const most = Math.max(1, ...counts);
  const labels = labelsNow();
  const froms = labels.map(({ from }, place) =>
    held.value?.place === place ? held.value.at : typeof from === 'number' ? from : null,
  );
  const above = (/** @type {number | null} */ from) =>
    from === null ? found.sorted.length : found.sorted.length - firstFrom(found.sorted, from);
  const share = (/** @type {number} */ at) => Math.min(1, Math.max(0, (at - low) / (high - low)));
  const labelAt = (/** @type {number} */ at) => labels.find((_, place) => at >= (froms[place] ?? -Infinity))?.id;

  const between = (/** @type {number} */ place, /** @type {number} */ at) => {
    const [top, bottom] = [froms[place - 1] ?? high, labels[place + 1] ? (froms[place + 1] ?? low) : low];
    return Math.round(
      Math.min(top - (place > 0 ? 1 : 0), Math.max(bottom + (typeof froms[place + 1] === 'number' ? 1 : 0), at)),
    );
  };
  const drag = (/** @type {PointerEvent} */ event, /** @type {number} */ place) => {
    const { left, width } = /** @type {DOMRect} */ (box.current?.getBoundingClientRect());
    held.value = { place, at: between(place, low + ((event.clientX - left) / width) * (high - low)) };
  };
  const keys = (/** @type {KeyboardEvent} */ event, /** @type {number} */ place) => {
    const now = froms[place] ?? 0;
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const ends = { Home: low, End: high };
    const at = event.key in ends ? ends[/** @type {'Home'} */ (event.key)] : now + (steps[/** @type {'ArrowUp'} */ (event.key)] ?? 0);
    if (!(event.key in ends) && at === now) return;
    event.preventDefault();
    moveThreshold(place, between(place, at));
  };
  return (
    <>
      <p class="quiet">{say('histogramAbout')}</p>
      <div class="histogram" ref={box}>
        <svg viewBox={`0 0 ${counts.length} 100`} preserveAspectRatio="none" aria-hidden="true">
          {counts.map((count, place) => (
            <rect
              key={place}
              class={toneOf(model.value, labelAt(low + ((place + 0.5) / counts.length) * (high - low)))}
              x={place + 0.06}
              width="0.88"
              y={100 - (count / most) * 100}
              height={(count / most) * 100}
              rx="0.2"
            />
          ))}
        </svg>
        {froms.map(
          (from, place) =>
            from !== null && (
              <button
                key={labels[place].id}
                type="button"
                class="handle"
                role="slider"
                aria-label={say('thresholdOf', { what: text(labels[place].label, labels[place].id) })}
                aria-valuemin={low}
                aria-valuemax={high}
                aria-valuenow={from}
                aria-valuetext={`${number(from)}, ${say('howMany', { n: number(above(from) - (place > 0 ? above(froms[place - 1]) : 0)) })}`}
                style={{ '--at': share(from) }}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  drag(event, place);
                }}
                onPointerMove={(event) => held.value?.place === place && drag(event, place)}
                onPointerUp={() => {
                  if (held.value) moveThreshold(held.value.place, held.value.at);
                  held.value = null;
                }}
                onPointerCancel={() => (held.value = null)}
                onKeyDown={(event) => keys(event, place)}
              >
                <span>{number(from)}</span>
              </button>
            ),
        )}
        <p class="axis" aria-hidden="true">
          <span>{number(low)}</span>
          <span>{number((low + high) / 2)}</span>
          <span>{number(high)}</span>
        </p>
      </div>
      {labels.length > 0 && (
        <ul class="counts" aria-label={say('byLabel')}>
          {labels.map(({ id, label }, place) => {
            const count = above(froms[place]) - (place > 0 ? above(froms[place - 1]) : 0);
            return (
              <Count
                key={id}
                tone={toneOf(model.value, id)}
                name={text(label, id)}
                count={count}
                all={found.sorted.length}
              />
            );
          })}
        </ul>
      )}
    </>
  );
}

/** @param {{ tone: string, name: string, count: number, all: number }} props */
export function Count({ tone, name, count, all }) {
  const { number, percent } = words.value;
  return (
    <li class={tone}>
      <span>{name}</span>
      <span>
        <b>{number(count)}</b> <small>{percent(all > 0 ? count / all : 0)}</small>
      </span>
      <i class="meter" style={{ '--share': all > 0 ? count / all : 0 }} />
    </li>
  );
}
