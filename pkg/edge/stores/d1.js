/** The store in D1, Cloudflare's SQLite behind a network: each batch is one request, and holds as a whole or not at all. */
import { sqlStore } from './sql.js';

/** @type {typeof import('../../edge-cloudflare.js').d1Store} */
export const d1Store = (database) => sqlStore(d1(database));

/** @param {import('../../edge-cloudflare.js').D1} database @returns {import('../../edge.js').Sql} */
export const d1 = (database) => ({
  async batch(statements) {
    const answers = await database.batch(statements.map(([query, ...values]) => database.prepare(query).bind(...values)));
    return answers.map(({ results }) => results ?? []);
  },
});
