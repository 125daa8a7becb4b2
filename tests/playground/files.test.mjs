/** Files of leads as people save them, and files that are none: what is read, what is said, and that nothing is lost. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readSheet, Unreadable } from '../../playground/table/reading.js';
import { TRYING } from '../../playground/table/sentences.js';
import { AS_OF, openPage, shows } from './page.mjs';
import { drop, file } from './sheets.mjs';

/** @param {string} text @param {'le' | 'be'} end @param {boolean} mark */
function wide(text, end, mark) {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return end === 'le' ? bytes : bytes.swap16();
}

/** @param {string | Uint8Array} content @param {string} [name] */
async function read(content, name = 'leads.csv') {
  const { header, columns, count, notes, delimiter } = await readSheet(new File([/** @type {BlobPart} */ (content)], name), () => {});
  const rows = Array.from({ length: count }, (_, row) => columns.map((column) => column.at(row)));
  return { header, rows, notes: notes.map(({ key, values }) => (values ? `${key} ${values.n}` : key)), delimiter };
}

const plain = { header: ['Nom', 'Ville'], rows: [['Léa', 'Nîmes'], ['Zoé', 'Orléans']] };

describe('what is read right', () => {
  const text = 'Nom;Ville\nLéa;Nîmes\nZoé;Orléans\n';
  for (const [name, content, notes] of /** @type {[string, string | Uint8Array, string[]?][]} */ ([
    ['UTF-8 with semicolons', text],
    ['with commas', text.replaceAll(';', ',')],
    ['with tabs', text.replaceAll(';', '\t')],
    ['with the mark of UTF-8', `\ufeff${text}`],
    ['UTF-16, little end first, with its mark', wide(text, 'le', true)],
    ['UTF-16, big end first, with its mark', wide(text, 'be', true)],
    ['UTF-16 without a mark', wide(text, 'le', false)],
    ['UTF-16, big end first, without a mark', wide(text, 'be', false)],
    ['the alphabet of Western Windows', Buffer.from(text, 'latin1'), ['csvLatin']],
    ['lines of Windows', text.replaceAll('\n', '\r\n')],
    ['lines of an old Mac', text.replaceAll('\n', '\r')],
    ['lines of several kinds', 'Nom;Ville\r\nLéa;Nîmes\nZoé;Orléans'],
    ['the delimiter that Excel names', `sep=;\n${text}`],
    ['cells in quotation marks', '"Nom";"Ville"\n"Léa";"Nîmes"\n"Zoé";"Orléans"\n'],
    ['empty lines', `\n\nNom;Ville\n\nLéa;Nîmes\n;\nZoé;Orléans\n\n`],
    ['a delimiter at the end of each line', text.replaceAll('\n', ';\n')],
    ['a row that is too long and one that is too short', 'Nom;Ville\nLéa;Nîmes;more\nZoé;Orléans\n', ['csvUneven 1']],
  ])) {
    test(name, async () => {
      const { header, rows, notes: found } = await read(content);
      assert.deepEqual({ header, rows }, plain);
      assert.deepEqual(found, notes ?? []);
    });
  }

  test('cells with breaks, delimiters and quotation marks', async () => {
    const { rows } = await read('a,b\n"one\nline, more","say ""hi"""\r\n"x","y"\n');
    assert.deepEqual(rows, [['one\nline, more', 'say "hi"'], ['x', 'y']]);
  });

  test('a file that comes in pieces, cut within rows, cells and letters', async () => {
    const all = Array.from({ length: 9_000 }, (_, row) => [`${row}`, row % 3 ? 'é€😀' : `"a\r\n""${row}"""`, 'z']);
    const text = ['id;text;end', ...all.map((row) => row.join(';'))].join('\r\n');
    const bytes = new TextEncoder().encode(text);
    for (const piece of [7_001, 65_537]) {
      const source = new File([bytes], 'pieces.csv');
      const stream = () =>
        new ReadableStream({
          start(controller) {
            for (let at = 0; at < bytes.length; at += piece) controller.enqueue(bytes.slice(at, at + piece));
            controller.close();
          },
        });
      Object.defineProperty(source, 'stream', { value: stream });
      const { columns, count } = await readSheet(source, () => {});
      assert.equal(count, all.length);
      for (const row of [0, 1, 2, 3, 4_500, 8_999])
        assert.deepEqual(columns.map((column) => column.at(row)), [`${row}`, row % 3 ? 'é€😀' : `a\n"${row}"`, 'z']);
    }
  });

  test('a lead on each line of JSON', async () => {
    const { header, rows } = await read('{"a":{"b":1},"c":["x","y"]}\n\n{"d":true,"c":null}\n', 'leads.jsonl');
    assert.deepEqual(header, ['a.b', 'c', 'd']);
    assert.deepEqual(rows, [['1', 'x;y', ''], ['', '', 'true']]);
  });

  test('a quotation mark in the middle of a cell is told', async () => {
    const { rows, notes } = await read('a,b\n1,"x"y",\n2,z\n'.replace('",\n', '"\n'));
    assert.deepEqual(notes, ['csvStrayQuote 2']);
    assert.equal(rows.length, 2);
  });
});

