/** The parts of the handler, each by itself and as often as asked for, in the runtime that they are for: see edge.mjs, which reads the clock of the processor. */
import { createLeadHandler } from 'leadscore/edge';
import { loadScorer } from 'leadscore/runtime';
import { claimOf, engagementOf } from '../pkg/edge/engagement.js';
import { factsOf } from '../pkg/edge/facts/facts.js';
import { readForm } from '../pkg/edge/form.js';
import { Keys } from '../pkg/edge/keys.js';
import { scoreOf } from '../pkg/edge/scoring.js';
import { seenCookie, seenSince } from '../pkg/edge/seen.js';
import { newTicket, ticketOf } from '../pkg/edge/ticket.js';
import { further, wayCookie, wayOf } from '../pkg/edge/way.js';
import { encode } from '../pkg/tracker/log.js';
import { MODEL } from '../tests/edge/model.mjs';

/** @typedef {{ MODEL: ArrayBuffer, SITE: string, SECRET: string, CRM: string }} Env */

const now = Date.UTC(2026, 10, 22, 9);
const site = 'frimas.test';
const pages = Array.from({ length: 30 }, (_, n) => ({ type: 'page_view', at: now - (40 - n) * 60_000, path: `/${n % 7}` }));
const log = encode(site, { visitor: 'abcdefghijk', since: pages[0].at, events: pages });
const entered = { email: 'ada@frimas.test', name: 'Ada Lovelace', company: 'AE', employees: '11-50', country: 'France', title: 'VP Engineering' };

/** What was handed in before, made once. @param {Env} env */
async function world(env) {
  const keys = new Keys(env.SECRET, site);
  let way = further(null, '/0', pages[0].at);
  for (const { path, at } of pages.slice(1)) way = further(way, path, at);
  const [seen, walked] = [await seenCookie(keys, pages[0].at), await wayCookie(keys, way)].map((set) => set.split(';')[0]);
  const cookie = `${seen}; ${walked}`;
  const scorer = loadScorer(env.MODEL);
  const token = await newTicket(keys, now - 60_000);
  const body = new URLSearchParams({ ...entered, lead_log: log, _token: token }).toString();
  let n = 0;
  const post = () =>
    new Request('https://edge.test/', { method: 'POST', headers: { origin: env.SITE, cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: `${body}&message=${++n}` });
  const fields = await readForm(post());
  const attributes = /** @type {any} */ (MODEL.attributes);
  const { facts } = factsOf(fields, { map: {}, attributes });
  const { events } = engagementOf(claimOf(log, { now, site }), { since: pages[0].at, way, human: false });
  const outbox = /** @type {any} */ ({
    put: async (/** @type {any} */ lead) => ({ id: lead.id, fresh: true }),
    admit: async (/** @type {any[]} */ tokens) => ({ fresh: tokens.map(() => true), withdrawn: false }),
  });
  const handler = createLeadHandler({ model: scorer, sites: [env.SITE], secret: env.SECRET, outbox, attributes, now: () => now });

  return /** @type {Record<string, () => unknown>} */ ({
    'nothing but the loop': () => undefined,
    'reading the form': () => readForm(post()),
    'making facts': () => factsOf(fields, { map: {}, attributes }),
    'reading the log, 30 events': () => engagementOf(claimOf(log, { now, site }), { since: pages[0].at, way, human: false }),
    'verifying two cookies and a token': () => Promise.all([seenSince(keys, cookie, now), wayOf(keys, cookie, now), ticketOf(keys, token, now)]),
    'the engine, without events': () => scoreOf(scorer, facts, { events: [], asOf: now, lang: null }),
    'the engine, with 30 events': () => scoreOf(scorer, facts, { events, asOf: now, lang: null }),
    'all of it, from request to answer': () => handler.fetch(post()),
    'one request to the CRM': async () => (await fetch(env.CRM, { method: 'POST', body })).arrayBuffer(),
  });
}

/** @type {Promise<Record<string, () => unknown>> | undefined} */
let parts;

export default {
  /** @param {Request} request @param {Env} env */
  async fetch(request, env) {
    parts ??= world(env);
    const all = await parts;
    const { searchParams } = new URL(request.url);
    const part = searchParams.get('part');
    if (!part) return Response.json(Object.keys(all));
    for (let left = Number(searchParams.get('n')); left > 0; left--) await all[part]();
    return new Response('done');
  },
};
