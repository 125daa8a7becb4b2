/** Ten thousand requests that mean no good: each is answered, nothing throws, nothing of theirs is in a log, and what is stored is a lead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnstile } from 'leadscore/edge';
import { encode } from '../../pkg/tracker/log.js';
import { MINUTE, NOW, SITE, chance, edge } from './world.mjs';

const REQUESTS = 10_000;
const MARK = 'm4rked';

const { below, draw } = chance(2026);
/** @template T @param {readonly T[]} list @returns {T} */
const one = (list) => list[below(list.length)];
const noise = (/** @type {number} */ most) => Uint8Array.from({ length: below(most) }, () => below(256));

const NAMES = ['email', 'name', 'company', 'employees', '__proto__', 'constructor.prototype.x', 'a[]', 'a.b.c', 'a', 'a.b', '', '_id', '_next', '_gotcha', 'lead_log',
  'x'.repeat(250), 'é\r\nset-cookie: a=b', 'contact', 'contact.email', 'trust', 'company.country', 'toString', 'hasOwnProperty', 'valueOf', 'form', 'form.form', '\u0000', '..', '.'];
const texts = () => one([`${MARK}@frimas.test`, `${MARK}\r\nlocation: //evil.test`, '//evil.test', '/\\evil.test', 'javascript:alert(1)', '1e999', '-1', 'NaN', '[object Object]',
  '\ud800', '\0', 'x'.repeat(below(30_000)), '{"$gt":1}', '../../etc/passwd', `1${MARK}`, String(draw()), '', '<script>', '١٢٣', '1'.repeat(400), '2026-99-99', `${MARK}-id-1234567`]);

/** What another site's edge gave out, and what this one gave to somebody who hands it in again and again. @param {string} site */
async function given(site) {
  const { handler } = edge({ sites: [site], now: () => NOW - 10 * MINUTE });
  const answer = await handler.fetch(new Request('https://edge.test/?checkpoint=/pricing'));
  const [way, seen] = answer.headers.getSetCookie().map((set) => set.split(';')[0]);
  return { way, seen, token: await handler.formToken() };
}
const [stolen, own] = [await given('https://other.test'), await given(SITE)];

const VISITOR = 'abcdefghijk';
const view = { type: 'page_view', at: NOW - 10 * MINUTE, path: '/pricing' };
const logs = () => one([
  () => encode('frimas.test', { visitor: VISITOR, since: view.at, events: Array.from({ length: below(30) }, () => view) }),
  () => encode('other.test', { visitor: VISITOR, since: view.at, events: [view] }),
  () => encode('frimas.test', { visitor: String(below(1e11)).padStart(11, '0'), since: NOW, events: [{ type: 'withdrawn', at: NOW }] }),
  () => encode('other.test', { visitor: VISITOR, since: NOW, events: [{ type: 'withdrawn', at: NOW }] }),
  () => `1abc${'x'.repeat(below(70_000))}`,
])();

/** @returns {Record<string, string>} */
const tokens = () => ({
  ...(draw() < 0.5 && { _token: one([stolen.token, own.token, own.token.replace(/\.\w+\./, '.zzzzzzzz.'), own.way, 'x'.repeat(5000), '..', `${MARK}.1.${'A'.repeat(43)}`]) }),
  ...(draw() < 0.5 && { 'cf-turnstile-response': one(['bad', 'x'.repeat(5000), `${MARK}\r\n`, own.token]) }),
  ...(draw() < 0.5 && { lead_log: logs() }),
});

const cookies = () => one([
  '', 'lead_seen=x.y', `lead_seen=${'0'.repeat(9)}.${'A'.repeat(43)}`, `lead_seen=abc.${'_'.repeat(43)}; _ga=${MARK}`, '='.repeat(100), stolen.seen, stolen.way,
  `${stolen.way}; ${stolen.seen}`, own.way.replace(/\.1\./, `.${1 + below(30)}.`), own.way.replace(/(\.[\w-]{43})$/, '-1abcd$1'), own.seen.replace(/=\w+\./, '=1.'),
  own.way.replace('lead_way', 'lead_seen'), `lead_way=${'0-'.repeat(below(3000))}.${'A'.repeat(43)}`, `lead_way=${own.token}`, 'lead_way=',
]);

