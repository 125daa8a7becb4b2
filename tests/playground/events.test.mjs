/** What leads did, from a second file: joined to them, scored as Node scores it, and counted where it does not join. */
import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { createScorer } from 'leadscore';
import { eventsBy, join, rolesOf } from '../../playground/table/joined.js';
import { readSheet } from '../../playground/table/reading.js';
import { scoreDoings } from '../../playground/table/scoring.js';
import { AS_OF, faults, openPage, shows, story } from './page.mjs';
import { chances, drop, file } from './sheets.mjs';

const NOW = Date.parse(AS_OF);
/** @type {import('../../playground/table/joined.js').Declared[]} */
const DECLARED = [
  { type: 'login', names: ['Signed in', 'Connexion'], properties: {} },
  { type: 'session', names: ['Worked in it'], properties: { minutes: { type: 'number' } } },
];

/** @param {string} text */
const sheet = (text) => readSheet(new File([text], 'some.csv'), () => {});

describe('whose events are whose', () => {
  for (const [name, leads, events, roles] of /** @type {[string, string, string, [who: string, lead: string, type: string, at: string, id: string]][]} */ ([
    [
      'by an e-mail address',
      'name,email\nA,a@x.fr\nB,b@x.fr\nC,c@x.fr',
      'id,Email,type,at\n1,A@x.fr,login,2026-11-01\n2,b@x.fr,login,2026-11-02',
      ['Email', 'email', 'type', 'at', 'id'],
    ],
    [
      'by a number under another name',
      'ref,ville\n11,Lyon\n12,Lyon\n13,Lille',
      'contact,quand,quoi\n12,03/11/2026,Connexion\n13,04/11/2026,Connexion',
      ['contact', 'ref', 'quoi', 'quand', ''],
    ],
    [
      'where the id is that of the lead',
      'id,city\nx1,Nice\nx2,Nice\nx3,Nice',
      'id,event,timestamp\nx1,login,1762000000\nx1,login,1762000000000\nx3,login,2026-11-01T09:00:00Z',
      ['id', 'id', 'event', 'timestamp', ''],
    ],
    ['not at all', 'id\na\nb\nc', 'type,at\nlogin,2026-11-01\nlogin,2026-11-02', ['', '', 'type', 'at', '']],
  ])) {
    test(name, async () => {
      const [there, found] = [await sheet(leads), await sheet(events)];
      const { who, lead, type, at, id } = rolesOf(found, there, DECLARED);
      const named = (/** @type {string[]} */ header, /** @type {number} */ place) => header[place] ?? '';
      assert.deepEqual(
        [named(found.header, who), named(there.header, lead), named(found.header, type), named(found.header, at), named(found.header, id)],
        roles,
      );
    });
  }

  test('what joins and what does not is counted, and events are as the engine takes them', async () => {
    const leads = await sheet('email,size\na@x.fr,1\nb@x.fr,2\nc@x.fr,3\n');
    const events = await sheet(
      'event id;email;type;date;Minutes;session;page.path\n' +
        'e1;A@x.fr;Signed in;2026-11-01;;s1;/a\n' +
        'e2;c@x.fr;Session;2026-11-02 10:30;12,5;;\n' +
        'e3;nobody@x.fr;login;2026-11-03;;;\n' +
        'e4;a@x.fr;login;soon;;;\n' +
        'e5;a@x.fr;dance;2027-01-01;;;\n',
    );
    const roles = rolesOf(events, leads, DECLARED);
    const joined = join(events, leads, roles, DECLARED, NOW);
    assert.deepEqual(joined.counts, {
      events: 5,
      joined: 3,
      leads: 2,
      orphans: 1,
      undated: 1,
      later: 1,
      uncounted: ['dance'],
      last: Date.UTC(2027, 0, 1),
    });
    const of = eventsBy(events, roles, DECLARED, joined);
    assert.deepEqual([0, 1, 2].map(of), [
      [
        { type: 'login', at: Date.UTC(2026, 10, 1), id: 'e1', session: 's1', page: { path: '/a' } },
        { type: 'dance', at: Date.UTC(2027, 0, 1), id: 'e5' },
      ],
      [],
      [{ type: 'session', at: Date.UTC(2026, 10, 2, 10, 30), id: 'e2', minutes: 12.5 }],
    ]);
  });
});

