/** D1 as far as a store sees it, in the memory of this process: answers come later, and a batch holds as a whole. workerd-queue.test.mjs has the real one. */
import Database from 'libsql';

/** @returns {import('../../pkg/edge-cloudflare.js').D1} */
export function d1Of() {
  const database = new Database(':memory:');
  /** @type {Map<string, any>} */
  const statements = new Map();
  const prepared = (/** @type {string} */ sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    prepare: (sql) => ({ bind: (...values) => () => prepared(sql).all(...values) }),
    async batch(statements) {
      await null;
      prepared('begin immediate').run();
      try {
        const results = statements.map((run) => ({ results: run() }));
        prepared('commit').run();
        return results;
      } catch (thrown) {
        prepared('rollback').run();
        throw thrown;
      }
    },
  };
}
