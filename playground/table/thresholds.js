/** The thresholds of the total, and moving one of them, from the histogram or to what the team can take on. */
import { edit, model } from '../state.js';
import { listOf } from '../understand/names.js';

/** @returns {any[]} from the best to the last */
export const labelsNow = () => listOf(model.value.total?.labels);

/** Lets a label begin at another value; where it is kept down to goes along. @param {number} place @param {number} at */
export function moveThreshold(place, at) {
  const moved = labelsNow().map((label, one) => {
    if (one !== place) return label;
    const { from, keep, ...others } = label;
    return { ...others, from: at, ...(typeof keep === 'number' && { keep: at - (from - keep) }) };
  });
  edit(
    ['total', 'labels'],
    moved.map(({ id, label, ...numbers }) => ({ id, ...numbers, ...(label !== undefined && { label }) })),
  );
}
