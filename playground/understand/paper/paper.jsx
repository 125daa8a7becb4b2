/** The score explained on paper, for a person who asks: whose it is, what data, the score, its reasons, what is missing. */
import { useSignal } from '@preact/signals';
import { Icon } from '../../icons.jsx';
import { asOf, lead, score, standing, words } from '../../state.js';
import { learn } from '../../words.js';
import { factAt, labelOf, listOf, named, scale, turns } from '../names.js';
import { Waterfall } from '../waterfall.jsx';
import { PAPER } from './sentences.js';
import './paper.css';

learn(PAPER);

export function PaperView() {
  const { say, text } = words.value;
  const person = useSignal(text(lead.value.name));
  const from = useSignal('');
  const remark = useSignal('');
  const fields = /** @type {const} */ ([
    ['paperPerson', person],
    ['paperFrom', from],
  ]);
  return (
    <div class="paper-view">
      <div class="paper-form">
        <div class="intro">
          <h1>{say('paperHow')}</h1>
          <p class="quiet">{say('paperAbout')}</p>
        </div>
        {fields.map(([key, held]) => (
          <label key={key} class="field">
            <span>{say(key)}</span>
            <input value={held.value} autoComplete="off" onInput={({ currentTarget }) => (held.value = currentTarget.value)} />
          </label>
        ))}
        <label class="field">
          <span>{say('paperRemark')}</span>
          <textarea rows={4} value={remark.value} onInput={({ currentTarget }) => (remark.value = currentTarget.value)} />
        </label>
        <button type="button" class="button" onClick={() => print()}>
          <Icon name="file" />
          {say('paperPrint')}
        </button>
      </div>
      <Paper person={person.value} from={from.value} remark={remark.value} />
    </div>
  );
}

/** @param {{ person: string, from: string, remark: string }} props */
function Paper({ person, from, remark }) {
  const { say, text, number, date, list } = words.value;
  const found = score.value;
  const { model } = standing.value ?? {};
  if (!found || !model) return null;
  const { to, marks } = scale(model, words.value);
  const { next, bounds } = found;
  const name = text(model.name, String(model.id));
  const flags = [...found.exclusions, ...found.disqualifiers, ...found.overrides].filter((flag) => !('answer' in flag) || flag.answer);
  const missing = found.missing.map((path) => text(model.attributes?.[path]?.label, path));
  const labels = listOf(model.total?.labels).map(({ id, from: least }) =>
    typeof least === 'number'
      ? say('paperThreshold', { label: named(model.total.labels, id, words.value), from: number(least) })
      : say('paperBelow', { label: named(model.total.labels, id, words.value) }),
  );
  const span = bounds && { lowest: number(bounds.lowest), highest: number(bounds.highest) };
  const changes = next ? turns(model, found, next, words.value) : [];
  return (
    <article class="paper" aria-labelledby="paper-title">
      <h2 id="paper-title">{say('paperTitle')}</h2>
      <p class="opening">{say('paperLead')}</p>
      <dl class="who-what">
        {person && <Entry name={say('paperPerson')}>{person}</Entry>}
        {from && <Entry name={say('paperFrom')}>{from}</Entry>}
        <Entry name={say('paperOn')}>{date(asOf.value)}</Entry>
        <Entry name={say('paperModel')}>
          {model.version ? say('paperVersion', { name, version: String(model.version) }) : name}
        </Entry>
      </dl>

      <section>
        <h3>{say('paperScore')}</h3>
        {found.value === null ? (
          <p class="number">{say('paperNone', { why: labelOf(model, found, words.value) })}</p>
        ) : (
          <p class="number">
            {say('paperOf', { value: number(found.value), most: number(to) })}
            {', '}
            <strong>{labelOf(model, found, words.value)}</strong>
          </p>
        )}
        <dl>
          {found.grade && <Entry name={say('grade')}>{found.grade}</Entry>}
          {found.stage && <Entry name={say('stage')}>{named(model.stages, found.stage, words.value)}</Entry>}
          {found.route?.text && <Entry name={say('route')}>{found.route.text}</Entry>}
          {flags.length > 0 && <Entry name={say('paperFlag')}>{list(flags.map(({ id, reason }) => reason ?? id))}</Entry>}
          {marks.length > 0 && <Entry name={say('paperMeans')}>{list(labels)}</Entry>}
        </dl>
      </section>

      <section>
        <h3>{say('paperData')}</h3>
        <Facts />
        <Done />
      </section>

      <section>
        <h3>{say('paperWhy')}</h3>
        <p>{say('paperRules')}</p>
        <Waterfall />
      </section>

      <section>
        <h3>{say('paperMissing')}</h3>
        <p>
          {missing.length === 0 ? say('complete') : say('paperMissingAbout', { what: list(missing) })}{' '}
          {missing.length > 0 && span && say(bounds.highest > bounds.lowest ? (bounds.exact ? 'between' : 'about') : 'stays', span)}
        </p>
      </section>

      <section>
        <h3>{say('paperTime')}</h3>
        <p>{next && changes.length > 0 ? say('paperNext', { when: date(next.at), what: list(changes) }) : say('paperNoNext')}</p>
      </section>

      {remark.trim() && (
        <section>
          <h3>{say('paperRemarks')}</h3>
          <p class="remark">{remark}</p>
        </section>
      )}
      <p class="end">{say('paperEnd')}</p>
    </article>
  );
}

/** @param {{ name: string, children: any }} props */
function Entry({ name, children }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is known of the lead, by the names of the model; what the model does not ask about is not used. */
function Facts() {
  const { say, text, value: called } = words.value;
  const known = Object.entries(standing.value?.model.attributes ?? {}).flatMap(([path, { label, unit }]) => {
    const fact = factAt(lead.value.facts, path);
    return fact === undefined || fact === null ? [] : [{ path, name: text(label, path), fact, unit }];
  });
  if (known.length === 0) return <p>{say('paperNoFacts')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('paperFact')}</th>
          <th scope="col">{say('paperValue')}</th>
        </tr>
      </thead>
      <tbody>
        {known.map(({ path, name, fact, unit }) => (
          <tr key={path}>
            <th scope="row">{name}</th>
            <td>{unit ? `${called(fact)} ${called(unit)}` : called(fact)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the lead did until the day that is looked at, in its order. */
function Done() {
  const { say, text, date, value: called } = words.value;
  const model = standing.value?.model;
  const events = lead.value.events.filter(({ at }) => at <= asOf.value).sort((a, b) => a.at - b.at);
  if (events.length === 0) return <p>{say('paperNothing')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('paperDone')}</th>
          <th scope="col">{say('paperWhen')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ type, at, ...event }, place) => {
          const { label, properties = {} } = model?.events?.[type] ?? {};
          const more = Object.entries(/** @type {Record<string, any>} */ (properties)).flatMap(([path, { label: what, unit }]) => {
            const held = factAt(event, path);
            if (held === undefined) return [];
            const shown = unit ? `${called(held)} ${called(unit)}` : called(held);
            return [say('set', { attribute: text(what, path), value: shown })];
          });
          return (
            <tr key={place}>
              <th scope="row">{[text(label, type), ...more].join(', ')}</th>
              <td>
                <time dateTime={new Date(at).toISOString()}>{date(at)}</time>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
