/** What came of a file of leads in figures, as a JSON file: no lead is in it. */
import { download } from '../files.js';
import { model, now } from '../state.js';
import { bandsOf, tenthsOf, verdictOf } from './judge.js';
import { file, judged, kept, leaks, outcome, scored } from './many.js';
import { firstFrom } from './order.js';
import { labelsNow } from './thresholds.js';

/** @param {string[]} names of the labels */
export function saveFigures(names) {
  const [sheet, found] = [file.value, scored.value];
  if (!sheet || !found) return;
  const { id, version = null } = model.value;
  const { low, high, counts } = found.bins;
  const reached = labelsNow().map(({ from }) => found.sorted.length - firstFrom(found.sorted, from ?? -Infinity));
  const figures = {
    model: { id, version },
    asOf: new Date(now).toISOString(),
    file: sheet.name,
    leads: sheet.count,
    scored: found.sorted.length,
    histogram: { low, high, counts },
    labels: labelsNow().map((label, place) => ({
      id: label.id,
      name: names[place],
      from: label.from ?? null,
      leads: reached[place] - (reached[place - 1] ?? 0),
    })),
    grades: Object.fromEntries(found.grades),
    stages: Object.fromEntries(found.stages),
    statuses: Object.fromEntries(found.statuses),
    ...(kept.value && { moves: found.moves }),
    ...(outcome.value && judged.value && { outcomes: outcomes(sheet.header, found.bins) }),
  };
  download(`${sheet.name.replace(/\.\w+$/, '')}-figures.json`, `${JSON.stringify(figures, null, 2)}\n`, 'application/json');
}

/** @param {string[]} header @param {{ low: number, high: number }} bins */
function outcomes(header, { low, high }) {
  const { tally, refused, open, unscored } = /** @type {NonNullable<typeof judged.value>} */ (judged.value);
  const { verdict, area } = verdictOf(tally);
  return {
    column: header[outcome.value?.place ?? -1],
    won: outcome.value?.meanings.filter(({ means }) => means === 1).map(({ text }) => text),
    verdict,
    area,
    tenths: tally.values.length > 0 ? tenthsOf(tally) : [],
    bands: bandsOf(tally, low, high),
    refused,
    open,
    unscored,
    giveAway: leaks.value.map(({ place, area: alone }) => ({ column: header[place], area: alone })),
  };
}
