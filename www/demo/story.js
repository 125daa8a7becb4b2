/** Tells events in plain words, with what each was worth at its moment. */
import { element } from '../element.js';

/** @typedef {import('./scoring.js').Event} Event */
/** @typedef {import('./words.js').Words} Words */

/**
 * What an event says, and the detail that people may want to see.
 * @param {Event} event
 * @param {Words} words
 */
export function told(event, words) {
  const { type } = event;
  const known = words.thing(type) !== type;
  if (!known) return type;
  const word = type === 'page_view' && event.restored ? 'restored' : /** @type {import('./words.js').Word} */ (type);
  return words.say(word, { what: detail(event, words) });
}

/** @param {Event} event @param {Words} words */
function detail({ type, path, percent, seconds, host, plan, job, count, days }, words) {
  switch (type) {
    case 'page_view': return words.thing(fileOf(String(path)));
    case 'download': return fileOf(String(path));
    case 'scroll': case 'video': return words.say('percent', { n: Number(percent) });
    case 'engaged': return words.say('seconds', { n: Number(seconds) });
    case 'outbound': return String(host);
    case 'return_visit': return words.say(days === 0 ? 'sameDay' : days === 1 ? 'nextDay' : 'daysLater', { n: Number(count), days: Number(days) });
    default: return words.thing(String(plan ?? job ?? ''));
  }
}

/** The file of a path; a folder shows its index.html. @param {string} path */
const fileOf = (path) => /[^/]*\.[^/]*$/.exec(path)?.[0] ?? 'index.html';

/**
 * One row for each event, the newest first; attention and scrolling that go on are one.
 * @param {Event[]} events
 * @param {Map<string, number>} gains points by the id of the event
 * @param {Words} words
 */
export function rows(events, gains, words) {
  const joined = /** @type {(Event & { gain: number })[]} */ ([]);
  for (const event of events) {
    const last = joined.at(-1);
    const gain = gains.get(event.id) ?? 0;
    if (last?.type === 'engaged' && event.type === 'engaged') Object.assign(last, { seconds: Number(last.seconds) + Number(event.seconds), gain: last.gain + gain });
    else if (last?.type === 'scroll' && event.type === 'scroll') Object.assign(last, { percent: event.percent });
    else joined.push({ ...event, gain });
  }
  return joined.reverse().map((event) => {
    const gain = Math.round(event.gain * 10) / 10;
    return element(
      'li',
      {},
      element('time', { datetime: new Date(event.at).toISOString() }, words.time(event.at)),
      element('span', {}, told(event, words)),
      gain !== 0 && element('b', { class: gain < 0 ? 'minus' : false }, words.signed(gain)),
    );
  });
}
