/** The leads as a table of which only the rows in sight are there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { standing, words } from '../state.js';
import { named } from '../understand/names.js';
import { askRows, explain, file, kept, left, scored, sight, sorting, turn } from './many.js';
import { STEP, VALUE } from './shown.js';

const TALL = 40;
/** Rows beyond those in sight. */
const SPARE = 15;

export function Sheet() {
  const { say, number, signed } = words.value;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [place, turnTo] = useState(0); // Tab reaches one row of them all; arrows lead to the others
  const { header = [] } = file.value ?? {};
  const count = left.value;
  const ask = () => {
    const { scrollTop = 0, clientHeight = 500 } = box.current ?? {};
    const first = Math.max(0, Math.floor(scrollTop / TALL) - SPARE);
    askRows(first, Math.min(count, first + Math.ceil(clientHeight / TALL) + 2 * SPARE));
  };
  useEffect(ask, [turn.value, count]);
  if (!scored.value) return null;
  const { from, rows } = sight.value;
  const model = standing.value?.model;
  const withGrade = scored.value.grades.length > 0;
  const withStage = scored.value.stages.length > 0;
  const compared = kept.value !== null;
  const wide = header.length + 3 + Number(compared) + Number(withGrade) + Number(withStage);
  const { by, up } = sorting.value;
  const reached = Math.min(Math.max(place, from), from + rows.length - 1);
  /** @param {KeyboardEvent} event @param {number} at */
  const step = (event, at) => {
    const next = at + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0);
    if (next === at) return;
    event.preventDefault();
    /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector(`[data-at="${next}"]`))?.focus();
  };
  const heading = (/** @type {string} */ name, /** @type {number} */ place) => (
    <th key={place} scope="col" aria-sort={by === place ? (up ? 'ascending' : 'descending') : undefined}>
      <button type="button" onClick={() => (sorting.value = { by: place, up: by === place ? !up : place >= 0 })}>
        {name} {by === place && <span aria-hidden="true">{up ? '↑' : '↓'}</span>}
      </button>
    </th>
  );
  return (
    <>
      <p class="quiet">{say('tableHint')}</p>
      <div class="sheet" ref={box} onScroll={ask} tabIndex={0} role="region" aria-label={say('tableRows')}>
        <table aria-rowcount={count}>
          <thead>
            <tr>
              {heading(say('scoreColumn'), VALUE)}
              {compared && heading(say('stepColumn'), STEP)}
              <th scope="col" class="still">
                {say('statusColumn')}
              </th>
              {withGrade && (
                <th scope="col" class="still">
                  {say('gradeColumn')}
                </th>
              )}
              {withStage && (
                <th scope="col" class="still">
                  {say('stageColumn')}
                </th>
              )}
              {header.map(heading)}
              <th scope="col">
                <span class="hidden">{say('viewLead')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr class="filler" aria-hidden="true">
              <td colSpan={wide} style={{ '--tall': `${from * TALL}px` }} />
            </tr>
            {rows.map(({ row, cells, value, step: change, status, grade, stage }, nth) => (
              <tr key={row} onClick={() => explain(row)}>
                <td class="number">{value === null ? '–' : number(value)}</td>
                {compared && <td class="number">{change === null || Number.isNaN(change) ? '–' : signed(change)}</td>}
                <td>{words.value.has(status) ? say(status) : status}</td>
                {withGrade && <td>{grade}</td>}
                {withStage && <td>{named(model?.stages, stage, words.value)}</td>}
                {cells.map((cell, place) => (
                  <td key={place}>{cell}</td>
                ))}
                <td>
                  <button
                    type="button"
                    aria-label={say('explain', { n: row + 2 })}
                    data-at={from + nth}
                    tabIndex={from + nth === reached ? 0 : -1}
                    onFocus={() => turnTo(from + nth)}
                    onKeyDown={(event) => step(event, from + nth)}
                    onClick={(event) => {
                      event.stopPropagation();
                      explain(row);
                    }}
                  >
                    →
                  </button>
                </td>
              </tr>
            ))}
            <tr class="filler" aria-hidden="true">
              <td colSpan={wide} style={{ '--tall': `${Math.max(0, count - from - rows.length) * TALL}px` }} />
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}
