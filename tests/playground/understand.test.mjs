/** Understanding in the playground, beyond one lead: two side by side, a visit that is clicked through, the explanation on paper. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { createScorer } from 'leadscore';
import { differences, factsApart } from '../../playground/understand/two/differences.js';
import { actsOf, propertiesFor, usual } from '../../playground/understand/visit/acts.js';
import { replay } from '../../playground/understand/visit/replay.js';
import { rulesOf } from '../../playground/understand/names.js';
import { AS_OF, faults, openPage, press, sample, scoreOf, shows, start, stopped, story } from './page.mjs';

const STORIES = readdirSync(new URL('../../playground/leads/', import.meta.url)).map((file) => file.replace('.json', ''));

/** What is looked at, brought to where there is something to see. @type {[view: string, ready: (page: import('puppeteer-core').Page) => Promise<unknown>][]} */
const VIEWS = [
  ['two', (page) => page.waitForSelector('.butterfly')],
  [
    'visit',
    async (page) => {
      await page.waitForSelector('[data-act]');
      for (let click = 0; click < 3; click++) await page.$eval('[data-act]', (node) => /** @type {HTMLElement} */ (node).click());
      await page.$eval('.jumps button:last-child', (node) => node.click());
      await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 4);
    },
  ],
  ['paper', (page) => page.waitForSelector('.paper .waterfall')],
];

/** @param {any} model @param {string} id */
const ruleOf = (model, id) => rulesOf(model).find((rule) => rule.id === id);

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

describe('a simulated visit', () => {
  test('every event of a model can be done, and one that rules ask something of is done so that they count it', () => {
    for (const id of STORIES) {
      const model = story(id);
      const acts = actsOf(model);
      assert.deepEqual([...new Set(acts.map(({ type }) => type))], Object.keys(model.events ?? {}));
      const scorer = createScorer(model);
      for (const { type, given, asked, label } of acts) {
        const filled = Object.fromEntries(asked.map(([path, attribute]) => [path, usual(model, type, path, attribute)]));
        const events = [{ ...given, ...filled, type, at: 0 }];
        const { contributions, exclusions, disqualifiers } = scorer.score({}, { events, asOf: 0 });
        const seen = contributions.some(({ rule }) => ruleOf(model, rule).on === type) || exclusions.length + disqualifiers.length > 0;
        const asks = JSON.stringify(model).includes(`"on":"${type}"`);
        assert.equal(seen, asks, `${id}: ${JSON.stringify(label)}`);
      }
    }
  });

  test('what a condition asks of an event is found, and what cannot be met is not made up', () => {
    const found = /** @type {[condition: any, properties: any][]} */ ([
      [{ path: { $startsWith: '/pricing' } }, { path: '/pricing' }],
      [{ path: { $glob: '/case-study/*' } }, { path: '/case-study/' }],
      [{ minutes: { $gte: 5, $lte: 9 }, kind: { $in: ['demo', 'call'] } }, { minutes: 5, kind: 'demo' }],
      [{ $and: [{ a: true }, { b: { $gt: 3 } }] }, { a: true, b: 4 }],
      [{ $or: [{ 'form.name': 'demo' }, { b: 1 }] }, { form: { name: 'demo' } }],
      [{ a: { $gt: 3, $lt: 1 } }, null],
    ]);
    for (const [condition, properties] of found) assert.deepEqual(propertiesFor(condition), properties);
    const rules = [
      { id: 'any', on: 'page_view', points: 1 },
      { id: 'jobs', on: 'page_view', when: { path: '/careers' }, points: -10 },
    ];
    const acts = actsOf({ dimensions: [{ id: 'd', groups: [{ id: 'g', rules }] }] });
    assert.deepEqual(
      acts.map(({ id, given }) => [id, given]),
      [
        ['page_view', {}],
        ['page_view/jobs', { path: '/careers' }],
      ],
    );
  });

  test('the score of each step is that of the whole history, and what held it back is told', () => {
    const model = story('agency');
    const scorer = createScorer(model);
    const minute = 60_000;
    const begin = Date.parse(AS_OF);
    const types = ['page_view', 'page_view', 'page_view', 'page_view', 'page_view', 'pricing_view', 'pricing_view', 'pricing_view'];
    /** @type {import('../../playground/understand/visit/replay.js').Done[]} */
    const done = types.map((type, place) => ({ at: begin + place * minute, event: { id: String(place), type, at: begin + place * minute } }));
    done.push({ at: begin + 30 * 86_400_000, event: null });
    const { steps, curve, bytes } = replay(scorer, model, {}, begin, done, 'en');
    for (const [place, { score }] of steps.entries()) {
      const events = done.slice(0, place + 1).flatMap(({ event }) => event ?? []);
      assert.equal(score.value, scorer.value({}, { events, asOf: done[place].at }), `step ${place}`);
    }
    assert.deepEqual(
      steps.map(({ held }) => held),
      [null, null, null, null, 'limit', null, 'cap', 'cap', null], // the group holds 30
    );
    assert.deepEqual(
      steps.map(({ step }) => Math.sign(Math.round(step * 100))),
      [1, 1, 1, 1, 0, 1, 1, 0, -1],
    );
    const faded = steps[8].effects.map(({ name, by }) => [/** @type {any} */ (name).cap ? 'cap' : 'rule', Math.sign(by)]);
    assert.deepEqual(new Set(faded.map(String)), new Set(['rule,-1', 'cap,1']), 'what fades gives the cap less to take');
    assert(curve.every(({ at }, place) => place === 0 || at >= curve[place - 1].at));
    assert(bytes > 0 && bytes < 400, `${bytes} bytes`);
  });

  test('the page moves the score with each click and each day, by keyboard, and explains the visitor', async () => {
    const { page, problems, elsewhere, leave } = await openPage(`?lang=en&view=visit&as-of=${AS_OF}`);
    const number = () => page.$eval('.visit-value', (node) => Number(node.textContent));
    await page.waitForSelector('[data-act="pricing_view"]');
    assert.equal(await number(), 0);
    await page.focus('[data-act="pricing_view"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 1);
    assert.equal(await number(), 10);
    await page.focus('[data-act="call_request"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 2);
    const before = await number();
    assert.equal(before, 35);
    await press(page, 'Two weeks later');
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 3);
    const after = await number();
    assert(after < before, `${after} is below ${before}`);
    await shows(page, '+ 14 days');
    await press(page, 'Take back the last step');
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length === 2);
    assert.equal(await number(), before);
    await press(page, 'Three days later');
    const last = await number();
    await press(page, 'Explain this lead');
    await page.waitForSelector('.gauge-value');
    const shown = await page.$eval('.gauge-value', (node) => Number(node.textContent));
    assert(Math.abs(shown - last) < 1, `${shown} is ${last}, but for the hours of a day`);
    assert.equal(await page.$eval('.samples [aria-pressed="true"]', () => true).catch(() => false), false, 'no sample lead');
    assert.deepEqual([problems, elsewhere], [[], []]);
    await leave();
  });
});

