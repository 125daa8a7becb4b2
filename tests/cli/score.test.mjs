// `score` with a scorer whose answers are easy to foresee: what is mapped, written, told and counted.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MODEL, cli, files, foreseeable } from './world.mjs';

const path = files({ 'model.json': MODEL });
const OURS = 'leadscore.value,leadscore.status,leadscore.grade,leadscore.stage,leadscore.labels.total,leadscore.route,leadscore.dimensions.fit,leadscore.coverage';
const ANSWER = "1,scored,'=A1,,cold,'@sales,-1,0.5";

/**
 * Scores CSV text from standard input.
 * @param {string | Buffer} csv
 * @param {string[]} [args]
 */
async function score(csv, args = [], chunk = 65536) {
  const { asked, engine } = foreseeable();
  const result = await cli(['score', path('model.json'), '-', '--input', 'csv', ...args], { stdin: csv, engine, chunk });
  return { ...result, facts: asked.map(({ facts }) => facts), options: asked.map(({ options }) => options), told: result.stderr.split('\n').slice(0, -1) };
}

/** @param {string[]} told */
const closing = (told) => told[told.length - 1];

// --- what feeds what

/** @type {[name: string, csv: string, args: string[], facts: object[]][]} */
const fed = [
  ['paths', 'company.employees,revenue\n12,1.5\n', [], [{ company: { employees: 12 }, revenue: 1.5 }]],
  ['paths in another case', 'Company.Employees\n12\n', [], [{ company: { employees: 12 } }]],
  ['a label in English', 'company size\n12\n', [], [{ company: { employees: 12 } }]],
  ['a label in French, without accents', 'TAILLE DE L’ENTREPRISE\n12\n', [], [{ company: { employees: 12 } }]],
  ['by hand', 'staff,x\n12,1\n', ['--map', 'staff=company.employees'], [{ company: { employees: 12 } }]],
  ['by hand before by name', 'revenue,other\n1,2\n', ['--map', 'other=revenue'], [{ revenue: 2 }]],
  ['the path before the label', 'Company size,company.employees\n1,2\n', [], [{ company: { employees: 2 } }]],
  ['the first of two', 'revenue,revenue\n1,2\n', [], [{ revenue: 1 }]],
  ['every type', 'company.employees,company.country,revenue,optin,since,tools\n12,FR,1.5,oui,2026-11-22,a|b\n', [],
    [{ company: { employees: 12, country: 'FR' }, revenue: 1.5, optin: true, since: '2026-11-22', tools: ['a', 'b'] }]],
  ['empty cells', 'company.employees,revenue\n,1\n', [], [{ revenue: 1 }]],
  ['French numbers', 'company.employees;revenue\n1 500;15 000,50 €\n', ['--numbers', 'fr'], [{ company: { employees: 1500 }, revenue: 15000.5 }]],
  ['a byte order mark', '\ufeffrevenue\n1\n', [], [{ revenue: 1 }]],
  ['a delimiter by hand', 'revenue|optin\n1|non\n', ['--delimiter', '|'], [{ revenue: 1, optin: false }]],
  ['a tab by name', 'revenue\toptin\n1\tnon\n', ['--delimiter', 'tab'], [{ revenue: 1, optin: false }]],
];

for (const [name, csv, args, facts] of fed) {
  test(`fed by ${name}`, async () => {
    const one = await score(csv, args);
    assert.deepEqual(one.facts, facts);
    assert.equal(one.code, 0, one.stderr);
    assert.deepEqual((await score(csv, args, 1)).facts, facts, 'byte by byte');
  });
}

test('an attribute that is not declared has the type it is compared with', async () => {
  const rules = [
    { id: 'a', when: { $or: [{ age: { $gte: 18 } }, { vip: true }] }, points: 1 },
    { id: 'b', attribute: 'size', bands: [{ from: 1, points: 1 }] },
    { id: 'c', when: { tags: { $all: ['x'] }, scores: { $elemMatch: { $gt: 3 } }, city: { $not: { $in: ['Paris'] } } }, points: 1 },
  ];
  const model = {
    format: 1,
    id: 'bare',
    dimensions: [{ id: 'fit', groups: [{ id: 'g', rules }] }],
    stages: [{ id: 'lead' }, { id: 'mql', when: { 'facts.budget': { $gte: 1 } } }],
  };
  const bare = files({ 'bare.json': model });
  const { asked, engine } = foreseeable();
  const stdin = 'age,vip,size,tags,scores,city,budget\n20,yes,3,x|y,4|5,7,8\n';
  await cli(['score', bare('bare.json'), '-', '--input', 'csv'], { stdin, engine });
  assert.deepEqual(asked[0].facts, { age: 20, vip: true, size: 3, tags: ['x', 'y'], scores: [4, 5], city: '7', budget: 8 });
});

