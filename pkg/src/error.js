/**
 * The one error of the package, the places it speaks of, and the functions through which
 * whatever was thrown becomes it. It decides nothing: codes and messages come from who found the problem.
 */

/** @typedef {import('../leadscore.js').Issue} Issue */

export class LeadscoreError extends Error {
  /**
   * @param {string} code stable, in kebab case
   * @param {string} path where in the model, facts or events; empty when about none of them
   * @param {string} problem what was expected and what was found; the message adds the place to it
   * @param {{ issues?: readonly Issue[], cause?: unknown }} [more]
   */
  constructor(code, path, problem, { issues = [], ...options } = {}) {
    super(`${problem}${placed(path)}`, options);
    this.code = code;
    this.path = path;
    this.issues = issues;
  }
}
// On the prototype, as for the errors of the language: a stack or a log line starts with this name.
Object.defineProperty(LeadscoreError.prototype, 'name', { value: 'LeadscoreError', writable: true, configurable: true });

/**
 * A place, written as the engine writes it: `facts.company["head office"].tags[2]`.
 * @param {string} root
 * @param {readonly (string | number)[]} steps keys and indexes
 */
export function pathOf(root, steps) {
  return steps.reduce((/** @type {string} */ path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${path}["${short(step)}"]`;
    return path ? `${path}.${step}` : step;
  }, root);
}

/** @param {string} path */
function placed(path) {
  return path && ` at \`${path}\``;
}

/**
 * A text short enough for a message.
 * @param {string} text
 */
function short(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * The error to throw in place of `thrown`, which comes from a getter or a proxy of the caller, unless it is ours.
 * @param {unknown} thrown
 * @param {string} path what was being read
 * @returns {LeadscoreError}
 */
export function asLeadscoreError(thrown, path) {
  if (thrown instanceof LeadscoreError) return thrown;
  if (thrown instanceof WebAssembly.RuntimeError) {
    return new LeadscoreError('internal', path, `the engine stopped: ${thrown.message}`, { cause: thrown });
  }
  return new LeadscoreError('unreadable', path, `expected \`${path}\` to be readable, found an error on reading it`, {
    cause: thrown,
  });
}

/**
 * The same where the engine itself may have thrown: the errors of the full build carry code, path and issues already.
 * @param {unknown} thrown
 * @param {string} path
 * @returns {LeadscoreError}
 */
export function asErrorOfEngine(thrown, path) {
  const theirs = !(thrown instanceof LeadscoreError) && thrown instanceof Error && thrown.name === 'LeadscoreError';
  if (!theirs) return asLeadscoreError(thrown, path);
  const { code, path: place, issues, message } = /** @type {LeadscoreError} */ (thrown);
  const problem = message.endsWith(placed(place)) ? message.slice(0, -placed(place).length || undefined) : message;
  return new LeadscoreError(code, place, problem, { issues });
}
