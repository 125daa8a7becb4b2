/** Many leads at once: whichever way they come, each scores as it does alone. */
import assert from 'node:assert/strict';
import test from 'node:test';
import * as arrow from 'apache-arrow';
import { compileModel, createScorer } from 'leadscore';
import { loadScorer } from 'leadscore/runtime';
import { corpus } from './cases.mjs';
import { MODEL } from './hostile.mjs';

/** @typedef {import('leadscore').Scorer} Scorer */
/** @typedef {import('leadscore').Scores} Scores */

const scorer = loadScorer(compileModel(MODEL));
const LEADS = [
  { company: { employees: 45, country: 'FR', founded: '2021-05-01' }, tags: ['vip', 'new'] },
  { company: { employees: 9, country: 'DE', founded: null }, tags: [] },
  { company: { country: 'BE' }, tags: null },
  {},
  { company: { employees: 10.5, country: 'FR', founded: '2019-05-01' }, tags: ['new'] },
];
const VALUES = [20, 0, 5, 0, 15];

/** The same leads by attribute. */
const COLUMNS = {
  'company.employees': LEADS.map(({ company }) => company?.employees ?? null),
  'company.country': LEADS.map(({ company }) => company?.country ?? null),
  'company.founded': LEADS.map(({ company }) => company?.founded ?? null),
  tags: LEADS.map(({ tags }) => tags ?? null),
};
const numbers = COLUMNS['company.employees'].map((number) => number ?? NaN);
const lines = LEADS.map((lead) => JSON.stringify(lead)).join('\n');
const utf8 = new arrow.Utf8();
const VECTORS = {
  'company.employees': arrow.vectorFromArray(COLUMNS['company.employees'], new arrow.Float64()),
  'company.country': arrow.vectorFromArray(COLUMNS['company.country'], new arrow.Dictionary(utf8, new arrow.Int32())),
  'company.founded': arrow.vectorFromArray(COLUMNS['company.founded'], utf8),
  tags: arrow.vectorFromArray(COLUMNS.tags, new arrow.List(new arrow.Field('item', utf8))),
};

for (const [name, data] of /** @type {[string, any][]} */ ([
  ['objects', LEADS],
  ['JSON lines', `\n${lines}\n\n`],
  ['JSON lines with the ends of Windows', lines.replaceAll('\n', '\r\n')],
  ['JSON lines as bytes', new TextEncoder().encode(lines)],
  ['a JSON list', JSON.stringify(LEADS, null, 2)],
  ['columns', COLUMNS],
  ['columns with numbers in a typed array', { ...COLUMNS, 'company.employees': Float64Array.from(numbers) }],
  ['columns with numbers in half the bytes', { ...COLUMNS, 'company.employees': Float32Array.from(numbers) }],
  ['columns with dates', { ...COLUMNS, 'company.founded': COLUMNS['company.founded'].map((date) => date && new Date(date)) }],
  ['columns with milliseconds', { ...COLUMNS, 'company.founded': COLUMNS['company.founded'].map((date) => date && Date.parse(date)) }],
  ['columns with dates and texts', { ...COLUMNS, 'company.founded': COLUMNS['company.founded'].map((date, i) => (date && i ? Date.parse(date) : date)) }],
  ['columns of Arrow', VECTORS],
  ['a table of Arrow', new arrow.Table(VECTORS)],
  ['a table of Arrow that was sent', arrow.tableFromIPC(arrow.tableToIPC(new arrow.Table(VECTORS)))],
  ['columns that nobody asks about', { ...COLUMNS, 'company.name': LEADS.map(() => 'x'), 'a b': LEADS.map(() => null) }],
])) {
  test(`a table of ${name}`, () => {
    const table = scorer.table(data);
    assert.equal(table.rows, LEADS.length);
    const scores = scorer.scoreTable(table);
    assert.deepEqual([...scores.values], VALUES);
    LEADS.forEach((lead, row) => assert.deepEqual(scores.row(row).toJSON(), scorer.score(lead).toJSON()));
    table.free();
  });
}

