/** Which values of an object are read into which slots, with a stand-in for the engine. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Slots } from '../../pkg/src/slots.js';

/** Keeps what it is given, one byte and one number for each slot, and a row for each text and each list. */
class Notes {
  memory = new WebAssembly.Memory({ initial: 1, maximum: 8 });
  /** What each row stands for; as in the engine, the first three are the same everywhere. @type {unknown[]} */
  rows = [undefined, false, true];
  /** @type {string[]} */
  calls = [];
  /** @type {unknown[]} */
  list = [];
  kinds = () => 0;
  values = () => 1024;
  /** @param {number} type @param {number} slot */
  asks = (type, slot) => slot % 2 === type;

  /** @param {number} _sheet @param {number} slot @param {string} text */
  classify(_sheet, slot, text) {
    this.calls.push(`classify ${slot} ${text}`);
    return this.row(text);
  }

  /** @param {number} _sheet @param {number} slot */
  listStart(_sheet, slot) {
    this.calls.push(`list ${slot}`);
    this.list = [];
  }

  /** @param {number} _sheet @param {number} _slot @param {number} row */
  listRow(_sheet, _slot, row) {
    this.list.push(.../** @type {unknown[]} */ ([this.rows[row]]).flat());
  }

  listEnd() {
    return this.row(this.list);
  }

  /** @param {number} _sheet @param {number} slot @param {Uint8Array} bytes */
  nested(_sheet, slot, bytes) {
    this.calls.push(`nested ${slot}`);
    return this.row({ nested: values(bytes) });
  }

  /** @param {unknown} value */
  row(value) {
    const known = this.rows.findIndex((row) => JSON.stringify(row) === JSON.stringify(value));
    return known >= 0 ? known : this.rows.push(value) - 1;
  }
}

/**
 * The values that bytes stand for, read as the engine reads them.
 * @param {Uint8Array<ArrayBufferLike>} bytes
 */
function values(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const length = () => view.getUint32((at += 4) - 4, true);
  const text = () => {
    const count = length();
    return Buffer.from(bytes.subarray((at += count) - count, at)).toString();
  };
  /** @returns {unknown} */
  const value = () => {
    const tag = view.getUint8(at++);
    if (tag < 3) return [null, false, true][tag];
    if (tag === 3) return view.getFloat64((at += 8) - 8, true);
    if (tag === 4) return text();
    const parts = Array.from({ length: length() }, () => (tag === 5 ? value() : [text(), value()]));
    return tag === 5 ? parts : Object.fromEntries(/** @type {[string, unknown][]} */ (parts));
  };
  const found = [];
  while (at < bytes.length) found.push(value());
  return found;
}

/**
 * What is in the slots of these paths after the last lead, and what the engine was asked on the way.
 * @param {string[]} paths
 * @param {object[]} leads
 */
function read(paths, ...leads) {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 0, paths.map((path) => ({ path: path.split('.'), whole: path === 'whole' })));
  for (const lead of leads) slots.read(lead);
  return { told: told(notes, paths.length), calls: notes.calls };
}

/** @param {Notes} notes @param {number} count */
function told(notes, count) {
  const kinds = new Uint8Array(notes.memory.buffer, 0, count);
  const found = new Float64Array(notes.memory.buffer, 1024, count);
  return [...found].map((value, i) => (kinds[i] === 1 ? value : notes.rows[value]));
}

test('numbers, texts, booleans and dates go to the slots of their paths', () => {
  const { told } = read(['company.employees', 'company.country', 'optIn', 'founded', 'seats'], {
    company: { employees: -0, country: 'FR', ignored: () => 'never read' },
    optIn: false,
    founded: new Date(5),
    seats: 7n,
  });
  assert.deepEqual(told, [0, 'FR', false, 5, 7]);
});

test('what is absent, null, or no object on the way is unknown', () => {
  const { told, calls } = read(['a.b', 'c', 'd.length', 'e.f'], { a: null, c: null, d: 'text', e: 3 });
  assert.deepEqual([told, calls], [[undefined, undefined, undefined, undefined], []]);
});

test('only own properties count among those that every object has', () => {
  const paths = ['constructor.name', 'toString', '__proto__.x', 'constructor'];
  assert.deepEqual(read(paths, {}).told, [undefined, undefined, undefined, undefined]);
  const own = JSON.parse('{"constructor": {"name": "own"}, "toString": 1, "__proto__": {"x": 2}}');
  assert.deepEqual(read(paths, own).told, ['own', 1, 2, { nested: [{ name: 'own' }] }]);
});

