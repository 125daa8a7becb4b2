/**
 * How far a visitor is believed: by whoever tries to be believed more. The way through the pages, the check of a human, the time that
 * somebody took, and the withdrawal of it all; each with what it must not do to a lead.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { turnstile } from 'leadscore/edge';
import { encode } from '../../pkg/tracker/log.js';
import { HOUR, MINUTE, MODEL, NOW, SECOND, SECRET, SITE, edge, form } from './world.mjs';

/** @typedef {import('../../pkg/edge.js').LeadHandlerOptions} Options */
/** @typedef {{ type: string, at: number, [property: string]: any }} Happening */

const GOOD = { email: 'ada@analytical.test' };
const VISITOR = 'abcdefghijk';
const NONE = { queued: 0, held: 0, sent: 0, merged: 0, dead: 0 };

/** @param {Happening[]} events @param {string} [site] */
const logOf = (events, site = 'frimas.test') => encode(site, { visitor: VISITOR, since: Math.min(...events.map(({ at }) => at)), events });
const view = (/** @type {string} */ path, /** @type {number} */ at) => ({ type: 'page_view', at, path });

/** A model that gives what it is told by level, each up to a cap of its own. */
const LEVELS = /** @type {const} */ (['rescored', 'bounded', 'checkpointed', 'human']);
const CAPS = { rescored: 5, bounded: 10, checkpointed: 20, human: 40 };
const model = {
  ...MODEL,
  dimensions: [
    MODEL.dimensions[0],
    {
      id: 'engagement',
      groups: LEVELS.map((trust) => ({ id: trust, cap: CAPS[trust], rules: [{ id: `${trust}-views`, on: 'page_view', when: { trust }, points: 4 }] })),
    },
  ],
};

/** An edge with a clock, and a browser that keeps its cookies. @param {Partial<Options>} [options] */
async function visit(options = {}) {
  const { createScorer } = await import('leadscore');
  const clock = { now: NOW };
  const world = edge({ model: createScorer(model), now: () => clock.now, ...options });
  /** @type {Map<string, string>} */
  const jar = new Map();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (/** @type {Response} */ answer) => {
    for (const set of answer.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0].split('=');
      jar.set(name, value);
    }
    return answer;
  };
  const ask = async (/** @type {string} */ query = '', /** @type {Record<string, string>} */ headers = {}) =>
    keep(await world.handler.fetch(new Request(`https://edge.test/lead${query}`, { headers: { cookie: cookie(), ...headers } })));
  /** Looks at a page: the edge is asked, and a minute goes by. */
  const look = async (/** @type {string} */ path) => {
    const at = clock.now;
    await ask(`?checkpoint=${encodeURIComponent(path)}`);
    clock.now += MINUTE;
    return view(path, at);
  };
  const send = async (/** @type {Record<string, string>} */ fields = {}, /** @type {Record<string, string>} */ headers = {}) =>
    keep(await world.handler.fetch(form({ ...GOOD, ...fields }, { cookie: cookie(), ...headers })));
  const token = async () => (await (await ask('?form')).json()).token;
  return { ...world, clock, jar, ask, look, send, token };
}

