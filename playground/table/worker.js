/**
 * Reads and scores many leads away from the page, which stays free: the rows are here and nowhere else. The page asks for what
 * it shows. The engine is the build for servers, which takes a table as columns.
 */
import wasm from '../../pkg/wasm/server/leadscore_bg.wasm?url';
import { init, loadScorer } from '../../pkg/src/server.js';
import { columnFor, converted } from './columns.js';
import { eventsBy, join, rolesOf } from './joined.js';
import { leaks, tallyOf } from './judge.js';
import { moves } from './moves.js';
import { likeliest, outcomesIn, outcomesOf, weeksIn } from './outcome.js';
import { ranked } from './order.js';
import { readSheet, Unreadable } from './reading.js';
import { saved } from './saved.js';
import { Facts, scoreDoings } from './scoring.js';
import { kept, shown, VALUE } from './shown.js';

/** Bins of the histogram. */
const BINS = 60;

/**
 * @typedef {{ path: string, type: string, values?: string[], names: string[] }} Asked an attribute, and what people may call it
 * @typedef {import('./shown.js').Sorting} Sorting
 * @typedef {import('./shown.js').Filter} Filter
 * @typedef {import('./moves.js').Standing} Standing
 * @typedef {{ do: 'read', source: File | string, name: string, asked: Asked[] }
 *   | { do: 'score', program: Uint8Array, asked: Asked[], mapping: Record<string, number>, asOf: number, froms: (number | null)[] }
 *   | { do: 'events', source: File | string, name: string, declared: import('./joined.js').Declared[], asOf: number }
 *   | { do: 'join', roles: import('./joined.js').Roles, asOf: number }
 *   | { do: 'stop', forget: boolean }
 *   | { do: 'judge', outcome: import('./outcome.js').Outcome | null }
 *   | { do: 'keep', forget: boolean }
 *   | { do: 'arrange', sorting: Sorting, filter: Filter }
 *   | { do: 'rows', from: number, to: number }
 *   | { do: 'lead', row: number, asked: Asked[], mapping: Record<string, number> }
 *   | { do: 'export', headings: string[], labels: string[], filter: Filter }} Order
 */

/** @type {import('./reading.js').Sheet} */
let sheet = { header: [], columns: [], count: 0, delimiter: ',', notes: [] };
/** @type {Standing | null} */
let standing = null;
/** What the version that was kept made of them. @type {Standing | null} */
let before = null;
const facts = new Facts();
/** @type {import('../../pkg/leadscore.js').Scorer | null} */
let scorer = null;
/** What the leads did, where there is a file of it. @type {import('./scoring.js').Doings | null} */
let doings = null;
/** Grows with every file of events, and when one is no longer wanted. */
let reading = 0;
/** What became of each lead, and the column that says so. @type {{ place: number, each: Int8Array } | null} */
let outcome = null;
/** @type {{ sorting: Sorting, filter: Filter }} */
let wanted = { sorting: { by: VALUE, up: false }, filter: {} };
/** The rows that the table shows, in their order. */
let order = new Uint32Array();
/** Grows with every order to score, so that one which a later one follows is left undone. */
let turn = 0;

const work = { read, score, events, join: joinBy, stop, judge, keep, arrange, rows, lead, export: exported };

self.addEventListener('message', async ({ data }) => {
  try {
    // @ts-expect-error each order goes to its own work
    await work[data.do](data);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const key = data.do === 'read' || data.do === 'events' ? 'csvBroken' : 'scoreBroken';
    const said = error instanceof Unreadable ? error.said : { key, values: { message } };
    postMessage({ is: 'failed', name: data.name, said });
  }
});

/** @param {Extract<Order, { do: 'read' }>} order */
async function read({ source, name, asked }) {
  const file = typeof source === 'string' ? new File([source], name) : source;
  sheet = await readSheet(file, (count, share) => postMessage({ is: 'reading', count, share }));
  const { header, columns, count, notes } = sheet;
  const taken = new Set();
  const mapping = Object.fromEntries(
    asked.map(({ path, names }) => {
      const place = columnFor(path, names, header, taken);
      taken.add(place);
      return [path, place];
    }),
  );
  const outcomes = outcomesIn(columns);
  const outcome = likeliest(outcomes, header, taken);
  const facets = columns.map((column) => ({
    numeric: column.numeric,
    texts: column.texts.length <= 50 ? [...column.texts].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })) : null,
  }));
  postMessage({ is: 'read', header, count, notes, mapping, outcomes, outcome, facets, weeks: weeksIn(columns, header) });
}

