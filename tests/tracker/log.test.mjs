/** The attack file: what the edge is handed by those who lie, and what it makes of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LeadscoreError, readLog } from 'leadscore/log';
import { encode, hashOf } from '../../pkg/tracker/log.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const SINCE = NOW - 3_600_000;
const VISITOR = 'AAECAwQFBgc';
const [SECOND, DAY] = [1000, 86_400_000];

/** @typedef {import('../../pkg/tracker/log.js').Happening} Happening */

/** A log, as whoever knows the format can write it. @param {any[]} events @param {string} [site] */
const written = (events, site = 'example.com') =>
  encode(site, { visitor: VISITOR, since: SINCE, events: events.map((event, place) => ({ type: 'click', at: SINCE + place * SECOND, ...event })) });

/** A log with events of one's own making, byte by byte, and a hash that is right. @param {number[]} bytes */
function forged(bytes) {
  const [head] = [written([]).slice(0, 15)];
  const body = head + Buffer.from(bytes).toString('base64url');
  return body + hashOf(body);
}

/** @param {string} log @param {Partial<import('../../pkg/log.js').ReadLogOptions>} [options] */
const read = (log, options) => readLog(log, { now: NOW, site: 'example.com', ...options });

const VIEW = { type: 'page_view', path: '/' };
const honest = written([VIEW, { type: 'engaged', seconds: 15, at: SINCE + 20 * SECOND }]);

test('an honest log is read as it was written, with nothing to complain of', () => {
  const { visitor, events, clamps } = read(honest);
  assert.equal(visitor, VISITOR);
  assert.deepEqual(clamps, []);
  assert.deepEqual(events.map(({ id, session, ...event }) => event), [
    { type: 'page_view', at: SINCE, path: '/' },
    { type: 'engaged', at: SINCE + 20 * SECOND, seconds: 15 },
  ]);
  for (const { id, session } of events) assert(id.startsWith(`${VISITOR}.`) && session.startsWith(`${VISITOR}.`));
});

describe('what is no log of this site is refused', () => {
  const bytes = (/** @type {number} */ count) => Array(count).fill(0xff);
  const cases = /** @type {[name: string, code: string, log: any][]} */ ([
    ['nothing', 'not-a-log', ''],
    ['no text', 'not-a-log', null],
    ['an object', 'not-a-log', { length: 3 }],
    ['other letters', 'not-a-log', `${honest}!`],
    ['a text', 'log-version', 'hello-world-hello-world-hello-world'],
    ['another version', 'log-version', `2${honest.slice(1)}`],
    ['a letter changed', 'log-damaged', honest.replace(/.(?=.{9}$)/, (letter) => (letter === 'x' ? 'y' : 'x'))],
    ['a visitor changed', 'log-damaged', honest.slice(0, 4) + 'B' + honest.slice(5)],
    ['its end cut off', 'log-damaged', honest.slice(0, -5)],
    ['its beginning alone', 'log-damaged', honest.slice(0, 15)],
    ['two logs in one', 'log-damaged', honest + honest],
    ['another site', 'log-of-another-site', written([VIEW], 'elsewhere.example')],
    ['a name that begins alike', 'log-of-another-site', written([VIEW], 'example.co')],
    ['a number without end', 'log-damaged', forged(bytes(40))],
    ['a text that is not there', 'log-damaged', forged([0, 0, 0, 2 * 99])],
    ['a text longer than the log', 'log-damaged', forged([0, 14, 0xff, 0x1f, 65])],
    ['a text longer than any', 'log-damaged', forged([0, 14, 0x81, 0x20, ...Array(4097).fill(65)])],
    ['an event without its values', 'log-damaged', forged([0, 0, 0])],
    ['a number that is none', 'log-damaged', forged([0, 0, 0, 28, 2, 0, 78])],
    ['a nested value', 'log-damaged', forged([0, 0, 0, 28, 3, 0, 91, 93])],
    ['a number beyond all others', 'log-damaged', forged([0, 0, 0, 28, 6, 0, ...Buffer.from('1e999')])],
    ['base64 that is none', 'log-damaged', ((body) => body + hashOf(body))(`${written([]).slice(0, 15)}A`)],
    ['a million events', 'log-too-long', forged([0, 14, 1, 99, 0, ...Array(2_000_000).fill(0)])],
  ]);
  for (const [name, code, log] of cases) {
    test(`${name}: ${code}`, () => {
      assert.throws(() => read(log), (error) => error instanceof LeadscoreError && error.code === code && error.path === 'log');
    });
  }
});

