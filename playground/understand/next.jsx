/** The smallest changes that reach the next label or stage; each can be tried at once. */
import { useEffect, useState } from 'preact/hooks';
import { asOf, lead, meet, score, standing, words } from '../state.js';
import { listOf, named, withFact } from './names.js';

export function Next() {
  const { say, text, value: called, number } = words.value;
  const [sets, show] = useState(/** @type {import('leadscore').Counterfactual[]} */ ([]));
  const { model, scorer } = standing.value ?? {};
  const person = lead.value;
  useEffect(() => {
    const waiting = setTimeout(() => {
      if (scorer)
        show(
          scorer.score(person.facts, { events: person.events, asOf: asOf.value, counterfactuals: true })
            .counterfactuals ?? [],
        );
    }, 150); // until the hand rests: it takes longer than a score
    return () => clearTimeout(waiting);
  }, [scorer, person, asOf.value]);
  const found = score.value;
  if (!found || !model) return null;
  if (sets.length === 0) {
    const highest =
      found.labels.total === listOf(model.total?.labels)[0]?.id &&
      found.stage === (listOf(model.stages).at(-1)?.id ?? null);
    return <p class="quiet">{say(highest ? 'top' : 'noChange')}</p>;
  }
  const attempt = (/** @type {import('leadscore').Change[]} */ changes) => {
    let { facts, events } = person;
    for (const change of changes) {
      if ('attribute' in change) facts = withFact(facts, change.attribute, change.to);
      else
        events = [
          ...events,
          ...Array.from({ length: change.times }, () => ({ ...change.with, type: change.event, at: asOf.value })),
        ];
    }
    meet({ ...person, facts, events });
  };
  return (
    <ul class="goals">
      {sets.slice(0, 3).map(({ reaches, changes, value }, place) => {
        const goal =
          'label' in reaches
            ? named(model.total?.labels, reaches.label, words.value)
            : named(model.stages, reaches.stage, words.value);
        return (
          <li key={place}>
            <p>
              <strong>{say('reaches', { what: goal })}</strong> <small>{say('nowAt', { value: number(value) })}</small>
            </p>
            <ul>
              {changes.map((change, at) => {
                if (!('attribute' in change))
                  return (
                    <li key={at}>
                      {change.times > 1 && <b>{say('times', { n: change.times })} </b>}
                      {text(model.events?.[change.event]?.label, change.event)}
                    </li>
                  );
                const { label, unit } = model.attributes?.[change.attribute] ?? {};
                return (
                  <li key={at}>
                    {say('set', {
                      attribute: text(label, change.attribute),
                      value: `${called(change.to)}${unit ? ` ${called(unit)}` : ''}`,
                    })}
                  </li>
                );
              })}
            </ul>
            <button type="button" class="button plain small" onClick={() => attempt(changes)}>
              {say('tryIt')}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
