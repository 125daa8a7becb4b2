/** What the tracker is to the page: scoring on request, and else as good as not there. */
import assert from 'node:assert/strict';
import { compileModel } from 'leadscore';
import { START as RUN } from './site.mjs';
import { EMPTY, SECOND, rules } from './visit.mjs';

const BY_POLICY = "default-src 'self'; script-src 'self'; connect-src 'none'";

const PAGES = {
  '/framed': { head: '<script src="/leadscore/dist/tracker.iife.js" data-consent="granted" data-send="/collect"></script>' },
  '/frame': { body: '<iframe sandbox="allow-scripts allow-forms" src="/framed"></iframe>' },
  '/start.js': { script: RUN.replace(/<\/?script[^>]*>/g, '') },
  '/strict': {
    head: '<script type="module" src="/start.js"></script>',
    body: '<form id="contact"><input name="email"><button>Send</button></form><a href="/file.pdf">file</a>',
    headers: { 'content-security-policy': `${BY_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'` },
  },
  '/plain': { head: '' },
  '/clobbered': {
    body: '<form id="f" method="post"><input name="matches"><input name="closest"><input name="id"><input name="getAttribute"></form><form id="g"><input name="action"><input name="method"><button>Send</button></form>',
  },
  '/twice': {
    head: `${RUN}<script src="/leadscore/dist/tracker.iife.js" data-consent="denied" data-field="other" defer></script>`,
  },
  '/attributes': { head: '<script src="/leadscore/dist/tracker.iife.js" data-consent="granted" data-site="example.com" data-query="ref, via" data-keep="7" defer></script><script>addEventListener("load", () => { window.tracker = window.leadscore })</script>' },
  '/measured': {
    head: `<script>
        document.addEventListener('leadscore:change', () => setTimeout(() => requestAnimationFrame(() => { window.isScored = true })));
      </script>
      <script type="module">
        import { track } from '/leadscore/dist/tracker.js';
        const load = () => import('/leadscore/entries/runtime/browser.js');
        window.tracker = track({ consent: 'granted', score: { program: '/program', load } });
      </script>`,
  },
  '/module': { head: '<script type="module">import { track } from "/leadscore/dist/tracker.js"; window.tracker = track(window.options);</script>' },
};

const MODEL = {
  format: 1,
  id: 'page',
  dimensions: [{ id: 'interest', groups: [{ id: 'visits', rules: [
    { id: 'views', on: 'page_view', points: 1 },
    { id: 'price', on: 'pricing', points: 40 },
  ] }] }],
  total: { labels: [{ id: 'hot', from: 40 }, { id: 'cold' }] },
};

/** Lets a page say what it hears, and use a runtime. @param {any} window */
function listening(window) {
  window.changes = [];
  window.told = [];
  window.document.addEventListener('leadscore:change', (/** @type {any} */ { detail }) => window.changes.push(`${detail.value} ${detail.label}`));
  window.document.addEventListener('leadscore:event', (/** @type {any} */ { detail }) => window.told.push(detail.type));
  const load = () => import(/** @type {any} */ ('/leadscore/entries/runtime/browser.js'));
  if (window.options.score) window.options.score.load = load;
}

