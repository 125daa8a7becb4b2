/**
 * Reads a file of rows as people save them: streamed, so that a file of any size can be begun; in UTF-8, UTF-16 or the alphabet
 * of Western Windows; with commas, semicolons or tabs. What is no such file is told with the sentence that says what to do.
 */
import Papa from 'papaparse';
import { Column } from './column.js';

/** Rows that are read at most, about the memory that they may take, and the characters of one row. */
const [ROWS, BYTES, LONG] = [1_000_000, 400 * 2 ** 20, 2 ** 20];
/** What is looked at to know what a file is. */
const START = 2 ** 16;

/**
 * @typedef {import('../words.js').Sentence} Sentence
 * @typedef {{ key: Sentence, values?: Record<string, string | number> }} Said a sentence, with numbers as numbers
 * @typedef {{ header: string[], columns: Column[], count: number, delimiter: string, notes: Said[] }} Sheet
 */

/** A file that cannot be read, and the sentence that says so. */
export class Unreadable extends Error {
  /** @param {Said} said */
  constructor(said) {
    super(said.key);
    this.said = said;
  }
}

/** How well-known files that hold no rows begin. @type {[bytes: number[], key: Sentence][]} */
const SIGNS = [
  [[0x89, 0x50, 0x4e, 0x47], 'csvImage'],
  [[0xff, 0xd8, 0xff], 'csvImage'],
  [[0x47, 0x49, 0x46, 0x38], 'csvImage'],
  [[0x52, 0x49, 0x46, 0x46], 'csvImage'],
  [[0x25, 0x50, 0x44, 0x46], 'csvPdf'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'csvExcel'],
  [[0x1f, 0x8b], 'csvPacked'],
];

/**
 * What the first bytes say: how the text is written, or that it is none.
 * @param {Uint8Array} start
 * @param {string} name
 * @returns {'utf-8' | 'utf-16le' | 'utf-16be'}
 */
export function writtenAs(start, name) {
  const begins = (/** @type {number[]} */ bytes) => bytes.every((byte, place) => start[place] === byte);
  if (begins([0x50, 0x4b, 3, 4])) {
    const inside = String.fromCharCode(...start.subarray(0, 4096));
    const sheet = /xl\/|\[Content_Types\]|opendocument\.spreadsheet/.test(inside) || /\.(xls\w?|ods)$/i.test(name);
    throw new Unreadable({ key: sheet ? 'csvExcel' : 'csvPacked' });
  }
  if (begins([0xff, 0xfe])) return 'utf-16le';
  if (begins([0xfe, 0xff])) return 'utf-16be';
  const zeros = [0, 0];
  start.forEach((byte, place) => byte === 0 && (zeros[place % 2] += 1));
  const half = start.length / 2;
  const [, sign] = SIGNS.find(([bytes]) => begins(bytes)) ?? [];
  if (sign && (sign !== 'csvImage' || zeros[0] + zeros[1] > 0)) throw new Unreadable({ key: sign }); // a heading can begin so too
  if (zeros[1] > half / 2 && zeros[0] < half / 10) return 'utf-16le';
  if (zeros[0] > half / 2 && zeros[1] < half / 10) return 'utf-16be';
  if (zeros[0] + zeros[1] > 0) throw new Unreadable({ key: 'csvBinary' });
  return 'utf-8';
}

/**
 * @param {File} file
 * @param {(count: number, share: number) => void} tell
 * @param {() => boolean} [stopped]
 * @returns {Promise<Sheet>}
 */
export async function readSheet(file, tell, stopped = () => false) {
  const start = new Uint8Array(await file.slice(0, START).arrayBuffer());
  const encoding = writtenAs(start, file.name);
  const [line] = new TextDecoder(encoding).decode(start).trimStart().split('\n', 1);
  const kind = isJson(line) ? JsonLines : Rows;
  try {
    return await readAs(file, new kind(), encoding, tell, stopped);
  } catch (error) {
    // Only the decoder throws this: a file that is not UTF-8 was saved by an older program.
    if (encoding !== 'utf-8' || !(error instanceof TypeError)) throw error;
    const sheet = await readAs(file, new kind(), 'windows-1252', tell, stopped);
    return { ...sheet, notes: [...sheet.notes, { key: 'csvLatin' }] };
  }
}

/** Whether a line is a whole object of JSON. @param {string} line */
function isJson(line) {
  try {
    return line.startsWith('{') && JSON.parse(line) !== null;
  } catch {
    return false;
  }
}

/**
 * @param {File} file
 * @param {Rows | JsonLines} rows
 * @param {string} encoding
 * @param {(count: number, share: number) => void} tell
 * @param {() => boolean} stopped
 */
async function readAs(file, rows, encoding, tell, stopped) {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  const reader = file.stream().getReader();
  let [done, told] = [0, 0];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    done += part.value.length;
    if (!rows.take(decoder.decode(part.value, { stream: true }), false)) {
      await reader.cancel();
      break;
    }
    if (Date.now() - told > 100) {
      told = Date.now();
      tell(rows.count, done / file.size);
    }
    if (stopped()) throw new Unreadable({ key: 'cancelled' });
  }
  return rows.end(decoder.decode());
}

/** What both kinds of file come to: columns that grow row by row. */
class Growing {
  /** @type {string[]} */
  header = [];
  /** @type {Column[]} */
  columns = [];
  count = 0;
  full = false;
  delimiter = ',';
  /** @type {Said[]} */
  notes = [];

  /** @param {(place: number) => string} cell */
  add(cell) {
    if (this.count === ROWS) this.full = true;
    if (this.full) return;
    let bytes = 0;
    for (let place = 0; place < this.columns.length; place++) {
      this.columns[place].push(cell(place));
      bytes += this.columns[place].bytes;
    }
    this.count += 1;
    if (bytes > BYTES) this.full = true;
  }

