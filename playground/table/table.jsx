/** Many leads: a file is dropped, read and scored in a worker, and shown as a spread, as counts and as a table. */
import { useSignal } from '@preact/signals';
import { Icon, Tool } from '../icons.jsx';
import { model, standing, words } from '../state.js';
import { learn } from '../words.js';
import { Matrix } from '../understand/matrix.jsx';
import { named } from '../understand/names.js';
import { Compare } from './compare.jsx';
import { Count, Histogram } from './histogram.jsx';
import { Doings } from './doings.jsx';
import { FileButton } from './file-button.jsx';
import { saveFigures } from './figures.js';
import { Filters } from './filters.jsx';
import { asked, busy, cancel, exact, file, forget, kept, mapping, open, problem, save, scored } from './many.js';
import { inventedLeads } from './invented.js';
import { Outcomes } from './outcomes.jsx';
import { TRYING } from './sentences.js';
import { Sheet } from './sheet.jsx';
import { labelsNow } from './thresholds.js';
import { told } from './told.js';
import './table.css';

learn(TRYING);

export function TableView() {
  const over = useSignal(false);
  return (
    <div
      class={`many ${over.value ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        const [dropped] = event.dataTransfer?.files ?? [];
        if (dropped) open(dropped, dropped.name);
      }}
    >
      {problem.value && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{told(problem.value)}</span>
          <Tool name="close" label={words.value.say('close')} act={() => (problem.value = null)} />
        </p>
      )}
      {busy.value && <Progress />}
      {file.value ? <Result /> : !busy.value && <Drop />}
    </div>
  );
}

function Progress() {
  const { say, number } = words.value;
  const { what, name, count, share } = busy.value ?? { what: 'leads', name: '', count: 0, share: 0 };
  const said = what === 'scoring' ? say('scoring') : say('reading', { name, n: number(count) });
  return (
    <section class="card progress">
      <p role="status">{said}</p>
      <progress value={share} max="1" aria-label={what === 'scoring' ? said : say('reading', { name, n: '' })} />
      <button type="button" class="button plain" onClick={cancel}>
        {say('cancel')}
      </button>
    </section>
  );
}

function Drop() {
  const { say } = words.value;
  const pasted = useSignal('');
  return (
    <>
      <div class="intro">
        <h1>{say('tableTitle')}</h1>
        <p class="quiet">{say('tableAbout')}</p>
      </div>
      <div class="drop">
        <Icon name="file" />
        <strong>{say('drop')}</strong>
        <div class="actions">
          <FileButton id="csv" name={say('choose')} take={open} />
          <button
            type="button"
            class="button plain"
            id="invented"
            onClick={() => open(inventedLeads(model.value), say('exampleName'))}
          >
            {say('example')}
          </button>
        </div>
        <details class="paste">
          <summary>{say('paste')}</summary>
          <textarea
            rows={6}
            aria-label={say('pasteLabel')}
            placeholder={say('pasteLabel')}
            onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
          />
          <button type="button" class="button small" onClick={() => open(pasted.value, 'CSV')}>
            {say('readPasted')}
          </button>
        </details>
      </div>
    </>
  );
}

function Result() {
  const { say, number, text } = words.value;
  const { name, count, notes } = file.value ?? { name: '', count: 0, notes: [] };
  const found = scored.value;
  const refused = found?.statuses.find(([status]) => status === 'disqualified')?.[1] ?? 0;
  const stages = found?.stages.filter(([, many]) => many > 0) ?? [];
  const grades = new Map(found?.grades ?? []);
  const matrix = standing.value?.model.grade?.matrix;
  const without = found ? count - found.sorted.length - refused : 0;
  return (
    <>
      <div class="many-head">
        <h1>{say('rowsRead', { n: number(count), name })}</h1>
        <p class="quiet" role="status">
          {[
            found && say('scoredIn', { ms: number(Math.round(found.milliseconds * 10) / 10) }),
            refused > 0 && say('refused', { n: number(refused) }),
            without > 0 && say('withoutValue', { n: number(without) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <FileButton id="another" name={say('another')} take={open} small />
        <button type="button" class="button plain small" onClick={forget}>
          {say('forget')}
        </button>
        <button type="button" class="button plain small" id="figures" onClick={() => saveFigures(labels())}>
          {say('exportResult')}
        </button>
        <button type="button" class="button small" id="export" onClick={() => save(headings(), labels())}>
          {say('exportCsv')}
        </button>
      </div>
      {notes.map((note) => (
        <p class="notice" role="status" key={note.key}>
          <Icon name="warn" />
          <span>{told(note)}</span>
        </p>
      ))}
      <Columns />
      <Doings />
      {found ? (
        <>
          <div class="charts">
            <section class="card">
              <h2>{say('histogram')}</h2>
              <Histogram />
            </section>
            <div class="column">
              {matrix ? (
                <section class="card">
                  <h2>{say('byGrade')}</h2>
                  <Matrix labels={{}} counts={grades} />
                </section>
              ) : (
                grades.size > 0 && (
                  <section class="card">
                    <h2>{say('byGrade')}</h2>
                    <ul class="counts">
                      {[...grades].map(([grade, many]) => (
                        <Count key={grade} tone="best" name={grade} count={many} all={found.sorted.length} />
                      ))}
                    </ul>
                  </section>
                )
              )}
              {stages.length > 0 && (
                <section class="card">
                  <h2>{say('byStage')}</h2>
                  <ul class="counts">
                    {stages.map(([stage, many]) => (
                      <Count
                        key={stage}
                        tone="best"
                        name={named(model.value.stages, stage, words.value) || text(stage)}
                        count={many}
                        all={found.sorted.length}
                      />
                    ))}
                  </ul>
                </section>
              )}
            </div>
          </div>
          <Outcomes />
          <Compare />
          <section class="card" id="leads">
            <h2>{say('tableRows')}</h2>
            <Filters save={() => save(headings(), labels(), exact.value)} />
            <Sheet />
          </section>
        </>
      ) : (
        <p class="quiet" role="status">
          {say('scoring')}…
        </p>
      )}
    </>
  );
}

const labels = () => labelsNow().map(({ id, label }) => words.value.text(label, id));

/** What the columns are called that an exported file has besides its own. */
function headings() {
  const { say } = words.value;
  return [
    say('scoreColumn'),
    say('statusColumn'),
    ...(labelsNow().length > 0 ? [say('labelColumn')] : []),
    say('gradeColumn'),
    say('stageColumn'),
    ...(kept.value ? [say('stepColumn')] : []),
  ];
}

/** Which column of the file is which attribute. */
function Columns() {
  const { say, text } = words.value;
  const all = asked();
  const header = file.value?.header ?? [];
  const found = all.filter(({ path }) => (mapping.value[path] ?? -1) >= 0);
  const placed = found.length;
  const attributes = standing.value?.model.attributes ?? {};
  const needed = all.filter((one) => attributes[one.path]?.required && !found.includes(one));
  return (
    <section class="card">
      {needed.length > 0 && (
        <p class="notice" role="status">
          <Icon name="warn" />
          <span>
            {say('columnsNeeded', { what: words.value.list(needed.map(({ path }) => text(attributes[path].label, path))) })}
          </span>
        </p>
      )}
      <details open={placed === 0 || needed.length > 0}>
        <summary>
          {say('columnsTitle')} <span class="quiet">({say('columnsFound', { n: placed, all: all.length })})</span>
        </summary>
        <div class="columns">
          {all.map(({ path }) => (
            <div class="field" key={path}>
              <label for={`column-${path}`}>{text(model.value.attributes?.[path]?.label, path)}</label>
              <select
                id={`column-${path}`}
                value={mapping.value[path] ?? -1}
                onChange={({ currentTarget }) =>
                  (mapping.value = { ...mapping.value, [path]: Number(currentTarget.value) })
                }
              >
                <option value={-1}>{say('notInFile')}</option>
                {header.map((name, place) => (
                  <option key={place} value={place}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
      </details>
    </section>
  );
}