describe('what no tracker writes is changed, and listed', () => {
  const future = { ...VIEW, at: NOW + 5 * SECOND };
  const cases = /** @type {[name: string, events: any[], clamps: Record<string, number>, expected: any[]][]} */ ([
    ['an event to come', [VIEW, future], { future: 1 }, [VIEW, { ...VIEW, at: NOW }]],
    ['negative seconds', [{ type: 'engaged', seconds: -1e9 }], { 'out-of-range': 1 }, [{ type: 'engaged', seconds: 0 }]],
    ['an hour at once', [{ type: 'engaged', seconds: 3600 }], { 'out-of-range': 1 }, [{ type: 'engaged', seconds: 15 }]],
    ['seconds that are a text', [{ type: 'engaged', seconds: 'many' }], { 'out-of-range': 1 }, [{ type: 'engaged', seconds: 0 }]],
    ['no seconds', [{ type: 'engaged' }], { 'out-of-range': 1 }, [{ type: 'engaged', seconds: 0 }]],
    ['a negative count', [{ type: 'return_visit', count: -3, days: -1 }], { 'out-of-range': 2 }, [{ type: 'return_visit', count: 2, days: 0 }]],
    ['more than all of a page', [{ type: 'scroll', percent: 1e6 }], { 'out-of-range': 1 }, [{ type: 'scroll', percent: 100 }]],
    ['more engagement than time', [1, 2, 3, 4].map(() => ({ type: 'engaged', seconds: 15, at: SINCE })), { 'too-much-engagement': 3 },
      [15, 0, 0, 0].map((seconds) => ({ type: 'engaged', seconds }))],
    ['names of the engine', [{ type: 'click', id: 'mine', session: 'mine', purpose: 'none', bot: true, plan: 'a' }], { 'invalid-property': 1 },
      [{ type: 'click', plan: 'a' }]],
    ['a long text', [{ type: 'click', text: 'x'.repeat(201) }], { 'invalid-property': 1 }, [{ type: 'click', text: 'x'.repeat(200) }]],
    ['too many properties', [Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`p${n}`, n]))], { 'invalid-property': 1 },
      [Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`p${n}`, n]))]],
    ['a type that is too long', [{ type: 'x'.repeat(41) }, VIEW], { 'invalid-type': 1 }, [VIEW]],
    ['no type', [{ type: '' }, VIEW], { 'invalid-type': 1 }, [VIEW]],
    ['names of objects', [{ type: 'constructor', a: 1 }, { type: '__proto__' }, { type: 'toString', valueOf: 1 }], {},
      [{ type: 'constructor', a: 1 }, { type: '__proto__' }, { type: 'toString', valueOf: 1 }]],
  ]);
  for (const [name, events, clamps, expected] of cases) {
    test(name, () => {
      const found = read(written(events));
      assert.deepEqual(Object.fromEntries(found.clamps.map(({ code, count }) => [code, count])), clamps);
      assert.equal(found.events.length, expected.length);
      for (const [place, event] of expected.entries()) {
        const { id, session, at, ...given } = found.events[place];
        assert.deepEqual({ ...given, ...('at' in event && { at }) }, { type: 'click', ...event });
        assert(at <= NOW);
      }
    });
  }

  test('events older than any browser may keep', () => {
    const log = encode('example.com', { visitor: VISITOR, since: NOW - 500 * DAY, events: [
      { ...VIEW, at: NOW - 500 * DAY },
      { ...VIEW, at: NOW - DAY },
    ] });
    const { events, clamps } = read(log);
    assert.deepEqual(events.map(({ at }) => at), [NOW - DAY]);
    assert.deepEqual(clamps, [{ code: 'too-old', count: 1 }]);
  });

  test('more events than any tracker holds: the newest are read', () => {
    const { events, clamps } = read(written(Array.from({ length: 3000 }, (_, n) => ({ type: 'n', n, at: SINCE + n * SECOND }))));
    assert.deepEqual(clamps, [{ code: 'too-many-events', count: 2000 }]);
    assert.deepEqual([events[0].n, events[999].n], [2000, 2999]);
  });

  test('a limit of one\'s own', () => {
    assert.equal(read(written([VIEW, VIEW, VIEW]), { limits: { events: 2 } }).events.length, 2);
    assert.throws(() => read(honest, { limits: { length: 10 } }), { code: 'log-too-long' });
  });
});

