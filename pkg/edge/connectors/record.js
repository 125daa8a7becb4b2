/** A lead as one flat record, in the words that people use in a CRM: what the mappings of all connectors choose from. */

/** @typedef {import('../../edge.js').Lead} Lead */
/** @typedef {import('../../edge.js').LeadRecord} LeadRecord */

/**
 * @param {Lead} lead
 * @returns {LeadRecord}
 */
export function recordOf({ id, at, facts, score, trust }) {
  const contact = /** @type {Record<string, any>} */ (facts.contact ?? {});
  const company = /** @type {Record<string, any>} */ (facts.company ?? {});
  const whole = text(contact.name);
  const [first, last] = split(whole);
  const firstName = text(contact.firstName) ?? first;
  const lastName = text(contact.lastName) ?? last;
  return {
    id,
    email: text(contact.email),
    name: whole ?? ([firstName, lastName].filter(Boolean).join(' ') || null),
    firstName,
    lastName,
    phone: text(contact.phone),
    title: text(contact.title),
    company: text(company.name),
    website: text(company.website),
    country: text(company.country),
    message: text(facts.message),
    score: score.value,
    status: score.status,
    label: score.label,
    grade: score.grade,
    stage: score.stage,
    reasons: score.reasons.join('; ') || null,
    queue: score.route?.queue ?? null,
    action: score.route?.action ?? null,
    model: [score.model, score.version].filter(Boolean).join(' '),
    trust,
    receivedAt: new Date(at).toISOString(),
    facts,
  };
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' && value !== '' ? value : null);

/** The last word of a name is the family's: right often enough for a CRM that asks for one. @param {string | null} name */
function split(name) {
  if (!name) return [null, null];
  const at = name.lastIndexOf(' ');
  return at < 0 ? [null, name] : [name.slice(0, at), name.slice(at + 1)];
}

/**
 * The values of a mapping; what the record does not have is left out.
 * @param {LeadRecord} record
 * @param {Record<string, string>} mapping the vendor's names with ours, or with the path of a fact such as `facts.company.employees`
 */
export function mapped(record, mapping) {
  /** @type {Record<string, string | number | boolean>} */
  const values = {};
  for (const [name, path] of Object.entries(mapping)) {
    const value = path.split('.').reduce((/** @type {any} */ at, step) => (at !== null && typeof at === 'object' && Object.hasOwn(at, step) ? at[step] : null), record);
    if (Array.isArray(value)) values[name] = value.join('; ');
    else if (['string', 'number', 'boolean'].includes(typeof value)) values[name] = value;
  }
  return values;
}
