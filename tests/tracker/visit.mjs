/**
 * Visits of a website in real browsers, each with a fresh profile and a clock of its own: time passes when a test says so, and
 * nothing waits for it. Every case of a rule runs in each kind of browser that is installed.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { buildSync } from 'esbuild';
import { installedBrowsers, launch } from '../../scripts/browser.mjs';
import { root } from '../../scripts/shell.mjs';
import { website } from './site.mjs';

/** When every visit begins. */
export const START = Date.UTC(2026, 10, 22, 9);
export const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

const clock = buildSync({
  stdin: {
    contents: `
      import { install } from '@sinonjs/fake-timers';
      const toFake = ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestIdleCallback'];
      globalThis.clock = install({ now: NOW, toFake });`,
    resolveDir: root,
  },
  bundle: true,
  format: 'iife',
  external: ['util', 'timers', 'timers/promises'], // only of Node
  write: false,
}).outputFiles[0].text;

/** @typedef {Awaited<ReturnType<typeof website>>} Site */
/** @typedef {import('../../pkg/tracker.js').TrackOptions} TrackOptions */
/** @typedef {{ site: Site, kind: 'chrome' | 'firefox', visitor: () => Promise<Visitor> }} World */

/**
 * The cases of rules, each named by the number of its rule in docs/tracker.md.
 * @param {Record<string, import('./site.mjs').Shown>} pages
 * @param {Record<string, (world: World) => Promise<void>>} cases
 * @param {('chrome' | 'firefox')[]} [kinds]
 */
export function rules(pages, cases, kinds = ['chrome', 'firefox']) {
  for (const { kind, path } of installedBrowsers().filter(({ kind }) => kinds.includes(kind))) {
    describe(kind, () => {
      /** @type {import('puppeteer-core').Browser} */
      let browser;
      /** @type {Site} */
      let site;
      before(async () => {
        site = await website(pages);
        browser = await launch({ kind, path });
      });
      after(async () => {
        await browser?.close();
        site?.close();
      });
      for (const [name, work] of Object.entries(cases)) {
        test(name, async () => {
          const visitors = /** @type {Visitor[]} */ ([]);
          site.posts.length = 0;
          try {
            await work({
              site,
              kind,
              visitor: async () => {
                visitors.push(new Visitor(site, await browser.createBrowserContext()));
                return visitors[visitors.length - 1];
              },
            });
            for (const { problems } of visitors) assert.deepEqual(problems, []);
          } finally {
            for (const { context } of visitors) await context.close();
          }
        });
      }
    });
  }
}

/** Somebody with a browser, and the time on it. */
export class Visitor {
  now = START;
  /** What went wrong in the pages: the tracker is to cause nothing. @type {string[]} */
  problems = [];

  /** @param {Site} site @param {import('puppeteer-core').BrowserContext} context */
  constructor(site, context) {
    this.site = site;
    this.context = context;
  }

  /**
   * Opens a tab.
   * @param {string} path
   * @param {TrackOptions} [options] of the tracker; consent is given unless they say otherwise
   * @param {(window: any) => void} [prepare] runs in each page before its own scripts
   */
  async open(path, options, prepare) {
    const tab = new Tab(this, await this.context.newPage(), { consent: 'granted', ...options }, prepare);
    await tab.go(path);
    return tab;
  }
}

/** One tab of the visitor. */
export class Tab {
  /** @type {string[]} */
  #prepared = [];

  /**
   * @param {Visitor} visitor
   * @param {import('puppeteer-core').Page} page
   * @param {TrackOptions} options
   * @param {(window: any) => void} [prepare]
   */
  constructor(visitor, page, options, prepare) {
    this.visitor = visitor;
    this.page = page;
    this.options = options;
    this.prepare = prepare;
    page.setDefaultTimeout(120_000); // the machine may have other work
    page.on('pageerror', (error) => {
      // Firefox tells of each request that a policy forbids as if it was an error.
      if (!String(error).startsWith('Error: Content-Security-Policy')) visitor.problems.push(String(error));
    });
  }

