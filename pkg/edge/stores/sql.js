/**
 * The store in SQLite: what it says in SQL, once, for every host that has such a database, beside the code or behind a network. It
 * opens none. What belongs together is one batch, and holds by what its statements say, not by what was read before it.
 */
import { NEVER } from '../doubt.js';
import { COLUMNS, TABLES } from './tables.js';

/** @typedef {import('../../edge.js').Store} Store */
/** @typedef {import('../../edge.js').Delivery} Delivery */
/** @typedef {import('../../edge.js').Sql} Sql */

const WAITING = "state in ('queued', 'held')";
/** What can still be given another content: nothing of it can be anywhere. */
const OPEN = `(state = 'dead' or (attempts = 0 and ${WAITING}))`;
const ONE = 'lead = ? and destination = ?';

/** While a delivery is claimed, `unknown` also says what it was before: 1 no, 3 yes. @param {any} row @returns {Delivery} */
const delivery = ({ amended, ...row }) => ({ ...row, unknown: row.unknown > 0 });

/** @param {any} row @returns {Delivery} */
const claimed = ({ amended, ...row }) => ({ ...row, unknown: row.unknown > 1 });

/**
 * @param {Sql} sql
 * @returns {Store}
 */
export function sqlStore(sql) {
  /** @type {Promise<unknown> | undefined} */
  let opening;
  const open = () =>
    (opening ??= prepared(sql).catch((thrown) => {
      opening = undefined;
      throw thrown;
    }));
  /** @param {[sql: string, ...values: unknown[]][]} statements @returns {Promise<any[][]>} */
  const batch = async (...statements) => (await open(), sql.batch(statements));
  /** @param {string} statement @param {unknown[]} values */
  const rows = async (statement, ...values) => (await batch([statement, ...values]))[0];

  return {
    async put(arrival, make) {
      for (;;) {
        const { id: wanted, print, since, person, visitor, at } = arrival;
        const [[same], [named]] = await batch(
          ['select id from leads where print = ? and at > ? limit 1', print, since],
          ['select print from leads where id = ?', wanted],
        );
        if (same) return { id: same.id, fresh: false };
        if (named?.print === print) return { id: wanted, fresh: false };
        const id = named ? arrival.spare : wanted;
        const { lead, deliveries } = make(id);
        const [inserted] = await batch(
          [
            `insert into leads (id, print, person, visitor, at, lead) select ?, ?, ?, ?, ?, ?
              where not exists (select 1 from leads where print = ? and at > ?) on conflict do nothing returning id`,
            ...[id, print, person, visitor, at, lead, print, since],
          ],
          ...deliveries.map((one) => inserting(id, one, 'select 1 from leads where id = ? and lead = ?', [id, lead])),
        );
        // Nothing where another came in between; then it is known, or has taken the id.
        if (inserted.length > 0) return { id, fresh: true };
      }
    },
    async take(destination, now, most, until, leastTried = false) {
      const order = `${leastTried ? 'attempts, ' : ''}rank desc, next, lead`;
      const by = leastTried ? '' : 'indexed by deliveries_by_rank ';
      const taken = await rows(
        `update deliveries set attempts = attempts + 1, unknown = 1 + 2 * (unknown > 0), next = ? where (lead, destination) in (
          select lead, destination from deliveries ${by}where destination = ? and ${WAITING} and next <= ? order by ${order} limit ?
        ) returning *`,
        ...[until, destination, now, most],
      );
      const first = (/** @type {Delivery} */ a, /** @type {Delivery} */ b) => (leastTried && a.attempts - b.attempts) || b.rank - a.rank;
      return taken.map(claimed).sort(first);
    },
    async mark(one, now) {
      await batch(
        [
          `update deliveries set state = ?, attempts = ?, strikes = ?, next = ?, payload = ?, progress = ?, unknown = ?, code = ?,
            status = ?, remote = ?, detail = ? where ${ONE}`,
          ...[one.state, one.attempts, one.strikes, one.next, one.payload, one.progress, Number(one.unknown), one.code],
          ...[one.status, one.remote, one.detail, one.lead, one.destination],
        ],
        [
          `update deliveries set state = 'queued', payload = amended, amended = null, revision = revision + 1, attempts = 0, strikes = 0,
            progress = null, unknown = 0, next = ? where ${ONE} and amended is not null and state in ('sent', 'merged')`,
          ...[now, one.lead, one.destination],
        ],
      );
    },
    async hurry(destination, now) {
      await rows(`update deliveries set next = ? where destination = ? and ${WAITING} and next > ? and next < ?`, now, destination, now, NEVER);
    },
    async due(destination) {
      const [{ next }] = await rows(`select min(next) as next from deliveries where destination = ? and ${WAITING} and next < ?`, destination, NEVER);
      return next;
    },
    async line(destination) {
      const [row] = await rows('select line from lines where destination = ?', destination);
      return row ? JSON.parse(row.line) : null;
    },
    async keepLine(destination, line) {
      await rows('insert into lines values (?, ?) on conflict do update set line = excluded.line', destination, JSON.stringify(line));
    },
    async counts() {
      const counts = await rows(
        `select destination, state, count(*) as count, min(at) as oldest from deliveries join leads on leads.id = deliveries.lead
          group by destination, state`,
      );
      return counts.map((row) => ({ ...row }));
    },
    async page(destination, after, most) {
      return (await rows('select * from deliveries where destination = ? and lead > ? order by lead limit ?', destination, after, most)).map(delivery);
    },
    async list(destination, state, most) {
      const found = await rows(
        `select deliveries.* from deliveries join leads on leads.id = deliveries.lead where destination = ? and state = ?
          order by at limit ?`,
        ...[destination, state, most],
      );
      return found.map(delivery);
    },
    async find(lead, destination) {
      const [row] = await rows(`select * from deliveries where ${ONE}`, lead, destination);
      return row ? delivery(row) : null;
    },
    lead: async (id) => (await rows('select lead from leads where id = ?', id))[0]?.lead ?? null,
    async amend(id, lead, changed, now) {
      await batch(
        ['update leads set lead = ? where id = ?', lead, id],
        ...changed.flatMap(({ destination, payload, rank, updates }) => [
          // One that is being delivered, or was, is followed by another with the new content.
          /** @type {[string, ...unknown[]]} */ ([
            `update deliveries set amended = nullif(?, payload), rank = ? where ${ONE} and not ${OPEN} and ? = 1`,
            ...[payload, rank, id, destination, Number(updates)],
          ]),
          /** @type {[string, ...unknown[]]} */ ([
            `update deliveries set payload = ?, rank = ?, next = case when next < ? then min(next, ?) else next end where ${ONE} and ${OPEN}`,
            ...[payload, rank, NEVER, now, id, destination],
          ]),
          inserting(
            id,
            { destination, payload, rank, next: now, state: 'queued', code: null },
            'select 1 from leads where id = ? and not exists (select 1 from deliveries where lead = ? and next = ?)',
            [id, id, NEVER],
          ),
          /** @type {[string, ...unknown[]]} */ ([
            `update deliveries set state = 'queued', payload = amended, amended = null, revision = revision + 1, attempts = 0, strikes = 0,
              progress = null, next = ? where ${ONE} and amended is not null and state in ('sent', 'merged')`,
            ...[now, id, destination],
          ]),
        ]),
      );
    },
    async spend({ id, place, who, until }) {
      const spent = await rows(
        `insert into tokens values (?, ?, ?, ?) on conflict do update set place = excluded.place, who = excluded.who, until = excluded.until
          where excluded.place > place or (excluded.place = place and excluded.who = who) returning id`,
        ...[id, place, who, until],
      );
      return spent.length > 0;
    },
    isSpent: async (id) => (await rows('select 1 from tokens where id = ?', id)).length > 0,
    ofVisitor: async (visitor) => (await rows("select lead from leads where visitor = ? and visitor <> ''", visitor)).map(({ lead }) => lead),
    async erase(of, who) {
      const theirs = `lead in (select id from leads where ${of} = ? and ${of} <> '')`;
      const [sent] = await batch(
        [`select lead, destination, remote from deliveries where ${theirs}`, who],
        [`delete from deliveries where ${theirs}`, who],
        [`delete from leads where ${of} = ? and ${of} <> ''`, who],
      );
      return sent.map((row) => ({ ...row }));
    },
    async prune(before, now) {
      const done = `at < ? and id not in (select lead from deliveries where ${WAITING})`;
      const [, gone] = await batch(
        [`delete from deliveries where lead in (select id from leads where ${done})`, before],
        [`delete from leads where ${done} returning id`, before],
        ['delete from tokens where until < ?', now],
      );
      return gone.length;
    },
  };
}

/** The tables, and the columns that came later to those that an older version made. @param {Sql} sql */
async function prepared(sql) {
  await sql.batch(TABLES.map((table) => [table]));
  for (const [table, column, type] of COLUMNS) {
    const [[known]] = await sql.batch([['select 1 from pragma_table_info(?) where name = ?', table, column]]);
    if (!known) await sql.batch([[`alter table ${table} add column ${column} ${type}`]]);
  }
}

/**
 * @param {string} lead
 * @param {Pick<Delivery, 'destination' | 'payload' | 'rank' | 'next' | 'state' | 'code'>} delivery
 * @param {string} where
 * @param {unknown[]} values
 * @returns {[string, ...unknown[]]}
 */
function inserting(lead, { destination, state, next, rank, payload, code }, where, values) {
  return [
    `insert into deliveries (lead, destination, state, attempts, strikes, next, rank, payload, unknown, code)
      select ?, ?, ?, 0, 0, ?, ?, ?, 0, ? where exists (${where}) on conflict do nothing`,
    ...[lead, destination, state, next, rank, payload, code, ...values],
  ];
}
