/** What is on the page: the model, the lead, how both came about, and what the engine says to them. All of it is signals. */
import { batch, computed, effect, signal } from '@preact/signals';
import { check, createScorer } from 'leadscore';
import { wordsOf } from './words.js';

/**
 * @typedef {Record<string, any>} Model
 * @typedef {import('leadscore').LeadEvent & { at: number }} Event
 * @typedef {{ name?: unknown, facts: Record<string, any>, events: Event[] }} Lead
 * @typedef {{ content: string, whole: boolean }} Text a model as a hand wrote it; where it is not whole, the model is that of the last text that was
 * @typedef {{ model: Model, lead: Lead, text?: Text }} Work what undo goes back to
 * @typedef {'lead' | 'two' | 'visit' | 'paper' | 'build' | 'table' | 'hand'} View
 * @typedef {(string | number)[]} Path
 */

export const DAY = 86_400_000;
/** Edits of one field that follow each other this closely are undone together. */
const TOGETHER = 1_500;

const asked = new URL(location.href).searchParams;
/** The instant that counts as now: `?as-of=2026-11-22` shows the page as it is then. */
export const now = asked.has('as-of') ? Date.parse(asked.get('as-of') ?? '') : Math.floor(Date.now() / 60_000) * 60_000;

/** Whether the page stands in a frame of another one, which has edges of its own: `?embed`. */
export const embedded = asked.has('embed');

/** @type {import('@preact/signals').Signal<'en' | 'fr'>} */
export const language = signal(
  asked.get('lang') === 'fr' || (!asked.has('lang') && navigator.language.startsWith('fr')) ? 'fr' : 'en',
);
/** @type {import('@preact/signals').Signal<'light' | 'dark'>} */
export const theme = signal(
  /** @type {any} */ (asked.get('theme')) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
);
export const view = signal(/** @type {View} */ ('lead'));
/** The story that the model began as; `null` where it came from elsewhere. */
export const story = signal(/** @type {string | null} */ (null));
/** The lead that is kept to be looked at beside the one on the page. */
export const kept = signal(/** @type {Lead | null} */ (null));
/** How far ahead of now the lead is looked at. */
export const days = signal(0);
/** What the page has to say about a file or a link; the last thing said. */
export const notice = signal(/** @type {{ text: string, bad: boolean } | null} */ (null));

const work = signal(/** @type {Work} */ ({ model: { dimensions: [] }, lead: { facts: {}, events: [] } }));
const past = signal(/** @type {Work[]} */ ([]));
const future = signal(/** @type {Work[]} */ ([]));
let last = { what: '', at: 0 };

export const words = computed(() => wordsOf(language.value));
export const model = computed(() => work.value.model);
export const lead = computed(() => work.value.lead);
/** The model as it was written by hand, until the forms change it. */
export const written = computed(() => work.value.text);
export const asOf = computed(() => now + days.value * DAY);
export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);

/**
 * The last model that the engine took; while the one on the page has mistakes, scores are still of that one.
 * @type {import('@preact/signals').Signal<{ scorer: import('leadscore').Scorer, model: Model } | null>}
 */
export const standing = signal(null);
/** Whether the model on the page is one. */
export const sound = computed(() => standing.value?.model === model.value && written.value?.whole !== false);
/** What `check` finds, once the hand rests. @type {import('@preact/signals').Signal<import('leadscore').Issue[]>} */
export const issues = signal([]);

/** The lead on the page, scored. */
export const score = computed(() => {
  const { scorer } = standing.value ?? {};
  const { facts, events } = lead.value;
  return scorer ? scorer.score(facts, { events, asOf: asOf.value, lang: language.value }) : null;
});

/** Starts the engine on whatever is on the page; once, after the engine is there. */
export function follow() {
  effect(() => {
    const document = model.value;
    try {
      standing.value = { scorer: createScorer(document), model: document };
    } catch {
      issues.value = check(document); // at once: nothing else says why the score stays
    }
  });
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  effect(() => {
    const document = written.value?.content ?? model.value;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      issues.value = check(document);
    }, 200);
  });
}

/**
 * Takes another model and lead; what was there is one step of undo away.
 * @param {Partial<Work>} next
 * @param {string} [what] the editor in which it was written, if it was
 */
export function take(next, what = '') {
  remember(what);
  const { model: document, lead: person } = work.peek();
  work.value = { model: document, lead: person, ...next };
}

/** The first work of the page, which cannot be undone. @param {Work} first */
export function begin(first) {
  work.value = first;
}

/**
 * Sets one place of the model; `undefined` takes it away.
 * @param {Path} path
 * @param {unknown} value
 */
export function edit(path, value) {
  remember(JSON.stringify(path));
  const { model: document, lead: person } = work.peek();
  work.value = { model: /** @type {Model} */ (withPlace(document, path, value)), lead: person };
}

/** @param {Lead} next @param {string} [what] the field that was edited */
export function meet(next, what = '') {
  remember(what && `lead ${what}`);
  work.value = { ...work.peek(), lead: next };
}

export function undo() {
  travel(past, future);
}

export function redo() {
  travel(future, past);
}

/** @param {typeof past} from @param {typeof past} to */
function travel(from, to) {
  const next = from.peek().at(-1);
  if (!next) return;
  batch(() => {
    to.value = [...to.peek(), work.peek()];
    from.value = from.peek().slice(0, -1);
    work.value = next;
    last = { what: '', at: 0 };
  });
}

/** @param {string} what */
function remember(what) {
  const at = Date.now();
  const goesOn = what !== '' && what === last.what && at - last.at < TOGETHER;
  last = { what, at };
  if (goesOn) return;
  past.value = [...past.peek().slice(-199), work.peek()];
  future.value = [];
}

/**
 * @param {any} whole
 * @param {Path} path
 * @param {unknown} value
 * @returns {unknown}
 */
function withPlace(whole, [step, ...rest], value) {
  const next =
    rest.length > 0 ? withPlace(whole?.[step] ?? (typeof rest[0] === 'number' ? [] : {}), rest, value) : value;
  if (Array.isArray(whole) || typeof step === 'number') {
    const list = [...(whole ?? [])];
    if (next === undefined) list.splice(Number(step), 1);
    else list[Number(step)] = next;
    return list;
  }
  const { [step]: _, ...others } = whole ?? {};
  if (next === undefined) return others;
  return step in (whole ?? {}) ? { ...whole, [step]: next } : { ...others, [step]: next };
}

/** @param {Model} document @param {Path} path @returns {any} */
export function placeOf(document, path) {
  return path.reduce((/** @type {any} */ value, step) => value?.[step], document);
}