test('a path is never taken for a prototype', async () => {
  const model = { ...MODEL, attributes: { '__proto__.polluted': { type: 'number' }, 'constructor.name': { type: 'text' } } };
  const hostile = files({ 'model.json': model });
  await cli(['score', hostile('model.json'), '-', '--input', 'csv'], { stdin: '__proto__.polluted,constructor.name\n1,x\n' });
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(Object.name, 'Object');
});

// --- what is told and counted

/** @type {[name: string, csv: string | Buffer, args: string[], code: number, told: (string | RegExp)[]][]} */
const books = [
  ['all well', 'revenue\n1\n2\n', ['--map', 'revenue=revenue'], 0, ['read 2 · scored 2 · rejected 0']],
  ['too short', 'revenue,optin\n1\n2,1\n', [], 1, ['-:2: rejected row-too-short: expected 2 cells as in the header, found 1', 'read 2 · scored 1 · rejected 1']],
  ['too long', 'revenue,optin\n1,1,1\n', [], 1, [/^-:2: rejected row-too-long: /, 'read 1 · scored 0 · rejected 1']],
  ['blank lines', 'revenue\n\n1\n \n', [], 0, ['read 1 · scored 1 · rejected 0 · 2 blank lines skipped']],
  ['only empty cells', 'revenue,optin\n,\n1,1\n', [], 1, [/^-:2: rejected empty-row: /, 'read 2 · scored 1 · rejected 1']],
  ['a quote open at the end', 'revenue,optin\n1,1\n2,"\n3,0', [], 1, [/^-:3: rejected quote-not-closed: /, 'read 3 · scored 2 · rejected 1']],
  ['a quote inside', 'revenue,optin\n1,1"1\n2,0\n', [], 1, [/^-:2: rejected quote-misplaced: /, 'read 2 · scored 1 · rejected 1']],
  ['another encoding', Buffer.from('revenue,company.country\n1,caf\xe9\n2,x\n', 'latin1'), [], 1,
    [/^-:2: rejected not-utf8: .*windows-1252/, 'read 2 · scored 1 · rejected 1']],
  ['an unreadable cell', 'revenue,optin\nmany,1\n2,perhaps\n', [], 0, [
    '-:2:1: warning cell-unreadable: `revenue`: expected a number, found `many`; the attribute is taken as unknown',
    '-:3:2: warning cell-unreadable: `optin`: expected true or false, found `perhaps`; the attribute is taken as unknown',
    'read 2 · scored 2 · rejected 0 · 2 cells unreadable',
  ]],
  ['a French number without the option', 'revenue;optin\n1 500,5 €;1\n', [], 0, [/found `1 500,5 €`.*; it reads with `--numbers fr`$/, /1 cell unreadable$/]],
  ['a control character is not obeyed', 'revenue\n"\u001b[2J"\n', [], 0, [/found `\ufffd\[2J`/, /1 cell unreadable$/]],
  ['empty headers', 'revenue,,\n1,2,3\n', [], 0, [/^-: warning header-empty: columns 2, 3 without a header/, /^read 1/]],
  ['duplicated headers', 'revenue,x,revenue,revenue\n1,2,3,4\n', [], 0, [/^-: warning header-duplicate: header `revenue` .* column 1, counts, 3, 4 /, /columns-unmatched: .*`x`$/, /^read 1/]],
  ['two names of one attribute', 'company.employees,company size\n1,2\n', [], 0, [/^-: warning header-taken: header `company size` .*`company.employees`/, /^read 1/]],
  ['a likely column', 'employees,revenue\n1,2\n', [], 0, [/`employees`; perhaps `--map employees=company.employees`$/, /^read 1/]],
  ['no column at all', 'a,b\n1,2\n', [], 0, [/columns-unmatched: .*`a`, `b`$/, /nothing-fed/, /^read 1/]],
  ['columns past telling', `${Array.from({ length: 25 }, (_, n) => `x${n}`)},revenue\n${Array(25).fill(1)},1\n`, [], 0, [/columns-unmatched: .*`x19`, 5 more$/, /^read 1/]],
  ['a result fed again', 'revenue,leadscore.value\n1,2\n', [], 0, [/header-ours: .*`leadscore.value`/, /^read 1/]],
  ['problems past the limit', 'revenue,optin\n1\n2\nx,1\n', ['--limit-errors', '1'], 1,
    [/^-:2: rejected/, '2 more not shown, in all: row-too-short 2, cell-unreadable 1 (`--limit-errors` shows more)', /^read 3 · scored 1 · rejected 2 · 1 cell unreadable$/]],
  ['in French', 'revenue,optin\n1\nx,1\n\n', ['--lang', 'fr'], 1,
    [/^-:2: rejeté row-too-short: attendu 2 cellules/, /^-:3:1: attention cell-unreadable: `revenue`\u00a0: attendu un nombre/, 'lus 2 · noté 1 · rejeté 1 · 1 cellule illisible · 1 ligne vide sautée']],
];

