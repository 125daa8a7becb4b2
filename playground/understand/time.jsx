/** What happens if the lead does nothing: the curve of the value, and the dates at which its place changes. */
import { DAY, asOf, days, lead, now, score, standing, words } from '../state.js';
import { scale, toneOf, turns } from './names.js';

const [WIDTH, HEIGHT] = [600, 160];
/** What the curve shows, and how far apart its points are. */
const [HORIZON, STEP] = [90, 2];
/** Changes of place that are listed. */
const MOST = 4;

export function Time() {
  const { say, date, list, day } = words.value;
  const { model, scorer } = standing.value ?? {};
  const found = score.value;
  if (!model || !scorer || !found) return null;
  const { facts, events } = lead.value;
  const values = Array.from({ length: HORIZON / STEP + 1 }, (_, place) =>
    scorer.value(facts, { events, asOf: now + place * STEP * DAY }),
  );
  const { from, to, marks } = scale(model, words.value);
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(from, ...known), Math.max(to, ...known)];
  const height = (/** @type {number} */ value) => HEIGHT - 6 - ((value - low) / (high - low || 1)) * (HEIGHT - 18);
  const line = values.flatMap((value, place) =>
    value === null ? [] : [`${((place / (values.length - 1)) * WIDTH).toFixed(1)} ${height(value).toFixed(1)}`],
  );
  const x = (days.value / HORIZON) * WIDTH;

  const changes = crossings(scorer, facts, events);
  const when = say(days.value === 0 ? 'today' : days.value === 1 ? 'inOneDay' : 'inDays', { n: days.value });
  const { validUntil } = found;
  return (
    <>
      <div class="curve-box">
        <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {marks.map(({ at }) => (
            <line key={at} class="threshold" x1="0" x2={WIDTH} y1={height(at)} y2={height(at)} />
          ))}
          {line.length > 1 && <path class="area" d={`M0 ${HEIGHT}L${line.join('L')}L${WIDTH} ${HEIGHT}Z`} />}
          {line.length > 1 && <path class="line" d={`M${line.join('L')}`} />}
          {changes.map(
            ({ at }) =>
              at < now + HORIZON * DAY && (
                <line
                  key={at}
                  class="crossing"
                  x1={((at - now) / DAY / HORIZON) * WIDTH}
                  x2={((at - now) / DAY / HORIZON) * WIDTH}
                  y1="0"
                  y2={HEIGHT}
                />
              ),
          )}
          <line class="chosen" x1={x} x2={x} y1="0" y2={HEIGHT} />
          {found.value !== null && <path class="dot" d={`M${x} ${height(found.value)}h.01`} />}
        </svg>
        {marks.map(({ at, name }) => (
          <span key={at} style={{ '--top': height(at) / HEIGHT }}>
            {name}
          </span>
        ))}
      </div>
      <label class="slider">
        <span class="hidden">{say('timeSlider')}</span>
        <input
          type="range"
          id="days"
          min="0"
          max={HORIZON}
          value={days.value}
          aria-valuetext={`${when}, ${date(asOf.value)}`}
          onInput={({ currentTarget }) => (days.value = Number(currentTarget.value))}
        />
        <span>
          {when}, {date(asOf.value)}
        </span>
      </label>
      <ol class="line-of-time">
        {changes.map(({ at, score: then, what }) => (
          <li key={at} class={toneOf(model, then.labels.total)}>
            <time dateTime={new Date(at).toISOString()}>{date(at)}</time>{' '}
            <span>{say('becomes', { what: list(what) })}</span>
          </li>
        ))}
      </ol>
      <p class="quiet">
        {changes.length < MOST && say(changes.length > 0 ? 'thenHolds' : 'holdsForever')}{' '}
        {validUntil !== null &&
          (validUntil - asOf.value < DAY ? say('fadesFrom') : say('movesAt', { when: day(validUntil) }))}
      </p>
    </>
  );

  /** @param {import('leadscore').Scorer} engine @param {Record<string, any>} known @param {readonly any[]} done */
  function crossings(engine, known, done) {
    const all = [];
    let before = /** @type {import('leadscore').Score} */ (found);
    for (let next = before.next; next && all.length < MOST; next = before.next) {
      const then = engine.score(known, { events: done, asOf: next.at });
      all.push({ at: next.at, score: then, what: turns(/** @type {any} */ (model), before, then, words.value) });
      before = then;
    }
    return all.filter(({ what }) => what.length > 0);
  }
}
