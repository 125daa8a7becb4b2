/** What became of leads, held against their scores: the statistics by their definitions, and the page that tells them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { pack } from '../../playground/address.js';
import { areaOf, bandsOf, bestOf, leaks, shareOf, tallyOf, tellsBy, tenthsOf, verdictOf } from '../../playground/table/judge.js';
import { ranked } from '../../playground/table/order.js';
import { readSheet } from '../../playground/table/reading.js';
import { dateIn, likeliest, outcomesIn, outcomesOf, weeksIn } from '../../playground/table/outcome.js';
import { AS_OF, faults, openPage, shows } from './page.mjs';
import { chances, column, drop, file } from './sheets.mjs';

const data = new URL('../../../shared/data/', import.meta.url).pathname;
const shoppers = `${data}online-shoppers.csv`;

/** Scores and outcomes, more often won the higher the score where there is a signal. @param {number} many @param {number} signal @param {number} seed */
function made(many, signal, seed) {
  const chance = chances(seed);
  const values = Float64Array.from({ length: many }, () => Math.round(chance() * 100));
  const outcomes = Int8Array.from(values, (value) => Number(chance() < 0.3 + signal * (value / 100 - 0.5)));
  return { values, outcomes };
}

/** The same by the definitions, pair by pair. @param {Float64Array} values @param {Int8Array} outcomes */
function plainArea(values, outcomes) {
  const of = (/** @type {number} */ wanted) => [...values].filter((_, row) => outcomes[row] === wanted);
  const [won, lost] = [of(1), of(0)];
  const psi = (/** @type {number} */ x, /** @type {number} */ y) => (x > y ? 1 : x === y ? 0.5 : 0);
  const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const spread = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + (one - mean(all)) ** 2, 0) / (all.length - 1);
  const tens = won.map((x) => mean(lost.map((y) => psi(x, y))));
  const ones = lost.map((y) => mean(won.map((x) => psi(x, y))));
  return { value: mean(tens), error: Math.sqrt(spread(tens) / won.length + spread(ones) / lost.length) };
}