for (const [name, csv, args, code, expected] of books) {
  test(`books: ${name}`, async () => {
    const result = await score(csv, args);
    // Which attributes a column feeds is told in every case; it has its own test.
    const told = result.told.filter((line) => !/attributes-unfed/.test(line));
    assert.equal(told.length, expected.length, result.stderr);
    expected.forEach((line, index) => {
      if (typeof line === 'string') assert.equal(told[index], line);
      else assert.match(told[index], line);
    });
    assert.equal(result.code, code);
    const [read, scored, rejected] = [...closing(result.told).matchAll(/(?:read|scored|rejected|lus|notés?|rejetés?) (\d+)/g)].map((match) => Number(match[1]));
    assert.equal(read, scored + rejected);
    assert.equal(result.lines.length, scored + 1, 'a line for each scored lead, and the header');
  });
}

test('attributes that no column feeds are named, once', async () => {
  const { told } = await score('revenue\n1\n2\n3\n');
  assert.equal(told.filter((line) => /attributes-unfed/.test(line)).length, 1);
  assert.match(told[0], /: `company.employees`, `company.country`, `optin`, `since`, `tools`$/);
});

test('a lead that the engine refuses is rejected with its code, the others are scored', async () => {
  const stdin = '{"id":"a"}\n{"id":"b","fail":true}\n{"id":"c","status":"excluded"}\n';
  const { code, lines, stderr } = await cli(['score', path('model.json'), '-', '--input', 'jsonl'], { stdin });
  assert.deepEqual(lines.map((line) => JSON.parse(line).id), ['a', 'c']);
  assert.match(stderr, /^-:2: rejected too-much: `fail`: expected fewer, found more\n/);
  assert.match(stderr, /read 3 · scored 2 \(of them 1 excluded\) · rejected 1\n$/);
  assert.equal(code, 1);
});

test('what the engine doubts in a lead is told and counted', async () => {
  const { code, stderr } = await cli(['score', path('model.json'), '-', '--input', 'jsonl'], { stdin: '{"revenue":1}\n{"doubt":1}\n' });
  assert.equal(stderr, '-:2: warning unexpected-type: `facts.doubt`: expected a number\nread 2 · scored 2 · rejected 0 · 1 warning\n');
  assert.equal(code, 0);
});

test('a defect of the program is not taken for a bad lead', async () => {
  const { engine } = foreseeable();
  const broken = { ...engine, createScorer: () => ({ free() {}, score() { throw new TypeError('a defect'); } }) };
  await assert.rejects(cli(['score', path('model.json'), '-', '--input', 'jsonl'], { stdin: '{}', engine: broken }), TypeError);
});

// --- what is written

