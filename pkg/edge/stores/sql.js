/**
 * The store in SQLite: what it says in SQL, once, for every host that has such a database. It opens none.
 */

/** @typedef {import('../../edge.js').Store} Store */
/** @typedef {import('../../edge.js').Delivery} Delivery */

/** What is needed of a database: the rows of a statement, and several statements at once or none of them. */
/** @typedef {{ rows: (sql: string, ...values: unknown[]) => any[], atomic: <T>(work: () => T) => T }} Sql */

const TABLES = [
  `create table if not exists leads (
    id text primary key, print text not null, person text not null, at integer not null, lead text not null
  ) strict`,
  'create index if not exists leads_by_print on leads (print, at)',
  "create index if not exists leads_by_person on leads (person) where person <> ''",
  'create index if not exists leads_by_time on leads (at)',
  `create table if not exists deliveries (
    lead text not null, destination text not null, state text not null, attempts integer not null, strikes integer not null,
    next integer not null, rank real not null, payload text not null, progress text, unknown integer not null,
    code text, status integer, remote text, detail text, primary key (lead, destination)
  ) strict`,
  "create index if not exists deliveries_waiting on deliveries (destination, next) where state in ('queued', 'held')",
  'create index if not exists deliveries_by_state on deliveries (destination, state)',
  'create table if not exists lines (destination text primary key, line text not null) strict',
];

const WAITING = "state in ('queued', 'held')";

/** @param {any} row @returns {Delivery} */
const delivery = (row) => ({ ...row, unknown: row.unknown === 1 });

/**
 * @param {Sql} sql
 * @returns {Store}
 */
export function sqlStore({ rows, atomic }) {
  for (const table of TABLES) rows(table);

  return {
    put: (arrival, make) =>
      atomic(() => {
        const [same] = rows('select id from leads where print = ? and at > ? limit 1', arrival.print, arrival.since);
        if (same) return { id: same.id, fresh: false };
        const [named] = rows('select print from leads where id = ?', arrival.id);
        if (named?.print === arrival.print) return { id: arrival.id, fresh: false };
        const id = named ? arrival.spare : arrival.id;
        const made = make(id);
        rows('insert into leads values (?, ?, ?, ?, ?)', id, arrival.print, arrival.person, arrival.at, made.lead);
        for (const { destination, next, rank, payload } of made.deliveries) {
          rows("insert into deliveries values (?, ?, 'queued', 0, 0, ?, ?, ?, null, 0, null, null, null, null)", id, destination, next, rank, payload);
        }
        return { id, fresh: true };
      }),
    take: (destination, now, most, until, leastTried = false) =>
      atomic(() => {
        const order = `${leastTried ? 'attempts, ' : ''}rank desc, next, lead`;
        const due = rows(
          `select * from deliveries where destination = ? and ${WAITING} and next <= ? order by ${order} limit ?`,
          destination,
          now,
          most,
        );
        return due.map((row) => {
          rows(
            'update deliveries set attempts = attempts + 1, unknown = 1, next = ? where lead = ? and destination = ?',
            until,
            row.lead,
            destination,
          );
          return delivery({ ...row, attempts: row.attempts + 1 });
        });
      }),
    mark(one) {
      rows(
        `update deliveries set state = ?, attempts = ?, strikes = ?, next = ?, payload = ?, progress = ?, unknown = ?, code = ?,
          status = ?, remote = ?, detail = ? where lead = ? and destination = ?`,
        one.state,
        one.attempts,
        one.strikes,
        one.next,
        one.payload,
        one.progress,
        Number(one.unknown),
        one.code,
        one.status,
        one.remote,
        one.detail,
        one.lead,
        one.destination,
      );
    },
    hurry(destination, now) {
      rows(`update deliveries set next = ? where destination = ? and ${WAITING} and next > ?`, now, destination, now);
    },
    due: (destination) => rows(`select min(next) as next from deliveries where destination = ? and ${WAITING}`, destination)[0].next,
    line(destination) {
      const [row] = rows('select line from lines where destination = ?', destination);
      return row ? JSON.parse(row.line) : null;
    },
    keepLine(destination, line) {
      rows('insert into lines values (?, ?) on conflict do update set line = excluded.line', destination, JSON.stringify(line));
    },
    counts: () =>
      rows(
        `select destination, state, count(*) as count, min(at) as oldest from deliveries join leads on leads.id = deliveries.lead
          group by destination, state`,
      ).map((row) => ({ ...row })),
    list: (destination, state, most) =>
      rows(
        `select deliveries.* from deliveries join leads on leads.id = deliveries.lead where destination = ? and state = ?
          order by at limit ?`,
        destination,
        state,
        most,
      ).map(delivery),
    find(lead, destination) {
      const [row] = rows('select * from deliveries where lead = ? and destination = ?', lead, destination);
      return row ? delivery(row) : null;
    },
    lead: (id) => rows('select lead from leads where id = ?', id)[0]?.lead ?? null,
    amend: (id, lead, changed, now) =>
      atomic(() => {
        rows('update leads set lead = ? where id = ?', lead, id);
        for (const { destination, payload, rank } of changed) {
          rows(
            `update deliveries set payload = ?, rank = ?, next = min(next, ?) where lead = ? and destination = ? and state = 'queued' and attempts = 0`,
            payload,
            rank,
            now,
            id,
            destination,
          );
        }
      }),
    erase: (person) =>
      atomic(() => {
        const sent = rows(
          `select lead, destination, remote from deliveries where lead in (select id from leads where person = ?)`,
          person,
        ).map((row) => ({ ...row }));
        rows('delete from deliveries where lead in (select id from leads where person = ?)', person);
        rows('delete from leads where person = ?', person);
        return sent;
      }),
    prune: (before) =>
      atomic(() => {
        const done = `at < ? and id not in (select lead from deliveries where ${WAITING})`;
        const [{ count }] = rows(`select count(*) as count from leads where ${done}`, before);
        rows(`delete from deliveries where lead in (select id from leads where ${done})`, before);
        rows(`delete from leads where ${done}`, before);
        return count;
      }),
  };
}