/** @param {Extract<Order, { do: 'score' }>} order */
async function score({ program, asked, mapping, asOf, froms }) {
  const mine = ++turn;
  await init(new URL(wasm, self.location.href));
  await rest();
  if (mine !== turn) return;
  const { count } = sheet;
  const next = loadScorer(program);
  const table = facts.table(next, sheet, asked, mapping, doings !== null);
  const started = performance.now();
  const scores = next.scoreTable(table, { asOf });
  const pause = async (/** @type {number} */ share) => {
    postMessage({ is: 'scoring', share });
    await rest();
    return mine === turn;
  };
  const whole = !doings || (await scoreDoings(next, facts, scores, doings, asOf, pause));
  if (!whole) return next.free();
  const milliseconds = performance.now() - started;
  scorer?.free();
  scorer = next;
  standing = { scores, froms, ranked: ranked(scores.values) };
  const { grades, stages, statuses, gradeNames, stageNames, statusNames } = scores;
  const sorted = sortedOf(standing);
  const told = {
    is: 'scored',
    count,
    milliseconds,
    sorted,
    bins: binned(sorted),
    grades: tallied(grades, gradeNames),
    stages: tallied(stages, stageNames),
    statuses: tallied(statuses, statusNames),
    moves: before && moves(before, standing),
  };
  postMessage(told, { transfer: [sorted.buffer] }); // not copied: the page would stand still meanwhile
  judged();
  arrange(wanted);
}

/** The values of the leads that are scored, from low to high. @param {Standing} standing */
function sortedOf({ scores: { statuses, statusNames }, ranked: { all, ranks } }) {
  const scored = statusNames.indexOf('scored');
  const counts = new Uint32Array(all.length + 1);
  for (let row = 0; row < ranks.length; row++) if (statuses[row] === scored) counts[ranks[row]] += 1;
  const sorted = new Float64Array(counts.subarray(1).reduce((sum, count) => sum + count, 0));
  let from = 0;
  all.forEach((value, rank) => sorted.fill(value, from, (from += counts[rank + 1])));
  return sorted;
}

/** Lets the orders be heard that came meanwhile. */
function rest() {
  return new Promise((resume) => setTimeout(resume));
}

/** Reads what the leads did, beside them. @param {Extract<Order, { do: 'events' }>} order */
async function events({ source, name, declared, asOf }) {
  const mine = ++reading;
  const file = typeof source === 'string' ? new File([source], name) : source;
  try {
    const found = await readSheet(file, (count, share) => postMessage({ is: 'reading', count, share }), () => mine !== reading);
    const roles = rolesOf(found, sheet, declared);
    const joined = join(found, sheet, roles, declared, asOf);
    doings = { sheet: found, roles, declared, joined };
    postMessage({ is: 'joined', name, header: found.header, notes: found.notes, roles, counts: joined.counts });
  } catch (error) {
    if (mine === reading) throw error;
  }
}

/** Holds other columns against each other. @param {Extract<Order, { do: 'join' }>} order */
function joinBy({ roles, asOf }) {
  if (!doings) return;
  const joined = join(doings.sheet, sheet, roles, doings.declared, asOf);
  doings = { ...doings, roles, joined };
  postMessage({ is: 'rejoined', roles, counts: joined.counts });
}

/** Leaves undone what takes long; on request forgets what the leads did. @param {Extract<Order, { do: 'stop' }>} order */
function stop({ forget }) {
  reading += 1;
  turn += 1;
  if (forget) doings = null;
}

/** Takes a column for what became of the leads. @param {Extract<Order, { do: 'judge' }>} order */
function judge({ outcome: chosen }) {
  outcome = chosen && { place: chosen.place, each: outcomesOf(sheet.columns[chosen.place], chosen.meanings) };
  postMessage({ is: 'leaks', leaks: outcome ? leaks(sheet.columns, outcome.each, outcome.place) : [] });
  judged();
}

