/** How dimensions become one number, and what the number is called: total, thresholds, grade. */
import { edit, model, words } from '../state.js';
import { listOf } from '../understand/names.js';
import { ChoiceField, NumberField, PlainField, idOf } from './fields.jsx';
import { Thresholds } from './lines.jsx';

/** @typedef {import('../state.js').Path} Path */

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
      {kind === 'matrix' && <Cells />}
      {labelled.length < 2 && kind !== 'matrix' && <p class="quiet">{say('gradeNeeds')}</p>}
    </>
  );
}

/** What each cell of the matrix is called, where it is not just the two labels. */
function Cells() {
  const { say, text } = words.value;
  const { rows, columns, cells } = model.value.grade.matrix;
  const labels = (/** @type {string} */ id) =>
    listOf((id === 'total' ? model.value.total : listOf(model.value.dimensions).find((one) => one?.id === id))?.labels);
  const path = ['grade', 'matrix', 'cells'];
  const joined = () =>
    Object.fromEntries(
      labels(rows).map((row) => [
        row.id,
        Object.fromEntries(labels(columns).map((column) => [column.id, `${row.id}${column.id}`])),
      ]),
    );
  return (
    <div class="cells">
      <label class="check">
        <input
          type="checkbox"
          id={idOf(path)}
          aria-describedby={`${idOf(path)}-about`}
          checked={Boolean(cells)}
          onChange={({ currentTarget }) => edit(path, currentTarget.checked ? joined() : undefined)}
        />
        <span>{say('cells')}</span>
      </label>
      <small id={`${idOf(path)}-about`}>{say('cellsAbout')}</small>
      {cells && (
        <div class="scrolled" tabIndex={0} role="group" aria-label={say('cells')}>
          <table>
            <thead>
              <tr>
                <td />
                {labels(columns).map(({ id, label }) => (
                  <th key={id} scope="col">
                    {text(label, id)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels(rows).map((row) => (
                <tr key={row.id}>
                  <th scope="row">{text(row.label, row.id)}</th>
                  {labels(columns).map((column) => (
                    <td key={column.id}>
                      <input
                        id={idOf([...path, row.id, column.id])}
                        aria-label={`${text(row.label, row.id)}, ${text(column.label, column.id)}`}
                        value={cells[row.id]?.[column.id] ?? ''}
                        onInput={({ currentTarget }) => edit([...path, row.id, column.id], currentTarget.value || undefined)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
