/** What `leadscore/edge` exports; `edge.d.ts` says it to people and editors. */
export { LeadscoreError } from '../src/error.js';
export { webhook } from './connectors/webhook.js';
export { createLeadHandler } from './handler.js';
export { createOutbox } from './outbox.js';
export { memoryStore } from './stores/memory.js';
export { sqliteStore } from './stores/sqlite.js';
