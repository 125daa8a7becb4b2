/** The page: one lead, one model, scored at every change. Keeps what was chosen; the other files draw it. */
import { createScorer, init } from './leadscore/entries/full/browser.js';
import { rows } from './activity.js';
import { curve, heights } from './curve.js';
import { byId, element } from './element.js';
import { fields, withFact } from './form.js';
import { labelOf, next, scale, summary, tone, turns, unknown, why } from './result.js';
import { wordsOf } from './words.js';

/** @typedef {import('./activity.js').Event} Event */

const MODELS = ['agency', 'saas', 'property'];
const DAY = 86_400_000;
/** What the curve shows, and how far apart its points are. */
const [HORIZON, STEP] = [90, 2];

const address = new URL(location.href);
const asked = address.searchParams;

/** The instant that counts as now: `?as-of=2026-11-22` shows the page as it is then. */
const now = asked.has('as-of') ? Date.parse(asked.get('as-of') ?? '') : Math.floor(Date.now() / 60_000) * 60_000;

const state = {
  language: /** @type {import('./words.js').Language} */ (asked.get('lang') ?? (navigator.language.startsWith('fr') ? 'fr' : 'en')),
  model: /** @type {import('./result.js').Model} */ ({ dimensions: [] }),
  facts: /** @type {Record<string, any>} */ ({}),
  events: /** @type {Event[]} */ ([]),
  properties: /** @type {Record<string, Record<string, any>>} */ ({}),
  days: 0,
};
/** @type {import('./result.js').Model[]} */
let models = [];
/** @type {import('leadscore').Scorer} */
let scorer;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let words = wordsOf(state.language === 'fr' ? 'fr' : 'en');

const asOf = () => now + state.days * DAY;

try {
  await init();
  models = await Promise.all(MODELS.map(async (name) => (await fetch(`./models/${name}.json`)).json()));
  choices('languages', [['en', 'English'], ['fr', 'Français']], words.language, (language) => speak(/** @type {any} */ (language)));
  byId('days').addEventListener('input', ({ target }) => {
    state.days = Number(/** @type {HTMLInputElement} */ (target).value);
    redraw();
  });
  byId('example').addEventListener('click', () => take(state.model));
  byId('clear').addEventListener('click', () => take(state.model, {}));
  new IntersectionObserver(pocket, { threshold: 0.5 }).observe(byId('summary'));
  take(models.find(({ id }) => id === asked.get('model')) ?? models[0]);
  speak(words.language);
} catch (error) {
  byId('summary').replaceChildren(element('p', { class: 'failed' }, words.say('failed', { message: /** @type {Error} */ (error).message })));
}

/**
 * Starts with a model, and with the lead of its first test unless another is given.
 * @param {import('./result.js').Model} model
 * @param {{ facts?: object, events?: any[], asOf?: string }} [lead]
 */
function take(model, lead = model.tests?.[0] ?? {}) {
  scorer?.free();
  scorer = createScorer(model);
  const later = now - Date.parse(lead.asOf ?? new Date(now).toISOString());
  const events = (lead.events ?? []).map((event) => ({ ...event, at: Date.parse(event.at) + later }));
  Object.assign(state, { model, facts: structuredClone(lead.facts ?? {}), events, properties: {}, days: 0 });
  /** @type {HTMLInputElement} */ (byId('days')).value = '0';
  refill();
}

/** @param {import('./words.js').Language} language */
function speak(language) {
  state.language = language;
  words = wordsOf(language);
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll('[data-say]')) {
    node.textContent = words.say(/** @type {any} */ (/** @type {HTMLElement} */ (node).dataset.say));
  }
  const named = models.map(({ id, name }) => [id, words.text(name, id)]);
  choices('models', named, state.model.id, (id) => take(models.find((model) => model.id === id) ?? models[0]));
  refill();
}

/** Everything anew: the form too. */
function refill() {
  byId('about').textContent = words.text(state.model.description, '');
  const form = fields(state.model.attributes ?? {}, state.facts, words, (path, value) => {
    state.facts = withFact(state.facts, path, value);
    redraw();
  });
  byId('facts').replaceChildren(...form);
  redraw();
}

