// A cell becomes a value of the declared type, or is unknown, or cannot be read: never a guess.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNREADABLE, readCell } from '../../pkg/cli/read/cell.js';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const THIN = '\u2009';

/** @type {[cell: string, type: import('../../pkg/cli/read/cell.js').CellType, numbers: 'plain' | 'fr', value: unknown][]} */
const table = [
  // empty is unknown, whatever the type
  ['', 'text', 'plain', null],
  ['   ', 'number', 'plain', null],
  [NBSP, 'boolean', 'fr', null],

  ['  Paris ', 'text', 'plain', 'Paris'],
  ['=1+1', 'text', 'plain', '=1+1'],

  ['12', 'number', 'plain', 12],
  ['-12.5', 'number', 'plain', -12.5],
  ['+3', 'number', 'plain', 3],
  ['.5', 'number', 'plain', 0.5],
  ['1e3', 'number', 'plain', 1000],
  ['007', 'number', 'plain', 7],
  ['12,5', 'number', 'plain', UNREADABLE],
  ['1 000', 'number', 'plain', UNREADABLE],
  ['15 000 €', 'number', 'plain', UNREADABLE],
  ['1e400', 'number', 'plain', UNREADABLE],
  ['Infinity', 'number', 'plain', UNREADABLE],
  ['NaN', 'number', 'plain', UNREADABLE],
  ['0x10', 'number', 'plain', UNREADABLE],
  ['1_000', 'number', 'plain', UNREADABLE],
  ['n/a', 'number', 'plain', UNREADABLE],

  ['12,5', 'number', 'fr', 12.5],
  ['-0,5', 'number', 'fr', -0.5],
  ['−4,25', 'number', 'fr', -4.25],
  ['12.5', 'number', 'fr', 12.5],
  ['15 000', 'number', 'fr', 15000],
  ['15 000 €', 'number', 'fr', 15000],
  [`15${NBSP}000${NBSP}€`, 'number', 'fr', 15000],
  [`1${NARROW}234${NARROW}567,89`, 'number', 'fr', 1234567.89],
  [`1${THIN}234,5 EUR`, 'number', 'fr', 1234.5],
  ['€ 12,50', 'number', 'fr', 12.5],
  ['12,5 %', 'number', 'fr', 12.5],
  [`12${NARROW}%`, 'number', 'fr', 12],
  ['1 00', 'number', 'fr', UNREADABLE],
  ['1 2345', 'number', 'fr', UNREADABLE],
  ['1.234,56', 'number', 'fr', UNREADABLE],
  ['1,234,567', 'number', 'fr', UNREADABLE],
  ['12,', 'number', 'fr', UNREADABLE],
  ['€', 'number', 'fr', UNREADABLE],
  ['15 k€', 'number', 'fr', UNREADABLE],
  ['12 $', 'number', 'fr', UNREADABLE],

  ['45', 'integer', 'plain', 45],
  ['45.0', 'integer', 'plain', 45],
  ['45.5', 'integer', 'plain', UNREADABLE],
  ['1 500', 'integer', 'fr', 1500],
  ['1,5', 'integer', 'fr', UNREADABLE],

  ...['true', 'TRUE', 'yes', 'Oui', 'VRAI', '1'].map((cell) => /** @type {any} */ ([cell, 'boolean', 'plain', true])),
  ...['false', 'No', 'non', 'FAUX', '0'].map((cell) => /** @type {any} */ ([cell, 'boolean', 'plain', false])),
  ['2', 'boolean', 'plain', UNREADABLE],
  ['maybe', 'boolean', 'plain', UNREADABLE],

  ['2026-11-22', 'date', 'plain', '2026-11-22'],
  ['2026-11-22T09:30:00Z', 'date', 'plain', '2026-11-22T09:30:00Z'],
  ['2026-11-22T09:30:00.250+01:00', 'date', 'plain', '2026-11-22T09:30:00.250+01:00'],
  ['2026-11-22 09:30:00', 'date', 'plain', '2026-11-22T09:30:00'],
  ['2024-02-29', 'date', 'plain', '2024-02-29'],
  ['2000-02-29T24:00', 'date', 'plain', '2000-02-29T24:00'],
  ['+012026-11-22', 'date', 'plain', '+012026-11-22'],
  ['1900-02-29', 'date', 'plain', UNREADABLE],
  ['2026-11-31', 'date', 'plain', UNREADABLE],
  ['2026-11-00', 'date', 'plain', UNREADABLE],
  ['2026-02-29', 'date', 'plain', UNREADABLE],
  ['2026-13-01', 'date', 'plain', UNREADABLE],
  ['2026-11-22T25:00:00Z', 'date', 'plain', UNREADABLE],
  ['22/11/2026', 'date', 'plain', UNREADABLE],
  ['1795339800000', 'date', 'plain', 1795339800000],

  ['a|b', 'list', 'plain', ['a', 'b']],
  [' a ; b;; c', 'list', 'plain', ['a', 'b', 'c']],
  ['a', 'list', 'plain', ['a']],
  ['|', 'list', 'plain', []],
  ['1|2,5', 'list-of-numbers', 'fr', [1, 2.5]],
  ['1|x', 'list-of-numbers', 'plain', UNREADABLE],
];

for (const [cell, type, numbers, value] of table) {
  const told = value === UNREADABLE ? 'cannot be read' : `is ${JSON.stringify(value)}`;
  test(`${JSON.stringify(cell)} as ${type}, ${numbers}: ${told}`, () => {
    assert.deepEqual(readCell(cell, type, numbers), value);
  });
}

test('zero is never negative', () => {
  assert.ok(Object.is(readCell('-0', 'number'), 0));
  assert.ok(Object.is(readCell('-0,0', 'number', 'fr'), 0));
});