/** @type {[name: string, csv: string, args: string[], lines: string[]][]} */
const written = [
  ['columns kept, ours behind', 'id,x,revenue\na,"1,5",2\n', [], [`id,x,revenue,${OURS}`, `a,"1,5",2,${ANSWER}`]],
  ['the delimiter kept', 'id;revenue\na;2\n', [], [`id;revenue;${OURS.replaceAll(',', ';')}`, `a;2;${ANSWER.replaceAll(',', ';')}`]],
  ['their formulas kept, ours disarmed', 'id,revenue\n=1+1,2\n', [], [`id,revenue,${OURS}`, `=1+1,2,${ANSWER}`]],
  ['spaces and empty headers kept', ' id ,,revenue\n a , b ,2\n', [], [` id ,,revenue,${OURS}`, ` a , b ,2,${ANSWER}`]],
  ['quotes where needed', 'id,revenue\n"say ""hi""",2\n', [], [`id,revenue,${OURS}`, `"say ""hi""",2,${ANSWER}`]],
  ['reasons when a language is asked', 'id,revenue\na,2\n', ['--lang', 'en'], [`id,revenue,${OURS},leadscore.reasons`, `a,2,${ANSWER},"'+1 because, well"`]],
  ['a header when there is no lead', 'id,revenue\n', [], [`id,revenue,${OURS}`]],
];

for (const [name, csv, args, lines] of written) {
  test(`written: ${name}`, async () => assert.deepEqual((await score(csv, args)).lines, lines));
}

test('the byte order mark and the line ends of the input are kept', async () => {
  const { stdout } = await score('\ufeffid,x\r\na,"1\n2"\r\n');
  assert.equal(stdout, `\ufeffid,x,${OURS}\r\na,"1\n2",${ANSWER}\r\n`);
});

/** @type {[name: string, leads: string, told: RegExp | null][]} */
const nested = [
  ['dotted names feed nothing', '{"company.employees":12}\n{"company.employees":1}\n', /^-: warning nothing-fed: .*`company.employees` is written `{"company": {"employees": …}}`$/m],
  ['a list inside an object feeds nothing', '{"leads":[{"revenue":1}]}', /nothing-fed/],
  ['one lead that does is enough', '{"company.employees":12}\n{"revenue":1}\n', null],
  ['an id alone says nothing wrong', '{"id":"a"}\n', null],
  ['no lead at all', '\n', null],
];
for (const [name, stdin, told] of nested) {
  test(`JSON: ${name}`, async () => {
    const { code, stderr } = await cli(['score', path('model.json'), '-', '--input', 'jsonl'], { stdin, engine: foreseeable().engine });
    assert.equal(code, 0, stderr);
    if (told) assert.match(stderr, told);
    else assert.doesNotMatch(stderr, /nothing-fed/);
  });
}

test('JSON: one object a line in a .json file is told where it belongs', async () => {
  const { code, stderr } = await cli(['score', path('model.json'), '-', '--input', 'json'], { stdin: '{"revenue":1}\n{"revenue":2}\n' });
  assert.match(stderr, /^-:2: rejected not-json: .*`\.jsonl` file\nread 2 · scored 1 · rejected 1\n$/);
  assert.equal(code, 1);
});

test('jsonl holds the whole result', async () => {
  const { lines } = await score('id,revenue\na,2\n', ['--out', 'jsonl']);
  const { id, line, value, labels } = JSON.parse(lines[0]);
  assert.deepEqual({ id, line, value, labels }, { id: 'a', line: 2, value: 1, labels: { total: 'cold' } });
});

test('a table fits what it holds, and cuts what comes wide after its widths were settled', async () => {
  const rows = Array.from({ length: 250 }, (_, index) => (index === 249 ? 'someone-with-a-long-name' : `n${index}`));
  const { lines } = await score(`id,revenue\n${rows.map((id) => `${id},1\n`).join('')}`, ['--out', 'table']);
  assert.equal(lines.length, 252);
  assert.match(lines[0], /^id {4}value {2}status {2}grade/);
  assert.match(lines[2], /^n0 {8}1 {2}scored {2}=A1/);
  assert.match(lines[251], /^som… /);
});

test('JSON leads as CSV have their id and line', async () => {
  const { lines } = await cli(['score', path('model.json'), '-', '--input', 'json', '--out', 'csv'], { stdin: '[{"id":"a"},\n{}]' });
  assert.deepEqual(lines, [`id,line,${OURS}`, `a,1,${ANSWER}`, `,2,${ANSWER}`]);
});

