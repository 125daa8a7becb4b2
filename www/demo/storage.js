/** Looks into every place where a page can leave something in a browser, and shows what is there. */
import { element } from '../element.js';

/** @typedef {import('./words.js').Words} Words */
/** @typedef {{ name: import('./words.js').Word, entries: [name: string, text: string][] }} Place */

/** @returns {Promise<Place[]>} */
async function places() {
  return [
    { name: 'local', entries: entriesOf(() => localStorage) },
    { name: 'session', entries: entriesOf(() => sessionStorage) },
    { name: 'cookies', entries: document.cookie.split('; ').filter(Boolean).map((cookie) => [cookie.split('=')[0], cookie]) },
    { name: 'databases', entries: await namesOf(async () => (await indexedDB.databases()).map(({ name = '' }) => name)) },
    { name: 'caches', entries: await namesOf(() => caches.keys()) },
  ];
}

/** @param {() => Storage} storage which may be denied @returns {[string, string][]} */
function entriesOf(storage) {
  try {
    return Object.entries(storage());
  } catch {
    return [];
  }
}

/** @param {() => Promise<string[]>} names @returns {Promise<[string, string][]>} */
async function namesOf(names) {
  try {
    return (await names()).map((name) => [name, name]);
  } catch {
    return [];
  }
}

/**
 * @param {number} held how many events this page has in its memory
 * @param {Words} words
 * @returns {Promise<Node[]>}
 */
export async function stored(held, words) {
  const found = await places();
  const row = (/** @type {string} */ name, /** @type {string[]} */ things) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', {}, ...(things.length > 0 ? things.map((thing) => element('b', {}, thing)) : [words.say('nothing')])),
    );
  const sized = (/** @type {[string, string]} */ [key, text]) => words.say('bytes', { name: key, n: words.number(key.length + text.length) });
  const table = element(
    'table',
    { class: 'places' },
    row(words.say('memory'), held > 0 ? [words.say(held === 1 ? 'heldOne' : 'heldNow', { n: held })] : []),
    ...found.map(({ name, entries }) => row(words.say(name), entries.map(sized))),
  );
  const raw = found.flatMap(({ entries }) => entries).map(([key, text]) => `${key} = ${text}`);
  return [
    table,
    ...(raw.length > 0 ? [element('details', {}, element('summary', {}, words.say('raw')), element('code', {}, raw.join('\n\n')))] : []),
    element('p', { class: 'explained' }, ...(raw.length > 0 ? [words.say('ownKey'), ' '] : []), words.say('inAddress')),
  ];
}
