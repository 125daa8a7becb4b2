/** The handler and its outbox as somebody deploys them to Cloudflare: see workerd.test.mjs. */
import { createLeadHandler, webhook } from 'leadscore/edge';
import { durableOutbox, outboxOf } from 'leadscore/edge/cloudflare';
import { loadScorer } from 'leadscore/runtime';

/** @typedef {{ MODEL: ArrayBuffer, SITE: string, SECRET: string, CRM: string, CRM_SECRET: string, OUTBOX: any, ADMIN: string }} Env */

export default createLeadHandler((/** @type {Env} */ env) => ({
  model: loadScorer(env.MODEL),
  sites: [env.SITE],
  secret: env.SECRET,
  adminToken: env.ADMIN,
  outbox: outboxOf(env.OUTBOX),
  tell: (entry) => console.log(JSON.stringify(entry)),
}));

export const Outbox = durableOutbox((/** @type {Env} */ env) => ({
  destinations: { crm: webhook({ url: env.CRM, secret: env.CRM_SECRET, rate: { requests: 200, per: 1000 } }) },
  log: (entry) => console.log(JSON.stringify(entry)),
  timeout: 1000,
  probe: 300,
}));
