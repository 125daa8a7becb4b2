/** What the package exports in every host; `leadscore.d.ts` says it to people and editors. */
export { LeadscoreError } from './error.js';
export { init, initSync } from './engine-full.js';
export { compileModel, createScorer } from './models.js';
export { check, matches } from './ask.js';