test('--output writes a file and nothing else', async () => {
  const own = files({ 'leads.csv': 'id\na\n' });
  const { stdout, code } = await cli(['score', path('model.json'), own('leads.csv'), '-o', own('out.csv')]);
  assert.equal(stdout, '');
  assert.equal(readFileSync(own('out.csv'), 'utf8'), `id,${OURS}\na,${ANSWER}\n`);
  assert.equal(code, 0);
});

// --- progress

const LONG = `id,revenue\nx\n${`${'a'.repeat(100)},1\n`.repeat(30_000)}`;

/** @type {[name: string, text: string, options: {tty?: boolean, errTty?: boolean}, bar: boolean][]} */
const progressing = [
  ['a long file, problems on a terminal, results elsewhere', LONG, { tty: false, errTty: true }, true],
  ['a short file', 'id,revenue\na,1\n', { tty: false, errTty: true }, false],
  ['results on the same terminal', LONG, { tty: true, errTty: true }, false],
  ['no terminal at all', LONG, { tty: false, errTty: false }, false],
];

for (const [name, text, options, bar] of progressing) {
  test(`progress: ${name}`, async () => {
    const own = files({ 'leads.csv': text });
    const { stderr } = await cli(['score', path('model.json'), own('leads.csv')], options);
    assert.equal(/scoring .*█.*100%/.test(stderr), bar);
    assert.match(stderr, /read [\d,]+ · scored [\d,]+ · rejected \d\n$/);
    if (text === LONG) assert.equal(stderr.match(/rejected.*row-too-short/g)?.length, 1);
  });
}

// --- encodings

/** @type {[name: string, bytes: Buffer, args: string[], country: string][]} */
const encodings = [
  ['windows-1252 by name', Buffer.from('company.country,revenue\n\x80 \xe9\x9c,1\n', 'latin1'), ['--encoding', 'windows-1252'], '€ éœ'],
  ['UTF-16 little end first, marked', Buffer.from('\ufeffcompany.country,revenue\né,1\n', 'utf16le'), [], 'é'],
  ['UTF-16 big end first, marked', Buffer.from('\ufeffcompany.country,revenue\né,1\n', 'utf16le').swap16(), [], 'é'],
  ['UTF-16 by name', Buffer.from('company.country,revenue\né,1\n', 'utf16le'), ['--encoding', 'utf-16le'], 'é'],
];

for (const [name, bytes, args, country] of encodings) {
  test(`encoding: ${name}`, async () => {
    for (const chunk of [1, 3, 65536]) {
      const { facts, stderr } = await score(bytes, args, chunk);
      assert.equal(facts[0]?.company.country, country, stderr);
    }
  });
}

// --- events

const EVENTS = {
  csv: 'lead,type,at,seconds\na,visit,2026-11-01,5\nb,visit,2026-11-01 10:00:00,\na,visit,1795339800000,7\n',
  jsonl: '{"lead":"a","type":"visit","at":"2026-11-01","seconds":5}\n{"lead_id":"b","type":"visit","at":"2026-11-01T10:00:00"}\n{"leadId":"a","type":"visit","at":1795339800000,"seconds":7}\n',
  json: '[{"lead":"a","type":"visit","at":"2026-11-01","seconds":5},{"lead":"b","type":"visit","at":"2026-11-01T10:00:00"},{"lead":"a","type":"visit","at":1795339800000,"seconds":7}]',
};
const MULTIPLIED = { id: 'time', on: 'visit', points: 1, multiplier: { property: 'seconds' } };
const EVENT_MODEL = { ...MODEL, dimensions: [{ id: 'fit', groups: [{ id: 'g', rules: [MULTIPLIED] }] }] };

