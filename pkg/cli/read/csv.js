// Cuts UTF-8 bytes into CSV records, each with the line it starts on, and survives the broken ones.
// The grammar is csv-parse's. What is added here is recovery: csv-parse stops at the first error, and one stray
// quote would cost all that follows; so the line where a broken record starts is rejected, and reading resumes,
// with a fresh parser, on the line after it. Memory is bounded by one record and one chunk.
// It knows nothing of headers or leads.

import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** A record that is longer has most likely lost its closing quote. */
export const RECORD_BYTES = 1024 * 1024;

/** Where the delimiter is looked for when the first line has no end. */
const FIRST_LINE_BYTES = 64 * 1024;

const DELIMITERS = [';', ',', '\t'];

/**
 * @typedef {object} Format
 * @property {string} delimiter
 * @property {string} newline
 */

/**
 * `cells` of a record, or the code of what is wrong with it; both with first and last line.
 * @typedef {{line: number, lastLine: number, cells: string[]}
 *   | {line: number, lastLine: number, cells: null, code: BrokenCode}} CsvRecord
 * @typedef {'quote-not-closed' | 'quote-misplaced' | 'record-too-long' | 'not-utf8'} BrokenCode
 */

/**
 * @param {AsyncIterable<Buffer>} chunks
 * @param {{delimiter?: string, onFormat?: (format: Format) => void}} [options]
 * @returns {AsyncGenerator<CsvRecord>}
 */
export async function* records(chunks, { delimiter, onFormat = () => {} } = {}) {
  /** Bytes after the last complete record. */
  let held = /** @type {Buffer} */ (Buffer.alloc(0));
  /** How many of them the parser has seen. */
  let seen = 0;
  let line = 1;
  /** @type {Format | null} */
  let format = null;
  /** @type {ReturnType<typeof recordParser> | null} */
  let parser = null;
  /** Whether the rest of a rejected line has yet to arrive. */
  let inRejectedLine = false;

  /**
   * @param {boolean} end
   * @returns {AsyncGenerator<CsvRecord>}
   */
  async function* advance(end) {
    for (;;) {
      if (inRejectedLine) {
        const stop = held.indexOf(NEWLINE);
        held = stop === -1 ? Buffer.alloc(0) : held.subarray(stop + 1);
        if (stop === -1) return;
        inRejectedLine = false;
        line += 1;
      }
      if (!format) {
        if (!end && held.length < FIRST_LINE_BYTES && !held.includes(NEWLINE)) return;
        const found = detect(held);
        format = { delimiter: delimiter ?? found.delimiter, newline: found.newline };
        held = held.subarray(found.declaration);
        line += found.declaration > 0 ? 1 : 0;
        onFormat(format);
      }
      if (!parser) {
        parser = recordParser(format.delimiter);
        seen = 0;
      }
      if (held.length === 0) return;

      const { complete, failure } = await parser.feed(held.subarray(seen), end);
      let done = 0;
      for (const { cells, length } of complete) {
        const slice = held.subarray(done, done + length);
        done += length;
        const first = line;
        const ends = lineEnds(slice);
        line += ends;
        const lastLine = Math.max(first, endsWithNewline(slice) ? line - 1 : line);
        yield isUtf8(slice)
          ? { line: first, lastLine, cells }
          : { line: first, lastLine, cells: null, code: 'not-utf8' };
      }
      held = held.subarray(done);
      seen = held.length;
      if (!failure) return;

      yield { line, lastLine: line, cells: null, code: failure };
      parser = null;
      const stop = held.indexOf(NEWLINE);
      inRejectedLine = stop === -1;
      if (inRejectedLine) held = Buffer.alloc(0);
      else {
        held = held.subarray(stop + 1);
        line += 1;
      }
    }
  }

  for await (const chunk of chunks) {
    held = held.length ? Buffer.concat([held, chunk]) : chunk;
    yield* advance(false);
  }
  yield* advance(true);
}

/**
 * Wraps csv-parse so that one chunk goes in and the records it completed come out, with their length in bytes.
 * @param {string} delimiter
 */
function recordParser(delimiter) {
  /** @type {{cells: string[], length: number}[]} */
  let complete = [];
  let end = 0;
  const parser = parse({
    delimiter,
    // All three at once: a file glued together from two machines has more than one kind.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: RECORD_BYTES,
    on_record: (cells, info) => {
      complete.push({ cells, length: info.bytes - end });
      end = info.bytes;
      return null;
    },
  });
  parser.on('error', () => {});
  parser.resume();

  return {
    /**
     * @param {Buffer} bytes
     * @param {boolean} last
     */
    async feed(bytes, last) {
      const error = await new Promise((resolve) => {
        if (last) {
          parser.once('error', resolve);
          parser.once('end', () => resolve(null));
          parser.end(bytes);
        } else {
          parser.write(bytes, (error) => resolve(error ?? null));
        }
      });
      const taken = complete;
      complete = [];
      return { complete: taken, failure: error ? brokenCode(error) : null };
    },
  };
}

/**
 * @param {Error & {code?: string}} error
 * @returns {BrokenCode}
 */
function brokenCode(error) {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'quote-not-closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'quote-misplaced';
    case 'CSV_MAX_RECORD_SIZE':
      return 'record-too-long';
    default:
      throw error;
  }
}

/**
 * The delimiter that the first line has most of outside quotes; Excel's `sep=;` line says it outright.
 * @param {Buffer} head
 */
function detect(head) {
  const stop = head.indexOf(NEWLINE);
  const end = stop === -1 ? head.length : stop;
  const text = head.subarray(0, Math.min(end, FIRST_LINE_BYTES)).toString('utf8');
  const newline = text.endsWith('\r') ? '\r\n' : '\n';
  const declared = /^sep=(.)\r?$/i.exec(text);
  if (declared) return { delimiter: declared[1], newline, declaration: stop === -1 ? head.length : stop + 1 };
  const unquoted = text.replace(/"[^"]*"?/g, '');
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return { delimiter: most === 0 ? ',' : DELIMITERS[counts.indexOf(most)], newline, declaration: 0 };
}

/** @param {Buffer} bytes */
function lineEnds(bytes) {
  let ends = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) ends += 1;
  for (let at = bytes.indexOf(RETURN); at !== -1; at = bytes.indexOf(RETURN, at + 1)) {
    if (bytes[at + 1] !== NEWLINE) ends += 1;
  }
  return ends;
}

/** @param {Buffer} bytes */
function endsWithNewline(bytes) {
  const last = bytes[bytes.length - 1];
  return last === NEWLINE || last === RETURN;
}
