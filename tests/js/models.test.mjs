/** The models that the page ships: sound, beyond doubt for the linter, and as their own tests say. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { check } from 'leadscore';

const folder = new URL('../../www/models/', import.meta.url);

for (const file of readdirSync(folder)) {
  test(`${file} has no issue`, () => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    assert.deepEqual(check(text), []);
    assert(JSON.parse(text).tests.length > 0, 'a model shows what it gives');
  });
}
