/** Opens the playground for a test, as a visitor meets it, and holds what every page of it must hold. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createScorer } from 'leadscore';
import { launch } from '../../scripts/browser.mjs';
import { buildPlayground } from '../../scripts/playground.mjs';
import { serve } from '../../scripts/serve.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
export const [PHONE, DESKTOP] = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
];
export const AS_OF = '2026-11-22T09:00:00Z';

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {{ url: string, close: () => void }} */
let site;

export async function start() {
  await buildPlayground();
  site = await serve(0);
  browser = await launch();
}

export async function stopped() {
  await browser?.close();
  site?.close();
}

/** A page of its own, the addresses it asked for elsewhere, and everything that went wrong in it. */
export async function openPage(address = '', size = DESKTOP, { url } = /** @type {{ url: string }} */ (site)) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // on a machine that does much else besides
  const problems = /** @type {string[]} */ ([]);
  const elsewhere = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && problems.push(message.text()));
  page.on('request', (request) => {
    const own = /^(data|blob):/.test(request.url()) || request.url().startsWith(url);
    if (!own || request.method() !== 'GET') elsewhere.push(`${request.method()} ${request.url()}`);
  });
  await page.setViewport(size);
  await page.goto(url + address);
  await page.waitForSelector('main h1');
  return { page, problems, elsewhere, leave: () => context.close() };
}

/** @param {Page} page @param {string} text */
export const shows = (page, text) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);

/** @param {Page} page @param {string} text of a button */
export const press = (page, text) =>
  page.evaluate((wanted) => {
    const found = [...document.querySelectorAll('button')].find(
      (button) => button.innerText.replace(/\s+/g, ' ').trim() === wanted,
    );
    if (!found) throw new Error(`no button says ${wanted}`);
    found.click();
  }, text);

/** @param {string} id @returns {any} */
export function story(id) {
  return JSON.parse(readFileSync(new URL(`../../www/models/${id}.json`, import.meta.url), 'utf8'));
}

/** @param {string} id @param {number} place @returns {{ name: Record<string, string>, facts: any, events: any[] }} */
export function sample(id, place) {
  return JSON.parse(readFileSync(new URL(`../../playground/leads/${id}.json`, import.meta.url), 'utf8'))[place];
}

/** @param {{ facts: any, events: any[] }} lead @param {any} model @param {import('leadscore').ScoreOptions} [more] */
export function scoreOf({ facts, events }, model, more = {}) {
  const dated = events.map(({ days, ...event }) => ({ ...event, at: Date.parse(AS_OF) - days * 86_400_000 }));
  return createScorer(model).score(facts, { events: dated, asOf: AS_OF, ...more });
}

/** What axe finds on a page, as sentences. @param {Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return found.violations.map(
      (/** @type {any} */ one) =>
        `${one.id}: ${one.nodes
          .slice(0, 3)
          .map((/** @type {any} */ node) => `${node.html.slice(0, 160)} ${node.failureSummary}`)
          .join(' | ')}`,
    );
  });
}

/** What can be used but is not reached by the Tab key, as it is written. @param {Page} page @returns {Promise<string[]>} */
async function unreached(page) {
  const count = await page.evaluate(() => {
    const able = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const whole = document.querySelector('dialog[open]') ?? document; // what lies behind a dialog is not to be reached
    const tabbed = /** @type {HTMLElement[]} */ ([...whole.querySelectorAll(able)]).filter((node) => {
      if (node.tabIndex < 0 || !node.checkVisibility({ visibilityProperty: true }) || node.matches(':disabled')) return false;
      if (!(node instanceof HTMLInputElement) || node.type !== 'radio') return true;
      const group = [...document.querySelectorAll(`input[type="radio"][name="${CSS.escape(node.name)}"]`)];
      return node.checked || (node === group[0] && !group.some((one) => /** @type {HTMLInputElement} */ (one).checked));
    });
    tabbed.forEach((node) => (node.dataset.unreached = ''));
    document.addEventListener('focusin', ({ target }) => delete (/** @type {HTMLElement} */ (target).dataset.unreached));
    tabbed[0].focus(); // from the start of the page, wherever the mouse was
    return tabbed.length;
  });
  for (let step = 0; step < count * 2 + 20; step++) {
    await page.keyboard.press('Tab');
    if (step % 20 === 19 && !(await page.$('[data-unreached]'))) break;
  }
  return page.$$eval('[data-unreached]', (all) => all.map((node) => node.outerHTML.slice(0, 160)));
}

/**
 * Holds an address to what every view promises: on a phone and a desktop, in light and dark, in French and English; all of it
 * reached by the keyboard.
 * @param {string} address
 * @param {(page: Page) => Promise<unknown>} [ready] brings the page to what is looked at
 */
export async function faults(address, ready = async () => {}) {
  for (const size of [PHONE, DESKTOP])
    for (const theme of ['light', 'dark'])
      for (const lang of ['en', 'fr']) {
        const look = `${address}&theme=${theme}&lang=${lang}&as-of=${AS_OF}`;
        const { page, problems, elsewhere, leave } = await openPage(look, size);
        await ready(page);
        assert(
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          `nothing runs over the edge: ${look} ${size.width}`,
        );
        assert.deepEqual(await violations(page), [], `${look} ${size.width}`);
        if (theme === 'light' && lang === 'en') assert.deepEqual(await unreached(page), [], `by keyboard: ${look} ${size.width}`);
        assert.deepEqual([problems, elsewhere], [[], []], look);
        await leave();
      }
}
