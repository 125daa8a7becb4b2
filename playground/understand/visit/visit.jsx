/** A simulated visit: a made-up site to click through, time that jumps, and the score that follows. */
import { useMemo, useState } from 'preact/hooks';
import { DAY, days, language, lead, meet, now, standing, view, words } from '../../state.js';
import { learn } from '../../words.js';
import { Pocket } from '../pocket.jsx';
import { actsOf } from './acts.js';
import { replay } from './replay.js';
import { VISIT } from './sentences.js';
import { Site } from './site.jsx';
import { Story } from './story.jsx';
import '../standing.css';
import './visit.css';

learn(VISIT);

const MINUTE = 60_000;

/** How far time can jump at once. */
const JUMPS = /** @type {const} */ ([
  ['visitMinutes', 10 * MINUTE],
  ['visitDay', DAY],
  ['visitDays', 3 * DAY],
  ['visitWeeks', 14 * DAY],
  ['visitMonths', 60 * DAY],
]);

/** Another model is another site, and begins a visit of its own. */
export function VisitView() {
  return <Visit key={String(standing.value?.model.id)} />;
}

function Visit() {
  const { say } = words.value;
  const { model, scorer } = standing.value ?? {};
  const [done, go] = useState(/** @type {import('./replay.js').Done[]} */ ([]));
  const [known, meetAs] = useState(() => scorer?.value({}, { asOf: now }) === null); // some models need to know who it is
  const facts = known ? lead.value.facts : {};
  const acts = useMemo(() => (model ? actsOf(model) : []), [model]);
  const visit = useMemo(
    () => (model && scorer ? replay(scorer, model, facts, now, done, language.value) : null),
    [model, scorer, known && facts, done, language.value],
  );
  if (!model || !visit) return null;

  const clock = done.at(-1)?.at ?? now;
  /** @param {import('./acts.js').Act} act @param {Record<string, any>} properties */
  const act = (act, properties) => {
    const at = clock + MINUTE;
    go([...done, { at, event: { ...properties, id: `step-${done.length}`, type: act.type, at } }]);
  };
  const explain = () => {
    const events = done.flatMap(({ event }) => event ?? []);
    const back = Math.ceil((clock - now) / DAY) * DAY; // whole days, so that limits per day hold
    const earlier = events.map(({ id: _, ...event }) => ({ ...event, at: event.at - back }));
    meet({ name: { en: VISIT.visitName[0], fr: VISIT.visitName[1] }, facts, events: earlier });
    days.value = 0;
    view.value = 'lead';
  };
  return (
    <div class="two build visit-view">
      <div class="column">
        <div class="intro">
          <h1>{say('visitTitle')}</h1>
          <p class="quiet">{say('visitAbout')}</p>
        </div>
        {acts.length === 0 ? (
          <p class="card quiet">{say('visitNoEvents')}</p>
        ) : (
          <Site {...{ acts, model, act, fresh: done.length === 0 }} />
        )}
        <section class="card jumps">
          <h2>{say('visitTime')}</h2>
          <p class="clock">
            <time dateTime={new Date(clock).toISOString()}>{moment(clock)}</time>
          </p>
          <div class="actions">
            {JUMPS.map(([key, time]) => (
              <button
                key={key}
                type="button"
                class="button plain small"
                onClick={() => go([...done, { at: clock + time, event: null }])}
              >
                {say(key)}
              </button>
            ))}
          </div>
        </section>
      </div>
      <div class="column stuck">
        <fieldset class="who">
          <legend class="hidden">{say('visitWho')}</legend>
          <div class="choice">
            {/** @type {const} */ ([
              [false, 'visitNobody'],
              [true, 'visitPage'],
            ]).map(([value, key]) => (
              <label key={key}>
                <input type="radio" name="who" checked={known === value} onChange={() => meetAs(value)} />
                <span>{say(key)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <Story {...{ visit, model, begin: now, back: () => go(done.slice(0, -1)), again: () => go([]), explain }} />
      </div>
      <Pocket found={visit.steps.at(-1)?.score ?? visit.start} />
    </div>
  );
}

/** @param {number} at */
export function moment(at) {
  return new Intl.DateTimeFormat(language.value, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(at);
}
