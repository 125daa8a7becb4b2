// Tells one result to a person: the score, where it comes from, what is missing, what would change it, what comes.
// It only tells: every number in it was worked out by the engine.

import { bar, left, right, scale, wrap } from './layout.js';

const MINUTE = 60_000;

/**
 * @typedef {object} Telling
 * @property {import('leadscore').Score} score
 * @property {any} document the model
 * @property {string | null} id of the lead
 * @property {import('./names.js').Names} names
 * @property {import('../words/en.js').Words} say
 * @property {number} width
 * @property {ReturnType<typeof import('picocolors').createColors>} paint
 */

/**
 * @param {Telling} telling
 * @returns {string}
 */
export function explanation(telling) {
  const sections = [headline, flags, dimensions, waterfall, missing, changes, next, warnings];
  return `${sections.map((section) => section(telling)).filter((text) => text !== '').join('\n\n')}\n`;
}

/** @param {Telling} telling */
function headline({ score, id, names, say, width, paint }) {
  const about = [
    ...(id ? [id] : []),
    `${say.model} ${names.model()}${score.model.version ? ` ${score.model.version}` : ''}`,
    ...(score.asOf === null ? [] : [say.asOf(say.date(score.asOf))]),
  ].join(' · ');
  const label = score.labels.total;
  const facts = [
    ...(label ? [names.label('total', label)] : []),
    ...(score.grade ? [`${say.grade} ${score.grade}`] : []),
    ...(score.stage ? [`${say.stage} ${names.stage(score.stage)}`] : []),
  ];
  const value = score.value === null ? say.noValue : `${say.value} ${say.number(score.value)}`;
  const told = say.statusTold[score.status];
  const lines = [paint.dim(wrap(about, width)), '', paint.bold(wrap([value, ...facts].join(' · '), width, '  '))];
  if (told) lines.push(paint.red(wrap(told, width, '  ')));
  const route = score.route && routeText(score.route, say);
  if (route) lines.push(wrap(`→ ${say.route}${say.colon} ${route}`, width, '    ', '  '));
  return lines.join('\n');
}

/**
 * @param {import('leadscore').Route} route
 * @param {import('../words/en.js').Words} say
 */
function routeText({ id, queue, owner, action, text }, say) {
  const to = [...(queue ? [`${say.queue} ${queue}`] : []), ...(owner ? [`${say.owner} ${owner}`] : [])];
  return `${text ?? action ?? id}${to.length ? ` (${to.join(', ')})` : ''}`;
}

/** @param {Telling} telling */
function flags({ score, names, say, width, paint }) {
  const flag = (/** @type {'disqualifier' | 'exclusion'} */ kind) => (/** @type {any} */ one) =>
    `${one.reason ?? one.id} (${one.answer === null ? say.flag.undecided : say.flag[kind]})`;
  const computed = [
    ...(score.computed.grade !== score.grade && score.computed.grade ? [`${say.grade} ${score.computed.grade}`] : []),
    ...(score.computed.stage !== score.stage && score.computed.stage ? [`${say.stage} ${names.stage(score.computed.stage)}`] : []),
  ];
  const overridden = score.overrides.map(({ id, reason }, index) => {
    const last = index === score.overrides.length - 1 && computed.length > 0;
    return `${reason ?? id} (${say.flag.override}${last ? `, ${say.computedWas(computed.join(', '))}` : ''})`;
  });
  const items = [...score.exclusions.map(flag('exclusion')), ...score.disqualifiers.map(flag('disqualifier')), ...overridden];
  return list(say.flags, items, width, paint);
}

/** @param {Telling} telling */
function dimensions({ score, names, say, paint }) {
  const ids = Object.keys(score.dimensions);
  if (ids.length < 2 || score.value === null) return '';
  const widest = Math.max(...ids.map((id) => names.dimension(id).length));
  const lines = ids.map((id) => {
    const value = score.dimensions[id].value;
    const label = score.labels[id];
    const number = value === null ? '–' : say.number(value);
    return `  ${left(names.dimension(id), widest)}  ${right(number, 8)}${label ? `  ${names.label(id, label)}` : ''}`;
  });
  return [paint.bold(say.dimensions), ...lines].join('\n');
}

