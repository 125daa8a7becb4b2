/** Two versions of the model on the same leads: who moves, by how much, from where to where, and what was changed. */
import { model, words } from '../state.js';
import { listOf } from '../understand/names.js';
import { differences, sideOf } from './differences.js';
import { compare, explain, filter, kept, scored, sorting } from './many.js';
import { STEP } from './shown.js';

/** Changes, and ways from one label to another, that are listed. */
const [CHANGES, WAYS] = [30, 8];

export function Compare() {
  const { say, number } = words.value;
  const before = kept.value;
  const { moves } = scored.value ?? {};
  if (!before || !moves) {
    return (
      <section class="card">
        <h2>{say('compare')}</h2>
        <p class="quiet">{say('compareAbout')}</p>
        <button type="button" class="button plain small" id="keep" onClick={() => compare(false)}>
          {say('keepVersion')}
        </button>
      </section>
    );
  }
  const { up, down, same, without, mean } = moves;
  const show = (/** @type {'up' | 'down'} */ moved) => {
    filter.value = { ...filter.value, moved };
    sorting.value = { by: STEP, up: moved === 'down' };
    document.getElementById('leads')?.scrollIntoView({ block: 'start' });
  };
  return (
    <section class="card compare">
      <h2>{say('compare')}</h2>
      <p role="status">
        {say('moves', { up: number(up), down: number(down), same: number(same) })}{' '}
        {up + down > 0 && say('movesMean', { mean: number(mean) })}{' '}
        {without > 0 && say('movesWithout', { n: number(without) })}
      </p>
      <div class="moved" aria-hidden="true" style={{ '--up': up, '--same': same + without, '--down': down }}>
        <i />
        <i />
        <i />
      </div>
      <div class="actions">
        {up > 0 && (
          <button type="button" class="button plain small" onClick={() => show('up')}>
            {say('showRising')}
          </button>
        )}
        {down > 0 && (
          <button type="button" class="button plain small" onClick={() => show('down')}>
            {say('showFalling')}
          </button>
        )}
        <button type="button" class="button plain small" onClick={() => compare(true)}>
          {say('dropVersion')}
        </button>
      </div>
      <div class="pair">
        <Counts moves={moves} />
        <div class="column">
          <Ways moves={moves} />
          <Named moves={moves} />
        </div>
      </div>
      <Changes />
    </section>
  );
}

/** How many have each label and each grade, in both versions. @param {{ moves: import('./moves.js').Moves }} props */
function Counts({ moves: { labels } }) {
  const { say, number, text, signed } = words.value;
  const { model: old, scored: then } = /** @type {NonNullable<typeof kept.value>} */ (kept.value);
  const counted = (/** @type {import('../state.js').Model} */ document, /** @type {number[]} */ counts) =>
    new Map(listOf(document.total?.labels).map(({ id, label }, place) => [id, { name: text(label, id), count: counts[place] }]));
  const was = counted(old, labels.map((row) => row.reduce((sum, one) => sum + one, 0)));
  const is = counted(model.value, (labels[0] ?? []).map((_, place) => labels.reduce((sum, row) => sum + row[place], 0)));
  const grades = [new Map(then.grades), new Map(scored.value?.grades)];
  const stages = [new Map(then.stages), new Map(scored.value?.stages)];
  const stageNames = new Map(
    [...listOf(old.stages), ...listOf(model.value.stages)].map(({ id, label }) => [id, text(label, id)]),
  );
  const line = (/** @type {string} */ id, /** @type {string} */ name, before = 0, now = 0) => (
    <tr key={id}>
      <th scope="row">{name}</th>
      <td>{number(before)}</td>
      <td>{number(now)}</td>
      <td>{now === before ? '=' : signed(now - before)}</td>
    </tr>
  );
  const each = (/** @type {Map<string, number>[]} */ [before, now], /** @type {(id: string) => string} */ name) =>
    [...new Set([...now.keys(), ...before.keys()])]
      .filter((id) => (before.get(id) ?? 0) + (now.get(id) ?? 0) > 0)
      .map((id) => line(id, name(id), before.get(id), now.get(id)));
  const parts = /** @type {[string, any[]][]} */ ([
    [say('labelColumn'), [...new Set([...is.keys(), ...was.keys()])].map((id) => line(id, (is.get(id) ?? was.get(id))?.name ?? id, was.get(id)?.count, is.get(id)?.count))],
    [say('gradeColumn'), each(grades, (id) => id)],
    [say('stageColumn'), each(stages, (id) => stageNames.get(id) ?? id)],
  ]);
  return (
    <div>
      <h3>{say('countsBeforeNow')}</h3>
      {parts.map(
        ([name, lines]) =>
          lines.length > 0 && (
            <table key={name}>
              <thead>
                <tr>
                  <th scope="col">{name}</th>
                  <th scope="col">{say('beforeColumn')}</th>
                  <th scope="col">{say('afterColumn')}</th>
                  <th scope="col">{say('stepColumn')}</th>
                </tr>
              </thead>
              <tbody>{lines}</tbody>
            </table>
          ),
      )}
    </div>
  );
}

