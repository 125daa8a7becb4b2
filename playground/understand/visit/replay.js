/** Plays a visit through the engine's own visitor: what was done, what time took, and what each step changed. */
import { groupsOf, listOf, rulesOf } from '../names.js';

/**
 * @typedef {import('leadscore').PlainScore} Score
 * @typedef {import('../../state.js').Event} Event
 * @typedef {{ at: number, event: Event | null }} Done an event, or time that passed
 * @typedef {{ name: unknown, by: number }} Effect what gave or took points, by its name in the model
 * @typedef {{ done: Done, score: Score, step: number, effects: Effect[], held: 'limit' | 'cap' | 'window' | null }} Step
 * @typedef {{ start: Score, steps: Step[], curve: { at: number, value: number | null }[], bytes: number }} Visit
 */

/** How finely the value is drawn between two steps. */
const BETWEEN = 16;

/**
 * @param {import('leadscore').Scorer} scorer
 * @param {Record<string, any>} model
 * @param {Record<string, any>} facts
 * @param {number} begin
 * @param {readonly Done[]} done in the order of time
 * @param {import('leadscore').Language} lang
 * @returns {Visit}
 */
export function replay(scorer, model, facts, begin, done, lang) {
  const visitor = scorer.visitor();
  const at = (/** @type {number} */ asOf) => visitor.score(facts, { asOf, lang }).toJSON();
  const start = at(begin);
  const steps = /** @type {Step[]} */ ([]);
  const curve = [{ at: begin, value: start.value }];
  let [before, clock] = [start, begin];
  for (const one of done) {
    for (let part = 1; part <= BETWEEN && one.at > clock; part++) {
      const then = clock + ((one.at - clock) * part) / BETWEEN;
      curve.push({ at: then, value: visitor.value(facts, Math.round(then)) });
    }
    if (one.event) visitor.apply(one.event);
    const score = at(one.at);
    curve.push({ at: one.at, value: score.value });
    steps.push({
      done: one,
      score,
      step: (score.value ?? 0) - (before.value ?? 0),
      effects: effects(model, before, score),
      held: held(before, score),
    });
    [before, clock] = [score, one.at];
  }
  const bytes = visitor.snapshot().length;
  visitor.free();
  return { start, steps, curve, bytes };
}

/**
 * What gives other points than a step ago, the most first.
 * @param {Record<string, any>} model
 * @param {Score} before
 * @param {Score} after
 * @returns {Effect[]}
 */
function effects(model, before, after) {
  const names = new Map(rulesOf(model).map((rule) => [`rule:${rule?.id}`, rule?.label ?? rule?.id]));
  for (const owner of [...groupsOf(model), ...listOf(model.dimensions), { id: 'total' }])
    for (const kind of ['cap', 'floor']) names.set(`${kind}:${owner?.id}`, { [kind]: owner?.label ?? owner?.id });
  const by = new Map(/** @type {[string, number][]} */ ([]));
  for (const [score, sign] of /** @type {const} */ ([
    [after, 1],
    [before, -1],
  ])) {
    for (const { rule, value } of score.contributions) by.set(`rule:${rule}`, (by.get(`rule:${rule}`) ?? 0) + sign * value);
    for (const { id, kind, value } of score.adjustments) by.set(`${kind}:${id}`, (by.get(`${kind}:${id}`) ?? 0) + sign * value);
  }
  return [...by]
    .filter(([, value]) => Math.abs(value) > 0.005)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([id, value]) => ({ name: names.get(id) ?? id, by: value }));
}

/** What kept an event from giving all its points, or took an old one away. @param {Score} before @param {Score} after */
function held(before, after) {
  const old = new Map(before.contributions.map((one) => [one.rule, one]));
  let found = /** @type {Step['held']} */ (null);
  for (const one of after.contributions) {
    const was = old.get(one.rule);
    if (one.lost.limit > (was?.lost.limit ?? 0) + 0.005) found = 'limit';
    else if (!found && one.lost.cap > (was?.lost.cap ?? 0) + 0.005) found = 'cap';
  }
  const counts = (/** @type {Score} */ score) => score.contributions.reduce((sum, { count }) => sum + count, 0);
  if (!found && counts(after) < counts(before)) found = 'window';
  const cut = (/** @type {Score} */ score) =>
    score.adjustments.reduce((sum, { kind, value }) => sum + (kind === 'cap' ? value : 0), 0);
  return found ?? (cut(after) < cut(before) - 0.005 ? 'cap' : null);
}
