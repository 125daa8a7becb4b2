/** What the visitor did: links, declared and custom events, forms, and the log that a form carries. */
import assert from 'node:assert/strict';
import { readLog } from 'leadscore/log';
import { START } from './site.mjs';
import { website } from './site.mjs';
import { SECOND, rules, said } from './visit.mjs';

const FIELDS = '<input name="email"><input name="id" type="checkbox"><button>Send</button>';

const PAGES = {
  '/links': {
    body: `
      <a id="pdf" href="/files/White%20Paper.PDF?token=1">paper</a>
      <a id="far" href="https://www.elsewhere.example/page/?q=1">elsewhere</a>
      <a id="both" href="https://cdn.elsewhere.example/tool.zip">tool</a>
      <a id="near" href="/near.html">near</a>
      <a id="www" href="http://www.localhost/">us</a>
      <a id="under" href="http://shop.localhost/">us too</a>
      <a id="mail" href="mailto:ada@example.com">write</a>
      <a id="script" href="javascript:void 0">do</a>
      <a id="none">nothing</a>
      <button id="plain">nothing</button>
      <div id="host"></div>
      <script>
        document.addEventListener('click', (event) => event.preventDefault(), true);
        document.addEventListener('click', (event) => event.stopImmediatePropagation(), true);
        host.attachShadow({ mode: 'open' }).innerHTML = '<a href="https://shadow.example/"><b>in the shadow</b></a>';
      </script>`,
  },
  '/declared': {
    body: `
      <button data-lead-event="pricing" data-lead-plan="team" data-lead-seats="12" data-other="no"><b>Team</b></button>
      <section data-lead-event="outer"><i data-lead-event="inner">inner</i></section>
      <form data-lead-event="demo" id="asked" onsubmit="return false">${FIELDS}</form>`,
  },
  '/form': { body: `<form id="contact" method="post" action="/thanks">${FIELDS}</form>` },
  '/own': { body: `<form method="post" action="/thanks"><input type="hidden" name="lead_log" value="old">${FIELDS}</form>` },
  '/get': { body: `<form name="search" action="/found">${FIELDS}</form>` },
  '/script': {
    body: `
      <form id="ajax">${FIELDS}</form>
      <script>
        ajax.addEventListener('submit', async (event) => {
          event.preventDefault();
          window.inTime = new FormData(ajax).get('lead_log');
          await null;
          window.later = new URLSearchParams(new FormData(ajax)).get('lead_log');
          window.byHand = ajax.querySelector('[name=lead_log]').value;
        });
      </script>`,
  },
  '/programmatic': { body: `<form id="contact" method="post" action="/thanks">${FIELDS}</form>` },
  '/ignored': { body: `<div data-lead-ignore><form id="login" method="post" action="/thanks">${FIELDS}</form></div>` },
  '/steps': {
    body: `
      <form id="long"><fieldset><input id="a"></fieldset><fieldset><input id="b"><fieldset><input id="c"></fieldset></fieldset></form>
      <form id="marked"><fieldset><input id="d"></fieldset><div data-lead-step><input id="e"></div><div data-lead-step><input id="f"></div></form>`,
  },
  '/shadow': {
    body: `
      <div id="host"></div>
      <script>
        host.attachShadow({ mode: 'open' }).innerHTML = '<form id="hidden-away" method="post" action="/thanks"><input name="email"><button>Send</button></form>';
      </script>`,
  },
};

/** What the form on a page sent. @param {import('./visit.mjs').Site} site */
const sent = ({ posts }) => posts.filter(({ path }) => path === '/thanks').map(({ body }) => new URLSearchParams(body));

/** What a log says. @param {string | null | undefined} log */
const read = (log) => readLog(log ?? '', { now: Date.UTC(2027, 0), site: 'localhost' }).events.map(said);