/** From which label, and from which grade, to which. @param {{ moves: import('./moves.js').Moves }} props */
function Ways({ moves: { labels, grades } }) {
  const { say, number, text } = words.value;
  const name = (/** @type {import('../state.js').Model | undefined} */ document, /** @type {number} */ place) => {
    const label = listOf(document?.total?.labels)[place];
    return label ? text(label.label, label.id) : say('withoutLabel');
  };
  const ways = labels.flatMap((row, from) =>
    row.map((count, to) => ({ from: name(kept.value?.model, from), to: name(model.value, to), count })),
  );
  const changed = [...ways, ...grades.map(({ from, to, count }) => ({ from: from || say('withoutLabel'), to: to || say('withoutLabel'), count }))]
    .filter(({ from, to, count }) => count > 0 && from !== to)
    .sort((a, b) => b.count - a.count);
  if (changed.length === 0) return null;
  return (
    <div>
      <h3>{say('whoMoves')}</h3>
      <ul class="moves-list">
        {changed.slice(0, WAYS).map(({ from, to, count }) => (
          <li key={`${from} ${to}`}>
            <span>{say('fromLabelTo', { from, to })}</span> <b>{number(count)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The leads that move the most, each a way to its explanation. @param {{ moves: import('./moves.js').Moves }} props */
function Named({ moves: { rises, falls } }) {
  const { say, number, signed } = words.value;
  if (rises.length + falls.length === 0) return null;
  return (
    <div>
      <h3>{say('mostMoved')}</h3>
      <ul class="moves-list">
        {[...rises, ...falls].map(({ row, before, after }) => (
          <li key={row}>
            <button type="button" class="to-lead" onClick={() => explain(row)}>
              {say('moveOf', { n: number(row + 2), before: number(before), after: number(after) })}
            </button>{' '}
            <b>{signed(after - before)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was changed, in the words of both versions. */
function Changes() {
  const { say } = words.value;
  const old = kept.value?.model ?? {};
  const changed = differences(old, model.value, words.value);
  return (
    <div>
      <h3>{say('differences')}</h3>
      {changed.length === 0 && <p class="quiet">{say('noDifferences')}</p>}
      <ul class="changes">
        {changed.slice(0, CHANGES).map(({ where, before, after, condition }) => (
          <li key={where}>
            <span>{where}</span>{' '}
            {before === undefined ? (
              <ins>{typeof after === 'object' && !condition ? say('added') : sideOf(after, condition, model.value, words.value)}</ins>
            ) : after === undefined ? (
              <del>{typeof before === 'object' && !condition ? say('removed') : sideOf(before, condition, old, words.value)}</del>
            ) : (
              <>
                <del>{sideOf(before, condition, old, words.value)}</del> <span aria-hidden="true">→</span>{' '}
                <ins>{sideOf(after, condition, model.value, words.value)}</ins>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
