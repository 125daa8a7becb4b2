/** What the package exports in every host; `leadscore.d.ts` says it to people and editors. */
export { LeadscoreError } from './error.js';
export { init, initSync } from './engine.js';
export { createScorer } from './scorer.js';
export { check, matches } from './ask.js';
