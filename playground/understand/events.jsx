/** The events of a lead: one row for each type that the model declares, with buttons to add and take back. */
import { useState } from 'preact/hooks';
import { asOf, lead, meet, words } from '../state.js';
import { Fact } from './facts.jsx';

/** @param {{ type: string, declared: { label?: unknown, properties?: Record<string, any> } }} props */
export function EventRow({ type, declared }) {
  const { say, text, day } = words.value;
  const [properties, fill] = useState(/** @type {Record<string, any>} */ ({}));
  const { events } = lead.value;
  const done = events.filter((event) => event.type === type);
  const name = text(declared?.label, type);

  const add = () => {
    const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    meet({ ...lead.value, events: [...events, { ...known, type, at: asOf.value }] });
  };
  const takeBack = () => {
    const last = events.findLastIndex((event) => event.type === type);
    meet({ ...lead.value, events: events.filter((_, place) => place !== last) });
  };
  return (
    <li class={done.length > 0 ? 'done' : ''}>
      <span class="event">
        {name}
        {done.length > 0 && <small>{say('lastTime', { when: day(Math.max(...done.map(({ at }) => at))) })}</small>}
      </span>
      <span class="stepper">
        <button
          type="button"
          aria-label={`${name}: ${say('less')}`}
          data-event={`less:${type}`}
          aria-disabled={done.length === 0}
          onClick={() => done.length > 0 && takeBack()}
        >
          −
        </button>
        <output>{done.length}</output>
        <button type="button" aria-label={`${name}: ${say('more')}`} data-event={`more:${type}`} onClick={add}>
          +
        </button>
      </span>
      {Object.entries(declared?.properties ?? {}).map(([path, attribute]) => (
        <Fact
          key={path}
          id={`event-${type}-${path}`}
          attribute={attribute}
          name={text(attribute.label, path)}
          value={properties[path]}
          change={(value) => fill({ ...properties, [path]: value })}
        />
      ))}
    </li>
  );
}
