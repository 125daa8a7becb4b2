/** Has the engine score a whole file: leads that did nothing as columns, the others one by one with their events. */
import { wholeColumn } from './columns.js';
import { eventsBy, put } from './joined.js';

/** How long leads are scored in one go before others are heard, in milliseconds. */
const SLICE = 40;

/**
 * @typedef {import('./worker.js').Asked} Asked
 * @typedef {import('../../pkg/leadscore.js').Scorer} Scorer
 * @typedef {import('../../pkg/leadscore.js').Scores} Scores
 * @typedef {{ sheet: import('./joined.js').Sheet, roles: import('./joined.js').Roles, declared: import('./joined.js').Declared[], joined: import('./joined.js').Joined }} Doings
 */

/** The columns that the engine takes, read once for as many models as ask the same. */
export class Facts {
  /** @type {import('../../pkg/leadscore.js').Table | null} */
  #table = null;
  /** @type {[steps: string[], values: ArrayLike<unknown>][]} */
  #columns = [];
  #seen = '';

  /**
   * @param {Scorer} scorer
   * @param {import('./reading.js').Sheet} sheet
   * @param {Asked[]} asked
   * @param {Record<string, number>} mapping
   * @param {boolean} apart whether leads are scored one by one too
   */
  table(scorer, { columns, count }, asked, mapping, apart) {
    const now = JSON.stringify([asked, mapping, count, apart]);
    if (now === this.#seen && this.#table) return this.#table;
    const data = Object.fromEntries(
      asked.filter(({ path }) => mapping[path] >= 0).map((one) => [one.path, wholeColumn(columns[mapping[one.path]], one)]),
    );
    this.#table?.free();
    this.#table = scorer.table(
      Object.keys(data).length > 0 ? data : { [asked[0]?.path ?? 'nothing']: new Array(count).fill(null) },
    );
    this.#columns = apart ? Object.entries(data).map(([path, values]) => [path.split('.'), values]) : [];
    this.#seen = now;
    return this.#table;
  }

  /** @param {number} row */
  of(row) {
    const facts = /** @type {Record<string, any>} */ ({});
    for (const [steps, values] of this.#columns) put(facts, steps, values[row]);
    return facts;
  }
}

/**
 * Scores the leads that did something, over what the table gave them.
 * @param {Scorer} scorer
 * @param {Facts} facts
 * @param {Scores} scores
 * @param {Doings} doings
 * @param {number} asOf
 * @param {(share: number) => Promise<boolean>} pause lets others have their turn; `false` to stop
 * @returns {Promise<boolean>} whether it came to the end
 */
export async function scoreDoings(scorer, facts, scores, { sheet, roles, declared, joined }, asOf, pause) {
  const { values, grades, stages, statuses, gradeNames, stageNames, statusNames } = scores;
  const places = (/** @type {readonly string[]} */ names) => new Map(names.map((name, place) => [name, place]));
  const [gradePlaces, stagePlaces, statusPlaces] = [gradeNames, stageNames, statusNames].map(places);
  const eventsOf = eventsBy(sheet, roles, declared, joined);
  const { starts } = joined;
  let began = performance.now();
  for (let row = 0; row < values.length; row++) {
    if (starts[row] === starts[row + 1]) continue;
    const { value, grade, stage, status } = scorer.score(facts.of(row), { events: eventsOf(row), asOf });
    values[row] = value ?? NaN;
    grades[row] = gradePlaces.get(grade ?? '') ?? 65_535;
    stages[row] = stagePlaces.get(stage ?? '') ?? 65_535;
    statuses[row] = statusPlaces.get(status) ?? 0;
    if (performance.now() - began < SLICE) continue;
    if (!(await pause(row / values.length))) return false;
    began = performance.now();
  }
  return true;
}
