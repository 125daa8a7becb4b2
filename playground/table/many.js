/** Many leads, as the page sees them: what the worker has read and scored, and how to ask it. */
import { batch, effect, signal } from '@preact/signals';
import { compileModel } from 'leadscore';
import { download } from '../files.js';
import { model, meet, now, standing, view, words } from '../state.js';
import { withFact } from '../understand/names.js';

/** What is read at most, in megabytes. */
const MOST = 500;

/**
 * @typedef {import('./worker.js').Asked} Asked
 * @typedef {{ row: number, cells: string[], value: number | null, step: number | null, status: string, grade: string, stage: string }} Row
 * @typedef {{ count: number, milliseconds: number, sorted: Float64Array, bins: { low: number, high: number, counts: number[] }, moves: { up: number, down: number, same: number } | null, grades: [string, number][], stages: [string, number][], statuses: [string, number][] }} Scored
 */

export const file = signal(/** @type {{ name: string, header: string[], count: number } | null} */ (null));
export const mapping = signal(/** @type {Record<string, number>} */ ({}));
export const scored = signal(/** @type {Scored | null} */ (null));
export const busy = signal(/** @type {{ name: string, count: number, share: number } | null} */ (null));
export const problem = signal('');
export const sorting = signal({ by: -1, up: false });
/** The rows in sight, from a place in the order. */
export const sight = signal(/** @type {{ from: number, rows: Row[] }} */ ({ from: 0, rows: [] }));
/** The version that later ones are compared with, and the scores that it gave in order. */
export const kept = signal(/** @type {{ model: import('../state.js').Model, sorted: Float64Array } | null} */ (null));
/** Grows whenever rows have to be asked for anew. */
export const turn = signal(0);

/** @type {Worker | null} */
let worker = null;
/** The file that is being read, in a worker of its own: what was there stays until it is whole. @type {Worker | null} */
let reader = null;

/** What the model asks about, by every name that a column can have. @returns {Asked[]} */
export function asked() {
  const { attributes } = standing.value?.model ?? model.value;
  return Object.entries(attributes ?? {}).map(([path, { type, values, label }]) => ({
    path,
    type,
    values,
    names: typeof label === 'string' ? [label] : Object.values(label ?? {}).map(String),
  }));
}

/** @param {File | string} source @param {string} name */
export async function open(source, name) {
  problem.value = '';
  const { say, number } = words.peek();
  if (typeof source !== 'string') {
    if (source.size > MOST * 2 ** 20)
      return void (problem.value = say('csvTooBig', { name, size: number(Math.round(source.size / 2 ** 20)) }));
    const start = new Uint8Array(await source.slice(0, 4096).arrayBuffer());
    if (start.includes(0)) return void (problem.value = say('csvBinary', { name }));
  }
  reader?.terminate();
  reader = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  busy.value = { name, count: 0, share: 0 };
  reader.addEventListener('message', ({ data }) => hear(data, name));
  reader.addEventListener('error', ({ message }) => failed(name, message));
  reader.postMessage({ do: 'read', source, asked: asked() });
}

export function cancel() {
  reader?.terminate();
  reader = null;
  busy.value = null;
  problem.value = words.peek().say('cancelled');
}

/** @param {string} name @param {string} message */
function failed(name, message) {
  busy.value = null;
  problem.value = words.peek().say('csvBroken', { name, message });
}

/** @param {any} data @param {string} name */
function hear(data, name) {
  const { say } = words.peek();
  switch (data.is) {
    case 'reading':
      busy.value = { name, count: data.count, share: data.share };
      break;
    case 'read':
      busy.value = null;
      if (data.count === 0) return void (problem.value = say('csvEmpty', { name }));
      worker?.terminate();
      worker = reader;
      reader = null;
      batch(() => {
        kept.value = null;
        scored.value = null;
        file.value = { name, header: data.header, count: data.count };
        mapping.value = data.mapping;
        problem.value = data.more
          ? say('csvTooMany', { name })
          : Object.values(data.mapping).every((place) => place < 0)
            ? say('csvNothing')
            : '';
      });
      break;
    case 'scored':
      scored.value = data;
      break;
    case 'kept':
      if (scored.value) scored.value = { ...scored.value, moves: data.moves };
      turn.value += 1;
      break;
    case 'sorted':
      sorting.value = { by: data.by, up: data.up };
      turn.value += 1;
      break;
    case 'rows':
      sight.value = { from: data.from, rows: data.rows };
      break;
    case 'lead':
      meet({
        name: say('rowName', { n: data.row + 2, name }),
        facts: data.facts.reduce(
          (/** @type {any} */ facts, /** @type {[string, unknown]} */ [path, value]) => withFact(facts, path, value),
          {},
        ),
        events: [],
      });
      view.value = 'lead';
      break;
    case 'exported':
      download(name.replace(/(\.\w+)?$/, '-scored.csv'), data.file, 'text/csv');
      break;
    case 'failed':
      failed(name, data.message);
  }
}

/** Every model that stands is asked what it makes of the leads. */
effect(() => {
  const { model: document } = standing.value ?? {};
  const places = mapping.value;
  if (!document || !file.value || !worker) return;
  worker.postMessage({
    do: 'score',
    program: compileModel(document),
    asked: asked(),
    mapping: { ...Object.fromEntries(asked().map(({ path }) => [path, -1])), ...places },
    asOf: now,
  });
});

/** @param {number} by @param {boolean} up */
export const sort = (by, up) => worker?.postMessage({ do: 'sort', by, up });
/** @param {number} from @param {number} to */
export const askRows = (from, to) => worker?.postMessage({ do: 'rows', from, to });
/** @param {number} row */
export const explain = (row) => worker?.postMessage({ do: 'lead', row, asked: asked(), mapping: mapping.value });
/** @param {string[]} headings */
export const save = (headings) => worker?.postMessage({ do: 'export', headings });

/** Keeps the model as it stands, to see what changes against it; or stops comparing. @param {boolean} forget */
export function compare(forget) {
  const { model: document } = standing.value ?? {};
  kept.value = !forget && document && scored.value ? { model: document, sorted: scored.value.sorted } : null;
  worker?.postMessage({ do: 'keep', forget });
  if (forget && sorting.value.by === -2) sort(-1, false);
}

/** Forgets the leads. */
export function forget() {
  worker?.terminate();
  worker = null;
  batch(() => {
    file.value = null;
    kept.value = null;
    scored.value = null;
    problem.value = '';
  });
}