rules(PAGES, {
  'T7 T8 a link to a file is a download, a link to another site is outbound': async ({ visitor }) => {
    const tab = await (await visitor()).open('/links');
    for (const id of ['pdf', 'far', 'both', 'near', 'www', 'under', 'mail', 'script', 'none', 'plain']) await tab.page.click(`#${id}`);
    await tab.page.click('#far', { button: 'middle' });
    await tab.page.click('#far', { button: 'right' });
    await tab.run((window) => window.document.getElementById('host').shadowRoot.querySelector('b').click());
    assert.deepEqual((await tab.events()).slice(1).filter((event) => !event.startsWith('page_view')), [
      'download /files/White%20Paper.PDF pdf',
      'outbound www.elsewhere.example',
      'download /tool.zip zip',
      'outbound cdn.elsewhere.example',
      'outbound www.elsewhere.example',
      'outbound shadow.example',
    ]);
  },

  'T9 what the page declares is an event': async ({ visitor }) => {
    const tab = await (await visitor()).open('/declared');
    await tab.page.click('button b');
    await tab.page.click('i');
    await tab.page.click('[name=email]');
    assert.deepEqual((await tab.events()).slice(1), ['pricing team 12', 'inner']);
    await tab.page.click('form button');
    assert.deepEqual((await tab.events()).slice(3).sort(), ['demo', 'form_start asked', 'form_submit asked']);
  },

  'T10 custom events have flat properties, and nothing of the page gets in': async ({ visitor }) => {
    const tab = await (await visitor()).open('/');
    await tab.run((window) => {
      const { tracker, document } = window;
      tracker.event('opened', { plan: 'team', seats: 12, yes: true, no: false, less: -1.5, none: null, body: document.body, list: [1], nan: NaN });
      tracker.event('opened', { plan: 'team', seats: 12, yes: true, no: false, less: -1.5 });
      tracker.event('two words', { 'a name': 'x'.repeat(500), id: 'mine', type: 'mine', at: 1, session: 'mine', bot: true, purpose: 'none' });
      tracker.event('');
      tracker.event();
      tracker.event({ toString() { throw new Error('mine'); } });
      tracker.event('throws', { get broken() { throw new Error('mine'); } });
      tracker.event('many', Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`name${index}`, index])));
    });
    const [, first, second, long, undefined_, many, ...rest] = await tab.events();
    assert.equal(first, 'opened team 12 true false -1.5');
    assert.equal(second, first);
    assert.equal(long, `two_words ${'x'.repeat(200)}`);
    assert.equal(undefined_, 'undefined');
    assert.equal(many.split(' ').length, 17);
    assert.deepEqual(rest, []);
    const ids = await tab.run((window) => window.tracker.events().map((/** @type {any} */ { id }) => id));
    assert.equal(new Set(ids).size, 6);
  },

  'T14 T15 T17 a form is started, taken further and given up': async ({ visitor }) => {
    const tab = await (await visitor()).open('/steps');
    await tab.page.focus('#a');
    assert.equal((await tab.events()).length, 1, 'a field that has the focus is not an entry');
    for (const id of ['a', 'b', 'c', 'a', 'd', 'f', 'e']) await tab.page.type(`#${id}`, 'xy');
    await tab.go('/elsewhere');
    assert.deepEqual((await tab.events()).slice(1), [
      'form_start long',
      'form_step long 2',
      'form_start marked',
      'form_step marked 3',
      'form_abandon long',
      'form_abandon marked',
      'page_view /elsewhere',
    ]);
  },

  'T16 T18 a form that is sent carries the log, and nothing that was entered is in it': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/form');
    await tab.pass(9 * SECOND);
    await tab.page.type('[name=email]', 'ada@example.com');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
    const [form] = sent(site);
    assert.deepEqual([...form.keys()], ['email', 'lead_log']);
    assert.deepEqual(read(form.get('lead_log')), ['page_view /form', 'form_start contact', 'form_submit contact']);
    assert.deepEqual(await tab.events(), ['page_view /form', 'form_start contact', 'form_submit contact', 'engaged 9', 'page_view /thanks']);
    assert(!JSON.stringify(await tab.stored()).includes('ada'));
  },

  'T18 a field that the page has for the log is used': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/own');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
    const [form] = sent(site);
    assert.equal(form.getAll('lead_log').length, 1);
    assert.deepEqual(read(form.get('lead_log')), ['page_view /own', 'form_start', 'form_submit']);
  },

  'T18 a form that a script sends carries it, however it is collected': async ({ visitor }) => {
    const tab = await (await visitor()).open('/script');
    await tab.page.click('button');
    await tab.until((window) => window.byHand);
    const { inTime, later, byHand } = await tab.run(({ inTime, later, byHand }) => ({ inTime, later, byHand }));
    for (const log of [inTime, later, byHand]) assert.deepEqual(read(log), ['page_view /script', 'form_start ajax', 'form_submit ajax']);
  },

  'T18 a form that is sent without an event carries it too': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/programmatic');
    await Promise.all([tab.page.waitForNavigation(), tab.run((window) => void window.document.forms[0].submit())]);
    assert.deepEqual(read(sent(site)[0].get('lead_log')), ['page_view /programmatic']);
  },

  'T18 no address gets the log': async ({ visitor }) => {
    const tab = await (await visitor()).open('/get');
    await tab.run((window) => window.document.forms[0].requestSubmit());
    await tab.until((window) => window.location.pathname === '/found');
    assert.equal(await tab.run((window) => window.location.search), '?email=');
  },

  'T18 no other site gets the log': async ({ visitor, site }) => {
    const elsewhere = await website();
    site.pages['/away'] = { body: `<form method="post" action="${elsewhere.url}/theirs">${FIELDS}</form>` };
    const tab = await (await visitor()).open('/away');
    await tab.run((window) => window.document.forms[0].requestSubmit());
    for (let times = 0; times < 500 && elsewhere.posts.length === 0; times++) await new Promise((resolve) => setTimeout(resolve, 20));
    elsewhere.close();
    assert.deepEqual(elsewhere.posts, [{ path: '/theirs', body: 'email=' }]);
  },

  'T16 T18 a form in a shadow root is no other': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/shadow');
    await tab.page.type('>>> [name=email]', 'ada@example.com');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('>>> button')]);
    assert.deepEqual(read(sent(site)[0].get('lead_log')), ['page_view /shadow', 'form_start hidden-away', 'form_submit hidden-away']);
  },

  'T14 T16 T18 forms that do not count are left alone': async ({ visitor, site }) => {
    const tab = await (await visitor()).open('/ignored');
    await tab.page.type('[name=email]', 'ada@example.com');
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
    assert.deepEqual([...sent(site)[0].keys()], ['email']);
    const other = await (await visitor()).open('/form', { form: '.sales' });
    await other.page.type('[name=email]', 'ada@example.com');
    await Promise.all([other.page.waitForNavigation(), other.page.click('button')]);
    assert.deepEqual([...sent(site)[1].keys()], ['email']);
    assert.deepEqual((await tab.events()).concat(await other.events()).filter((event) => event.startsWith('form')), []);
  },
});
