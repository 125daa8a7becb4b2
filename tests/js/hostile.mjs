/**
 * Input that means harm or makes no sense, and what it must be answered with: the code of an error,
 * or a result. Knows no host, so that Node, browsers and workerd are attacked alike.
 */

/** @typedef {typeof import('leadscore')} Api */

/** Small, and it reads every kind of slot: number, text, list, nested list, date, event property. */
export const MODEL = {
  format: 1,
  id: 'target',
  attributes: {
    'company.employees': { type: 'number' },
    'company.country': { type: 'text' },
    'company.founded': { type: 'date' },
    tags: { type: 'list' },
    'contacts.role': { type: 'text' },
  },
  dimensions: [
    {
      id: 'fit',
      groups: [
        {
          id: 'all',
          rules: [
            { id: 'size', when: { 'company.employees': { $gte: 10 } }, points: 10 },
            { id: 'country', when: { 'company.country': { $in: ['FR', 'BE'] } }, points: 5 },
            { id: 'young', when: { 'company.founded': { $gte: '2020-01-01' } }, points: 3 },
            { id: 'tagged', when: { tags: 'vip' }, points: 2 },
            { id: 'boss', when: { 'contacts.role': 'ceo' }, points: 1 },
          ],
        },
      ],
    },
    {
      id: 'engagement',
      groups: [{ id: 'visits', rules: [{ id: 'long', on: 'visit', when: { seconds: { $gte: 60 } }, points: 4 }] }],
    },
  ],
};

/** @param {number} levels */
function nested(levels) {
  let value = /** @type {unknown} */ (1);
  for (let i = 0; i < levels; i++) value = { company: value };
  return value;
}

function cycle() {
  const facts = /** @type {Record<string, unknown>} */ ({ company: {}, tags: [] });
  facts.company = facts;
  facts.contacts = [facts];
  /** @type {unknown[]} */ (facts.tags).push(facts.tags);
  return facts;
}