rules(PAGES, {
  'T32 a page with a program hears of each new value': async ({ visitor, site }) => {
    // Programs for browsers tell no labels.
    for (const [audience, cold, hot] of /** @type {const} */ ([['edge', 'cold', 'hot'], ['browser', 'null', 'null']])) {
      site.pages['/program'] = { bytes: compileModel(MODEL, { audience }) };
      const tab = await (await visitor()).open('/pricing', { score: { program: '/program' } }, listening);
      await tab.pass(SECOND); // until the page is idle
      await tab.until((window) => window.changes.length > 0);
      assert.deepEqual(await tab.run((window) => window.changes), [`1 ${cold}`]);
      await tab.run((window) => window.tracker.event('pricing'));
      await tab.run((window) => window.tracker.event('worthless'));
      assert.deepEqual(await tab.run((window) => window.changes), [`1 ${cold}`, `41 ${hot}`]);
      await tab.run((window) => window.tracker.consent('denied'));
      await tab.until((window) => window.changes.length > 2);
      assert.deepEqual(await tab.run((window) => window.changes), [`1 ${cold}`, `41 ${hot}`, `0 ${cold}`]);
      assert.deepEqual(await tab.run((window) => window.told), ['page_view', 'pricing', 'worthless']);
    }
  },

  'T32 without a program, an engine or leave for it the tracker only notes': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/pricing', { score: { program: '/nowhere' } }, listening);
    await tab.pass(SECOND);
    for (let times = 0; times < 100 && !site.asked.includes('/nowhere'); times++) await tab.frames();
    assert(site.asked.includes('/nowhere'));
    await tab.run((window) => window.tracker.event('pricing'));
    assert.deepEqual(await tab.events(), ['page_view /pricing', 'pricing']);
    assert.deepEqual(await tab.run((window) => window.changes), []);
  },

  'T33 a page without storage is tracked in memory': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { send: '/collect' }, (window) => {
      Object.defineProperty(window, 'localStorage', { get: () => { throw new window.DOMException('denied', 'SecurityError'); } });
    });
    await tab.run((window) => window.tracker.event('click'));
    assert.deepEqual(await tab.events(), ['page_view /', 'click']);
    assert.notEqual(await tab.run((window) => window.tracker.getLog()), '');
    await tab.run((window) => window.tracker.withdraw());
    assert.deepEqual(await tab.events(), []);
  },

  'T33 a storage that is full, locks that are refused and requests that fail are borne': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { send: 'http://nowhere.invalid/collect' }, (window) => {
      window.Storage.prototype.setItem = () => { throw new window.DOMException('full', 'QuotaExceededError'); };
      window.LockManager && (window.LockManager.prototype.request = () => Promise.reject(new window.DOMException('no', 'SecurityError')));
    });
    await tab.run((window) => window.tracker.event('click'));
    await tab.hide();
    await tab.show();
    assert.deepEqual(await tab.run((window) => window.tracker.events().map((/** @type {any} */ { type }) => type)), ['page_view', 'click']);
  },

  'T33 a frame without an origin is a page like others': async ({ visitor }) => {
    const tab = await (await visitor()).open('/frame');
    await tab.until((window) => window.frames.length === 1);
    const frame = tab.page.frames().find((frame) => frame.url().endsWith('/framed'));
    assert(frame);
    await frame.waitForFunction('window.leadscore');
    await frame.evaluate(() => /** @type {any} */ (window).leadscore.event('click'));
    assert.deepEqual(await frame.evaluate(() => /** @type {any} */ (window).leadscore.events().map((/** @type {any} */ { type }) => type)), ['page_view', 'click']);
    assert.deepEqual(await tab.events(), ['page_view /frame']);
  },

  'T33 a strict policy, with trusted types, is kept': async ({ visitor }) => {
    const tab = await (await visitor()).open('/strict', { send: '/collect', score: { program: '/nowhere' } }, (window) => {
      window.violations = [];
      window.document.addEventListener('securitypolicyviolation', (/** @type {any} */ event) => window.violations.push(event.violatedDirective));
    });
    await tab.run((window) => window.document.forms[0].addEventListener('submit', (/** @type {Event} */ event) => event.preventDefault()));
    await tab.page.type('[name=email]', 'ada@example.com');
    await tab.page.click('button');
    await tab.page.click('a', { button: 'middle' });
    await tab.page.bringToFront();
    await tab.pass(20 * SECOND);
    await tab.hide();
    await tab.show();
    const events = await tab.events();
    assert.deepEqual(events.slice(0, 4), ['page_view /strict', 'form_start contact', 'form_submit contact', 'download /file.pdf pdf']);
    assert(!(await tab.run((window) => window.violations)).some((/** @type {string} */ directive) => /trusted|script/.test(directive)));
    assert.notEqual(await tab.page.$eval('[name=lead_log]', (input) => /** @type {HTMLInputElement} */ (input).value), '');
  },

  'T33 fields that go by the names of what a form can do disturb nobody': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/clobbered');
    await tab.page.type('[name=closest]', 'x');
    await tab.page.type('[name=action]', 'x');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
    assert.equal(new URL(tab.page.url()).search, '?action=x&method=');
    assert.deepEqual(site.posts, []);
  },

  'T33 listeners of the page that throw, and options that make no sense, stay the page\'s affair': async ({ visitor }) => {
    const tab = await (await visitor()).open('/plain', {}, (window) => { window.untracked = true; });
    const names = await tab.run(async (window) => {
      const { track } = await window.eval("import('/leadscore/tracker/index.js')");
      const odd = [{ consent: () => { throw new Error('mine'); } }, { consent: 'perhaps' }, { keep: 'long' }, { form: ':::' }, { field: '"]' }, { query: 7 }, { site: null }];
      return odd.map((options) => {
        const tracker = track(options);
        tracker.event('click');
        tracker.getLog();
        tracker.consent('granted');
        const { length } = tracker.events();
        tracker.stop();
        return length;
      });
    });
    assert.equal(names.length, 7);
  },

  'T34 stop undoes everything': async ({ visitor }) => {
    for (const path of ['/plain', '/plain?no-navigation']) {
      const tab = await (await visitor()).open(path, {}, (window) => {
        window.untracked = true;
        if (window.location.search) Object.defineProperty(window, 'navigation', { value: undefined });
        window.listeners = new Set();
        const { addEventListener, removeEventListener } = window.EventTarget.prototype;
        const key = (/** @type {any} */ target, /** @type {string} */ type) => `${target?.constructor?.name ?? 'Window'} ${type}`;
        window.EventTarget.prototype.addEventListener = function (/** @type {string} */ type, /** @type {any} */ work, /** @type {any} */ options) {
          const target = this ?? window;
          if (options?.signal) {
            const entry = { key: key(target, type) };
            window.listeners.add(entry);
            addEventListener.call(options.signal, 'abort', () => window.listeners.delete(entry));
          } else if (!(target instanceof window.AbortSignal)) {
            window.listeners.add({ key: key(target, type) });
          }
          return addEventListener.call(target, type, work, options);
        };
        window.EventTarget.prototype.removeEventListener = removeEventListener;
      });
      const found = await tab.run(async (window) => {
        const { track } = await window.eval("import('/leadscore/tracker/index.js')");
        const { document, History } = window;
        document.body.innerHTML = '<form onsubmit="return false"><input name="a"></form>';
        const look = () => ({
          globals: [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertySymbols(window)].map(String).sort().join(),
          html: document.documentElement.outerHTML,
          listeners: [...window.listeners].map(({ key }) => key).sort().join(),
          pushState: History.prototype.pushState,
          replaceState: History.prototype.replaceState,
          timers: window.clock.countTimers(),
        });
        window.before = window.after = undefined;
        const before = look();
        const tracker = track({ consent: 'granted' });
        document.forms[0].requestSubmit();
        window.history.pushState(null, '', '/plain/next');
        const during = look();
        tracker.stop();
        const after = look();
        const count = tracker.events().length;
        window.history.pushState(null, '', '/plain/other');
        window.dispatchEvent(new window.Event('pointermove'));
        window.clock.tick(60_000);
        tracker.event('click');
        tracker.consent('denied');
        const names = /** @type {(keyof typeof before)[]} */ (Object.keys(before));
        return {
          changed: names.filter((name) => before[name] !== during[name]),
          left: names.filter((name) => before[name] !== after[name]),
          late: tracker.events().length - count,
          again: track() !== tracker,
        };
      });
      assert.deepEqual(found.left, []);
      assert(found.changed.includes('listeners') && found.changed.includes('html') && found.changed.includes('globals'));
      assert.equal(found.changed.includes('pushState'), path !== '/plain');
      assert.equal(found.late, 0);
      assert(found.again);
    }
  },

  'T35 two copies on one page are one tracker': async ({ visitor }) => {
    const tab = await (await visitor()).open('/twice');
    await tab.until((window) => window.leadscore);
    assert.equal(await tab.run((window) => window.leadscore === window.tracker), true);
    assert.deepEqual(await tab.events(), ['page_view /twice']);
  },

  'T35 the file for pages without a bundler is the same tracker': async ({ visitor }) => {
    const tab = await (await visitor()).open('/attributes?ref=a&via=b&utm_source=c');
    assert.deepEqual(await tab.events(), ['page_view /attributes a b']);
    const other = await (await visitor()).open('/module');
    await other.run((window) => window.tracker.event('click'));
    assert.deepEqual(await other.events(), ['page_view /module', 'click']);
    await other.run((window) => window.tracker.withdraw());
    assert.deepEqual(await other.storages(), EMPTY);
  },
});

