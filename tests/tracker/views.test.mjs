/** What the visitor saw: page views, scrolling, videos, engaged seconds. */
import assert from 'node:assert/strict';
import { START } from './site.mjs';
import { HOUR, MINUTE, SECOND, rules } from './visit.mjs';

const PAGES = {
  '/long': { body: '<div style="height: 10000px">long</div>' },
  '/video': { body: '<video></video><video autoplay loop muted></video>' },
  '/speculative': { head: '', body: '<script type="speculationrules">{ "prerender": [{ "source": "list", "urls": ["/ahead"] }] }</script>' },
  '/ahead': {
    head: `<script>window.options = { consent: 'granted' }</script>${START}`,
    body: `<script type="module">fetch('/ready', { method: 'POST', body: String(document.prerendering) })</script>`,
  },
};

rules(PAGES, {
  'T1 a page that is seen is a view': async ({ visitor }) => {
    const tab = await (await visitor()).open('/pricing');
    assert.deepEqual(await tab.events(), ['page_view /pricing']);
    await tab.go('/about');
    await tab.go('/about');
    assert.deepEqual(await tab.events(), ['page_view /pricing', 'page_view /about', 'page_view /about']);
  },

  'T1 a tab that nobody looks at is none, until somebody does': async ({ visitor }) => {
    const front = await (await visitor()).open('/front');
    const back = await front.visitor.open('/back');
    await front.show();
    await back.go('/never');
    assert.deepEqual((await front.stored())?.events.map(({ path }) => path), ['/front', '/back']);
    await back.show();
    await front.show();
    await back.show();
    assert.deepEqual((await back.stored())?.events.map(({ path }) => path), ['/front', '/back', '/never']);
  },

  'T2 a path is compared without query, fragment, slashes, and keeps no email address': async ({ visitor }) => {
    const tab = await (await visitor()).open('/docs//start/?name=Ada&utm=no#part');
    await tab.run((window) => window.history.pushState(null, '', '/docs/start#other'));
    await tab.run((window) => window.history.pushState(null, '', '/of/ada%40example.com/and/bob@example.com/'));
    await tab.run((window) => window.history.pushState(null, '', '/'));
    assert.deepEqual(await tab.events(), ['page_view /docs/start', 'page_view /of/*/and/*', 'page_view /']);
  },

  'T3 an address changed within the page is a view if the path is another': async ({ visitor }) => {
    const tab = await (await visitor()).open('/app');
    for (const [method, address] of [['replaceState', '/app'], ['replaceState', '/app?x=1'], ['pushState', '/app/a'], ['pushState', '/app/b']]) {
      await tab.page.evaluate((method, address) => /** @type {any} */ (history)[method](null, '', address), method, address);
    }
    assert.deepEqual(await tab.events(), ['page_view /app', 'page_view /app/a', 'page_view /app/b']);
    await tab.run((window) => window.history.back());
    await tab.until((window) => window.location.pathname === '/app/a');
    await tab.run((window) => { window.location.hash = 'part'; });
    assert.deepEqual((await tab.events()).slice(3), ['page_view /app/a']);
  },

  'T3 the same in a browser without the Navigation API': async ({ visitor }) => {
    const tab = await (await visitor()).open('/app', {}, (window) => {
      Object.defineProperty(window, 'navigation', { value: undefined });
    });
    await tab.run((window) => {
      window.history.replaceState(null, '', '/app');
      window.history.pushState(null, '', '/app/a');
      window.history.pushState(null, '', '/app/b');
      window.history.back();
    });
    await tab.until((window) => window.location.pathname === '/app/a');
    assert.deepEqual(await tab.events(), ['page_view /app', 'page_view /app/a', 'page_view /app/b', 'page_view /app/a']);
  },

  'T3 several paths in a moment are a view each, and the last one is where the visitor is': async ({ visitor }) => {
    const tab = await (await visitor()).open('/app');
    await tab.hide();
    await tab.run((window) => window.history.pushState(null, '', '/unseen'));
    await tab.run((window) => window.history.pushState(null, '', '/seen'));
    assert.deepEqual(await tab.events(), ['page_view /app']);
    await tab.show();
    assert.deepEqual(await tab.events(), ['page_view /app', 'page_view /seen']);
  },

  'T4 a page that comes back as it was is a view, once for each return': async ({ visitor }) => {
    const tab = await (await visitor()).open('/first');
    await tab.run((window) => { window.isTheSame = true; });
    for (const _ of [1, 2]) {
      await tab.follow('/second');
      await tab.run((window) => window.history.back());
      await tab.until((window) => window.isTheSame);
      await tab.hide();
      await tab.show();
    }
    assert.deepEqual(await tab.events(), [
      'page_view /first',
      'page_view /second',
      'page_view /first true',
      'page_view /second',
      'page_view /first true',
    ]);
  },

  'T4 a page that is loaded again on the way back is a plain view': async ({ visitor }) => {
    const tab = await (await visitor()).open('/first', {}, (window) => window.addEventListener('unload', () => {}));
    await tab.run((window) => { window.isTheSame = true; });
    await tab.follow('/second');
    await tab.run((window) => window.history.back());
    await tab.until((window) => window.location.pathname === '/first' && window.tracker);
    const isTheSame = await tab.run((window) => window.isTheSame); // in a browser that no longer minds `unload`
    assert.deepEqual(await tab.events(), ['page_view /first', 'page_view /second', isTheSame ? 'page_view /first true' : 'page_view /first']);
  },

  'T5 another site is told by its host, on the first view': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/start');
    const elsewhere = site.url.replace('localhost', '127.0.0.1');
    for (const from of [`${elsewhere}/page?secret=1`, `${site.url}/page`]) {
      await tab.page.goto(from);
      await tab.page.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to, referrerPolicy: 'unsafe-url' });
        document.body.append(link);
        link.click();
      }, `${site.url}/landing`);
      await tab.until((window) => window.location.pathname === '/landing' && window.tracker);
      await tab.run((window) => window.history.pushState(null, '', '/next'));
    }
    assert.deepEqual(await tab.events(), [
      'page_view /start',
      'page_view /landing 127.0.0.1',
      'page_view /next',
      'page_view /page',
      'page_view /landing',
      'page_view /next',
    ]);
  },

  'T6 parameters that are allowed are noted': async ({ visitor }) => {
    const tab = await (await visitor()).open('/?utm_source=news&email=ada@example.com&gclid=x1&utm_campaign=');
    assert.deepEqual(await tab.events(), ['page_view / news x1 ']);
    const other = await (await visitor()).open('/?utm_source=news&ref=partner', { query: ['ref'] });
    assert.deepEqual(await other.events(), ['page_view / partner']);
  },

  'T11 a page that is scrolled tells how far, once a view': async ({ visitor }) => {
    const tab = await (await visitor()).open('/long');
    await tab.frames();
    assert.deepEqual(await tab.events(), ['page_view /long'], 'what is in sight at first is not scrolled');
    for (const y of [3000, 1000, 3000, 10_000, 0]) {
      await tab.page.evaluate((y) => scrollTo(0, y), y);
      await tab.frames();
    }
    const steps = ['scroll 25', 'scroll 50', 'scroll 75', 'scroll 90'];
    assert.deepEqual((await tab.events()).slice(1), steps);
    await tab.run((window) => window.history.pushState(null, '', '/other'));
    await tab.run((window) => window.scrollTo(0, 10_000));
    await tab.frames();
    assert.deepEqual((await tab.events()).slice(5), ['page_view /other', ...steps]);
  },

  'T12 a video tells how much of it was played': async ({ visitor }) => {
    const tab = await (await visitor()).open('/video');
    /** @param {[from: number, to: number][]} parts @param {number} [which] */
    const play = (parts, which = 0) =>
      tab.page.evaluate((parts, which) => {
        const video = document.querySelectorAll('video')[which];
        const played = { length: parts.length, start: (/** @type {number} */ part) => parts[part][0], end: (/** @type {number} */ part) => parts[part][1] };
        const state = { duration: 100, currentSrc: 'https://cdn.example/films/tour.webm?token=1', played };
        for (const [name, value] of Object.entries(state)) Object.defineProperty(video, name, { value, configurable: true });
        video.dispatchEvent(new Event('timeupdate'));
      }, parts, which);
    await play([[0, 9]]);
    await play([[0, 9], [90, 95]]);
    await play([[0, 9], [85, 95]]);
    await play([[0, 60]]);
    await play([[0, 100]]);
    await play([[0, 100]], 1);
    const said = (/** @type {number} */ percent) => `video /films/tour.webm ${percent}`;
    assert.deepEqual((await tab.events()).slice(1), [10, 25, 50, 75, 95].map(said));
  },

  'T13 engaged is who is there and does something': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.pass(MINUTE);
    assert.deepEqual((await tab.events()).slice(1), ['engaged 15'], 'arriving counts, and then nothing happens');
    await tab.act();
    for (let times = 0; times < 4; times++) {
      await tab.pass(10 * SECOND);
      await tab.act();
    }
    assert.deepEqual((await tab.events()).slice(2), ['engaged 15', 'engaged 15']);
    await tab.hide();
    assert.deepEqual((await tab.events()).slice(4), ['engaged 10'], 'what is left is told when the page is hidden');
    await tab.act();
    await tab.pass(MINUTE);
    assert.equal((await tab.events()).length, 5, 'nobody is there');
    await tab.show();
    await tab.pass(4 * SECOND);
    await tab.run((window) => window.history.pushState(null, '', '/next'));
    assert.deepEqual((await tab.events()).slice(5), ['engaged 4', 'page_view /next']);
  },

  'T13 a page without the focus is in nobody\'s mind': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', {}, (window) => {
      window.document.hasFocus = () => window.isFocused;
    });
    await tab.act();
    await tab.pass(MINUTE);
    await tab.run((window) => { window.isFocused = true; window.dispatchEvent(new window.Event('focus')); });
    await tab.pass(5 * SECOND);
    await tab.run((window) => { window.isFocused = false; window.dispatchEvent(new window.Event('blur')); });
    await tab.pass(MINUTE);
    assert.deepEqual((await tab.events()).slice(1), ['engaged 5']);
  },

  'T13 who watches a video is there for longer': async ({ visitor }) => {
    const tab = await (await visitor()).open('/video');
    for (const selector of ['video', 'video[loop]']) {
      await tab.pass(MINUTE);
      await tab.page.evaluate((selector) => document.querySelector(selector)?.dispatchEvent(new Event('timeupdate')), selector);
    }
    await tab.pass(MINUTE);
    assert.deepEqual((await tab.events()).slice(1), ['engaged 15', 'engaged 15', 'engaged 15']);
  },

  'T13 sleep adds nothing, and neither does a clock that is set': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.pass(3 * SECOND);
    await tab.page.evaluate((ms) => /** @type {any} */ (window).clock.jump(ms), 8 * HOUR);
    await tab.act();
    await tab.pass(2 * SECOND);
    await tab.page.evaluate((ms) => /** @type {any} */ (window).clock.setSystemTime(ms), tab.visitor.now + HOUR);
    await tab.pass(SECOND);
    await tab.hide();
    assert.deepEqual((await tab.events()).filter((event) => event.startsWith('engaged')), ['engaged 6']);
  },
});

