/** The corpus and the hostile input, in a real browser without a window; tests/playground and tests/demo hold the pages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { assertGolden, corpus } from './cases.mjs';

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {{ url: string, close: () => void }} */
let site;

before(async () => {
  site = await serve(0, { tests: 'tests' });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A page of the site. @param {string} path */
async function open(path) {
  const page = await browser.newPage();
  await page.goto(site.url + path);
  return { page };
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

test('a page without the engine says so', async () => {
  const { page } = await open('tests/js/empty.html');
  const message = await page.evaluate(async () => {
    const { init } = await import(/** @type {any} */ ('/leadscore/entries/full/browser.js'));
    return init('/nowhere.wasm').then(() => 'loaded', (/** @type {any} */ error) => `${error.name} ${error.code}`);
  });
  assert.equal(message, 'LeadscoreError engine-unavailable');
});
