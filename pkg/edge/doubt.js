/**
 * What is doubtful about a form. A doubt is no proof: the lead is one like any other and says so itself, unless the owner wants it kept
 * back until somebody has looked, or thanked and thrown away.
 */

/** @typedef {import('../edge.js').Doubt} Doubt */
/** @typedef {import('../leadscore.js').LeadEvent} LeadEvent */

/** When a lead is sent that nobody has looked at yet: the last instant that JavaScript knows. */
export const NEVER = 8.64e15;

/** The code of what is kept back for that. */
export const DOUBTFUL = 'doubtful';

/** Nobody can do anything about it but those who run the check. @type {ReadonlySet<Doubt>} */
const HARMLESS = new Set(['unverified']);

/** Whether there is anything to act upon. @param {readonly Doubt[]} doubts */
export const isDoubtful = (doubts) => doubts.some((doubt) => !HARMLESS.has(doubt));

/**
 * For how long somebody was filling the form in, in milliseconds: since the edge gave out its ticket, or else as the tracker claims.
 * @param {import('./ticket.js').Ticket | null} ticket
 * @param {LeadEvent[]} events
 * @param {number} now
 */
export function filledFor(ticket, events, now) {
  if (ticket) return now - ticket.at;
  const submitted = events.findLast(({ type }) => type === 'form_submit')?.at ?? events.at(-1)?.at;
  const started = events.findLast(({ type, at }) => type === 'form_start' && Number(at) <= Number(submitted))?.at;
  return started === undefined || submitted === undefined ? null : Number(submitted) - Number(started);
}