describe('scoring with events', () => {
  for (const [name, stopAfter, whole, asked] of /** @type {[string, number, boolean, number][]} */ ([
    ['tells how far it is and goes to the end', Infinity, true, 3],
    ['stops when it is told to', 2, false, 2],
  ])) {
    test(name, async () => {
      const leads = await sheet('email\na@x.fr\nb@x.fr\nc@x.fr\nd@x.fr\n');
      const events = await sheet('email,type,at\na@x.fr,login,2026-11-01\nc@x.fr,login,2026-11-01\nd@x.fr,login,2026-11-01\n');
      const roles = rolesOf(events, leads, DECLARED);
      const doings = { sheet: events, roles, declared: DECLARED, joined: join(events, leads, roles, DECLARED, NOW) };
      const scores = { values: new Float64Array(4), grades: new Uint16Array(4).fill(65_535), stages: new Uint16Array(4), statuses: new Uint8Array(4), gradeNames: ['A'], stageNames: ['lead'], statusNames: ['scored'] };
      const scorer = { score: (/** @type {any} */ _, /** @type {any} */ { events: own }) => ({ value: own.length * 7, grade: 'A', stage: 'lead', status: 'scored' }) };
      const told = /** @type {number[]} */ ([]);
      let clock = 0;
      mock.method(performance, 'now', () => (clock += 50)); // every lead takes longer than a slice
      const done = await scoreDoings(/** @type {any} */ (scorer), /** @type {any} */ ({ of: () => ({}) }), /** @type {any} */ (scores), doings, NOW, async (share) => told.push(share) < stopAfter);
      mock.restoreAll();
      assert.equal(done, whole);
      assert.equal(told.length, asked);
      assert(told.every((share, place) => share >= 0 && share < 1 && (place === 0 || share > told[place - 1])));
      assert.deepEqual([...scores.values], whole ? [7, 0, 7, 7] : [7, 0, 7, 0]);
      assert.deepEqual([...scores.grades], whole ? [0, 65_535, 0, 0] : [0, 65_535, 0, 65_535]);
    });
  }
});

