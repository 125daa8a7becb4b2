/** "What the site sees": everything known of this visit, told to the visitor as it comes. Draws only while it is open. */
import { byId, element } from '../element.js';
import { keep, kept } from './address.js';
import { chart, depthOf, nowAt } from './chart.js';
import { saysNo } from './consent.js';
import { DAY, loadScoring } from './scoring.js';
import { stored } from './storage.js';
import { rows } from './story.js';

/** @typedef {import('./scoring.js').Event} Event */
/** @typedef {import('./scoring.js').Scoring} Scoring */
/** @typedef {import('./words.js').Words} Words */

const KEEP = 30; // days, as the tracker does
const HORIZON = 60; // days that the chart looks ahead
const STEPS = 48; // points of the chart for what was
const LISTED = 150; // events
const SHORTEST = 15_000; // milliseconds that the chart shows of what was

/**
 * @param {() => Event[]} events
 * @param {Words} words
 * @returns {{ redraw: () => void, tell: (state: import('./consent.js').Consent) => void }}
 */
export function startPanel(events, words) {
  const [panel, opener] = [byId('panel'), byId('panel-open')];
  const days = /** @type {HTMLInputElement} */ (byId('days'));
  const narrow = matchMedia('(max-width: 560px)');
  const gains = /** @type {Map<string, number>} */ (new Map());
  /** @type {import('./consent.js').Consent} */
  let state = 'pending';
  /** @type {Scoring | undefined} */
  let scoring;
  let waiting = false;

  const draw = () => {
    waiting = false;
    const known = events();
    byId('panel-count').textContent = String(known.length);
    if (panel.hidden) return;
    panel.dataset.state = state;
    byId('panel-state').textContent = saying(state, known, words);
    byId('seen').hidden = known.length === 0;
    if (scoring) {
      drawScore(scoring, known, Number(days.value), words);
      noteGains(scoring, known, gains);
    }
    byId('seen').replaceChildren(...rows(known.slice(-LISTED), gains, words));
    stored(known.length, words).then((nodes) => replaceKeepingOpen(byId('places'), nodes));
  };
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  };

  /** On a phone it covers the page, which is then out of reach. */
  const cover = () => {
    for (const part of document.querySelectorAll('.top, main, .foot')) part.toggleAttribute('inert', narrow.matches && !panel.hidden);
  };

  const open = () => {
    panel.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    cover();
    keep('panel', 'open');
    redraw();
    if (scoring) return;
    byId('standing').replaceChildren(element('p', { class: 'none' }, words.say('loading')));
    loadScoring().then(
      (loaded) => {
        scoring = loaded;
        redraw();
      },
      (error) => byId('standing').replaceChildren(element('p', { class: 'none' }, words.say('failed', { message: error.message }))),
    );
  };
  const close = () => {
    panel.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    cover();
    keep('panel', null);
    opener.focus();
  };

  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-panel]'))) {
    button.addEventListener('click', () => {
      open();
      panel.focus();
      const part = button.dataset.panel;
      if (part) byId(part).scrollIntoView({ block: 'start' });
    });
  }
  byId('panel-close').addEventListener('click', close);
  panel.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  days.addEventListener('input', redraw);
  narrow.addEventListener('change', cover);
  opener.hidden = false;
  if (kept('panel') === 'open') open();

  return {
    redraw,
    tell: (next) => {
      state = next;
      redraw();
    },
  };
}

/** @param {import('./consent.js').Consent} state @param {Event[]} known @param {Words} words */
function saying(state, known, words) {
  if (state === 'denied') return words.say(saysNo() ? 'refused' : 'denied');
  if (state === 'pending') return words.say('pending');
  return words.say('granted', { date: words.date((known[0]?.at ?? Date.now()) + KEEP * DAY) });
}

