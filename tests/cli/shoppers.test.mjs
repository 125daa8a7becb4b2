// A real file through a model written by hand: 12,330 visits to a shop, of which 15 in 100 ended in a purchase.
// The books must close on every one of them, and what is called hot must buy more often than what is called cold.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { command } from './process.mjs';

const DATA = fileURLToPath(new URL('../../../shared/data/online-shoppers.csv', import.meta.url));
const MODEL = fileURLToPath(new URL('../models/online-shoppers.json', import.meta.url));
const absent = existsSync(DATA) ? false : 'the data set online-shoppers.csv is not beside the project';

test('every visit is accounted for, and hot visits buy more often than cold ones', { skip: absent }, async (t) => {
  const { code, stdout, stderr } = await command(['score', MODEL, DATA]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\nread 12,330 · scored 12,330 · rejected 0\n$/);
  assert.match(stderr, /columns-unmatched: .*`PageValues`/, 'the column that gives the answer away feeds nothing');
  assert.doesNotMatch(stderr, /attributes-unfed/);

  const before = /** @type {Record<string, string>[]} */ (parse(readFileSync(DATA), { columns: true }));
  const after = /** @type {Record<string, string>[]} */ (parse(stdout, { columns: true }));
  assert.equal(after.length, before.length);
  before.forEach((visit, index) => {
    for (const [header, cell] of Object.entries(visit)) assert.equal(after[index][header], cell);
  });

  const rate = (/** @type {Record<string, string>[]} */ visits) => visits.filter(({ Revenue }) => Revenue === 'TRUE').length / visits.length;
  const labelled = (/** @type {string} */ label) => after.filter((visit) => visit['leadscore.labels.total'] === label);
  const rates = { hot: rate(labelled('hot')), warm: rate(labelled('warm')), cold: rate(labelled('cold')), all: rate(after) };
  const told = Object.entries(rates).map(([label, share]) => {
    const visits = label === 'all' ? after : labelled(label);
    return `${label}: ${visits.length} visits, ${(share * 100).toFixed(1)} % bought, lift ${(share / rates.all).toFixed(2)}`;
  });
  t.diagnostic(told.join(' · '));
  assert.equal(labelled('hot').length + labelled('warm').length + labelled('cold').length, 12_330);
  assert.ok(rates.hot > rates.all && rates.all > rates.cold, told.join(' · '));
  assert.ok(rates.hot > rates.warm && rates.warm > rates.cold, told.join(' · '));
});
