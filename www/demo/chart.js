/** Draws the score so far, from the first event to now, and to come: how it fades when nothing happens. */
import { drawn } from '../element.js';

const [WIDTH, HEIGHT, TOP, BOTTOM] = [600, 168, 12, 6];
/** Where now stands between what was and what is to come. */
const NOW = 0.36 * WIDTH;

/** @typedef {{ at: number, value: number }} Point `at` from 0 to 1 */

/**
 * @param {object} chart
 * @param {Point[]} chart.past
 * @param {Point[]} chart.future
 * @param {Point} chart.chosen a point of the future
 * @param {{ from: number, name: string }[]} chart.marks where the labels begin
 * @param {string} chart.title
 */
export function chart({ past, future, chosen, marks, title }) {
  const before = past.map(({ at, value }) => `${(at * NOW).toFixed(1)} ${heightOf(value)}`);
  const after = future.map((point) => `${xOf(point)} ${heightOf(point.value)}`);
  return drawn(
    'svg',
    { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': title },
    ...marks.map(({ from }) => drawn('line', { class: 'threshold', x1: 0, x2: WIDTH, y1: heightOf(from), y2: heightOf(from) })),
    drawn('path', { class: 'area', d: `M${before.join('L')}V${HEIGHT}H0Z` }),
    drawn('path', { class: 'area to-come', d: `M${after.join('L')}V${HEIGHT}H${NOW}Z` }),
    drawn('line', { class: 'now', x1: NOW, x2: NOW, y1: 0, y2: HEIGHT }),
    drawn('path', { class: 'line', d: `M${before.join('L')}` }),
    drawn('path', { class: 'line to-come', d: `M${after.join('L')}` }),
    drawn('path', { class: 'dot', d: `M${NOW} ${heightOf(future[0].value)}h.01` }),
    chosen.at > 0 && drawn('path', { class: 'dot chosen', d: `M${xOf(chosen)} ${heightOf(chosen.value)}h.01` }),
  );
}

/** How far down a value stands, as a share of the chart. @param {number} value */
export const depthOf = (value) => Number(heightOf(value)) / HEIGHT;

/** Where now stands, as a share of the chart. */
export const nowAt = NOW / WIDTH;

/** @param {Point} point of the future */
const xOf = ({ at }) => (NOW + at * (WIDTH - NOW)).toFixed(1);

/** @param {number} value from 0 to 100 */
const heightOf = (value) => (HEIGHT - BOTTOM - (value / 100) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