  /** @returns {Sheet} */
  close() {
    const { header, columns, count, delimiter, notes } = this;
    if (count === 0) throw new Unreadable({ key: 'csvEmpty' });
    for (const column of columns) column.end();
    if (this.full) notes.unshift({ key: 'csvTooMany', values: { n: count } });
    return { header, columns, count, delimiter, notes };
  }
}

/** Rows of cells, of which the first one names the columns. */
class Rows extends Growing {
  #rest = '';
  /** @type {Papa.Parser | null} */
  #parser = null;
  /** Lines before `#rest`, for sentences. */
  #lines = 0;
  #uneven = 0;

  /** Takes a piece of the text; `false`: no more is wanted. @param {string} text @param {boolean} last */
  take(text, last) {
    this.#rest += text;
    if (!last && this.#rest.endsWith('\r')) return true; // its other half may still come
    const input = this.#rest.replace(/\r\n?/g, '\n');
    if (!this.#parser && !last && input.length < START) return true;
    this.#parser ??= this.#begin(input);
    const { data, errors, meta } = this.#parser.parse(input, 0, !last);
    for (const { code, row } of errors)
      if (last || row < data.length) this.#wrong(code, this.#lines + linesBefore(data, row));
    for (const cells of data) this.#row(cells);
    this.#lines += linesBefore(data, data.length);
    this.#rest = last ? '' : input.slice(meta.cursor);
    if (this.#rest.length > LONG) {
      const key = this.#rest.includes('"') ? 'csvOpenQuote' : 'csvLongRow';
      throw new Unreadable({ key, values: { n: this.#lines + 1 } });
    }
    return !this.full;
  }

  /** @param {string} text */
  end(text) {
    if (!this.full) this.take(text, true);
    if (this.#uneven > 0) this.notes.push({ key: 'csvUneven', values: { n: this.#uneven } });
    return this.close();
  }

  /** @param {string} input */
  #begin(input) {
    const said = /^sep=(.)\n/i.exec(input)?.[1]; // what Excel itself writes
    if (/^\s*<(!doctype|html|svg|\?xml)/i.test(input)) throw new Unreadable({ key: 'csvPage' });
    if (/^\s*[[{]/.test(input)) throw new Unreadable({ key: 'csvJson' });
    const start = input.slice(0, START);
    this.delimiter = said ?? Papa.parse(start, { preview: 50, newline: '\n', skipEmptyLines: 'greedy' }).meta.delimiter;
    return new Papa.Parser({ delimiter: this.delimiter, newline: '\n' });
  }

  /** @param {string} code @param {number} line */
  #wrong(code, line) {
    if (code === 'MissingQuotes') throw new Unreadable({ key: 'csvOpenQuote', values: { n: line + 1 } });
    if (code === 'InvalidQuotes' && !this.notes.some(({ key }) => key === 'csvStrayQuote'))
      this.notes.push({ key: 'csvStrayQuote', values: { n: line + 1 } });
  }

  /** @param {string[]} cells */
  #row(cells) {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.columns.length === 0) {
      if (cells.length <= 2 && /^sep=/i.test(cells[0])) return;
      this.header.push(...cells.map((name) => name.trim()));
      while (this.header.length > 1 && this.header.at(-1) === '') this.header.pop(); // a delimiter at the end of each line
      this.columns.push(...this.header.map(() => new Column()));
      return;
    }
    if (cells.length < this.columns.length || cells.slice(this.columns.length).some((cell) => cell !== '')) this.#uneven += 1;
    this.add((place) => cells[place] ?? '');
  }
}

/** A line of JSON for each row, whose columns are the paths that occur. */
class JsonLines extends Growing {
  #rest = '';
  #line = 0;
  /** @type {Map<string, number>} */
  #known = new Map();

  /** @param {string} text @param {boolean} last */
  take(text, last) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = last ? '' : (lines.pop() ?? '');
    if (this.#rest.length > LONG) throw new Unreadable({ key: 'csvLongRow', values: { n: this.#line + 1 } });
    for (const line of lines) {
      this.#line += 1;
      if (line.trim() !== '') this.#row(this.#parsed(line));
    }
    return !this.full;
  }

  /** @param {string} text */
  end(text) {
    if (!this.full) this.take(text, true);
    return this.close();
  }

  /** @param {string} line @returns {Map<string, string>} */
  #parsed(line) {
    try {
      return new Map(cellsOf(JSON.parse(line), ''));
    } catch {
      throw new Unreadable({ key: 'csvBadLine', values: { n: this.#line } });
    }
  }

  /** @param {Map<string, string>} cells */
  #row(cells) {
    for (const name of cells.keys()) {
      if (this.#known.has(name)) continue;
      this.#known.set(name, this.columns.length);
      this.header.push(name);
      const column = new Column();
      for (let row = 0; row < this.count; row++) column.push('');
      this.columns.push(column);
    }
    this.add((place) => cells.get(this.header[place]) ?? '');
  }
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {[path: string, cell: string][]}
 */
function cellsOf(value, path) {
  if (Array.isArray(value)) return [[path, value.join(';')]];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => cellsOf(one, path ? `${path}.${key}` : key));
  if (path === '') throw new TypeError('expected an object');
  return [[path, value === null ? '' : String(value)]];
}

/** How many lines rows take up, with the breaks in their cells. @param {string[][]} rows @param {number} until */
function linesBefore(rows, until) {
  let lines = 0;
  for (let row = 0; row < Math.min(until, rows.length); row++) {
    lines += 1;
    for (const cell of rows[row]) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines += 1;
  }
  return lines;
}
