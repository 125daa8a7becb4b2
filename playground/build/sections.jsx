/** The parts of a model beside its rules: facts, events, total, grade, stages, flags, exceptions, next steps. */
import { edit, lead, model, take, words } from '../state.js';
import { factAt, listOf, withFact } from '../understand/names.js';
import { Condition } from './condition.jsx';
import { eventSubjects, factSubjects, gradesOf, resultSubjects, told } from './conditions.js';
import { ChoiceField, Field, NumberField, PlainField, Several, TextField, ToggleField, idOf } from './fields.jsx';
import { Items, freeId } from './items.jsx';
import { Thresholds } from './lines.jsx';
import { TYPES } from './types.js';

/** @typedef {import('../state.js').Path} Path */

export function Attributes() {
  const now = words.value;
  const { say, text } = now;
  return (
    <Items
      path={['attributes']}
      title={(attribute, path) => text(attribute?.label, String(path))}
      sentence={(attribute) =>
        `${say(TYPES.find(([type]) => type === attribute?.type)?.[1] ?? 'typeText')}${attribute?.values ? ` (${attribute.values.map(now.value).join(', ')})` : ''}`
      }
      make={(taken) => ({
        key: freeId(taken, 'lead.answer'),
        value: { type: 'text', label: { en: 'New answer', fr: 'Nouvelle réponse' } },
      })}
      newName={say('newAttribute')}
    >
      {(attribute, path) => <Answer path={path} type={attribute?.type} known />}
    </Items>
  );
}

/** What an attribute, or a property of an event, can be. @param {{ path: Path, type: string, known?: boolean }} props */
function Answer({ path, type, known = false }) {
  const { say } = words.value;
  const numeric = type === 'number' || type === 'integer';
  const at = (/** @type {string} */ key) => [...path, key];
  const retype = (/** @type {string} */ next) => {
    const { label, required } = model.value[path[0]]?.[path[1]] ?? {};
    edit(path, { type: next, ...(label !== undefined && { label }), ...(required && { required }) });
  };
  return (
    <div class="grid">
      <TextField path={at('label')} name="name" about="nameAbout" otherwise={String(path.at(-1))} />
      {known && <Rename path={path} />}
      <ChoiceField
        path={at('type')}
        name="type"
        about="typeAbout"
        options={TYPES.map(([value, key]) => /** @type {const} */ ([value, say(key)]))}
        choose={retype}
      />
      {(type === 'text' || type === 'list') && (
        <PlainField path={at('values')} name="values" about="valuesAbout" list />
      )}
      {numeric && <NumberField path={at('min')} name="min" about="minAbout" />}
      {numeric && <NumberField path={at('max')} name="max" about="maxAbout" />}
      {numeric && <PlainField path={at('unit')} name="unit" about="unitAbout" />}
      {known && <ToggleField path={at('required')} name="required" about="requiredAbout" />}
    </div>
  );
}

/** The path of an attribute; whatever reads it follows. @param {{ path: Path }} props */
function Rename({ path }) {
  const old = String(path[1]);
  const rename = (/** @type {string} */ next) => {
    if (next === old || next === '' || model.value.attributes[next]) return;
    /** @param {any} part @returns {any} */
    const follow = (part) => {
      if (Array.isArray(part)) return part.map(follow);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(
        Object.entries(part).map(([key, inner]) => [
          key === old ? next : key === `facts.${old}` ? `facts.${next}` : key,
          key === 'attribute' && inner === old ? next : follow(inner),
        ]),
      );
    };
    const { facts } = lead.value;
    const { tests, ...rest } = model.value;
    take({
      model: { ...follow(rest), ...(tests && { tests }) },
      lead: { ...lead.value, facts: withFact(withFact(facts, next, factAt(facts, old)), old, undefined) },
    });
  };
  return (
    <Field path={[...path, 'path']} name="path" about="pathAbout">
      <input
        id={idOf([...path, 'path'])}
        value={old}
        spellcheck={false}
        onChange={({ currentTarget }) => rename(currentTarget.value.trim())}
      />
    </Field>
  );
}

export function Events() {
  const { say, text } = words.value;
  return (
    <Items
      path={['events']}
      title={(event, type) => text(event?.label, String(type))}
      sentence={(event) =>
        Object.entries(event?.properties ?? {})
          .map(([path, property]) => text(/** @type {any} */ (property).label, path))
          .join(', ')
      }
      make={(taken) => ({
        key: freeId(taken, 'event_'),
        value: { label: { en: 'New event', fr: 'Nouvel événement' } },
      })}
      newName={say('newEvent')}
    >
      {(_, path) => (
        <div class="grid">
          <TextField path={[...path, 'label']} name="name" about="nameAbout" otherwise={String(path[1])} />
        </div>
      )}
    </Items>
  );
}

