/** The demo site as a visitor meets it: on a phone, in both languages, before and after consent, under a strict policy. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { check } from 'leadscore';
import { installedBrowser, launch } from '../../scripts/browser.mjs';
import { buildDemo, pages } from '../../scripts/demo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { readLog } from '../../pkg/src/log.js';
import { WORDS } from '../../www/demo/words.js';

const demo = new URL('../../www/demo/', import.meta.url);
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const [PHONE, DESKTOP] = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];
const LANGUAGES = ['en', 'fr'];

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {{ url: string, close: () => void }} */
let site;

before(async () => {
  await buildDemo();
  site = await serve(0);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A new visitor, who keeps account of what goes wrong and of what leaves the browser. */
async function visitor(size = DESKTOP) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // the machine may have other work
  const problems = /** @type {string[]} */ ([]);
  const elsewhere = /** @type {string[]} */ ([]);
  const requests = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && problems.push(message.text()));
  page.on('request', (request) => {
    requests.push(request.url());
    if (!/^data:/.test(request.url()) && !request.url().startsWith(site.url)) elsewhere.push(request.url());
    if (request.method() !== 'GET') elsewhere.push(`${request.method()} ${request.url()}`);
  });
  await page.setViewport(size);
  return {
    page,
    problems,
    elsewhere,
    requests,
    go: (/** @type {string} */ path) => page.goto(`${site.url}demo/${path}`),
    leave: () => context.close(),
  };
}

/** Everything that a page can leave in a browser. @param {import('puppeteer-core').Page} page */
async function leftBehind(page) {
  const found = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  return Object.entries(found).flatMap(([place, things]) => (things && /** @type {any} */ (things).length !== 0 ? [`${place}: ${things}`] : []));
}

/** @param {import('puppeteer-core').Page} page @param {string} text */
const shows = (page, text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);

