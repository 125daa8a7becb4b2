/** What is kept, for how long, and who is told: time, sessions, consent, storage, hand-over. */
import assert from 'node:assert/strict';
import { readLog } from 'leadscore/log';
import { DAY, EMPTY, HOUR, MINUTE, SECOND, START, rules, said } from './visit.mjs';

/** Notes every touch of anything that could keep something; runs before the page. @param {any} window */
function guarded(window) {
  const touched = /** @type {string[]} */ ((window.touched = []));
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    const { get } = Object.getOwnPropertyDescriptor(window, name) ?? {};
    if (get) Object.defineProperty(window, name, { get: () => (touched.push(name), get.call(window)), configurable: true });
  }
  Object.defineProperty(window.document, 'cookie', { get: () => (touched.push('cookie'), ''), set: () => touched.push('cookie') });
  Object.defineProperty(window.navigator, 'locks', { get: () => void touched.push('locks') });
  const fetch = window.fetch.bind(window);
  window.fetch = (/** @type {unknown[]} */ ...given) => (touched.push('fetch'), fetch(...given));
}

const PAGES = { '/form': { body: '<form method="post" action="/thanks"><input name="email"><button>Send</button></form>' } };

/**
 * What the logs say that came to the edge, once that is enough.
 * @param {import('./visit.mjs').Site} site
 * @param {(logs: ReturnType<typeof readLog>[]) => boolean} isEnough
 * @param {string} [edge]
 */