export function Total() {
  const { say } = words.value;
  return (
    <>
      <div class="grid">
        <ChoiceField
          path={['total', 'combine']}
          name="combine"
          about="combineAbout"
          value={model.value.total?.combine ?? 'sum'}
          options={[
            ['sum', say('combineSum')],
            ['mean', say('combineMean')],
            ['max', say('combineMax')],
          ]}
          choose={(next) => edit(['total', 'combine'], next === 'sum' ? undefined : next)}
        />
        <NumberField path={['total', 'cap']} name="capField" about="capAbout" />
        <NumberField path={['total', 'floor']} name="floorField" about="floorAbout" />
        <NumberField path={['decimals']} name="decimals" about="decimalsAbout" otherwise={2} min={0} max={6} />
        <Missing path={['missing']} />
      </div>
      <Thresholds path={['total', 'labels']} />
    </>
  );
}

/** @param {{ path: Path, inherits?: boolean }} props */
export function Missing({ path, inherits = false }) {
  const { say } = words.value;
  const options = /** @type {(readonly [string, string])[]} */ ([
    ['zero', say('missingZero')],
    ['neutral', say('missingNeutral')],
    ['required', say('missingRequired')],
  ]);
  return (
    <ChoiceField
      path={path}
      name="missing"
      about="missingAbout"
      options={inherits ? [['', say('missingModel')], ...options] : [['', say('missingZero')], ...options.slice(1)]}
    />
  );
}

export function Grade() {
  const { say, text } = words.value;
  const { grade } = model.value;
  const kind = grade?.matrix ? 'matrix' : grade?.ladder ? 'ladder' : '';
  const owners = [...listOf(model.value.dimensions), { ...model.value.total, id: 'total', label: say('totalLine') }];
  const labelled = owners
    .filter(({ labels }) => listOf(labels).length > 0)
    .map(({ id, label }) => /** @type {const} */ ([String(id), text(label, id)]));
  const dimensions = listOf(model.value.dimensions).map(
    ({ id, label }) => /** @type {const} */ ([String(id), text(label, id)]),
  );
  const choose = (/** @type {string} */ next) => {
    if (next === 'matrix' && labelled.length >= 2)
      edit(['grade'], { matrix: { rows: labelled[0][0], columns: labelled[1][0] } });
    if (next === 'ladder')
      edit(['grade'], { ladder: { letters: ['D', 'C', 'B', 'A'], start: 'D', dimension: dimensions[0][0] } });
    if (next === '') edit(['grade'], undefined);
  };
  const letters = listOf(grade?.ladder?.letters).map(
    (letter) => /** @type {const} */ ([String(letter), String(letter)]),
  );
  return (
    <>
      <div class="grid">
        <ChoiceField
          path={['grade', 'kind']}
          name="gradeKind"
          about="gradeKindAbout"
          value={kind}
          options={[
            ['', say('gradeNone')],
            ...(labelled.length >= 2 ? [/** @type {const} */ (['matrix', say('gradeMatrix')])] : []),
            ['ladder', say('gradeLadder')],
          ]}
          choose={choose}
        />
        {kind === 'matrix' && (
          <ChoiceField
            path={['grade', 'matrix', 'rows']}
            name="rows"
            about="rowsAbout"
            options={labelled}
            choose={(rows) => edit(['grade'], { matrix: { rows, columns: grade.matrix.columns } })}
          />
        )}
        {kind === 'matrix' && (
          <ChoiceField
            path={['grade', 'matrix', 'columns']}
            name="columns"
            about="columnsAbout"
            options={labelled}
            choose={(columns) => edit(['grade'], { matrix: { rows: grade.matrix.rows, columns } })}
          />
        )}
        {kind === 'ladder' && (
          <PlainField path={['grade', 'ladder', 'letters']} name="letters" about="lettersAbout" list />
        )}
        {kind === 'ladder' && (
          <ChoiceField path={['grade', 'ladder', 'start']} name="start" about="startAbout" options={letters} />
        )}
        {kind === 'ladder' && (
          <ChoiceField
            path={['grade', 'ladder', 'dimension']}
            name="dimension"
            about="dimensionAbout"
            options={dimensions}
          />
        )}
      </div>
      {labelled.length < 2 && kind !== 'matrix' && <p class="quiet">{say('gradeNeeds')}</p>}
    </>
  );
}

export function Stages() {
  const now = words.value;
  const subjects = resultSubjects(model.value, now);
  return (
    <Items
      path={['stages']}
      title={(stage) => now.text(stage?.label, stage?.id)}
      sentence={(stage) => told(stage?.when, subjects, now)}
      make={(taken) => ({ id: freeId(taken, 'stage'), when: { total: { $gte: 50 } } })}
      newName={now.say('newStage')}
    >
      {(stage, path) => (
        <>
          <div class="grid">
            <TextField path={[...path, 'label']} name="name" about="nameAbout" otherwise={stage.id} />
          </div>
          <Condition path={[...path, 'when']} name="when" about="whenResultAbout" subjects={subjects} />
          <Condition path={[...path, 'keep']} name="keepWhen" about="keepWhenAbout" subjects={subjects} />
        </>
      )}
    </Items>
  );
}

