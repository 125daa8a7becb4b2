/** Draws how a score moves while nothing new happens, and where the labels begin. */
import { drawn } from './element.js';

const WIDTH = 600;
const HEIGHT = 150;

/**
 * `values` are evenly spaced; `now` is the one at `place`, from 0 to 1.
 * @param {{ values: (number | null)[], now: number | null, place: number, from: number, to: number, marks: { at: number, name: string }[], title: string }} curve
 */
export function curve({ values, now, place, from, to, marks, title }) {
  const x = place * WIDTH;
  const y = (/** @type {number} */ value) => HEIGHT - 6 - ((value - from) / (to - from || 1)) * (HEIGHT - 18);
  const known = values.flatMap((value, i) => (value === null ? [] : [`${((i / (values.length - 1)) * WIDTH).toFixed(1)} ${y(value).toFixed(1)}`]));
  return drawn(
    'svg',
    { class: 'curve', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', preserveAspectRatio: 'none' },
    drawn('title', {}, title),
    ...marks.map(({ at }) => drawn('line', { class: 'threshold', x1: 0, x2: WIDTH, y1: y(at), y2: y(at) })),
    known.length > 1 && drawn('path', { class: 'area', d: `M0 ${HEIGHT}L${known.join('L')}L${WIDTH} ${HEIGHT}Z` }),
    known.length > 1 && drawn('path', { class: 'line', d: `M${known.join('L')}` }),
    drawn('line', { class: 'chosen', x1: x, x2: x, y1: 0, y2: HEIGHT }),
    now !== null && drawn('path', { class: 'dot', d: `M${x} ${y(now)}h.01` }),
  );
}

/**
 * The names of the labels, beside the lines where they begin.
 * @param {{ at: number, name: string }[]} marks
 * @param {number} from
 * @param {number} to
 */
export function heights(marks, from, to) {
  return marks.map(({ at, name }) => ({ name, top: (HEIGHT - 6 - ((at - from) / (to - from || 1)) * (HEIGHT - 18)) / HEIGHT }));
}
