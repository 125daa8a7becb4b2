/** Where the points come from, each bar beginning where the one before ended, with what was lost on the way. */
import { score, standing, words } from '../state.js';
import { groupsOf, listOf, named, rulesOf } from './names.js';

export function Waterfall() {
  const { say, signed, number, list, text } = words.value;
  const found = score.value;
  const model = standing.value?.model;
  if (!found || !model) return null;
  const rules = new Map(rulesOf(model).map((rule) => [rule?.id, rule]));
  let level = 0;
  const steps = found.contributions.map(({ rule, dimension, value, points, gross, lost, count }) => {
    const share = points === 0 ? 1 : value / points; // from points of the rule to points of the total
    const counted = share !== 0 || points === 0;
    const causes = /** @type {const} */ (['limit', 'decay', 'cap']).filter((cause) => lost[cause] * share > 0.005);
    const gone = causes.reduce((sum, cause) => sum + lost[cause] * share, 0);
    const start = level;
    level += value;
    return {
      id: `rule:${rule}`,
      name: text(rules.get(rule)?.label, rule),
      start,
      end: level,
      value,
      gone,
      reach: start + (counted ? value + gone : 0),
      causes,
      count,
      kind: value < 0 ? 'minus' : 'plus',
      apart: counted
        ? ''
        : say('elsewhere', { points: signed(points), what: named(model.dimensions, dimension, words.value) }),
    };
  });
  for (const { on, id, kind, value } of found.adjustments) {
    const what =
      on === 'total'
        ? say('total')
        : named(on === 'group' ? groupsOf(model) : listOf(model.dimensions), id, words.value);
    const start = level;
    level += value;
    steps.push({
      id: `${kind}:${on}:${id}`,
      name: say('adjusted', { kind: say(kind), what }),
      start,
      end: level,
      value,
      gone: 0,
      reach: level,
      causes: [],
      count: 1,
      kind: 'cut',
      apart: '',
    });
  }
  if (steps.length === 0) return <p class="quiet">{say('noPoints')}</p>;
  const lowest = Math.min(0, ...steps.flatMap(({ end, reach }) => [end, reach]));
  const highest = Math.max(1, ...steps.flatMap(({ end, reach }) => [end, reach]));
  const place = (/** @type {number} */ at) => (at - lowest) / (highest - lowest);
  const span = (/** @type {number} */ a, /** @type {number} */ b) => ({
    '--at': place(Math.min(a, b)),
    '--wide': Math.abs(place(a) - place(b)),
  });
  return (
    <>
      <p class="quiet">{say('whyAbout')}</p>
      <ol class="waterfall">
        {steps.map(({ id, name, start, end, value, gone, reach, causes, count, kind, apart }) => (
          <li key={id} class={apart ? 'apart' : kind}>
            <span class="what">
              {count > 1 && <b>{say('times', { n: count })} </b>}
              {name}
            </span>
            <span class="lane" aria-hidden="true">
              {gone > 0.005 && <i class="gone" style={span(end, reach)} />}
              <i class="given" style={span(start, end)} />
            </span>
            <span class="amount">{apart ? '' : signed(value)}</span>
            {(apart || gone > 0.005) && (
              <small>
                {apart || say('lost', { points: number(gone), causes: list(causes.map((cause) => say(cause))) })}
              </small>
            )}
          </li>
        ))}
        {found.value !== null && (
          <li class="sum">
            <span class="what">{say('totalLine')}</span>
            <span class="lane" aria-hidden="true">
              <i class="given" style={span(0, level)} />
            </span>
            <span class="amount">{number(found.value)}</span>
          </li>
        )}
      </ol>
    </>
  );
}