for (const [name, values, expected] of /** @type {[string, any, number[]][]} */ ([
  ['booleans', [true, false, null], [2, 1, 0]],
  ['bytes', Uint8Array.of(1, 0, 2), [2, 1, 0]],
  ['an Arrow vector', arrow.vectorFromArray([true, false, null], new arrow.Bool()), [2, 1, 0]],
  ['a slice of one', arrow.vectorFromArray([null, true, true, false, null], new arrow.Bool()).slice(2), [2, 1, 0]],
])) {
  test(`an attribute declared as boolean, from ${name}`, () => {
    const rules = [{ id: 'yes', when: { opted: true }, points: 2 }, { id: 'no', when: { opted: false }, points: 1 }];
    const model = { format: 1, id: 'm', attributes: { opted: { type: 'boolean' } }, dimensions: [{ id: 'fit', groups: [{ id: 'g', rules }] }] };
    const scorer = loadScorer(compileModel(model));
    assert.deepEqual([...scorer.scoreTable(scorer.table({ opted: values })).values], expected);
  });
}

for (const [name, column, expected] of /** @type {[string, any, number[]][]} */ ([
  ['integers of any size', BigInt64Array.of(9n, 10n), [0, 10]],
  ['integers in a list', [9n, 10], [0, 10]],
  ['Arrow integers', arrow.vectorFromArray([9n, 10n], new arrow.Int64()), [0, 10]],
  ['small Arrow floats', arrow.vectorFromArray([9.5, 10], new arrow.Float32()), [0, 10]],
  ['NaN of Arrow', arrow.vectorFromArray([NaN, 10], new arrow.Float64()), [0, 10]],
  ['several chunks of Arrow', arrow.vectorFromArray([9], new arrow.Float64()).concat(arrow.vectorFromArray([10], new arrow.Float64())), [0, 10]],
  ['texts for numbers', ['9', '10'], [0, 0]],
  ['anything', [{ a: 1 }, 10], [0, 10]],
  ['nothing at all', [null, undefined], [0, 0]],
  ['holes', [, 10], [0, 10]],
])) {
  test(`a column of ${name}`, () => assert.deepEqual([...scorer.scoreTable(scorer.table({ 'company.employees': column })).values], expected));
}

test('structures and lists of Arrow are read as objects and lists', () => {
  const contact = new arrow.Struct([new arrow.Field('role', utf8)]);
  const list = new arrow.List(new arrow.Field('item', contact));
  const rules = [{ id: 'boss', when: { 'contacts': { $elemMatch: { role: 'ceo' } } }, points: 1 }, { id: 'two', when: { contacts: { $size: 2 } }, points: 10 }];
  const scorer = loadScorer(compileModel({ format: 1, id: 'm', dimensions: [{ id: 'fit', groups: [{ id: 'g', rules }] }] }));
  const contacts = [[{ role: 'cto' }, { role: 'ceo' }], [{ role: 'ceo' }], [], null];
  const found = [contacts, arrow.vectorFromArray(contacts, list)].map((contacts) => scorer.scoreTable(scorer.table({ contacts })).values);
  for (const values of found) assert.deepEqual([...values], contacts.map((contacts) => scorer.value({ contacts })));
  assert.deepEqual([...found[0]], [11, 1, 0, 0]);
});