test('what the prototype of a class answers counts', () => {
  class Company {
    get employees() {
      return 45;
    }
  }
  assert.deepEqual(read(['company.employees'], { company: new Company() }).told, [45]);
});

test('a list of texts is worked out step by step, and never again', () => {
  const { told, calls } = read(['tags'], { tags: ['a', true] }, { tags: [] }, { tags: ['b'] }, { tags: ['a', true] }, { tags: ['b', 'a'] });
  assert.deepEqual(told, [['b', 'a']]);
  assert.deepEqual(calls, ['list 0', 'classify 0 a', 'list 0', 'list 0', 'classify 0 b', 'list 0', 'list 0']);
});

test('what is deeper than a list of texts crosses as bytes', () => {
  const { told, calls } = read(['mixed', 'numbers', 'object', 'whole'], {
    mixed: ['a', null, [1, -0], undefined],
    numbers: [1, 2n, new Date(3)],
    object: { x: new Date(1), y: undefined, z: { é: [true, false] } },
    whole: ['a'],
  });
  const nested = [[['a', null, [1, 0], null]], [[1, 2, 3]], [{ x: 1, z: { é: [true, false] } }], [['a']]];
  assert.deepEqual(told, nested.map((nested) => ({ nested })));
  assert.deepEqual(calls.filter((call) => call.startsWith('nested')), ['nested 0', 'nested 1', 'nested 2', 'nested 3']);
});

test('long texts and many parts cross as bytes too', () => {
  const object = { text: 'é'.repeat(20_000), parts: Array.from({ length: 5000 }, (_, i) => ({ [`key${i}`]: i / 3 })) };
  assert.deepEqual(read(['object'], { object }).told, [{ nested: [object] }]);
});

test('a path through a list of objects leads to all it reaches', () => {
  const contacts = [{ role: 'ceo', tags: ['a'] }, 3, null, { role: null }, [{ role: 'no' }], { role: 'cto' }];
  const { told } = read(['contacts.role', 'contacts.tags', 'contacts.0.role', 'contacts.none'], { contacts });
  assert.deepEqual(told, [{ nested: ['ceo', 'cto'] }, ['a'], 'ceo', undefined]);
});

test('a text that comes again is not classified again', () => {
  const long = 'x'.repeat(129);
  const { calls } = read(['country'], { country: 'FR' }, { country: 'FR' }, { country: long }, { country: long });
  assert.deepEqual(calls, ['classify 0 FR', `classify 0 ${long}`, `classify 0 ${long}`]);
});

test('a row that the engine does not keep is not remembered, and does not go into lists', () => {
  const notes = new Notes();
  const slots = new Slots({ ...bound(notes), classify: (...asked) => (notes.classify(...asked), 65_535) }, notes.memory, 0, [{ path: ['a'], whole: false }]);
  for (const a of ['x', 'x', ['x']]) slots.read({ a });
  assert.deepEqual(notes.calls, ['classify 0 x', 'classify 0 x', 'list 0', 'classify 0 x', 'classify 0 x', 'nested 0']);
  assert(slots.copy());
  slots.read({ a: 'x' });
  assert.equal(slots.copy(), undefined);
});

test('more kinds of elements than are remembered are told all the same', () => {
  const tags = Array.from({ length: 100 }, (_, i) => `tag ${i}`);
  assert.deepEqual(read(['tags'], { tags }, { tags: [...tags].reverse() }, { tags }).told, [tags]);
});

test('nothing of the lead before stays behind', () => {
  for (const [before, after, left] of /** @type {[any, any, unknown[]][]} */ ([
    [{ a: 1, b: { c: 2, d: 'x' } }, { b: { c: 3 } }, [undefined, 3, undefined]],
    [{ a: 'x', b: { c: 2, d: 'x' } }, { a: null, b: 5 }, [undefined, undefined, undefined]],
    [{ a: ['x'], b: { c: 2, d: 'x' } }, { b: 'text' }, [undefined, undefined, undefined]],
    [{ a: 1, b: { c: 2, d: 'x' } }, { a: 2, b: [] }, [2, undefined, undefined]],
  ])) {
    assert.deepEqual(read(['a', 'b.c', 'b.d'], before, after).told, left);
  }
});

test('a path may end where another goes on', () => {
  const paths = ['a', 'a.b'];
  assert.deepEqual(read(paths, { a: { b: 1 } }, { a: 2 }).told, [2, undefined]);
  assert.deepEqual(read(paths, { a: 2 }, { a: 'x' }, { a: 'x' }, { a: { b: 'x' } }).told, [{ nested: [{ b: 'x' }] }, 'x']);
});