describe('the way through the pages', () => {
  test('each view that the edge was asked for at its time is checkpointed, and worth what the model gives to that', async () => {
    const { look, send, leads } = await visit();
    const events = [await look('/'), await look('/pricing'), await look('/'), await look('/demo')];
    assert.equal((await send({ lead_log: logOf(events) })).status, 303);
    const [lead] = await leads();
    assert.deepEqual([lead.trust, lead.score.value, lead.clamps, lead.doubts], ['checkpointed', 5 + 16, [], []]);
    assert.equal(/** @type {any} */ (lead.facts).trust, 'checkpointed');
  });

  /** What a log is worth beside three pages that were seen: `/a`, `/b`, `/c`, a minute apart. @type {[name: string, events: (at: number) => Happening[], value: number, trust: string, clamps?: object[]][]} */
  const cases = [
    ['all three', (at) => [view('/a', at), view('/b', at + MINUTE), view('/c', at + 2 * MINUTE)], 12, 'checkpointed'],
    ['with a clock that is half a minute late', (at) => [view('/a', at - 30 * SECOND), view('/b', at + 30 * SECOND)], 8, 'checkpointed'],
    ['another page was never seen', (at) => [view('/a', at), view('/pricing', at + MINUTE)], 8, 'checkpointed'],
    ['one page many times was seen once', (at) => Array.from({ length: 10 }, (_, n) => view('/a', at + n * SECOND)), 4 + 10, 'checkpointed'],
    ['in another order only what can still come', (at) => [view('/c', at + 2 * MINUTE - 1000), view('/b', at + 2 * MINUTE - 1000)], 8, 'checkpointed'],
    ['before the first of them', (at) => [view('/a', at - HOUR), view('/b', at - HOUR)], 5, 'bounded', [{ code: 'before-first-seen', count: 2 }]],
    ['at another time', (at) => [view('/c', at + 10 * SECOND)], 4, 'bounded'],
    ['a return to a site that was never left', (at) => [view('/a', at), { type: 'return_visit', at: at + SECOND, count: 9, days: 200 }], 4, 'checkpointed', [
      { code: 'before-first-seen', count: 1 }]],
  ];
  for (const [name, events, value, trust, clamps = []] of cases) {
    test(`the log tells of ${name}`, async () => {
      const { look, send, leads } = await visit();
      const { at } = await look('/a');
      await look('/b');
      await look('/c');
      await send({ lead_log: logOf(events(at)) });
      const [lead] = await leads();
      assert.deepEqual([lead.trust, lead.score.value, lead.clamps], [trust, 5 + value, clamps]);
    });
  }

  test('nobody is engaged for longer than the edge knows them', async () => {
    const engaged = { ...model, dimensions: [{ id: 'engagement', groups: [{ id: 'time', rules: [{ id: 'time', on: 'engaged', points: 1 }] }] }] };
    const { createScorer } = await import('leadscore');
    /** @type {any[]} */
    const told = [];
    const scorer = createScorer({ ...engaged, grade: undefined, routes: undefined });
    const spy = { model: scorer.model, score: (/** @type {any} */ facts, /** @type {any} */ options) => (told.push(...options.events), scorer.score(facts, options)) };
    const { look, send, leads } = await visit({ model: /** @type {any} */ (spy) });
    /** @type {Happening[]} */
    const events = [await look('/a')];
    const { at } = events[0];
    // In the minute since, an hour: all of it told as of its last second, in the name of a visitor of a year.
    for (let n = 0; n < 240; n++) events.push({ type: 'engaged', at: at + 59 * SECOND, seconds: 15 });
    await send({ lead_log: encode('frimas.test', { visitor: VISITOR, since: at - 300 * 24 * HOUR, events }) });
    const seconds = told.filter(({ type }) => type === 'engaged').reduce((sum, event) => sum + event.seconds, 0);
    assert.equal(seconds, 60 + 59 + 15);
    const [{ clamps }] = await leads();
    assert.deepEqual(clamps.map(({ code }) => code), ['too-much-engagement']);
  });

  test('a token that was handed in before is refused, and the way of the others goes on', async () => {
    const { look, send, jar, leads, said } = await visit();
    const first = await look('/a');
    const old = String(jar.get('lead_way'));
    const second = await look('/b');
    const newest = String(jar.get('lead_way'));
    jar.set('lead_way', old);
    await look('/c');
    assert.equal(jar.get('lead_way'), old, 'nothing new is given for it');
    assert.deepEqual(said, [{ event: 'replayed' }]);

    await send({ lead_log: logOf([first, second]), message: 'with an old token' });
    jar.set('lead_way', newest);
    await send({ lead_log: logOf([first, second]), message: 'with the newest' });
    const found = new Map((await leads()).map((lead) => [/** @type {any} */ (lead.facts).message, lead]));
    const [replayed, honest] = [found.get('with an old token'), found.get('with the newest')];
    assert.deepEqual([replayed?.trust, replayed?.score.value, replayed?.clamps], ['bounded', 13, [{ code: 'replayed', count: 1 }]]);
    assert.deepEqual([honest?.trust, honest?.score.value, honest?.clamps], ['checkpointed', 13, []]);
  });

  test('a form that is sent hands the token in: another with the same is no better than none, the next goes on', async () => {
    const { look, send, jar, leads } = await visit();
    const events = [await look('/a')];
    const token = String(jar.get('lead_way'));
    await send({ lead_log: logOf(events), message: '1' });
    assert.notEqual(jar.get('lead_way'), token);
    await send({ lead_log: logOf(events), message: '2' });
    jar.set('lead_way', token);
    await send({ lead_log: logOf(events), message: '3' });
    await send({ lead_log: logOf(events), message: '1' });
    const found = (await leads()).map(({ facts, trust }) => `${/** @type {any} */ (facts).message} ${trust}`).sort();
    assert.deepEqual(found, ['1 checkpointed', '2 checkpointed', '3 bounded'], 'a double click is one lead');
  });

  describe('a token that the edge did not make is none', () => {
    const next = 'another secret, which is going to be the one from now on';
    /** @type {[name: string, forged: (token: string, elsewhere: string) => string, trust: string, options?: Partial<Options>][]} */
    const cases = [
      ['of another site', (_, elsewhere) => elsewhere, 'rescored'],
      ['with another place', (token) => token.replace(/\.1\./, '.9.'), 'rescored'],
      ['with one page more', (token) => token.replace(/(\.[\w-]{43})$/, '-aabcd$1'), 'rescored'],
      ['with the signature of the other cookie', (token) => token.replace(/[\w-]{43}$/, 'A'.repeat(43)), 'rescored'],
      ['without one', (token) => token.replace(/\.[\w-]{43}$/, ''), 'rescored'],
      ['nonsense', () => '...-.-.', 'rescored'],
      ['long nonsense', () => 'a-'.repeat(3000), 'rescored'],
      ['of the secret before, while it is changed', (token) => token, 'checkpointed', { secret: [next, SECRET] }],
      ['of the secret before, after that', (token) => token, 'rescored', { secret: next }],
    ];
    for (const [name, forged, trust, options] of cases) {
      test(name, async () => {
        const honest = await visit();
        const events = [await honest.look('/a')];
        const other = await visit({ sites: ['https://other.test'] });
        await other.look('/a');
        const { send, leads, clock } = await visit(options);
        clock.now += MINUTE;
        const cookie = `lead_way=${forged(String(honest.jar.get('lead_way')), String(other.jar.get('lead_way')))}`;
        await send({ lead_log: logOf(events) }, { cookie });
        assert.equal((await leads())[0].trust, trust);
      });
    }
  });

  test('only pages of the site get one, and only for a path', async () => {
    const { ask, jar } = await visit();
    for (const [query, headers, status] of /** @type {[string, Record<string, string>, number][]} */ ([
      ['?checkpoint=/a', { origin: 'https://evil.test' }, 403],
      ['?checkpoint=/a', { 'sec-fetch-site': 'cross-site' }, 403],
      ['?form', { origin: 'https://evil.test' }, 403],
      ['?checkpoint=https://evil.test', {}, 400],
      [`?checkpoint=/${'x'.repeat(500)}`, {}, 400],
      ['?checkpoint=/a', { 'sec-fetch-site': 'same-site' }, 204],
      ['?checkpoint=/a', { origin: SITE }, 204],
    ])) {
      assert.equal((await ask(query, headers)).status, status, `${query} ${JSON.stringify(headers)}`);
    }
    assert.deepEqual([...jar.keys()].sort(), ['lead_seen', 'lead_way']);
  });

  test('a long way fits into a cookie', async () => {
    const { look, jar, send, leads } = await visit();
    const events = [];
    for (let n = 0; n < 100; n++) events.push(await look(`/${n}`));
    assert(String(jar.get('lead_way')).length < 700);
    await send({ lead_log: logOf(events) });
    const [{ score, trust }] = await leads();
    assert.deepEqual([trust, score.value], ['checkpointed', 5 + 10 + 20]);
  });
});