async function arrived({ posts }, isEnough, edge = '/collect') {
  for (let times = 0; ; times++) {
    const bodies = posts.filter(({ path }) => path === edge).map(({ body }) => body);
    const logs = bodies.map((body) => readLog(body, { now: START + 30 * DAY, site: 'localhost' }));
    if (isEnough(logs) || times === 250) return logs;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How many sessions events belong to. @param {{ session?: string }[]} events */
const sessionsOf = (events) => new Set(events.map(({ session }) => session)).size;

rules(PAGES, {
  'T19 the time of an event is that of the visitor, in whole seconds': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.pass(1700);
    await tab.run((window) => window.tracker.event('click'));
    assert.deepEqual((await tab.stored())?.events.map(({ at }) => at - START), [0, 1000]);
  },

  'T19 a clock that is moved back changes no order and no session': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.pass(10 * MINUTE);
    await tab.run((window) => window.tracker.event('before'));
    await tab.page.evaluate((now) => /** @type {any} */ (window).clock.setSystemTime(now), START - 50 * MINUTE);
    await tab.run((window) => window.tracker.event('after'));
    await tab.run((window) => window.clock.tick(5000));
    await tab.run((window) => window.tracker.event('later'));
    const events = await tab.run((window) => window.tracker.events());
    assert.deepEqual(events.map(said), ['page_view /', 'engaged 15', 'before', 'after', 'later']);
    assert.deepEqual(events.map((/** @type {any} */ { at }) => at - START), [0, 15_000, 600_000, 600_000, 600_000]);
    assert.equal(sessionsOf(events), 1);
    tab.visitor.now = START - 40 * MINUTE;
    await tab.go('/next');
    assert.deepEqual((await tab.events()).slice(-2), ['later', 'page_view /next']);
    assert.equal(sessionsOf(await tab.run((window) => window.tracker.events())), 1);
  },

  'T20 T21 a session ends after 30 minutes without an event, and the next is a return': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.pass(15 * SECOND);
    await tab.pass(30 * MINUTE);
    await tab.run((window) => window.tracker.event('in_time'));
    assert.equal(sessionsOf(await tab.run((window) => window.tracker.events())), 1);
    await tab.pass(30 * MINUTE + SECOND);
    await tab.run((window) => window.tracker.event('too_late'));
    assert.deepEqual((await tab.events()).slice(2), ['in_time', 'return_visit 2 0', 'too_late']);
    assert.equal(sessionsOf(await tab.run((window) => window.tracker.events())), 2);
    tab.visitor.now += 3 * DAY + HOUR;
    await tab.go('/again');
    await tab.go('/again');
    assert.deepEqual((await tab.events()).slice(5), ['return_visit 3 3', 'page_view /again', 'page_view /again']);
  },

  'T20 a session lasts a day at most': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    for (let times = 0; times < 50; times++) {
      await tab.pass(29 * MINUTE);
      await tab.run((window) => window.tracker.event('still_here'));
    }
    const events = await tab.run((window) => window.tracker.events());
    assert.equal(sessionsOf(events), 2);
    const second = events.find((/** @type {any} */ { session }) => session !== events[0].session);
    assert.equal(second?.type, 'return_visit');
    assert.equal(second?.at, START + 50 * 29 * MINUTE, 'the first event after a day');
  },

  'T20 T29 two tabs share a session, and lose nothing of each other': async ({ visitor }) => {
    const one = await (await visitor()).open('/one');
    const two = await one.visitor.open('/two');
    await two.pass(20 * MINUTE);
    await two.run((window) => window.tracker.event('in_two'));
    await one.until((window) => window.localStorage.getItem('leadscore').includes('in_two')); // storage takes a moment from tab to tab
    await one.run((window) => window.clock.tick(40 * 60_000));
    await one.run((window) => window.tracker.event('in_one'));
    const names = Array.from({ length: 40 }, (_, n) => `at_once_${n}`);
    const record = (/** @type {string} */ name) => /** @type {any} */ (window).tracker.event(name);
    await Promise.all(names.map((name, n) => [one, two][n % 2].page.evaluate(record, name)));
    await one.settle();
    await two.settle();
    const stored = (await one.stored())?.events.map(({ type }) => type) ?? [];
    assert.deepEqual(stored.filter((type) => type.startsWith('at_once')).sort(), names.sort());
    assert.equal(stored.filter((type) => type === 'return_visit').length, 0);
    const [ours, theirs] = await Promise.all([one, two].map((tab) => tab.run((window) => (window.tracker.event('last'), window.tracker.events()))));
    assert.equal(sessionsOf([...ours, ...theirs]), 1);
  },

  'T20 a tab that is revived after the end of its session begins a new one': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.hide();
    await tab.page.evaluate((ms) => /** @type {any} */ (window).clock.jump(ms), 5 * HOUR);
    await tab.show();
    await tab.pass(3 * SECOND);
    await tab.hide();
    const events = await tab.run((window) => window.tracker.events());
    assert.deepEqual(events.map(said), ['page_view /', 'return_visit 2 0', 'engaged 3']);
    assert.equal(sessionsOf(events), 2);
  },

  'T22 an event counts once however often it is handed over': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.run((window) => [1, 2, 3].forEach(() => window.tracker.event('same', { n: 1 })));
    await tab.pass(SECOND);
    const first = await tab.run((window) => window.tracker.getLog());
    const inPage = await tab.run((window) => window.tracker.events());
    await tab.run((window) => window.tracker.event('more'));
    const second = await tab.run((window) => window.tracker.getLog());
    const [one, again, more] = [first, first, second].map((log) => readLog(log, { now: tab.visitor.now }));
    assert.deepEqual(one, again);
    assert.deepEqual(one.events, inPage);
    assert.deepEqual(more.events.slice(0, 4), one.events);
    assert.equal(new Set(more.events.map(({ id }) => id)).size, 5);
  },

  'T23 the latest 1000 events are held': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.run((window) => {
      for (let n = 0; n < 1200; n++) window.tracker.event('n', { n });
    });
    const events = await tab.events();
    assert.equal(events.length, 1000);
    assert.deepEqual([events[0], events[999]], ['n 200', 'n 1199']);
    assert.equal((await tab.stored())?.events.length, 1000);
    const { events: read, clamps } = readLog(await tab.run((window) => window.tracker.getLog()), { now: tab.visitor.now });
    assert.deepEqual(read.map(said), events);
    assert.deepEqual(clamps, []);
  },

  'T24 before there is consent nothing leaves the memory': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/form', { consent: 'pending', send: '/collect' }, guarded);
    await tab.pass(20 * SECOND);
    await tab.run((window) => window.tracker.event('click'));
    await tab.hide();
    await tab.show();
    assert.deepEqual(await tab.run((window) => window.tracker.events().map((/** @type {any} */ { type }) => type)), ['page_view', 'engaged', 'click']);
    assert.deepEqual(await tab.run((window) => window.touched), []);
    assert.equal(await tab.run((window) => window.tracker.getLog()), '');
    await tab.page.type('[name=email]', 'ada@example.com');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
    assert.deepEqual(site.posts, [{ path: '/thanks', body: 'email=ada%40example.com&lead_log=' }]);
    assert.deepEqual(await tab.run((window) => window.touched), []);
    const unguarded = await tab.visitor.open('/', { consent: 'pending' });
    await unguarded.run((window) => window.tracker.event('click'));
    assert.deepEqual(await unguarded.storages(), EMPTY);
  },

  'T25 with consent the log is stored, and nothing else anywhere': async ({ visitor }) => {
    const tab = await (await visitor()).open('/one', { consent: 'pending' });
    await tab.pass(5 * SECOND);
    await tab.run((window) => window.tracker.consent('granted'));
    assert.deepEqual((await tab.stored())?.events, [{ type: 'page_view', at: START, path: '/one' }]);
    const { local, ...others } = await tab.storages();
    assert.deepEqual(Object.keys(local), ['leadscore']);
    assert.deepEqual({ local: {}, ...others }, EMPTY);
    await tab.go('/two');
    await tab.run((window) => window.tracker.consent('granted'));
    assert.deepEqual(await tab.events(), ['page_view /one', 'engaged 5', 'page_view /two']);
  },

  'T26 a refusal drops what was held and what was stored': async ({ visitor }) => {
    const tab = await (await visitor()).open('/one');
    assert.notEqual(await tab.stored(), null);
    await tab.run((window) => window.tracker.consent('denied'));
    assert.deepEqual(await tab.events(), []);
    await tab.run((window) => window.tracker.event('click'));
    await tab.go('/two');
    await tab.run((window) => window.tracker.consent('denied'));
    await tab.run((window) => window.tracker.event('click'));
    await tab.pass(MINUTE);
    await tab.hide();
    assert.deepEqual(await tab.events(), []);
    assert.deepEqual(await tab.storages(), EMPTY);
  },

  'T26 Global Privacy Control and Do Not Track are a refusal that no banner changes': async ({ visitor, site }) => {
    const signals = [
      (/** @type {any} */ window) => Object.defineProperty(window.navigator, 'globalPrivacyControl', { value: true }),
      (/** @type {any} */ window) => Object.defineProperty(window.navigator, 'doNotTrack', { value: '1' }),
    ];
    for (const signal of signals) {
      const somebody = await visitor();
      await somebody.open('/before');
      const tab = await somebody.open('/', { send: '/collect' }, signal);
      await tab.run((window) => window.tracker.consent('granted'));
      await tab.run((window) => window.tracker.event('click'));
      await tab.hide();
      assert.deepEqual(await tab.events(), []);
      assert.deepEqual(await tab.storages(), EMPTY);
      assert.deepEqual(site.posts, []);
    }
  },

  'T27 consent that is withdrawn leaves nothing anywhere, and the edge is told': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/one', { send: '/collect' });
    const other = await tab.visitor.open('/two', { send: '/collect' });
    const before = (await other.stored())?.visitor;
    await other.run((window) => window.tracker.withdraw());
    assert.deepEqual(await other.storages(), EMPTY);
    await tab.until((window) => window.tracker.events().length === 0);
    await tab.show();
    await tab.run((window) => window.tracker.event('click'));
    await other.show();
    await tab.settle();
    assert.deepEqual(await other.storages(), EMPTY);
    const told = (await arrived(site, (logs) => logs.some(({ events }) => events[0].type === 'withdrawn'))).at(-1);
    assert.deepEqual(told?.events.map(said), ['withdrawn']);
    assert.equal(told?.visitor, before);
    await other.run((window) => window.tracker.consent('granted'));
    await other.run((window) => window.tracker.event('again'));
    const after = await other.stored();
    assert.notEqual(after?.visitor, before);
    assert.deepEqual(after?.events.map(({ type }) => type), ['again']);
  },

  'T27 a page that slept through a withdrawal forgets when it comes back': async ({ visitor }) => {
    const tab = await (await visitor()).open('/asleep');
    await tab.run((window) => { window.isTheSame = true; });
    await tab.settle();
    await tab.follow('/awake');
    await tab.run((window) => window.tracker.withdraw());
    await tab.run((window) => window.history.back());
    await tab.until((window) => window.isTheSame);
    await tab.run((window) => window.tracker.event('click'));
    assert.deepEqual(await tab.events(), []);
    assert.deepEqual(await tab.storages(), EMPTY);
  },

  'T28 what is stored goes after its days, however often the visitor comes': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { keep: 3 });
    const { visitor: before } = (await tab.stored()) ?? {};
    for (const _ of [1, 2]) {
      tab.visitor.now += DAY;
      await tab.go('/again');
    }
    assert.equal((await tab.stored())?.visitor, before);
    tab.visitor.now = START + 3 * DAY;
    await tab.go('/anew');
    const stored = await tab.stored();
    assert.notEqual(stored?.visitor, before);
    assert.deepEqual(stored?.events.map(({ path }) => path), ['/anew']);
    await tab.pass(3 * DAY);
    await tab.run((window) => window.tracker.event('click'));
    assert.deepEqual((await tab.stored())?.events.map(({ type }) => type), ['click'], 'in a page that is open for so long');
  },

  'T28 thirteen months are the most': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { keep: 10_000 });
    const { visitor: before } = (await tab.stored()) ?? {};
    tab.visitor.now = START + 394 * DAY;
    await tab.go('/');
    assert.equal((await tab.stored())?.visitor, before);
    tab.visitor.now = START + 395 * DAY;
    await tab.go('/');
    assert.notEqual((await tab.stored())?.visitor, before);
  },

  'T28 what is no number of days is the default': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { keep: /** @type {any} */ ('30 days') });
    const { visitor: before } = (await tab.stored()) ?? {};
    assert(before);
    tab.visitor.now = START + 30 * DAY;
    await tab.go('/');
    assert.notEqual((await tab.stored())?.visitor, before);
  },

  'T29 what somebody else left under the key is written over': async ({ visitor }) => {
    for (const left of ['', 'null', '{', '[]', '{"visitor":"x"}', '{"visitor":"AAAAAAAAAAA","since":0,"events":[{"type":1}]}', '{"visitor":"AAAAAAAAAAA","since":0,"events":{}}']) {
      const tab = await (await visitor()).open('/', { consent: 'pending' });
      await tab.page.evaluate((left) => localStorage.setItem('leadscore', left), left);
      await tab.run((window) => window.tracker.consent('granted'));
      assert.deepEqual((await tab.stored())?.events.map(({ type }) => type), ['page_view'], left);
    }
  },

  'T30 the log is short': async ({ visitor }) => {
    const tab = await (await visitor()).open('/', { site: 'example.com' });
    const lengths = [];
    const paths = ['/pricing', '/customers', '/demo', '/'];
    for (let count = 1; count < 200; count++) {
      if (count === 10) lengths.push((await tab.run((window) => window.tracker.getLog())).length);
      await tab.run((window) => window.clock.setSystemTime(window.Date.now() + 37_000));
      await tab.page.evaluate((path) => history.pushState(null, '', path), paths[count % 4]);
    }
    lengths.push((await tab.run((window) => window.tracker.getLog())).length);
    assert.equal((await tab.events()).length, 200);
    assert.deepEqual(lengths, [105, 865]);
  },

  'T31 what is new is sent when the page is hidden': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/one', { send: '/collect' });
    await tab.pass(4 * SECOND);
    await tab.hide();
    await tab.show();
    await tab.pass(2 * SECOND);
    await tab.run((window) => window.tracker.event('click'));
    await tab.follow('/two');
    const [first, second] = await arrived(site, ({ length }) => length >= 2);
    assert.deepEqual(first.events.map(said), ['page_view /one', 'engaged 4']);
    assert.deepEqual(second.events.map(said).slice(-2), ['click', 'engaged 2']);
    const all = await tab.run((window) => window.tracker.events());
    for (const { id, session } of [...first.events, ...second.events]) {
      assert(all.some((/** @type {any} */ event) => event.id === id && event.session === session), 'what is sent is what is held');
    }
  },

  'T31 what was seen before there was consent is sent once there is': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/early', { consent: 'pending', send: '/collect-early' });
    await tab.hide();
    await tab.show();
    await tab.run((window) => window.tracker.consent('granted'));
    await tab.hide();
    const [log] = await arrived(site, ({ length }) => length > 0, '/collect-early');
    assert.deepEqual(log.events.map(said), ['page_view /early']);
  },

  'T31 much is sent in parts, one after the other': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/one', { send: '/collect-much' });
    await tab.run((window) => {
      for (let n = 0; n < 600; n++) {
        window.clock.tick(1000);
        window.tracker.event('long', { n, text: `${n}`.padEnd(200, 'x') });
      }
    });
    const held = await tab.run((window) => window.tracker.events().length);
    // A browser that lets no more leave at once gets the rest at the next occasion.
    for (let times = 0; times < 4; times++) {
      await tab.hide();
      await tab.show();
    }
    const logs = await arrived(site, (logs) => new Set(logs.flatMap(({ events }) => events.map(({ id }) => id))).size === held, '/collect-much');
    assert(logs.length > 2);
    for (const { body } of site.posts) assert(body.length <= 60_000);
    const ids = logs.flatMap(({ events }) => events.map(({ id }) => id));
    assert.deepEqual([...new Set(ids)].sort(), (await tab.run((window) => window.tracker.events().map((/** @type {any} */ { id }) => id))).sort());
    assert.equal(sessionsOf(logs.flatMap(({ events }) => events)), 1);
  },
});