rules(
  PAGES,
  {
    'T36 the tracker adds no long task to the loading of a page': async ({ visitor, site }) => {
      site.pages['/program'] = { bytes: compileModel(MODEL, { audience: 'browser' }) };
      const page = await (await visitor()).context.newPage(); // with a clock of its own: here it is its time that counts
      const longest = [];
      for (let times = 0; times < 3; times++) {
        await page.goto('about:blank');
        await page.tracing.start({ categories: ['toplevel', 'devtools.timeline'] });
        await page.goto(`${site.url}/measured`);
        await page.waitForFunction('window.isScored');
        longest.push(longestTask(await page.tracing.stop(), site.url));
        // The next time there is a long visit to take in.
        await page.evaluate(() => {
          for (let n = 0; n < 200; n++) /** @type {any} */ (window).tracker.event('long', { n, path: `/some/path/${n % 40}` });
        });
      }
      // Time of the processor, as other programs run beside it; four times slower it would take four times as long.
      assert(longest.every((ms) => ms > 0));
      assert(Math.min(...longest.slice(1)) * 4 <= 50, `${longest} ms`);
    },
  },
  ['chrome'],
);

/**
 * How long the longest task of a page took the processor on its main thread, in milliseconds.
 * @param {Uint8Array | undefined} trace
 * @param {string} site
 */
function longestTask(trace, site) {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace));
  const page = traceEvents.find((/** @type {any} */ { name, args }) => name === 'ParseHTML' && args.beginData?.url.startsWith(site));
  const tasks = traceEvents.filter((/** @type {any} */ { name, pid, tid }) => name.endsWith('RunTask') && pid === page.pid && tid === page.tid);
  return Math.max(...tasks.map((/** @type {any} */ { tdur = 0 }) => tdur)) / 1000;
}