/** @param {Scoring} scoring @param {Event[]} known @param {number} chosen how many days ahead @param {Words} words */
function drawScore({ model, scorer }, known, chosen, words) {
  const now = Math.max(Date.now(), known.at(-1)?.at ?? 0);
  const score = scorer.score({}, { events: known, asOf: now, lang: words.language });
  const nameOf = (/** @type {string | null | undefined} */ id) => words.text(model.total.labels.find((label) => label.id === id)?.label);
  const label = score.labels.total ?? '';
  byId('standing').replaceChildren(
    element('b', {}, words.number(Math.round(score.value ?? 0))),
    element('p', {}, element('strong', { class: label }, nameOf(label)), element('small', {}, score.route?.text ?? '')),
  );

  const value = (/** @type {number} */ at) => scorer.value({}, { events: known, asOf: at }) ?? 0;
  const begun = Math.min(known[0]?.at ?? now, now - SHORTEST);
  const moments = [...Array.from({ length: STEPS + 1 }, (_, i) => begun + ((now - begun) * i) / STEPS), ...known.slice(-STEPS).map(({ at }) => at)];
  const past = moments.sort((a, b) => a - b).map((at) => ({ at: (at - begun) / (now - begun), value: value(at) }));
  const future = Array.from({ length: HORIZON + 1 }, (_, day) => ({ at: day / HORIZON, value: value(now + day * DAY) }));
  const marks = model.total.labels.flatMap(({ from, label }) => (from === undefined ? [] : [{ from, name: words.text(label) }]));
  const turn = score.next && words.say('turns', { label: nameOf(score.next.labels.total), date: words.date(score.next.at) });
  byId('chart').replaceChildren(
    element(
      'div',
      { class: 'plotted' },
      chart({ past, future, chosen: future[chosen], marks, title: words.say('chart') }),
      ...marks.map(({ from, name }) => element('span', { class: 'mark-name', '--top': depthOf(from), 'aria-hidden': true }, name)),
    ),
    element(
      'p',
      { class: 'axis', '--now': nowAt, 'aria-hidden': true },
      element('span', {}, now - begun < DAY ? words.time(begun) : words.date(begun)),
      element('span', {}, words.say('now')),
      element('span', {}, words.say('inDays', { n: HORIZON })),
    ),
    element('p', { class: 'holds' }, turn ?? words.say(score.validUntil === null ? 'holds' : 'fades')),
  );

  const then = scorer.score({}, { events: known, asOf: now + chosen * DAY });
  const word = chosen === 0 ? 'today' : chosen === 1 ? 'tomorrow' : 'later';
  const said = { n: chosen, date: words.date(now + chosen * DAY), value: words.number(Math.round(then.value ?? 0)), label: nameOf(then.labels.total) };
  byId('when').textContent = words.say(word, said);
  byId('days').setAttribute('aria-valuetext', words.say(word, said));
  byId('reasons').replaceChildren(...reasons(model, score, words));
}

/** @param {import('./scoring.js').Model} model @param {import('leadscore').Score} score @param {Words} words @returns {Node[]} */
function reasons(model, score, words) {
    const groups = model.dimensions.flatMap(({ groups }) => groups);
  const named = new Map(groups.flatMap(({ rules }) => rules).map(({ id, label }) => [id, words.text(label)]));
  const worthSaying = score.contributions.filter(({ value, lost }) => [value, lost.limit, lost.decay, lost.cap].some((points) => Math.abs(points) >= 0.05));
  const sorted = worthSaying.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (sorted.length === 0) return [element('p', { class: 'none' }, words.say('noReasons'))];
  const most = Math.max(...sorted.map(({ value }) => Math.abs(value)), 1);
  const bars = sorted.map(({ rule, value, count, lost }) => {
    const causes = /** @type {const} */ (['limit', 'decay', 'cap']).filter((cause) => Math.abs(lost[cause]) >= 0.05);
    const gone = causes.reduce((sum, cause) => sum + lost[cause], 0);
    const notes = [
      ...(count > 1 ? [words.say('count', { n: count })] : []),
      ...(causes.length > 0 ? [words.say('lost', { points: words.number(Math.abs(gone)), causes: words.list(causes.map((cause) => words.say(cause))) })] : []),
    ];
    return element(
      'li',
      { class: value < 0 ? 'minus' : false },
      element('span', {}, named.get(rule)),
      element('b', {}, words.signed(value)),
      element('i', { class: 'bar', '--share': Math.abs(value) / most }),
      notes.length > 0 && element('small', {}, notes.join(' · ')),
    );
  });
  const adjusted = score.adjustments.filter(({ value }) => Math.abs(value) >= 0.05).map(({ id, kind, value }) => {
    const name = words.text(groups.find((group) => group.id === id)?.label) || words.say('total');
    return element('li', {}, element('small', {}, words.say(kind === 'cap' ? 'listCap' : 'listFloor', { points: words.number(Math.abs(value)), name })));
  });
  return [element('ul', { class: 'bars' }, ...bars, ...adjusted)];
}

/** What each event added to the score, or took from it, when it came. @param {Scoring} scoring @param {Event[]} known @param {Map<string, number>} gains */
function noteGains({ scorer }, known, gains) {
  known.forEach(({ id, at }, place) => {
    if (gains.has(id) || place < known.length - LISTED) return;
    const upTo = (/** @type {number} */ end) => scorer.value({}, { events: known.slice(0, end), asOf: at }) ?? 0;
    gains.set(id, upTo(place + 1) - upTo(place));
  });
}

/** @param {HTMLElement} place @param {Node[]} nodes what was unfolded stays so */
function replaceKeepingOpen(place, nodes) {
  const unfolded = place.querySelector('details')?.open;
  place.replaceChildren(...nodes);
  const details = place.querySelector('details');
  if (details && unfolded) details.open = true;
}
