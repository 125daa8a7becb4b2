/** The rules of docs/tracker.md against the cases that hold them: none is without the other. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/shell.mjs';

const folder = join(root, 'tests', 'tracker');

test('every rule has a case, and every case a rule', () => {
  const documented = [...readFileSync(join(root, 'docs', 'tracker.md'), 'utf8').matchAll(/^\| \*\*(T\d+)\*\* \|/gm)].map(([, rule]) => rule);
  const sources = readdirSync(folder).filter((file) => file.endsWith('.test.mjs')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const cases = sources.flatMap((source) => [...source.matchAll(/^ +'((?:T\d+ )+)/gm)].flatMap(([, rules]) => rules.trim().split(' ')));
  assert.deepEqual(documented, documented.map((_, place) => `T${place + 1}`), 'numbered without a gap');
  assert.deepEqual([...new Set(cases)].sort(), [...documented].sort());
});
