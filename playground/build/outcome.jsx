/** What becomes of a lead: stages, flags, exceptions, next steps. */
import { edit, model, words } from '../state.js';
import { listOf } from '../understand/names.js';
import { Condition } from './condition.jsx';
import { eventSubjects, factSubjects, gradesOf, resultSubjects, told } from './conditions.js';
import { ChoiceField, Field, PlainField, Several, TextField, idOf } from './fields.jsx';
import { Items, freeId } from './items.jsx';

/** @typedef {import('../state.js').Path} Path */

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
