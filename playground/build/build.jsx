/** The model as forms or as JSON, with what it makes of the lead on the page beside it. */
import { signal } from '@preact/signals';
import { Icon } from '../icons.jsx';
import { Later } from '../later.jsx';
import { model, score, words, written } from '../state.js';
import { learn } from '../words.js';
import { Samples } from '../understand/lead.jsx';
import { Pocket } from '../understand/pocket.jsx';
import { Summary } from '../understand/summary.jsx';
import { Waterfall } from '../understand/waterfall.jsx';
import { Decay } from './decay.jsx';
import { Attributes, Events } from './declared.jsx';
import { NumberField, PlainField, TextField, ToggleField } from './fields.jsx';
import { Issues } from './issues.jsx';
import { Items, freeId } from './items.jsx';
import { Thresholds } from './lines.jsx';
import { Flags, Overrides, Routes, Stages } from './outcome.jsx';
import { Rule, RuleAside, ruleSentence } from './rule.jsx';
import { BUILDING } from './sentences.js';
import { Tests } from './tests.jsx';
import { Grade, Missing, Total } from './total.jsx';
import './build.css';

/** @typedef {import('../state.js').Path} Path */

learn(BUILDING);

export const asJson = signal(false);

export function BuildView() {
  const { say } = words.value;
  return (
    <div class="two build">
      <div class="column">
        <div class="intro with-switch">
          <h1>{say('build')}</h1>
          <fieldset class="choice">
            <legend class="hidden">{say('how')}</legend>
            {
              /** @type {const} */ ([
                [false, 'forms'],
                [true, 'json'],
              ]).map(([json, key]) => (
                <label key={key}>
                  <input
                    type="radio"
                    name="how"
                    checked={asJson.value === json}
                    onChange={() => (asJson.value = json)}
                  />
                  <span>{say(key)}</span>
                </label>
              ))
            }
          </fieldset>
        </div>
        {asJson.value ? (
          <>
            <Later load={() => import('./json.jsx').then(({ Json }) => Json)} />
            <Issues />
          </>
        ) : (
          <>
            {written.value?.whole === false && (
              <p class="notice bad">
                <Icon name="warn" />
                <span>{say('formsWait')}</span>
              </p>
            )}
            <Issues />
            <Forms />
          </>
        )}
      </div>
      <aside class="column stuck" aria-label={say('result')}>
        <Samples />
        <Summary />
        <section class="card">
          <h2>{say('why')}</h2>
          <Waterfall />
        </section>
      </aside>
      <Pocket />
    </div>
  );
}

function Forms() {
  const { say, text } = words.value;
  return (
    <>
      <Section name={say('basics')} id="basics">
        <div class="grid">
          <TextField path={['name']} name="name" about="nameAbout" otherwise={model.value.id} />
          <PlainField path={['version']} name="version" about="versionAbout" />
          <PlainField path={['id']} name="modelId" about="modelIdAbout" needed />
          <TextField path={['description']} name="description" about="descriptionAbout" wide />
        </div>
      </Section>
      <section class="dimension-list">
        <Items
          path={['dimensions']}
          title={(dimension) => text(dimension?.label, dimension?.id)}
          aside={(dimension) => <DimensionAside id={dimension?.id} />}
          make={(taken) => ({
            id: freeId(taken, 'dimension'),
            label: { en: 'New dimension', fr: 'Nouvelle dimension' },
            groups: [{ id: freeId(taken, 'group'), rules: [] }],
          })}
          newName={say('newDimension')}
          shown
        >
          {(_, path) => <Dimension path={path} />}
        </Items>
      </section>
      <Section name={say('sectionTotal')} about={say('sectionTotalAbout')} id="total">
        <Total />
      </Section>
      <Section name={say('sectionGrade')} about={say('sectionGradeAbout')} id="grade">
        <Grade />
      </Section>
      <Section name={say('sectionStages')} about={say('sectionStagesAbout')} id="stages">
        <Stages />
      </Section>
      <Section name={say('sectionRoutes')} about={say('sectionRoutesAbout')} id="routes">
        <Routes />
      </Section>
      <Section name={say('sectionDisqualifiers')} about={say('sectionDisqualifiersAbout')} id="disqualifiers">
        <Flags kind="disqualifiers" />
      </Section>
      <Section name={say('sectionExclusions')} about={say('sectionExclusionsAbout')} id="exclusions">
        <Flags kind="exclusions" />
      </Section>
      <Section name={say('sectionOverrides')} about={say('sectionOverridesAbout')} id="overrides">
        <Overrides />
      </Section>
      <Section name={say('sectionAttributes')} about={say('sectionAttributesAbout')} id="attributes">
        <Attributes />
      </Section>
      <Section name={say('sectionEvents')} about={say('sectionEventsAbout')} id="events">
        <Events />
      </Section>
      <Section name={say('sectionTests')} about={say('sectionTestsAbout')} id="tests">
        <Tests />
      </Section>
    </>
  );
}

