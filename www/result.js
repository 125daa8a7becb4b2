/** Tells a result to a person: the summary, where the points come from, what is unknown, what comes next. */
import { dial } from './dial.js';
import { element } from './element.js';
import { idOf } from './form.js';

/**
 * @typedef {import('leadscore').Score} Score
 * @typedef {import('./words.js').Words} Words
 * @typedef {Record<string, any> & { id: string, label?: unknown, groups: (Named & { rules: Named[] })[] }} Dimension
 * @typedef {Record<string, any> & { id: string, label?: unknown }} Named
 * @typedef {Record<string, any> & { dimensions: Dimension[] }} Model
 */

const TONES = ['best', 'middle', 'low'];

/** Where a model's scale begins, ends and is divided. @param {Model} model @param {Words} words */
export function scale(model, words) {
  const { floor = 0, cap = 100, labels = [] } = model.total ?? {};
  const marks = labels
    .filter((/** @type {any} */ { from }) => from !== undefined)
    .map((/** @type {any} */ { from, id, label }) => ({ at: from, name: words.text(label, id) }));
  return { from: floor, to: cap, marks };
}

/** @param {Model} model @param {Score} score */
export function tone(model, score) {
  if (score.status !== 'scored') return 'none';
  const labels = model.total?.labels ?? [];
  const place = labels.findIndex((/** @type {any} */ { id }) => id === score.labels.total);
  return place < 0 ? 'best' : place === labels.length - 1 ? 'low' : (TONES[place] ?? 'middle');
}

/** @param {Model} model @param {Score} score @param {Words} words */
export function labelOf(model, score, words) {
  if (score.status !== 'scored') return words.say(score.status);
  return named(model.total?.labels, score.labels.total, words);
}

/** @param {any[] | undefined} things @param {string | null | undefined} id @param {Words} words */
function named(things, id, words) {
  const found = things?.find((thing) => thing.id === id);
  return id ? words.text(found?.label, id) : '';
}

/** @param {Model} model @param {Score} score @param {Words} words @returns {Node[]} */
export function summary(model, score, words) {
  const { from, to, marks } = scale(model, words);
  const { value, bounds } = score;
  const text = value === null ? '–' : words.number(Math.round(value * 10) / 10);
  const label = labelOf(model, score, words);
  const colour = tone(model, score);
  const reason = [...score.exclusions, ...score.disqualifiers].find(({ answer }) => answer)?.reason;

  const fact = (/** @type {string} */ title, /** @type {string | null} */ what) =>
    what && element('div', { class: 'said' }, element('dt', {}, title), element('dd', {}, what));
  const dimensions = model.dimensions.map((/** @type {any} */ { id, label: name, cap, normalise }) => {
    const points = score.dimensions[id]?.value ?? null;
    const most = cap ?? (normalise ? 100 : to);
    const letter = named(model.dimensions.find((/** @type {any} */ dimension) => dimension.id === id)?.labels, score.labels[id], words);
    return element(
      'div',
      { class: 'dimension' },
      element('span', {}, words.text(name, id), letter && element('b', {}, letter)),
      element('span', { class: 'amount' }, points === null ? '–' : words.number(points)),
      element('i', { class: 'meter', '--share': Math.min(1, Math.max(0, (points ?? 0) / most)) }),
    );
  });

  return [
    element(
      'div',
      { class: 'head' },
      dial({
        value, from, to, marks, text, tone: colour,
        lowest: bounds?.lowest ?? from, highest: bounds?.highest ?? from, title: `${text} ${words.say('of', { cap: to })}`,
      }),
      element(
        'div',
        { class: 'verdict' },
        element(
          'p',
          {},
          score.grade && element('strong', { class: `grade ${colour}`, title: words.say('grade') }, score.grade),
          label && element('strong', { class: `pill ${colour}`, id: 'label' }, label),
          reason && element('span', { class: 'reason' }, reason),
        ),
        element(
          'dl',
          {},
          fact(words.say('stage'), named(model.stages, score.stage, words)),
          fact(words.say('route'), score.route?.text ?? null),
        ),
      ),
    ),
    element('div', { class: 'dimensions' }, ...dimensions),
  ];
}

/** What the next change is about. @param {Model} model @param {Score} score @param {Words} words @returns {string[]} */
export function turns(model, score, words) {
  const { labels, grade, stage } = score.next ?? score;
  const owners = [{ ...model.total, id: 'total' }, ...model.dimensions];
  const changed = owners.filter(({ id }) => labels[id] !== score.labels[id]);
  return [
    ...changed.map(({ id, label, labels: all }) => `${id === 'total' ? '' : `${words.text(label, id)} `}${named(all, labels[id], words)}`),
    ...(grade === score.grade || grade === null ? [] : [grade]),
    ...(stage === score.stage ? [] : [named(model.stages, stage, words)]),
  ];
}