/**
 * Each contribution starts where the one before it ended, down to the total.
 * @param {Telling} telling
 */
function waterfall({ score, document, names, say, width, paint }) {
  if (score.raw === null) return '';
  const rows = [
    ...score.contributions.map((one) => ({ text: ruleText(one, names, say), detail: lossText(one, say), value: one.value })),
    ...score.adjustments.map((one) => ({ text: adjustmentText(one, names, say), detail: '', value: one.value })),
  ];
  if (rows.length === 0) return `${paint.bold(say.contributions)}\n  ${say.noContributions}`;

  let running = 0;
  const steps = rows.map((row) => ({ ...row, from: running, to: (running += row.value) }));
  const numbers = 10;
  const bars = Math.max(12, Math.floor((width - numbers) / 3));
  const texts = width - 2 - bars - 2 - numbers;
  const column = scale(steps.flatMap(({ from, to }) => [from, to]), bars);
  const rounded = (/** @type {number} */ value) => round(value, document.decimals ?? 2);

  const lines = steps.flatMap(({ text, detail, value, from, to }) => {
    const [first, ...more] = wrap(text, texts).split('\n');
    const amount = value === 0 ? '0' : say.signed(rounded(value));
    const colour = value < 0 ? paint.red : paint.green;
    const drawn = colour(bar(column(from), column(to), bars));
    return [
      `  ${left(first, texts)}  ${drawn}${right(amount, numbers)}`,
      ...more.map((line) => `  ${line}`),
      ...(detail ? [paint.dim(wrap(detail, width, '    '))] : []),
    ];
  });
  const total = `  ${left(say.total, texts)}  ${bar(column(0), column(score.raw), bars)}${right(say.number(rounded(score.raw)), numbers)}`;
  const before = score.value !== null && score.value !== rounded(score.raw) ? [right(say.beforeRounding(say.number(score.raw)), width)] : [];
  const events = score.events.given > 0 ? [paint.dim(wrap(say.eventsTold(score.events), width, '  '))] : [];
  return [paint.bold(say.contributions), ...lines, `  ${'─'.repeat(width - 2)}`, paint.bold(total), ...before, ...events].join('\n');
}

/**
 * @param {import('leadscore').Contribution} contribution
 * @param {import('./names.js').Names} names
 * @param {import('../words/en.js').Words} say
 */
function ruleText({ rule, count }, names, say) {
  return count > 1 ? `${names.rule(rule)}, ${say.times(count)}` : names.rule(rule);
}

/**
 * @param {import('leadscore').Contribution} contribution
 * @param {import('../words/en.js').Words} say
 */
function lossText({ gross, lost }, say) {
  const told = (/** @type {number} */ points) => say.signed(round(points, 2));
  const parts = [
    ...(lost.limit ? [say.lost.limit(told(-lost.limit))] : []),
    ...(lost.decay ? [say.lost.decay(told(-lost.decay))] : []),
    // What a floor raised shows as lost below nothing.
    ...(lost.cap ? [(raised(gross, lost.cap) ? say.lost.floor : say.lost.cap)(told(-lost.cap))] : []),
  ];
  return parts.length ? say.lostOf(say.number(round(gross, 2)), say.list(parts)) : '';
}

/**
 * @param {number} gross
 * @param {number} lost
 */
function raised(gross, lost) {
  return lost < 0 && gross <= 0;
}

/**
 * @param {import('leadscore').Adjustment} adjustment
 * @param {import('./names.js').Names} names
 * @param {import('../words/en.js').Words} say
 */
function adjustmentText({ on, id, kind }, names, say) {
  const label = on === 'group' ? names.group(id) : on === 'dimension' ? names.dimension(id) : say.total;
  return say.adjustment[kind](label);
}

