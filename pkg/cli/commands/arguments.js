// Reads the arguments that more than one command takes, and refuses what makes no sense together.

import { stat } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../host.js';
import { UNREADABLE, readDate } from '../read/cell.js';

/**
 * Standard input can be read once.
 * @param {(string | undefined)[]} names
 */
export function assertOnce(names) {
  if (names.filter((name) => name === '-').length > 1) {
    throw new UsageError('expected `-` (standard input) once, found it more than once');
  }
}

/**
 * Events come from a file, and always with the instant that they are looked at from.
 * @param {{events?: string, asOf?: string}} flags
 */
export function assertEvents({ events, asOf }) {
  if (events === '-') throw new UsageError('`--events -`: expected a file, found standard input');
  if (events !== undefined && asOf === undefined) {
    throw new UsageError('`--events` needs `--as-of`: the instant that a score is for, such as `--as-of 2026-11-22`');
  }
}

/**
 * Writing onto an input would destroy it before it is read.
 * @param {string | undefined} output
 * @param {(string | undefined)[]} inputs
 */
export async function assertOutputApart(output, inputs) {
  if (output === undefined) return;
  const identity = async (/** @type {string} */ name) => {
    const stats = await stat(name).catch(() => null);
    return stats && stats.isFile() ? `${stats.dev}:${stats.ino}` : null;
  };
  const target = await identity(output);
  for (const input of inputs) {
    if (input && input !== '-' && target !== null && (await identity(input)) === target) {
      throw new UsageError(`\`--output ${output}\`: expected another file than the input`);
    }
  }
}

/**
 * @param {string} option
 * @param {string | undefined} text
 * @returns {string | number | null}
 */
export function instant(option, text) {
  if (text === undefined) return null;
  const at = readDate(text.trim());
  if (at === UNREADABLE) {
    throw new UsageError(`\`${option} ${text}\`: expected an instant such as 2026-11-22 or 2026-11-22T09:30:00Z`);
  }
  return /** @type {string | number} */ (at);
}

/**
 * @param {string} text
 */
export function delimiter(text) {
  const found = /^(\\t|tab)$/i.test(text) ? '\t' : text;
  if (found.length !== 1 || /["\r\n]/.test(found)) {
    throw new InvalidArgumentError('expected one character, or `tab`');
  }
  return found;
}

/** @param {string} text */
export function wholeNumber(text) {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

/** @param {string} text */
export function names(text) {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * @param {string} text
 * @param {string[]} before
 */
export function several(text, before) {
  return [...before, text];
}
