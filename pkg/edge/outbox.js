/**
 * The outbox: leads that are stored, and on their way to where they belong. It decides when what is sent; how is the affair of
 * the connectors, and where it is kept that of the store. It survives being ended at any moment: a delivery is claimed before
 * it is begun and marked after its end, so that one that was cut short is known as such and is begun again.
 */
import { attempted } from './attempt.js';
import { attemptedTogether, together } from './batch.js';
import { compared } from './compare.js';
import { DOUBTFUL, NEVER } from './doubt.js';
import { judged } from './judge.js';
import { isBroken, newLine, nextToken, refill } from './line.js';
import { previewOf } from './preview.js';

/** @typedef {import('../edge.js').Delivery} Delivery */
/** @typedef {import('../edge.js').Lead} Lead */
/** @typedef {import('../edge.js').Line} Line */
/** @typedef {import('../edge.js').Connector} Connector */
/** @typedef {import('../edge.js').OutboxOptions} OutboxOptions */
/** @typedef {import('../edge.js').Verdict} Verdict */

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

/** What is entered again within this time is not another lead: a double click, a page sent anew. */
const SAME = 10 * MINUTE;

/** For so long nothing is believed of a visitor who took everything back: no log is kept for longer. */
const WITHDRAWN = 395 * DAY;

/** One drain ends after so long, and the next begins: no host lets anything run for ever. */
const DRAIN = 20 * SECOND;

/** @implements {Required<import('../edge.js').Outbox>} */
export class Outbox {
  #store;
  #destinations;
  #fetch;
  #now;
  #log;
  #times;
  #parallel;
  #shared;
  #dry;
  #rank;
  /** As they are now; the store has them for the next process. @type {Map<string, Line>} */
  #lines = new Map();
  /** Leads that go by themselves, because the vendor did not take what they were in. @type {Set<string>} */
  #alone = new Set();
  /** When what was done long ago was removed. */
  #tidied = -Infinity;
  /** @type {Promise<number | null> | undefined} only one drain runs at a time */
  #draining;
  /** Called when there is something new to do. */
  #wake = () => {};

  /** @param {OutboxOptions} options */
  constructor({ store, destinations, fetch, now = Date.now, log = () => {}, timeout, probe, holdProbe, keep, parallel = 4, shared = false, dry = false, rank = rankOf }) {
    this.#store = store;
    this.#destinations = new Map(Object.entries(destinations));
    this.#fetch = fetch ?? ((/** @type {Request} */ request) => globalThis.fetch(request));
    this.#now = now;
    this.#log = log;
    this.#times = { timeout: timeout ?? 15 * SECOND, probe: probe ?? 30 * SECOND, holdProbe: holdProbe ?? 10 * MINUTE, keep: keep ?? 30 * DAY };
    this.#parallel = parallel;
    this.#shared = shared;
    this.#dry = dry;
    this.#rank = rank;
  }

