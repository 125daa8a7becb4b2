/**
 * Reads and scores many leads away from the page, which stays free: the rows are here and nowhere else. The page asks for what
 * it shows. The engine is the build for servers, which takes a table as columns.
 */
import Papa from 'papaparse';
import wasm from '../../pkg/wasm/server/leadscore_bg.wasm?url';
import { init, loadScorer } from '../../pkg/src/server.js';
import { columnFor, converted } from './columns.js';

/** Rows that are read at most, and bins of the histogram. */
const [MOST, BINS] = [1_000_000, 60];

/**
 * @typedef {{ path: string, type: string, values?: string[], names: string[] }} Asked an attribute, and what people may call it
 * @typedef {{ do: 'read', source: File | string, asked: Asked[] }
 *   | { do: 'score', program: Uint8Array, asked: Asked[], mapping: Record<string, number>, asOf: number }
 *   | { do: 'keep', forget: boolean }
 *   | { do: 'sort', by: number, up: boolean }
 *   | { do: 'rows', from: number, to: number }
 *   | { do: 'lead', row: number, asked: Asked[], mapping: Record<string, number> }
 *   | { do: 'export', headings: string[] }} Order
 */

/** @type {string[]} */
let header = [];
/** The cells, column by column. @type {string[][]} */
let columns = [];
/** @type {import('../../pkg/leadscore.js').Scores | null} */
let scores = null;
/** @type {import('../../pkg/leadscore.js').Table | null} */
let table = null;
/** @type {import('../../pkg/leadscore.js').Scorer | null} */
let scorer = null;
/** What the version that was kept gave, row by row. @type {Float64Array | null} */
let before = null;
/** The rows in the order in which they are shown. */
let order = new Uint32Array();
let seen = '';

const work = { read, keep, score, sort, rows, lead, export: exported };

self.addEventListener('message', async ({ data }) => {
  try {
    // @ts-expect-error each order goes to its own work
    await work[data.do](data);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    postMessage({ is: 'failed', message });
  }
});

/** @param {Extract<Order, { do: 'read' }>} order */
function read({ source, asked }) {
  header = [];
  columns = [];
  let count = 0;
  let told = 0;
  let more = false;
  const size = typeof source === 'string' ? source.length : source.size;
  /** @param {Papa.ParseStepResult<string[]> | Papa.ParseResult<string[]>} result @param {Papa.Parser} parser */
  const chunk = (result, parser) => {
    for (const row of /** @type {string[][]} */ (result.data)) {
      if (header.length === 0) {
        header = row.map((name) => name.trim());
        columns = header.map(() => []);
      } else if (count < MOST) {
        for (let place = 0; place < columns.length; place++) columns[place].push(row[place] ?? '');
        count += 1;
      } else {
        more = true;
        parser.abort();
        break;
      }
    }
    if (Date.now() - told > 100) {
      told = Date.now();
      postMessage({ is: 'reading', count, share: size > 0 ? result.meta.cursor / size : 0 });
    }
  };
  /** @param {Error} error */
  const error = (error) => postMessage({ is: 'failed', message: error.message });
  const complete = () => {
    const taken = new Set();
    const mapping = Object.fromEntries(
      asked.map(({ path, names }) => {
        const place = columnFor(path, names, header, taken);
        taken.add(place);
        return [path, place];
      }),
    );
    postMessage({ is: 'read', header, count, more, mapping });
  };
  const options = { skipEmptyLines: /** @type {const} */ ('greedy'), chunk, complete, error };
  if (typeof source === 'string') Papa.parse(source, { ...options, worker: false });
  else Papa.parse(source, { ...options, chunkSize: 2 ** 20 });
}

