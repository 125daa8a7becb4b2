/** Two versions of the model on the same leads: who moves, how many have each label, and what was changed. */
import { model, words } from '../state.js';
import { listOf } from '../understand/names.js';
import { differences } from './differences.js';
import { compare, kept, scored } from './many.js';
import { firstFrom } from './order.js';

/** Changes that are listed. */
const MOST = 20;

export function Compare() {
  const { say, number, text, value: called } = words.value;
  const before = kept.value;
  const found = scored.value;
  if (!before || !found) {
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
  const { up, down, same } = found.moves ?? { up: 0, down: 0, same: 0 };
  const [old, now] = [countsOf(before.model, before.scored.sorted), countsOf(model.value, found.sorted)];
  const labels = [
    ...listOf(model.value.total?.labels),
    ...listOf(before.model.total?.labels).filter(({ id }) => !now.has(id)),
  ];
  const changed = differences(before.model, model.value, words.value);
  const told = (/** @type {unknown} */ one, /** @type {'added' | 'removed'} */ other) =>
    one === undefined ? say(other) : typeof one === 'object' ? JSON.stringify(one) : called(one);
  return (
    <section class="card compare">
      <h2>{say('compare')}</h2>
      <p role="status">{say('moves', { up: number(up), down: number(down), same: number(same) })}</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{say('beforeColumn')}</th>
            <th scope="col">{say('afterColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ id, label }) => (
            <tr key={id}>
              <th scope="row">{text(label, id)}</th>
              <td>{number(old.get(id) ?? 0)}</td>
              <td>{number(now.get(id) ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{say('differences')}</h3>
      {changed.length === 0 && <p class="quiet">{say('noDifferences')}</p>}
      <ul>
        {changed.slice(0, MOST).map(({ where, before: was, after: is }) => (
          <li key={where}>
            {say('set', {
              attribute: where,
              value:
                was === undefined
                  ? say('added')
                  : say('fromInto', { before: told(was, 'added'), after: told(is, 'removed') }),
            })}
          </li>
        ))}
      </ul>
      <button type="button" class="button plain small" onClick={() => compare(true)}>
        {say('dropVersion')}
      </button>
    </section>
  );
}

/** How many leads have each label of the total. @param {import('../state.js').Model} document @param {Float64Array} sorted */
function countsOf(document, sorted) {
  let above = 0;
  return new Map(
    listOf(document.total?.labels).map(({ id, from }) => {
      const reached = typeof from === 'number' ? sorted.length - firstFrom(sorted, from) : sorted.length;
      const count = reached - above;
      above = reached;
      return [id, count];
    }),
  );
}