for (const [extension, text] of Object.entries(EVENTS)) {
  test(`events in .${extension} are joined by lead`, async () => {
    const own = files({ 'model.json': EVENT_MODEL, [`events.${extension}`]: text, 'leads.csv': 'id\na\nb\nc\n' });
    const { asked, engine } = foreseeable();
    const args = ['score', own('model.json'), own('leads.csv'), '--events', own(`events.${extension}`), '--as-of', '2026-11-22'];
    const { code, stderr } = await cli(args, { engine });
    assert.equal(code, 0, stderr);
    assert.deepEqual(asked.map(({ options }) => options.events.map((/** @type {any} */ event) => ({ ...event }))), [
      [{ type: 'visit', at: '2026-11-01', seconds: 5 }, { type: 'visit', at: 1795339800000, seconds: 7 }],
      [{ type: 'visit', at: '2026-11-01T10:00:00' }],
      [],
    ]);
    assert.deepEqual(asked.map(({ options }) => options.asOf), ['2026-11-22', '2026-11-22', '2026-11-22']);
    assert.match(stderr, /\nevents: read 3 · joined 3 · rejected 0\nread 3 · scored 3 · rejected 0\n$/);
  });
}

test('events that cannot be read or joined are told and counted', async () => {
  const own = files({
    'model.json': EVENT_MODEL,
    'events.csv': 'id,lead,type,at,seconds\n1,a,visit,yesterday,\n2,,visit,2026-11-01,\n3,a,,2026-11-01,\n4,z,visit,2026-11-01,\n5,a,visit,2026-11-01,long\n6,a\n',
    'leads.jsonl': '{"id":"a"}\n{"id":"a"}\n{}\n',
  });
  const { asked, engine } = foreseeable();
  const { code, stderr } = await cli(['score', own('model.json'), own('leads.jsonl'), '--events', own('events.csv'), '--as-of', '2026-11-22'], { engine });
  const told = stderr.split('\n').map((line) => line.replace(/^.*\/(?=(events|leads)\.)/, ''));
  assert.match(told[0], /^events.csv:2: rejected event-without-instant: .*`yesterday`$/);
  assert.match(told[1], /^events.csv:3: rejected event-without-lead: /);
  assert.match(told[2], /^events.csv:4: rejected event-without-type: /);
  assert.match(told[3], /^events.csv:6:5: warning cell-unreadable: `seconds`/);
  assert.match(told[4], /^events.csv:7: rejected row-too-short/);
  assert.match(told[5], /^leads.jsonl:2: warning lead-twice: lead `a`/);
  assert.match(told[6], /^leads.jsonl:3: warning lead-without-id/);
  assert.equal(told[7], 'events: read 6 · joined 1 · 1 of no lead in the input · rejected 4');
  assert.equal(told[8], 'read 3 · scored 3 · rejected 0 · 1 cell unreadable · 2 warnings');
  assert.equal(code, 1);
  assert.deepEqual(asked.map(({ options }) => options.events.length), [1, 1, 0]);
  assert.equal(asked[0].options.events[0].id, '5');
});

test('ids are compared as text, and columns can be named', async () => {
  const own = files({ 'events.csv': 'who,type,at\n7,visit,2026-11-01\n', 'leads.jsonl': '{"key":{"n":7}}\n' });
  const args = ['score', path('model.json'), own('leads.jsonl'), '--events', own('events.csv'), '--as-of', '2026-11-22', '--id', 'key.n', '--event-lead', 'who'];
  const { lines, stderr } = await cli(args);
  assert.equal(JSON.parse(lines[0]).value, 1, stderr);
  assert.equal(JSON.parse(lines[0]).id, '7');
});

test('consent and language reach the engine', async () => {
  const { options } = await score('revenue\n1\n', ['--consent', 'analytics, marketing', '--lang', 'fr']);
  assert.deepEqual(options[0], { asOf: null, lang: 'fr', consent: ['analytics', 'marketing'] });
});

// --- what cannot be run

const own = files({ 'leads.csv': 'id,revenue\na,1\n', 'empty.csv': '', 'bad-header.csv': 'id,"x\na,1\n', 'zeros.csv': Buffer.from('i\0d\0\n\0'), 'book.csv': Buffer.from('PK\x03\x04\x14\0'), 'leads.xyz': '', 'events.csv': 'lead,type,at\n' });
mkdirSync(own('folder.csv'));
const model = path('model.json');
const leads = own('leads.csv');

