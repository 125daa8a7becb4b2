/**
 * What somebody else knows of a lead, asked for after the visitor was thanked. For a moment the lead waits for it; then it goes as it
 * is, and an answer that comes later follows. After some failures in a row nobody is asked for a while.
 */

/** @typedef {import('../leadscore.js').Facts} Facts */

const MINUTE = 60_000;
/** So many failures in a row, and for how long nobody is asked then. */
const [TRIP, REST] = [5, MINUTE];

export class Enrichment {
  #enrich;
  #latest;
  #now;
  #failures = 0;
  #until = 0;
  timeout;

  /**
   * @param {NonNullable<import('../edge.js').LeadHandlerOptions['enrich']>} enrich
   * @param {{ timeout: number, latest: number, now: () => number }} times
   */
  constructor(enrich, { timeout, latest, now }) {
    this.#enrich = enrich;
    this.#latest = Math.max(latest, timeout);
    this.#now = now;
    this.timeout = timeout;
  }

  get resting() {
    return this.#now() < this.#until;
  }

  /**
   * @param {Facts} facts
   * @returns {{ soon: Promise<Facts | null | 'late'>, answer: Promise<Facts | null> }} `null` where nothing comes of it
   */
  of(facts) {
    const answer = this.#asked(facts);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {Promise<'late'>} */
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve('late'), this.timeout);
    });
    return { soon: Promise.race([answer.finally(() => clearTimeout(timer)), late]), answer };
  }

  /** @param {Facts} facts @returns {Promise<Facts | null>} */
  async #asked(facts) {
    const stop = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const never = new Promise((resolve) => {
      timer = setTimeout(() => (stop.abort(), resolve(null)), this.#latest);
    });
    try {
      const { signal } = stop;
      const enriched = /** @type {unknown} */ (await Promise.race([this.#enrich(structuredClone(facts), { signal }), never]));
      if (typeof enriched !== 'object' || enriched === null || Array.isArray(enriched)) throw new TypeError('expected facts');
      this.#failures = 0;
      return /** @type {Facts} */ (enriched);
    } catch {
      if (++this.#failures >= TRIP) this.#until = this.#now() + REST;
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
