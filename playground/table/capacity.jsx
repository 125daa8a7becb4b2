/** What a team can take on in a week: how many of those leads win, and which threshold lets just so many through. */
import { signal } from '@preact/signals';
import { words } from '../state.js';
import { bestOf } from './judge.js';
import { file } from './many.js';
import { labelsNow, moveThreshold } from './thresholds.js';

/** Leads that the team takes on in a week. */
const weekly = signal(50);
/** Weeks that the file covers, as the marketer says; until then as its dates say. */
const covered = signal(/** @type {{ file: unknown, weeks: number } | null} */ (null));

/** @param {{ tally: import('./judge.js').Tally }} props */
export function Capacity({ tally }) {
  const { say, number, percent, text } = words.value;
  const weeks = covered.value?.file === file.value ? (covered.value?.weeks ?? 1) : file.value?.weeks || 1;
  const all = tally.won.reduce((sum, won, place) => sum + won + tally.lost[place], 0);
  const most = Math.min(all, weekly.value * weeks);
  const { won, share, threshold, above } = bestOf(tally, most);
  const overall = tally.won.reduce((sum, one) => sum + one, 0) / all;
  const labels = labelsNow();
  const set = labels.find(({ from }) => from === threshold);
  const settable = labels.findIndex(
    ({ from }, place) =>
      typeof from === 'number' && !(threshold >= labels[place - 1]?.from) && !(threshold <= labels[place + 1]?.from),
  );
  const whole = (/** @type {number} */ value) => number(Math.round(value));
  const field = (/** @type {string} */ id, /** @type {string} */ name, /** @type {number} */ value, /** @type {(value: number) => void} */ take) => (
    <label class="field">
      <span>{name}</span>
      <input
        type="number"
        id={id}
        min="1"
        step="1"
        value={value}
        onInput={({ currentTarget }) => currentTarget.valueAsNumber >= 1 && take(Math.floor(currentTarget.valueAsNumber))}
      />
    </label>
  );
  return (
    <div class="capacity" id="capacity">
      <h3>{say('capacity')}</h3>
      <div class="capacity-fields">
        {field('weekly', say('perWeek'), weekly.value, (value) => (weekly.value = value))}
        {field('weeks', say('weeks'), weeks, (value) => (covered.value = { file: file.value, weeks: value }))}
      </div>
      <div role="status">
        <p>
          <strong>
            {say('capacityFound', { n: number(most), share: percent(share), won: whole(won), other: whole(overall * most) })}
          </strong>
        </p>
        <p>
          {most === all
            ? say('capacityAll')
            : Number.isNaN(threshold)
              ? say('capacityTie')
              : say('capacityThreshold', { at: number(threshold), n: number(above) })}{' '}
          {set && say('capacityIs', { label: text(set.label, set.id) })}
        </p>
      </div>
      {most < all && !Number.isNaN(threshold) && settable >= 0 && !set && (
        <button type="button" class="button plain small" id="fit" onClick={() => moveThreshold(settable, threshold)}>
          {say('capacitySet', { label: text(labels[settable].label, labels[settable].id), at: number(threshold) })}
        </button>
      )}
    </div>
  );
}
