/** Understanding in the playground, beyond one lead: two side by side, a visit that is clicked through, the explanation on paper. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createScorer } from 'leadscore';
import { differences, factsApart } from '../../playground/understand/two/differences.js';
import { AS_OF, faults, openPage, press, sample, scoreOf, shows, start, stopped, story } from './page.mjs';

const STORIES = ['agency', 'saas', 'industry', 'training', 'wholesale', 'property'];

before(start);
after(stopped);

describe('two leads side by side', () => {
  test('what separates them adds up, comes in order, and nothing that both have alike is told as a difference', () => {
    for (const id of STORIES)
      for (const [one, other] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ]) {
        const model = story(id);
        const [a, b] = [one, other].map((place) => scoreOf(sample(id, place), model));
        const lines = differences(model, a, b);
        const sum = lines.reduce((total, { apart }) => total + apart, 0);
        if (a.raw !== null && b.raw !== null) assert(Math.abs(sum - (a.raw - b.raw)) < 1e-9, `${id} ${one} ${other}`);
        const sizes = lines.map(({ apart }) => Math.abs(apart));
        assert.deepEqual(
          sizes,
          [...sizes].sort((x, y) => y - x),
        );
        assert.equal(new Set(lines.map((line) => line.id)).size, lines.length, 'each line once');
        for (const line of differences(model, a, a)) assert.equal(line.apart, 0, line.id);
      }
  });

  test('a cap above the rules is a line of its own, and a rule names the facts that differ', () => {
    const model = {
      format: 1,
      id: 'm',
      attributes: { size: { type: 'integer' }, near: { type: 'boolean' } },
      dimensions: [
        {
          id: 'fit',
          groups: [
            {
              id: 'g',
              cap: 12,
              rules: [
                { id: 'large', when: { size: { $gte: 10 }, near: { $exists: true } }, points: 10 },
                { id: 'close', when: { near: true }, points: 5 },
              ],
            },
          ],
        },
      ],
    };
    const scorer = createScorer(model);
    const [one, other] = [{ size: 20, near: true }, { size: 20 }];
    const lines = differences(model, scorer.score(one), scorer.score(other));
    assert.deepEqual(
      lines.map(({ id, apart }) => [id, apart]),
      [
        ['rule:large', 10],
        ['rule:close', 5],
        ['cap:group:g', -3],
      ],
    );
    const [large] = model.dimensions[0].groups[0].rules;
    assert.deepEqual(factsApart(model, large, one, other), [{ path: 'near', a: true, b: undefined }]);
    assert.deepEqual(factsApart(model, large, one, one), []);
  });

  test('the page says who is above whom, by how much and why; A and B change places', async () => {
    const [a, b] = [0, 1].map((place) => scoreOf(sample('agency', place), story('agency')));
    const apart = Math.round(Math.abs((a.value ?? NaN) - (b.value ?? NaN)) * 100) / 100;
    assert(apart > 0);
    const { page, problems, leave } = await openPage(`?lang=en&view=two&as-of=${AS_OF}`);
    await shows(page, `B is ${apart} points above A.`);
    await shows(page, 'For B: Asked for a call (+25)');
    const first = await page.$eval('.butterfly tbody tr', (row) => /** @type {HTMLElement} */ (row).innerText);
    assert.match(first, /Asked for a call/);
    assert.match(first, /A 0 ×, B 1 ×/);
    await press(page, '⇄ Swap A and B');
    await shows(page, `A is ${apart} points above B.`);
    await page.select('#lead-B', 'same');
    await shows(page, 'A and B have the same score.');
    await shows(page, 'Nothing separates them');
    await page.focus('[aria-label="Undo"]');
    await page.keyboard.press('Enter');
    await shows(page, 'points above');
    assert.deepEqual(problems, []);
    await leave();
  });
});

describe('for everybody', () => {
  for (const view of ['two']) {
    test(`${view} is accessible on a phone and a desktop, in both themes and languages, and nothing runs over the edge`, async () => {
      await faults(`?model=wholesale&view=${view}`);
    });
  }
});
