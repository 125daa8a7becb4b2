/** One lead as a salesperson reads it: the grade, who it is, why, and what to do; behind it all that is known. */
import { drawn, element } from '../../../element.js';

/** @typedef {import('../../../../pkg/edge.js').Lead} Lead */
/** @typedef {import('./words.js').Words} Words */
/** What the model calls its parts. @typedef {{ rules: Map<string, any>, routes: Map<string, any>, stages: Map<string, any>, attributes: Record<string, any>, flags: Map<string, any> }} Names */

/** @param {any} model @returns {Names} */
export function namesOf(model) {
  const rules = model.dimensions.flatMap((/** @type {any} */ { groups }) => groups.flatMap((/** @type {any} */ group) => group.rules));
  const by = (/** @type {any[]} */ list, /** @type {string} */ name) => new Map(list.map((one) => [one.id, one[name]]));
  return {
    rules: by(rules, 'label'),
    routes: by(model.routes, 'text'),
    stages: by(model.stages, 'label'),
    attributes: model.attributes,
    // A reason in words is told in the language of whoever scored; ours come as ids or in English.
    flags: new Map(model.disqualifiers.flatMap((/** @type {any} */ { id, reason }) => [[id, reason], [reason.en, reason]])),
  };
}

/** @param {Lead} lead @param {Names} names @param {Words} words @param {boolean} open */
export function leadCard(lead, names, words, open) {
  const { say, text } = words;
  const { contact = {}, company = {}, message, project = {}, source = {} } = /** @type {Record<string, any>} */ (lead.facts);
  const { score } = lead;
  const reasons = score.reasons.map((id) => text(names.rules.get(id) ?? names.flags.get(id) ?? id));
  const next = score.status === 'disqualified' ? say('disqualified') : text(names.routes.get(score.route?.id ?? ''));
  const who = contact.name ?? contact.email ?? contact.phone ?? lead.id;

  const known = /** @type {[string, string | undefined][]} */ ([
    [say('email'), contact.email && `${contact.email} (${say(contact.emailKind ?? 'work')})`],
    [say('phone'), contact.phone],
    [say('company'), company.name],
    [text(names.attributes['project.rooms'].label), project.rooms],
    [text(names.attributes['project.slot'].label), project.slot],
    [say('stage'), score.stage && text(names.stages.get(score.stage))],
    [say('visit'), say(lead.trust === 'none' ? 'withoutVisit' : 'withVisit')],
    [say('page'), source.page && new URL(source.page).pathname],
    [say('model'), [score.model, score.version].filter(Boolean).join(' ')],
    [say('id'), lead.id],
  ]);

  return element(
    'li',
    {},
    element(
      'details',
      { class: 'entry', id: `lead-${lead.id}`, open },
      element(
        'summary',
        {},
        gradeTile(score.grade, score.value, words),
        element(
          'span',
          { class: 'who' },
          element('strong', {}, who),
          element('span', { class: 'quiet' }, [company.name ?? company.domain, words.ago(lead.at)].filter(Boolean).join(' · ')),
        ),
        next && element('span', { class: 'next', 'data-action': score.status === 'disqualified' ? 'none' : score.route?.action }, next),
        element('span', { class: 'chips' }, ...reasons.slice(0, 3).map((reason) => element('span', { class: 'chip' }, reason))),
      ),
      element(
        'div',
        { class: 'more-of-it' },
        element(
          'div',
          { class: 'words' },
          element('h3', {}, say('why')),
          reasons.length > 0 ? element('ul', { class: 'reasons' }, ...reasons.map((reason) => element('li', {}, reason))) : element('p', { class: 'quiet' }, say('noReasons')),
          message && element('h3', {}, say('said')),
          message && element('blockquote', {}, message),
          element(
            'p',
            { class: 'acts' },
            contact.email && element('a', { class: 'button', href: `mailto:${encodeURIComponent(contact.email)}` }, say('write')),
            contact.phone && element('a', { class: 'button quiet', href: `tel:${encodeURIComponent(contact.phone)}` }, say('call')),
          ),
        ),
        element(
          'div',
          {},
          element('h3', {}, say('known')),
          element('dl', { class: 'known' }, ...known.filter(([, value]) => value).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
        ),
      ),
    ),
  );
}

/** The grade with the score as a ring around it. @param {string | null} grade @param {number | null} value @param {Words} words */
export function gradeTile(grade, value, words) {
  const told = [grade ? words.say('grade', { grade }) : '', value === null ? words.say('noScore') : words.say('score', { n: Math.round(value) })].filter(Boolean).join(', ');
  const ring = { cx: 28, cy: 28, r: 25, pathLength: 100 };
  return element(
    'span',
    { class: 'tile', 'data-grade': grade ?? 'none' },
    drawn('svg', { viewBox: '0 0 56 56', 'aria-hidden': 'true' }, drawn('circle', { class: 'ring', ...ring }), drawn('circle', { class: 'arc', ...ring, 'stroke-dasharray': `${Math.min(Math.max(value ?? 0, 0), 100)} 100` })),
    element('b', { 'aria-hidden': 'true' }, grade ?? '–'),
    element('small', { 'aria-hidden': 'true' }, value === null ? '' : Math.round(value)),
    element('span', { class: 'hidden' }, told),
  );
}