describe('how well a score foretells', () => {
  for (const [name, many, signal] of /** @type {[string, number, number][]} */ ([
    ['without a signal', 300, 0],
    ['with one', 300, 0.5],
    ['with few leads', 40, 0.3],
    ['upside down', 200, -0.5],
  ])) {
    test(`the area and its interval are those of the definition, ${name}`, () => {
      const { values, outcomes } = made(many, signal, many);
      const { value, low, high } = areaOf(tallyOf(ranked(values), outcomes));
      const plain = plainArea(values, outcomes);
      assert(Math.abs(value - plain.value) < 1e-12);
      const logit = (/** @type {number} */ at) => Math.log(at / (1 - at));
      const half = (1.959963984540054 * plain.error) / (plain.value * (1 - plain.value));
      assert(Math.abs(logit(low) - (logit(plain.value) - half)) < 1e-9);
      assert(Math.abs(logit(high) - (logit(plain.value) + half)) < 1e-9);
    });
  }

  test('the interval holds the true area about 95 times in 100', () => {
    // won from 0 to 1, lost from 0 to 1 squared: the won one is higher with 1 - 1/3
    const chance = chances(7);
    let held = 0;
    for (let round = 0; round < 400; round++) {
      const outcomes = Int8Array.from({ length: 120 }, (_, row) => row % 2);
      const values = Float64Array.from(outcomes, (won) => (won ? chance() : chance() ** 2));
      const { low, high } = areaOf(tallyOf(ranked(values), outcomes));
      if (low <= 2 / 3 && high >= 2 / 3) held += 1;
    }
    assert(held > 360 && held < 398, `${held} of 400`);
  });

  for (const [name, many, signal, verdict] of /** @type {[string, number, number, string][]} */ ([
    ['too few', 20, 0.5, 'few'],
    ['none', 2000, 0, 'none'],
    ['reversed', 2000, -0.5, 'reversed'],
    ['weak', 9000, 0.1, 'weak'],
    ['good', 2000, 0.6, 'good'],
  ])) {
    test(`the verdict: ${name}`, () => {
      const { values, outcomes } = made(many, signal, 3);
      assert.equal(verdictOf(tallyOf(ranked(values), outcomes)).verdict, verdict);
    });
  }

  test('a score that is the outcome is too good to be true, and has no interval', () => {
    const outcomes = Int8Array.from({ length: 200 }, (_, row) => row % 2);
    assert.deepEqual(verdictOf(tallyOf(ranked(Float64Array.from(outcomes)), outcomes)), {
      verdict: 'perfect',
      area: { value: 1, low: 1, high: 1 },
      sparse: false,
    });
  });

  test('tenths are equal parts, hold every win, and share ties alike', () => {
    const { values, outcomes } = made(997, 0.4, 5);
    const tenths = tenthsOf(tallyOf(ranked(values), outcomes));
    const sum = (/** @type {'leads' | 'won'} */ of) => tenths.reduce((all, one) => all + one[of], 0);
    assert.equal(tenths.length, 10);
    for (const { leads } of tenths) assert(Math.abs(leads - 99.7) < 1e-6);
    assert(Math.abs(sum('leads') - 997) < 1e-6);
    assert(Math.abs(sum('won') - outcomes.filter((one) => one === 1).length) < 1e-6);
    for (const one of tenthsOf(tallyOf(ranked(new Float64Array(100).fill(50)), outcomes.slice(0, 100))))
      assert(Math.abs(one.lift - 1) < 1e-9);
  });

  test('shares have the interval of Wilson', () => {
    const { low, high } = shareOf(8, 10); // 0.490 to 0.943, as in the literature
    assert.deepEqual([low, high].map((one) => one.toFixed(3)), ['0.490', '0.943']);
    assert.deepEqual([shareOf(0, 20).low, shareOf(20, 20).high], [0, 1]);
  });

  test('bands hold every lead once, and say when they hold too few', () => {
    const { values, outcomes } = made(3000, 0.4, 9);
    const tally = tallyOf(ranked(values), outcomes);
    const bands = bandsOf(tally, 0, 100);
    assert.equal(bands.reduce((all, { leads }) => all + leads, 0), 3000);
    assert(bands.every(({ enough }) => enough));
    assert.equal(bands[9].leads, values.filter((value) => value >= 90).length);
    const few = bandsOf(tallyOf(ranked(values.slice(0, 30)), outcomes.slice(0, 30)), 0, 100);
    assert(few.every(({ enough }) => !enough));
  });

  test('the threshold that fits lets through no more than the team can take on', () => {
    const { values, outcomes } = made(1000, 0.4, 11);
    const tally = tallyOf(ranked(values), outcomes);
    for (const most of [1, 7, 50, 333, 999]) {
      const { threshold, above, leads } = bestOf(tally, most);
      assert.equal(leads, most);
      if (Number.isNaN(threshold)) continue;
      const through = values.filter((value) => value >= threshold).length;
      assert.equal(through, above);
      assert(through <= most);
      const next = Math.max(...values.filter((value) => value < threshold));
      assert(values.filter((value) => value >= next).length > most, 'a lower one lets too many through');
    }
    assert(Number.isNaN(bestOf(tallyOf(ranked(new Float64Array(20).fill(9)), outcomes.slice(0, 20)), 5).threshold));
  });

  test('columns that give the answer away are found: by their order, their texts, or by being filled in at all', () => {
    const { outcomes } = made(2000, 0, 13);
    const chance = chances(17);
    const table = /** @type {[name: string, cell: (won: number, row: number) => string, found: boolean][]} */ ([
      ['price paid', (won, row) => (won ? String(500 + row) : '0'), true],
      ['negative', (won, row) => String(won ? -row : row), true],
      ['closed on', (won) => (won ? '2026-01-02' : ''), true],
      ['reason', (won) => (won ? '' : ['too dear', 'no budget'][Math.floor(chance() * 2)]), true],
      ['nearly', (won) => (chance() < 0.95 ? ['b', 'a'][won] : 'c'), true],
      ['chance', () => String(chance()), false],
      ['each its own', (_, row) => `lead ${row}`, false],
      ['constant', () => 'x', false],
      ['told of some', (won) => (chance() < 0.3 ? String(won) : ''), true],
    ]);
    const columns = table.map(([, cell]) => column(Array.from(outcomes, (won, row) => cell(won, row))));
    const found = new Set(leaks(columns, outcomes, -1).map(({ place }) => place));
    table.forEach(([name, , wanted], place) =>
      assert.equal(found.has(place), wanted, `${name}: ${tellsBy(columns[place], outcomes)}`),
    );
    assert.deepEqual(leaks([column(Array.from(outcomes, String))], outcomes, 0), [], 'the outcome itself is none');
  });
});

