/** A request that cannot be taken, with all that its answer says. It never repeats what was sent. */

export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code stable, in kebab case
   * @param {string} message what was expected and what was found
   * @param {Record<string, string>} [errors] the same by field, where it is about fields
   */
  constructor(status, code, message, errors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}
