/** The tests of a model: leads and the results they must give. The engine runs them with every change; here is what it found. */
import { Icon } from '../icons.jsx';
import { asOf, days, edit, issues, lead, meet, model, now, placeOf, score, sound, standing, view, words } from '../state.js';
import { Fact } from '../understand/facts.jsx';
import { factAt, listOf, withFact } from '../understand/names.js';
import { gradesOf } from './conditions.js';
import { ChoiceField, Field, NumberField, PlainField, idOf } from './fields.jsx';
import { Items } from './items.jsx';
import { Lines } from './lines.jsx';

/** @typedef {import('../state.js').Path} Path */

const STATUSES = /** @type {const} */ (['scored', 'disqualified', 'excluded', 'insufficient_data']);
const CALLED = /** @type {Record<string, import('../words.js').Sentence>} */ ({
  status: 'statusOf',
  value: 'scoreOf',
  'labels.total': 'labelOf',
  grade: 'grade',
  stage: 'stage',
  'route.id': 'route',
});
/** What the form asks of a result; the rest of what is expected stays as it is. */
const ASKED = new Set(['status', 'value', 'labels', 'grade', 'stage', 'route']);

/** What the engine says of one test. @param {number} place */
function failures(place) {
  return issues.value.filter(({ severity, path }) => severity === 'error' && path.startsWith(`tests[${place}]`));
}

export function Tests() {
  const { say, text, number } = words.value;
  const tests = listOf(model.value.tests);
  const failed = tests.filter((_, place) => failures(place).length > 0).length;
  const add = () => {
    const name = text(lead.value.name) || say('testNumber', { n: tests.length + 1 });
    edit(['tests'], [...tests, { name, ...asTest(), expect: found() }]);
  };
  return (
    <div class="model-tests">
      <p class={`in-step ${failed > 0 ? 'bad' : ''}`} role="status">
        {tests.length > 0 && sound.value && <Icon name={failed > 0 ? 'warn' : 'done'} />}
        {tests.length === 0
          ? say('noneYet')
          : !sound.value
            ? say('testsWait')
            : failed > 0
              ? say('testsFail', { n: number(failed), all: number(tests.length) })
              : say('testsPass', { all: number(tests.length) })}
      </p>
      {score.value && (
        <button type="button" class="button small" id="add-test" onClick={add}>
          <Icon name="plus" />
          {say('testAdd')}
        </button>
      )}
      <Items
        path={['tests']}
        title={(test, place) => test?.name || say('testNumber', { n: Number(place) + 1 })}
        sentence={(test, path) => sentence(test, Number(path.at(-1)))}
        aside={(_, path) => <Verdict place={Number(path.at(-1))} />}
        make={() => ({ name: say('testNumber', { n: tests.length + 1 }), facts: {}, expect: { status: 'scored' } })}
        newName={say('newTest')}
      >
        {(test, path) => <Test test={test} path={path} />}
      </Items>
    </div>
  );
}

/** What failed, or else what is expected. @param {any} test @param {number} place */
function sentence(test, place) {
  const { say } = words.value;
  const [first] = failures(place);
  if (first && sound.value) return told(first, place);
  const { value, status, stage, grade, labels } = test?.expect ?? {};
  const asked = Object.entries({ status, value, 'labels.total': labels?.total, grade, stage });
  const parts = asked.filter(([, one]) => one !== undefined && one !== null).map(([key, one]) => named(key, one));
  return say('testExpects', { what: parts.join(', ') || '–' });
}

/** A part of a result as people know it. @param {string} key @param {unknown} value @returns {string} */
function named(key, value) {
  const { say, has, text, value: shown } = words.value;
  const things = { 'labels.total': model.value.total?.labels, stage: model.value.stages, 'route.id': model.value.routes }[key];
  const thing = listOf(things).find((one) => one?.id === value);
  if (thing) return text(thing.label ?? thing.text, thing.id);
  return key === 'status' && has(String(value)) ? say(/** @type {any} */ (value)) : shown(value);
}

