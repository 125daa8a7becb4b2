// Gives the leads of an input one after the other, whatever its format, with everything needed to report on them.
// Every record of the input comes out exactly once: as a lead, as a rejection, or as a blank line.

import { UsageError } from '../host.js';
import { attributesOf, mapping } from '../model.js';
import { RECORD_BYTES, records } from './csv.js';
import { utf8 } from './encoding.js';
import { factsOf } from './facts.js';
import { plan } from './header.js';
import { jsonArray, jsonLines } from './json.js';

/** @typedef {'csv' | 'jsonl' | 'json'} InputFormat */

/**
 * @typedef {object} Lead
 * @property {'lead'} kind
 * @property {number} line
 * @property {string | null} id
 * @property {Record<string, unknown>} facts
 * @property {string[] | null} cells the record as it was, of a CSV file
 * @property {import('./facts.js').CellTrouble[]} troubles
 */

/**
 * @typedef {Lead
 *   | {kind: 'rejected', line: number, code: string, message: string}
 *   | {kind: 'blank', line: number}} Item
 */

/**
 * What a CSV file looks like, so that the output can look the same.
 * @typedef {object} Shape
 * @property {string[]} headers
 * @property {string} delimiter
 * @property {string} newline
 * @property {boolean} marked whether it begins with a byte order mark
 */

/**
 * @typedef {object} LeadOptions
 * @property {string} id
 * @property {boolean} idNeeded
 * @property {string[]} map
 * @property {string} [delimiter]
 * @property {string} [encoding]
 * @property {import('./cell.js').Numbers} numbers
 * @property {import('../words/en.js').Words} say
 * @property {(notice: import('./header.js').Notice) => void} notice
 * @property {(shape: Shape) => void} [onShape]
 */

/**
 * The format by the file's name; standard input has none.
 * @param {import('./source.js').Source} source
 * @param {string | undefined} asked
 * @returns {InputFormat}
 */
export function formatOf(source, asked) {
  if (asked) return /** @type {InputFormat} */ (asked);
  switch (source.extension) {
    case 'csv':
    case 'tsv':
    case 'txt':
      return 'csv';
    case 'jsonl':
    case 'ndjson':
      return 'jsonl';
    case 'json':
      return 'json';
  }
  throw new UsageError(`\`${source.name}\`: expected a name in .csv, .jsonl or .json, or \`--input csv\`, \`jsonl\` or \`json\``);
}

/**
 * @param {import('./source.js').Source} source
 * @param {InputFormat} format
 * @param {any} document the model
 * @param {LeadOptions} options
 * @returns {AsyncGenerator<Item>}
 */
export async function* leads(source, format, document, options) {
  if (format === 'csv') yield* csvLeads(source, document, options);
  else yield* jsonLeads(source, format, document, options);
}

/**
 * @param {import('./source.js').Source} source
 * @param {any} document
 * @param {LeadOptions} options
 * @returns {AsyncGenerator<Item>}
 */