test('models share read sites when they read the same, and do without when there are none left', () => {
  const paths = (/** @type {number} */ model) => Array.from({ length: 30 }, (_, i) => `m${model}a${i}`);
  for (const model of [1, 2, 3, 1, 4]) {
    const lead = Object.fromEntries(paths(model).map((path, i) => [path, i % 2 ? i : `text ${i}`]));
    assert.deepEqual(read(paths(model), lead).told, Object.values(lead));
  }
});

test('slots are found again after the memory has grown, even while a lead is read', () => {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 0, ['a', 'b', 'c'].map((key) => ({ path: [key], whole: false })));
  slots.read({ a: 1, b: 1, c: 1 });
  notes.memory.grow(1);
  slots.read({ a: 2, b: 'x', c: 2 });
  assert.deepEqual(told(notes, 3), [2, 'x', 2]);
  let reads = 0;
  const b = () => {
    notes.memory.grow(1);
    return ++reads;
  };
  slots.read({ a: 3, get b() { return b(); }, c: 3 });
  assert.deepEqual(told(notes, 3), [3, 2, 3]);
  assert.throws(() => slots.read({ a: 4, get b() { return b() > 3 ? NaN : 0; }, c: 4 }), { code: 'not-finite' });
  slots.read({ a: 5, b: 5 });
  assert.deepEqual(told(notes, 3), [5, 5, undefined]);
});

test('what was in the slots can be put there again', () => {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 0, ['a', 'b', 'c'].map((key) => ({ path: [key], whole: false })));
  slots.read({ a: 1.5, b: 'x' });
  const copy = slots.copy();
  slots.read({ a: 'y', c: 2 });
  slots.write(copy ?? []);
  assert.deepEqual(told(notes, 3), [1.5, 'x', undefined]);
});

test('what cannot be read says where it stands', () => {
  for (const [lead, code, path] of /** @type {[object, string, string][]} */ ([
    [{ a: { 'b c': NaN } }, 'not-finite', 'facts.a["b c"]'],
    [{ a: { 'b c': [1, Infinity] } }, 'not-finite', 'facts.a["b c"][1]'],
    [{ a: { 'b c': ['x', '\ud800'] } }, 'invalid-text', 'facts.a["b c"][1]'],
    [{ a: { 'b c': { d: [{ e: '\ud800' }] } } }, 'invalid-text', 'facts.a["b c"].d[0].e'],
    [{ a: { 'b c': Symbol() } }, 'not-a-value', 'facts.a["b c"]'],
    [{ a: { 'b c': 'é'.repeat(32_769) } }, 'too-large', 'facts.a["b c"]'],
    [{ a: { 'b c': [{ d: 'é'.repeat(32_769) }] } }, 'too-large', 'facts.a["b c"]'],
    [{ a: { 'b c': Array(100_001).fill('x') } }, 'too-large', 'facts.a["b c"]'],
  ])) {
    assert.throws(() => read(['a.b c'], lead), { name: 'LeadscoreError', code, path });
  }
  assert.deepEqual(read(['a'], { a: 'é'.repeat(32_768) }).calls.length, 1);
});

test('of an event is read what its type is asked for, and nothing else', () => {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 1, ['url', 'props.seconds', 'form'].map((path) => ({ path: path.split('.'), whole: false })));
  const event = (/** @type {Record<string, unknown>} */ given) => new Proxy(given, { get: (_, key) => (read.push(key), given[String(key)]) });
  /** @type {unknown[]} */
  const read = [];
  slots.readEvent(event({ url: '/a', form: 'demo', props: { seconds: 9 } }), 0, 0);
  assert.deepEqual(read.splice(0), ['url', 'form']);
  slots.readEvent(event({ url: '/b', form: NaN, props: { seconds: 7 } }), 1, 1);
  assert.deepEqual(read.splice(0), ['props']);
  slots.readEvent(event({ url: Symbol() }), 2, 2);
  assert.deepEqual(read, []);
  assert.deepEqual(told(notes, 3), ['/a', 7, 'demo']);
  assert.throws(() => slots.readEvent({ url: NaN }, 3, 0), { code: 'not-finite', path: 'events[3].url' });
});

/** The methods of an object as fields of another. @param {Notes} notes */
function bound(notes) {
  return {
    kinds: notes.kinds,
    values: notes.values,
    asks: notes.asks,
    classify: notes.classify.bind(notes),
    listStart: notes.listStart.bind(notes),
    listRow: notes.listRow.bind(notes),
    listEnd: notes.listEnd.bind(notes),
    nested: notes.nested.bind(notes),
  };
}