describe('on paper', () => {
  /** @type {['en' | 'fr', string[], string][]} */
  const languages = [
    ['en', ['Whoever it is', 'November 22, 2026', 'Web agency, version 1', 'Marketing qualified', 'Hot from 70, Warm from 40, and Cold below', 'Company size', '34 people', 'Looked at prices', 'November 19, 2026', 'These could change the result: Budget and Is an agency itself', 'Corrected by phone'], 'of 100 points, Warm'],
    ['fr', ['Whoever it is', '22 novembre 2026', 'Agence web, version 1', 'Qualifié marketing', 'Chaud à partir de 70, Tiède à partir de 40 et Froid en dessous', 'Taille de l’entreprise', '34 personnes', 'Tarifs consultés', '19 novembre 2026', 'Ces éléments pourraient changer le résultat\u00a0: Budget et Est elle-même une agence', 'Corrected by phone'], 'points sur 100, Tiède'],
  ];
  for (const [lang, wanted, score] of languages)
    test(`a person reads in ${lang} who, what data, which score, why, what is missing, which model and when`, async () => {
      const { page, problems, elsewhere, leave } = await openPage(`?view=paper&lang=${lang}&theme=dark&as-of=${AS_OF}`);
      await page.waitForSelector('.paper .waterfall');
      await page.$eval('.paper-form input', (node) => {
        /** @type {HTMLInputElement} */ (node).value = 'Whoever it is';
        node.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await page.$eval('.paper-form textarea', (node) => {
        /** @type {HTMLTextAreaElement} */ (node).value = 'Corrected by phone';
        node.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await page.waitForFunction(() => /** @type {HTMLElement} */ (document.querySelector('.paper')).innerText.includes('Corrected by phone'));
      const text = (await page.$eval('.paper', (node) => /** @type {HTMLElement} */ (node).innerText)).replace(/\s*\n\s*/g, '\n');
      const expected = scoreOf(sample('agency', 0), story('agency'), { lang });
      const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
      for (const part of [...wanted, score, number.format(expected.value ?? NaN)]) assert(text.includes(part), `${part} in ${text}`);
      const lines = await page.$$eval('.paper .waterfall li:not(.sum)', (rows) => rows.length);
      assert.equal(lines, expected.contributions.length + expected.adjustments.length);
      const printed = await page.evaluate(() => {
        let times = 0;
        globalThis.print = () => (times += 1);
        /** @type {HTMLElement} */ (document.querySelector('.paper-form .button')).click();
        return times;
      });
      assert.equal(printed, 1);
      const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      const pages = [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
      assert(pages <= 3, `${pages} pages`);
      assert.deepEqual([problems, elsewhere], [[], []]);
      await leave();
    });

  test('nothing but the paper is printed, in black on white, whatever the theme', async (t) => {
    const { page, leave } = await openPage(`?view=paper&lang=en&theme=dark&as-of=${AS_OF}`);
    await page.waitForSelector('.paper .waterfall');
    const able = await page.emulateMediaType('print').then(
      () => true,
      () => false,
    );
    if (!able) {
      await leave();
      return t.skip('this browser cannot be told to show a page as it is printed');
    }
    const seen = await page.evaluate(() => {
      const shown = (/** @type {string} */ name) => [...document.querySelectorAll(name)].some((node) => /** @type {any} */ (node).checkVisibility());
      const { color, backgroundColor } = getComputedStyle(/** @type {Element} */ (document.querySelector('.paper')));
      return { hidden: ['header', 'footer', 'nav', '.paper-form', '.ways'].filter(shown), paper: shown('.paper'), color, backgroundColor };
    });
    assert.deepEqual(seen, { hidden: [], paper: true, color: 'rgb(22, 33, 31)', backgroundColor: 'rgb(255, 255, 255)' });
    await leave();
  });
});

describe('for everybody', () => {
  for (const [view, ready] of VIEWS) {
    test(`${view} is accessible on a phone and a desktop, in both themes and languages, and nothing runs over the edge`, async () => {
      await faults(`?model=wholesale&view=${view}`, ready);
    });
  }
});