/** @param {number} length */
function sparse(length) {
  const list = /** @type {unknown[]} */ ([]);
  list.length = length;
  return list;
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

class Company {
  #employees = 45;
  get employees() {
    return this.#employees;
  }
}

const broken = new Error('of the caller');
const big = 'x'.repeat(10_000_000);
const now = { asOf: 1_700_000_000_000 };
const visit = { type: 'visit', at: 1_699_999_000_000, seconds: 90 };

/** Facts, and the code or the value expected. @type {[string, unknown, string | number][]} */
const FACTS = [
  ['nothing', {}, 0],
  ['null', null, 'invalid-facts'],
  ['undefined', undefined, 'invalid-facts'],
  ['a text', 'facts', 'invalid-facts'],
  ['a list', [{}], 'invalid-facts'],
  ['a number', 3, 'invalid-facts'],
  ['100,000 levels', nested(100_000), 0],
  ['100,000 levels of list', { tags: Array.from({ length: 100_000 }).reduce((inner) => [inner], 1) }, 'too-deep'],
  ['cycles', cycle(), 'too-deep'],
  ['a text of 10 MB', { company: { country: big } }, 'too-large'],
  ['a text of 10 MB that nobody reads', { notes: big }, 0],
  ['NaN', { company: { employees: NaN } }, 'not-finite'],
  ['Infinity', { company: { employees: -Infinity } }, 'not-finite'],
  ['1e400', { company: JSON.parse('{"employees": 1e400}') }, 'not-finite'],
  ['Infinity in a list', { tags: ['vip', Infinity] }, 'not-finite'],
  ['NaN in a nested object', { contacts: [{ role: { deep: [NaN] } }] }, 'not-finite'],
  ['an invalid Date', { company: { founded: new Date(NaN) } }, 'not-finite'],
  ['-0', { company: { employees: -0 } }, 0],
  ['the largest number', { company: { employees: Number.MAX_VALUE } }, 10],
  ['the last Date', { company: { founded: new Date(8.64e15) } }, 3],
  ['a BigInt', { company: { employees: 45n } }, 10],
  ['a BigInt too large for a number', { company: { employees: 10n ** 400n } }, 'not-finite'],
  ['a function', { company: { country: () => 'FR' } }, 'not-a-value'],
  ['a symbol', { company: { employees: Symbol('45') } }, 'not-a-value'],
  ['a symbol in a list', { tags: [Symbol('vip')] }, 'not-a-value'],
  ['half of a surrogate pair', { company: { country: '\ud800' } }, 'invalid-text'],
  ['half of a surrogate pair in a list', { tags: ['\udfff'] }, 'invalid-text'],
  ['half of a surrogate pair as a key', { tags: { '\ud800': 1 } }, 'invalid-text'],
  ['__proto__ as a key', JSON.parse('{"__proto__": {"company": {"employees": 45}}}'), 0],
  ['constructor as a key', { constructor: { company: 1 }, company: { employees: 10 } }, 10],
  ['an object without prototype', Object.assign(Object.create(null), { company: { employees: 10 } }), 10],
  ['an instance of a class', { company: new Company() }, 10],
  ['a list with holes', { tags: sparse(1000) }, 0],
  ['a list of 4,294,967,295 holes', { tags: sparse(4_294_967_295) }, 'too-large'],
  ['a list of 4,294,967,295 holes on the way', { contacts: sparse(4_294_967_295) }, 'too-large'],
  ['an object of every key twice', JSON.parse('{"company": {"employees": 1, "employees": 45}}'), 10],
  ['a revoked proxy', revoked(), 'unreadable'],
  ['a proxy that invents everything', new Proxy({}, { get: (_, key) => (key === 'company' ? { employees: 10 } : null) }), 10],
  ['a getter that throws', { get company() { throw broken; } }, 'unreadable'],
  ['a getter that throws nothing much', { get company() { throw null; } }, 'unreadable'],
  ['a Map', { company: new Map([['employees', 45]]) }, 0],
  ['a typed array', { tags: new Float64Array([1, 2]) }, 0],
];

/** Options, and the code or the value expected. @type {[string, any, string | number][]} */
const OPTIONS = [
  ['no options', null, 0],
  ['a text', 'fr', 'invalid-option'],
  ['an unknown one', { now: 3 }, 'unknown-option'],
  ['events that are no list', { ...now, events: { 0: visit } }, 'invalid-events'],
  ['an event that is null', { ...now, events: [null] }, 'invalid-event'],
  ['an event that is a list', { ...now, events: [[]] }, 'invalid-event'],
  ['an event without type', { ...now, events: [{ at: 1 }] }, 'invalid-event'],
  ['an event whose type is a number', { ...now, events: [{ type: 3, at: 1 }] }, 'invalid-event'],
  ['an event at NaN', { ...now, events: [{ type: 'visit', at: NaN }] }, 'not-finite'],
  ['an event at no instant', { ...now, events: [{ type: 'visit', at: 'yesterday' }] }, 'invalid-instant'],
  ['an event on 30 February', { ...now, events: [{ type: 'visit', at: '2026-02-30' }] }, 'invalid-instant'],
  ['an event in the year 275760', { ...now, events: [{ ...visit, at: new Date(8.64e15) }] }, 0],
  ['an event in the year -271821', { ...now, events: [{ ...visit, at: new Date(-8.64e15) }] }, 4],
  ['an event of half a surrogate pair', { ...now, events: [{ ...visit, type: '\ud800' }] }, 'invalid-text'],
  ['an event named __proto__', { ...now, events: [{ ...visit, type: '__proto__' }] }, 0],
  ['a property that is NaN', { ...now, events: [{ ...visit, seconds: NaN }] }, 'not-finite'],
  ['a getter that throws in an event', { ...now, events: [{ get type() { throw broken; } }] }, 'unreadable'],
  ['events without as-of', { events: [visit] }, 'as-of-missing'],
  ['as-of that is a list', { asOf: [] }, 'invalid-instant'],
  ['as-of that is NaN', { asOf: NaN }, 'not-finite'],
  ['a hole for an event', { ...now, events: sparse(1) }, 'invalid-event'],
  ['4,294,967,295 holes for events', { ...now, events: sparse(4_294_967_295) }, 'invalid-event'],
  ['more events than the limit', { ...now, events: Array.from({ length: 100_001 }, () => visit) }, 'too-large'],
  ['an unknown language', { lang: 'xx' }, 'invalid-option'],
  ['consent that is a cycle', { consent: cycle().tags }, 'invalid-option'],
  ['consent of 4,294,967,295 holes', { consent: sparse(4_294_967_295) }, 'invalid-option'],
  ['a previous result that is a number', { previous: 3 }, 'invalid-option'],
];

/** Models, and the code expected. @type {[string, () => any, string][]} */
const MODELS = [
  ['nothing', () => undefined, 'wrong-type'],
  ['no JSON', () => '{"format": 1', 'invalid-json'],
  ['a key twice', () => JSON.stringify(MODEL).replace('"format":1', '"format":1,"format":1'), 'duplicate-key'],
  ['1e400', () => JSON.stringify(MODEL).replace('"points":10', '"points":1e400'), 'invalid-json'],
  ['NaN', () => ({ ...MODEL, decimals: NaN }), 'not-finite'],
  ['a function', () => ({ ...MODEL, id: () => 'x' }), 'not-a-value'],
  ['100,000 levels', () => ({ ...MODEL, total: nested(100_000) }), 'too-deep'],
  ['100,000 levels of text', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
  ['a cycle', cycle, 'too-deep'],
  ['10 MB of text', () => JSON.stringify({ ...MODEL, description: big }), 'too-large'],
  ['20 MB of text', () => JSON.stringify({ ...MODEL, description: big + big }), 'too-large'],
  ['1,000,000 rules', () => ({ ...MODEL, dimensions: [{ id: 'fit', groups: [{ id: 'g', rules: Array.from({ length: 1_000_000 }, (_, i) => ({ id: `r${i}`, points: 1 })) }] }] }), 'too-large'],
  ['10,000 rules', () => ({ ...MODEL, dimensions: [{ id: 'fit', groups: [{ id: 'g', rules: Array.from({ length: 10_000 }, (_, i) => ({ id: `r${i}`, points: 1 })) }] }] }), 'too-large'],
  ['half a surrogate pair', () => ({ ...MODEL, name: '\ud800' }), 'invalid-text'],
  ['half a surrogate pair, escaped', () => `{"format": 1, "id": "\\ud800"}`, 'invalid-json'],
  ['a getter that throws', () => ({ get format() { throw broken; } }), 'unreadable'],
  ['__proto__', () => '{"__proto__": {"format": 1}}', 'unknown-field'],
];

/**
 * Runs all of them; after each one the scorer must answer as before.
 * @param {Api} api
 * @returns {{ name: string, expected: string | number, found: string | number }[]} those with another answer
 */
export function surprises(api) {
  const scorer = api.createScorer(MODEL);
  const results = /** @type {{ name: string, expected: string | number, found: string | number }[]} */ ([]);

  /** @param {string} name @param {string | number} expected @param {() => any} attack */
  function attacked(name, expected, attack) {
    results.push({ name, expected, found: outcome(api, attack) });
    const after = outcome(api, () => scorer.score({ company: { employees: 45, country: 'FR' } }, { ...now, events: [visit] }).value);
    results.push({ name: `a sound lead after ${name}`, expected: 19, found: after });
  }

  for (const [name, facts, expected] of FACTS) {
    attacked(`facts: ${name}`, expected, () => scorer.score(/** @type {any} */ (facts)).value);
  }
  for (const [name, options, expected] of OPTIONS) {
    attacked(`options: ${name}`, expected, () => scorer.score({}, options).value);
  }
  for (const [name, model, expected] of MODELS) {
    attacked(`model: ${name}`, expected, () => api.createScorer(model()).score({}).value);
    attacked(`model to check: ${name}`, expected, () => api.check(model()).find(({ severity }) => severity === 'error')?.code);
  }
  attacked('facts for a condition: 100,000 levels', 'too-deep', () => api.matches({ a: 1 }, /** @type {any} */ (nested(100_000))));
  attacked('facts for a condition: a cycle', 'too-deep', () => api.matches({ a: 1 }, cycle()));
  attacked('a condition of 100,000 levels', 'too-deep', () => api.matches(/** @type {any} */ (nested(100_000)), {}));
  attacked('a lead that scores itself while it is read', 'busy', () => {
    const facts = { get company() { return scorer.score({}); } };
    return scorer.score(facts).value;
  });
  attacked('a lead that frees its scorer', 'busy', () => scorer.score({ get company() { return void scorer.free(); } }).value);

  scorer.free();
  return results.filter(({ expected, found }) => expected !== found);
}

/**
 * The code of the error or the value of the result; anything else thrown is told as it is.
 * @param {Api} api
 * @param {() => any} attack
 */
function outcome(api, attack) {
  try {
    return attack();
  } catch (error) {
    return error instanceof api.LeadscoreError && error instanceof Error ? error.code : `thrown: ${error}`;
  }
}
