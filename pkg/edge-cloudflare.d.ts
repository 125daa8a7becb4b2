import type { LeadOutbox, OutboxOptions } from './edge.js';

/** What is used of the binding of a Durable Object. */
export interface OutboxNamespace {
  idFromName(name: string): any;
  get(id: any): any;
}

/** The class of a Durable Object with SQLite that keeps leads and delivers them; `options` are made of the environment. */
export function durableOutbox<Env = any>(
  options: (env: Env) => Omit<OutboxOptions, 'store'>,
): new (state: any, env: Env) => LeadOutbox & { alarm(): Promise<void> };

/** The outbox of that object, for `createLeadHandler`; `name` tells several apart, default: `leads`. */
export function outboxOf(namespace: OutboxNamespace, name?: string): LeadOutbox;
