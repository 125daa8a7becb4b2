// `explain` word for word, in English and French, on a terminal of 80 columns, with the engine as it is shipped.
// The texts are golden: `UPDATE_GOLDEN=1 node --test tests/cli/explain.test.mjs` writes them anew, to be read again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { command } from './process.mjs';
import { files } from './world.mjs';

const at = (/** @type {string} */ name) => fileURLToPath(new URL(`golden/${name}`, import.meta.url));
const events = ['--events', at('events.csv'), '--as-of', '2026-11-22'];

/** @type {[golden: string, args: string[]][]} */
const table = [
  ['lead.en.txt', [at('lead.json'), ...events, '--lang', 'en']],
  ['lead.fr.txt', [at('lead.json'), ...events, '--lang', 'fr']],
  ['student.en.txt', [at('student.json'), '--lang', 'en']],
  ['student.fr.txt', [at('student.json'), '--lang', 'fr']],
];

for (const [golden, args] of table) {
  test(`explain: ${golden}`, async () => {
    const { code, stdout, stderr } = await command(['explain', at('model.json'), ...args]);
    assert.equal(code, 0, stderr);
    for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= 80, `wider than 80: ${line}`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(at(golden), stdout);
    assert.equal(stdout, readFileSync(at(golden), 'utf8'));
  });
}

test('explain: events of other leads are left out, and counted', async () => {
  const { stderr } = await command(['explain', at('model.json'), at('lead.json'), ...events]);
  assert.equal(stderr, 'events: read 8 · joined 7 · 1 of no lead in the input · rejected 0\n');
});

test('explain: what is shown adds up to the total', async () => {
  const { stdout } = await command(['explain', at('model.json'), at('lead.json'), ...events, '--lang', 'en']);
  const amounts = [...stdout.matchAll(/[█░│] *([+−]?[\d.]+)$/gmu)].map(([, amount]) => Number(amount.replace('−', '-')));
  const total = amounts.pop() ?? NaN;
  assert.ok(amounts.length >= 5, stdout);
  assert.ok(Math.abs(amounts.reduce((sum, amount) => sum + amount, 0) - total) < 0.05, stdout);
});

test('explain: a change in the same minute is told to the millisecond, and every minus is one', async () => {
  const world = files({
    'model.json': { format: 1, id: 'm', dimensions: [{ id: 'd', groups: [{ id: 'g', rules: [{ id: 'bounce', on: 'bounce', points: -20, limit: { n: 1, per: 'ever' }, decay: { kind: 'expire', after: '1d' } }] }] }] },
    'events.jsonl': '{"lead":"a","type":"bounce","at":"2026-11-21"}\n{"lead":"a","type":"bounce","at":"2026-11-21"}\n',
  });
  const { stdout } = await command(['explain', world('model.json'), '-', '--events', world('events.jsonl'), '--as-of', '2026-11-22'], { stdin: '{"id":"a"}' });
  assert.match(stdout, /until 22 Nov 2026, 00:00:00\.001 UTC\./);
  assert.match(stdout, /score −20[^]* of −40 points: \+20 to the limit/);
  assert.doesNotMatch(stdout, /-\d/);
});

/** @type {[name: string, lead: string, code: number, told: RegExp][]} */
const refused = [
  ['a list', '[{}]', 1, /not-an-object: expected one lead/],
  ['no JSON', '{', 1, /not-json: expected JSON/],
  ['a text too long for the engine', JSON.stringify({ role: 'x'.repeat(70_000) }), 1, /^error: `-`: [a-z-]+: .*`facts.role`\n$/],
];

for (const [name, lead, code, told] of refused) {
  test(`explain: refuses ${name}`, async () => {
    const result = await command(['explain', at('model.json'), '-'], { stdin: lead });
    assert.match(result.stderr, told);
    assert.equal(result.stdout, '');
    assert.equal(result.code, code);
  });
}

