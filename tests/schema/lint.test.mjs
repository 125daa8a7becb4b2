/** Small changes that leave a model valid but doubtful, and the one thing that `check` must say of each. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check } from 'leadscore';
import { changed, gone } from './change.mjs';

const whole = JSON.parse(readFileSync(new URL('whole.json', import.meta.url), 'utf8'));

const size = 'dimensions[0].groups[0]';
const place = 'dimensions[0].groups[1]';
const country = `${place}.rules[0]`;
const visits = 'dimensions[1].groups[0]';

/** Said in words, the change, and what is found: `code path`. @type {[...import('./change.mjs').Change, found: string[]][]} */
const doubtful = [
  ['nothing is doubtful about the whole', 'version', '2', []],
  ['no event type is declared: nothing to compare with', 'events', gone, []],
  ['an attribute that is not declared', `${country}.when`, { 'company.contry': 'FR' }, [`undeclared-attribute ${country}.when`]],
  ['an attribute that nothing reads', 'attributes["company.city"]', { type: 'text' }, ['unused-attribute attributes["company.city"]']],
  ['an event type that is not declared', `${visits}.rules[2].on`, 'demoo', [`undeclared-event ${visits}.rules[2].on`]],
  ['a text that is not among the values', `${country}.when`, { 'company.country': { $in: ['FR', 'CH'] } }, [`never-matches ${country}.when`]],
  ['a number for a text', `${country}.when`, { $or: [{ 'company.country': 5 }, { 'company.country': 'FR' }] }, [`never-matches ${country}.when`]],
  ['a number above the most', `${country}.when`, { $or: [{ 'company.employees': { $gt: 1000000 } }, { 'company.country': 'FR' }] }, ['never-matches attributes["company.employees"]']],
  ['a number from the least', `${country}.when`, { 'company.employees': { $gte: 0 } }, ['always-matches attributes["company.employees"]']],
  ['a rule that cannot fire', `${country}.when`, { 'company.revenue': { $gt: 10, $lt: 5 } }, [`unreachable-rule ${country}`]],
  ['bands that overlap', `${size}.rules[0].bands[1]`, { from: 40, below: 200, points: 10 }, [`overlapping-bands ${size}.rules[0].bands[1]`]],
  ['a gap between bands', `${size}.rules[1].bands`, [{ below: '2010-01-01', points: 1 }, { from: '2020-01-01', points: 5 }], [`gap-between-bands ${size}.rules[1].bands[1]`]],
  ['no gap between 50 and 51 of an integer', `${size}.rules[0].bands`, [{ from: 10, to: 50, points: 20 }, { from: 51, to: 200, points: 10 }], []],
  ['a cap that leaves a rule without effect', `${visits}.rules[2].cap`, 0, [`dead-rule ${visits}.rules[2]`]],
  ['a threshold above the best', 'total.labels[0]', { id: 'hot', from: 90 }, ['unattainable-threshold total.labels[0].from']],
  ['a threshold of a dimension above its cap', 'dimensions[0].labels[0]', { id: 'A', from: 95 }, ['unattainable-threshold dimensions[0].labels[0].from']],
  ['a stage above the best', 'stages[1].when.total', { $gte: 90 }, ['unattainable-threshold stages[1].when']],
  ['a label for what is never reached', 'total.labels', [{ id: 'hot', from: 50 }, { id: 'warm', from: 0 }, { id: 'cold' }], ['unattainable-threshold total.labels[2]']],
  [
    'a cap that another rule fills: (3 x 20 - 4) / (3 x 20 + 30) is above 60 per cent, so nobody is a B', `${size}.rules[2]`, { id: 'always', points: 20 },
    [`dead-rule ${size}.rules[0]`, `dead-rule ${size}.rules[1]`, 'unattainable-threshold dimensions[0].labels[1]'],
  ],
  ['weights where only the highest counts', 'total.combine', 'max', ['no-effect total.combine']],
  ['two rules for one event', `${visits}.rules[3]`, { id: 'again', on: 'demo', points: 1 }, [`event-counted-twice ${visits}.rules[3]`]],
  ['a label that there is not', 'stages[1].when', { 'labels.total': 'Hot' }, ['never-matches stages[1]']],
  ['a label that there is', 'stages[1].when', { 'labels.total': 'hot' }, []],
  ['a grade that there is not', 'overrides[0].when', { grade: 'Z' }, ['never-matches overrides[0]']],
  ['a total that is a text', 'stages[1].when', { $or: [{ total: '70' }, { total: { $gte: 40 } }] }, ['never-matches stages[1]']],
  ['a frequency, whose points have no age', `${visits}.rules[0]`, { id: 'frequent', on: 'page_view', frequency: [{ atLeast: 3, points: 5 }], window: '1d' }, []],
  ['a window shorter than the grace of the decay', `${visits}.rules[0].decay`, { kind: 'exponential', halfLife: '10d', grace: '100d' }, [`window-against-decay ${visits}.rules[0].window`]],
];

test('what is doubtful is told, and nothing else', async (t) => {
  for (const [say, path, value, found] of doubtful) {
    await t.test(say, () => {
      const issues = check(changed(whole, [say, path, value]));
      assert.deepEqual(issues.map((issue) => `${issue.code} ${issue.path}`), found, JSON.stringify(issues, null, 2));
      for (const { severity, message } of issues) {
        assert.equal(severity, 'warning');
        assert.match(message, /^[a-z`].*[^.]$/s);
      }
    });
  }
});
