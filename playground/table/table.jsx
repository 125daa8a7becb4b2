/** Many leads: a file is dropped, read and scored in a worker, and shown as a spread, as counts and as a table. */
import { useSignal } from '@preact/signals';
import { Icon } from '../icons.jsx';
import { model, standing, words } from '../state.js';
import { Matrix } from '../understand/matrix.jsx';
import { named } from '../understand/names.js';
import { Compare } from './compare.jsx';
import { Count, Histogram } from './histogram.jsx';
import { asked, busy, cancel, file, forget, mapping, open, problem, save, scored } from './many.js';
import { inventedLeads } from './invented.js';
import { Sheet } from './sheet.jsx';

export function TableView() {
  const { say, number } = words.value;
  const there = file.value;
  return (
    <div class="many">
      {problem.value && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{problem.value}</span>
        </p>
      )}
      {busy.value ? <Progress /> : there ? <Result /> : <Drop />}
    </div>
  );

  function Progress() {
    const { name, count, share } = busy.value ?? { name: '', count: 0, share: 0 };
    return (
      <section class="card progress">
        <p role="status">{say('reading', { name, n: number(count) })}</p>
        <progress value={share} max="1" aria-label={say('reading', { name, n: '' })} />
        <button type="button" class="button plain" onClick={cancel}>
          {say('cancel')}
        </button>
      </section>
    );
  }
}

function Drop() {
  const { say } = words.value;
  const over = useSignal(false);
  const pasted = useSignal('');
  return (
    <>
      <div class="intro">
        <h1>{say('tableTitle')}</h1>
        <p class="quiet">{say('tableAbout')}</p>
      </div>
      <div
        class={`drop ${over.value ? 'over' : ''}`}
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
        <Icon name="file" />
        <strong>{say('drop')}</strong>
        <div class="actions">
          <label class="button file">
            {say('choose')}
            <input
              type="file"
              id="csv"
              accept=".csv,.tsv,.txt,text/csv"
              onChange={({ currentTarget: { files } }) => files?.[0] && open(files[0], files[0].name)}
            />
          </label>
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
  const { name, count } = file.value ?? { name: '', count: 0 };
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
        <button type="button" class="button plain small" onClick={forget}>
          {say('another')}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => save([say('scoreColumn'), say('statusColumn'), say('gradeColumn'), say('stageColumn')])}
        >
          {say('exportCsv')}
        </button>
      </div>
      <Columns />
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
          <Compare />
          <section class="card">
            <h2>{say('tableRows')}</h2>
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

/** Which column of the file is which attribute. */
function Columns() {
  const { say, text } = words.value;
  const all = asked();
  const header = file.value?.header ?? [];
  const placed = all.filter(({ path }) => (mapping.value[path] ?? -1) >= 0).length;
  return (
    <section class="card">
      <details open={placed === 0}>
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
        <p class="quiet">{say('columnsEvents')}</p>
      </details>
    </section>
  );
}
