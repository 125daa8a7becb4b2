/** What leads did, from a second file: which of its columns say who, what and when, and whose events are whose. Nothing here scores. */
import { converted, plain } from './columns.js';
import { dateIn } from './outcome.js';

/**
 * @typedef {{ type: string, names: string[], properties: Record<string, { type: string, values?: string[] }> }} Declared a type of event, and what people may call it
 * @typedef {{ who: number, lead: number, type: number, at: number, id: number }} Roles the columns of the events that say who, what, when and which; `lead`: the column of the leads that `who` is held against; -1 for none
 * @typedef {{ events: number, joined: number, leads: number, orphans: number, undated: number, later: number, uncounted: string[], last: number }} Counts
 * @typedef {{ starts: Uint32Array, rows: Uint32Array, at: Float64Array, counts: Counts }} Joined `rows` of the events by lead, those of a lead from one of its `starts` to the next
 * @typedef {Pick<import('./reading.js').Sheet, 'header' | 'columns' | 'count'>} Sheet
 */

const CALLED = /** @type {const} */ ({
  type: ['type', 'event', 'eventtype', 'eventname', 'action', 'activity', 'evenement', 'typedevenement', 'activite', 'kind'],
  at: ['at', 'date', 'time', 'timestamp', 'datetime', 'when', 'occurredat', 'createdat', 'eventdate', 'horodatage', 'quand'],
  id: ['id', 'eventid', 'uuid', 'idevenement'],
});
/** What an event has besides its properties. */
const OWN = new Set(['session', 'purpose', 'bot']);

/** What the columns of a file of events most probably say. @param {Sheet} events @param {Sheet} leads @param {Declared[]} declared @returns {Roles} */
export function rolesOf(events, leads, declared) {
  const called = (/** @type {keyof typeof CALLED} */ role) =>
    events.header.findIndex((name) => /** @type {readonly string[]} */ (CALLED[role]).includes(plain(name)));
  const dated = (/** @type {number} */ place) => share(events.columns[place].texts, (text) => !Number.isNaN(instantIn(text)));
  const known = typesBy(declared);
  const typed = (/** @type {number} */ place) => share(events.columns[place].texts, (text) => known.has(plain(text)));
  const places = events.header.map((_, place) => place);
  const type = best(places, typed, 0) ?? called('type');
  const named = called('at');
  const at = named >= 0 && dated(named) > 0.5 ? named : (best(places, (place) => (place === type ? 0 : dated(place)), 0.5) ?? -1);
  const { who, lead } = keyOf(events, leads, new Set([type, at]));
  const id = called('id');
  return { who, lead, type, at, id: id === who ? -1 : id };
}

/** The pair of columns by which most events find a lead. @param {Sheet} events @param {Sheet} leads @param {ReadonlySet<number>} taken */
function keyOf(events, leads, taken) {
  let found = { who: -1, lead: -1, worth: 0 };
  leads.columns.forEach((column, lead) => {
    if (column.texts.length < Math.min(3, leads.count) || column.texts.length < leads.count * 0.5) return; // it names nobody
    const there = new Set(column.texts.map(keyText));
    events.columns.forEach(({ texts }, who) => {
      const alike = plain(events.header[who]) === plain(leads.header[lead]) ? 0.01 : 0;
      const worth = taken.has(who) ? 0 : share(texts, (text) => text !== '' && there.has(keyText(text))) + alike;
      if (worth > found.worth + 1e-9 && worth > 0.02) found = { who, lead, worth };
    });
  });
  return found;
}

/**
 * @param {Sheet} events
 * @param {Sheet} leads
 * @param {Roles} roles
 * @param {Declared[]} declared
 * @param {number} now
 * @returns {Joined}
 */