/** @param {Model} model @param {Score} score @param {Words} words @returns {Node[]} */
export function why(model, score, words) {
  if (score.contributions.length === 0) return [element('p', { class: 'about' }, words.say('noPoints'))];
  const rules = new Map(model.dimensions.flatMap(({ groups }) => groups).flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]));
  const rows = score.contributions.map(({ rule, dimension, value, points, gross, lost, count }) => {
    const share = points === 0 ? 1 : value / points; // from points of the rule to points of the total
    const apart = share === 0 && named(model.dimensions, dimension, words); // counts elsewhere, as in a grade
    return { name: words.text(rules.get(rule)?.label, rule), value, points, gross: gross * share, lost, count, share, apart };
  });
  rows.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || Math.abs(b.gross) - Math.abs(a.gross));
  const most = Math.max(1, ...rows.map(({ value, gross }) => Math.max(Math.abs(value), Math.abs(gross))));

  const bars = rows.map(({ name, value, points, gross, lost, count, share, apart }) => {
    if (apart) return element('li', { class: 'apart' }, element('span', {}, name, element('small', {}, apart)), element('span', { class: 'amount' }, words.signed(points)));
    const causes = /** @type {const} */ (['limit', 'decay', 'cap']).filter((cause) => lost[cause] * share > 0.005);
    const gone = causes.reduce((sum, cause) => sum + lost[cause] * share, 0);
    return element(
      'li',
      { class: value < 0 ? 'minus' : 'plus' },
      element('span', {}, count > 1 && element('b', {}, words.say('times', { n: count })), name),
      element('span', { class: 'amount' }, words.signed(value)),
      element('i', { class: 'bar', '--given': Math.abs(value) / most, '--gross': Math.abs(gross) / most }),
      gone > 0.005 && element('small', {}, words.say('lost', { points: words.number(gone), causes: words.list(causes.map((cause) => words.say(cause))) })),
    );
  });
  const adjusted = score.adjustments.map(({ on, id, kind, value }) => {
    const owner = on === 'group' ? model.dimensions.flatMap(({ groups }) => groups) : model.dimensions;
    const what = on === 'total' ? words.say('total') : named(owner, id, words);
    return element(
      'li',
      { class: 'adjusted' },
      element('span', {}, words.say('adjusted', { kind: words.say(kind), what })),
      element('span', { class: 'amount' }, words.signed(value)),
    );
  });
  return [element('ul', { class: 'bars' }, ...bars, ...adjusted)];
}

/** @param {Model} model @param {Score} score @param {Words} words @returns {Node[]} */
export function unknown(model, score, words) {
  const { bounds, missing, coverage } = score;
  const numbers = bounds && { lowest: words.number(bounds.lowest), highest: words.number(bounds.highest) };
  const open = bounds && bounds.highest > bounds.lowest;
  return [
    element('p', {}, numbers && (missing.length === 0 ? words.say('complete') : words.say(open ? (bounds.exact ? 'between' : 'about') : 'stays', numbers))),
    element(
      'p',
      { class: 'chips' },
      ...missing.map((path) => {
        const attribute = model.attributes?.[path];
        const go = () => focus(path);
        return element('button', { type: 'button', class: 'chip', onclick: go }, words.text(attribute?.label, path), attribute?.required && element('b', {}, words.say('required')));
      }),
    ),
    element('p', { class: 'about' }, words.say('coverage', { percent: words.percent(coverage) })),
  ];
}

/** @param {string} path */
function focus(path) {
  const field = document.getElementById(idOf(path));
  const control = /** @type {HTMLElement | null} */ (field?.matches('fieldset') ? field.querySelector('input') : field);
  control?.focus();
  control?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}

/** @param {Model} model @param {Score} score @param {Words} words @returns {Node[]} */
export function next(model, score, words) {
  const sets = score.counterfactuals ?? [];
  if (sets.length === 0) {
    const highest = score.labels.total === model.total?.labels?.[0].id && score.stage === (model.stages?.at(-1)?.id ?? null);
    return [element('p', { class: 'about' }, words.say(highest ? 'top' : 'noChange'))];
  }
  return sets.slice(0, 3).map(({ reaches, changes, value }) => {
    const goal = 'label' in reaches ? named(model.total?.labels, reaches.label, words) : named(model.stages, reaches.stage, words);
    const steps = changes.map((change) => {
      if ('attribute' in change) {
        const { label, unit } = model.attributes?.[change.attribute] ?? {};
        const to = `${words.value(change.to)}${unit ? ` ${words.value(unit)}` : ''}`;
        return element('li', {}, words.say('set', { attribute: words.text(label, change.attribute), value: to }));
      }
      const event = words.text(model.events?.[change.event]?.label, change.event);
      return element('li', {}, change.times > 1 && element('b', {}, words.say('times', { n: change.times })), event);
    });
    return element(
      'div',
      { class: 'goal' },
      element('p', {}, words.say('reaches', { what: goal }), element('small', {}, words.say('nowAt', { value: words.number(value) }))),
      element('ul', {}, ...steps),
    );
  });
}
