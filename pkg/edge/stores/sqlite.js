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

  /** @template T @param {() => T} work */
  const atomic = (work) => {
    rows('begin immediate');
    try {
      const done = work();
      rows('commit');
      return done;
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
  return sqlStore({ rows, atomic });
}
