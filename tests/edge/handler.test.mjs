/** From a form to an answer: what is taken, what is refused and with which words, and what is stored. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createScorer } from 'leadscore';
import { createLeadHandler } from 'leadscore/edge';
import { encode } from '../../pkg/tracker/log.js';
import { MINUTE, MODEL, NOW, SECRET, SITE, edge, form } from './world.mjs';

const GOOD = { email: 'Ada@Analytical.Test', name: 'Ada Lovelace', company: 'Analytical Engines' };

/** @param {object} body @param {Record<string, string>} [headers] */
const json = (body, headers = {}) =>
  new Request('https://edge.test/lead', {
    method: 'POST',
    headers: { origin: SITE, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** @param {Record<string, string | Blob>} fields */
function multipart(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return new Request('https://edge.test/lead', { method: 'POST', headers: { origin: SITE }, body });
}

/** A tracker's log of as many page views, one a minute up to now. @param {number} views @param {string} [site] */
function logOf(views, site = 'frimas.test') {
  const since = NOW - views * MINUTE;
  const events = Array.from({ length: views }, (_, n) => ({ type: 'page_view', at: since + n * MINUTE, path: `/${n}` }));
  return encode(site, { visitor: 'abcdefghijk', since, events });
}

test('a form is stored with its facts and its score, and the visitor is led to the thanks', async () => {
  const { handler, leads, said } = edge({ thanks: '/thanks' });
  const answer = await handler.fetch(form({ ...GOOD, employees: '11 - 50', country: 'Frankreich', budget: '1 500,50 €' }));
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${SITE}/thanks`]);
  const [{ id, at, facts, score, trust, clamps }] = await leads();
  assert.deepEqual(facts, {
    contact: { email: 'Ada@analytical.test', name: 'Ada Lovelace', emailKind: 'work' },
    company: { name: 'Analytical Engines', employees: 11, country: 'FR', domain: 'analytical.test' },
    form: { budget: '1 500,50 €' },
    trust: 'none',
  });
  const { value, status, label, grade, stage, route, reasons, model, version } = score;
  assert.deepEqual({ value, status, label, grade, stage, route }, { value: 55, status: 'scored', label: 'cold', grade: 'C', stage: null, route: null });
  assert.deepEqual([reasons, model, version, at, trust, clamps], [['size', 'near', 'work-mail'], 'edge', '7', NOW, 'none', []]);
  assert.deepEqual(said, [{ event: 'stored', lead: id }]);
});

test('all three kinds of form say the same', async () => {
  const requests = [form({ ...GOOD, tool: 'a' }), json({ ...GOOD, tool: ['a'] }), multipart({ ...GOOD, tool: 'a', file: new File([], '') })];
  const facts = [];
  for (const request of requests) {
    const { handler, leads } = edge();
    assert.equal((await handler.fetch(request)).status < 400, true);
    facts.push((await leads())[0].facts);
  }
  assert.deepEqual(facts[1], facts[0]);
  assert.deepEqual(facts[2], facts[0]);
});

describe('fields become attributes', () => {
  /** @type {[name: string, fields: [string, string][] | Record<string, string>, facts: Record<string, any>, options?: object][]} */
  const cases = [
    ['by the names that people use', { 'First-Name': 'Ada', Nom: 'Lovelace', 'Code postal': '75001', TÉLÉPHONE: '01' }, {
      contact: { firstName: 'Ada', lastName: 'Lovelace', phone: '01' }, company: { postcode: '75001' } }],
    ['by the names of autocomplete', { 'given-name': 'Ada', organization: 'AE', 'organization-title': 'VP Sales', 'country-name': 'BEL' }, {
      contact: { firstName: 'Ada', title: 'VP Sales', seniority: 'vp', department: 'sales' }, company: { name: 'AE', country: 'BE' } }],
    ['by the path of a declared attribute, as its type', { 'project.budget': '12 000', 'company.employees': '1 000+' }, {
      project: { budget: 12000 }, company: { employees: 1000 } }],
    ['several times as a list', [['project.tools[]', 'a'], ['project.tools[]', 'b'], ['x', '1'], ['x', '2']], { project: { tools: ['a', 'b'] }, form: { x: '1, 2' } }],
    ['as the map says', { rooms: '31', secret: 'x' }, { project: { rooms: '31' } }, { map: { rooms: 'project.rooms', secret: null } }],
    ['campaigns in lower case', { utm_source: 'LinkedIn', first_utm_medium: 'CPC', gclid: 'AbC' }, { source: { utm_source: 'linkedin', first_utm_medium: 'cpc', gclid: 'abc' } }],
    ['French activities', { 'code NAF': '6201z' }, { company: { naf: '62.01Z', nace: '62.01' } }],
    ['what cannot be read stays readable', { country: 'Narnia', 'project.budget': 'a lot', naf: '99.99Z' }, {
      form: { country: 'Narnia', project: { budget: 'a lot' }, naf: '99.99Z' } }],
    ['nothing that controls the form, nothing empty', { _subject: 'x', _replyto: 'y', 'form-name': 'z', access_key: 'k', empty: '  ' }, {}],
    ['nobody says what the edge knows', { 'contact.emailKind': 'work', trust: 'bounded', email: 'x@yopmail.com' }, { contact: { email: 'x@yopmail.com', emailKind: 'disposable' } }],
    ['an attribute in the way of another', [['company', 'AE'], ['company.name', 'B']], { company: { name: 'AE' }, form: { company: { name: 'B' } } }, { attributes: { 'company.name': { type: 'text' } } }],
  ];
  for (const [name, fields, expected, options] of cases) {
    test(name, async () => {
      const { handler, leads } = edge({ required: [], ...options });
      assert.equal((await handler.fetch(form(fields))).status, 303);
      const [{ facts }] = await leads();
      assert.deepEqual(facts, { ...expected, trust: 'none' });
    });
  }
});

describe('the kinds of e-mail', () => {
  for (const [email, kind] of [['a@gmail.com', 'free'], ['a@orange.fr', 'free'], ['a@sub.mailinator.com', 'disposable'], ['a@frimas.test', 'work']]) {
    test(`${email} is ${kind}`, async () => {
      const { handler, leads } = edge();
      await handler.fetch(form({ email }));
      assert.equal(/** @type {any} */ ((await leads())[0].facts).contact.emailKind, kind);
    });
  }
});

describe('what the tracker saw', () => {
  /** @param {import('../../pkg/edge.js').LeadHandler} fetch */
  const cookieAt = async (fetch) => (await fetch(new Request('https://edge.test/lead'))).headers.get('set-cookie')?.split(';')[0] ?? '';

  /** @type {[name: string, log: string, cookie: 'none' | 'old' | 'new' | 'forged' | 'of another site', trust: string, value: number, clamps: object[]][]} */
  const cases = [
    ['no log', '', 'old', 'none', 5, []],
    ['a log alone is worth what the model gives to claims', logOf(20), 'none', 'rescored', 15, []],
    ['with the cookie of the edge it is worth more', logOf(5), 'old', 'bounded', 25, []],
    ['what was before the cookie is a claim', logOf(5), 'new', 'bounded', 5 + 10 + 4, [{ code: 'before-first-seen', count: 4 }]],
    ['a forged cookie is none', logOf(20), 'forged', 'rescored', 15, []],
    ['nor is that of another site', logOf(20), 'of another site', 'rescored', 15, []],
    ['a log of another site', logOf(20, 'evil.test'), 'old', 'none', 5, [{ code: 'unreadable', count: 1 }]],
    ['nonsense', 'x'.repeat(50_000), 'old', 'none', 5, [{ code: 'unreadable', count: 1 }]],
  ];
  for (const [name, log, cookie, trust, value, clamps] of cases) {
    test(name, async () => {
      const { handler, leads } = edge();
      const earlier = (/** @type {number} */ at, site = SITE) => edge({ now: () => at, sites: [site] }).handler.fetch;
      const cookies = {
        none: '',
        old: await cookieAt(earlier(NOW - 60 * MINUTE)),
        new: await cookieAt(earlier(NOW)),
        forged: (await cookieAt(earlier(NOW))).replace(/=\w+\./, '=abc123.'),
        'of another site': await cookieAt(earlier(NOW - 60 * MINUTE, 'https://other.test')),
      };
      const answer = await handler.fetch(form({ ...GOOD, lead_log: log }, { cookie: cookies[cookie] }));
      assert.equal(answer.status, 303);
      const [lead] = await leads();
      assert.deepEqual([lead.trust, lead.score.value, lead.clamps], [trust, value, clamps]);
      assert.equal(/** @type {any} */ (lead.facts).trust, trust);
      assert(!JSON.stringify(lead).includes('abcdefghijk'), 'the visitor is not in what is handed on');
    });
  }

  test('a cookie is set once, and says nothing but since when', async () => {
    const { handler } = edge();
    const first = await handler.fetch(new Request('https://edge.test/lead'));
    assert.equal(first.status, 204);
    assert.match(String(first.headers.get('set-cookie')), /^lead_seen=[0-9a-z]+\.[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const again = await handler.fetch(new Request('https://edge.test/lead', { headers: { cookie: await cookieAt(handler.fetch) } }));
    assert.equal(again.headers.get('set-cookie'), null);
  });

  test('while the secret is changed both hold, then only the new one', async () => {
    const next = 'another secret, which is going to be the one from now on';
    const old = await cookieAt(edge({ now: () => NOW - 60 * MINUTE }).handler.fetch);
    for (const [secret, trust] of /** @type {const} */ ([[[next, SECRET], 'bounded'], [next, 'rescored']])) {
      const { handler, leads } = edge({ secret });
      await handler.fetch(form({ ...GOOD, lead_log: logOf(1) }, { cookie: old }));
      assert.equal((await leads())[0].trust, trust);
    }
  });
});

describe('answers', () => {
  test('JSON is answered with JSON: the id, and the score only where the options say so', async () => {
    for (const [reveal, extra] of /** @type {const} */ ([[undefined, {}], [(/** @type {any} */ { grade }) => ({ grade }), { score: { grade: 'C' } }]])) {
      const { handler } = edge({ ...(reveal && { reveal }) });
      const answer = await handler.fetch(json({ ...GOOD, _id: 'lead-00001' }));
      assert.equal(answer.status, 202);
      assert.deepEqual(await answer.json(), { ok: true, id: 'lead-00001', ...extra });
    }
  });

  test('a double click is one lead and gets one id', async () => {
    const { handler, leads } = edge();
    const ids = [];
    for (let click = 0; click < 2; click++) ids.push((await (await handler.fetch(json(GOOD))).json()).id);
    assert.equal(ids[0], ids[1]);
    assert.equal((await leads()).length, 1);
  });

  test('a lead of any score is stored, with the reason why it is not for us', async () => {
    const { handler, leads } = edge();
    assert.equal((await handler.fetch(form({ email: 'x@yopmail.com' }))).status, 303);
    const [{ score }] = await leads();
    assert.deepEqual([score.status, score.reasons], ['disqualified', ['A throw-away address']]);
  });

  test('a lead that the engine cannot read is stored without a score', async () => {
    const broken = { model: { id: 'm', version: null }, score: () => assert.fail() };
    const { handler, leads, said } = edge({ model: /** @type {any} */ (broken) });
    assert.equal((await handler.fetch(form(GOOD))).status, 303);
    assert.deepEqual([(await leads())[0].score.status, said[0].event], ['not_scored', 'not-scored']);
  });

  test('reasons are sentences where a language is given', async () => {
    const { handler, leads } = edge({ model: createScorer(MODEL), lang: 'fr' });
    await handler.fetch(form({ ...GOOD, country: 'France' }));
    assert.match((await leads())[0].score.reasons[0], / /);
  });

  test('nobody is thanked for what was not stored', async () => {
    const { handler, said } = edge({ outbox: /** @type {any} */ ({ put: () => Promise.reject(new Error('disk of ada@analytical.test full')) }) });
    const answer = await handler.fetch(form(GOOD));
    assert.deepEqual([answer.status, answer.headers.get('retry-after'), answer.headers.get('location')], [503, '10', null]);
    assert.deepEqual(said, [{ event: 'failed', code: 'Error' }, { event: 'refused', status: 503, code: 'not-stored' }]);
  });

  test('who fills in what nobody sees is thanked, and not stored', async () => {
    const { handler, leads, said } = edge({ thanks: '/thanks' });
    const answer = await handler.fetch(form({ ...GOOD, _gotcha: 'buy' }));
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${SITE}/thanks`]);
    assert.deepEqual([await leads(), said], [[], [{ event: 'honeypot' }]]);
  });

  test('scripts of the site may read the answer, others not', async () => {
    const { handler } = edge();
    for (const [origin, status, allowed] of /** @type {const} */ ([[SITE, 204, SITE], ['https://evil.test', 403, null], ['null', 403, null]])) {
      const answer = await handler.fetch(new Request('https://edge.test/lead', { method: 'OPTIONS', headers: { origin } }));
      assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('vary')], [status, allowed, 'Origin']);
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
    }
  });

  describe('where the visitor is led to', () => {
    for (const next of ['/ok', 'ok?a=b', `${SITE}/ok`, 'https://www.frimas.test/ok', '/%0d%0aset-cookie:x', '/?//evil.test']) {
      test(`${next} is fine`, async () => {
        const { handler } = edge({ sites: [SITE, 'https://www.frimas.test'] });
        const answer = await handler.fetch(form({ ...GOOD, _next: next }));
        assert.equal(answer.status, 303);
        assert.match(String(answer.headers.get('location')), /^https:\/\/(www\.)?frimas\.test\//);
      });
    }
    for (const next of ['//evil.test', '/\\evil.test', '\\\\evil.test', 'https://evil.test', 'javascript:alert(1)', 'data:text/html,x',
      'https://frimas.test.evil.test', 'https://frimas.test@evil.test', 'https://u:p@frimas.test', 'http://frimas.test', '/\t/evil.test', ' //evil.test', `/${'x'.repeat(3000)}`]) {
      test(`${next.slice(0, 40)} is not`, async () => {
        const { handler, leads } = edge();
        const answer = await handler.fetch(form({ ...GOOD, _next: next }));
        assert.deepEqual([answer.status, answer.headers.get('location'), await leads()], [400, null, []]);
      });
    }
  });
});

