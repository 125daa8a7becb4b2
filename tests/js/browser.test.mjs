/** The corpus, the hostile input and the page of www/, in a real browser without a window. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
    const api = await import(/** @type {any} */ ('/leadscore/entries/browser.js'));
    const { answers } = await import(/** @type {any} */ ('/tests/js/corpus.mjs'));
    await api.init();
    return answers(api, given);
  }, /** @type {any} */ (corpus()));
  assertGolden(lines);
});

test('the browser answers hostile input with an error or a result', async () => {
  const { page } = await open('tests/js/empty.html');
  const found = await page.evaluate(async () => {
    const api = await import(/** @type {any} */ ('/leadscore/entries/browser.js'));
    const { surprises } = await import(/** @type {any} */ ('/tests/js/hostile.mjs'));
    await api.init();
    return surprises(api);
  });
  assert.deepEqual(found, []);
});

test('the inlined engine of development answers as well', async () => {
  const { page } = await open('tests/js/empty.html');
  const answer = await page.evaluate(async () => {
    const { init, matches } = await import(/** @type {any} */ ('/leadscore/entries/browser-inline.js'));
    await init();
    return matches({ a: 1 }, { a: 1 });
  });
  assert.equal(answer, true);
});
