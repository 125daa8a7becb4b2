/** The leads with what came of them, as a file for a spreadsheet: in the order in which they came, and so that no cell is a formula. */
import Papa from 'papaparse';

/** Rows that are written at once. */
const SOME = 20_000;
/** What a spreadsheet would work out: a cell that begins so, unless it is a number. */
const FORMULA = /^(?:[=@＝＠\t\r\n]|[+\-＋－](?![\d.,\s]*$)).*$/s;

/**
 * @param {string[]} headings
 * @param {ArrayLike<number>} rows
 * @param {(row: number) => (string | number)[]} cellsOf
 * @param {string} delimiter
 */
export function saved(headings, rows, cellsOf, delimiter) {
  const write = (/** @type {unknown[][]} */ some) => `${Papa.unparse(some, { delimiter, escapeFormulae: FORMULA })}\r\n`;
  const parts = ['\ufeff', write([headings])]; // by its mark Excel knows that it is UTF-8
  for (let from = 0; from < rows.length; from += SOME)
    parts.push(write(Array.from({ length: Math.min(SOME, rows.length - from) }, (_, place) => cellsOf(rows[from + place]))));
  return new Blob(parts, { type: 'text/csv' });
}