export function join(events, leads, roles, declared, now) {
  const rowOf = new Map();
  const there = leads.columns[roles.lead];
  if (there) for (let row = leads.count - 1; row >= 0; row--) rowOf.set(keyText(there.at(row)), row);
  rowOf.delete('');
  const who = events.columns[roles.who];
  const leadOf = Int32Array.from(who?.texts ?? [], (text) => rowOf.get(keyText(text)) ?? -1);
  const instants = Float64Array.from(events.columns[roles.at]?.texts ?? [], instantIn);
  const at = Float64Array.from({ length: events.count }, (_, row) => instants[events.columns[roles.at]?.places[row]] ?? NaN);
  const counts = { events: events.count, joined: 0, leads: 0, orphans: 0, undated: 0, later: 0, last: -Infinity };
  const starts = new Uint32Array(leads.count + 1);
  const owner = (/** @type {number} */ row) => (who ? leadOf[who.places[row]] : -1);
  for (let row = 0; row < events.count; row++) {
    const lead = owner(row);
    if (lead < 0) counts.orphans += 1;
    else if (Number.isNaN(at[row])) counts.undated += 1;
    else {
      starts[lead + 1] += 1;
      counts.joined += 1;
      if (at[row] > now) counts.later += 1;
      counts.last = Math.max(counts.last, at[row]);
    }
  }
  for (let lead = 0; lead < leads.count; lead++) {
    if (starts[lead + 1] > 0) counts.leads += 1;
    starts[lead + 1] += starts[lead];
  }
  const next = starts.slice();
  const rows = new Uint32Array(counts.joined);
  for (let row = 0; row < events.count; row++) {
    const lead = owner(row);
    if (lead >= 0 && !Number.isNaN(at[row])) rows[next[lead]++] = row;
  }
  const known = typesBy(declared);
  const uncounted = (events.columns[roles.type]?.texts ?? []).filter((text) => text !== '' && !known.has(plain(text)));
  return { starts, rows, at, counts: { ...counts, uncounted: uncounted.slice(0, 5) } };
}

/**
 * Makes the events of one lead as the engine takes them, whatever their columns are called.
 * @param {Sheet} events
 * @param {Roles} roles
 * @param {Declared[]} declared
 * @param {Joined} joined
 */
export function eventsBy({ header, columns }, roles, declared, { starts, rows, at }) {
  const known = typesBy(declared);
  const types = columns[roles.type]?.texts.map((text) => known.get(plain(text)) ?? text.trim()) ?? [];
  const properties = new Map(declared.flatMap((one) => Object.entries(one.properties)).map(([path, one]) => [plain(path), { path, ...one }]));
  const taken = new Set([roles.who, roles.type, roles.at, roles.id]);
  const others = columns.flatMap((column, place) => {
    if (taken.has(place)) return [];
    const { path, ...attribute } = properties.get(plain(header[place])) ?? {
      path: header[place],
      type: column.numeric ? 'number' : OWN.has(header[place]) && header[place] === 'bot' ? 'boolean' : 'text',
    };
    return [{ steps: path.split('.'), column, meant: converted(column.texts, attribute) }];
  });
  return (/** @type {number} */ lead) =>
    Array.from(rows.subarray(starts[lead], starts[lead + 1]), (row) => {
      const event = /** @type {import('leadscore').LeadEvent} */ ({ type: types[columns[roles.type]?.places[row]] ?? '', at: at[row] });
      const id = columns[roles.id]?.at(row);
      if (id) event.id = id;
      for (const { steps, column, meant } of others) put(event, steps, meant[column.places[row]]);
      return event;
    });
}

/** Sets a value at a path; one that is unknown is left out. @param {Record<string, any>} whole @param {string[]} steps @param {unknown} value */
export function put(whole, steps, value) {
  if (value === null || value === undefined || Number.isNaN(value)) return;
  let part = whole;
  for (let at = 0; at < steps.length - 1; at++) part = part[steps[at]] ??= {};
  part[steps[steps.length - 1]] = value;
}

/** Types by every name that they have. @param {Declared[]} declared */
function typesBy(declared) {
  return new Map(declared.flatMap(({ type, names }) => [type, ...names].map((name) => [plain(name), type])));
}

/** @param {string} text */
function keyText(text) {
  return text.trim().toLowerCase();
}

/** An instant as files write it: a date, or the seconds or milliseconds since 1970. @param {string} text */
function instantIn(text) {
  if (/^\s*\d{10}(\.\d+)?\s*$/.test(text)) return Math.round(Number(text) * 1000);
  return /^\s*\d{13}\s*$/.test(text) ? Number(text) : dateIn(text);
}

/** @param {string[]} texts @param {(text: string) => boolean} holds */
function share(texts, holds) {
  return texts.length > 0 ? texts.filter(holds).length / texts.length : 0;
}

/** @param {number[]} places @param {(place: number) => number} worth @param {number} above */
function best(places, worth, above) {
  const rated = places.map((place) => ({ place, value: worth(place) })).filter(({ value }) => value > above);
  return rated.sort((a, b) => b.value - a.value)[0]?.place;
}