test('a list of texts that are all new scores from JSON as it does alone, however many there are', () => {
  const letters = [...'abcdefghijkl'];
  const rules = letters.map((letter, i) => ({ id: letter, when: { notes: { $contains: letter } }, points: 2 ** i }));
  const scorer = loadScorer(compileModel({ format: 1, id: 'm', dimensions: [{ id: 'fit', groups: [{ id: 'g', rules }] }] }));
  const note = (/** @type {number} */ bits) => letters.filter((_, i) => bits & (1 << i)).join('');
  // More kinds of texts than the engine keeps answers for, so that the last lists are made of none that it knows.
  const leads = Array.from({ length: 3000 }, (_, i) => ({ notes: [note(i), note((i * 7) % 4096)] }));
  const expected = leads.map((_, i) => i | ((i * 7) % 4096));
  assert.deepEqual([...scorer.scoreJson(JSON.stringify(leads)).values], expected);
  assert.deepEqual(leads.map((lead) => scorer.value(lead)), expected);
});

test('a lead of the corpus scores in a table and from JSON as it does alone', () => {
  const { models, files } = corpus();
  const suites = Object.values(files).flat();
  let compared = 0;
  for (const suite of suites) {
    const facts = suite.cases.filter((one) => !one.condition && !one.events && !one.consent && !one.previous && !one.error && !one.model && !one.asOf).map(({ facts }) => facts ?? {});
    const model = typeof suite.model === 'string' ? models[suite.model] : suite.model;
    if (!model || facts.length === 0) continue;
    const scorer = loadScorer(compileModel(model));
    const alone = facts.map((lead) => JSON.stringify(scorer.score(lead)));
    const json = facts.map((lead) => JSON.stringify(lead)).join('\n');
    const tables = tableOf(scorer, facts);
    for (const scores of [scorer.scoreJson(json), scorer.scoreJson(JSON.stringify(facts)), ...(tables ? [scorer.scoreTable(tables)] : [])]) {
      assertAlike(scores, alone);
      compared += alone.length;
    }
    for (const [i, lead] of facts.entries()) assert.equal(JSON.stringify(scorer.score(new TextEncoder().encode(JSON.stringify(lead)))), alone[i]);
    scorer.free();
  }
  assert(compared > 500, `${compared} leads compared`);
});

/**
 * A table of leads, unless a path leads to several values in one of them.
 * @param {Scorer} scorer
 * @param {any[]} leads
 */
function tableOf(scorer, leads) {
  try {
    return scorer.table(leads);
  } catch (error) {
    assert.equal(/** @type {any} */ (error).code, 'invalid-table');
    assert.match(/** @type {any} */ (error).message, /expected one value, found \d/);
    return null;
  }
}

/** @param {Scores} scores @param {string[]} alone */
function assertAlike(scores, alone) {
  assert.equal(scores.values.length, alone.length);
  alone.forEach((text, row) => {
    const { value, grade, stage, status } = JSON.parse(text);
    assert.equal(JSON.stringify(scores.row(row)), text);
    assert.equal(scores.values[row], value ?? NaN);
    assert.equal(scores.gradeNames[scores.grades[row]] ?? null, grade);
    assert.equal(scores.stageNames[scores.stages[row]] ?? null, stage);
    assert.equal(scores.statusNames[scores.statuses[row]], status);
  });
}

test('a table is scored by other models too, and as often as needed', () => {
  const table = scorer.table(COLUMNS);
  const other = structuredClone(MODEL);
  other.dimensions[0].groups[0].rules[0].points = 100;
  const dearer = loadScorer(compileModel(other));
  for (let i = 0; i < 3; i++) {
    assert.deepEqual([...scorer.scoreTable(table).values], VALUES);
    assert.deepEqual([...dearer.scoreTable(table).values], [110, 0, 5, 0, 105]);
  }
  dearer.free();
  assert.deepEqual([...scorer.scoreTable(table).values], VALUES);
});

test('results of many leads stay as they are while others are scored', () => {
  const table = scorer.table(LEADS);
  const scores = scorer.scoreTable(table);
  const [first, last] = [scores.row(0), scores.row(4)];
  scorer.scoreJson('{}\n{}');
  scorer.value({ tags: ['vip'] });
  assert.deepEqual([...scores.values], VALUES);
  assert.deepEqual(first.toJSON(), scorer.score(LEADS[0]).toJSON());
  assert.deepEqual(last.missing, scorer.score(LEADS[4]).missing);
  assert.equal(scores.row(2).value, 5);
});

