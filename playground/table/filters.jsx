/** Which leads the table shows: by threshold, grade, stage, status, how they moved, and what one column of the file says. */
import { model, words } from '../state.js';
import { named } from '../understand/names.js';
import { file, filter, kept, left, scored } from './many.js';
import { labelsNow } from './thresholds.js';

/** @typedef {typeof filter.value} Filter */

/** @param {{ save: () => void }} props exports the leads that are shown */
export function Filters({ save }) {
  const { say, number, text } = words.value;
  const { count = 0, header = [], facets = [] } = file.value ?? {};
  const found = scored.value;
  const { column } = filter.value;
  const facet = column === undefined ? null : facets[column];
  const some = (/** @type {[string, number][] | undefined} */ all) => (all ?? []).filter(([, many]) => many > 0).map(([id]) => id);
  const stages = some(found?.stages);
  const statuses = some(found?.statuses);
  const stageName = (/** @type {string} */ id) => named(model.value.stages, id, words.value) || text(id);
  const statusName = (/** @type {string} */ id) => (words.value.has(id) ? say(id) : id);
  const active = Object.keys(filter.value).length > 0;
  return (
    <fieldset class="filters">
      <legend class="hidden">{say('filters')}</legend>
      <Choice
        id="labelled"
        name={say('labelColumn')}
        options={labelsNow().map(({ id, label }) => [id, text(label, id)])}
      />
      <Choice id="grade" name={say('gradeColumn')} options={some(found?.grades).map((id) => [id, id])} />
      <Choice id="stage" name={say('stageColumn')} options={stages.map((id) => [id, stageName(id)])} />
      {statuses.length > 1 && (
        <Choice id="status" name={say('byStatus')} options={statuses.map((id) => [id, statusName(id)])} />
      )}
      {kept.value && (
        <Choice
          id="moved"
          name={say('filterMoved')}
          options={[
            ['up', say('movedUp')],
            ['down', say('movedDown')],
          ]}
        />
      )}
      <label class="field">
        <span>{say('filterColumn')}</span>
        <select
          id="filter-column"
          value={column ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const { column: _, text: is, within, least, most, ...others } = filter.value;
            filter.value = value === '' ? others : { ...others, column: Number(value) };
          }}
        >
          <option value="">–</option>
          {header.map((name, place) => (
            <option key={place} value={place}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {facet?.texts ? (
        <Choice id="text" name={say('filterIs')} options={facet.texts.map((one) => [one, one || say('emptyCell')])} />
      ) : facet?.numeric ? (
        <>
          <Bound key={`least ${column}`} id="least" name={say('filterLeast')} />
          <Bound key={`most ${column}`} id="most" name={say('filterMost')} />
        </>
      ) : (
        facet && (
          <label class="field">
            <span>{say('filterContains')}</span>
            <input
              id="filter-within"
              value={filter.value.within ?? ''}
              onInput={({ currentTarget }) => set('within', currentTarget.value || undefined)}
            />
          </label>
        )
      )}
      <p role="status" class="filter-count">
        {say('shownOf', { n: number(active ? left.value : count), all: number(count) })}
      </p>
      {active && (
        <div class="actions">
          <button type="button" class="button plain small" id="show-all" onClick={() => (filter.value = {})}>
            {say('showAll')}
          </button>
          <button type="button" class="button plain small" id="export-shown" onClick={save}>
            {say('exportShown', { n: number(left.value) })}
          </button>
        </div>
      )}
    </fieldset>
  );
}

/** Sets one field of the filter, or takes it away. @template {keyof Filter} K @param {K} key @param {Filter[K] | undefined} value */
function set(key, value) {
  const { [key]: _, ...others } = filter.value;
  filter.value = value === undefined ? others : { ...others, [key]: value };
}

/** @param {{ id: 'labelled' | 'grade' | 'stage' | 'status' | 'moved' | 'text', name: string, options: [value: string, name: string][] }} props */
function Choice({ id, name, options }) {
  if (options.length === 0) return null;
  const chosen = options.findIndex(([value]) => value === filter.value[id]);
  return (
    <label class="field">
      <span>{name}</span>
      <select
        id={`filter-${id}`}
        value={chosen}
        onChange={({ currentTarget }) => set(id, /** @type {any} */ (options[Number(currentTarget.value)]?.[0]))}
      >
        <option value={-1}>{words.value.say('allOfThem')}</option>
        {options.map(([value, called], place) => (
          <option key={value} value={place}>
            {called}
          </option>
        ))}
      </select>
    </label>
  );
}

/** @param {{ id: 'least' | 'most', name: string }} props */
function Bound({ id, name }) {
  return (
    <label class="field">
      <span>{name}</span>
      <input
        type="number"
        step="any"
        id={`filter-${id}`}
        value={filter.value[id] ?? ''}
        onInput={({ currentTarget: { valueAsNumber } }) => set(id, Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)}
      />
    </label>
  );
}
