/** The matrix of the grade, with the lead in it, or with how many of many leads. */
import { standing, words } from '../state.js';
import { listOf, named } from './names.js';

/** @param {{ labels: Record<string, string | null>, counts?: Map<string, number> }} props */
export function Matrix({ labels, counts }) {
  const { say, text, number } = words.value;
  const model = standing.value?.model;
  const matrix = model?.grade?.matrix;
  if (!model || !matrix) return null;
  const owner = (/** @type {string} */ id) =>
    id === 'total' ? model.total : listOf(model.dimensions).find((dimension) => dimension.id === id);
  const [down, across] = [owner(matrix.rows), owner(matrix.columns)];
  const name = (/** @type {string} */ id) => (id === 'total' ? say('totalLine') : text(owner(id)?.label, id));
  const cell = (/** @type {string} */ row, /** @type {string} */ column) =>
    matrix.cells?.[row]?.[column] ?? `${row}${column}`;
  const most = Math.max(1, ...(counts?.values() ?? []));
  return (
    <table class="matrix">
      <caption class="quiet">{say('matrixAbout', { rows: name(matrix.rows), columns: name(matrix.columns) })}</caption>
      <thead>
        <tr>
          <td />
          {listOf(across?.labels).map(({ id }) => (
            <th key={id} scope="col">
              {named(across.labels, id, words.value)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listOf(down?.labels).map(({ id: row }) => (
          <tr key={row}>
            <th scope="row">{named(down.labels, row, words.value)}</th>
            {listOf(across?.labels).map(({ id: column }) => {
              const here = labels[matrix.rows] === row && labels[matrix.columns] === column;
              const count = counts?.get(cell(row, column)) ?? 0;
              return (
                <td key={column} class={here ? 'here' : ''} style={{ '--share': counts ? count / most : 0 }}>
                  {cell(row, column)}
                  {here && <span class="hidden"> ({say('here')})</span>}
                  {counts && <small>{number(count)}</small>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