  /** @param {Lead} lead @param {import('../edge.js').Known} known */
  async put(lead, { print, person, visitor = '', wait = 0, hold = false }) {
    const now = this.#now();
    const arrival = { id: lead.id, spare: crypto.randomUUID(), print, since: now - SAME, person, visitor, at: now };
    const start = hold
      ? /** @type {const} */ ({ state: 'held', code: DOUBTFUL, next: NEVER })
      : /** @type {const} */ ({ state: 'queued', code: null, next: now + wait });
    const kept = await this.#store.put(arrival, (id) => {
      const named = { ...lead, id };
      return { lead: JSON.stringify(named), deliveries: this.#deliveries(named).map((one) => ({ ...one, ...start })) };
    });
    this.#log({ event: kept.fresh ? 'stored' : 'known', lead: kept.id });
    if (kept.fresh) this.#wake();
    return kept;
  }

  /** @param {Lead} lead */
  async amend(lead) {
    await this.#store.amend(lead.id, JSON.stringify(lead), this.#deliveries(lead), this.#now());
    this.#log({ event: 'amended', lead: lead.id });
    this.#wake();
  }

  /** @param {Lead} lead */
  #deliveries(lead) {
    const rank = this.#rank(lead);
    return [...this.#destinations]
      .filter(([, { wants }]) => wants?.(lead) ?? true)
      .map(([destination, connector]) => {
        return { destination, payload: JSON.stringify(connector.payload(lead)), rank, updates: connector.updates ?? false };
      });
  }

  /** @param {import('../edge.js').Token[]} tokens @param {string[]} visitors */
  async admit(tokens, visitors) {
    const fresh = [];
    for (const token of tokens) fresh.push(await this.#store.spend(token));
    let withdrawn = false;
    for (const visitor of visitors) withdrawn ||= await this.#store.isSpent(withdrawal(visitor));
    return { fresh, withdrawn };
  }

  /** @param {string[]} visitors */
  async withdraw(visitors) {
    const leads = [];
    const until = this.#now() + WITHDRAWN;
    for (const visitor of visitors) {
      // First this, so that what comes meanwhile is not believed any more.
      await this.#store.spend({ id: withdrawal(visitor), place: 0, who: '', until });
      leads.push(...(await this.#store.ofVisitor(visitor)));
    }
    this.#log({ event: 'withdrawn', count: leads.length });
    return leads.map((lead) => /** @type {Lead} */ (JSON.parse(lead)));
  }

  drain() {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  start() {
    let asked = false;
    let ended = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {Promise<void> | undefined} */
    let running;
    const run = async () => {
      let due = /** @type {number | null} */ (null);
      while (asked && !ended) {
        asked = false;
        due = await this.drain().catch(() => {
          this.#log({ event: 'store-failed' });
          return this.#now() + SECOND;
        });
      }
      running = undefined;
      if (!ended && due !== null) timer = setTimeout(wake, Math.min(Math.max(due - this.#now(), 0), HOUR));
    };
    const wake = () => {
      asked = true;
      clearTimeout(timer);
      running ??= run();
    };
    this.#wake = wake;
    wake();
    return async () => {
      ended = true;
      clearTimeout(timer);
      this.#wake = () => {};
      await running;
    };
  }

  async report() {
    /** @type {import('../edge.js').Report} */
    const report = { destinations: {} };
    for (const [name, connector] of this.#destinations) {
      const { failures, held, until } = await this.#line(name, connector);
      const counts = { queued: 0, held: 0, sent: 0, merged: 0, dead: 0 };
      report.destinations[name] = { counts, oldest: null, failures, held, until };
    }
    for (const { destination, state, count, oldest } of await this.#store.counts()) {
      const one = report.destinations[destination];
      if (!one) continue;
      one.counts[state] = count;
      if (state === 'queued' || state === 'held') one.oldest = Math.min(one.oldest ?? oldest, oldest);
    }
    return report;
  }

  /** @param {string} destination @param {import('../edge.js').DeliveryState} state */
  async list(destination, state) {
    return this.#store.list(destination, state, 100);
  }

  /** @param {string} destination @param {string} [after] */
  async compare(destination, after = '') {
    const connector = this.#destinations.get(destination);
    if (!connector) return { leads: [], next: null };
    return compared(this.#store, destination, after, connector, { fetch: this.#fetch, timeout: this.#times.timeout });
  }

  /**
   * Sends again what was refused or held, as it was or with another payload.
   * @param {string} destination
   * @param {string} [lead] default: all of them
   * @param {unknown} [payload]
   */
  async replay(destination, lead, payload) {
    const connector = this.#destinations.get(destination);
    if (!connector) return 0;
    const found = lead === undefined ? await this.#refused(destination) : [await this.#store.find(lead, destination)];
    const again = found.filter((one) => one !== null && (one.state === 'dead' || one.state === 'held'));
    const now = this.#now();
    for (const one of /** @type {Delivery[]} */ (again)) {
      const changed = payload === undefined ? one.payload : JSON.stringify(payload);
      await this.#store.mark({ ...one, state: 'queued', strikes: 0, next: now, payload: changed }, now);
    }
    const line = Object.assign(await this.#line(destination, connector), { failures: 0, until: 0, held: null });
    await this.#store.keepLine(destination, line);
    this.#wake();
    return again.length;
  }

  /** @param {string} destination */
  async #refused(destination) {
    const refused = [...(await this.#store.list(destination, 'dead', 1000)), ...(await this.#store.list(destination, 'held', 1000))];
    // What is doubtful goes when it is asked for by name, and not with everything.
    return refused.filter(({ next }) => next < NEVER);
  }

  /** @param {string[]} who @param {'person' | 'visitor'} [of] */
  async forget(who, of = 'person') {
    const sent = [];
    for (const one of who) sent.push(...(await this.#store.erase(of, one)));
    this.#log({ event: 'forgotten', count: new Set(sent.map(({ lead }) => lead)).size });
    return sent;
  }

  /** @param {Lead | string} lead one, or the id of one that is kept */
  async preview(lead) {
    const kept = typeof lead === 'string' ? await this.#store.lead(lead) : null;
    if (typeof lead === 'string' && kept === null) return {};
    return previewOf(this.#destinations, kept === null ? /** @type {Lead} */ (lead) : JSON.parse(kept), this.#now());
  }

  async #drain() {
    const now = this.#now();
    if (now >= this.#tidied + HOUR) {
      this.#tidied = now;
      await this.#store.prune(now - this.#times.keep, now);
    }
    if (this.#shared) this.#lines.clear();
    if (this.#dry) return null;
    // Who only has to be told is told before anything is written.
    const lines = [...this.#destinations];
    const drained = (/** @type {boolean} */ first) =>
      Promise.all(lines.filter(([, connector]) => (connector.first ?? false) === first).map(([name, connector]) => this.#drainLine(name, connector)));
    const due = [...(await drained(true)), ...(await drained(false))].filter((end) => end !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  /**
   * @param {string} name
   * @param {Connector} connector
   * @returns {Promise<Line>}
   */
  async #line(name, connector) {
    if (this.#shared && !this.#draining) this.#lines.delete(name);
    const kept = this.#lines.get(name) ?? (await this.#store.line(name)) ?? newLine(connector.rate, this.#now());
    const line = this.#lines.get(name) ?? kept;
    this.#lines.set(name, line);
    return line;
  }

  /**
   * @param {string} name
   * @param {Connector} connector
   * @returns {Promise<number | null>} when to come back
   */
  async #drainLine(name, connector) {
    const line = await this.#line(name, connector);
    const end = this.#now() + DRAIN;
    for (;;) {
      const now = this.#now();
      refill(line, connector.rate, now);
      const due = await this.#store.due(name);
      if (due === null) {
        this.#alone.clear();
        return null;
      }
      const earliest = Math.max(due, line.until, line.tokens < 1 ? nextToken(line, connector.rate) : 0);
      if (earliest > now || now >= end) return Math.max(earliest, now);

      const broken = isBroken(line);
      const few = Math.min(this.#parallel, Math.floor(line.tokens));
      const most = broken || connector.serial ? 1 : this.#alone.size === 0 ? (connector.batch?.most ?? few) : few;
      const claimed = await this.#store.take(name, now, most, now + this.#times.timeout + 5 * SECOND, broken);
      const healthy = line.failures === 0;
      const { many, alone } = together(connector, claimed, this.#alone);
      if (many.length > 0) await this.#sendTogether(connector, line, many, healthy);
      const free = Math.max(Math.min(this.#parallel, Math.floor(line.tokens)), many.length > 0 ? 0 : 1);
      // What goes by itself and has no place yet goes back as it was.
      for (const delivery of alone.slice(free)) await this.#store.mark({ ...delivery, attempts: delivery.attempts - 1 }, now);
      await Promise.all(alone.slice(0, free).map((delivery) => this.#send(connector, line, delivery, healthy)));
      if (broken && !isBroken(line)) {
        this.#log({ event: 'recovered', destination: name });
        await this.#store.hurry(name, this.#now());
      }
      await this.#store.keepLine(name, line);
    }
  }

  /**
   * @param {Connector} connector
   * @param {Line} line
   * @param {Delivery} delivery as it was before this attempt
   * @param {boolean} healthy whether others passed before it
   */
  async #send(connector, line, delivery, healthy) {
    for (let step = 1; ; step++) {
      line.tokens--;
      const start = this.#now();
      const { verdict, status } = await attempted(connector, delivery, step, { fetch: this.#fetch, now: this.#now, timeout: this.#times.timeout });
      const now = this.#now();
      const code = 'code' in verdict ? verdict.code : null;
      this.#log({
        event: verdict.verdict,
        lead: delivery.lead,
        destination: delivery.destination,
        ...(status !== null && { status }),
        ...(code !== null && { code }),
        ms: now - start,
      });
      const after = { ...delivery, status, code };
      if (verdict.verdict !== 'next') {
        const unknown = delivery.unknown || status === null || status >= 500;
        this.#alone.delete(delivery.lead);
        await this.#store.mark(judged(line, { ...after, unknown }, verdict, { healthy, now, times: this.#times }), now);
        return;
      }
      line.failures = 0;
      delivery = { ...after, progress: JSON.stringify(verdict.progress), unknown: false, next: now };
      const goesOn = line.tokens >= 1;
      // What was learnt is kept before it is used. A further step is under way as soon as it is begun.
      await this.#store.mark(goesOn ? { ...delivery, unknown: true, next: now + this.#times.timeout + 5 * SECOND } : delivery, now);
      if (!goesOn) return;
    }
  }

  /**
   * @param {Connector} connector
   * @param {Line} line
   * @param {Delivery[]} deliveries
   * @param {boolean} healthy
   */
  async #sendTogether(connector, line, deliveries, healthy) {
    const start = this.#now();
    const { status, requests, verdicts } = await attemptedTogether(connector, deliveries, { fetch: this.#fetch, now: this.#now, timeout: this.#times.timeout });
    const now = this.#now();
    line.tokens -= requests;
    this.#log({ event: 'batch', destination: deliveries[0].destination, count: deliveries.length, ...(status !== null && { status }), ms: now - start });
    // One request that failed is one failure, however many were in it.
    let { failures } = line;
    for (const [place, delivery] of deliveries.entries()) {
      line.failures = failures;
      const verdict = verdicts[place];
      if (verdict === null || verdict.verdict === 'next') {
        this.#alone.add(delivery.lead);
        await this.#store.mark({ ...delivery, status }, now);
        continue;
      }
      const code = 'code' in verdict ? verdict.code : null;
      this.#log({ event: verdict.verdict, lead: delivery.lead, destination: delivery.destination, ...(code !== null && { code }) });
      const unknown = delivery.unknown || status === null || status >= 500;
      await this.#store.mark(judged(line, { ...delivery, status, code, unknown }, verdict, { healthy: healthy && status !== null && status < 500, now, times: this.#times }), now);
      if (line.failures === 0) failures = 0;
    }
  }
}

/** @param {OutboxOptions} options @returns {import('../edge.js').Outbox} */
export const createOutbox = (options) => new Outbox(options);

/** What a visitor who took everything back is known by. @param {string} visitor */
const withdrawal = (visitor) => `withdrawn ${visitor}`;

/** The best grade first, then the highest value. @param {Lead} lead */
function rankOf({ score: { grade, value } }) {
  const letter = grade?.toUpperCase().charCodeAt(0) ?? 0;
  const graded = letter >= 65 && letter <= 90 ? 91 - letter : 0;
  return graded * 1e6 + Math.min(value ?? 0, 1e6 - 1);
}