/** @param {{ name: string, about?: string, id: string, children: any }} props */
function Section({ name, about, id, children }) {
  return (
    <section class="card" id={`at-${id}`} aria-labelledby={`title-${id}`}>
      <h2 id={`title-${id}`}>{name}</h2>
      {about && <p class="quiet">{about}</p>}
      {children}
    </section>
  );
}

/** What the dimension gives the lead on the page. @param {{ id: string }} props */
function DimensionAside({ id }) {
  const value = score.value?.dimensions[id]?.value;
  return (
    <span class="aside">
      {typeof value === 'number' && (
        <em class="plus">
          <span class="hidden">{words.value.say('forThisLead', { points: '' })}</span>
          {words.value.number(value)}
        </em>
      )}
    </span>
  );
}

/** @param {{ path: Path }} props */
function Dimension({ path }) {
  const { say, text } = words.value;
  const at = (/** @type {string} */ key) => [...path, key];
  return (
    <>
      <Items
        path={at('groups')}
        title={(group) => text(group?.label, group?.id)}
        make={(taken) => ({ id: freeId(taken, 'group'), label: { en: 'New group', fr: 'Nouveau groupe' }, rules: [] })}
        newName={say('newGroup')}
        shown
      >
        {(_, here) => <Group path={here} />}
      </Items>
      <details class="more">
        <summary>{say('details')}</summary>
        <div class="grid">
          <TextField path={at('label')} name="name" about="nameAbout" />
          <NumberField path={at('cap')} name="capField" about="capAbout" />
          <NumberField path={at('floor')} name="floorField" about="floorAbout" />
          <NumberField path={at('weight')} name="weight" about="weightAbout" otherwise={1} min={0} />
          <ToggleField path={at('normalise')} name="normalise" about="normaliseAbout" />
        </div>
        <Thresholds path={at('labels')} />
      </details>
    </>
  );
}

/** @param {{ path: Path }} props */
function Group({ path }) {
  const { say, text } = words.value;
  const at = (/** @type {string} */ key) => [...path, key];
  const [attribute] = Object.keys(model.value.attributes ?? {});
  return (
    <>
      <Items
        path={at('rules')}
        title={(rule) => text(rule?.label, rule?.id)}
        sentence={ruleSentence}
        aside={(rule, here) => <RuleAside rule={rule} path={here} />}
        make={(taken) => ({
          id: freeId(taken, 'rule'),
          label: { en: 'New rule', fr: 'Nouvelle règle' },
          when: attribute ? { [attribute]: { $exists: true } } : {},
          points: 5,
        })}
        newName={say('newRule')}
      >
        {(rule, here) => <Rule rule={rule} path={here} />}
      </Items>
      <details class="more">
        <summary>{say('details')}</summary>
        <div class="grid">
          <TextField path={at('label')} name="name" about="nameAbout" />
          <NumberField path={at('cap')} name="capField" about="capAbout" />
          <NumberField path={at('floor')} name="floorField" about="floorAbout" />
          <NumberField path={at('weight')} name="weight" about="weightAbout" otherwise={1} min={0} />
          <Missing path={at('missing')} inherits />
        </div>
        <Decay path={at('decay')} />
      </details>
    </>
  );
}
