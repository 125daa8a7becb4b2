// Every code that the command line can tell is in its documentation, and the documentation names no other.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const here = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);

test('codes of the command line and of its documentation are the same', () => {
  const files = readdirSync(here('pkg/cli'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const code = /'((?:row|empty|quote|record|line|not|event|cell|lead|header|columns|attributes?|nothing)-[a-z0-9]+(?:-[a-z0-9]+)*)'/g;
  const told = new Set(files.flatMap((file) => [...readFileSync(here(`pkg/cli/${file}`), 'utf8').matchAll(code)].map((match) => match[1])));
  const [, section] = readFileSync(here('docs/command-line.md'), 'utf8').split('## Codes');
  const documented = new Set([...section.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((match) => match[1]));
  assert.ok(told.size > 15);
  assert.deepEqual([...told].sort(), [...documented].sort());
});
