/** Who moves between two versions of a model, and by how much. */

/** Leads that are named among those that move the most, each way. */
const NAMED = 5;

/**
 * @typedef {{ scores: import('../../pkg/leadscore.js').Scores, froms: (number | null)[], ranked: ReturnType<typeof import('./order.js').ranked> }} Standing what a version made of the leads, where the labels of its total begin, and how the values rank
 * @typedef {{ row: number, before: number, after: number }} Move
 * @typedef {{ up: number, down: number, same: number, without: number, mean: number, rises: Move[], falls: Move[], labels: number[][], grades: { from: string, to: string, count: number }[] }} Moves
 *   `labels`: how many went from each label of the version kept to each of that of now; the last of each are those without
 */

/** @param {Standing} before @param {Standing} now @returns {Moves} */
export function moves(before, now) {
  const [old, values] = [before.scores.values, now.scores.values];
  const found = { up: 0, down: 0, same: 0, without: 0, mean: 0 };
  const labels = Array.from({ length: before.froms.length + 1 }, () => new Array(now.froms.length + 1).fill(0));
  const [rises, falls] = [new Most(), new Most()];
  const labelBefore = labeller(before);
  const labelNow = labeller(now);
  for (let row = 0; row < values.length; row++) {
    const step = values[row] - old[row];
    labels[labelBefore(row)][labelNow(row)] += 1;
    if (Number.isNaN(step)) {
      found.without += 1;
      continue;
    }
    found[step > 0 ? 'up' : step < 0 ? 'down' : 'same'] += 1;
    found.mean += Math.abs(step);
    if (step > 0) rises.meet(row, step);
    if (step < 0) falls.meet(row, -step);
  }
  const named = (/** @type {Most} */ most) => most.rows.map(({ row }) => ({ row, before: old[row], after: values[row] }));
  const mean = found.mean / Math.max(1, found.up + found.down);
  return { ...found, mean, rises: named(rises), falls: named(falls), labels, grades: grades(before, now) };
}

/** The place of the label of a row; those that have none come last. @param {Standing} standing */
function labeller({ scores: { values, statuses, statusNames }, froms }) {
  const scored = statusNames.indexOf('scored');
  return (/** @type {number} */ row) => {
    const place = statuses[row] === scored ? froms.findIndex((from) => values[row] >= (from ?? -Infinity)) : -1;
    return place < 0 ? froms.length : place;
  };
}

/** From which grade to which, the most first. @param {Standing} before @param {Standing} now */
function grades(before, now) {
  const counts = new Map();
  const many = now.scores.gradeNames.length + 1;
  const place = (/** @type {Standing} */ { scores }, /** @type {number} */ row) =>
    Math.min(scores.grades[row], scores.gradeNames.length);
  const wide = before.scores.gradeNames.length + 1;
  const each = new Uint32Array(wide * many);
  for (let row = 0; row < now.scores.values.length; row++) each[place(before, row) * many + place(now, row)] += 1;
  each.forEach((count, at) => {
    const from = before.scores.gradeNames[Math.floor(at / many)] ?? '';
    const to = now.scores.gradeNames[at % many] ?? '';
    if (count > 0 && from !== to) counts.set(`${from}\0${to}`, { from, to, count });
  });
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** The few largest of many steps. */
class Most {
  /** @type {{ row: number, step: number }[]} */
  rows = [];

  /** @param {number} row @param {number} step */
  meet(row, step) {
    if (this.rows.length === NAMED && step <= this.rows[NAMED - 1].step) return;
    this.rows.push({ row, step });
    this.rows.sort((a, b) => b.step - a.step || a.row - b.row);
    this.rows.length = Math.min(this.rows.length, NAMED);
  }
}
