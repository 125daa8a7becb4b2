/**
 * The demo with its worker, as a stranger meets it in a browser: the form, the page of the CRM, an outage, and the end of everything
 * in the middle of one.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createScorer } from 'leadscore';
import { launch } from '../../scripts/browser.mjs';
import { buildDemo } from '../../scripts/demo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { readLog } from '../../pkg/src/log.js';
import { leadsOfTheDemo } from '../../www/demo/worker/site.mjs';

const here = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const axe = here('node_modules/axe-core/axe.min.js');
const scorer = createScorer(here('www/demo/worker/model.json'));
const folder = mkdtempSync(join(tmpdir(), 'leadscore-demo-'));

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {{ url: string, close: () => void, end: () => Promise<void> }} */
let site;

before(async () => {
  await buildDemo();
  site = await start(0);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  await site?.end();
  rmSync(folder, { recursive: true, maxRetries: 10 });
});

/** @param {number} port */
async function start(port) {
  const leads = leadsOfTheDemo(folder);
  return { ...(await serve(port, {}, leads.answer)), end: leads.end };
}

async function visitor(size = { width: 1280, height: 900 }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // the machine may have other work
  const problems = /** @type {string[]} */ ([]);
  const posted = /** @type {URLSearchParams[]} */ ([]);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => request.url().endsWith('/lead') && posted.push(new URLSearchParams(request.postData())));
  await page.setViewport(size);
  const shows = (/** @type {string} */ text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
  return { page, problems, posted, shows, go: (/** @type {string} */ path) => page.goto(`${site.url}demo/${path}`), leave: () => context.close() };
}

/**
 * Turns the CRM off or on. Not by a place on the screen: the page draws itself anew each second, and may be another by the time
 * that the mouse is there.
 * @param {import('puppeteer-core').Page} page
 */
const turn = (page) => page.$eval('#switch', (button) => /** @type {HTMLButtonElement} */ (button).click());

/** Fills in the form and sends it. @param {import('puppeteer-core').Page} page @param {Record<string, string>} fields */
async function send(page, { rooms, ...fields }) {
  await page.waitForFunction(() => document.getElementById('promise')?.textContent?.includes('worker'));
  for (const [name, text] of Object.entries(fields)) await page.type(`#${name}`, text);
  await page.select('#rooms', rooms);
  await page.click('#demo .button:not(.quiet)');
  await page.waitForSelector('#sent:not([hidden]) #crm:not([hidden])');
}

/** What the page of the CRM asks for. @returns {Promise<import('../../www/demo/worker/crm/way.js').State>} */
const state = async () => /** @type {any} */ (await (await fetch(`${site.url}demo/worker/state`)).json());

/** Switches the CRM off and sends the form. @param {Awaited<ReturnType<typeof visitor>>} somebody @param {Parameters<typeof send>[1]} fields */
async function sendInOutage({ page, shows, go }, fields) {
  await go('worker/crm/?lang=en');
  await shows('It takes what comes.');
  await turn(page);
  await shows('nobody answers at its address');
  await go('en/demo.html?consent=no');
  await send(page, fields);
}