const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 255, 254]);
const workbook = Buffer.concat([Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), Buffer.from('[Content_Types].xml xl/workbook.xml')]);
const WRONG = /** @type {[name: string, content: string | Uint8Array, key: keyof typeof TRYING][]} */ ([
  ['photo.png', picture, 'csvImage'],
  ['photo.csv', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'csvImage'],
  ['book.xlsx', workbook, 'csvExcel'],
  ['old.xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'csvExcel'],
  ['packed.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 1]), 'csvPacked'],
  ['packed.csv.gz', gzipSync('a,b\n1,2\n'), 'csvPacked'],
  ['paper.pdf', '%PDF-1.7 …', 'csvPdf'],
  ['page.csv', '<!DOCTYPE html><html><body>sign in</body></html>', 'csvPage'],
  ['model.csv', '{\n  "format": 1\n}', 'csvJson'],
  ['bytes.csv', Uint8Array.from({ length: 900 }, (_, place) => (place * 7) % 256), 'csvBinary'],
  ['nothing.csv', '', 'csvEmpty'],
  ['names.csv', 'a,b,c\n', 'csvEmpty'],
  ['open.csv', 'a,b\n1,2\n3,"open\n5,6\n', 'csvOpenQuote'],
  ['far.csv', `a,b\n1,"${'x,y\n'.repeat(400_000)}`, 'csvOpenQuote'],
  ['long.csv', `a,b\n${'x'.repeat(2 ** 21)}`, 'csvLongRow'],
  ['half.jsonl', '{"a":1}\n{"a":\n', 'csvBadLine'],
]);

describe('what is not', () => {
  for (const [name, content, key] of WRONG) {
    test(name, async () => {
      await assert.rejects(read(content, name), (error) => error instanceof Unreadable && error.said.key === key);
    });
  }

  test('the line in which a quotation mark is opened is named', async () => {
    await assert.rejects(read('a,b\n1,"x\ny"\n3,"open\n5,6\n'), ({ said }) => said.values.n === 4);
  });

  test('of two gigabytes only the rows that fit are read', async () => {
    const row = new TextEncoder().encode('12,Lyon\n'.repeat(8_192));
    let given = 0;
    const huge = new File(['id,city\n1,Nice\n'], 'huge.csv');
    Object.defineProperties(huge, {
      size: { value: 2 ** 31 },
      stream: {
        value: () =>
          new ReadableStream({
            pull(controller) {
              controller.enqueue(given === 0 ? new TextEncoder().encode('id,city\n') : row);
              given += row.length;
              if (given > 2 ** 31) controller.close();
            },
          }),
      },
    });
    const { count, notes } = await readSheet(huge, () => {});
    assert.equal(count, 1_000_000);
    assert.deepEqual(notes, [{ key: 'csvTooMany', values: { n: 1_000_000 } }]);
    assert(given < 10 * 2 ** 20, `${given} bytes were read`);
  });

  for (const [place, lang] of ['en', 'fr'].entries()) {
    test(`each gives its sentence on the page and what was there stays, ${lang}`, async () => {
      const { page, problems, leave } = await openPage(`?lang=${lang}&view=table&as-of=${AS_OF}`);
      await drop(page, file('good.csv', 'company.employees,company.sector\n45,software\n300,public\n'));
      await page.waitForSelector('.sheet td.number');
      const there = () => page.$$eval('.sheet tbody tr:not(.filler)', (rows) => rows.map((row) => row.textContent));
      const before = await there();
      assert.equal(before.length, 2);
      for (const [name, content, key] of WRONG) {
        await drop(page, file(name, content), '#another');
        const [start] = TRYING[key][place].replace('{name}', name).split('{');
        await shows(page, start.trim().replace(/ ([:;!?»])/g, '\u00a0$1').slice(0, 25).trimEnd());
        assert.deepEqual(await there(), before, name);
      }
      assert.deepEqual(problems, []);
      await leave();
    });
  }

  test('reading can be cancelled, and what was there stays', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=table&as-of=${AS_OF}`);
    await drop(page, file('good.csv', 'company.employees,company.sector\n45,software\n300,public\n'));
    await page.waitForSelector('.sheet td.number');
    await page.evaluate(() => {
      // a worker that is asked to read and never comes to it
      const { Worker } = globalThis;
      globalThis.Worker = class extends Worker {
        /** @override @param {any} message */
        postMessage(message) {
          if (message.do !== 'read') super.postMessage(message);
        }
      };
    });
    await drop(page, file('other.csv', 'a\n1\n'), '#another');
    await page.waitForSelector('progress');
    await page.click('.progress button');
    await shows(page, 'Cancelled. Nothing was changed.');
    assert.equal(await page.$$eval('.sheet tbody tr:not(.filler)', (rows) => rows.length), 2);
    assert.deepEqual(problems, []);
    await leave();
  });
});