test('a log that is read twice gives the same ids, at any hour', () => {
  const log = written([VIEW, VIEW, { ...VIEW, at: NOW + DAY }]);
  const ids = (/** @type {number} */ now) => read(log, { now }).events.map(({ id }) => id);
  assert.deepEqual(ids(NOW), ids(NOW + 30 * DAY));
  assert.equal(new Set(ids(NOW)).size, 3);
});

test('a log is not read without the present instant', () => {
  for (const now of [undefined, NaN, '2026-11-22', new Date(NOW)]) {
    assert.throws(() => readLog(honest, /** @type {any} */ ({ now })), { name: 'LeadscoreError', code: 'invalid-option', path: 'now' });
  }
  assert.throws(() => readLog(honest, /** @type {any} */ (undefined)), { name: 'LeadscoreError', code: 'invalid-option' });
});

test('a log without a site that is asked for is read for any', () => {
  assert.equal(readLog(written([VIEW], 'elsewhere.example'), { now: NOW }).events.length, 1);
});

describe('the costliest logs that fit are read in a moment', () => {
  const zeros = (/** @type {number} */ count) => Array(count).fill(0);
  const many = 48_000;
  const long = Array(4096).fill(97);
  const words = Array.from({ length: 4096 }, (_, n) => (n % 2 ? 32 : 97)); // a shape of 2048 names
  const cases = /** @type {Record<string, number[]>} */ ({
    'as many events as bytes allow': [0, 14, 1, 99, 0, ...zeros(many).map((_, n) => (n % 2 ? 0 : 14))],
    'a type as long as a text may be, again and again': [0, 14, 0x80, 0x20, ...long, 0, ...zeros(40_000).map((_, n) => (n % 2 ? 0 : 14))],
    'as many properties as a text may name, again and again': [0, 14, 0x80, 0x20, ...words, 0, ...zeros(2048), ...zeros(19).flatMap(() => [14, 0, ...zeros(2048)])],
    'long texts as values, again and again': [0, 0, 0, 28, 0x80, 0x20, ...long, ...zeros(13_000).flatMap(() => [0, 0, 28])],
  });
  for (const [name, bytes] of Object.entries(cases)) {
    test(name, () => {
      const log = forged(bytes);
      assert(log.length <= 65_536, String(log.length));
      const before = process.cpuUsage(); // the clock would tell of other work on the machine
      const { events, clamps } = read(log);
      const { user } = process.cpuUsage(before);
      assert(events.length <= 1000);
      assert(clamps.length > 0);
      assert(user < 1_000_000, `${user} µs`);
    });
  }
});

test('no accident to a log goes unnoticed or throws anything else', () => {
  let seed = 1;
  const random = (/** @type {number} */ below) => (seed = (seed * 48_271) % 0x7fffffff) % below;
  for (let round = 0; round < 20_000; round++) {
    const letters = [...honest];
    for (let times = random(3); times >= 0; times--) letters[random(letters.length)] = 'abcXYZ019-_'[random(11)];
    const log = letters.join('');
    if (log === honest) continue;
    assert.throws(() => read(log), LeadscoreError);
    // The same with a hash that is right: whatever it says, it is read or refused.
    const body = log.slice(0, -7);
    try {
      read(body + hashOf(body));
    } catch (error) {
      assert(error instanceof LeadscoreError, String(error));
    }
  }
});