/** Tells how many leads were won and lost at each score, and among those that the model refuses. */
function judged() {
  if (!outcome || !standing) return;
  const { values, statuses, statusNames } = standing.scores;
  const refusals = [statusNames.indexOf('disqualified'), statusNames.indexOf('excluded')];
  const scored = statusNames.indexOf('scored');
  const refused = { won: 0, lost: 0 };
  const open = { open: 0, unscored: 0 };
  for (let row = 0; row < values.length; row++) {
    const each = outcome.each[row];
    if (each < 0) open.open += 1;
    else if (refusals.includes(statuses[row])) refused[each === 1 ? 'won' : 'lost'] += 1;
    else if (statuses[row] !== scored || Number.isNaN(values[row])) open.unscored += 1;
  }
  const tally = tallyOf(standing.ranked, outcome.each, (row) => statuses[row] === scored);
  postMessage({ is: 'judged', tally, refused, ...open }, { transfer: [tally.values.buffer, tally.won.buffer, tally.lost.buffer] });
}

/** Keeps what the model gives now, to compare later ones with it; or forgets it. @param {{ forget: boolean }} asked */
function keep({ forget }) {
  before = forget ? null : standing;
  postMessage({ is: 'kept', moves: before && standing && moves(before, standing) });
}

/** @param {ArrayLike<number>} places @param {readonly string[]} names */
function tallied(places, names) {
  const counts = new Array(names.length).fill(0);
  for (let row = 0; row < places.length; row++) if (places[row] < names.length) counts[places[row]] += 1;
  return names.map((name, place) => [name, counts[place]]);
}

/** @param {Float64Array} sorted */
function binned(sorted) {
  const [low, high] = [Math.min(0, sorted[0] ?? 0), Math.max(100, sorted.at(-1) ?? 100)];
  const counts = new Array(BINS).fill(0);
  for (const value of sorted) counts[Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS))] += 1;
  return { low, high, counts };
}

/** @param {{ sorting: Sorting, filter: Filter }} asked */
function arrange({ sorting, filter }) {
  wanted = { sorting, filter };
  order = shown(leadsNow(), filter, sorting);
  postMessage({ is: 'arranged', sorting, filter, count: order.length });
}

/** Of no leads. */
const NONE = ranked(new Float64Array());

/** @returns {import('./shown.js').Leads} */
function leadsNow() {
  const { columns, count } = sheet;
  return { columns, count, scores: standing?.scores ?? null, before: before?.scores.values ?? null, ranked: standing?.ranked ?? NONE };
}

/** @param {{ from: number, to: number }} asked */
function rows({ from, to }) {
  const some = Array.from(order.subarray(from, to), (row) => ({
    row,
    cells: sheet.columns.map((column) => column.at(row)),
    ...standingOf(row),
  }));
  postMessage({ is: 'rows', from, rows: some });
}

/** @param {number} row */
function standingOf(row) {
  if (!standing) return { value: null, step: null, status: '', grade: '', stage: '' };
  const { values, grades, stages, statuses, gradeNames, stageNames, statusNames } = standing.scores;
  return {
    value: Number.isNaN(values[row]) ? null : values[row],
    step: before ? values[row] - before.scores.values[row] : null,
    status: statusNames[statuses[row]],
    grade: gradeNames[grades[row]] ?? '',
    stage: stageNames[stages[row]] ?? '',
  };
}

/** The facts of one row, as the page scores them. @param {Extract<Order, { do: 'lead' }>} asked */
function lead({ row, asked, mapping }) {
  const facts = /** @type {[string, unknown][]} */ ([]);
  for (const one of asked) {
    const place = mapping[one.path];
    if (place < 0) continue;
    const value = converted([sheet.columns[place].at(row)], one)[0];
    if (value !== null && !Number.isNaN(value)) facts.push([one.path, value]);
  }
  const events = doings ? eventsBy(doings.sheet, doings.roles, doings.declared, doings.joined)(row) : [];
  postMessage({ is: 'lead', row, facts, events });
}

/** @param {Extract<Order, { do: 'export' }>} asked */
function exported({ headings, labels, filter }) {
  const { froms = [], scores } = standing ?? {};
  const scored = scores?.statusNames.indexOf('scored');
  const cells = (/** @type {number} */ row) => {
    const { value, step, status, grade, stage } = standingOf(row);
    const label = scores?.statuses[row] === scored ? froms.findIndex((from) => (value ?? NaN) >= (from ?? -Infinity)) : -1;
    return [
      ...sheet.columns.map((column) => column.at(row)),
      value ?? '',
      status,
      ...(labels.length > 0 ? [labels[label] ?? ''] : []),
      grade,
      stage,
      ...(before ? [step === null || Number.isNaN(step) ? '' : step] : []),
    ];
  };
  const file = saved([...sheet.header, ...headings], kept(leadsNow(), filter), cells, sheet.delimiter);
  postMessage({ is: 'exported', file });
}