describe('which column says what became of a lead', () => {
  for (const [name, header, rows, found] of /** @type {[string, string[], string[][], string | null][]} */ ([
    ['won and lost', ['stage', 'newsletter'], [['Won', 'yes'], ['Lost', 'no'], ['Open', 'no']], 'stage'],
    ['gagné et perdu', ['a', 'Issue'], [['1', 'Gagnée'], ['0', 'Perdue']], 'Issue'],
    ['a name that says it', ['Weekend', 'Revenue'], [['TRUE', 'FALSE'], ['FALSE', 'TRUE']], 'Revenue'],
    ['y', ['loan', 'y'], [['yes', 'no'], ['no', 'yes']], 'y'],
    ['yes and no alone', ['newsletter'], [['yes'], ['no']], null],
    ['nothing', ['city'], [['Lyon'], ['Lille']], null],
  ])) {
    test(name, () => {
      const columns = header.map((_, place) => column(rows.map((row) => row[place])));
      const one = likeliest(outcomesIn(columns), header, new Set());
      assert.equal(one ? header[one.place] : null, found);
    });
  }

  test('texts are won, lost or left out', () => {
    const stage = column(['Won', 'closed lost', 'open', '', 'Won']);
    const [{ meanings }] = outcomesIn([stage]);
    assert.deepEqual([...outcomesOf(stage, meanings)], [1, 0, -1, -1, 1]);
    assert.deepEqual(outcomesIn([column(Array.from({ length: 40 }, (_, row) => `city ${row}`))]), []);
  });

  test('dates are read as people write them, and tell the weeks', () => {
    for (const [text, at] of /** @type {[string, string | null][]} */ ([
      ['2026-11-22', '2026-11-22T00:00:00Z'],
      ['2026-11-22 09:30', '2026-11-22T09:30:00Z'],
      ['2026-11-22T09:30:00+02:00', '2026-11-22T07:30:00Z'],
      ['3/12/2026', '2026-12-03T00:00:00Z'],
      ['31.12.2026 08:00', '2026-12-31T08:00:00Z'],
      ['12', null],
      ['', null],
    ]))
      assert.equal(dateIn(text), at ? Date.parse(at) : NaN, text);
    const columns = [column(['1980-01-01', '1990-01-01']), column(['01/11/2026', '22/11/2026'])];
    assert.equal(weeksIn(columns, ['birth', 'Créé le']), 3);
    assert.equal(weeksIn([column(['a', 'b'])], ['name']), 0);
  });
});

describe('in real files the outcome is found, and the columns that give it away and no others', () => {
  for (const [path, outcome, away, weeks] of /** @type {[string, string, string[], number][]} */ ([
    ['online-shoppers.csv', 'Revenue', ['PageValues'], 0],
    ['bank-train.csv', 'y', ['duration'], 0],
    ['maven-crm/sales_pipeline.csv', 'deal_stage', ['close_value'], 62],
  ])) {
    test(path, { skip: !existsSync(data + path) && 'needs ../shared/data' }, async () => {
      const { columns, header } = await readSheet(new File([readFileSync(data + path)], path), () => {});
      const found = likeliest(outcomesIn(columns), header, new Set());
      assert(found);
      assert.equal(header[found.place], outcome);
      const given = leaks(columns, outcomesOf(columns[found.place], found.meanings), found.place);
      assert.deepEqual(given.map(({ place }) => header[place]), away);
      assert.equal(weeksIn(columns, header), weeks);
    });
  }
});