/** @param {Extract<Order, { do: 'score' }>} order */
async function score({ program, asked, mapping, asOf }) {
  await init(new URL(wasm, self.location.href));
  const count = columns[0]?.length ?? 0;
  const columnsNow = JSON.stringify([asked, mapping, count]);
  const next = loadScorer(program);
  if (columnsNow !== seen || !table) {
    const data = Object.fromEntries(
      asked
        .filter(({ path }) => mapping[path] >= 0)
        .map((one) => [one.path, converted(columns[mapping[one.path]], one)]),
    );
    table?.free();
    table = next.table(
      Object.keys(data).length > 0 ? data : { [asked[0]?.path ?? 'nothing']: new Array(count).fill(null) },
    );
    seen = columnsNow;
  }
  const started = performance.now();
  const found = next.scoreTable(table, { asOf });
  const milliseconds = performance.now() - started;
  scorer?.free();
  scorer = next;
  scores = found;
  const { values, grades, stages, statuses, gradeNames, stageNames, statusNames } = found;
  const sorted = values.filter((value, row) => !Number.isNaN(value) && statusNames[statuses[row]] === 'scored').sort();
  const told = {
    is: 'scored',
    count,
    milliseconds,
    sorted,
    bins: binned(sorted),
    grades: tallied(grades, gradeNames),
    stages: tallied(stages, stageNames),
    statuses: tallied(statuses, statusNames),
    moves: moves(),
  };
  postMessage(told, { transfer: [sorted.buffer] }); // not copied: the page would stand still meanwhile
  if (order.length !== count) order = Uint32Array.from({ length: count }, (_, row) => row);
  sort(sorting);
}

/** Keeps what the model gives now, to compare later ones with it; or forgets it. @param {{ forget: boolean }} asked */
function keep({ forget }) {
  before = forget || !scores ? null : scores.values.slice();
  postMessage({ is: 'kept', moves: moves() });
}

/** How many leads rose and fell since the version that was kept. */
function moves() {
  if (!before || !scores) return null;
  const found = { up: 0, down: 0, same: 0 };
  for (let row = 0; row < before.length; row++) {
    const step = scores.values[row] - before[row];
    found[step > 0 ? 'up' : step < 0 ? 'down' : 'same'] += 1;
  }
  return found;
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

/** What the table is sorted by: a column of the file, -1 for the value, -2 for how far it moved. */
let sorting = { by: -1, up: false };

/** @param {{ by: number, up: boolean }} asked */
function sort({ by, up }) {
  sorting = { by, up };
  const way = up ? 1 : -1;
  if (by === -2) {
    const step = (/** @type {number} */ row) => (scores && before ? scores.values[row] - before[row] || 0 : 0);
    order.sort((a, b) => way * (step(a) - step(b)) || a - b);
  } else if (by < 0) {
    const values = scores?.values ?? new Float64Array();
    const worth = (/** @type {number} */ row) => (Number.isNaN(values[row]) ? -Infinity : values[row]);
    order.sort((a, b) => way * (worth(a) - worth(b)) || a - b);
  } else {
    const column = columns[by];
    const numbers = column.map((cell) => (cell === '' ? NaN : Number(cell.replace(',', '.').replace(/\s/g, ''))));
    const numeric =
      numbers.filter((value) => !Number.isNaN(value)).length > column.filter((cell) => cell !== '').length / 2;
    if (numeric)
      order.sort(
        (a, b) =>
          way *
            ((Number.isNaN(numbers[a]) ? -Infinity : numbers[a]) -
              (Number.isNaN(numbers[b]) ? -Infinity : numbers[b])) || a - b,
      );
    else order.sort((a, b) => (column[a] < column[b] ? -way : column[a] > column[b] ? way : a - b));
  }
  postMessage({ is: 'sorted', by, up });
}

/** @param {{ from: number, to: number }} asked */
function rows({ from, to }) {
  const shown = Array.from(order.subarray(from, to), (row) => ({
    row,
    cells: columns.map((column) => column[row]),
    ...standing(row),
  }));
  postMessage({ is: 'rows', from, rows: shown });
}

/** @param {number} row */
function standing(row) {
  if (!scores) return { value: null, step: null, status: '', grade: '', stage: '' };
  const { values, grades, stages, statuses, gradeNames, stageNames, statusNames } = scores;
  return {
    value: Number.isNaN(values[row]) ? null : values[row],
    step: before ? values[row] - before[row] : null,
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
    const value = converted([columns[place][row]], one)[0];
    if (value !== null && !Number.isNaN(value)) facts.push([one.path, value]);
  }
  postMessage({ is: 'lead', row, facts });
}

/** @param {{ headings: string[] }} asked */
function exported({ headings }) {
  const parts = [`${Papa.unparse([[...header, ...headings]])}\r\n`];
  for (let from = 0; from < order.length; from += 20_000) {
    const some = Array.from(order.subarray(from, from + 20_000), (row) => {
      const { value, status, grade, stage } = standing(row);
      return [...columns.map((column) => column[row]), value ?? '', status, grade, stage];
    });
    parts.push(`${Papa.unparse(some)}\r\n`);
  }
  postMessage({ is: 'exported', file: new Blob(parts, { type: 'text/csv' }) });
}