describe('what cannot be taken is said to be so, and not stored', () => {
  const raw = (/** @type {BodyInit | null} */ body, /** @type {Record<string, string>} */ headers = {}, method = 'POST') =>
    new Request('https://edge.test/lead', { method, headers: { origin: SITE, accept: 'application/json', ...headers }, body });
  const many = Array.from({ length: 501 }, (_, n) => /** @type {[string, string]} */ ([`f${n}`, 'x']));
  const deep = JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40));

  /** @type {[name: string, request: () => Request, status: number, code: string, errors?: object, options?: object][]} */
  const cases = [
    ['no address', () => json({ name: 'Ada' }), 422, 'invalid-fields', { email: 'expected a value' }],
    ['no address that is one', () => json({ courriel: 'ada@' }), 422, 'invalid-fields', { courriel: 'expected an e-mail address' }],
    ['two things at once', () => json({ email: 'x', message: 'y'.repeat(20_001) }), 422, 'invalid-fields', {
      email: 'expected an e-mail address', message: 'expected at most 20000 letters' }],
    ['a file', () => multipart({ ...GOOD, cv: new File(['x'], 'cv.pdf') }), 422, 'no-files', { cv: 'expected no file' }],
    ['a form of another site', () => form(GOOD, { origin: 'https://evil.test', accept: 'application/json' }), 403, 'foreign-origin'],
    ['a form without an origin from another site', () => new Request('https://edge.test/', {
      method: 'POST', body: new URLSearchParams(GOOD), headers: { 'sec-fetch-site': 'cross-site', accept: 'application/json' } }), 403, 'foreign-origin'],
    ['another method', () => raw(null, {}, 'DELETE'), 405, 'unknown-method'],
    ['another kind of body', () => raw('email=a', { 'content-type': 'text/plain' }), 415, 'unknown-content-type'],
    ['no kind of body', () => raw(new Uint8Array([1])), 415, 'unknown-content-type'],
    ['broken JSON', () => raw('{"email":', { 'content-type': 'application/json' }), 400, 'invalid-json'],
    ['a list', () => raw('[]', { 'content-type': 'application/json' }), 400, 'invalid-json'],
    ['deep JSON', () => json(deep), 400, 'too-deep'],
    ['broken multipart', () => raw('--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=x' }), 400, 'broken-multipart'],
    ['multipart without a boundary', () => raw('email=a', { 'content-type': 'multipart/form-data' }), 400, 'broken-multipart'],
    ['not UTF-8', () => raw(new Uint8Array([0x7b, 0xff]), { 'content-type': 'application/json' }), 400, 'not-utf-8'],
    ['too much', () => raw(`email=${'x'.repeat(65_536)}`, { 'content-type': 'application/x-www-form-urlencoded' }), 413, 'too-large'],
    ['too many fields', () => form(many, { accept: 'application/json' }), 413, 'too-many-fields'],
    ['names of the language', () => raw('{"__proto__":{"admin":1},"email":"a@b.fr"}', { 'content-type': 'application/json' }), 400, 'invalid-name'],
    ['names of the language in a path', () => json({ ...GOOD, 'a.constructor.b': '1' }), 400, 'invalid-name'],
    ['long names', () => json({ ['x'.repeat(201)]: '1' }), 400, 'invalid-name'],
    ['a name of two lines', () => json({ 'a\r\nb': '1' }), 400, 'invalid-name'],
    ['the character NUL', () => json({ ...GOOD, message: 'a\0b' }), 400, 'invalid-text'],
    ['a strange id', () => json({ ...GOOD, _id: '../../etc' }), 400, 'invalid-id'],
    ['too often', () => json(GOOD), 429, 'too-many', undefined, { limited: () => true }],
  ];
  for (const [name, request, status, code, errors, options] of cases) {
    test(name, async () => {
      const { handler, leads, said } = edge(options);
      const answer = await handler.fetch(request());
      const text = await answer.text();
      assert.equal(answer.status, status, text);
      assert.deepEqual([await leads(), said], [[], [{ event: 'refused', status, code }]]);
      if (!answer.headers.get('content-type')?.includes('json')) return;
      const { ok, error, message, ...more } = JSON.parse(text);
      assert.deepEqual({ ok, error, ...more }, { ok: false, error: code, ...(errors && { errors }) });
      assert.match(message, /^expected /);
      assert.equal(/** @type {any} */ ({}).admin, undefined);
    });
  }

  test('people without scripts read it as text, in which nothing becomes a page', async () => {
    const { handler } = edge();
    const answer = await handler.fetch(form({ '<b>email</b>': 'x', email: 'x' }));
    assert.equal(await answer.text(), 'expected other values in some fields\nemail: expected an e-mail address\n');
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });
});

