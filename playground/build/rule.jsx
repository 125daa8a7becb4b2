/** One rule: what it looks at, what it gives, and what limits it. */
import { edit, model, placeOf, score, words } from '../state.js';
import { listOf } from '../understand/names.js';
import { Condition } from './condition.jsx';
import { eventSubjects, factSubjects, told } from './conditions.js';
import { ChoiceField, DurationField, Field, NumberField, NumberInput, Several, TextField, idOf } from './fields.jsx';
import { Decay } from './decay.jsx';
import { Bands, Frequency, Limits } from './lines.jsx';

/** @typedef {import('../state.js').Path} Path */

const KINDS = /** @type {const} */ ([
  ['when', 'kindWhen'],
  ['bands', 'kindBands'],
  ['on', 'kindOn'],
  ['frequency', 'kindFrequency'],
]);

/** @param {any} rule */
function kindOf(rule) {
  return rule?.bands ? 'bands' : rule?.frequency ? 'frequency' : rule?.on ? 'on' : 'when';
}

/** A rule told in one line. @param {any} rule */
export function ruleSentence(rule) {
  const now = words.value;
  const { say, text, number, value } = now;
  const kind = kindOf(rule);
  const events = [rule?.on ?? []].flat().map((type) => text(model.value.events?.[type]?.label, type));
  if (kind === 'when') return told(rule?.when, factSubjects(model.value, now), now);
  if (kind === 'bands') {
    const attribute = text(model.value.attributes?.[rule.attribute]?.label, rule.attribute);
    const lines = listOf(rule.bands).map((band) => `${bandName(band)} → ${number(band?.points ?? 0)}`);
    return say('set', { attribute, value: lines.join(' · ') });
  }
  const condition = rule.when ? ` (${told(rule.when, eventSubjects(model.value, [rule.on].flat(), now), now)})` : '';
  const counted = listOf(rule.frequency).map((band) => `${countName(band)} → ${number(band?.points ?? 0)}`);
  return [`${now.any(events)}${condition}`, ...counted].join(' · ');

  /** @param {any} band */
  function countName({ atLeast, exactly, between } = /** @type {any} */ ({})) {
    if (between) return say('fromTo', { from: between[0], to: between[1] });
    return `${say(exactly === undefined ? 'atLeast' : 'exactly')} ${exactly ?? atLeast}`;
  }

  /** @param {any} band */
  function bandName({ from, above, to, below, is } = /** @type {any} */ ({})) {
    if (is !== undefined) return [is].flat().map(value).join(', ');
    const [low, high] = [from ?? above, to ?? below];
    if (low === undefined && high === undefined) return say('everythingElse');
    if (high === undefined) return say('fromOn', { from: value(low) });
    return low === undefined ? say('upTo', { to: value(high) }) : say('fromTo', { from: value(low), to: value(high) });
  }
}

/** Beside a rule that is closed: its points, ready to change, and what it gives the lead on the page. @param {{ rule: any, path: Path }} props */
export function RuleAside({ rule, path }) {
  const { say, signed, text } = words.value;
  const given = score.value?.contributions.find((one) => one.rule === rule?.id);
  const kind = kindOf(rule);
  return (
    <span class="aside">
      {given && (
        <em class={given.points < 0 ? 'minus' : 'plus'}>
          <span class="hidden">{say('forThisLead', { points: '' })}</span>
          {signed(given.points)}
        </em>
      )}
      {(kind === 'when' || kind === 'on') && (
        <NumberInput
          path={[...path, 'points']}
          needed
          label={`${text(rule.label, rule.id)}: ${say('points')}`}
          class="quick"
        />
      )}
    </span>
  );
}