rules(
  PAGES,
  {
    'T1 a page that was prerendered and never shown is none': async ({ visitor, site }) => {
      const tab = await (await visitor()).open('/front');
      await tab.page.goto(`${site.url}/speculative`);
      await isReady(site);
      assert.deepEqual((await tab.stored())?.events.map(({ path }) => path), ['/front']);
      await tab.go('/elsewhere');
      assert.deepEqual(await tab.events(), ['page_view /front', 'page_view /elsewhere']);
    },

    'T1 a page that was prerendered is a view when it is shown': async ({ visitor, site }) => {
      const tab = await (await visitor()).open('/front');
      await tab.page.goto(`${site.url}/speculative`);
      await isReady(site);
      await tab.run((window) => { window.location.href = '/ahead'; });
      await tab.until((window) => window.location.pathname === '/ahead' && window.tracker?.events().length > 1);
      assert.equal(await tab.run((window) => window.performance.getEntriesByType('navigation')[0].activationStart > 0), true);
      assert.deepEqual((await tab.events()).filter((event) => event.startsWith('page_view')), ['page_view /front', 'page_view /ahead']);
    },

    'T13 a page that was frozen adds nothing': async ({ visitor }) => {
      const tab = await (await visitor()).open('/');
      const devtools = await tab.page.createCDPSession();
      await tab.pass(4 * SECOND);
      await tab.hide();
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
      await tab.page.evaluate((ms) => /** @type {any} */ (window).clock.jump(ms), HOUR);
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      await tab.show();
      await tab.pass(2 * SECOND);
      await tab.hide();
      assert.deepEqual(await tab.events(), ['page_view /', 'engaged 4', 'return_visit 2 0', 'engaged 2']);
    },
  },
  ['chrome'],
);

/**
 * Until the page that is prerendered has run.
 * @param {import('./visit.mjs').Site} site
 */
async function isReady({ posts }) {
  for (let times = 0; times < 500 && posts.length === 0; times++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(posts, [{ path: '/ready', body: 'true' }]);
}