async function* csvLeads(source, document, options) {
  const { say, numbers } = options;
  const attributes = attributesOf(document);
  const mapped = mapping(options.map, attributes);
  let marked = false;
  /** @type {import('./csv.js').Format | null} */
  let format = null;
  const chunks = utf8(source.bytes, options.encoding, (mark) => (marked = mark));
  const delimiter = options.delimiter;
  const input = records(chunks, { ...(delimiter ? { delimiter } : {}), onFormat: (found) => (format = found) });

  /** @type {import('./header.js').Plan | null} */
  let columns = null;
  let width = 0;
  for await (const record of input) {
    const { line, cells } = record;
    if (cells === null) {
      const { code } = record;
      const message = told(code, say);
      // Without a header no row means anything.
      if (!columns) throw new UsageError(`\`${source.name}\` line ${line}: the header cannot be read: ${message}`);
      yield { kind: 'rejected', line, code, message };
    } else if (cells.length === 1 && cells[0].trim() === '') {
      yield { kind: 'blank', line };
    } else if (!columns) {
      width = cells.length;
      columns = plan(cells, attributes, { mapped, id: options.id, say });
      assertMapped(mapped, cells);
      if (options.idNeeded && columns.id === -1) {
        throw new UsageError(`\`${source.name}\`: no column \`${options.id}\`; \`--id COLUMN\` names the one with the lead's id`);
      }
      columns.notices.forEach(options.notice);
      const { delimiter, newline } = /** @type {import('./csv.js').Format} */ (/** @type {unknown} */ (format));
      options.onShape?.({ headers: cells, delimiter, newline, marked });
    } else if (cells.length !== width) {
      const short = cells.length < width;
      const message = (short ? say.rowTooShort : say.rowTooLong)(width, cells.length);
      yield { kind: 'rejected', line, code: short ? 'row-too-short' : 'row-too-long', message };
    } else if (cells.every((cell) => cell.trim() === '')) {
      yield { kind: 'rejected', line, code: 'empty-row', message: say.emptyRow };
    } else {
      const { facts, troubles } = factsOf(cells, columns.columns, numbers, say);
      const id = columns.id === -1 ? '' : cells[columns.id].trim();
      yield { kind: 'lead', line, id: id || null, facts, cells, troubles };
    }
  }
  if (!columns) throw new UsageError(`\`${source.name}\`: expected a header line, found an empty file`);
}

/**
 * @param {Map<string, string>} mapped
 * @param {string[]} headers
 */
function assertMapped(mapped, headers) {
  const names = new Set(headers.map((header) => header.trim()));
  for (const header of mapped.keys()) {
    if (!names.has(header)) throw new UsageError(`\`--map ${header}=${mapped.get(header)}\`: no column \`${header}\``);
  }
}

/**
 * @param {import('./csv.js').BrokenCode} code
 * @param {import('../words/en.js').Words} say
 */
export function told(code, say) {
  switch (code) {
    case 'quote-not-closed':
      return say.quoteNotClosed;
    case 'quote-misplaced':
      return say.quoteMisplaced;
    case 'record-too-long':
      return say.recordTooLong(RECORD_BYTES);
    case 'not-utf8':
      return say.notUtf8;
  }
}

/**
 * @param {import('./source.js').Source} source
 * @param {InputFormat} format
 * @param {any} document
 * @param {LeadOptions} options
 * @returns {AsyncGenerator<Item>}
 */
async function* jsonLeads(source, format, document, options) {
  const { say } = options;
  const attributes = [...attributesOf(document).keys()];
  const tops = new Set(attributes.map((attribute) => attribute.split('.')[0]));
  let fed = tops.size === 0;
  let told = false;
  const chunks = utf8(source.bytes, options.encoding);
  const path = options.id.split('.');
  for await (const item of (format === 'jsonl' ? jsonLines : jsonArray)(chunks, say)) {
    if (item.value !== null) {
      const id = idOf(item.value, path);
      const names = fed ? [] : Object.keys(item.value);
      fed ||= names.some((name) => tops.has(name));
      told ||= names.some((name) => name !== path[0]); // an id alone is one whose events are to be scored
      yield { kind: 'lead', line: item.line, id, facts: item.value, cells: null, troubles: [] };
    } else if (item.blank) {
      yield { kind: 'blank', line: item.line };
    } else {
      yield { kind: 'rejected', line: item.line, code: item.code, message: item.message };
    }
  }
  if (told && !fed) options.notice({ code: 'nothing-fed', message: say.nothingFedJson(attributes[0], nested(attributes[0])) });
}

/**
 * How JSON carries an attribute.
 * @param {string} attribute
 */
function nested(attribute) {
  return attribute.split('.').reduceRight((inner, step) => `{${JSON.stringify(step)}: ${inner}}`, '…');
}

/**
 * The id as text, so that `7` in a JSON lead finds the events of `7` in a CSV file.
 * @param {Record<string, unknown>} facts
 * @param {string[]} path
 * @returns {string | null}
 */
export function idOf(facts, path) {
  /** @type {any} */
  let value = facts;
  for (const name of path) value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name] : null;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
