/** What the visitor saw: page views, scrolling, videos, engaged seconds. */
import assert from 'node:assert/strict';
import { DAY, MINUTE, SECOND, rules } from './visit.mjs';

rules(
  {
    '/long': { body: '<div style="height: 4000px">long' },
  },
  {
    'T1 a view is a path that the visitor sees, once': async ({ visitor }) => {
      const tab = await (await visitor()).open('/pricing');
      assert.deepEqual(await tab.events(), ['page_view /pricing']);
      await tab.go('/about');
      assert.deepEqual(await tab.events(), ['page_view /pricing', 'page_view /about']);
    },
    'T1 a tab in the background counts when it is first looked at': async ({ visitor }) => {
      const front = await (await visitor()).open('/front');
      const back = await front.visitor.open('/back');
      await front.page.bringToFront();
      await back.page.goto(front.visitor.site.url + '/never');
      assert.deepEqual((await front.stored())?.events.length, 2);
      await back.page.bringToFront();
      assert.deepEqual((await back.events()).filter((event) => event.includes('never')), ['page_view /never']);
    },
    'T4 a page that comes back as it was counts once more, as restored': async ({ visitor }) => {
      const tab = await (await visitor()).open('/first');
      await tab.go('/second');
      await tab.run((window) => window.history.back());
      await tab.until((window) => window.location.pathname === '/first' && window.document.readyState === 'complete');
      assert.deepEqual(await tab.events(), ['page_view /first', 'page_view /second', 'page_view /first true']);
    },
  },
);
