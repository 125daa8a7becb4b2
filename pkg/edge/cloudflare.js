/**
 * The outbox as a Durable Object: SQLite keeps the leads, an alarm sends them, and neither needs a request to go on after
 * everything was ended. One object has all destinations, so that one write stores a lead for all of them or for none.
 */
import { DurableObject } from 'cloudflare:workers';
import { createOutbox } from './outbox.js';
import { sqlStore } from './stores/sql.js';

/** @typedef {import('../edge.js').LeadOutbox} LeadOutbox */

export { queuedOutbox } from './queued.js';
export { d1Store } from './stores/d1.js';

const SECOND = 1000;

/** @type {typeof import('../edge-cloudflare.js').durableOutbox} */
export function durableOutbox(options) {
  return class extends DurableObject {
    #outbox;

    /** @param {any} state @param {any} env */
    constructor(state, env) {
      super(state, env);
      const { sql } = state.storage;
      const store = sqlStore({
        batch: (statements) => state.storage.transactionSync(() => statements.map(([query, ...values]) => sql.exec(query, ...values).toArray())),
      });
      this.#outbox = createOutbox({ store, ...options(env) });
    }

    /** @type {LeadOutbox['put']} */
    async put(lead, known) {
      const kept = await this.#outbox.put(lead, known);
      await this.#soon();
      return kept;
    }

    /** @type {LeadOutbox['amend']} */
    async amend(lead) {
      await this.#outbox.amend(lead);
      await this.#soon();
    }

    /** @type {LeadOutbox['admit']} */
    async admit(tokens, visitors) {
      return this.#outbox.admit(tokens, visitors);
    }

    /** @type {LeadOutbox['withdraw']} */
    async withdraw(visitors) {
      return this.#outbox.withdraw(visitors);
    }

    async report() {
      return this.#outbox.report();
    }

    /** @type {LeadOutbox['list']} */
    async list(destination, state) {
      return this.#outbox.list(destination, state);
    }

    /** @type {LeadOutbox['preview']} */
    async preview(lead) {
      return this.#outbox.preview(lead);
    }

    /** @type {LeadOutbox['compare']} */
    async compare(destination, after) {
      return this.#outbox.compare(destination, after);
    }

    /** @type {LeadOutbox['replay']} */
    async replay(destination, lead, payload) {
      const count = await this.#outbox.replay(destination, lead, payload);
      await this.#soon();
      return count;
    }

    /** @type {LeadOutbox['forget']} */
    async forget(who, of) {
      return this.#outbox.forget(who, of);
    }

    /** An alarm that throws is tried only some times; this one always sets the next. */
    async alarm() {
      const due = await this.#outbox.drain().catch(() => Date.now() + SECOND);
      if (due === null) return;
      const set = await this.ctx.storage.getAlarm();
      if (set === null || set > due) await this.ctx.storage.setAlarm(Math.max(due, Date.now()));
    }

    async #soon() {
      const set = await this.ctx.storage.getAlarm();
      const now = Date.now();
      if (set === null || set > now) await this.ctx.storage.setAlarm(now);
    }
  };
}

/** @type {typeof import('../edge-cloudflare.js').outboxOf} */
export function outboxOf(namespace, name = 'leads') {
  // An object that failed has to be asked for anew, so each call does.
  const stub = () => namespace.get(namespace.idFromName(name));
  return {
    put: (lead, known) => stub().put(lead, known),
    amend: (lead) => stub().amend(lead),
    admit: (tokens, visitors) => stub().admit(tokens, visitors),
    withdraw: (visitors) => stub().withdraw(visitors),
    report: () => stub().report(),
    list: (destination, state) => stub().list(destination, state),
    preview: (lead) => stub().preview(lead),
    compare: (destination, after) => stub().compare(destination, after),
    replay: (destination, lead, payload) => stub().replay(destination, lead, payload),
    forget: (who, of) => stub().forget(who, of),
  };
}
