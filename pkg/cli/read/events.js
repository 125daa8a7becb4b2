// Holds the events of an events file, by the id of their lead, while the leads stream past.
//
// The leads file may be of any length; the events file is held in memory, up to EVENTS_HELD events, because it
// comes in any order and a lead's events can be anywhere in it. Past that the command refuses, before any lead is
// scored, and says to split the events by lead. Sorting both files would lift the limit; joining sorted files that
// turn out not to be sorted would lose events silently, so it was left out.

import { UsageError } from '../host.js';
import { propertiesOf } from '../model.js';
import { shown } from '../words/index.js';
import { UNREADABLE, readDate } from './cell.js';
import { records } from './csv.js';
import { utf8 } from './encoding.js';
import { factsOf } from './facts.js';
import { fold, plan } from './header.js';
import { jsonArray, jsonLines } from './json.js';
import { told } from './leads.js';

/** Measured: a million events of five columns take some 550 MB. */
export const EVENTS_HELD = 1_000_000;

/** The columns that may hold the lead's id when none is named. */
const LEAD_COLUMNS = ['lead', 'lead_id', 'leadId'];

/** The properties of an event that have a meaning of their own. */
/** @type {Map<string, import('../model.js').Attribute>} */
const OWN = new Map([
  ['id', { path: 'id', type: 'text', names: [] }],
  ['session', { path: 'session', type: 'text', names: [] }],
  ['purpose', { path: 'purpose', type: 'text', names: [] }],
  ['bot', { path: 'bot', type: 'boolean', names: [] }],
]);

/** @typedef {import('leadscore').LeadEvent} LeadEvent */

/**
 * @typedef {object} EventOptions
 * @property {string} [lead] the column or property with the lead's id
 * @property {boolean} leadNeeded whether an event without it is rejected
 * @property {string} [delimiter]
 * @property {string} [encoding]
 * @property {import('./cell.js').Numbers} numbers
 * @property {import('../words/en.js').Words} say
 * @property {(problem: {line: number, code: string, message: string}) => void} onRejected
 * @property {(trouble: {line: number, column: number, message: string}) => void} onCell
 */

/**
 * @typedef {{line: number, lead: string | null, event: LeadEvent}
 *   | {line: number, code: string, message: string}} EventItem
 */

/** Events by lead, and how many were read, rejected, claimed by a lead. */
export class EventIndex {
  /** @type {Map<string | null, {events: LeadEvent[], claimed: boolean}>} */
  #byLead = new Map();
  read = 0;
  rejected = 0;
  joined = 0;

  get unclaimed() {
    return this.read - this.rejected - this.joined;
  }

  /**
   * @param {string | null} lead
   * @param {LeadEvent} event
   */
  add(lead, event) {
    const entry = this.#byLead.get(lead);
    if (entry) entry.events.push(event);
    else this.#byLead.set(lead, { events: [event], claimed: false });
  }

  /**
   * The events of a lead, and whether another lead of the same id had them before.
   * @param {string | null} lead
   */
  of(lead) {
    const entry = this.#byLead.get(lead);
    if (!entry) return { events: [], again: false };
    const again = entry.claimed;
    if (!again) this.joined += entry.events.length;
    entry.claimed = true;
    return { events: entry.events, again };
  }
}

/**
 * @param {import('./source.js').Source} source
 * @param {import('./leads.js').InputFormat} format
 * @param {any} document the model
 * @param {EventOptions} options
 */
export async function readEvents(source, format, document, options) {
  const index = new EventIndex();
  const items = format === 'csv' ? csvEvents(source, document, options) : jsonEvents(source, format, options);
  for await (const item of items) {
    index.read += 1;
    if ('event' in item) {
      index.add(item.lead, item.event);
    } else {
      index.rejected += 1;
      options.onRejected(item);
    }
    if (index.read > EVENTS_HELD) {
      throw new UsageError(
        `\`${source.name}\`: expected at most ${EVENTS_HELD} events, which are held in memory, found more; split leads and events by lead`,
      );
    }
  }
  return index;
}

/**
 * @param {import('./source.js').Source} source
 * @param {any} document
 * @param {EventOptions} options
 * @returns {AsyncGenerator<EventItem>}
 */
