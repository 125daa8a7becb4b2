/**
 * The worker behind the form of the demo site: it takes the form, scores the lead, keeps it and brings it to the CRM. What
 * `npx leadscore init edge` writes is the same for a website of one's own.
 */
import { createScorer } from 'leadscore';
import { createLeadHandler, webhook } from 'leadscore/edge';
import { durableOutbox, outboxOf } from 'leadscore/edge/cloudflare';
import model from './model.json' with { type: 'json' };

/** @typedef {{ SITES: string[], LEAD_SECRET: string, ADMIN_TOKEN: string, CRM_URL: string, CRM_SECRET: string, OUTBOX: any }} Env */

const scorer = createScorer(/** @type {any} */ (model));

export default createLeadHandler((/** @type {Env} */ env) => ({
  model: scorer,
  attributes: model.attributes,
  map: { rooms: 'project.rooms', slot: 'project.slot' },
  sites: env.SITES,
  secret: env.LEAD_SECRET,
  adminToken: env.ADMIN_TOKEN,
  outbox: outboxOf(env.OUTBOX),
  thanks: '/demo/worker/crm/',
}));

// An outage of this CRM lasts as long as somebody watches: it is tried every two seconds, and not every thirty.
export const Outbox = durableOutbox((/** @type {Env} */ env) => ({
  destinations: { crm: webhook({ url: env.CRM_URL, secret: env.CRM_SECRET }) },
  timeout: 2000,
  probe: 2000,
}));
