/** The handler and its outbox as somebody deploys them to Cloudflare: see workerd.test.mjs. */
import { bottleCrm, createLeadHandler, turnstile, webhook } from 'leadscore/edge';
import { durableOutbox, outboxOf } from 'leadscore/edge/cloudflare';
import { loadScorer } from 'leadscore/runtime';

/** @typedef {{ MODEL: ArrayBuffer, SITE: string, SECRET: string, CRM: string, CRM_SECRET: string, CRM_KEY?: string, OUTBOX: any, ADMIN: string, SITEVERIFY?: string }} Env */

export default createLeadHandler((/** @type {Env} */ env) => ({
  model: loadScorer(env.MODEL),
  sites: [env.SITE],
  secret: env.SECRET,
  adminToken: env.ADMIN,
  outbox: outboxOf(env.OUTBOX),
  ...(env.SITEVERIFY && { human: turnstile({ secret: 'of a fake', url: env.SITEVERIFY }) }),
  fillTime: 600,
  tell: (entry) => console.log(JSON.stringify(entry)),
}));

export const Outbox = durableOutbox((/** @type {Env} */ env) => ({
  destinations: { crm: env.CRM_KEY ? crm(env.CRM, env.CRM_KEY) : webhook({ url: env.CRM, secret: env.CRM_SECRET, rate: { requests: 200, per: 1000 } }) },
  log: (entry) => console.log(JSON.stringify(entry)),
  timeout: 1000,
  probe: 300,
}));

/** What the intake that scripts/crm.mjs makes knows of a score. @param {string} url @param {string} key */
const crm = (url, key) => bottleCrm({ url, key, fields: { score: { score: '{score}', grade: '{grade}' } } });