  /** Every page that this tab opens from here on starts at the visitor's present. */
  async present() {
    for (const id of this.#prepared.splice(0)) await this.page.removeScriptToEvaluateOnNewDocument(id);
    const scripts = [
      clock.replace('NOW', String(this.visitor.now)),
      `window.options = ${JSON.stringify(this.options)}`,
      ...(this.prepare ? [`(${this.prepare})(window)`] : []),
    ];
    const { identifier } = await this.page.evaluateOnNewDocument(`if (!window.clock) { ${scripts.join(';\n')} }`);
    this.#prepared.push(identifier);
  }

  /** Goes to a page as if its address was typed. @param {string} path */
  async go(path) {
    await this.present();
    await this.page.goto(this.visitor.site.url + path);
    await this.until((window) => window.tracker || window.untracked);
  }

  /** Time passes. @param {number} milliseconds */
  async pass(milliseconds) {
    this.visitor.now += milliseconds;
    await this.page.evaluate((ms) => /** @type {any} */ (window).clock.tick(ms), milliseconds);
  }

  /** Another tab comes to the front. */
  async hide() {
    const other = await this.visitor.context.newPage();
    await other.bringToFront();
    await this.until((window) => window.document.visibilityState === 'hidden');
  }

  async show() {
    await this.page.bringToFront();
    await this.until((window) => window.document.visibilityState === 'visible' && window.document.hasFocus());
  }

  /** Somebody does something. */
  act() {
    return this.run((window) => void window.dispatchEvent(new window.Event('pointermove')));
  }

  /** Until what was just scrolled has been told to everybody. */
  frames() {
    return this.run((window) => new Promise((done) => window.requestAnimationFrame(() => window.requestAnimationFrame(done))));
  }

  /** Runs in the page. @template Result @param {((window: any) => Result) | string} work */
  async run(work) {
    for (let times = 0; ; times++) {
      try {
        return await /** @type {Promise<Awaited<Result>>} */ (this.page.evaluate(`(${work})(window)`));
      } catch (error) {
        // A page that was prerendered takes the place of the one before.
        if (times === 20 || !String(error).includes('detached Frame')) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** Waits until something is so in the page, be it the next one; on its clock that takes no time. @param {((window: any) => unknown) | string} condition */
  async until(condition) {
    const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (const end = Date.now() + 10_000; Date.now() < end; await wait(20)) {
      // Between two pages there may be nobody to answer.
      if (await Promise.race([this.run(condition).catch(() => false), wait(1000)])) return;
    }
    assert.fail(`expected ${condition}`);
  }

  /** Goes to a page as a link would. @param {string} path */
  async follow(path) {
    await this.page.evaluate((path) => void (location.href = path), path);
    await this.until(`(window) => window.location.pathname === '${path}' && (window.tracker || window.untracked)`);
  }

  /** What the tracker holds, an event on each line. */
  async events() {
    await this.settle();
    return /** @type {string[]} */ ((await this.run((window) => window.tracker.events())).map(said));
  }

  /** What is stored. */
  async stored() {
    await this.settle();
    return /** @type {{ visitor: string, since: number, events: Record<string, any>[] } | null} */ (
      JSON.parse((await this.run((window) => window.localStorage.getItem('leadscore'))) ?? 'null')
    );
  }

  /** Until the tracker has written what it wanted to write: whoever asks for its lock comes after it. */
  async settle() {
    await this.run((window) => window.navigator.locks.request('leadscore', () => {}));
  }

  /** Everything that any storage of the site holds. */
  storages() {
    return this.run(async (window) => ({
      local: { ...window.localStorage },
      session: { ...window.sessionStorage },
      cookies: window.document.cookie,
      databases: await window.indexedDB.databases(),
      caches: await window.caches.keys(),
    }));
  }
}

/**
 * An event in a line: its type, then its properties.
 * @param {Record<string, unknown>} event
 */
export function said({ id, at, session, type, ...properties }) {
  return [type, ...Object.values(properties)].join(' ');
}

export const EMPTY = { local: {}, session: {}, cookies: '', databases: [], caches: [] };
