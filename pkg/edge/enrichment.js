/**
 * What somebody else knows of a lead, asked for after the visitor was thanked. Who answers late, badly or not at all changes
 * nothing: the lead goes as it is. After some failures in a row nobody is asked for a while.
 */

/** @typedef {import('../leadscore.js').Facts} Facts */

const MINUTE = 60_000;
/** So many failures in a row, and for how long nobody is asked then. */
const [TRIP, REST] = [5, MINUTE];

export class Enrichment {
  #enrich;
  #now;
  #failures = 0;
  #until = 0;
  timeout;

  /** @param {NonNullable<import('../edge.js').LeadHandlerOptions['enrich']>} enrich @param {number} timeout @param {() => number} now */
  constructor(enrich, timeout, now) {
    this.#enrich = enrich;
    this.timeout = timeout;
    this.#now = now;
  }

  get resting() {
    return this.#now() < this.#until;
  }

  /**
   * @param {Facts} facts
   * @returns {Promise<Facts | null>} `null` where nothing came of it
   */
  async of(facts) {
    const signal = AbortSignal.timeout(this.timeout);
    try {
      const late = new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)));
      const enriched = /** @type {unknown} */ (await Promise.race([this.#enrich(structuredClone(facts), { signal }), late]));
      if (typeof enriched !== 'object' || enriched === null || Array.isArray(enriched)) throw new TypeError('expected facts');
      this.#failures = 0;
      return /** @type {Facts} */ (enriched);
    } catch {
      if (++this.#failures >= TRIP) this.#until = this.#now() + REST;
      return null;
    }
  }
}