describe('on the page', () => {
  const chance = chances(5);
  const leads = Array.from({ length: 400 }, (_, place) => ({ email: `lead${place}@example.com`, seats: 1 + ((place * 7) % 300) }));
  const events = Array.from({ length: 3_000 }, (_, place) => ({
    id: `e${place}`,
    email: chance() < 0.05 ? 'nobody@example.com' : leads[Math.floor(chance() * 200)].email,
    type: ['login', 'import', 'integration', 'session', 'support'][Math.floor(chance() * 5)],
    at: new Date(NOW - Math.floor(chance() * 60 * 86_400_000)).toISOString(),
    minutes: Math.floor(chance() * 90),
  }));
  const leadsFile = () => file('leads.csv', ['email,company.employees', ...leads.map(({ email, seats }) => `${email},${seats}`)].join('\n'));
  const asCsv = () =>
    file('events.csv', ['id,email,type,at,minutes', ...events.map((one) => Object.values(one).join(','))].join('\n'));
  const asJson = () => file('events.jsonl', events.map((one) => JSON.stringify(one)).join('\n'));
  const expected = () => {
    const scorer = createScorer(story('saas'));
    return leads.map(({ email, seats }) => {
      const own = events.filter((one) => one.email === email).map(({ email: _, ...event }) => event);
      return scorer.score({ company: { employees: seats } }, { events: own, asOf: AS_OF });
    });
  };

  for (const [name, made] of /** @type {[string, () => string][]} */ ([
    ['CSV', asCsv],
    ['JSON Lines', asJson],
  ])) {
    test(`engagement counts, from ${name}, as Node scores it`, async () => {
      const { page, problems, elsewhere, leave } = await openPage(`?lang=en&view=table&model=saas&as-of=${AS_OF}`);
      await drop(page, leadsFile());
      await page.waitForSelector('.sheet td.number');
      await drop(page, made(), '#events');
      const [orphans, scores] = [events.filter(({ email }) => email.startsWith('nobody')).length, expected()];
      await shows(page, `${(3_000 - orphans).toLocaleString('en')} of 3,000 events found their lead`);
      await shows(page, `${orphans} name a lead that is not in the first file.`);
      const sorted = scores.map(({ value }) => value ?? NaN).sort((a, b) => b - a);
      await page.waitForFunction((first) => document.querySelector('.sheet td.number')?.textContent === first, {}, String(sorted[0]));
      const shown = await page.$$eval('.sheet tbody tr:not(.filler) td.number', (cells) => cells.map((cell) => Number(cell.textContent)));
      assert.deepEqual(shown, sorted.slice(0, shown.length));
      const grades = await page.$$eval('.matrix td small', (all) => all.reduce((sum, node) => sum + Number(node.textContent), 0));
      assert.equal(grades, scores.filter(({ grade }) => grade !== null).length);

      await page.click('.sheet tbody tr:nth-child(2)');
      await shows(page, 'Where the points come from');
      assert.equal(await page.$eval('.gauge-value', (node) => Number(node.textContent)), Math.round(sorted[0] * 10) / 10);
      assert.deepEqual([problems, elsewhere], [[], []]);
      await leave();
    });
  }

  test('where no lead can have a score, what is missing is named', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=saas&as-of=${AS_OF}`);
    await drop(page, file('few.csv', 'email,trial.seats\na@x.fr,3\n'));
    await shows(page, 'No lead can have a score without “Company size”');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('another column can name the lead, and without events the scores are as before', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=saas&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.sheet td.number');
    const top = () => page.$eval('.sheet td.number', (node) => node.textContent);
    const before = await top();
    await drop(page, asCsv(), '#events');
    await page.waitForFunction((old) => document.querySelector('.sheet td.number')?.textContent !== old, {}, before);
    await page.select('#role-lead', '1');
    await shows(page, 'No event found its lead.');
    await page.waitForFunction((old) => document.querySelector('.sheet td.number')?.textContent === old, {}, before);
    await page.evaluate(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Without events')?.click());
    await shows(page, 'So far only rules about who they are');
    assert.equal(await top(), before);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('where the engine refuses a lead, that is said, and what was shown stays', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&model=saas&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.sheet td.number');
    const shown = await page.$eval('.sheet td.number', (node) => node.textContent);
    const many = Array.from({ length: 100_001 }, () => `${leads[0].email},login,2026-11-01`);
    await drop(page, file('flood.csv', ['email,type,at', ...many].join('\n')), '#events');
    await shows(page, 'leads.csv could not be worked out');
    assert.equal(await page.$eval('.sheet td.number', (node) => node.textContent), shown);
    assert.equal(await page.$('progress'), null);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('a file that is none leaves the events that were there', async () => {
    const { page, problems, leave } = await openPage(`?lang=fr&view=table&model=saas&as-of=${AS_OF}`);
    await drop(page, leadsFile());
    await page.waitForSelector('.sheet td.number');
    await drop(page, asCsv(), '#events');
    await page.waitForSelector('#as-of-last');
    await drop(page, file('photo.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), '#events');
    await shows(page, 'photo.png est une image');
    assert.equal(await page.$$eval('#as-of-last', (all) => all.length), 1);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('with events the page is accessible at every size, in both themes and languages', () =>
    faults('?view=table&model=saas', async (page) => {
      await drop(page, leadsFile());
      await page.waitForSelector('.sheet td.number');
      await drop(page, asCsv(), '#events');
      await page.waitForSelector('#as-of-last');
      await page.$$eval('.doings details', (all) => all.forEach((one) => (one.open = true)));
    }));
});
