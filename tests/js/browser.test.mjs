/** The corpus, the hostile input and the page of www/, in a real browser without a window. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createScorer } from 'leadscore';
import puppeteer from 'puppeteer-core';
import { installedBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { assertGolden, corpus } from './cases.mjs';

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {{ url: string, close: () => void }} */
let site;

before(async () => {
  const found = installedBrowser();
  assert(found, 'expected a browser: `npm test` installs one or says which');
  site = await serve(0, { tests: 'tests' });
  const sandboxed = process.getuid?.() !== 0; // Chromium refuses its sandbox to root
  const args = found.kind === 'chrome' && !sandboxed ? ['--no-sandbox'] : [];
  browser = await puppeteer.launch({ browser: found.kind, executablePath: found.path, headless: true, args });
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A page of the site, the addresses it asked for, and everything that went wrong in it. */
async function open(path = '', width = 1280) {
  const page = await browser.newPage();
  const requests = /** @type {string[]} */ ([]);
  const problems = /** @type {string[]} */ ([]);
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.setViewport({ width, height: 800 });
  await page.goto(site.url + path);
  return { page, requests, problems };
}

test('the browser gives the golden bytes', async () => {
  const { page } = await open('tests/js/empty.html');
  const lines = await page.evaluate(async (given) => {
    const api = await import(/** @type {any} */ ('/leadscore/entries/full/browser.js'));
    const { answers } = await import(/** @type {any} */ ('/tests/js/corpus.mjs'));
    await api.init();
    return answers(api, JSON.parse(given));
  }, JSON.stringify(corpus())); // as text: not every browser protocol carries keys such as `__proto__`
  assertGolden(lines);
});

test('the browser answers hostile input with an error or a result', async () => {
  const { page } = await open('tests/js/empty.html');
  const found = await page.evaluate(async () => {
    const api = await import(/** @type {any} */ ('/leadscore/entries/full/browser.js'));
    const { surprises } = await import(/** @type {any} */ ('/tests/js/hostile.mjs'));
    await api.init();
    return surprises(api);
  });
  assert.deepEqual(found, []);
});

test('the inlined engine of development answers as well', async () => {
  const { page } = await open('tests/js/empty.html');
  const answer = await page.evaluate(async () => {
    const { init, matches } = await import(/** @type {any} */ ('/leadscore/entries/full/browser-inline.js'));
    await init();
    return matches({ a: 1 }, { a: 1 });
  });
  assert.equal(answer, true);
});

test('the page scores a lead as Node does, and asks nobody else', async () => {
  const model = JSON.parse(readFileSync(new URL('../../www/models/agency.json', import.meta.url), 'utf8'));
  const [{ facts, events, asOf }] = model.tests;
  const expected = createScorer(model).score(facts, { events, asOf }).value ?? NaN;

  const { page, requests, problems } = await open(`?lang=en&as-of=${asOf}`);
  const value = () => page.$eval('.dial-value', (node) => Number(node.textContent));
  await page.waitForSelector('#label');
  assert.equal(await value(), Math.round(expected * 10) / 10);
  assert.equal(await page.$eval('#label', (node) => node.textContent), 'Warm');

  // With the keyboard alone: take the look at the prices back, then move a month on.
  await page.focus('[data-event="less:pricing_view"]');
  await page.keyboard.press('Enter');
  const without = await value();
  assert(without < expected, `${without} is below ${expected}`);
  await page.focus('#days');
  for (let day = 0; day < 30; day++) await page.keyboard.press('ArrowRight');
  assert(await value() < without, 'what was done fades');

  await page.select('[id="fact-company.sector"]', '');
  await page.waitForFunction(() => document.getElementById('unknown')?.textContent?.includes('Sector'));
  await page.click('#languages input[value="fr"]');
  assert.equal(await page.$eval('html', (node) => node.lang), 'fr');
  assert.equal(await page.$eval('#lead-title', (node) => node.textContent), 'Évaluer un contact');

  for (const other of ['saas', 'property']) {
    await page.click(`#models input[value="${other}"]`);
    assert(Number.isFinite(parseFloat(await page.$eval('.dial-value', (node) => node.textContent ?? ''))), other);
  }
  await page.click('#clear');
  assert.deepEqual(problems, []);
  assert(requests.length > 5);
  for (const request of requests) assert(request.startsWith(site.url) || request.startsWith('data:'), request);
});

test('the page fits a phone', async () => {
  const { page, problems } = await open('?lang=fr', 360);
  await page.waitForSelector('#label');
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(problems, []);
});

test('a page without the engine says so', async () => {
  const { page } = await open('tests/js/empty.html');
  const message = await page.evaluate(async () => {
    const { init } = await import(/** @type {any} */ ('/leadscore/entries/full/browser.js'));
    return init('/nowhere.wasm').then(() => 'loaded', (/** @type {any} */ error) => `${error.name} ${error.code}`);
  });
  assert.equal(message, 'LeadscoreError engine-unavailable');
});
