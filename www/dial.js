/** Draws a score as a dial: how far it is, where the labels begin, and how far it could still go. */
import { drawn } from './element.js';

const SWEEP = 240;
const RADIUS = 84;

/**
 * @param {{ value: number | null, lowest: number, highest: number, from: number, to: number, marks: { at: number, name: string }[], text: string, tone: string, title: string }} dial
 */
export function dial({ value, lowest, highest, from, to, marks, text, tone, title }) {
  const angle = (/** @type {number} */ at) => {
    const share = to > from ? (at - from) / (to - from) : 0;
    return -SWEEP / 2 + SWEEP * Math.min(1, Math.max(0, share));
  };
  const children = [
    drawn('title', {}, title),
    drawn('path', { class: 'track', d: arc(-SWEEP / 2, SWEEP / 2) }),
    highest > lowest && drawn('path', { class: 'possible', d: arc(angle(lowest), angle(highest)) }),
    value !== null && value > from && drawn('path', { class: 'reached', d: arc(-SWEEP / 2, angle(value)) }),
    ...marks.map(({ at }) => {
      const [x1, y1] = point(angle(at), RADIUS - 11);
      const [x2, y2] = point(angle(at), RADIUS + 11);
      return drawn('line', { class: 'mark', x1, y1, x2, y2 });
    }),
    ...marks.map(({ at }) => {
      const [x, y] = point(angle(at), RADIUS + 21);
      return drawn('text', { class: 'mark-name', x, y: y + 3.5, 'text-anchor': x > 8 ? 'start' : x < -8 ? 'end' : 'middle' }, at);
    }),
    drawn('text', { class: 'dial-value', x: 0, y: 16, 'text-anchor': 'middle' }, text),
  ];
  return drawn('svg', { class: `dial ${tone}`, viewBox: '-124 -112 248 172', role: 'img' }, ...children);
}

/** @param {number} degrees 0 is up @param {number} radius @returns {[number, number]} */
function point(degrees, radius) {
  const angle = (degrees * Math.PI) / 180;
  return [rounded(radius * Math.sin(angle)), rounded(-radius * Math.cos(angle))];
}

/** @param {number} start @param {number} end */
function arc(start, end) {
  const [x1, y1] = point(start, RADIUS);
  const [x2, y2] = point(end, RADIUS);
  return `M${x1} ${y1}A${RADIUS} ${RADIUS} 0 ${end - start > 180 ? 1 : 0} 1 ${x2} ${y2}`;
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}
