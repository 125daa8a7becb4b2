/** Many leads in the playground: who is shown, who moves, what is handed over. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createScorer } from 'leadscore';
import Papa from 'papaparse';
import { inOrder } from '../../playground/table/order.js';
import { AS_OF, faults, openPage, shows, story } from './page.mjs';
import { drop, file } from './sheets.mjs';

test('rows are put in order by counting, and those alike stay as they were', () => {
  const ranks = [2, 0, 1, 2, 0];
  const rank = (/** @type {number} */ row) => ranks[row];
  assert.deepEqual([...inOrder([0, 1, 2, 3, 4], rank, 3, true)], [1, 4, 2, 0, 3]);
  assert.deepEqual([...inOrder([0, 1, 2, 3, 4], rank, 3, false)], [0, 3, 2, 1, 4]);
});

describe('the table of leads', () => {
  /** Cells that a spreadsheet would work out, beside ordinary ones. */
  const rows = Array.from({ length: 300 }, (_, place) => [
    ['=1+1', '@SUM(A1)', '+33 1 23', '-4', "-2+cmd|' /C calc'!A0", '\t=1', 'Ann "A" Lee', 'a;b'][place % 8],
    ['FR', 'DE', ''][place % 3],
    5 + place,
    ['software', 'public', 'ecommerce'][place % 3],
  ]);
  const quoted = (/** @type {unknown} */ cell) => `"${String(cell).replaceAll('"', '""')}"`;
  const leadsFile = () =>
    file('table.csv', ['note;company.country;company.employees;company.sector', ...rows.map((row) => row.map(quoted).join(';'))].join('\r\n'));

  /** @param {import('puppeteer-core').Page} page */
  const count = (page) => page.$eval('.filter-count', (node) => Number(/^[\d,]+/.exec(node.textContent ?? '')?.[0].replace(',', '')));
  /** What the page hands over as a file next. @param {import('puppeteer-core').Page} page @param {string} button */
  async function handed(page, button) {
    await page.evaluate(() => {
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        /** @type {any} */ (globalThis).handed = /** @type {Blob} */ (blob).text();
        URL.createObjectURL = make;
        return make.call(URL, blob);
      };
    });
    await page.click(button);
    await page.waitForFunction(() => 'handed' in globalThis);
    return page.evaluate(async () => {
      const text = await /** @type {any} */ (globalThis).handed;
      delete (/** @type {any} */ (globalThis).handed);
      return text;
    });
  }

  test('is filtered by what came of the leads and by what they say', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('#filter-column');
    await page.waitForFunction(() => document.querySelectorAll('.sheet tbody tr').length > 10);
    const is = (/** @type {number} */ wanted) =>
      page.waitForFunction((n) => document.querySelector('.filter-count')?.textContent?.startsWith(`${n} of 300`), {}, wanted);
    await is(300);
    const scorer = createScorer(story('agency'));
    const values = rows.map(
      ([, country, employees, sector]) =>
        scorer.score({ company: { employees, sector, ...(country && { country }) } }, { asOf: AS_OF }),
    );
    for (const [place, id] of ['hot', 'warm', 'cold'].entries()) {
      const wanted = values.filter((one) => one.status === 'scored' && one.labels.total === id).length;
      await page.select('#filter-labelled', String(place));
      await is(wanted);
    }
    await page.click('#show-all');
    await is(300);
    await page.select('#filter-column', '1');
    await page.select('#filter-text', '1');
    await is(100);
    await page.waitForFunction(() => [...document.querySelectorAll('.sheet tbody tr:not(.filler)')].every((row) => row.textContent?.includes('DE')));
    await page.select('#filter-column', '2');
    await is(300);
    await page.type('#filter-least', '100');
    await page.type('#filter-most', '109');
    await is(10);
    const shown = await page.$$eval('.sheet tbody tr:not(.filler)', (all) => all.length);
    assert.equal(shown, 10);
    assert.equal(await count(page), 10);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('thresholds move to their ends and back by keyboard', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.handle');
    await page.focus('.handle');
    for (const [key, at] of /** @type {[import('puppeteer-core').KeyInput, string][]} */ ([
      ['Home', '41'], // one above the next threshold
      ['ArrowUp', '42'],
      ['PageUp', '52'],
      ['End', '100'],
      ['ArrowLeft', '99'],
      ['PageDown', '89'],
    ])) {
      await page.keyboard.press(key);
      await page.waitForFunction((wanted) => document.querySelector('.handle')?.getAttribute('aria-valuenow') === wanted, {}, at);
    }
    assert.deepEqual(problems, []);
    await leave();
  });

  test('is sorted by numbers as numbers, both ways', async () => {
    const { page, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.sheet td.number');
    const drawn = await page.$$eval('.sheet tbody tr:not(.filler)', (all) => all.length);
    assert(drawn > 10 && drawn < 60, `${drawn} rows of 300 are on the page`);
    const heading = '.sheet thead th:nth-child(6) button';
    for (const [first, sort] of [['5', 'ascending'], ['304', 'descending']]) {
      await page.click(heading);
      await page.waitForFunction((wanted) => document.querySelector('.sheet tbody tr:nth-child(2) td:nth-child(6)')?.textContent === wanted, {}, first);
      assert.equal(await page.$eval('.sheet thead th:nth-child(6)', (node) => node.getAttribute('aria-sort')), sort);
    }
    await leave();
  });

  test('is exported with its scores, in the order of the file, and no cell is a formula', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=agency&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.sheet td.number');
    const text = await handed(page, '#export');
    const { data, meta } = Papa.parse(text.replace(/^\ufeff/, '').trim(), { delimiter: ';' });
    assert.equal(meta.delimiter, ';');
    const [header, ...found] = /** @type {string[][]} */ (data);
    assert.deepEqual(header, ['note', 'company.country', 'company.employees', 'company.sector', 'Score', 'Status', 'Threshold', 'Grade', 'Stage']);
    assert.deepEqual(found.map((row) => row[2]), rows.map((row) => String(row[2])));
    const scorer = createScorer(story('agency'));
    rows.forEach(([note, country, employees, sector], place) => {
      const score = scorer.score({ company: { employees, sector, ...(country && { country }) } }, { asOf: AS_OF });
      assert.equal(Number(found[place][4]), score.value);
      const guarded = /^[=@\t]/.test(String(note)) || String(note).startsWith('-2+');
      assert.equal(found[place][0], guarded ? `'${note}` : note);
    });
    await page.select('#filter-column', '1');
    await page.select('#filter-text', '0');
    await page.waitForFunction(() => document.querySelector('#export-shown')?.textContent === 'Export these 100');
    const some = Papa.parse((await handed(page, '#export-shown')).trim(), { delimiter: ';' }).data;
    assert.equal(some.length, 101);
    const figures = JSON.parse(await handed(page, '#figures'));
    assert.equal(figures.leads, 300);
    assert.equal(figures.labels.reduce((/** @type {number} */ all, /** @type {any} */ one) => all + one.leads, 0), figures.scored);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('two versions: who moves from where to where, and those who do are shown', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=wholesale&as-of=${AS_OF}`);
    await page.waitForSelector('#invented');
    await page.click('#invented');
    await page.waitForSelector('#keep');
    await page.click('#keep');
    await shows(page, '0 leads rise, 0 fall');
    await page.click('.views button:nth-child(2)');
    await page.waitForSelector('.quick');
    await page.$eval('.quick', (node) => {
      /** @type {HTMLInputElement} */ (node).value = '35';
      node.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.click('.views button:nth-child(3)');
    await page.waitForSelector('.changes ins');
    await page.waitForFunction(() => /^[1-9]/.test(document.querySelector('.compare [role="status"]')?.textContent ?? ''));
    const said = await page.$eval('.compare [role="status"]', (node) => node.textContent ?? '');
    const up = Number(/^([\d,]+) leads rise/.exec(said)?.[1].replace(',', ''));
    assert(up > 0 && up < 2000, said);
    const tables = await page.$$eval('.compare .pair table', (all) =>
      all.map((table) => [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent?.replace(/[,+=]/g, '').replace('−', '-'))))),
    );
    assert.equal(tables.length, 3, 'by threshold, by grade, by stage');
    for (const table of tables) {
      for (const [before, now, step] of table) assert.equal(now - before, step);
      const sum = (/** @type {number} */ place) => table.reduce((all, row) => all + row[place], 0);
      assert.equal(sum(0), sum(1), 'no lead is lost');
    }
    await page.evaluate(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Show those who rise')?.click());
    await page.waitForFunction((n) => document.querySelector('.filter-count')?.textContent?.startsWith(`${n} of 2,000`), {}, up.toLocaleString('en'));
    const steps = await page.$$eval('.sheet tbody tr:not(.filler) td:nth-child(2)', (all) => all.map((node) => Number(node.textContent)));
    assert(steps.length > 10 && steps.every((step, place) => step > 0 && (place === 0 || step <= steps[place - 1])), String(steps));
    await page.click('.to-lead');
    await shows(page, 'Where the points come from');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('compared and filtered, the page is accessible at every size, in both themes and languages', () =>
    faults('?view=table&model=wholesale', async (page) => {
      await page.waitForSelector('#invented');
      await page.click('#invented');
      await page.waitForSelector('#keep');
      await page.click('#keep');
      await page.waitForSelector('.compare table');
      await page.select('#filter-column', '2');
      await page.waitForSelector('#filter-least');
      await page.type('#filter-least', '3');
      await page.waitForSelector('#export-shown');
    }));
});