/** Turnstile as it is documented: a token counts once, under the same key it can be asked for again. */
function siteverify({ secret = 'a secret of the widget', down = 0, hostname = 'frimas.test' } = {}) {
  /** @type {Map<string, string>} */
  const spent = new Map();
  /** @type {any[]} */
  const asked = [];
  const answer = (/** @type {object} */ body) => Response.json({ 'error-codes': [], ...body });
  return {
    asked,
    fetch: async (/** @type {Request} */ request) => {
      assert.equal(request.url, 'https://challenges.cloudflare.com/turnstile/v0/siteverify');
      assert.equal(request.method, 'POST');
      const body = await request.json();
      asked.push(body);
      if (down-- > 0) return answer({ success: false, 'error-codes': ['internal-error'] });
      if (body.secret !== secret) return answer({ success: false, 'error-codes': ['invalid-input-secret'] });
      if (!/^good/.test(body.response)) return answer({ success: false, 'error-codes': ['invalid-input-response'] });
      if (spent.has(body.response) && spent.get(body.response) !== body.idempotency_key) return answer({ success: false, 'error-codes': ['timeout-or-duplicate'] });
      spent.set(body.response, body.idempotency_key);
      return answer({ success: true, challenge_ts: new Date(NOW).toISOString(), hostname, action: '', cdata: '' });
    },
  };
}

