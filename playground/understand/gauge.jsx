/** A score as a gauge: how far it is, where the labels begin, and how far it could still go. */

const SWEEP = 240;
const RADIUS = 84;

/** @param {{ value: number | null, lowest: number, highest: number, from: number, to: number, marks: { at: number }[], text: string, tone: string, title: string }} props */
export function Gauge({ value, lowest, highest, from, to, marks, text, tone, title }) {
  const angle = (/** @type {number} */ at) =>
    -SWEEP / 2 + SWEEP * Math.min(1, Math.max(0, to > from ? (at - from) / (to - from) : 0));
  return (
    <svg class={`gauge ${tone}`} viewBox="-124 -112 248 172" role="img" aria-label={title}>
      <path class="track" d={arc(-SWEEP / 2, SWEEP / 2)} />
      {highest > lowest && <path class="possible" d={arc(angle(lowest), angle(highest))} />}
      {value !== null && value > from && <path class="reached" d={arc(-SWEEP / 2, angle(value))} />}
      {marks.map(({ at }) => {
        const [[x1, y1], [x2, y2], [x, y]] = [-11, 11, 21].map((out) => point(angle(at), RADIUS + out));
        return (
          <g key={at}>
            <line class="mark" x1={x1} y1={y1} x2={x2} y2={y2} />
            <text class="mark-name" x={x} y={y + 3.5} text-anchor={x > 8 ? 'start' : x < -8 ? 'end' : 'middle'}>
              {at}
            </text>
          </g>
        );
      })}
      <text class="gauge-value" x="0" y="17" text-anchor="middle">
        {text}
      </text>
    </svg>
  );
}

/** @param {number} degrees 0 is up @param {number} radius @returns {[number, number]} */
function point(degrees, radius) {
  const angle = (degrees * Math.PI) / 180;
  return [rounded(radius * Math.sin(angle)), rounded(-radius * Math.cos(angle))];
}

/** @param {number} start @param {number} end */
function arc(start, end) {
  const [[x1, y1], [x2, y2]] = [point(start, RADIUS), point(end, RADIUS)];
  return `M${x1} ${y1}A${RADIUS} ${RADIUS} 0 ${end - start > 180 ? 1 : 0} 1 ${x2} ${y2}`;
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}
