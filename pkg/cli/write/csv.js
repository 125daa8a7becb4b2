// Writes results as CSV: the user's columns as they were, then ours.
// The user's cells are theirs and stay as they are; ours never begin like a formula, unless they are numbers.

import { stringify } from 'csv-stringify';

const FORMULA = /^[=+\-@\t\r]/;

/**
 * A text of ours that no spreadsheet takes for a formula.
 * @param {string | number | null} value
 */
export function harmless(value) {
  if (value === null) return '';
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
}

/**
 * @param {import('./columns.js').ResultColumn[]} columns
 * @param {() => import('../read/leads.js').Shape | null} shapeOf asked once the header was read; `null` for JSON
 */
export function csvWriter(columns, shapeOf) {
  /** @type {import('csv-stringify').Stringifier | null} */
  let stringifier = null;
  /** @type {import('../read/leads.js').Shape | null} */
  let shape = null;

  /** @param {string[]} row */
  const line = (row) => {
    stringifier?.write(row);
    return String(stringifier?.read() ?? '');
  };
  const head = () => {
    if (stringifier) return '';
    shape = shapeOf();
    stringifier = stringify({
      delimiter: shape?.delimiter ?? ',',
      record_delimiter: shape?.newline ?? '\n',
      bom: shape?.marked ?? false,
      // Line ends of either kind, also the one that does not end records here.
      quoted_match: /[\r\n]/,
    });
    return line([...(shape?.headers ?? ['id', 'line']), ...columns.map(({ header }) => header)]);
  };

  return {
    /**
     * @param {import('../read/leads.js').Lead} lead
     * @param {import('leadscore').Score} score
     */
    row(lead, score) {
      const begun = head();
      const theirs = lead.cells ?? [harmless(lead.id), String(lead.line)];
      return begun + line([...theirs, ...columns.map(({ of }) => harmless(of(score)))]);
    },
    end: head,
  };
}