describe('the check of a human', () => {
  const secret = 'a secret of the widget';
  /** @type {[name: string, token: string, trust: string, doubts: string[], how?: { down?: number, hostname?: string, wrong?: boolean, hostnames?: string[] }][]} */
  const cases = [
    ['passed', 'good-1', 'human', []],
    ['passed at the second try', 'good-1', 'human', [], { down: 1 }],
    ['not passed', 'bad', 'checkpointed', ['failed-check']],
    ['too long to be asked for', `good${'x'.repeat(2050)}`, 'checkpointed', ['failed-check']],
    ['not there', '', 'checkpointed', ['no-check']],
    ['out of order', 'good-1', 'checkpointed', ['unverified'], { down: 9 }],
    ['set up with a wrong secret', 'good-1', 'checkpointed', ['unverified'], { wrong: true }],
    ['passed on our own site', 'good-1', 'human', [], { hostnames: ['frimas.test'] }],
    ['passed on another site', 'good-1', 'checkpointed', ['failed-check'], { hostnames: ['frimas.test'], hostname: 'evil.test' }],
  ];
  for (const [name, token, trust, doubts, how = {}] of cases) {
    test(name, async () => {
      const { fetch, asked } = siteverify(how);
      const human = turnstile({ secret: how.wrong ? 'another' : secret, fetch, ...(how.hostnames && { hostnames: how.hostnames }) });
      const { look, send, leads } = await visit({ human });
      const events = [await look('/a')];
      const answer = await send({ lead_log: logOf(events), 'cf-turnstile-response': token }, { 'cf-connecting-ip': '192.0.2.7' });
      assert.equal(answer.status, 303);
      const [lead] = await leads();
      assert.deepEqual([lead.trust, lead.doubts, lead.score.value], [trust, doubts, 9]);
      assert.deepEqual(/** @type {any} */ (lead.facts).doubts, doubts.length > 0 ? doubts : undefined);
      assert(!JSON.stringify(lead).includes('good'), 'the token is no fact');
      for (const { response, remoteip, idempotency_key } of asked) {
        assert.deepEqual([response, remoteip], [token, '192.0.2.7']);
        assert.match(idempotency_key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      }
      assert.equal(asked.length, token.length === 0 || token.length > 2048 ? 0 : how.down ? 2 : 1);
    });
  }

  test('makes nothing true that the edge did not see: what is merely claimed stays so', async () => {
    const { fetch } = siteverify();
    const { send, leads } = await visit({ human: turnstile({ secret, fetch }) });
    const events = Array.from({ length: 20 }, (_, n) => view(`/${n}`, NOW - n * MINUTE)).reverse();
    await send({ lead_log: logOf(events), 'cf-turnstile-response': 'good' });
    const [{ trust, score }] = await leads();
    assert.deepEqual([trust, score.value], ['human', 5 + CAPS.rescored]);
  });

  test('is worth the most with what was seen', async () => {
    const { fetch } = siteverify();
    const { look, send, leads } = await visit({ human: turnstile({ secret, fetch }) });
    const events = [];
    for (let n = 0; n < 8; n++) events.push(await look(`/${n}`));
    await send({ lead_log: logOf(events), 'cf-turnstile-response': 'good' });
    assert.equal((await leads())[0].score.value, 5 + 32);
  });

  test('a token counts for one lead: a double click passes, another form with it does not', async () => {
    const { fetch } = siteverify();
    const { send, leads } = await visit({ human: turnstile({ secret, fetch }), doubtful: 'drop' });
    const double = () => send({ 'cf-turnstile-response': 'good' }, { accept: 'application/json' });
    const [{ id }, again] = [await (await double()).json(), await (await double()).json()];
    assert.equal(again.id, id);
    await send({ 'cf-turnstile-response': 'good', email: 'eve@analytical.test' });
    assert.deepEqual((await leads()).map(({ facts }) => /** @type {any} */ (facts).contact.email), ['ada@analytical.test']);
  });

  test('one that never answers is waited for no longer than it may take', async () => {
    let aborted = false;
    const check = (/** @type {string} */ _, /** @type {{ signal: AbortSignal }} */ { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => ((aborted = true), resolve(true))));
    const { send, leads } = await visit({ human: { field: 'check', check: /** @type {any} */ (check) }, humanTimeout: 30, doubtful: 'drop' });
    // Node would end before, as nothing else is under way.
    const busy = setInterval(() => {}, 1000);
    assert.equal((await send({ check: 'x' })).status, 303);
    clearInterval(busy);
    const [{ doubts, facts }] = await leads();
    assert.deepEqual([doubts, /** @type {any} */ (facts).form, aborted], [['unverified'], undefined, true]);
  });
});

describe('the time that somebody took', () => {
  const filled = (/** @type {number} */ seconds) => logOf([
    view('/demo', NOW - MINUTE), { type: 'form_start', at: NOW - seconds * SECOND, form: 'demo' }, { type: 'form_submit', at: NOW, form: 'demo' }]);

  /** @type {[name: string, doubts: string[], how: { wait?: number, token?: (token: string) => string, log?: string, options?: Partial<Options> }][]} */
  const cases = [
    ['long enough by the token', [], { wait: 3 }],
    ['too short by the token', ['too-fast'], { wait: 1 }],
    ['too short by the token, whatever the log claims', ['too-fast'], { wait: 1, log: filled(50) }],
    ['long enough by the token, whatever the log claims', [], { wait: 50, log: filled(1) }],
    ['as long as the options ask for', ['too-fast'], { wait: 9, options: { fillTime: 10 } }],
    ['long enough by the tracker', [], { token: () => '', log: filled(30) }],
    ['too short by the tracker', ['too-fast'], { token: () => '', log: filled(1) }],
    ['not known', [], { token: () => '' }],
    ['not known where every form has a token', ['no-token'], { token: () => '', options: { formToken: true } }],
    ['by a forged token', ['forged-token'], { wait: 3, token: (token) => token.replace(/\.\w+\./, '.1.') }],
    ['by a token of nonsense', ['forged-token'], { wait: 3, token: () => 'x' }],
    ['by a token of last month', ['expired-token'], { wait: 30 * 24 * 3600 }],
  ];
  for (const [name, doubts, { wait = 0, token: change = (/** @type {string} */ token) => token, log, options = {} }] of cases) {
    test(name, async () => {
      const { send, token, leads, clock, said } = await visit(options);
      const given = change(await token());
      clock.now += wait * SECOND;
      const answer = await send({ ...(given && { _token: given }), ...(log && { lead_log: log }) });
      assert.equal(answer.status, 303, 'the visitor is thanked in any case');
      const [lead] = await leads();
      assert.deepEqual([lead.doubts, lead.score.status], [doubts, 'scored']);
      assert.deepEqual(said.filter(({ event }) => event === 'doubtful'), doubts.length > 0 ? [{ event: 'doubtful', code: doubts[0] }] : []);
    });
  }

  test('the token of another site is forged, and one of the secret before is not', async () => {
    const next = 'another secret, which is going to be the one from now on';
    for (const [from, to, doubts] of /** @type {[Partial<Options>, Partial<Options>, string[]][]} */ ([
      [{ sites: ['https://other.test'] }, {}, ['forged-token']],
      [{}, { secret: [next, SECRET] }, []],
      [{}, { secret: next }, ['forged-token']],
    ])) {
      const token = await (await visit(from)).handler.formToken();
      const { send, leads, clock } = await visit(to);
      clock.now += MINUTE;
      await send({ _token: token });
      assert.deepEqual((await leads())[0].doubts, doubts);
    }
  });

  test('a token is good for one lead, however often that is sent', async () => {
    const { send, token, leads, clock } = await visit();
    const given = await token();
    clock.now += MINUTE;
    for (const message of ['1', '1', '2', '1']) await send({ _token: given, message });
    const found = (await leads()).map(({ facts, doubts }) => [/** @type {any} */ (facts).message, doubts]);
    assert.deepEqual(found, [['1', []], ['2', ['replayed-token']]]);
  });

  test('what is doubtful is sent like anything, kept back, or thrown away, as the options say', async () => {
    for (const [doubtful, kept] of /** @type {const} */ ([['flag', { ...NONE, sent: 1 }], ['hold', { ...NONE, held: 1 }], ['drop', NONE]])) {
      const { send, outbox, said, sent } = await visit({ doubtful, formToken: true, thanks: '/thanks' });
      const answer = await send();
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${SITE}/thanks`]);
      await outbox.drain();
      assert.deepEqual((await outbox.report()).destinations.crm.counts, kept);
      assert.equal(sent.length, doubtful === 'flag' ? 1 : 0);
      assert.deepEqual(said[0], { event: 'doubtful', code: 'no-token' });
      if (doubtful !== 'hold') continue;
      const [{ lead, code }] = await outbox.list('crm', 'held');
      assert.equal(code, 'doubtful');
      assert.equal(await outbox.replay('crm', lead), 1);
      await outbox.drain();
      const { data } = await sent[0].json();
      assert.deepEqual([data.doubts, data.facts.doubts], [['no-token'], ['no-token']]);
    }
  });

  test('nobody says of themselves what the edge doubts, or that it does not', async () => {
    const { send, leads } = await visit({ attributes: { doubts: { type: 'list' }, trust: { type: 'text' } } });
    await send({ doubts: 'none', trust: 'human' });
    const [{ facts }] = await leads();
    assert.deepEqual([/** @type {any} */ (facts).doubts, /** @type {any} */ (facts).trust], [undefined, 'none']);
  });
});

describe('who takes everything back', () => {
  const log = logOf([view('/a', NOW - 2 * MINUTE), view('/b', NOW - MINUTE)]);
  const withdrawal = encode('frimas.test', { visitor: VISITOR, since: NOW, events: [{ type: 'withdrawn', at: NOW }] });
  /** As the tracker posts it. @param {string} body @param {Record<string, string>} [headers] */
  const told = (body, headers = {}) => new Request('https://edge.test/lead', { method: 'POST', headers: { origin: SITE, 'content-type': 'text/plain;charset=UTF-8', ...headers }, body });
  const cookies = { _ga: 'source.ga' };

  test('is no longer in what is kept, nor in what is sent, and the lead stays', async () => {
    const { send, handler, outbox, leads, sent } = await visit({ cookies });
    await send({ lead_log: log }, { cookie: '_ga=GA1.1.5.6' });
    const [before] = await leads();
    assert.deepEqual([before.score.value, before.trust, /** @type {any} */ (before.facts).source.ga], [10, 'rescored', 'GA1.1.5.6']);
    assert.equal((await handler.fetch(told(withdrawal))).status, 204);
    const [lead] = await leads();
    assert.deepEqual([lead.score.value, lead.trust, lead.clamps], [5, 'none', [{ code: 'withdrawn', count: 1 }]]);
    assert.deepEqual(/** @type {any} */ (lead.facts).source, {});
    assert.equal(/** @type {any} */ (lead.facts).contact.email, GOOD.email);
    await outbox.drain();
    assert.deepEqual((await Promise.all(sent.map((request) => request.json()))).map(({ data }) => data.score.value), [5]);
  });

  test('is taken out of the CRM too, where it was sent already', async () => {
    const { send, handler, outbox, sent } = await visit();
    await send({ lead_log: log });
    await outbox.drain();
    await handler.fetch(told(withdrawal));
    await outbox.drain();
    assert.deepEqual((await Promise.all(sent.map((request) => request.json()))).map(({ data }) => data.score.value), [10, 5]);
    assert.equal(new Set(sent.map((request) => request.headers.get('webhook-id'))).size, 2, 'a receiver does not take it for the same');
  });

  test('is erased with the lead, where the options say so', async () => {
    const { send, handler, outbox, leads } = await visit({ withdrawn: 'erase' });
    await send({ lead_log: log });
    await send({ email: 'grace@analytical.test' });
    await handler.fetch(told(withdrawal));
    assert.deepEqual((await leads()).map(({ facts }) => /** @type {any} */ (facts).contact.email), ['grace@analytical.test']);
    assert.equal((await outbox.report()).destinations.crm.counts.queued, 1);
  });

  test('is not believed any more, nor under the key of the secret before', async () => {
    const next = 'another secret, which is going to be the one from now on';
    const store = edge().outbox;
    const before = await visit({ outbox: store });
    await before.handler.fetch(told(withdrawal));
    const after = await visit({ outbox: store, secret: [next, SECRET] });
    const answer = await after.send({ lead_log: log }, { accept: 'application/json' });
    assert.equal(answer.status, 202);
    const [{ payload }] = await store.list('crm', 'queued');
    const { trust, clamps, score } = JSON.parse(payload).data;
    assert.deepEqual([trust, clamps, score.value], ['none', [{ code: 'withdrawn', count: 1 }], 5]);
  });

  test('can do so with a form', async () => {
    const { send, leads } = await visit();
    await send({ lead_log: log, message: '1' });
    await send({ lead_log: withdrawal, message: '2' });
    assert.deepEqual((await leads()).map(({ trust, score }) => [trust, score.value]), [['none', 5], ['none', 5]]);
  });

  test('does so for nobody else', async () => {
    const { send, handler, leads } = await visit();
    await send({ lead_log: log });
    const other = (/** @type {string} */ site, visitor = VISITOR) => encode(site, { visitor, since: NOW, events: [{ type: 'withdrawn', at: NOW }] });
    for (const [body, headers, status] of /** @type {[string, Record<string, string>, number][]} */ ([
      [other('evil.test'), {}, 415],
      [other('frimas.test', 'zzzzzzzzzzz'), {}, 204],
      [withdrawal, { origin: 'https://evil.test' }, 403],
      [log, {}, 204],
      ['nonsense', {}, 415],
      ['x'.repeat(70_000), {}, 413],
    ])) {
      assert.equal((await handler.fetch(told(body, headers))).status, status);
    }
    assert.equal((await leads())[0].score.value, 10);
  });
});

test('a limiter that fails limits nobody', async () => {
  const { send, said } = await visit({ limited: () => Promise.reject(new Error('of 192.0.2.7')) });
  assert.equal((await send()).status, 303);
  assert.deepEqual(said[0], { event: 'limiter-failed' });
});