test('options of many leads: an instant, and the language of texts', () => {
  const model = { ...MODEL, disqualifiers: [{ id: 'small', when: { 'company.employees': { $lt: 10 } }, reason: { en: 'too small', fr: 'trop petite' } }] };
  const scorer = loadScorer(compileModel(model));
  const score = scorer.scoreTable(scorer.table(LEADS), { asOf: '2026-11-22', lang: 'fr' }).row(1);
  assert.equal(score.asOf, Date.parse('2026-11-22'));
  assert.deepEqual(score.disqualifiers, [{ id: 'small', answer: true, reason: 'trop petite' }]);
  assert.equal(scorer.scoreJson('{}', { asOf: 5 }).row(0).asOf, 5);
  assert.throws(() => scorer.scoreJson('{}', /** @type {any} */ ({ events: [] })), { code: 'unknown-option', path: 'events' });
  assert.throws(() => scorer.scoreTable(scorer.table([]), { asOf: 'soon' }), { code: 'invalid-instant', path: 'asOf' });
});

test('no leads are no error', () => {
  for (const scores of [scorer.scoreTable(scorer.table([])), scorer.scoreTable(scorer.table({})), scorer.scoreTable(scorer.table('')), scorer.scoreJson(''), scorer.scoreJson('[ ]')]) {
    assert.equal(scores.values.length, 0);
    assert.throws(() => scores.row(0), { code: 'invalid-row' });
  }
});

const broken = new Error('of the caller');
for (const [name, data, code, path] of /** @type {[string, any, string, string][]} */ ([
  ['a number', 3, 'invalid-table', 'table'],
  ['null', null, 'invalid-table', 'table'],
  ['a lead that is none', [{}, 3], 'invalid-facts', 'rows[1]'],
  ['a hole for a lead', [, {}], 'invalid-facts', 'rows[0]'],
  ['4,294,967,295 holes', Object.assign([], { length: 4_294_967_295 }), 'invalid-facts', 'rows[0]'],
  ['4,294,967,295 holes in a column', { tags: Object.assign([], { length: 4_294_967_295 }) }, 'too-large', 'columns["tags"]'],
  ['a line that is no JSON', '{}\n{"a":', 'invalid-json', 'rows[1]'],
  ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'invalid-text', 'rows'],
  ['columns of unlike length', { a: [1, 2], 'company.size': [1] }, 'invalid-table', 'columns["company.size"]'],
  ['a column that is a number', { 'company.size': 3 }, 'invalid-table', 'columns["company.size"]'],
  ['a column that is null', { a: null }, 'invalid-table', 'columns["a"]'],
  ['a column that is a text', { a: 'text' }, 'invalid-table', 'columns["a"]'],
  ['a column that is a DataView', { a: new DataView(new ArrayBuffer(8)) }, 'invalid-table', 'columns["a"]'],
  ['an infinite number', { 'company.size': [1, -Infinity] }, 'not-finite', 'columns["company.size"][1]'],
  ['an infinite number in a typed array', { 'company.size': Float64Array.of(1, NaN, Infinity) }, 'not-finite', 'columns["company.size"][2]'],
  ['NaN in a list', { 'company.size': [1, NaN] }, 'not-finite', 'columns["company.size"][1]'],
  ['an invalid date', { 'company.founded': [null, new Date(NaN)] }, 'not-finite', 'columns["company.founded"][1]'],
  ['half of a surrogate pair', { 'company.country': ['FR', '\ud800'] }, 'invalid-text', 'columns["company.country"][1]'],
  ['half of a surrogate pair in a list', { tags: [['a'], ['b', '\ud800']] }, 'invalid-text', 'columns["tags"][1]'],
  ['a text that is too long', { 'company.country': ['é'.repeat(32_769)] }, 'too-large', 'columns["company.country"][0]'],
  ['a function', { tags: [[() => 1]] }, 'not-a-value', 'columns["tags"][0][0]'],
  ['a function in a row', [{ company: { country: () => 1 } }], 'not-a-value', 'rows[0].company.country'],
  ['several values at one path', [{ contacts: [{ role: 'a' }, { role: 'b' }] }], 'invalid-table', 'rows[0].contacts.role'],
  ['a getter that throws', { get a() { throw broken; } }, 'unreadable', 'table'],
])) {
  test(`no table of ${name}`, () => {
    assert.throws(() => scorer.table(data), { name: 'LeadscoreError', code, path });
    assert.equal(scorer.value(LEADS[0]), VALUES[0]);
  });
}

