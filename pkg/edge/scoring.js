/** What is kept of a score: enough to sort, route and explain a lead, and nothing that has to be worked out again. */

/** @typedef {import('../edge.js').LeadScore} LeadScore */
/** @typedef {import('../leadscore.js').Scorer} Scorer */

/** The heaviest reasons tell the most. */
const REASONS = 10;

/**
 * @param {Scorer} scorer
 * @param {import('../leadscore.js').Facts} facts
 * @param {{ events: import('../leadscore.js').LeadEvent[], asOf: number, lang: import('../leadscore.js').Language | null }} options
 * @returns {LeadScore} with the status `not_scored` when the engine cannot read the lead: it is one all the same
 */
export function scoreOf(scorer, facts, { events, asOf, lang }) {
  const { id: model, version } = scorer.model;
  try {
    const score = scorer.score(facts, { events, asOf, ...(lang && { lang }) });
    const { value, status, labels, grade, stage, route } = score;
    return {
      value,
      status,
      label: labels.total ?? null,
      grade,
      stage,
      route: route && { id: route.id, queue: route.queue, action: route.action },
      reasons: reasonsOf(score).slice(0, REASONS),
      model,
      version,
    };
  } catch {
    return { value: null, status: 'not_scored', label: null, grade: null, stage: null, route: null, reasons: [], model, version };
  }
}

/** @param {import('../leadscore.js').Score} score */
function reasonsOf({ reasons, contributions, disqualifiers, exclusions }) {
  if (reasons) return reasons.map(({ text }) => text);
  const flags = [...disqualifiers, ...exclusions].filter(({ answer }) => answer).map(({ id, reason }) => reason ?? id);
  const heaviest = [...contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return [...flags, ...heaviest.map(({ rule }) => rule)];
}