/** @type {[name: string, args: string[], told: RegExp][]} */
const refused = [
  ['no command', [], /Usage: leadscore/],
  ['an unknown command', ['scroe', model, leads], /unknown command 'scroe'[\s\S]*score/],
  ['no leads', ['score', model], /missing required argument 'leads'/],
  ['an unknown option', ['score', model, leads, '--ot', 'csv'], /unknown option '--ot'/],
  ['an unknown format', ['score', model, leads, '--out', 'xml'], /'xml' is invalid.*csv, jsonl, table/],
  ['an unknown language', ['score', model, leads, '--lang', 'de'], /'de' is invalid/],
  ['a missing file', ['score', model, own('nope.csv')], /nope.csv`: no such file/],
  ['a missing model', ['score', own('nope.json'), leads], /nope.json`: no such file/],
  ['a directory', ['score', model, own('folder.csv')], /folder.csv`: expected a file, found a directory/],
  ['an unknown extension', ['score', model, own('leads.xyz')], /expected a name in .csv/],
  ['standard input without a format', ['score', model, '-'], /--input/],
  ['standard input twice', ['score', '-', '-', '--input', 'csv'], /once, found it more than once/],
  ['standard input for leads and events', ['score', model, '-', '--input', 'csv', '--events', '-', '--as-of', '2026-11-22'], /once, found it more than once/],
  ['events from standard input', ['score', model, leads, '--events', '-', '--as-of', '2026-11-22'], /`--events -`: expected a file/],
  ['events without as-of', ['score', model, leads, '--events', own('events.csv')], /`--events` needs `--as-of`/],
  ['an as-of that is none', ['score', model, leads, '--as-of', 'today'], /`--as-of today`: expected an instant/],
  ['events without a lead column', ['score', model, leads, '--events', own('leads.csv'), '--as-of', '2026-11-22'], /expected a column `lead` or `lead_id` or `leadId`/],
  ['leads without an id column', ['score', model, leads, '--events', own('events.csv'), '--as-of', '2026-11-22', '--id', 'key'], /no column `key`/],
  ['an empty file', ['score', model, own('empty.csv')], /found an empty file/],
  ['a broken header', ['score', model, own('bad-header.csv')], /line 1: the header cannot be read/],
  ['zero bytes', ['score', model, own('zeros.csv')], /--encoding utf-16le/],
  ['a workbook', ['score', model, own('book.csv')], /found a zip file; .*CSV UTF-8/],
  ['an unknown encoding', ['score', model, leads, '--encoding', 'klingon'], /`--encoding klingon`/],
  ['a map without =', ['score', model, leads, '--map', 'x'], /expected `header=attribute`/],
  ['a map to nothing', ['score', model, leads, '--map', 'id=nothing'], /no attribute `nothing`/],
  ['a map from nothing', ['score', model, leads, '--map', 'nothing=revenue'], /no column `nothing`/],
  ['a map for JSON', ['score', model, '-', '--input', 'jsonl', '--map', 'a=revenue'], /`--map` is for CSV/],
  ['a delimiter of two', ['score', model, leads, '--delimiter', ';;'], /expected one character/],
  ['a limit that is no number', ['score', model, leads, '--limit-errors', 'few'], /expected a whole number/],
  ['the output onto the input', ['score', model, leads, '-o', leads], /expected another file than the input/],
  ['an output that cannot be', ['score', model, leads, '-o', own('no/where.csv')], /where.csv` cannot be written/],
];

for (const [name, args, told] of refused) {
  test(`exit code 2: ${name}`, async () => {
    const { code, stdout, stderr } = await cli(args);
    assert.match(stderr, told);
    assert.equal(stdout, '');
    assert.equal(code, 2);
  });
}

test('an output is left alone when the input cannot be read', async () => {
  const kept = files({ 'out.csv': 'precious' });
  const { code } = await cli(['score', model, own('empty.csv'), '-o', kept('out.csv')]);
  assert.equal(code, 2);
  assert.equal(readFileSync(kept('out.csv'), 'utf8'), 'precious');
});

for (const args of [['--help'], ['score', '--help'], ['check', '--help'], ['explain', '--help'], ['test', '--help']]) {
  test(`help: ${args.join(' ')}`, async () => {
    const { code, stdout, stderr } = await cli(args);
    assert.match(stdout, /^Usage: leadscore/);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  });
}
