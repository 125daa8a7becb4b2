/**
 * `<lead-score>`: a score on anybody's page, worked out there. It is built into one file, `lead-score.js`, with the engine
 * in it; it knows nothing of the playground. The page must allow `'wasm-unsafe-eval'` where it has a policy.
 *
 * Attributes: `model` (the address of its JSON), `facts` and `events` (JSON), `as-of` (default: now), `lang` (`en`, `fr`),
 * `reasons` (how many are told; default: 3). The properties `model`, `facts`, `events` and `asOf` take values and go before
 * the attributes: `element.facts = { … }`. `element.score` is the result. Events: `score`, with the result, and `error`, with the error, as `detail`.
 * `::part(value)`, `label`, `meter` and `reasons` can be styled; `--lead-score-accent` is its colour.
 */
import { createScorer } from 'leadscore/inline';
import { ELEMENT } from './sentences.js';
import { STYLE } from './style.js';

/** What is said instead of a label. */
const STATUS = /** @type {const} */ ({
  excluded: 'elementExcluded',
  disqualified: 'elementDisqualified',
  insufficient_data: 'elementInsufficient',
});

/**
 * @typedef {import('leadscore').PlainScore} PlainScore
 * @typedef {{ of: unknown, model: any, scorer: import('leadscore').Scorer }} Made
 */

const sheet = new CSSStyleSheet(); // a policy that forbids styles in the page allows this one
sheet.replaceSync(STYLE);

class LeadScore extends HTMLElement {
  static observedAttributes = ['model', 'facts', 'events', 'as-of', 'lang', 'reasons'];

  #root = this.attachShadow({ mode: 'open' });
  /** What was set as properties. @type {{ model?: any, facts?: any, events?: any, asOf?: any }} */
  #set = {};
  /** @type {Made | null} */
  #made = null;
  #turn = 0;
  /** The last result. @type {PlainScore | null} */
  score = null;

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    for (const name of /** @type {const} */ (['model', 'facts', 'events', 'asOf'])) this.#upgrade(name);
    this.#later();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#later();
  }

  get model() {
    return this.#set.model ?? this.getAttribute('model');
  }
  set model(value) {
    this.#put({ model: value });
  }

  get facts() {
    return this.#set.facts ?? parsed(this.getAttribute('facts')) ?? {};
  }
  set facts(value) {
    this.#put({ facts: value });
  }

  get events() {
    return this.#set.events ?? parsed(this.getAttribute('events')) ?? [];
  }
  set events(value) {
    this.#put({ events: value });
  }

  get asOf() {
    return this.#set.asOf ?? this.getAttribute('as-of') ?? Date.now();
  }
  set asOf(value) {
    this.#put({ asOf: value });
  }

  /** @param {Partial<LeadScore['model']>} more */
  #put(more) {
    this.#set = { ...this.#set, ...more };
    if (this.isConnected) this.#later();
  }

  /** A property that was set before this file had been loaded. @param {'model' | 'facts' | 'events' | 'asOf'} name */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete (/** @type {any} */ (this))[name];
    this[name] = value;
  }

  /** Several changes in one go are one score. */
  #later() {
    const turn = ++this.#turn;
    queueMicrotask(async () => {
      if (turn !== this.#turn) return;
      try {
        const found = await this.#work();
        if (turn !== this.#turn) return; // something else was set meanwhile
        this.score = found;
        this.#show(found);
        this.dispatchEvent(new CustomEvent('score', { detail: found }));
      } catch (error) {
        if (turn !== this.#turn) return;
        this.score = null;
        const text = document.createElement('p');
        text.textContent = said(this.#language(), 'elementFailed');
        this.#root.replaceChildren(text);
        this.dispatchEvent(new CustomEvent('error', { detail: error }));
      }
    });
  }

  /** @returns {Promise<PlainScore>} */
  async #work() {
    const { scorer } = await this.#scorer();
    const { facts, events, asOf } = this;
    return scorer.score(facts, { events, asOf, lang: this.#language() }).toJSON();
  }

  /** @returns {Promise<Made>} */
  async #scorer() {
    const [of, last] = [this.model, this.#made];
    if (last && last.of === of) return last;
    const model = typeof of === 'string' ? await fetched(of) : of;
    const made = { of, model, scorer: createScorer(model) };
    this.#made = made;
    return made;
  }

  /** @returns {'en' | 'fr'} */
  #language() {
    const asked = this.getAttribute('lang') ?? document.documentElement.lang;
    return asked.startsWith('fr') ? 'fr' : 'en';
  }

  /** @param {PlainScore} found */
  #show(found) {
    const lang = this.#language();
    const { model } = /** @type {Made} */ (this.#made);
    const text = (/** @type {any} */ one) => (typeof one === 'string' ? one : (one?.[lang] ?? one?.en ?? one?.fr));
    const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
    const { labels = [], cap } = model.total ?? {};
    const own = labels.find((/** @type {any} */ one) => one.id === found.labels.total);
    const label = found.status === 'scored' ? (text(own?.label) ?? own?.id ?? '') : said(lang, STATUS[found.status]);
    const most = cap ?? Math.max(100, ...labels.map((/** @type {any} */ one) => one.from ?? 0));
    const many = Number(this.getAttribute('reasons') ?? 3);
    const share = Math.min(1, Math.max(0, (found.value ?? 0) / most));

    const value = part('b', 'value', found.value === null ? '–' : number.format(found.value));
    const head = part('p', 'head', value, part('span', 'label', label));
    const meter = part('span', 'meter');
    meter.setAttribute('role', 'meter');
    meter.setAttribute('aria-label', said(lang, 'elementScore'));
    for (const [name, at] of /** @type {const} */ ([['min', 0], ['max', most], ['now', found.value ?? 0]]))
      meter.setAttribute(`aria-value${name}`, String(at));
    meter.style.setProperty('--share', String(share));
    const told = (found.reasons ?? []).filter((reason) => reason.value !== 0).slice(0, many);
    const list = part('ul', 'reasons', ...told.map((reason) => part('li', 'reason', reason.text)));
    this.#root.replaceChildren(head, meter, ...(told.length > 0 ? [list] : []));
  }
}

if (!customElements.get('lead-score')) customElements.define('lead-score', LeadScore);

/** @param {'en' | 'fr'} lang @param {keyof typeof ELEMENT} key */
function said(lang, key) {
  return ELEMENT[key][lang === 'fr' ? 1 : 0];
}

/** @param {string | null} json */
function parsed(json) {
  return json === null ? undefined : JSON.parse(json);
}

/** @param {string} address */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`expected a model at \`${address}\`, found status ${response.status}`);
  return response.json();
}

/** @param {string} tag @param {string} name @param {...(Node | string)} children */
function part(tag, name, ...children) {
  const node = document.createElement(tag);
  node.setAttribute('part', name);
  node.append(...children);
  return node;
}
