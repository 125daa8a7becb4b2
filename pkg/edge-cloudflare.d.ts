import type { LeadOutbox, OutboxOptions, Store } from './edge.js';

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

/** What is used of the binding of a D1 database. */
export interface D1 {
  prepare(sql: string): { bind(...values: any[]): any };
  batch(statements: any[]): Promise<{ results?: any[] }[]>;
}

/** What is used of the binding of a queue. */
export interface Queue {
  send(message: any, options?: { delaySeconds?: number }): Promise<unknown>;
}

/** Keeps leads in D1. */
export function d1Store(database: D1): Store;

/**
 * The outbox without Durable Objects: leads in D1, a queue that wakes, a cron that sweeps. `of` is for `createLeadHandler`, `queue` and
 * `scheduled` are what the worker exports by these names. The consumer of the queue needs `max_concurrency = 1`.
 */
export function queuedOutbox<Env = any>(
  options: (env: Env) => Omit<OutboxOptions, 'store' | 'shared'> & { database: D1; queue: Queue },
): {
  of(env: Env): LeadOutbox;
  queue(batch: unknown, env: Env): Promise<void>;
  scheduled(event: unknown, env: Env): Promise<void>;
};
