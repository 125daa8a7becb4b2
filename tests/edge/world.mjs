/** What the tests of the edge have in common: a model, a form, a lead, and chance that can be drawn again. */
import { createScorer } from 'leadscore';
import { createLeadHandler, createOutbox, memoryStore, webhook } from 'leadscore/edge';
import { MODEL, NOW, SECRET, SITE, WEBHOOK_SECRET } from './model.mjs';

/** @typedef {import('../../pkg/edge.js').Lead} Lead */
/** @typedef {import('../../pkg/edge.js').LogEntry} LogEntry */

export const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
export { MODEL, NOW, SECRET, SITE, WEBHOOK_SECRET };

/** Chance that is the same each time. @param {number} seed */
export function chance(seed) {
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { draw, below: (/** @type {number} */ most) => Math.floor(draw() * most), once: (/** @type {number} */ of) => draw() < 1 / of };
}

/** A lead as the handler makes it. @param {string} id @param {{ grade?: string, value?: number, at?: number, email?: string }} [given] */
export function leadOf(id, { grade = 'B', value = 50, at = NOW, email = `${id}@frimas.test` } = {}) {
  return /** @type {Lead} */ ({
    id,
    at,
    facts: { contact: { email, firstName: 'Ada', lastName: 'Lovelace' }, company: { name: 'Analytical Engines' } },
    score: { value, status: 'scored', label: 'hot', grade, stage: null, route: null, reasons: ['size'], model: 'edge', version: '7' },
    trust: 'none',
    clamps: [],
    doubts: [],
  });
}

/**
 * A handler with its outbox, a log of all it said, and a clock that stands.
 * @param {Partial<import('../../pkg/edge.js').LeadHandlerOptions>} [options]
 */
export function edge(options = {}) {
  const store = memoryStore();
  /** @type {LogEntry[]} */
  const said = [];
  /** @type {Request[]} */
  const sent = [];
  const tell = (/** @type {LogEntry} */ entry) => void said.push(entry);
  const now = () => NOW;
  const fetch = async (/** @type {Request} */ request) => {
    sent.push(request);
    return new Response(null, { status: 204 });
  };
  const destinations = { crm: webhook({ url: 'https://crm.test/leads', secret: WEBHOOK_SECRET }) };
  const outbox = createOutbox({ store, destinations, fetch, now, log: tell });
  const handler = createLeadHandler({
    model: createScorer(MODEL),
    attributes: MODEL.attributes,
    sites: [SITE],
    secret: SECRET,
    outbox,
    now,
    tell,
    ...options,
  });
  /** The leads that are stored. @returns {Promise<Lead[]>} */
  const leads = async () => {
    const stored = await store.list('crm', 'queued', 1000);
    return Promise.all(stored.map(async ({ lead }) => JSON.parse(/** @type {string} */ (await store.lead(lead)))));
  };
  return { handler, outbox, store, said, sent, leads };
}

/**
 * @param {Record<string, string> | [string, string][]} fields
 * @param {Record<string, string>} [headers]
 */
export const form = (fields, headers = {}) =>
  new Request('https://edge.test/lead', { method: 'POST', headers: { origin: SITE, ...headers }, body: new URLSearchParams(fields) });