/** Who is refused, or not scored at all. @param {{ kind: 'disqualifiers' | 'exclusions' }} props */
export function Flags({ kind }) {
  const now = words.value;
  const { say, text } = now;
  const facts = factSubjects(model.value, now);
  const types = Object.keys(model.value.events ?? {});
  const event = (/** @type {any} */ type) => text(model.value.events?.[type]?.label, type);
  const make = (/** @type {Set<string>} */ taken) => ({
    id: freeId(taken, 'reason'),
    when: facts[0] ? { [facts[0].path]: { $exists: false } } : {},
    reason: { en: 'The reason', fr: 'La raison' },
  });
  return (
    <Items
      path={[kind]}
      title={(flag) => text(flag?.reason, flag?.id)}
      sentence={(flag) => (flag?.on ? [flag.on].flat().map(event).join(', ') : told(flag?.when, facts, now))}
      make={make}
      newName={say('newFlag')}
    >
      {(flag, path) => (
        <>
          <div class="grid">
            <TextField path={[...path, 'reason']} name="reason" about="reasonAbout" otherwise={flag.id} wide />
          </div>
          {types.length > 0 && (
            <Field path={[...path, 'on']} name="on" about="onFlagAbout" wide>
              <Several
                id={idOf([...path, 'on'])}
                label={say('on')}
                values={types}
                names={event}
                chosen={[flag.on ?? []].flat()}
                change={(next) => {
                  const { on, when, ...others } = flag;
                  edit(
                    path,
                    next.length > 0
                      ? { ...others, on: next.length === 1 ? next[0] : next, ...(on && when && { when }) }
                      : { ...others, ...make(new Set()), id: flag.id, reason: flag.reason },
                  );
                }}
              />
            </Field>
          )}
          {!flag.on && <Condition path={[...path, 'when']} name="when" about="whenAbout" subjects={facts} />}
          {flag.on && (
            <Condition
              path={[...path, 'when']}
              name="when"
              about="whenOnAbout"
              subjects={eventSubjects(model.value, [flag.on].flat(), now)}
            />
          )}
        </>
      )}
    </Items>
  );
}

export function Overrides() {
  const now = words.value;
  const { say, text } = now;
  const subjects = resultSubjects(model.value, now).filter(({ path }) => path !== 'stage');
  const stages = listOf(model.value.stages).map(
    ({ id, label }) => /** @type {const} */ ([String(id), text(label, id)]),
  );
  const grades = gradesOf(model.value).map((grade) => /** @type {const} */ ([grade, grade]));
  if (stages.length === 0 && grades.length === 0) return <p class="quiet">{say('noneYet')}</p>;
  return (
    <Items
      path={['overrides']}
      title={(one) => text(one?.reason, one?.id)}
      sentence={(one) => told(one?.when, subjects, now)}
      make={(taken) => ({
        id: freeId(taken, 'exception'),
        when: { total: { $gte: 90 } },
        reason: { en: 'The reason', fr: 'La raison' },
        ...(stages.length > 0 ? { stage: stages.at(-1)?.[0] } : { grade: grades[0][0] }),
      })}
      newName={say('newFlag')}
    >
      {(one, path) => (
        <>
          <div class="grid">
            <TextField path={[...path, 'reason']} name="reason" about="reasonAbout" otherwise={one.id} />
            {stages.length > 0 && (
              <ChoiceField
                path={[...path, 'stage']}
                name="forceStage"
                about="forceStageAbout"
                options={[['', say('none')], ...stages]}
              />
            )}
            {grades.length > 0 && (
              <ChoiceField
                path={[...path, 'grade']}
                name="forceGrade"
                about="forceGradeAbout"
                options={[['', say('none')], ...grades]}
              />
            )}
          </div>
          <Condition path={[...path, 'when']} name="when" about="whenResultAbout" subjects={subjects} />
        </>
      )}
    </Items>
  );
}

export function Routes() {
  const now = words.value;
  const { say, text } = now;
  const subjects = resultSubjects(model.value, now);
  return (
    <Items
      path={['routes']}
      title={(route) => text(route?.text, route?.action ?? route?.id)}
      sentence={(route) => told(route?.when, subjects, now)}
      make={(taken) => ({ id: freeId(taken, 'route'), text: { en: 'What to do', fr: 'Que faire' } })}
      newName={say('newRoute')}
    >
      {(route, path) => (
        <>
          <div class="grid">
            <TextField path={[...path, 'text']} name="routeText" about="routeTextAbout" otherwise={route.id} />
            <PlainField path={[...path, 'queue']} name="queue" about="queueAbout" />
            <PlainField path={[...path, 'action']} name="action" about="actionAbout" />
            <PlainField path={[...path, 'owner']} name="owner" about="ownerAbout" />
          </div>
          <Condition path={[...path, 'when']} name="when" about="whenResultAbout" subjects={subjects} />
        </>
      )}
    </Items>
  );
}