describe('outcomes on the page', () => {
  /** Leads of the agency that are won more often the larger they are; the last column is known only afterwards. */
  const chance = chances(21);
  const rows = Array.from({ length: 1200 }, () => {
    const employees = 1 + Math.floor(chance() * 300);
    const sector = ['ecommerce', 'software', 'public'][Math.floor(chance() * 3)];
    const won = chance() < (sector === 'public' ? 0.1 : employees >= 10 && employees < 50 ? 0.8 : 0.4);
    return [employees, sector, won ? 'gagné' : 'perdu', won ? 900 : ''];
  });
  const leadsFile = () =>
    file('suivi.csv', ['company.employees;company.sector;Résultat;Facture', ...rows.map((row) => row.join(';'))].join('\n'));

  test('they are found, judged, and set the threshold that fits the team', async () => {
    const { page, problems, elsewhere, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('#capacity');
    const wins = rows.filter(([, , outcome]) => outcome === 'gagné').length;
    await shows(page, `${wins} won and ${rows.length - wins} lost`);
    await shows(page, '“Facture” may give the answer away');
    await shows(page, 'The model does not use it');
    assert.equal(await page.$$eval('#lift tbody tr', (all) => all.length), 10);
    assert.equal(await page.$$eval('#lift .bars > div', (all) => all.length), 10);
    const figures = await page.$$eval('#lift tbody tr', (all) => all.map((row) => row.querySelectorAll('td')[2].textContent));
    assert(Math.abs(figures.reduce((sum, one) => sum + Number(one), 0) - wins) < 1, 'every win is in a tenth');

    for (const digit of ['Backspace', 'Backspace', '4', '0', '0']) {
      await page.focus('#weekly');
      await page.keyboard.press('End');
      await page.keyboard.press(/** @type {any} */ (digit));
    }
    await shows(page, 'Of the best 400 leads');
    const button = await page.$eval('#fit', (node) => node.textContent ?? '');
    const at = Number(/at (\d+)/.exec(button)?.[1]);
    assert(at > 0, button);
    await page.focus('#fit');
    await page.keyboard.press('Enter');
    await shows(page, '“Warm” begins there.');
    assert.equal((await page.$$eval('.handle span', (all) => all.map((node) => Number(node.textContent))))[1], at);
    const [hot, warm] = await page.$$eval('.counts b', (all) => all.map((node) => Number(node.textContent?.replaceAll(',', ''))));
    assert(hot + warm <= 400 && hot + warm > 0, `${hot + warm} from there on`);

    await page.select('#outcome', '-1');
    await page.waitForFunction(() => !document.querySelector('#capacity'));
    assert.deepEqual([problems, elsewhere], [[], []]);
    await leave();
  });

  test('what a text means can be said, by keyboard', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('#capacity');
    await page.select('#outcome', '1');
    await page.waitForSelector('.choice-of fieldset');
    for (const [place, presses] of /** @type {[number, string[]][]} */ ([
      [0, ['ArrowLeft', 'ArrowLeft']],
      [1, ['ArrowLeft']],
    ])) {
      const checked = await page.$$(`.choice-of fieldset`);
      await (await checked[place].$('input:checked'))?.focus();
      for (const key of presses) await page.keyboard.press(/** @type {any} */ (key));
    }
    await page.waitForSelector('#capacity');
    const texts = await page.$$eval('.choice-of fieldset', (all) =>
      all.map((one) => [one.querySelector('legend')?.textContent?.split(':')[0], one.querySelector('label:has(:checked)')?.textContent]),
    );
    const [first, second] = texts;
    assert.deepEqual([first[1], second[1]], ['won', 'lost']);
    const count = (/** @type {any} */ sector) => rows.filter((row) => row[1] === sector).length;
    await shows(page, `${count(first[0])} won and ${count(second[0])} lost`);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('visits to a shop: the column that is worked out from purchases is named', { skip: !existsSync(shoppers) && 'needs ../shared/data' }, async () => {
    const model = {
      format: 1,
      id: 'visits',
      attributes: { PageValues: { type: 'number' }, ProductRelated: { type: 'number' } },
      dimensions: [
        {
          id: 'visit',
          groups: [
            {
              id: 'visit',
              rules: [
                { id: 'value', when: { PageValues: { $gt: 0 } }, points: 50 },
                { id: 'pages', when: { ProductRelated: { $gt: 30 } }, points: 20 },
              ],
            },
          ],
        },
      ],
    };
    const { page, problems, leave } = await openPage(`?lang=en&view=table&as-of=${AS_OF}#m=${await pack({ model })}`);
    await drop(page, shoppers);
    await shows(page, '1,908 won and 10,422 lost');
    await shows(page, '“PageValues” may give the answer away');
    assert.equal(await page.$$eval('.leaks li', (all) => all.length), 1);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('with outcomes the page is accessible at every size, in both themes and languages', () =>
    faults('?view=table&model=wholesale', async (page) => {
      await drop(page, leadsFile());
      await page.waitForSelector('#outcome');
      await page.waitForSelector('#capacity');
      await page.$$eval('.outcomes details', (all) => all.forEach((one) => (one.open = true)));
    }));
});
