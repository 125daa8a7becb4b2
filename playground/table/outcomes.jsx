/** What became of the leads, held against the score: whether it foretells who wins, by how much, and what the team can do with it. */
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Icon } from '../icons.jsx';
import { standing, words } from '../state.js';
import { Calibration, Lift } from './charts.jsx';
import { verdictOf } from './judge.js';
import { Capacity } from './capacity.jsx';
import { file, judged, leaks, mapping, outcome, scored } from './many.js';

const VERDICTS = /** @type {const} */ ({
  few: ['verdictFew', 'none'],
  none: ['verdictNone', 'minus'],
  reversed: ['verdictReversed', 'minus'],
  weak: ['verdictWeak', 'middle'],
  some: ['verdictSome', 'middle'],
  good: ['verdictGood', 'best'],
  strong: ['verdictStrong', 'best'],
  perfect: ['verdictPerfect', 'minus'],
});
const SAID = /** @type {Partial<Record<import('./judge.js').Verdict, import('../words.js').Sentence>>} */ ({
  few: 'sayFew',
  none: 'sayNone',
  reversed: 'sayReversed',
  perfect: 'sayPerfect',
});

/** Whether the choice of the column is open, where one was found by itself. */
const choosing = signal(false);

export function Outcomes() {
  const { say } = words.value;
  const { outcomes = [] } = file.value ?? {};
  if (outcomes.length === 0) return null;
  const found = outcome.value && judged.value && scored.value ? { judged: judged.value, bins: scored.value.bins } : null;
  return (
    <section class="card outcomes" aria-labelledby="outcomes-title">
      <h2 id="outcomes-title">{say('outcomes')}</h2>
      <p class="quiet">{say(outcome.value ? 'outcomesAbout' : 'outcomesAsk')}</p>
      <Choice />
      {found && <Verdict found={found.judged} />}
      {found && found.judged.tally.values.length > 0 && (
        <>
          <Leaks />
          <div class="pair">
            <Lift tally={found.judged.tally} />
            <Calibration tally={found.judged.tally} low={found.bins.low} high={found.bins.high} />
          </div>
          <Capacity tally={found.judged.tally} />
        </>
      )}
    </section>
  );
}

/** Which column says what became of a lead, and which of its texts mean won. */
function Choice() {
  const { say, number } = words.value;
  const { header = [], outcomes = [] } = file.value ?? {};
  const chosen = outcome.value;
  const meanings = chosen?.meanings ?? [];
  const open = choosing.value || !['1', '0'].every((means) => meanings.some((one) => String(one.means) === means));
  return (
    <div class="choice-of">
      <label class="field">
        <span>{say('outcomeColumn')}</span>
        <select
          id="outcome"
          value={chosen?.place ?? -1}
          onChange={({ currentTarget }) => {
            outcome.value = outcomes.find(({ place }) => place === Number(currentTarget.value)) ?? null;
            choosing.value = true;
          }}
        >
          <option value={-1}>{say('noOutcome')}</option>
          {outcomes.map(({ place }) => (
            <option key={place} value={place}>
              {header[place]}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <details open={open} onToggle={({ currentTarget }) => (choosing.value = currentTarget.open)}>
          <summary>
            {[1, 0].map((means) => (
              <span key={means}>
                {say('set', { attribute: say(means ? 'wasWon' : 'wasLost'), value: '' })}
                <b>{words.value.list(textsOf(meanings, means)) || '–'}</b>
              </span>
            ))}
          </summary>
          {meanings.map(({ text, count, means }) => (
            <fieldset class="field" key={text}>
              <legend>{say('means', { text, n: number(count) })}</legend>
              <div class="choice">
                {/** @type {const} */ ([
                  [1, 'wasWon'],
                  [0, 'wasLost'],
                  [-1, 'neither'],
                ]).map(([value, key]) => (
                  <label key={key}>
                    <input
                      type="radio"
                      name={`means-${text}`}
                      checked={means === value}
                      onChange={() => {
                        choosing.value = true;
                        outcome.value = {
                          place: chosen.place,
                          meanings: meanings.map((one) => (one.text === text ? { ...one, means: value } : one)),
                        };
                      }}
                    />
                    <span>{say(key)}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
        </details>
      )}
    </div>
  );
}

/** @param {import('./outcome.js').Meaning[]} meanings @param {number} means */
function textsOf(meanings, means) {
  return meanings.filter((one) => one.means === means).map(({ text }) => text);
}

/** @param {{ found: import('./many.js').Judged }} props */
function Verdict({ found: { tally, refused, open } }) {
  const { say, number } = words.value;
  const { verdict, area, sparse } = useMemo(() => verdictOf(tally), [tally]);
  const doubtful = area !== null && area.low > 0.5 && leaking().some(({ used }) => used);
  const [name, tone] = doubtful ? /** @type {const} */ (['verdictDoubt', 'minus']) : VERDICTS[verdict];
  const said = SAID[verdict];
  const inHundred = (/** @type {number} */ share) => number(Math.round(share * 100));
  const sum = (/** @type {Uint32Array} */ counts) => number(counts.reduce((all, one) => all + one, 0));
  return (
    <div class={`judgement ${tone}`} role="status">
      <div class="judgement-head">
        <p class="pill">{say(name)}</p>
        {area && <AreaScale area={area} />}
      </div>
      <div>
        {area && (
          <p>
            <strong>{say('area', { n: inHundred(area.value) })}</strong>{' '}
            {say('areaBetween', { low: inHundred(area.low), high: inHundred(area.high) })}
          </p>
        )}
        {said && <p>{say(said)}</p>}
        {sparse && area && <p>{say('sparse')}</p>}
        <p class="quiet">
          {[
            say('outcomeCounts', { won: sum(tally.won), lost: sum(tally.lost) }),
            open > 0 && say('outcomeOpen', { n: number(open) }),
            refused.won + refused.lost > 0 &&
              say('outcomeRefused', { won: number(refused.won), lost: number(refused.lost) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      </div>
    </div>
  );
}

/** Where the score lies between always wrong, chance and always right. @param {{ area: import('./judge.js').Estimate }} props */
function AreaScale({ area: { value, low, high } }) {
  return (
    <div class="area-scale" aria-hidden="true" style={{ '--low': low, '--high': high, '--at': value }}>
      <i />
      <b />
      <span>0</span>
      <span>50</span>
      <span>100</span>
    </div>
  );
}

/** Columns that tell won from lost all by themselves, those that the model uses first. */
function leaking() {
  const { attributes, tests, ...rules } = standing.value?.model ?? {};
  const said = JSON.stringify(rules); // an attribute that no rule reads does no harm
  const used = new Set(
    Object.entries(mapping.value).flatMap(([path, place]) => (said.includes(JSON.stringify(path)) ? [place] : [])),
  );
  return leaks.value
    .map((one) => ({ ...one, used: used.has(one.place) }))
    .sort((a, b) => Number(b.used) - Number(a.used) || b.area - a.area);
}

function Leaks() {
  const { say, number } = words.value;
  return (
    <ul class="leaks">
      {leaking().map(({ place, area, used }) => (
        <li key={place} class={`notice ${used ? 'bad' : ''}`}>
          <Icon name="warn" />
          <span>
            {say(used ? 'leakUsed' : 'leakUnused', {
              column: file.value?.header[place] ?? '',
              n: number(Math.round(area * 100)),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
