// Writes results as a table for the eye. The widths are those of the first rows, so that any number of rows streams;
// what is wider later is cut.

import stringWidth from 'string-width';
import { OURS } from '../read/header.js';
import { shown } from '../words/index.js';

/** Rows looked at before the widths are settled. */
const MEASURED = 200;
const WIDEST = 32;
const HIDDEN = new Set([`${OURS}reasons`, `${OURS}coverage`]);

/**
 * @param {import('./columns.js').ResultColumn[]} columns
 */
export function tableWriter(columns) {
  const visible = columns.filter(({ header }) => !HIDDEN.has(header));
  const headers = ['id', ...visible.map(({ header }) => header.slice(OURS.length))];
  /** @type {string[][]} */
  let waiting = [];
  /** @type {number[] | null} */
  let widths = null;
  /** @type {boolean[]} */
  const numeric = headers.map(() => false);

  /** @param {string[]} row @param {number[]} to */
  const line = (row, to) => `${row.map((cell, index) => fitted(cell, to[index], numeric[index])).join('  ').trimEnd()}\n`;
  const release = () => {
    if (widths) return '';
    const all = [headers, ...waiting];
    const settled = headers.map((_, index) => Math.min(WIDEST, Math.max(...all.map((row) => stringWidth(row[index])))));
    widths = settled;
    const rule = settled.map((width) => '─'.repeat(width)).join('  ');
    const text = `${line(headers, settled)}${rule}\n${waiting.map((row) => line(row, settled)).join('')}`;
    waiting = [];
    return text;
  };

  return {
    /**
     * @param {import('../read/leads.js').Lead} lead
     * @param {import('leadscore').Score} score
     */
    row(lead, score) {
      const values = visible.map(({ of }) => of(score));
      values.forEach((value, index) => {
        if (typeof value === 'number') numeric[index + 1] = true;
      });
      const row = [lead.id ?? `#${lead.line}`, ...values.map((value) => String(value ?? ''))].map((cell) => shown(cell, WIDEST));
      if (widths) return line(row, widths);
      waiting.push(row);
      return waiting.length < MEASURED ? '' : release();
    },
    end: release,
  };
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} right
 */
function fitted(text, width, right) {
  let cut = text;
  while (stringWidth(cut) > width) cut = `${[...cut].slice(0, -2).join('')}…`;
  const space = ' '.repeat(width - stringWidth(cut));
  return right ? space + cut : cut + space;
}
