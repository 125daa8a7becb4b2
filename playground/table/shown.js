/** Which rows the table shows, and in which order. */
import { inOrder, ranked } from './order.js';

/** What the table can be sorted by besides the columns of the file: the value, and how far it moved. */
export const [VALUE, STEP] = [-1, -2];

/**
 * @typedef {{ by: number, up: boolean }} Sorting
 * @typedef {{ label?: { from: number, below: number }, grade?: string, stage?: string, status?: string, moved?: 'up' | 'down', column?: number, text?: string, within?: string, least?: number, most?: number }} Filter
 *   every field that is there must hold: of a column a whole text, a part of it, or the ends of its numbers
 * @typedef {{ columns: import('./column.js').Column[], count: number, scores: import('../../pkg/leadscore.js').Scores | null, before: Float64Array | null, ranked: ReturnType<typeof ranked> }} Leads
 */

/** @param {Leads} leads @param {Filter} filter @param {Sorting} sorting */
export function shown(leads, filter, { by, up }) {
  const rows = kept(leads, filter);
  const { columns, scores, before } = leads;
  if (by >= 0) {
    const { places, ranked } = columns[by];
    return inOrder(rows, (row) => ranked.ranks[places[row]], ranked.many, up);
  }
  if (!scores) return rows;
  const { values } = scores;
  const worth = by === STEP && before ? ranked(values.map((value, row) => value - before[row])) : leads.ranked;
  return inOrder(rows, (row) => worth.ranks[row], worth.all.length + 1, up);
}

/** The rows that a filter lets through, as the file has them. @param {Leads} leads @param {Filter} filter */
export function kept({ columns, count, scores, before }, filter) {
  const tests = /** @type {((row: number) => boolean)[]} */ ([]);
  const { label, grade, stage, status, moved, column } = filter;
  if (scores) {
    const { values, grades, stages, statuses, gradeNames, stageNames, statusNames } = scores;
    const scored = statusNames.indexOf('scored');
    if (label) tests.push((row) => statuses[row] === scored && values[row] >= label.from && values[row] < label.below);
    for (const [wanted, places, names] of /** @type {[string | undefined, ArrayLike<number>, readonly string[]][]} */ ([
      [grade, grades, gradeNames],
      [stage, stages, stageNames],
      [status, statuses, statusNames],
    ])) {
      if (wanted === undefined) continue;
      const place = names.indexOf(wanted);
      tests.push((row) => places[row] === place);
    }
    if (moved && before) tests.push((row) => (moved === 'up' ? values[row] > before[row] : values[row] < before[row]));
  }
  if (column !== undefined) {
    const holds = holding(columns[column], filter);
    const { places } = columns[column];
    tests.push((row) => holds[places[row]] === 1);
  }
  const rows = new Uint32Array(count);
  let many = 0;
  if (tests.length === 0) for (; many < count; many++) rows[many] = many;
  else for (let row = 0; row < count; row++) if (tests.every((test) => test(row))) rows[many++] = row;
  return rows.subarray(0, many);
}

/** Which texts of a column are looked for. @param {import('./column.js').Column} column @param {Filter} filter */
function holding({ texts, numbers }, { text, within, least = -Infinity, most = Infinity }) {
  const part = within?.toLowerCase();
  const bounded = least > -Infinity || most < Infinity;
  return Uint8Array.from(texts, (one, place) =>
    Number(
      (text === undefined || one === text) &&
        (part === undefined || one.toLowerCase().includes(part)) &&
        (!bounded || (numbers[place] >= least && numbers[place] <= most)),
    ),
  );
}
