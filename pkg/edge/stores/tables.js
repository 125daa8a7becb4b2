/** The tables of the store, for every SQLite alike. */

export const TABLES = [
  `create table if not exists leads (
    id text primary key, print text not null, person text not null, at integer not null, lead text not null,
    visitor text not null default ''
  ) strict`,
  'create index if not exists leads_by_print on leads (print, at)',
  "create index if not exists leads_by_person on leads (person) where person <> ''",
  'create index if not exists leads_by_time on leads (at)',
  `create table if not exists deliveries (
    lead text not null, destination text not null, state text not null, attempts integer not null, strikes integer not null,
    next integer not null, rank real not null, payload text not null, progress text, unknown integer not null,
    code text, status integer, remote text, detail text, revision integer not null default 1, amended text,
    primary key (lead, destination)
  ) strict`,
  "create index if not exists deliveries_waiting on deliveries (destination, next) where state in ('queued', 'held')",
  // In the order in which they are sent: after an outage a lead costs what it costs on any other day.
  "create index if not exists deliveries_by_rank on deliveries (destination, rank desc, next, lead) where state in ('queued', 'held')",
  'create index if not exists deliveries_by_state on deliveries (destination, state)',
  'create table if not exists lines (destination text primary key, line text not null) strict',
  'create table if not exists tokens (id text primary key, place integer not null, who text not null, until integer not null) strict',
  'create index if not exists tokens_by_time on tokens (until)',
];

/** Columns that came after the first version. @type {[table: string, column: string, type: string][]} */
export const COLUMNS = [
  ['leads', 'visitor', "text not null default ''"],
  ['deliveries', 'revision', 'integer not null default 1'],
  ['deliveries', 'amended', 'text'],
];
