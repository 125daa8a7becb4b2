/** What the outbox says was delivered beside what the CRM has, lead by lead: ids and scores, and nothing of a person. It changes nothing. */
import { textOf } from './attempt.js';

/** @typedef {import('../edge.js').Compared} Compared */
/** @typedef {import('../edge.js').Delivery} Delivery */
/** @typedef {import('../edge.js').Lead} Lead */

/** So many leads at once: as many as every vendor looks up. */
const PAGE = 100;
/** What a CRM tells of them is not longer. */
const LONGEST = 2 ** 20;

/**
 * @param {import('../edge.js').Store} store
 * @param {string} destination
 * @param {string} after the id of a lead
 * @param {import('../edge.js').Connector} connector
 * @param {{ fetch: (request: Request) => Promise<Response>, timeout: number }} by
 * @returns {Promise<{ leads: Compared[], next: string | null }>}
 */
export async function compared(store, destination, after, { lookup }, { fetch, timeout }) {
  const page = await store.page(destination, after, PAGE);
  const texts = await Promise.all(page.map(({ lead }) => store.lead(lead)));
  // One that was forgotten meanwhile is of no concern any more.
  const pairs = page.flatMap((delivery, place) => {
    const text = texts[place];
    return text === null ? [] : [{ delivery, lead: /** @type {Lead} */ (JSON.parse(text)) }];
  });
  const sought = pairs.filter(({ delivery }) => isThere(delivery)).map(({ delivery, lead }) => {
    const { email } = /** @type {Record<string, any>} */ (lead.facts.contact ?? {});
    return { id: delivery.lead, email: typeof email === 'string' ? email : null, remote: delivery.remote };
  });
  const ask = async (/** @type {import('../edge.js').VendorRequest} */ { url, ...request }) => {
    const response = await fetch(new Request(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(timeout) }));
    return { status: response.status, headers: response.headers, body: await textOf(response, LONGEST) };
  };
  const found = lookup ? (sought.length > 0 ? await lookup(sought, ask) : []) : null;
  const leads = pairs.map(({ delivery, lead: { at, score } }) => {
    const records = found?.filter(({ id }) => id === delivery.lead).map(({ remote, score }) => ({ remote, score }));
    return { lead: delivery.lead, at, state: delivery.state, score: score.value, grade: score.grade, found: (isThere(delivery) && records) || null };
  });
  return { leads, next: page.length < PAGE ? null : page[page.length - 1].lead };
}

/** Whether the outbox says so. @param {Delivery} delivery */
const isThere = ({ state }) => state === 'sent' || state === 'merged';