describe('each page, in each language', () => {
  for (const language of LANGUAGES) {
    for (const file of pages()) {
      test(`${language} ${file} loads under the policy, fits a phone and is accessible`, async () => {
        const { page, problems, elsewhere, requests, go, leave } = await visitor(PHONE);
        for (const address of [`${file}?theme=light`, `${file}?theme=dark&panel=open`, `${file}?theme=light&consent=no&panel=open`]) {
          await go(`${language}/${address}`);
          await page.waitForFunction(() => document.getElementById('consent-state')?.textContent);
          if (/panel/.test(address)) await page.waitForSelector('#standing strong');
          const seen = await page.evaluate(() => {
            const { scrollWidth, clientWidth, lang } = document.documentElement;
            return { lang, overflow: scrollWidth - clientWidth, banner: !document.getElementById('consent')?.hidden, titles: document.querySelectorAll('h1').length };
          });
          assert.deepEqual(seen, { lang: language, overflow: 0, banner: !/consent/.test(address), titles: 1 });
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
          assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`), []);
        }
        assert.deepEqual(problems, []);
        assert.deepEqual(elsewhere, []);
        assert(requests.length > 10);
        await leave();
      });
    }
  }

  test('the colours are those of the system, until the visitor chooses', async (context) => {
    const { page, go, leave } = await visitor();
    if (installedBrowser()?.kind !== 'chrome') return context.skip('only Chrome can be told what the system prefers');
    const paper = () => page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
    const seen = [];
    for (const value of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      await go('en/index.html?consent=no');
      await page.waitForFunction(() => document.getElementById('consent-state')?.textContent);
      seen.push(await paper());
      await page.click('#theme');
      seen.push(await paper());
      await Promise.all([page.waitForNavigation(), page.click('.hero .button')]);
      seen.push(await paper());
    }
    const [light, dark] = seen;
    assert.notEqual(light, dark);
    assert.deepEqual(seen, [light, dark, dark, dark, light, light]);
    await leave();
  });

  test('the keyboard reaches what the mouse does, and Escape closes the panel', async () => {
    const { page, go, leave } = await visitor();
    await go('en/index.html');
    await page.waitForFunction(() => document.getElementById('consent-state')?.textContent);
    const reached = /** @type {string[]} */ ([]);
    for (let steps = 0; steps < 60 && !reached.includes('panel-open'); steps++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('data-consent') || document.activeElement?.getAttribute('href') || ''));
    }
    const before = ['#main', 'granted', 'denied', './index.html', './pricing.html', 'theme', './demo.html'].map((name) => reached.indexOf(name));
    assert(before.every((place, i) => place >= 0 && (i === 0 || place > before[i - 1])), `${before} in ${reached}`);
    assert(reached.includes('panel-open'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#panel:not([hidden])');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'panel');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'panel-open');
    assert.equal(await page.$eval('#panel', (panel) => /** @type {HTMLElement} */ (panel).hidden), true);
    await leave();
  });

  test('the links of the pages lead somewhere', async () => {
    const { page, go, leave } = await visitor();
    const found = new Set();
    for (const file of pages()) {
      await go(`en/${file}`);
      for (const href of await page.$$eval('a[href]', (links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).href))) found.add(href.replace(/#.*/, ''));
    }
    const inside = [...found].filter((href) => href.startsWith(site.url));
    assert(inside.length > 10);
    for (const href of inside) assert.equal((await fetch(href)).status, 200, href);
    await leave();
  });
});

describe('texts', () => {
  test('every text of the pages is a pair', () => {
    const same = new Set(['Solo', 'Menu']);
    for (const file of ['frame.html', ...pages()]) {
      const source = readFileSync(new URL(`pages/${file}`, demo), 'utf8');
      const pairs = [...source.matchAll(/\[\[(.*?)\|(.*?)\]\]/gs)];
      assert(pairs.length > 3, file);
      for (const [pair, english, french] of pairs) {
        assert(english.trim() && french.trim(), `${file}: ${pair}`);
        if (/[a-z]{4}/i.test(english) && !same.has(english)) assert.notEqual(english, french, `${file}: ${pair}`);
      }
    }
  });

  test('no text of the pages is outside of a pair, but names', () => {
    const names = /^(Frimas|leadscore|Solo|Mathilde Perrin|Yanis Delmas|bellecombe\.example|MP|YD|min)$/;
    for (const file of ['frame.html', ...pages()]) {
      const source = readFileSync(new URL(`pages/${file}`, demo), 'utf8').replace(/\[\[.*?\]\]/gs, '').replace(/\{\{.*?\}\}/g, '');
      const texts = source.replace(/<!doctype html>/, '').replace(/<[^>]*>/g, '\n').split(/[\n·,:;.()\d]+/);
      for (const text of texts.map((part) => part.trim())) assert(!/[a-z]{2}/i.test(text) || names.test(text) || text === 'bellecombe' || text === 'example', `${file}: ${text}`);
      for (const [, text] of source.matchAll(/ (?:alt|title|aria-label|placeholder|content)="([^"]*[a-z]{3}[^"]*)"/gi)) assert(/^(width|light|default)/.test(text), `${file}: ${text}`);
    }
  });

  test('the modules say the same things in both languages, with the same gaps', () => {
    const gaps = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    assert.deepEqual(Object.keys(WORDS.fr), Object.keys(WORDS.en));
    for (const [word, text] of Object.entries(WORDS.en)) assert.deepEqual(gaps(WORDS.fr[/** @type {keyof typeof WORDS.fr} */ (word)]), gaps(text), word);
  });

  test('the model has nothing wrong, and its texts are in both languages', () => {
    const model = readFileSync(new URL('model.json', demo), 'utf8');
    assert.deepEqual(check(model), []);
    const texts = [...model.matchAll(/"(?:label|text|name|description)":\s*\{\s*"en": "[^"]+",\s*"fr": "[^"]+"/g)];
    assert.equal(texts.length, [...model.matchAll(/"(?:label|text|name|description)":\s*\{/g)].length);
    assert(texts.length > 20);
  });

  test('the front door leads to the language that the browser prefers', async () => {
    for (const [preferred, language] of [['fr-CA', 'fr'], ['de-DE', 'en'], ['en-GB', 'en']]) {
      const { page, go, leave } = await visitor();
      await page.evaluateOnNewDocument((wanted) => Object.defineProperty(navigator, 'languages', { get: () => [wanted] }), preferred);
      await go('?theme=dark');
      await page.waitForFunction(() => location.pathname.endsWith('/index.html'));
      assert.equal(page.url(), `${site.url}demo/${language}/index.html?theme=dark`);
      await leave();
    }
  });
});

describe('consent', () => {
  test('before a choice and after a refusal nothing is left in the browser, wherever one goes', async () => {
    const { page, elsewhere, go, leave } = await visitor(PHONE);
    await go('fr/index.html');
    for (const link of ['pricing', 'careers']) {
      await go(`fr/${link}.html`);
      assert.deepEqual(await leftBehind(page), []);
    }
    await page.click('[data-consent="denied"]');
    assert.deepEqual(await leftBehind(page), []);
    assert.equal(await page.$eval('#consent', (banner) => /** @type {HTMLElement} */ (banner).hidden), true);
    await Promise.all([page.waitForNavigation(), page.click('.foot a[href="./webinar.html"]')]);
    assert.equal(await page.$eval('#consent', (banner) => /** @type {HTMLElement} */ (banner).hidden), true, 'a refusal goes along');
    assert.equal(await page.$eval('#panel-count', (count) => count.textContent), '0');
    assert.deepEqual(await leftBehind(page), []);
    assert.deepEqual(elsewhere, []);
    await leave();
  });

  test('a yes is kept from page to page, and taken back leaves nothing', async () => {
    const { page, go, leave } = await visitor();
    await go('en/pricing.html?panel=open');
    await page.click('[data-consent="granted"]');
    await shows(page, 'You accepted');
    assert.deepEqual((await leftBehind(page)).map((place) => place.split(',').sort().join()), ['leadscore,local: frimas.consent']);
    await go('en/case-study.html?panel=open');
    await shows(page, 'Saw the prices');
    await shows(page, 'Saw the case study');
    await page.click('[data-consent="withdraw"]');
    await shows(page, 'You refused');
    assert.deepEqual(await leftBehind(page), []);
    assert.equal(await page.$$eval('#seen li', (rows) => rows.length), 0);
    await leave();
  });

  test('a browser that says no is not asked', async () => {
    const { page, go, leave } = await visitor();
    await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }));
    await go('en/index.html?panel=open');
    await shows(page, 'Your browser says no for you');
    assert.equal(await page.$eval('#consent', (banner) => /** @type {HTMLElement} */ (banner).hidden), true);
    assert.deepEqual(await leftBehind(page), []);
    await leave();
  });

  test('both answers are as large and as near', async () => {
    for (const size of [PHONE, DESKTOP]) {
      const { page, go, leave } = await visitor(size);
      await go('fr/index.html');
      const [yes, no] = await page.$$eval('.answers .button', (buttons) => buttons.map((button) => {
        const { width, height, top } = button.getBoundingClientRect();
        const { backgroundColor, color, fontSize, fontWeight } = getComputedStyle(button);
        return { width: Math.round(width), height, top, backgroundColor, color, fontSize, fontWeight };
      }));
      assert.deepEqual(yes, no);
      await leave();
    }
  });
});

describe('the form', () => {
  /** @param {Awaited<ReturnType<typeof visitor>>} visit @param {string} language */
  async function ask({ page, go }, language) {
    await go(`${language}/demo.html`);
    await page.type('#name', 'Ada Secret');
    await page.type('#email', 'ada@example.com');
    await page.type('#company', 'Example');
    await page.click('form .button');
    await page.waitForSelector('#sent:not([hidden])');
  }

  test('with consent it carries the log of the visit, and nothing that was typed', async () => {
    const visit = await visitor(PHONE);
    const { page, elsewhere, problems, go, leave } = visit;
    await go('en/pricing.html');
    await page.click('[data-consent="granted"]');
    await ask(visit, 'en');
    const log = await page.$eval('#parcel code', (code) => code.textContent ?? '');
    const { events, clamps } = readLog(log, { now: Date.now() + 1000, site: '127.0.0.1' });
    const told = /** @type {import('../../pkg/tracker.js').TrackedEvent[]} */ (events).map(({ type, path, form }) => [type, path ?? form].filter(Boolean).join(' '));
    for (const wanted of ['page_view /demo/en/pricing.html', 'page_view /demo/en/demo.html', 'form_start demo', 'form_submit demo']) assert(told.includes(wanted), `${wanted} in ${told}`);
    assert.deepEqual(clamps, []);
    assert(!/Secret|ada@/.test(JSON.stringify(events)));
    await shows(page, 'works out the score by itself');
    assert.deepEqual([elsewhere, problems], [[], []]);
    await leave();
  });

  test('without it carries what was typed alone', async () => {
    const visit = await visitor();
    const { page, elsewhere, leave } = visit;
    await ask(visit, 'fr');
    await shows(page, 'De votre visite\u00a0: rien');
    assert.equal(await page.$('#parcel code'), null);
    assert.match(await page.$eval('#parcel', (parcel) => parcel.textContent ?? ''), /Ada Secret/);
    assert.deepEqual(elsewhere, []);
    await leave();
  });

  test('a visitor who is hot is offered a time; one who has just come, or looks for work, is not', async () => {
    const { page, go, leave } = await visitor();
    const offered = async (/** @type {number} */ least) => {
      await page.waitForFunction((points) => Number(document.querySelector('#standing b')?.textContent) >= points, {}, least);
      return page.$eval('#slots', (slots) => !(/** @type {HTMLElement} */ (slots).hidden));
    };
    await go('en/demo.html?panel=open');
    await page.click('[data-consent="granted"]');
    assert.equal(await offered(8), false);
    await go('en/case-study.html?panel=open');
    await page.$eval('[data-read]', (end) => end.scrollIntoView());
    await shows(page, 'Read the case study to the end');
    for (const way of ['.aside a[download]', '.best .button']) {
      await go('en/pricing.html?panel=open');
      await page.click(way);
    }
    await page.waitForSelector('#demo');
    await page.waitForSelector('#slots:not([hidden])'); // the score in the page is another than that of the panel, and may come later
    await page.click('.slot');
    assert.equal(await page.$eval('#demo', (form) => new FormData(/** @type {HTMLFormElement} */ (form)).has('slot')), true);
    await go('en/careers.html?panel=open');
    await page.$eval('.jobs .button', (link) => link.addEventListener('click', (event) => event.preventDefault()));
    await page.click('.jobs .button');
    await shows(page, 'Applied: radio engineer');
    await go('en/demo.html?panel=open');
    assert.equal(await offered(1), false);
    await leave();
  });
});
