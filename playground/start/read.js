/** Reads the beginning of a file of leads: enough rows to see what its columns are. */
import Papa from 'papaparse';
import { columnsFound } from './found.js';

/** What is looked at: so many bytes, and so many rows. */
const [BYTES, ROWS] = [2 ** 22, 5_000];

/**
 * @typedef {import('./sentences.js').Wrong} Wrong why there is nothing to see
 * @param {File | string} source
 * @returns {Promise<{ columns: import('./found.js').Column[], rows: number, more: boolean } | { wrong: Wrong }>}
 */
export async function readStart(source) {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : new Uint8Array(await source.slice(0, BYTES).arrayBuffer());
  if (bytes.length === 0) return { wrong: 'ownEmpty' };
  const unicode = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!unicode && bytes.subarray(0, 4096).includes(0)) return { wrong: 'ownBinary' };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { wrong: 'ownBinary' }; // a workbook is a packed folder
  const cut = typeof source !== 'string' && source.size > BYTES;
  const { data } = Papa.parse(decoded(bytes, cut), { preview: ROWS + 1, skipEmptyLines: 'greedy' });
  const [header = [], ...rows] = /** @type {string[][]} */ (cut ? data.slice(0, Math.max(1, data.length - 1)) : data);
  if (rows.length === 0) return { wrong: 'ownEmpty' };
  if (header.length < 2) return { wrong: 'ownOneColumn' };
  const columns = columnsFound(header, rows);
  if (columns.every(({ reason }) => reason === 'empty')) return { wrong: 'ownEmpty' };
  return { columns, rows: rows.length, more: cut || rows.length >= ROWS };
}

/** Spreadsheets write what Unicode has, or what Windows has always had. @param {Uint8Array} bytes @param {boolean} cut in the middle of a letter, perhaps */
function decoded(bytes, cut) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