test('only what `table` gave is scored, as long as it is there', () => {
  for (const table of [{}, null, undefined, [], 3]) {
    assert.throws(() => scorer.scoreTable(/** @type {any} */ (table)), { name: 'LeadscoreError', code: 'invalid-table', path: 'table' });
  }
  const table = scorer.table(LEADS);
  const { row } = scorer.scoreTable(table);
  table.free();
  assert.throws(() => scorer.scoreTable(table), { code: 'freed', path: 'table' });
  assert.throws(() => table.free(), { code: 'freed' });
  assert.throws(() => row(0), { code: 'freed' });
  for (const place of [-1, 5, 0.5, NaN, '0']) assert.throws(() => row(/** @type {any} */ (place)), { code: 'invalid-row', path: 'row' });
});

const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
for (const [name, json, code, at] of /** @type {[string, any, string, number][]} */ ([
  ['a list that does not end', '[{}, {}', 'invalid-json', 2],
  ['something behind it', '[{}] x', 'invalid-json', 1],
  ['a lead that is a number', '{}\n3', 'invalid-facts', 1],
  ['a key without a value', '{}\n{}\n{"company":}', 'invalid-json', 2],
  ['a number beyond all', '{"company":{"employees":1e400}}', 'not-finite', 0],
  ['half of a surrogate pair', '{}{"tags":"\\ud800"}', 'invalid-text', 1],
  ['a text that is too long', `{"company":{"country":"${'é'.repeat(32_769)}"}}`, 'too-large', 0],
  ['too many levels', `{"tags":${deep}}`, 'too-deep', 0],
  ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'invalid-text', 0],
])) {
  test(`JSON with ${name}`, () => {
    assert.throws(() => scorer.scoreJson(json), { name: 'LeadscoreError', code, path: `leads[${at}]`, message: /, found something else in byte \d+ at `leads/ });
    const bytes = typeof json === 'string' ? new TextEncoder().encode(json) : json;
    assert.throws(() => scorer.value(bytes), { name: 'LeadscoreError', path: 'facts' });
    assert.equal(scorer.value(LEADS[0]), VALUES[0]);
  });
}

test('JSON that is none', () => {
  for (const json of [3, null, undefined, {}, new ArrayBuffer(2)]) {
    assert.throws(() => scorer.scoreJson(/** @type {any} */ (json)), { name: 'LeadscoreError', code: 'invalid-json' });
  }
});

test('the builds for models and for browsers say that they score one lead at a time', async () => {
  const browser = await import(new URL('../../pkg/entries/runtime/browser-inline.js', import.meta.url).href);
  await browser.init();
  for (const scorer of [createScorer(MODEL), browser.loadScorer(compileModel(MODEL))]) {
    for (const ask of [() => scorer.table([]), () => scorer.scoreTable({}), () => scorer.scoreJson('{}'), () => scorer.value(new Uint8Array()), () => scorer.score(new Uint8Array())]) {
      assert.throws(ask, { name: 'LeadscoreError', code: 'not-in-this-build' });
    }
    assert.equal(scorer.value(LEADS[0]), VALUES[0]);
  }
});