/** @param {{ rule: any, path: Path }} props */
export function Rule({ rule, path }) {
  const now = words.value;
  const { say, text } = now;
  const kind = kindOf(rule);
  const facts = factSubjects(model.value, now);
  const types = Object.keys(model.value.events ?? {});
  const counted = [rule?.on ?? []].flat();
  const properties = eventSubjects(model.value, counted, now);
  const at = (/** @type {(string | number)[]} */ ...more) => [...path, ...more];
  return (
    <>
      <div class="grid">
        <TextField path={at('label')} name="name" about="nameAbout" otherwise={rule.id} />
        <ChoiceField
          path={at('kind')}
          name="kind"
          about="kindAbout"
          value={kind}
          options={KINDS.map(([value, key]) => /** @type {const} */ ([value, say(key)]))}
          choose={(next) => edit(path, turned(rule, next))}
        />
      </div>
      {kind === 'bands' && (
        <>
          <div class="grid">
            <ChoiceField
              path={at('attribute')}
              name="attribute"
              about="attributeAbout"
              options={facts.map((one) => /** @type {const} */ ([one.path, one.name]))}
              choose={(next) => edit(path, { ...rule, attribute: next, bands: [{ points: 5 }] })}
            />
          </div>
          <Bands path={at('bands')} attribute={model.value.attributes?.[rule.attribute]} />
        </>
      )}
      {(kind === 'on' || kind === 'frequency') && (
        <Field path={at('on')} name="on" about="onAbout" wide>
          <Several
            id={idOf(at('on'))}
            label={say('on')}
            values={types}
            names={(type) => text(model.value.events?.[type]?.label, type)}
            chosen={counted}
            change={(next) => next.length > 0 && edit(at('on'), next.length === 1 ? next[0] : next)}
          />
        </Field>
      )}
      {kind === 'frequency' && <Frequency path={at('frequency')} />}
      {kind === 'when' && <Condition path={at('when')} name="when" about="whenAbout" subjects={facts} />}
      {kind !== 'when' && kind !== 'bands' && (properties.length > 0 || rule.when) && (
        <Condition path={at('when')} name="when" about="whenOnAbout" subjects={properties} />
      )}
      <div class="grid">
        {(kind === 'when' || kind === 'on') && (
          <NumberField
            path={at('points')}
            name="points"
            about={kind === 'on' ? 'pointsOnAbout' : 'pointsAbout'}
            needed
          />
        )}
        {kind === 'when' && (
          <NumberField path={at('otherwise')} name="otherwise" about="otherwiseAbout" otherwise={0} />
        )}
      </div>
      <details class="more">
        <summary>{say('details')}</summary>
        <div class="grid">
          {(kind === 'on' || kind === 'frequency') && (
            <DurationField path={at('window')} name="window" about="windowAbout" />
          )}
          {kind === 'on' && <Multiplier path={at('multiplier')} properties={properties} />}
          <NumberField path={at('cap')} name="capField" about="capAbout" />
          <NumberField path={at('floor')} name="floorField" about="floorAbout" />
        </div>
        {(kind === 'on' || kind === 'frequency') && <Limits path={at('limit')} />}
        {kind === 'on' && <Decay path={at('decay')} inherits />}
      </details>
    </>
  );
}

/** The same rule of another kind, with what both have. @param {any} rule @param {string} kind */
function turned({ id, label, points, cap, floor, when, on }, kind) {
  const [attribute] = Object.keys(model.value.attributes ?? {});
  const [event] = Object.keys(model.value.events ?? {});
  const base = { id, ...(label !== undefined && { label }) };
  const bounds = { ...(cap !== undefined && { cap }), ...(floor !== undefined && { floor }) };
  if (kind === 'bands') return { ...base, attribute, bands: [{ points: points ?? 5 }], ...bounds };
  if (kind === 'on') return { ...base, on: on ?? event ?? 'event', points: points ?? 5, ...bounds };
  if (kind === 'frequency')
    return { ...base, on: on ?? event ?? 'event', frequency: [{ atLeast: 3, points: points ?? 5 }], ...bounds };
  return { ...base, ...(when && !on && { when }), points: points ?? 5, ...bounds };
}

/** What the points are multiplied by: a number, or a property of the event. @param {{ path: Path, properties: import('./conditions.js').Subject[] }} props */
function Multiplier({ path, properties }) {
  const { say } = words.value;
  const multiplier = placeOf(model.value, path);
  const numbers = properties.filter(({ type }) => type === 'number' || type === 'integer');
  const kind = typeof multiplier === 'number' ? 'number' : (multiplier?.property ?? '');
  return (
    <>
      <ChoiceField
        path={[...path, 'property']}
        name="multiplier"
        about="multiplierAbout"
        value={kind === 'number' ? '#' : kind}
        options={[
          ['', say('none')],
          ['#', say('multiplierNumber')],
          ...numbers.map((one) => /** @type {const} */ ([one.path, one.name])),
        ]}
        choose={(next) => edit(path, next === '#' ? 2 : next ? { property: next } : undefined)}
      />
      {kind === 'number' && <NumberField path={path} name="multiplierBy" about="multiplierByAbout" min={0} needed />}
      {multiplier?.property && <NumberField path={[...path, 'max']} name="multiplierMax" about="multiplierMaxAbout" />}
    </>
  );
}