/** @returns {{ type: string, body: BodyInit }} */
function body() {
  const fields = Array.from({ length: one([0, 1, 3, 6, 20, 600]) }, () => /** @type {[string, string]} */ ([one(NAMES), texts()]));
  if (draw() < 0.5) fields.unshift(['email', `${MARK}.${below(1e9)}@frimas.test`]);
  const nested = () => `${'{"a":['.repeat(below(60))}1${']}'.repeat(below(60))}`;
  return one([
    () => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }),
    () => ({ type: 'application/x-www-form-urlencoded', body: noise(2000) }),
    () => ({ type: 'application/json', body: JSON.stringify(Object.fromEntries(fields)) }),
    () => ({ type: 'application/json', body: `{"__proto__":{"polluted":"${MARK}"},"email":${nested()}}` }),
    () => ({ type: 'application/json', body: one(['null', '[]', '1', '"x"', '', '{', nested()]) }),
    () => ({ type: 'application/json', body: noise(200) }),
    () => ({ type: 'multipart/form-data; boundary=x', body: fields.map(([name, text]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`).join('') + one(['--x--\r\n', '--x', '', '--y--']) }),
    () => ({ type: one(['multipart/form-data', 'multipart/form-data; boundary=', `multipart/form-data; boundary=${'x'.repeat(300)}`]), body: noise(500) }),
    () => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ email: `${MARK}.${below(1e9)}@frimas.test`, ...tokens() }).toString() }),
    () => ({ type: 'application/json', body: JSON.stringify({ email: `${MARK}.${below(1e9)}@frimas.test`, trust: 'human', doubts: [], ...tokens() }) }),
    () => ({ type: 'text/plain', body: logs() }),
    () => ({ type: one(['text/plain', '', 'application/xml', 'application/json, text/html', `x/${MARK}`]), body: noise(100) }),
    () => ({ type: 'application/x-www-form-urlencoded', body: 'x'.repeat(one([70_000, 10_000_000])) }),
  ])();
}

test(`${REQUESTS} requests that mean no good`, async () => {
  const fetch = async () => Response.json({ success: false, 'error-codes': ['invalid-input-response'] });
  const human = turnstile({ secret: 'of a widget', fetch });
  const { handler, outbox, said, store } = edge({ cookies: { _ga: 'source.ga' }, adminToken: 'a token that nobody here knows at all', human, formToken: true });
  /** @type {Map<number, number>} */
  const answered = new Map();
  for (let n = 0; n < REQUESTS; n++) {
    const { type, body: sent } = body();
    const asking = draw() < 0.1;
    const path = asking
      ? one(['?form', `?form=${MARK}`, '?checkpoint', '?checkpoint=//evil.test', `?checkpoint=/${MARK}%0d%0aset-cookie:a=b`, `?checkpoint=/${'x'.repeat(below(2000))}`, '?checkpoint=/&form', '?checkpoint=javascript:1'])
      : one(['lead', 'admin/outbox', '', '%2e%2e/admin/outbox', `?a=${MARK}`]);
    const request = new Request(`https://edge.test/${path}`, {
      method: asking ? 'GET' : one(['POST', 'POST', 'POST', 'POST', 'PUT', 'OPTIONS']),
      headers: {
        'content-type': type,
        ...(draw() < 0.9 && { origin: one([SITE, SITE, SITE, SITE, 'null', 'https://evil.test', `${SITE}.evil.test`, 'https://frimas.test:444']) }),
        cookie: cookies(),
        authorization: one(['', 'Bearer ', `Bearer ${MARK}`, 'Basic x']),
        accept: one(['text/html', 'application/json', '*/*']),
        'content-length': one(['', '-1', '1', '99999999999', 'x']),
      },
      ...(!asking && { body: sent }),
    });
    const answer = await handler.fetch(request);
    const said = await answer.text();
    answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
    assert([200, 202, 204, 303, 400, 401, 403, 405, 413, 415, 422].includes(answer.status), `${answer.status}: ${said}`);
    for (const set of answer.headers.getSetCookie()) assert.match(set, /^lead_(seen|way)=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const location = answer.headers.get('location');
    if (location) assert.equal(new URL(location).origin, SITE);
    if (answer.status >= 400) assert.match(said, /expected /);
    assert.match(answer.headers.get('access-control-allow-origin') ?? SITE, /^https:\/\/frimas\.test$/);
    assert(!said.includes(MARK) || answer.status === 202 || answer.status === 422, said);
  }
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
  assert(!JSON.stringify(said.filter(({ event }) => event === 'refused' || event === 'failed')).includes(MARK), 'nothing that was sent is in the log');
  assert(!said.some(({ event }) => event === 'failed'), 'nothing broke');

  const { counts } = (await outbox.report()).destinations.crm;
  const kept = await store.list('crm', 'queued', 1e6);
  assert.equal(kept.length, counts.queued);
  assert(kept.length > 30 && kept.length < REQUESTS / 2, `${kept.length} were leads`);
  let tokensThatCount = 0;
  for (const { lead } of kept) {
    const { facts, at, trust, doubts } = JSON.parse(String(await store.lead(lead)));
    assert.match(facts.contact.email, /@frimas\.test$/);
    assert.equal(at, NOW);
    // Nobody comes by more than a claim: not with tokens and cookies of another site, nor with made up ones, nor with old ones.
    assert(['none', 'rescored'].includes(trust), trust);
    assert.equal(facts.trust, trust);
    assert.deepEqual(facts.doubts, doubts);
    assert(doubts.includes('failed-check') || doubts.includes('no-check'), doubts.join());
    if (!doubts.some((/** @type {string} */ doubt) => /-token$/.test(doubt))) tokensThatCount++;
  }
  assert.equal(tokensThatCount, 1, 'a token counts for one lead');
  assert(!JSON.stringify(said).includes(MARK), 'nothing that was sent is in any line');
  for (const status of [200, 204, 303, 400, 401, 403, 405, 413, 415, 422]) assert(answered.has(status), `${status} was among the answers`);
});
