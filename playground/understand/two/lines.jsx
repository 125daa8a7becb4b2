/** The rules as a table: what each gave to A, what to B, and for whom the difference speaks. */
import { words } from '../../state.js';
import { named } from '../names.js';
import { adjustmentName, factsApart } from './differences.js';

/** @typedef {import('./differences.js').Line} Line */

/** @param {{ lines: Line[], model: Record<string, any>, facts: Record<string, any>[] }} props */
export function Lines({ lines, model, facts }) {
  const { say, signed } = words.value;
  const apart = lines.filter(({ apart: step, a, b }) => step !== 0 || a.points !== b.points);
  const same = lines.filter((line) => !apart.includes(line));
  const most = Math.max(1e-9, ...apart.flatMap(({ a, b }) => [Math.abs(a.value), Math.abs(b.value)]));
  const sum = (/** @type {'a' | 'b'} */ side) => lines.reduce((total, line) => total + line[side].value, 0);
  return (
    <>
      {apart.length === 0 ? (
        <p class="quiet">{say('twoNothing')}</p>
      ) : (
        <table class="butterfly" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {say('twoRule')}
              </th>
              <th role="columnheader" scope="col" class="number">
                A
              </th>
              <td role="cell" aria-hidden="true" class="lanes-head" />
              <th role="columnheader" scope="col" class="number of-b">
                B
              </th>
              <th role="columnheader" scope="col" class="number">
                {say('twoDifference')}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {apart.map((line) => (
              <Row key={line.id} {...{ line, model, facts, most }} />
            ))}
          </tbody>
          <tfoot role="rowgroup">
            <tr role="row" class="total">
              <th role="rowheader" scope="row">
                {say('twoSum')}
              </th>
              <td role="cell" class="number">
                {signed(sum('a'))}
              </td>
              <td role="cell" aria-hidden="true" class="lanes" />
              <td role="cell" class="number of-b">
                {signed(sum('b'))}
              </td>
              <td role="cell" class="number">
                <Difference step={sum('a') - sum('b')} />
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {same.length > 0 && (
        <details class="same">
          <summary>{say('twoSame', { n: same.length })}</summary>
          <ul>
            {same.map((line) => (
              <li key={line.id}>
                <span>{nameOf(line, model)}</span> <b>{signed(line.a.value)}</b>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** @param {Line} line @param {Record<string, any>} model */
export function nameOf({ rule, adjustment, id }, model) {
  if (adjustment) return adjustmentName(model, adjustment, words.value);
  return words.value.text(rule?.label, rule?.id ?? id);
}

/** @param {{ line: Line, model: Record<string, any>, facts: Record<string, any>[], most: number }} props */
function Row({ line, model, facts, most }) {
  const { signed } = words.value;
  const { a, b, apart } = line;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {nameOf(line, model)}
        <Why {...{ line, model, facts }} />
      </th>
      <td role="cell" class="number" data-side="A">
        {signed(a.value)}
      </td>
      <td role="cell" aria-hidden="true" class="lanes">
        <span class={`wing left ${a.value < 0 ? 'minus' : ''}`}>
          <i style={{ '--share': Math.abs(a.value) / most }} />
        </span>
        <span class={`wing ${b.value < 0 ? 'minus' : ''}`}>
          <i style={{ '--share': Math.abs(b.value) / most }} />
        </span>
      </td>
      <td role="cell" class="number of-b" data-side="B">
        {signed(b.value)}
      </td>
      <td role="cell" class="number">
        <Difference step={apart} />
      </td>
    </tr>
  );
}

/** @param {{ step: number }} props */
function Difference({ step }) {
  const { say, number } = words.value;
  const size = number(Math.abs(step));
  if (size === '0') return <span class="step">0</span>;
  return <span class="step">{say('twoForWhom', { points: `+${size}`, which: step > 0 ? 'A' : 'B' })}</span>;
}

/** What is different between the two that makes the rule give them different points. @param {{ line: Line, model: Record<string, any>, facts: Record<string, any>[] }} props */
function Why({ line, model, facts: [factsA, factsB] }) {
  const { say, text, value: called, number, signed, list } = words.value;
  const { a, b, rule, adjustment, apart, dimension } = line;
  const parts = rule
    ? factsApart(model, rule, factsA, factsB).map(({ path, a: one, b: other }) => {
        const { label, unit } = model.attributes?.[path] ?? {};
        const shown = (/** @type {unknown} */ fact) =>
          fact === undefined || fact === null || (Array.isArray(fact) && fact.length === 0)
            ? say('notKnown')
            : `${called(fact)}${unit ? ` ${called(unit)}` : ''}`;
        return say('twoFactsOf', { name: text(label, path), a: shown(one), b: shown(other) });
      })
    : [];
  if (rule?.on && a.count !== b.count) parts.push(say('twoTimesOf', { a: a.count, b: b.count }));
  for (const [which, side] of /** @type {const} */ ([
    ['A', a],
    ['B', b],
  ])) {
    const gone = side.lost.reduce((sum, { points }) => sum + points, 0);
    if (gone > 0.005)
      parts.push(
        say('twoLostBy', { which, points: number(gone), causes: list(side.lost.map(({ cause }) => say(cause))) }),
      );
  }
  if (adjustment)
    for (const [which, { value }] of /** @type {const} */ ([
      ['A', a],
      ['B', b],
    ]))
      if (Math.abs(value) > 0.005)
        parts.push(say(value < 0 ? 'twoTakes' : 'twoGives', { which, points: number(Math.abs(value)) }));
  if (apart === 0 && a.points !== b.points)
    parts.push(
      say('twoLeftOut', {
        what: named(model.dimensions, dimension, words.value),
        a: signed(a.points),
        b: signed(b.points),
      }),
    );
  return parts.length > 0 ? <small>{parts.join(' · ')}</small> : null;
}
