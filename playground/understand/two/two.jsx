/** Two leads side by side: why one is above the other, in a sentence and then rule by rule. */
import { useEffect, useState } from 'preact/hooks';
import { asOf, kept, language, lead, meet, score, standing, story, view, words } from '../../state.js';
import { leadsOf } from '../../stories.js';
import { learn } from '../../words.js';
import { labelOf, named, tone } from '../names.js';
import { differences } from './differences.js';
import { Lines, nameOf } from './lines.jsx';
import { TWO } from './sentences.js';
import '../standing.css';
import './two.css';

/** @typedef {import('../../state.js').Lead} Lead */

learn(TWO);

/** Rules that are named in the sentence, for either side. */
const NAMED = 3;

export function TwoView() {
  const { say, text } = words.value;
  const [samples, show] = useState(/** @type {Lead[]} */ ([]));
  useEffect(() => {
    if (story.value) leadsOf(story.value).then(show);
    else show([]);
  }, [story.value]);
  const { model, scorer } = standing.value ?? {};
  const a = score.value;
  if (!model || !scorer || !a) return null;

  const name = (/** @type {Lead} */ one) => text(one.name);
  const other = kept.value ?? samples.find((one) => name(one) !== name(lead.value)) ?? { facts: {}, events: [] };
  const b = scorer.score(other.facts, { events: other.events, asOf: asOf.value, lang: language.value });
  const lines = differences(model, a, b);
  const swap = () => {
    const page = lead.value;
    meet(other);
    kept.value = page;
  };
  return (
    <div class="two-view">
      <div class="intro">
        <h1>{say('twoTitle')}</h1>
        <p class="quiet">{say('twoAbout')}</p>
      </div>
      <div class="sides">
        <Side which="A" found={a} one={lead.value} {...{ samples }} choose={meet} />
        <button type="button" class="button plain small" onClick={swap}>
          <span aria-hidden="true">⇄</span> {say('twoSwap')}
        </button>
        <Side which="B" found={b} one={other} {...{ samples }} choose={(next) => (kept.value = next)} />
      </div>
      <section class="card">
        <Verdict {...{ a, b, lines }} />
      </section>
      <section class="card">
        <h2>{say('twoApart')}</h2>
        <Lines {...{ lines, model, facts: [lead.value.facts, other.facts] }} />
      </section>
    </div>
  );
}

/** @param {{ which: 'A' | 'B', found: import('leadscore').Score, one: Lead, samples: Lead[], choose: (next: Lead) => void }} props */
function Side({ which, found, one, samples, choose }) {
  const { say, text, number } = words.value;
  const model = /** @type {Record<string, any>} */ (standing.value?.model);
  const colour = tone(model, found);
  const own = text(one.name);
  const others = samples.filter((sample) => text(sample.name) !== own);
  const flags = [...found.exclusions, ...found.disqualifiers].filter(({ answer }) => answer);
  const pick = (/** @type {string} */ chosen) => {
    if (chosen === 'same') choose(lead.value);
    else if (chosen === 'nobody') choose({ facts: {}, events: [] });
    else if (chosen !== '') choose(others[Number(chosen)]);
  };
  return (
    <section class={`card side ${colour}`} aria-labelledby={`side-${which}`}>
      <h2 id={`side-${which}`}>
        <span class="letter" aria-hidden="true">
          {which}
        </span>
        <label for={`lead-${which}`}>{say(which === 'A' ? 'twoLeadA' : 'twoLeadB')}</label>
      </h2>
      <select id={`lead-${which}`} value="" onChange={({ currentTarget }) => pick(currentTarget.value)}>
        <option value="">{own || (emptyLead(one) ? say('twoNobody') : say('twoThePage'))}</option>
        {which === 'B' && <option value="same">{say('twoCopyOfA')}</option>}
        {others.map((sample, place) => (
          <option key={text(sample.name)} value={place}>
            {text(sample.name)}
          </option>
        ))}
        {!emptyLead(one) && <option value="nobody">{say('twoNobody')}</option>}
      </select>
      <p class="standing">
        <b>{found.value === null ? '–' : number(Math.round(found.value * 10) / 10)}</b>
        <strong class="pill">{labelOf(model, found, words.value)}</strong>
        {found.grade && (
          <span>
            {say('grade')} <strong>{found.grade}</strong>
          </span>
        )}
        {found.stage && <span>{named(model.stages, found.stage, words.value)}</span>}
      </p>
      {flags.map(({ id, reason }) => (
        <p key={id} class="quiet">
          {reason ?? id}
        </p>
      ))}
      {which === 'A' && (
        <button type="button" class="button plain small" onClick={() => (view.value = 'lead')}>
          {say('twoChange')}
        </button>
      )}
    </section>
  );
}

/** @param {Lead} one */
function emptyLead({ facts, events }) {
  return Object.keys(facts).length === 0 && events.length === 0;
}

/**
 * The difference in a sentence, and what speaks for either.
 * @param {{ a: import('leadscore').Score, b: import('leadscore').Score, lines: import('./differences.js').Line[] }} props
 */
function Verdict({ a, b, lines }) {
  const { say, number, list } = words.value;
  const model = /** @type {Record<string, any>} */ (standing.value?.model);
  const step = (a.value ?? 0) - (b.value ?? 0);
  const why = (/** @type {import('leadscore').Score} */ one) => say(one.status);
  const size = number(Math.abs(step));
  const headline =
    a.value === null && b.value === null
      ? say('twoNoNumbers', { why: list([...new Set([why(a), why(b)])]) })
      : a.value === null
        ? say('twoNoNumber', { which: 'A', why: why(a) })
        : b.value === null
          ? say('twoNoNumber', { which: 'B', why: why(b) })
          : size === '0'
            ? say('twoLevel')
            : say('twoAbove', {
                first: step > 0 ? 'A' : 'B',
                second: step > 0 ? 'B' : 'A',
                points: size === '1' ? say('twoPoint') : say('twoPoints', { n: size }),
              });
  const speaksFor = (/** @type {number} */ sign) =>
    lines
      .filter(({ apart }) => apart * sign > 0.005)
      .slice(0, NAMED)
      .map((line) => say('twoItemFor', { name: nameOf(line, model), points: `+${number(Math.abs(line.apart))}` }));
  const both = /** @type {const} */ ([
    ['A', speaksFor(1)],
    ['B', speaksFor(-1)],
  ]);
  const ordered = step < 0 ? [both[1], both[0]] : both;
  return (
    <div class="verdict-of-two" role="status">
      <p class="headline">{headline}</p>
      {ordered.map(([which, items]) =>
        items.length > 0 ? <p key={which}>{say('twoMostly', { which, what: list(items) })}</p> : null,
      )}
    </div>
  );
}
