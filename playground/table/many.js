/** Many leads, as the page sees them: what the worker has read and scored, and how to ask it. */
import { batch, computed, effect, signal } from '@preact/signals';
import { compileModel } from 'leadscore';
import { download } from '../files.js';
import { model, meet, now, standing, view, words } from '../state.js';
import { listOf, withFact } from '../understand/names.js';
import { STEP, VALUE } from './shown.js';

/**
 * @typedef {import('./worker.js').Asked} Asked
 * @typedef {import('./outcome.js').Outcome} Outcome
 * @typedef {import('./reading.js').Said} Said
 * @typedef {{ numeric: boolean, texts: string[] | null }} Facet what can be asked of a column: all its texts, where they are few
 * @typedef {{ name: string, header: string[], count: number, notes: Said[], outcomes: Outcome[], facets: Facet[], weeks: number }} Sheet
 * @typedef {{ row: number, cells: string[], value: number | null, step: number | null, status: string, grade: string, stage: string }} Row
 * @typedef {{ count: number, milliseconds: number, sorted: Float64Array, bins: { low: number, high: number, counts: number[] }, moves: import('./moves.js').Moves | null, grades: [string, number][], stages: [string, number][], statuses: [string, number][] }} Scored
 * @typedef {{ name: string, header: string[], notes: Said[], roles: import('./joined.js').Roles, counts: import('./joined.js').Counts }} Doings
 * @typedef {{ tally: import('./judge.js').Tally, refused: { won: number, lost: number }, open: number, unscored: number }} Judged
 */

export const file = signal(/** @type {Sheet | null} */ (null));
export const mapping = signal(/** @type {Record<string, number>} */ ({}));
export const scored = signal(/** @type {Scored | null} */ (null));
/** What takes long, and how far it is: reading leads, reading what they did, or scoring with it. */
export const busy = signal(/** @type {{ what: 'leads' | 'events' | 'scoring', name: string, count: number, share: number } | null} */ (null));
/** What the leads did, where there is a file of it. @type {import('@preact/signals').Signal<Doings | null>} */
export const doings = signal(null);
/** Whether the leads are scored as of the last thing that one of them did, not as of now. */
export const asOfLast = signal(false);
/** What went wrong, as it is said. @type {import('@preact/signals').Signal<Said | null>} */
export const problem = signal(null);
export const sorting = signal({ by: VALUE, up: false });
/** Which leads the table shows; a label by its id, as its threshold may move. */
export const filter = signal(/** @type {import('./shown.js').Filter & { labelled?: string }} */ ({}));
/** How many rows the filter leaves. */
export const left = signal(0);
/** The rows in sight, from a place in the order. */
export const sight = signal(/** @type {{ from: number, rows: Row[] }} */ ({ from: 0, rows: [] }));
/** The version that later ones are compared with, and what it made of the leads. */
export const kept = signal(/** @type {{ model: import('../state.js').Model, scored: Scored } | null} */ (null));
/** Grows whenever rows have to be asked for anew. */
export const turn = signal(0);
/** The column that says what became of the leads. */
export const outcome = signal(/** @type {Outcome | null} */ (null));
export const judged = signal(/** @type {Judged | null} */ (null));
export const leaks = signal(/** @type {{ place: number, area: number }[]} */ ([]));

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

/** Where the labels of the total begin. @param {import('../state.js').Model} document @returns {(number | null)[]} */
export const fromsOf = (document) =>
  listOf(document.total?.labels).map(({ from }) => (typeof from === 'number' ? from : null));

/** The filter in numbers, as the worker takes it. */
export const exact = computed(() => {
  const { labelled, ...others } = filter.value;
  const labels = listOf(standing.value?.model.total?.labels);
  const place = labels.findIndex(({ id }) => id === labelled);
  if (place < 0) return others;
  const [from, below] = [labels[place].from ?? -Infinity, labels[place - 1]?.from ?? Infinity];
  return { ...others, label: { from, below } };
});

/** @param {File | string} source @param {string} name */
export function open(source, name) {
  problem.value = null;
  reader?.terminate();
  reader = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  busy.value = { what: 'leads', name, count: 0, share: 0 };
  reader.addEventListener('message', ({ data }) => hear(data, name));
  reader.addEventListener('error', ({ message }) => failed(name, { key: 'csvBroken', values: { message } }));
  reader.postMessage({ do: 'read', source, name, asked: asked() });
}

/** Reads what the leads did from a file beside theirs. @param {File | string} source @param {string} name */
export function openEvents(source, name) {
  problem.value = null;
  busy.value = { what: 'events', name, count: 0, share: 0 };
  worker?.postMessage({ do: 'events', source, name, declared: declared(), asOf: now });
}

