/** The handler and its outbox without Durable Objects, as somebody deploys them to Cloudflare: see workerd-queue.test.mjs. */
import { createLeadHandler, webhook } from 'leadscore/edge';
import { queuedOutbox } from 'leadscore/edge/cloudflare';
import { loadScorer } from 'leadscore/runtime';

/** @typedef {{ MODEL: ArrayBuffer, SITE: string, SECRET: string, CRM: string, CRM_SECRET: string, LEADS: any, WAKE: any, ADMIN: string }} Env */

const { of, queue, scheduled } = queuedOutbox((/** @type {Env} */ env) => ({
  database: env.LEADS,
  queue: env.WAKE,
  destinations: { crm: webhook({ url: env.CRM, secret: env.CRM_SECRET, rate: { requests: 200, per: 1000 } }) },
  log: (entry) => console.log(JSON.stringify(entry)),
  timeout: 1000,
  probe: 300,
}));

const { fetch } = createLeadHandler((/** @type {Env} */ env) => ({
  model: loadScorer(env.MODEL),
  sites: [env.SITE],
  secret: env.SECRET,
  adminToken: env.ADMIN,
  outbox: of(env),
  tell: (entry) => console.log(JSON.stringify(entry)),
}));

export default { fetch, queue, scheduled };