test('a form that is sent is a lead in the CRM, with the score that the engine gives', async () => {
  const { page, problems, posted, shows, go, leave } = await visitor();
  await go('en/pricing.html');
  await page.click('[data-consent="granted"]');
  await page.waitForFunction(() => localStorage.getItem('leadscore') !== null);
  await go('en/demo.html');
  await send(page, { name: 'Ada Lovelace', email: 'ada@dairy.example', company: 'Analytical Dairy', message: 'The nights', rooms: '31+' });
  await Promise.all([page.waitForNavigation(), page.click('#crm')]);
  await shows('Ada Lovelace');

  const { leads: [lead], outbox } = await state();
  const [form] = posted;
  const log = String(form.get('lead_log'));
  assert(log.length > 20, 'the visit came along');
  const { events } = readLog(log, { now: lead.at, site: '127.0.0.1' });
  const facts = { project: { rooms: '31+' }, contact: { emailKind: 'work' }, message: 'The nights' };
  const { value, grade, stage } = scorer.score(facts, { events, asOf: lead.at });
  assert(value !== null && value > 50, `${value}: of the visit too`);
  assert.deepEqual([lead.score.value, lead.score.grade, lead.score.stage, lead.score.route?.id], [value, grade, stage, 'call']);
  const card = await page.$eval('.entry', (entry) => /** @type {HTMLElement} */ (entry).innerText);
  for (const text of [grade, String(Math.round(value)), 'Call today', 'More than 30 cold rooms', 'Analytical Dairy']) assert(card.includes(String(text)), `${text} in ${card}`);
  assert.deepEqual([outbox.counts.sent, outbox.counts.queued], [1, 0]);
  assert.deepEqual(problems, []);
  await leave();
});

test('while the CRM is off a lead waits in the outbox, and comes once when it is on', async () => {
  const somebody = await visitor();
  const { page, shows, leave } = somebody;
  await sendInOutage(somebody, { name: 'Grace Hopper', email: 'grace@cellar.example', company: 'Cellar', rooms: '4-30' });
  await Promise.all([page.waitForNavigation(), page.click('#crm')]);
  await shows('1 lead is waiting.');
  assert.equal((await page.$$('.entry')).length, 1);
  assert.equal((await state()).outbox.counts.queued, 1);
  await turn(page);
  await shows('Grace Hopper');
  await shows('Nothing is waiting.');
  const { leads, outbox } = await state();
  assert.deepEqual([leads.length, outbox.counts.sent, outbox.counts.queued], [2, 2, 0]);
  assert.equal((await page.$$('.entry')).length, 2);
  await leave();
});

test('what waits when everything ends is there afterwards, and goes on by itself', async () => {
  const somebody = await visitor();
  const { shows, go, leave } = somebody;
  await sendInOutage(somebody, { name: 'Joan Clarke', email: 'joan@cellar.example', company: 'Cellar', rooms: '1-3' });
  site.close();
  await site.end();
  site = await start(Number(new URL(site.url).port));
  await go('worker/crm/?lang=en');
  await shows('Joan Clarke');
  assert.deepEqual((await state()).leads.map(({ facts }) => /** @type {any} */ (facts).contact.name), ['Ada Lovelace', 'Grace Hopper', 'Joan Clarke']);
  await leave();
});

for (const language of ['en', 'fr']) {
  for (const theme of ['light', 'dark']) {
    test(`the page of the CRM is accessible and fits a phone: ${language}, ${theme}`, async () => {
      const { page, problems, go, leave } = await visitor({ width: 360, height: 740 });
      await go(`worker/crm/?lang=${language}&theme=${theme}`);
      await page.waitForSelector('.entry summary');
      await page.click('.entry summary');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
      assert.deepEqual(violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`), []);
      assert.deepEqual(problems, []);
      await leave();
    });
  }
}

test('only the page of the CRM switches it, and a form of another site is not taken', async () => {
  const post = (/** @type {string} */ path, /** @type {Record<string, string>} */ headers) =>
    fetch(`${site.url}demo/worker/${path}`, { method: 'POST', headers, body: new URLSearchParams({ email: 'a@b.example' }) });
  assert.equal((await post('switch', { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await post('lead', { origin: 'https://evil.example' })).status, 403);
  assert.equal((await post('admin/outbox', { authorization: `Bearer ${'x'.repeat(40)}` })).status, 401);
  const { on, leads } = await state();
  assert.deepEqual([on, leads.length], [true, 3]);
});

test('where a static host serves it, the page says what it needs', async () => {
  const host = await serve(0);
  const { page, shows, leave } = await visitor();
  await page.goto(`${host.url}demo/worker/crm/?lang=fr`);
  await shows('Cette page a besoin du worker');
  await leave();
  host.close();
});
