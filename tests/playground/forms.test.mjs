/** The forms of the playground's model: whatever a model can say they can show, and what they change is a model. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { check } from 'leadscore';
import { conditionOf, treeOf } from '../../playground/build/tree.js';
import { AS_OF, faults, openPage, shows, start, stopped } from './page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

before(start);
after(stopped);

const MODEL = {
  format: 1,
  id: 'all',
  name: { en: 'Everything', fr: 'Tout' },
  attributes: {
    points: { type: 'integer', label: 'Size' },
    kind: { type: 'text', values: ['shop', 'office'], label: 'Kind' },
    city: { type: 'text', label: 'City' },
    since: { type: 'date', label: 'Since' },
  },
  events: { visit: { label: 'Visit', properties: { minutes: { type: 'number', label: 'Minutes' } } } },
  dimensions: [
    {
      id: 'fit',
      label: 'Fit',
      labels: [{ id: 'A', from: 10 }, { id: 'B' }],
      groups: [
        {
          id: 'g1',
          label: 'Who',
          rules: [
            { id: 'one', label: 'One', when: { points: { $gte: 10 }, $or: [{ kind: 'shop' }, { city: 'Lyon' }] }, points: 10 },
            { id: 'two', label: 'Two', when: { city: { $contains: 'ly' } }, points: 5 },
            { id: 'three', label: 'Three', attribute: 'points', bands: [{ from: 1, to: 5, points: 1 }, { points: 2 }] },
          ],
        },
      ],
    },
    {
      id: 'engagement',
      label: 'Interest',
      labels: [{ id: '1', from: 10 }, { id: '2' }],
      groups: [
        {
          id: 'g2',
          label: 'What',
          decay: { kind: 'exponential', halfLife: '30d' },
          rules: [
            { id: 'four', label: 'Four', on: 'visit', when: { minutes: { $gt: 3 } }, points: 2, limit: { n: 3, per: '1d' } },
            { id: 'five', label: 'Five', on: 'visit', frequency: [{ atLeast: 2, points: 3 }] },
          ],
        },
      ],
    },
  ],
  grade: { matrix: { rows: 'fit', columns: 'engagement' } },
  stages: [{ id: 'lead' }, { id: 'mql', when: { 'facts.points': { $gte: 5 } } }],
  tests: [{ facts: { points: 3 }, expect: { dimensions: { fit: { value: 1 } } } }],
};
const LOOK = `?lang=en&view=build&as-of=${AS_OF}#m=${deflateRawSync(JSON.stringify({ model: MODEL })).toString('base64url')}`;

/** The model on the page, as its address has it once `ready` holds. @param {Page} page @param {(model: any) => boolean} ready */
async function modelOf(page, ready) {
  const limit = Date.now() + 30_000;
  for (;;) {
    const hash = await page.evaluate(() => location.hash.slice(3)); // empty until something was changed
    const { model } = hash ? JSON.parse(inflateRawSync(Buffer.from(hash, 'base64url')).toString()) : { model: null };
    if (model && ready(model)) return model;
    if (Date.now() > limit) assert.fail(`the model did not come to this: ${JSON.stringify(model)}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** @param {Page} page */
async function openForms(page) {
  await page.waitForSelector('.quick');
  await page.$$eval('.items details, .more', (all) => all.forEach((one) => (/** @type {HTMLDetailsElement} */ (one).open = true)));
}

/** @param {Page} page @param {string} selector @param {string} value */
const fill = (page, selector, value) =>
  page.$eval(
    selector,
    (node, next) => {
      const input = /** @type {HTMLInputElement} */ (node);
      input.value = next;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    value,
  );

/** Presses the button that says so inside a part of the page. @param {Page} page @param {string} inside @param {string} says */
const press = (page, inside, says) =>
  page.evaluate(
    (selector, wanted) => {
      const found = [...(document.querySelector(selector)?.querySelectorAll('button') ?? [])].find(
        (button) => button.textContent?.trim() === wanted,
      );
      if (!found) throw new Error(`no button says ${wanted}`);
      found.click();
    },
    inside,
    says,
  );

const RULES = 'at-dimensions.0.groups.0.rules';

describe('conditions', () => {
  test('go from JSON to a form and back unchanged, whatever they say', () => {
    const same = [
      { a: 'x' },
      { a: { $gte: 10, $lte: 100 }, b: { $in: ['FR', 'BE'] } },
      { $or: [{ a: 1 }, { b: { $gt: 5 } }] },
      { $nor: [{ a: 1 }, { b: 2 }] },
      { $not: { a: 1, b: 2 } },
      { a: 1, $or: [{ b: 2, c: 3 }, { d: { $exists: false } }] },
      { $and: [{ $or: [{ a: 1 }, { b: 1 }] }, { $or: [{ c: 1 }, { d: 1 }] }] },
      { $or: [{ $not: { a: 1 } }, { b: 1, $nor: [{ c: 1 }, { d: 1 }] }] },
      { a: { $contains: 'é', $fold: 'all' } },
      { a: { $size: 2 } },
      { a: { $not: { $gt: 1 } } },
      { a: { $elemMatch: { b: 1 } } },
      { a: [1, 2] },
      { a: { $startsWith: ['x', 'y'] }, b: 1 },
      { a: { $gt: 'a', $lt: 'b', $fold: 'case' } },
    ];
    for (const condition of same) assert.deepEqual(conditionOf(treeOf(condition)), condition, JSON.stringify(condition));
    assert.equal(conditionOf(treeOf(undefined)), undefined);
    assert.equal(conditionOf(treeOf({})), undefined);
  });

  test('rows that one object cannot hold become a list of conditions', () => {
    const row = (/** @type {string} */ op, /** @type {any} */ value) => ({ path: 'a', op, value });
    const table = /** @type {[import('../../playground/build/tree.js').Group, any][]} */ ([
      [{ join: 'all', parts: [row('$gte', 1), row('$lt', 5)] }, { a: { $gte: 1, $lt: 5 } }],
      [{ join: 'all', parts: [row('$ne', 1), row('$ne', 5)] }, { $and: [{ a: { $ne: 1 } }, { a: { $ne: 5 } }] }],
      [{ join: 'all', parts: [row('$eq', 1), row('$gt', 0)] }, { $and: [{ a: 1 }, { a: { $gt: 0 } }] }],
      [{ join: 'any', parts: [row('$eq', 1)] }, { a: 1 }],
      [{ join: 'none', parts: [row('known', undefined)] }, { $not: { a: { $exists: true } } }],
    ]);
    for (const [group, condition] of table) assert.deepEqual(conditionOf(group), condition);
  });
});

describe('what the forms can say', () => {
  test('groups of conditions, and texts whatever their accents', async () => {
    const { page, problems, leave } = await openPage(LOOK);
    await openForms(page);
    await shows(page, 'Size is at least 10 and (Kind is shop or City is Lyon)');
    await page.select(`[id="${RULES}.0.when"] .group select.join`, 'none');
    await shows(page, 'Size is at least 10 and not (Kind is shop or City is Lyon)');
    await page.$eval(`[id="${RULES}.1.when"] .fold input`, (node) => /** @type {HTMLInputElement} */ (node).click());
    await press(page, `[id="${RULES}.1.when"]`, 'New group of conditions');
    const model = await modelOf(page, ({ dimensions }) => dimensions[0].groups[0].rules[1].when.$or);
    const [one, two] = model.dimensions[0].groups[0].rules;
    assert.deepEqual(one.when, { points: { $gte: 10 }, $nor: [{ kind: 'shop' }, { city: 'Lyon' }] });
    assert.deepEqual(two.when.city, { $contains: 'ly', $fold: 'all' });
    assert.equal(two.when.$or.length, 2);
    assert.deepEqual(check(model).filter(({ severity }) => severity === 'error'), []);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('several limits, a time for a frequency, no decay for one rule, a number to multiply by', async () => {
    const { page, problems, leave } = await openPage(LOOK);
    await openForms(page);
    const four = 'at-dimensions.1.groups.0.rules.0';
    await press(page, `[id="${four}.limit"]`, 'New limit');
    await page.waitForSelector(`[id="${four}.limit.1.n"]`);
    await fill(page, `[id="${four}.limit.1.n"]`, '10');
    await page.select(`[id="${four}.limit"] .row:nth-of-type(2) label:nth-of-type(2) select`, 'ever');
    await page.select(`[id="${four}.multiplier.property"]`, '#');
    await page.select(`[id="${four}.decay.kind"]`, 'none');
    await fill(page, '[id="at-dimensions.1.groups.0.rules.1.frequency.0.within"]', '7');
    const model = await modelOf(page, ({ dimensions }) => dimensions[1].groups[0].rules[1].frequency[0].within);
    const [rule, frequent] = model.dimensions[1].groups[0].rules;
    assert.deepEqual(rule.limit, [
      { n: 3, per: '1d' },
      { n: 10, per: 'ever' },
    ]);
    assert.deepEqual([rule.multiplier, rule.decay], [2, { kind: 'none' }]);
    assert.equal(frequent.frequency[0].within, '7d');
    assert.deepEqual(check(model).filter(({ severity }) => severity === 'error'), []);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('cells of the matrix, properties of events, lines of every shape', async () => {
    const { page, problems, leave } = await openPage(LOOK);
    await openForms(page);
    await page.$eval('[id="at-grade.matrix.cells"]', (node) => /** @type {HTMLInputElement} */ (node).click());
    await page.waitForSelector('[id="at-grade.matrix.cells.A.1"]');
    await fill(page, '[id="at-grade.matrix.cells.A.1"]', 'call');
    await press(page, '[id="at-events.visit"]', 'New property');
    await page.select(`[id="${RULES}.2.bands"] .row:nth-of-type(2) select`, 'range');
    const model = await modelOf(page, ({ dimensions }) => dimensions[0].groups[0].rules[2].bands[1].from === 0);
    assert.deepEqual(model.grade.matrix.cells, { A: { 1: 'call', 2: 'A2' }, B: { 1: 'B1', 2: 'B2' } });
    assert.deepEqual(Object.keys(model.events.visit.properties), ['minutes', 'property1']);
    assert.deepEqual(check(model).filter(({ severity }) => severity === 'error'), []);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('an attribute is renamed wherever it is asked about, and nothing else is', async () => {
    const { page, problems, leave } = await openPage(LOOK);
    await openForms(page);
    await fill(page, '[id="at-attributes.points.path"]', 'company.size');
    const model = await modelOf(page, ({ attributes }) => attributes['company.size']);
    const [one, two, three] = model.dimensions[0].groups[0].rules;
    assert.deepEqual(Object.keys(model.attributes), ['company.size', 'kind', 'city', 'since']);
    assert.deepEqual([one.when['company.size'], one.points, two.points, three.attribute], [{ $gte: 10 }, 10, 5, 'company.size']);
    assert.deepEqual([three.bands[0].points, model.stages[1].when], [1, { 'facts.company.size': { $gte: 5 } }]);
    assert.deepEqual(model.tests[0].facts, { company: { size: 3 } });
    assert.deepEqual(problems, []);
    await leave();
  });

  test('rules are put in another order by keyboard and by dragging', async () => {
    const { page, problems, leave } = await openPage(LOOK);
    await page.waitForSelector('.quick');
    const order = (/** @type {any} */ { dimensions }) =>
      dimensions[0].groups[0].rules.map((/** @type {any} */ { id }) => id).join();
    const summary = (/** @type {number} */ place) => `[id="${RULES}.${place}"] > summary`;
    await page.focus(summary(0));
    await page.keyboard.down('Alt');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown'); // it is the last already
    await page.keyboard.up('Alt');
    await modelOf(page, (model) => order(model) === 'two,three,one');
    await page.waitForFunction(
      (selector) => document.activeElement === document.querySelector(selector),
      {},
      summary(2),
    );
    assert.match(await page.$$eval('.items > [role="status"]', (all) => all.map((one) => one.textContent).join('')), /One: now 3 of 3/);
    await page.evaluate(
      (from, to) => {
        const dataTransfer = new DataTransfer();
        const grip = document.querySelector(from)?.querySelector('.grip');
        const target = document.querySelector(to)?.closest('li');
        grip?.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer }));
        target?.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
        target?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      },
      summary(2),
      summary(0),
    );
    await modelOf(page, (model) => order(model) === 'one,two,three');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('are for everybody, in every look', () =>
    faults('?view=build&model=quadrants', async (page) => {
      await openForms(page);
      await page.$eval('[id="at-grade.matrix.cells"]', (node) => /** @type {HTMLInputElement} */ (node).click());
      await page.waitForSelector('.cells table');
    }));
});

describe('tests of the model', () => {
  const verdicts = (/** @type {Page} */ page) =>
    page.$$eval('.verdict-of', (all) => all.map((one) => one.textContent?.trim()).join());
  /** @param {Page} page @param {string} wanted */
  const come = (page, wanted) =>
    page.waitForFunction(
      (all) => [...document.querySelectorAll('.verdict-of')].map((one) => one.textContent?.trim()).join() === all,
      {},
      wanted,
    );

  test('the lead on the page becomes one, it fails when a rule changes, and what is found can be agreed on', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=build&as-of=${AS_OF}`);
    await page.waitForSelector('#add-test');
    await come(page, 'passes');
    await page.click('#add-test');
    await come(page, 'passes,passes');
    await shows(page, 'All of them pass: 2.');
    const model = await modelOf(page, ({ tests }) => tests?.length === 2);
    const [, added] = model.tests;
    assert.equal(added.asOf, new Date(AS_OF).toISOString());
    assert.deepEqual([added.expect.labels, added.expect.stage, added.expect.status], [{ total: 'warm' }, 'mql', 'scored']);
    assert.deepEqual(check(model), []);
    const { value } = added.expect;

    const decides = '[aria-label^="Can decide: Points"]';
    await fill(page, decides, '4');
    await come(page, 'passes,fails');
    await shows(page, `Score: expected ${value}, found ${Math.round((value - 6) * 100) / 100}`);
    await page.$eval('[id="at-tests.1"]', (node) => ((/** @type {HTMLDetailsElement} */ (node)).open = true));
    await press(page, '[id="at-tests.1"]', 'Expect what is found');
    await come(page, 'passes,passes');
    assert.match(await verdicts(page), /^passes,passes$/);

    await page.select('[id="at-tests.0.expect.stage"]', 'sql');
    await come(page, 'fails,passes');
    await shows(page, 'Stage: expected Sales qualified, found Marketing qualified');
    await page.click('[aria-label="Undo"]');
    await come(page, 'passes,passes');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('facts and events are edited, and a test is shown on the page', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=build&model=interest&as-of=${AS_OF}`);
    await page.waitForSelector('[id="at-tests.0"]');
    await come(page, 'passes,passes,passes');
    await page.$eval('[id="at-tests.0"]', (node) => ((/** @type {HTMLDetailsElement} */ (node)).open = true));
    await fill(page, '[id="at-tests.0.facts.company.employees"]', '500');
    await come(page, 'fails,passes,passes');
    await page.click('[aria-label="Undo"]');
    await come(page, 'passes,passes,passes');
    await press(page, '[id="at-tests.0.events"]', 'Something else they did');
    await come(page, 'fails,passes,passes');
    const model = await modelOf(page, ({ tests }) => tests[0].events.length === 4);
    assert.equal(model.tests[0].events[3].at, '2026-11-03T00:00:00.000Z');
    await press(page, '[id="at-tests.0.events"] .row:last-of-type', '');
    await come(page, 'passes,passes,passes');
    await press(page, '[id="at-tests.0"]', 'Show this lead on the page');
    await page.waitForFunction(() => document.querySelector('.gauge-value')?.textContent === '65');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('are for everybody, in every look', () =>
    faults('?view=build&model=interest', async (page) => {
      await page.waitForSelector('#add-test');
      await page.click('#add-test');
      await page.waitForSelector('[id="at-tests.3"]');
      await page.$$eval('#at-tests details', (all) => all.forEach((one) => (/** @type {HTMLDetailsElement} */ (one).open = true)));
      await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' })); // nothing half under what stays in place
    }));
});
