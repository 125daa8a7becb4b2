/** The store in an SQLite database of Node, Bun, Deno, libsql or better-sqlite3: what their statements have in common. */
import { sqlStore } from './sql.js';

/** @typedef {ReturnType<import('../../edge.js').SqliteDatabase['prepare']>} Statement */

/** @param {import('../../edge.js').SqliteDatabase} database */
export function sqliteStore(database) {
  /** @type {Map<string, Statement>} */
  const statements = new Map();

  /** @param {string} sql @param {unknown[]} values */
  const rows = (sql, ...values) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    // Some refuse to list the rows of what gives none.
    if (statement.reader === false) return statement.run(...values), [];
    return statement.all(...values);
  };

  /** @type {import('../../edge.js').Sql['batch']} */
  const batch = (statements) => {
    if (statements.length === 1) return [rows(...statements[0])];
    rows('begin immediate');
    try {
      const found = statements.map((statement) => rows(...statement));
      rows('commit');
      return found;
    } catch (thrown) {
      rows('rollback');
      throw thrown;
    }
  };

  // A write is on the disk when it is done, and one that was cut short leaves nothing behind.
  rows('pragma journal_mode = wal');
  rows('pragma synchronous = full');
  // Another process may be writing.
  rows('pragma busy_timeout = 5000');
  return sqlStore({ batch });
}