/** The types of event that the model declares or counts, by every name that they can have. @returns {import('./joined.js').Declared[]} */
function declared() {
  const document = standing.value?.model ?? model.value;
  const counted = listOf(document.dimensions)
    .flatMap(({ groups }) => listOf(groups))
    .flatMap(({ rules }) => listOf(rules))
    .flatMap(({ on }) => [on ?? []].flat());
  const types = new Set([...Object.keys(document.events ?? {}), ...counted]);
  return [...types].map((type) => {
    const { label, properties = {} } = document.events?.[type] ?? {};
    return { type, properties, names: typeof label === 'string' ? [label] : Object.values(label ?? {}).map(String) };
  });
}

/** @param {import('./joined.js').Roles} roles */
export const joinBy = (roles) => worker?.postMessage({ do: 'join', roles, asOf: now });

export function forgetEvents() {
  worker?.postMessage({ do: 'stop', forget: true });
  asOfLast.value = false;
  doings.value = null;
}

export function cancel() {
  if (busy.value?.what === 'leads') {
    reader?.terminate();
    reader = null;
  } else worker?.postMessage({ do: 'stop', forget: false });
  busy.value = null;
  problem.value = { key: 'cancelled' };
}

/** @param {string} name @param {Said} said */
function failed(name, { key, values }) {
  if (busy.value?.what === 'leads') {
    reader?.terminate();
    reader = null;
  }
  busy.value = null;
  problem.value = { key, values: { name, ...values } };
}

/** @param {any} data @param {string} name */
function hear(data, name) {
  const { say } = words.peek();
  switch (data.is) {
    case 'reading':
      if (busy.value) busy.value = { ...busy.value, count: data.count, share: data.share };
      break;
    case 'scoring':
      busy.value = { what: 'scoring', name, count: 0, share: data.share };
      break;
    case 'joined':
      busy.value = null;
      doings.value = data;
      break;
    case 'rejoined':
      if (doings.value) doings.value = { ...doings.value, roles: data.roles, counts: data.counts };
      break;
    case 'read':
      worker?.terminate();
      worker = reader;
      reader = null;
      batch(() => {
        busy.value = null;
        for (const one of [kept, scored, judged, doings]) one.value = null;
        asOfLast.value = false;
        leaks.value = [];
        sorting.value = { by: VALUE, up: false };
        filter.value = {};
        file.value = { ...data, name };
        mapping.value = data.mapping;
        outcome.value = data.outcome;
        const nothing = Object.values(data.mapping).every((place) => place < 0);
        problem.value = nothing ? { key: 'csvNothing' } : null;
      });
      break;
    case 'scored':
      if (busy.value?.what === 'scoring') busy.value = null;
      scored.value = data;
      break;
    case 'leaks':
      leaks.value = data.leaks;
      break;
    case 'judged':
      judged.value = data;
      break;
    case 'kept':
      if (scored.value) scored.value = { ...scored.value, moves: data.moves };
      turn.value += 1;
      break;
    case 'arranged':
      left.value = data.count;
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
        events: data.events,
      });
      view.value = 'lead';
      break;
    case 'exported':
      download(name.replace(/(\.\w+)?$/, '-scored.csv'), data.file, 'text/csv');
      break;
    case 'failed':
      failed(data.name ?? name, data.said); // by then the page may be busy with something else
  }
}

/** The instant that the leads are scored for; asked for anew when other events are there. */
function asOfNow() {
  const last = doings.value?.counts.last ?? -Infinity;
  return asOfLast.value && Number.isFinite(last) ? last : now;
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
    asOf: asOfNow(),
    froms: fromsOf(document),
  });
});
/** What became of them is asked anew when another column says it. */
effect(() => {
  if (!file.value || !worker) return;
  if (!outcome.value) judged.value = null;
  worker.postMessage({ do: 'judge', outcome: outcome.value });
});
effect(() => {
  if (file.value) worker?.postMessage({ do: 'arrange', sorting: sorting.value, filter: exact.value });
});

/** @param {number} from @param {number} to */
export const askRows = (from, to) => worker?.postMessage({ do: 'rows', from, to });
/** @param {number} row */
export const explain = (row) => worker?.postMessage({ do: 'lead', row, asked: asked(), mapping: mapping.value });
/** @param {string[]} headings @param {string[]} labels @param {import('./shown.js').Filter} [only] the rows that it lets through */
export const save = (headings, labels, only = {}) => worker?.postMessage({ do: 'export', headings, labels, filter: only });

/** Keeps the model as it stands, to see what changes against it; or stops comparing. @param {boolean} forget */
export function compare(forget) {
  const { model: document } = standing.value ?? {};
  kept.value = !forget && document && scored.value ? { model: document, scored: scored.value } : null;
  worker?.postMessage({ do: 'keep', forget });
  if (!forget) return;
  const { moved, ...others } = filter.value;
  if (moved) filter.value = others;
  if (sorting.value.by === STEP) sorting.value = { by: VALUE, up: false };
}

/** Forgets the leads. */
export function forget() {
  worker?.terminate();
  worker = null;
  batch(() => {
    for (const one of [file, kept, scored, judged, problem, outcome, doings]) one.value = null;
  });
}
