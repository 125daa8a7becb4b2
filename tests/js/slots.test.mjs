/** Which values of an object are read into which slots, with a stand-in for the engine. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Slots } from '../../pkg/src/slots.js';

/** Keeps what it is given, one byte and one number for each slot, and a class for each text. */
class Notes {
  memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  /** @type {string[]} */
  texts = [];
  /** @type {string[]} */
  calls = [];
  kinds = () => 0;
  values = () => 1024;
  /** @param {number} _table @param {number} slot @param {string} text */
  classify(_table, slot, text) {
    this.calls.push(`classify ${slot} ${text}`);
    return this.texts.push(text) - 1;
  }
  /** @param {number} _table @param {number} slot */
  listStart = (_table, slot) => void this.calls.push(`list ${slot}`);
  /** @param {number} _table @param {number} slot @param {unknown} item */
  #item = (_table, slot, item) => void this.calls.push(`item ${slot} ${item}`);
  listNumber = this.#item;
  listBoolean = this.#item;
  /** @param {number} table @param {number} slot @param {number} item */
  listText = (table, slot, item) => this.#item(table, slot, this.texts[item]);
  /** @param {number} _table @param {number} slot @param {string} json */
  slotJson = (_table, slot, json) => void this.calls.push(`json ${slot} ${json}`);
}

/**
 * @param {string[]} paths
 * @param {object[]} leads
 */
function read(paths, ...leads) {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 0, paths.map((path) => ({ path: path.split('.'), whole: path === 'whole' })));
  for (const lead of leads) slots.read(lead, 'facts');
  const kinds = [...new Uint8Array(notes.memory.buffer, 0, paths.length)];
  const values = [...new Float64Array(notes.memory.buffer, 1024, paths.length)];
  const told = kinds.map((kind, i) => [undefined, values[i], notes.texts[values[i]], values[i] === 1, 'nested'][kind]);
  return { told, calls: notes.calls };
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
  assert.deepEqual(read(paths, JSON.parse('{"constructor": {"name": "own"}, "toString": 1, "__proto__": {"x": 2}}')).told, ['own', 1, 2, 'nested']);
});

test('a flat list goes item by item, anything deeper as JSON', () => {
  const { calls } = read(['tags', 'mixed', 'object'], { tags: ['a', 1, true], mixed: ['a', null, [1]], object: { x: new Date(1) } });
  assert.deepEqual(calls, ['list 0', 'classify 0 a', 'item 0 a', 'item 0 1', 'item 0 true', 'json 1 [["a",null,[1]]]', 'json 2 [{"x":1}]']);
});

test('a path through a list of objects leads to all it reaches', () => {
  const contacts = [{ role: 'ceo', tags: ['a'] }, 3, null, { role: null }, [{ role: 'no' }], { role: 'cto' }];
  const { calls, told } = read(['contacts.role', 'contacts.tags', 'contacts.0.role', 'contacts.none'], { contacts });
  assert.deepEqual(calls, ['json 0 ["ceo","cto"]', 'list 1', 'classify 1 a', 'item 1 a', 'classify 2 ceo']);
  assert.deepEqual(told, ['nested', 'nested', 'ceo', undefined]);
});

test('a text that comes again is not classified again', () => {
  const long = 'x'.repeat(129);
  const { calls } = read(['country'], { country: 'FR' }, { country: 'FR' }, { country: long }, { country: long });
  assert.deepEqual(calls, ['classify 0 FR', `classify 0 ${long}`, `classify 0 ${long}`]);
});

test('nothing of the lead before stays behind', () => {
  assert.deepEqual(read(['a', 'b'], { a: 1, b: 2 }, { b: 3 }).told, [undefined, 3]);
});

test('slots are found again after the memory has grown', () => {
  const notes = new Notes();
  const slots = new Slots(notes, notes.memory, 0, [{ path: ['a'], whole: false }]);
  slots.read({ a: 1 }, 'facts');
  notes.memory.grow(1);
  slots.read({ a: 2 }, 'facts');
  assert.equal(new Float64Array(notes.memory.buffer, 1024, 1)[0], 2);
});

test('what cannot be read says where it stands', () => {
  for (const [lead, code, path] of /** @type {[object, string, string][]} */ ([
    [{ a: { 'b c': NaN } }, 'not-finite', 'facts.a["b c"]'],
    [{ a: { 'b c': [1, Infinity] } }, 'not-finite', 'facts.a["b c"][1]'],
    [{ a: { 'b c': { d: [{ e: '\ud800' }] } } }, 'invalid-text', 'facts.a["b c"].d[0].e'],
    [{ a: { 'b c': Symbol() } }, 'not-a-value', 'facts.a["b c"]'],
  ])) {
    assert.throws(() => read(['a.b c'], lead), { name: 'LeadscoreError', code, path });
  }
});
