/**
 * The outbox without Durable Objects: D1 keeps the leads, a queue says when there is something to send, and a cron sweeps up what the
 * queue has lost. A message says nothing but that; everything is in D1. One process sends at a time, which D1 decides.
 */
import { createOutbox } from './outbox.js';
import { d1 } from './stores/d1.js';
import { sqlStore } from './stores/sql.js';

/** @typedef {import('../edge.js').Outbox} Outbox */
/** @typedef {ReturnType<Parameters<typeof import('../edge-cloudflare.js').queuedOutbox>[0]>} Options */

const SECOND = 1000;
/** So long one may be at it: a drain of 20 seconds, and the answers that it still waits for. */
const TURN = 60 * SECOND;
/** Who is not at it asks again so soon. */
const SOON = 2 * SECOND;
/** No message can wait for longer, in seconds. */
const LONGEST = 12 * 3600;

const TABLE = 'create table if not exists turns (id integer primary key, until integer not null, wake integer not null) strict';
const FIRST = 'insert into turns values (1, 0, 0) on conflict do nothing';

/** @type {typeof import('../edge-cloudflare.js').queuedOutbox} */
export function queuedOutbox(options) {
  /** @type {WeakMap<object, Queued>} */
  const known = new WeakMap();
  const of = (/** @type {any} */ env) => {
    const queued = known.get(env) ?? new Queued(options(env));
    known.set(env, queued);
    return queued;
  };
  return {
    of: (env) => of(env).outbox,
    queue: (_, env) => of(env).turn(),
    scheduled: (_, env) => of(env).turn(),
  };
}

class Queued {
  #sql;
  #inner;
  #queue;
  #now;
  #log;
  /** @type {Promise<unknown> | undefined} */
  #opening;
  /** @type {import('../edge.js').LeadOutbox} */
  outbox;

  /** @param {Options} options */
  constructor({ database, queue, ...options }) {
    this.#sql = d1(database);
    this.#queue = queue;
    this.#now = options.now ?? Date.now;
    this.#log = options.log ?? (() => {});
    const inner = createOutbox({ ...options, store: sqlStore(this.#sql), shared: true });
    this.#inner = inner;
    /** @template T @param {Promise<T>} work @returns {Promise<T>} */
    const then = async (work) => {
      const done = await work;
      await this.#wake(0);
      return done;
    };
    this.outbox = {
      put: (lead, about) => then(inner.put(lead, about)),
      amend: (lead) => then(inner.amend(lead)),
      replay: (destination, lead, payload) => then(inner.replay(destination, lead, payload)),
      admit: (tokens, visitors) => inner.admit(tokens, visitors),
      withdraw: (visitors) => inner.withdraw(visitors),
      report: () => inner.report(),
      list: (destination, state) => inner.list(destination, state),
      preview: (lead) => inner.preview(lead),
      compare: (destination, after) => inner.compare(destination, after),
      forget: (who, of) => inner.forget(who, of),
    };
  }

  /** Sends what can be sent, unless somebody is at it, and says when to come back. */
  async turn() {
    const now = this.#now();
    if (!(await this.#take('until = ?', now + TURN, 'until < ?', now))) return this.#later(now + SOON);
    const due = await this.#inner.drain().catch(() => this.#now() + SECOND);
    await this.#take('until = ?', 0, 'until > ?', 0);
    if (due !== null) await this.#later(due);
  }

  /** One message is enough for all that is due by then. @param {number} at */
  async #later(at) {
    const now = this.#now();
    if (await this.#take('wake = ?', at, '(wake <= ? or wake > ?)', now, at)) await this.#wake(Math.ceil((at - now) / SECOND));
  }

  /** What could not be said is found by the sweep. @param {number} seconds */
  async #wake(seconds) {
    const delaySeconds = Math.min(Math.max(seconds, 0), LONGEST);
    await this.#queue.send('send', { delaySeconds }).catch(() => this.#log({ event: 'not-woken' }));
  }

  /** Whether the one row could be changed. @param {string} change @param {number} value @param {string} where @param {number[]} values */
  async #take(change, value, where, ...values) {
    await (this.#opening ??= this.#open());
    const [taken] = await this.#sql.batch([[`update turns set ${change} where id = 1 and ${where} returning id`, value, ...values]]);
    return taken.length > 0;
  }

  #open() {
    return Promise.resolve(this.#sql.batch([[TABLE], [FIRST]])).catch((thrown) => {
      this.#opening = undefined;
      throw thrown;
    });
  }
}
