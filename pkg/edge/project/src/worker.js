/**
 * The worker: it takes the form, scores the lead by model.json, keeps it, thanks the visitor, and brings the lead to the CRM.
 * What has to be changed for a website of one's own is marked with `→`.
 */
import { createScorer } from 'leadscore';
import { createLeadHandler, webhook } from 'leadscore/edge';
import { durableOutbox, outboxOf } from 'leadscore/edge/cloudflare';
import model from '../model.json' with { type: 'json' };

/** @typedef {{ SITES: string, LEAD_SECRET: string, ADMIN_TOKEN: string, CRM_URL: string, CRM_SECRET: string, OUTBOX: any }} Env see .dev.vars and wrangler.jsonc */

const scorer = createScorer(/** @type {any} */ (model));

export default createLeadHandler((/** @type {Env} */ env) => ({
  model: scorer,
  attributes: model.attributes,
  lang: 'en', // → the language of the salespeople: reasons are sentences in it
  sites: env.SITES.split(' '),
  secret: env.LEAD_SECRET,
  adminToken: env.ADMIN_TOKEN,
  outbox: outboxOf(env.OUTBOX),
  thanks: '/thanks',
  tell: (entry) => console.log(JSON.stringify(entry)),
}));

export const Outbox = durableOutbox((/** @type {Env} */ env) => ({
  // → hubspot({ … }), salesforce({ … }) or any other connector, or several
  destinations: { crm: webhook({ url: env.CRM_URL, secret: env.CRM_SECRET, lookup: { url: env.CRM_URL } }) },
  log: (entry) => console.log(JSON.stringify(entry)),
}));
