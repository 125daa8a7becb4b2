// The columns that `score` adds: which ones a model has, and what each holds of a result.
// One list serves CSV and tables, so that they never disagree.

import { OURS } from '../read/header.js';

/**
 * @typedef {object} ResultColumn
 * @property {string} header
 * @property {(score: import('leadscore').Score) => string | number | null} of
 */

/**
 * @param {any} document the model
 * @param {boolean} withReasons
 * @returns {ResultColumn[]}
 */
export function resultColumns(document, withReasons) {
  const dimensions = document.dimensions.map((/** @type {any} */ dimension) => dimension.id);
  const labelled = document.dimensions.filter((/** @type {any} */ one) => one.labels).map((/** @type {any} */ one) => one.id);
  if (document.total?.labels) labelled.unshift('total');
  /** @type {ResultColumn[]} */
  const columns = [
    { header: 'value', of: (score) => score.value },
    { header: 'status', of: (score) => score.status },
    { header: 'grade', of: (score) => score.grade },
    { header: 'stage', of: (score) => score.stage },
    ...labelled.map((/** @type {string} */ id) => ({
      header: `labels.${id}`,
      of: (/** @type {import('leadscore').Score} */ score) => score.labels[id] ?? null,
    })),
    { header: 'route', of: (score) => score.route?.id ?? null },
    ...dimensions.map((/** @type {string} */ id) => ({
      header: `dimensions.${id}`,
      of: (/** @type {import('leadscore').Score} */ score) => score.dimensions[id]?.value ?? null,
    })),
    { header: 'coverage', of: (score) => score.coverage },
  ];
  if (withReasons) {
    columns.push({ header: 'reasons', of: (score) => (score.reasons ?? []).map(({ text }) => text).join(' | ') });
  }
  return columns.map(({ header, of }) => ({ header: `${OURS}${header}`, of }));
}