async function* csvEvents(source, document, options) {
  const { say, numbers, delimiter } = options;
  /** @type {string[] | null} */
  let headers = null;
  /** @type {Places | null} */
  let places = null;
  /** @type {Map<string, import('./header.js').Column[]>} */
  const columnsOf = new Map();

  for await (const record of records(utf8(source.bytes, options.encoding), delimiter ? { delimiter } : {})) {
    const { line, cells } = record;
    if (cells === null) {
      const message = told(record.code, say);
      if (!headers) throw new UsageError(`\`${source.name}\` line ${line}: the header cannot be read: ${message}`);
      yield { line, code: record.code, message };
      continue;
    }
    if (cells.length === 1 && cells[0].trim() === '') continue;
    if (!headers || !places) {
      headers = cells.map((cell) => cell.trim());
      places = placesIn(headers, options, source.name);
      continue;
    }
    if (cells.length !== headers.length) {
      const short = cells.length < headers.length;
      const message = (short ? say.rowTooShort : say.rowTooLong)(headers.length, cells.length);
      yield { line, code: short ? 'row-too-short' : 'row-too-long', message };
      continue;
    }
    const type = cells[places.type].trim();
    const columns = columnsOf.get(type) ?? propertyColumns(headers, places, propertiesOf(document, type), say);
    columnsOf.set(type, columns);
    const { facts, troubles } = factsOf(cells, columns, numbers, say);
    for (const trouble of troubles) options.onCell({ line, ...trouble });
    const lead = places.lead === -1 ? null : cells[places.lead].trim() || null;
    const at = readDate(cells[places.at].trim());
    yield judged(line, lead, { ...facts, type, at: at === UNREADABLE ? cells[places.at].trim() : at }, options);
  }
  if (!headers) throw new UsageError(`\`${source.name}\`: expected a header line, found an empty file`);
}

/** @typedef {{lead: number, type: number, at: number}} Places */

/**
 * @param {string[]} headers
 * @param {EventOptions} options
 * @param {string} name
 * @returns {Places}
 */
function placesIn(headers, options, name) {
  const find = (/** @type {string} */ column) => {
    const exact = headers.indexOf(column);
    return exact === -1 ? headers.findIndex((header) => fold(header) === fold(column)) : exact;
  };
  const wanted = options.lead ? [options.lead] : LEAD_COLUMNS;
  const lead = wanted.map(find).find((index) => index !== -1) ?? -1;
  const places = { lead, type: find('type'), at: find('at') };
  for (const [column, index] of Object.entries(places)) {
    if (index !== -1 || (column === 'lead' && !options.leadNeeded && !options.lead)) continue;
    const expected = column === 'lead' ? wanted.map((one) => `\`${one}\``).join(' or ') : `\`${column}\``;
    const hint = column === 'lead' ? '; `--event-lead COLUMN` names the one with the id of the lead' : '';
    throw new UsageError(`\`${name}\`: expected a column ${expected}${hint}`);
  }
  return places;
}

/**
 * The columns of one type of event: those the model reads have its type, the others are carried as text.
 * @param {string[]} headers
 * @param {Places} places
 * @param {Map<string, import('../model.js').Attribute>} properties
 * @param {import('../words/en.js').Words} say
 */
function propertyColumns(headers, places, properties, say) {
  const taken = new Set(Object.values(places));
  const free = headers.map((header, index) => (taken.has(index) ? '' : header));
  const read = plan(free, new Map([...properties, ...OWN]), { mapped: new Map(), id: '', say }).columns;
  const reading = new Set(read.map(({ index }) => index));
  const carried = free.flatMap((header, index) => {
    const within = read.some(({ attribute }) => nested(attribute.path, header));
    if (header === '' || reading.has(index) || free.indexOf(header) !== index || within) return [];
    const attribute = { path: header, type: /** @type {const} */ ('text'), names: [] };
    return [{ index, header, attribute, path: [header] }];
  });
  return [...read, ...carried];
}

/**
 * @param {string} path
 * @param {string} other
 */
function nested(path, other) {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

/**
 * @param {import('./source.js').Source} source
 * @param {import('./leads.js').InputFormat} format
 * @param {EventOptions} options
 * @returns {AsyncGenerator<EventItem>}
 */
async function* jsonEvents(source, format, options) {
  const wanted = options.lead ? [options.lead] : LEAD_COLUMNS;
  const chunks = utf8(source.bytes, options.encoding);
  for await (const item of (format === 'jsonl' ? jsonLines : jsonArray)(chunks, options.say)) {
    if (item.value !== null) {
      const event = item.value;
      const name = wanted.find((one) => Object.hasOwn(event, one));
      const lead = name === undefined ? null : event[name];
      if (name !== undefined) delete event[name];
      const known = typeof lead === 'string' ? lead.trim() : typeof lead === 'number' ? String(lead) : '';
      yield judged(item.line, known || null, event, options);
    } else if (!item.blank) {
      yield { line: item.line, code: item.code, message: item.message };
    }
  }
}

/**
 * @param {number} line
 * @param {string | null} lead
 * @param {Record<string, unknown>} event
 * @param {EventOptions} options
 * @returns {EventItem}
 */
function judged(line, lead, event, { say, lead: column, leadNeeded }) {
  const { type, at } = event;
  if (lead === null && leadNeeded) {
    return { line, code: 'event-without-lead', message: say.eventWithoutLead(column ?? LEAD_COLUMNS[0]) };
  }
  if (typeof type !== 'string' || type === '') {
    return { line, code: 'event-without-type', message: say.eventWithoutType };
  }
  const instant = typeof at === 'number' ? Number.isFinite(at) : typeof at === 'string' && readDate(at) !== UNREADABLE;
  if (!instant) {
    const found = shown(String(at ?? ''));
    return { line, code: 'event-without-instant', message: say.eventWithoutInstant(found) };
  }
  return { line, lead, event: /** @type {LeadEvent} */ (event) };
}
