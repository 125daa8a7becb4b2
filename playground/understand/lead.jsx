/** One lead: who they are and what they did on one side, what the model makes of it on the other. */
import { useEffect, useState } from 'preact/hooks';
import { days, lead, meet, model, score, standing, story, words } from '../state.js';
import { leadsOf } from '../stories.js';
import { EventRow } from './events.jsx';
import { Fact } from './facts.jsx';
import { Matrix } from './matrix.jsx';
import { factAt, withFact } from './names.js';
import { Next } from './next.jsx';
import { Pocket } from './pocket.jsx';
import { Summary } from './summary.jsx';
import { Time } from './time.jsx';
import { Unknown } from './unknown.jsx';
import { Waterfall } from './waterfall.jsx';

export function LeadView() {
  const { say, text } = words.value;
  const { facts } = lead.value;
  const attributes = Object.entries(standing.value?.model.attributes ?? {});
  const events = Object.entries(standing.value?.model.events ?? {});
  return (
    <div class="two">
      <section class="column" aria-labelledby="lead-title">
        <div class="intro">
          <h1 id="lead-title">{say('viewLead')}</h1>
          <p class="quiet">{text(model.value.description)}</p>
        </div>
        <Samples />
        <div class="card">
          <h2>{say('facts')}</h2>
          {attributes.length === 0 && <p class="quiet">{say('noAttributes')}</p>}
          <form class="facts" onSubmit={(event) => event.preventDefault()}>
            {attributes.map(([path, attribute]) => (
              <Fact
                key={path}
                id={`fact-${path}`}
                attribute={attribute}
                name={text(attribute.label, path)}
                value={factAt(facts, path)}
                change={(value) => meet({ ...lead.value, facts: withFact(lead.value.facts, path, value) }, path)}
              />
            ))}
          </form>
        </div>
        <div class="card">
          <h2>{say('events')}</h2>
          <p class="quiet">{say(events.length === 0 ? 'noEvents' : 'eventsAbout')}</p>
          <ul class="events">
            {events.map(([type, declared]) => (
              <EventRow key={type} type={type} declared={declared} />
            ))}
          </ul>
        </div>
      </section>
      <div class="column">
        <Summary />
        <section class="card">
          <h2>{say('why')}</h2>
          <Waterfall />
        </section>
        <section class="card">
          <h2>{say('time')}</h2>
          <Time />
        </section>
        <div class="pair">
          <section class="card">
            <h2>{say('unknown')}</h2>
            <Unknown />
          </section>
          <section class="card">
            <h2>{say('next')}</h2>
            <Next />
          </section>
        </div>
        {score.value && standing.value?.model.grade?.matrix && (
          <section class="card">
            <h2>{say('matrix')}</h2>
            <Matrix labels={score.value.labels} />
          </section>
        )}
      </div>
      <Pocket />
    </div>
  );
}

/** The leads that come with a story. */
export function Samples() {
  const { say, text } = words.value;
  const [leads, show] = useState(/** @type {import('../state.js').Lead[]} */ ([]));
  useEffect(() => {
    if (story.value) leadsOf(story.value).then(show);
    else show([]);
  }, [story.value]);
  const current = text(lead.value.name);
  const take = (/** @type {import('../state.js').Lead} */ next) => {
    meet(next);
    days.value = 0;
  };
  return (
    <div class="samples" role="group" aria-label={say('leads')}>
      {leads.map((one) => (
        <button
          key={text(one.name)}
          type="button"
          class="chip"
          aria-pressed={text(one.name) === current}
          onClick={() => take(one)}
        >
          {text(one.name)}
        </button>
      ))}
      <button type="button" class="chip" id="clear" onClick={() => take({ facts: {}, events: [] })}>
        {say('clear')}
      </button>
    </div>
  );
}