/** @param {import('leadscore').Issue} issue @param {number} place */
function told({ path, message }, place) {
  const { say } = words.value;
  const [, expected, got] = /^expected (.+?), found (.+?)(?: in test `.*`)?$/.exec(message) ?? [];
  const what = path.replace(`tests[${place}].`, '').replace(/^expect\./, '');
  if (got === undefined || what === 'asOf') return message;
  const read = (/** @type {string} */ one) => {
    const plain = one.replaceAll('`', '');
    try {
      return named(what, JSON.parse(plain));
    } catch {
      return plain;
    }
  };
  return say('testFound', { what: CALLED[what] ? say(CALLED[what]) : what, expected: read(expected), found: read(got) });
}

/** @param {{ place: number }} props */
function Verdict({ place }) {
  const { say } = words.value;
  if (!sound.value) return null;
  const bad = failures(place).length > 0;
  return (
    <span class={`aside verdict-of ${bad ? 'bad' : ''}`}>
      <Icon name={bad ? 'close' : 'done'} />
      {say(bad ? 'testFails' : 'testPasses')}
    </span>
  );
}

/** @param {{ test: any, path: Path }} props */
function Test({ test, path }) {
  const { say, text } = words.value;
  const at = (/** @type {(string | number)[]} */ ...more) => [...path, ...more];
  const place = Number(path.at(-1));
  const bad = sound.value ? failures(place) : [];
  const types = Object.keys(model.value.events ?? {});
  const rest = Object.entries(test?.expect ?? {}).filter(([key]) => !ASKED.has(key));
  const choices = (/** @type {any} */ things) => [
    /** @type {const} */ (['', say('testAny')]),
    ...listOf(things).map((one) => /** @type {const} */ ([String(one?.id), text(one?.label ?? one?.text, one?.id)])),
  ];
  const accept = () => edit(at('expect'), resultOf(test));
  return (
    <>
      {bad.map((issue) => (
        <p class="flag" key={issue.path}>
          <Icon name="warn" />
          {told(issue, place)}
        </p>
      ))}
      <div class="grid">
        <PlainField path={at('name')} name="testName" about="testNameAbout" />
        <Field path={at('asOf')} name="asOf" about="asOfAbout">
          <Moment path={at('asOf')} id={idOf(at('asOf'))} />
        </Field>
      </div>
      <h3 class="inner">{say('testExpected')}</h3>
      <div class="grid">
        <NumberField path={at('expect', 'value')} name="scoreOf" about="scoreOfAbout" otherwise={say('testAny')} />
        {listOf(model.value.total?.labels).length > 0 && (
          <ChoiceField path={at('expect', 'labels', 'total')} name="labelOf" about="labelOfAbout" options={choices(model.value.total.labels)} />
        )}
        {gradesOf(model.value).length > 0 && (
          <ChoiceField
            path={at('expect', 'grade')}
            name="grade"
            about="gradeOfAbout"
            options={[['', say('testAny')], ...gradesOf(model.value).map((one) => /** @type {const} */ ([one, one]))]}
          />
        )}
        {listOf(model.value.stages).length > 0 && (
          <ChoiceField path={at('expect', 'stage')} name="stage" about="stageOfAbout" options={choices(model.value.stages)} />
        )}
        {listOf(model.value.routes).length > 0 && (
          <ChoiceField path={at('expect', 'route', 'id')} name="route" about="routeOfAbout" options={choices(model.value.routes)} />
        )}
        <ChoiceField
          path={at('expect', 'status')}
          name="statusOf"
          about="statusOfAbout"
          options={[['', say('testAny')], ...STATUSES.map((one) => /** @type {const} */ ([one, say(one)]))]}
        />
      </div>
      {rest.length > 0 && (
        <p class="quiet">
          {say('testRest')} <code>{JSON.stringify(Object.fromEntries(rest))}</code>
        </p>
      )}
      <h3 class="inner">{say('facts')}</h3>
      <div class="facts">
        {Object.entries(model.value.attributes ?? {}).map(([name, attribute]) => (
          <Fact
            key={name}
            id={`${idOf(at('facts'))}.${name}`}
            attribute={attribute}
            name={text(attribute?.label, name)}
            value={factAt(test?.facts ?? {}, name)}
            change={(next) => edit(at('facts'), withFact(test?.facts ?? {}, name, next))}
          />
        ))}
      </div>
      {types.length > 0 && (
        <Lines
          path={at('events')}
          name="events"
          about="testEventsAbout"
          newName={say('newEventOf')}
          make={() => ({ type: types[0], at: isoOf(test?.asOf ? dateOf(test.asOf) : now) })}
          end
        >
          {(event, here, title) => (
            <>
              <select
                aria-label={`${title}: ${say('what')}`}
                value={event?.type}
                onChange={({ currentTarget }) => edit([...here, 'type'], currentTarget.value)}
              >
                {[...new Set([...types, event?.type])].map((type) => (
                  <option key={type} value={type}>
                    {text(model.value.events?.[type]?.label, type)}
                  </option>
                ))}
              </select>
              <Moment path={[...here, 'at']} id={idOf([...here, 'at'])} label={`${title}: ${say('momentOf')}`} needed />
              {Object.entries(model.value.events?.[event?.type]?.properties ?? {}).map(([name, property]) => (
                <Fact
                  key={name}
                  id={`${idOf(here)}.${name}`}
                  attribute={/** @type {any} */ (property)}
                  name={text(/** @type {any} */ (property)?.label, name)}
                  value={factAt(event, name)}
                  change={(next) => edit(here, withFact(event, name, next))}
                />
              ))}
            </>
          )}
        </Lines>
      )}
      <div class="actions">
        <button type="button" class="button plain small" onClick={() => show(test)}>
          {say('testShow')}
        </button>
        <button type="button" class="button plain small" onClick={() => edit(path, { ...test, ...asTest() })}>
          {say('testReplace')}
        </button>
        {bad.length > 0 && (
          <button type="button" class="button plain small" onClick={accept}>
            {say('testAccept')}
          </button>
        )}
      </div>
    </>
  );
}