/** The events and the result; the form keeps its focus. */
function redraw() {
  const held = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.event;
  byId('events').replaceChildren(...rows(state.model.events ?? {}, state.events, words, state.properties, { add, remove }));
  if (held) /** @type {HTMLElement | null} */ (document.querySelector(`[data-event="${held}"]`))?.focus();

  const { model, facts, events } = state;
  const options = { events, asOf: asOf(), lang: words.language };
  const started = performance.now();
  const score = scorer.score(facts, options);
  const days = Array.from({ length: HORIZON / STEP + 1 }, (_, i) => scorer.value(facts, { events, asOf: now + i * STEP * DAY }));
  const each = ((performance.now() - started) * 1000) / (days.length + 1);

  byId('summary').replaceChildren(...summary(model, score, words));
  byId('why').replaceChildren(...why(model, score, words));
  byId('unknown').replaceChildren(...unknown(model, score, words));
  drawTime(score, days);
  byId('speed').textContent = words.say('speed', { microseconds: words.number(Math.round(each)) });
  const short = [score.value === null ? '–' : words.number(Math.round(score.value)), labelOf(model, score, words)];
  byId('pocket').className = tone(model, score);
  byId('pocket').replaceChildren(element('b', {}, short[0]), short[1]);
  later(() => {
    byId('spoken').textContent = short.join(', ');
    byId('next').replaceChildren(...next(model, scorer.score(facts, { ...options, counterfactuals: true }), words));
  });
}

/**
 * @param {import('leadscore').Score} score
 * @param {(number | null)[]} days
 */
function drawTime(score, days) {
  const { from, to, marks } = scale(state.model, words);
  const values = days.filter((value) => value !== null);
  const [low, high] = [Math.min(from, ...values), Math.max(to, ...values)];
  const names = heights(marks, low, high).map(({ name, top }) => element('span', { '--top': top }, name));
  byId('curve').replaceChildren(curve({ values: days, now: score.value, place: state.days / HORIZON, from: low, to: high, marks, title: words.say('time') }), ...names);

  const inDays = state.days === 0 ? 'today' : state.days === 1 ? 'inOneDay' : 'inDays';
  byId('when').textContent = `${words.say(inDays, { n: state.days })}, ${words.date(asOf())}`;
  const { validUntil } = score;
  byId('holds').textContent = score.next
    ? words.say('turns', { when: words.date(score.next.at), what: words.list(turns(state.model, score, words)) })
    : validUntil === null
      ? words.say('holdsForever')
      : words.say(validUntil - asOf() < DAY ? 'fades' : 'holds', { when: words.date(validUntil) });
}

/**
 * On a narrow screen the score goes along, but where the summary shows it.
 * @param {IntersectionObserverEntry[]} entries
 */
function pocket(entries) {
  const { intersectionRatio, boundingClientRect } = entries[entries.length - 1];
  byId('pocket').hidden = intersectionRatio >= 0.5;
  byId('pocket').dataset.way = boundingClientRect.top < 0 ? 'up' : 'down';
}

/** @param {string} type */
function add(type) {
  const properties = Object.fromEntries(Object.entries(state.properties[type] ?? {}).filter(([, value]) => value !== undefined));
  state.events = [...state.events, { ...properties, type, at: asOf() }];
  redraw();
}

/** Takes the latest one back. @param {string} type */
function remove(type) {
  const last = state.events.findLastIndex((event) => event.type === type);
  state.events = state.events.filter((_, i) => i !== last);
  redraw();
}

/** What takes longer waits until the hand rests. @param {() => void} task */
function later(task) {
  clearTimeout(waiting);
  waiting = setTimeout(task, 120);
}

/**
 * @param {string} id of the fieldset
 * @param {string[][]} options values and names
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
function choices(id, options, chosen, choose) {
  const labels = options.map(([value, name]) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name: id, value, checked: value === chosen, onchange: () => choose(value) }),
      element('span', {}, name),
    ),
  );
  const legend = byId(id).querySelector('legend');
  byId(id).replaceChildren(...(legend ? [legend] : []), ...labels);
}