/** @param {Telling} telling */
function missing({ score, names, say, width, paint }) {
  const lines = [wrap(say.coverage(say.percent(score.coverage)), width, '  ')];
  if (score.missing.length === 0) {
    lines.push(wrap(say.nothingMissing, width, '  '));
  } else {
    if (score.bounds) {
      const { lowest, highest, exact } = score.bounds;
      lines.push(wrap((exact ? say.bounds : say.boundsInside)(say.number(lowest), say.number(highest)), width, '  '));
    }
    for (const path of score.missing) lines.push(wrap(names.attribute(path), width, '    ', '  · '));
  }
  return [paint.bold(say.missing), ...lines].join('\n');
}

/** @param {Telling} telling */
function changes({ score, names, say, width, paint }) {
  if (score.status !== 'scored') return '';
  const sets = score.counterfactuals ?? [];
  if (sets.length === 0) return `${paint.bold(say.changes)}\n${wrap(say.nothingChanges, width, '  ')}`;
  const lines = sets.flatMap(({ reaches, changes: needed, value }) => [
    'label' in reaches
      ? wrap(say.reachesLabel(names.label('total', reaches.label), say.number(value)), width, '  ')
      : wrap(say.reachesStage(names.stage(reaches.stage), say.number(value)), width, '  '),
    ...needed.map((change) => wrap(changeText(change, names, say), width, '    ', '  · ')),
  ]);
  return [paint.bold(say.changes), ...lines].join('\n');
}

/**
 * @param {import('leadscore').Change} change
 * @param {import('./names.js').Names} names
 * @param {import('../words/en.js').Words} say
 */
function changeText(change, names, say) {
  if (change.text) return change.text;
  if ('event' in change) return say.happens(names.event(change.event), change.times);
  const to = typeof change.to === 'number' ? say.number(change.to) : typeof change.to === 'string' ? change.to : JSON.stringify(change.to);
  return say.setTo(names.attribute(change.attribute), to);
}

/** @param {Telling} telling */
function next({ score, names, say, width, paint }) {
  if (score.value === null) return '';
  // In the minute of as-of, minutes would say that it has changed already.
  const date = (/** @type {number} */ at) => say.date(at, score.asOf !== null && at - score.asOf < MINUTE);
  const lines = [wrap(score.validUntil === null ? say.stays : say.staysUntil(date(score.validUntil)), width, '  ')];
  const coming = score.next;
  if (coming) {
    const labels = Object.entries(coming.labels)
      .filter(([owner, label]) => label !== score.labels[owner])
      .map(([owner, label]) => {
        const name = label === null ? say.noLabel : names.label(owner, label);
        return owner === 'total' ? name : `${names.dimension(owner)}${say.colon} ${name}`;
      });
    const what = [
      ...labels,
      ...(coming.grade !== score.grade ? [`${say.grade} ${coming.grade ?? '–'}`] : []),
      ...(coming.stage !== score.stage ? [`${say.stage} ${coming.stage ? names.stage(coming.stage) : '–'}`] : []),
    ];
    lines.push(wrap(say.becomes(date(coming.at), coming.value === null ? say.noValue : say.number(coming.value), say.list(what)), width, '    ', '  · '));
  }
  return [paint.bold(say.comes), ...lines].join('\n');
}

/** @param {Telling} telling */
function warnings({ score, say, width, paint }) {
  return list(say.warningsTold, score.warnings.map(({ message, path }) => (path ? `\`${path}\`: ${message}` : message)), width, paint);
}

/**
 * @param {string} title
 * @param {string[]} items
 * @param {number} width
 * @param {Telling['paint']} paint
 */
function list(title, items, width, paint) {
  if (items.length === 0) return '';
  return [paint.bold(title), ...items.map((item) => wrap(item, width, '    ', '  · '))].join('\n');
}

/**
 * @param {number} value
 * @param {number} decimals
 */
function round(value, decimals) {
  return Number(value.toFixed(decimals));
}

