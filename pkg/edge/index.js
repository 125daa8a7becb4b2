/** What `leadscore/edge` exports; `edge.d.ts` says it to people and editors. */
export { LeadscoreError } from '../src/error.js';
export { attio } from './connectors/attio.js';
export { hubspot, hubspotForm } from './connectors/hubspot.js';
export { odoo } from './connectors/odoo.js';
export { pipedrive } from './connectors/pipedrive.js';
export { activeCampaign, bottleCrm, brevo, espoCrm, freshsales, mautic, rest, twenty } from './connectors/rest.js';
export { salesforce } from './connectors/salesforce.js';
export { salesforceWebToLead } from './connectors/web-to-lead.js';
export { slack } from './connectors/slack.js';
export { webhook } from './connectors/webhook.js';
export { createLeadHandler } from './handler.js';
export { turnstile } from './human.js';
export { createOutbox } from './outbox.js';
export { memoryStore } from './stores/memory.js';
export { sqlStore } from './stores/sql.js';
export { sqliteStore } from './stores/sqlite.js';
export { fromSources } from './sources/sources.js';
