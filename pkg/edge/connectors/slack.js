/** A message to the sales people, in the format of Slack that many chats take, for leads that are worth one. A repetition is a message more. */
import { conventional, isSuccess } from './answers.js';
import { recordOf } from './record.js';

/** @typedef {import('../../edge.js').Connector} Connector */
/** @typedef {import('../../edge.js').Lead} Lead */

/**
 * @param {Parameters<typeof import('../../edge.js').slack>[0]} options
 * @returns {Connector}
 */
export function slack({ url, when, rate = { requests: 1, per: 1000 } }) {
  return {
    rate,
    wants: when,
    first: true,
    payload: (lead) => ({ text: textOf(lead) }),
    request: (payload) => ({ url, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) }),
    classify(answer, { now }) {
      if (isSuccess(answer.status)) return { verdict: 'sent' };
      return conventional(answer, now);
    },
  };
}

/** @param {Lead} lead */
function textOf(lead) {
  const { name, title, company, email, phone, grade, score, label, action, message } = recordOf(lead);
  const said = (/** @type {unknown[]} */ parts, between = ', ') => parts.filter((part) => part !== null).map(escaped).join(between);
  return [
    [said([grade, score, label], ' · '), said([name, title, company])].filter(Boolean).join(': '),
    said([email, phone, action]),
    ...lead.score.reasons.slice(0, 3).map((reason) => `• ${escaped(reason)}`),
    ...(message ? [`> ${escaped(message.slice(0, 300)).replaceAll('\n', '\n> ')}`] : []),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** What a visitor enters mentions nobody and links nowhere. @param {unknown} part */
const escaped = (part) => String(part).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
