/** The visit as it went: the number now, its curve, and step by step what gave points and what took them. */
import { language, words } from '../../state.js';
import { labelOf, scale, tone, turns } from '../names.js';
import { moment } from './visit.jsx';

/** @typedef {import('./replay.js').Visit} Visit */

const [WIDTH, HEIGHT] = [400, 110];
/** Effects that are named; the others are small. */
const NAMED = 3;

/** @param {{ visit: Visit, model: Record<string, any>, begin: number, back: () => void, again: () => void, explain: () => void }} props */
export function Story({ visit, model, begin, back, again, explain }) {
  const { say, number, signed, date, list } = words.value;
  const { steps, start, bytes } = visit;
  const last = steps.at(-1);
  const found = last?.score ?? start;
  const shown = found.value === null ? '–' : number(Math.round(found.value * 10) / 10);
  const { next } = found;
  const then = next && turns(model, found, next, words.value);
  return (
    <section class={`card visit-score ${tone(model, found)}`} aria-labelledby="visit-now" id="result" tabIndex={-1}>
      <h2 id="visit-now" class="hidden">
        {say('visitNow')}
      </h2>
      <p class="standing" role="status">
        <b class="visit-value">{shown}</b>
        <strong class="pill">{labelOf(model, found, words.value)}</strong>
        {last && <Step step={last.step} />}
      </p>
      {found.value === null && found.missing.length > 0 && <p class="quiet">{say('visitNeeds')}</p>}
      <Curve visit={visit} model={model} begin={begin} />
      {then && then.length > 0 && <p class="quiet">{say('visitNext', { what: list(then), when: date(next.at) })}</p>}
      {steps.length > 0 && (
        <div class="actions">
          <button type="button" class="button small" onClick={explain}>
            {say('visitExplain')}
          </button>
          <button type="button" class="button plain small" onClick={back}>
            {say('visitBack')}
          </button>
          <button type="button" class="button plain small" onClick={again}>
            {say('visitBegin')}
          </button>
        </div>
      )}
      <h3>{say('visitStory')}</h3>
      {steps.length === 0 && <p class="quiet">{say('visitNothing')}</p>}
      <ol class="steps" reversed>
        {steps
          .map((step, place) => (
            <li key={place} class={step.done.event ? '' : 'time'}>
              <time dateTime={new Date(step.done.at).toISOString()}>{moment(step.done.at)}</time>
              <Told step={step} before={steps[place - 1]?.score ?? start} model={model} from={steps[place - 1]?.done.at ?? begin} />
            </li>
          ))
          .reverse()}
      </ol>
      {steps.length > 0 && <p class="quiet">{say('visitKept', { n: number(bytes) })}</p>}
    </section>
  );

  /** @param {{ step: number }} props */
  function Step({ step }) {
    return <span class={`step ${step < -0.005 ? 'minus' : ''}`}>{signed(step)}</span>;
  }

  /** @param {{ step: Visit['steps'][number], before: import('./replay.js').Score, model: Record<string, any>, from: number }} props */
  function Told({ step, before, from }) {
    const { say, text } = words.value;
    const { event, at } = step.done;
    const name = (/** @type {any} */ what) =>
      what?.cap ? say('visitCap', { name: called(what.cap) }) : what?.floor ? say('visitFloor', { name: called(what.floor) }) : text(what);
    const called = (/** @type {any} */ owner) => (owner === 'total' ? say('total') : text(owner));
    const [first, second] = step.effects;
    const said = event && first && !second ? [] : step.effects; // a sole effect says what the step says
    const parts = said
      .slice(0, NAMED)
      .map(({ name: what, by }) => say('visitEffect', { name: name(what), points: signed(by) }));
    if (step.held) parts.push(say(HELD[step.held]));
    if (step.effects.length === 0 && !step.held) parts.push(say(event ? 'visitNoRule' : 'visitStays'));
    const turned = turns(model, before, step.score, words.value);
    return (
      <>
        <span class="what">{event ? text(model.events?.[event.type]?.label, event.type) : passed(at - from)}</span>
        <Step step={step.step} />
        {parts.length > 0 && <small>{parts.join(' · ')}</small>}
        {turned.length > 0 && <strong class={`turn ${tone(model, step.score)}`}>{say('visitTurns', { what: list(turned) })}</strong>}
      </>
    );
  }
}

const HELD = /** @type {const} */ ({ limit: 'visitLimit', cap: 'visitAtCap', window: 'visitWindow' });

/** @param {number} time in milliseconds */
function passed(time) {
  const [unit, count] = time < 86_400_000 ? ['minute', time / 60_000] : ['day', time / 86_400_000];
  const later = new Intl.NumberFormat(language.value, { style: 'unit', unit: String(unit), unitDisplay: 'long' });
  return `+ ${later.format(Math.round(Number(count)))}`;
}

/** The value over the time of the visit, with the thresholds that it crosses. @param {{ visit: Visit, model: Record<string, any>, begin: number }} props */
function Curve({ visit: { curve, steps }, model, begin }) {
  const { say, number } = words.value;
  const { from, to, marks } = scale(model, words.value);
  const known = curve.flatMap(({ value }) => value ?? []);
  if (curve.length < 2 || known.length < 2) return null;
  const [low, high] = [Math.min(from, ...known), Math.max(to, ...known)];
  const end = /** @type {{ at: number }} */ (curve.at(-1)).at;
  const x = (/** @type {number} */ at) => Math.round(((at - begin) / (end - begin || 1)) * WIDTH * 10) / 10;
  const y = (/** @type {number} */ value) =>
    Math.round((HEIGHT - 5 - ((value - low) / (high - low || 1)) * (HEIGHT - 16)) * 10) / 10;
  const line = curve.flatMap(({ at, value }) => (value === null ? [] : [`${x(at)} ${y(value)}`]));
  return (
    <div class="curve-box">
      <svg
        class="curve"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('visitCurve', { from: number(known[0]), to: number(known.at(-1) ?? 0) })}
      >
        {marks.map(({ at }) => (
          <line key={at} class="threshold" x1="0" x2={WIDTH} y1={y(at)} y2={y(at)} />
        ))}
        <path class="area" d={`M0 ${HEIGHT}L${line.join('L')}L${WIDTH} ${HEIGHT}Z`} />
        <path class="line" d={`M${line.join('L')}`} />
        {steps.map(
          ({ done, score }, place) =>
            done.event && score.value !== null && <path key={place} class="dot" d={`M${x(done.at)} ${y(score.value)}h.01`} />,
        )}
      </svg>
      {marks.map(({ at, name }) => (
        <span key={at} style={{ '--top': y(at) / HEIGHT }}>
          {name}
        </span>
      ))}
    </div>
  );
}