/** An instant of the model, in UTC as the engine counts. @param {{ path: Path, id: string, label?: string, needed?: boolean }} props */
function Moment({ path, id, label, needed = false }) {
  const at = dateOf(placeOf(model.value, path));
  return (
    <input
      type="datetime-local"
      id={id}
      aria-label={label}
      aria-describedby={label ? undefined : `${id}-about`}
      value={Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16) : ''}
      onChange={({ currentTarget: { value } }) => (value || !needed) && edit(path, value ? `${value}:00Z` : undefined)}
    />
  );
}

/** The lead on the page, as a test writes it. */
function asTest() {
  const { facts, events } = lead.value;
  return {
    facts,
    ...(events.length > 0 && { events: events.map(({ at, ...event }) => ({ ...event, at: isoOf(at) })) }),
    asOf: isoOf(asOf.value),
  };
}

/** What the lead on the page is found to be, as far as the form asks. */
function found() {
  return expectation(/** @type {import('leadscore').Score} */ (score.value));
}

/** @param {import('leadscore').Score} result */
function expectation({ status, value, labels, grade, stage, route }) {
  return {
    status,
    ...(value !== null && { value }),
    ...(labels.total && { labels: { total: labels.total } }),
    ...(grade !== null && { grade }),
    ...(stage !== null && { stage }),
    ...(route && { route: { id: route.id } }),
  };
}

/** What a test finds, in the shape of what it expects. @param {any} test */
function resultOf({ facts = {}, events, asOf: at, previous, consent, expect }) {
  const result = standing.value?.scorer.score(facts, { events, asOf: at, previous, consent });
  /** @param {any} wanted @param {any} got @returns {any} */
  const alike = (wanted, got) => {
    if ([wanted, got].some((one) => typeof one !== 'object' || one === null || Array.isArray(one))) return got;
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, alike(wanted[key], got[key])]));
  };
  return alike(expect ?? {}, result);
}

/** Puts the lead of a test on the page, as far back from now as it is from its own instant. @param {any} test */
function show({ name, facts = {}, events = [], asOf: at }) {
  const later = at === undefined ? 0 : now - dateOf(at);
  meet({ name, facts, events: events.map((/** @type {any} */ one) => ({ ...one, at: dateOf(one.at) + later })) });
  days.value = 0;
  view.value = 'lead';
}

/** @param {unknown} instant of a model: without an offset it is in UTC */
function dateOf(instant) {
  if (typeof instant === 'number') return instant;
  const text = String(instant ?? '');
  return Date.parse(/T\d/i.test(text) && !/(z|[+-]\d{2}:?\d{2})$/i.test(text) ? `${text}Z` : text);
}

/** @param {number} at */
function isoOf(at) {
  return new Date(at).toISOString();
}