describe('options that cannot work are said to be so at once', () => {
  /** @type {[object, RegExp][]} */
  const cases = [
    [{ secret: 'short' }, /expected a secret of at least 32 letters at `secret`/],
    [{ secret: [] }, /expected a secret/],
    [{ sites: [] }, /expected a list of origins at `sites`/],
    [{ sites: ['frimas.test'] }, /expected an origin such as `https:\/\/example.com`, found `frimas.test` at `sites\[0\]`/],
    [{ sites: ['https://frimas.test/path'] }, /expected an origin/],
    [{ adminToken: 'short' }, /expected a token of at least 32 letters at `adminToken`/],
  ];
  for (const [options, message] of cases) test(JSON.stringify(options), () => assert.throws(() => edge(options), { name: 'LeadscoreError', message }));
});

describe('the outbox, for its owner', () => {
  const adminToken = 'the token of the one who owns the website';
  /** @param {string} path @param {RequestInit} [init] @param {string} [token] */
  const asked = (path, init = {}, token = adminToken) =>
    new Request(`https://edge.test${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  const order = (/** @type {object} */ body) => asked('/admin/outbox', { method: 'POST', body: JSON.stringify(body) });

  test('shows, lists, sends again and forgets', async () => {
    const { handler, outbox } = edge({ adminToken });
    await handler.fetch(form(GOOD));
    const counts = { queued: 1, held: 0, sent: 0, merged: 0, dead: 0 };
    assert.deepEqual(await (await handler.fetch(asked('/admin/outbox'))).json(), {
      destinations: { crm: { counts, oldest: NOW, failures: 0, held: null, until: 0 } },
    });
    const { deliveries } = await (await handler.fetch(asked('/admin/outbox?destination=crm&state=queued'))).json();
    assert.equal(deliveries.length, 1);
    assert.deepEqual(await (await handler.fetch(order({ replay: 'crm' }))).json(), { replayed: 0 });
    await outbox.drain();
    const { forgotten } = await (await handler.fetch(order({ forget: ' ADA@analytical.test' }))).json();
    assert.deepEqual(forgotten, [{ lead: deliveries[0].lead, destination: 'crm', remote: null }]);
    assert.deepEqual(await handler.forget(GOOD.email), []);
  });

  test('tells nobody else anything', async () => {
    const { handler } = edge({ adminToken });
    for (const token of ['', 'wrong', `${adminToken}x`]) {
      const answer = await handler.fetch(asked('/admin/outbox', {}, token));
      assert.equal(answer.status, 401);
      assert(!(await answer.text()).includes('crm'));
    }
    const closed = edge();
    assert.equal((await closed.handler.fetch(asked('/admin/outbox'))).status, 204);
  });

  test('does not guess', async () => {
    const { handler } = edge({ adminToken });
    for (const body of [{}, { replay: 1 }, { replay: 'crm', payload: {} }, { forget: null }]) {
      assert.equal((await handler.fetch(order(body))).status, 400, JSON.stringify(body));
    }
    assert.equal((await handler.fetch(asked('/admin/outbox', { method: 'PUT' }))).status, 405);
  });
});

test('options may be made of the environment, once', async () => {
  let made = 0;
  const { outbox } = edge();
  const handler = createLeadHandler((/** @type {{ SECRET: string }} */ env) => {
    made++;
    return { model: createScorer(MODEL), sites: [SITE], secret: env.SECRET, outbox };
  });
  const env = { SECRET };
  for (let n = 0; n < 3; n++) assert.equal((await handler.fetch(form({ email: `a${n}@b.fr` }), env)).status, 303);
  assert.equal(made, 1);
});

describe('what somebody else knows', () => {
  const facts = (/** @type {any} */ { contact }) => ({ contact, company: { employees: 500, country: 'FR' }, project: { budget: 5000 }, trust: 'bounded' });
  const slow = () => new Promise((resolve) => setTimeout(resolve, 500));
  /** @type {[name: string, enrich: (facts: any) => any, value: number, grade: string, said: string][]} */
  const cases = [
    ['is scored before anything is sent', async (known) => facts(known), 80, 'A', 'amended'],
    ['too late for anybody changes nothing', async (known) => (await slow(), facts(known)), 5, 'C', 'not-enriched'],
    ['by failing changes nothing', () => Promise.reject(new Error('ada@analytical.test')), 5, 'C', 'not-enriched'],
    ['by throwing changes nothing', () => assert.fail(), 5, 'C', 'not-enriched'],
    ['that is no facts changes nothing', async () => 'no facts', 5, 'C', 'not-enriched'],
    ['that destroys what it was given changes nothing', (known) => (delete known.contact, assert.fail()), 5, 'C', 'not-enriched'],
  ];
  for (const [name, enrich, value, grade, event] of cases) {
    test(name, async () => {
      const { handler, outbox, leads, said, sent } = edge({ enrich, enrichTimeout: 50, enrichLatest: 50 });
      /** @type {Promise<unknown>[]} */
      const later = [];
      const answer = await handler.fetch(form(GOOD), {}, { waitUntil: (/** @type {Promise<unknown>} */ work) => later.push(work) });
      assert.equal(answer.status, 303);
      assert.equal(later.length, 1);
      assert.equal(await Promise.race([later[0].then(() => 'waited'), 'thanked']), 'thanked', 'nobody waited for it');
      await later[0];
      const [lead] = await leads();
      assert.deepEqual([lead.score.value, lead.score.grade, lead.trust, /** @type {any} */ (lead.facts).trust], [value, grade, 'none', 'none']);
      assert.equal(/** @type {any} */ (lead.facts).contact.email, 'Ada@analytical.test');
      assert(said.some((entry) => entry.event === event));
      assert(!JSON.stringify(said).includes('ada@'));
      assert.equal(await outbox.drain(), null);
      assert.deepEqual((await Promise.all(sent.map((request) => request.json()))).map(({ data }) => data.score.value), [value]);
    });
  }

  test('late is scored all the same, and follows what was sent without it, once', async () => {
    /** @type {(known: any) => void} */
    let tell = () => {};
    const { handler, outbox, leads, said, sent } = edge({ enrich: () => new Promise((resolve) => (tell = resolve)), enrichTimeout: 20 });
    /** @type {Promise<unknown>[]} */
    const later = [];
    await handler.fetch(form(GOOD), {}, { waitUntil: (/** @type {Promise<unknown>} */ work) => later.push(work) });
    while (!said.some(({ event }) => event === 'amended')) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(await outbox.drain(), null, 'it waits no longer');
    assert.equal(sent.length, 1);

    tell(facts({ contact: { email: 'Ada@analytical.test' } }));
    await later[0];
    await outbox.drain();
    assert.equal(await outbox.drain(), null);
    const bodies = await Promise.all(sent.map((request) => request.json()));
    assert.deepEqual(bodies.map(({ data }) => [data.score.value, data.score.grade, data.amendedAt]), [[5, 'C', undefined], [75, 'A', NOW]]);
    assert.equal(new Set(sent.map((request) => request.headers.get('webhook-id'))).size, 2);
    assert.deepEqual((await outbox.report()).destinations.crm.counts, { queued: 0, held: 0, sent: 1, merged: 0, dead: 0 });
    assert.deepEqual(await leads(), []);
  });

  test('that never comes, because the process ended, is not waited for', async () => {
    const { outbox, handler } = edge({ enrich: () => new Promise(() => {}), enrichTimeout: 50, enrichLatest: 50 });
    await handler.fetch(form(GOOD));
    assert.equal(await outbox.drain(), NOW + 50 + 1000);
  });

  test('is not asked for a while after five failures, and never twice for one lead', async () => {
    let asked = 0;
    let now = NOW;
    const { handler } = edge({ now: () => now, enrich: () => (asked++, assert.fail()) });
    /** @param {number} n */
    const post = async (n) => {
      const later = /** @type {Promise<unknown>[]} */ ([]);
      await handler.fetch(form({ email: `a${n}@b.fr` }), {}, { waitUntil: (/** @type {Promise<unknown>} */ work) => later.push(work) });
      await Promise.all(later);
    };
    await post(0);
    await post(0);
    assert.equal(asked, 1);
    for (let n = 1; n < 10; n++) await post(n);
    assert.equal(asked, 5);
    now += MINUTE;
    await post(11);
    assert.equal(asked, 6);
  });
});
