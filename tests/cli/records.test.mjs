// Bytes become CSV records with their lines; broken ones cost themselves and nothing else, however the bytes arrive.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECORD_BYTES, records } from '../../pkg/cli/read/csv.js';
import { chunks } from './world.mjs';

/** @type {[name: string, text: string, expected: string[]][]} */
const table = [
  ['nothing', '', []],
  ['plain', 'a,b\n1,2\n', ['1 a b', '2 1 2']],
  ['no newline at the end', 'a,b\n1,2', ['1 a b', '2 1 2']],
  ['CRLF', 'a,b\r\n1,2\r\n', ['1 a b', '2 1 2']],
  ['old Mac', 'a,b\r1,2\r', ['1 a b', '2 1 2']],
  ['mixed line ends', 'a,b\r\n1,2\n3,4\r\n', ['1 a b', '2 1 2', '3 3 4']],
  ['semicolons', 'a;b\n1,5;2\n', ['1 a b', '2 1,5 2']],
  ['tabs', 'a\tb\n1\t2\n', ['1 a b', '2 1 2']],
  ['a delimiter inside a quoted header', '"a,b";c\n1;2\n', ['1 a,b c', '2 1 2']],
  ['more delimiters of one kind', 'a;b;c,d\n1;2;3\n', ['1 a b c,d', '2 1 2 3']],
  ['the line sep=', 'sep=|\na|b\n1|2\n', ['2 a b', '3 1 2']],
  ['escaped quotes', 'a,b\n"say ""hi""",2\n', ['1 a b', '2 say "hi" 2']],
  ['a newline in a cell', 'a,b\n1,"x\ny"\n2,z\n', ['1 a b', '2 1 x⏎y', '4 2 z']],
  ['a CRLF in a cell', 'a,b\r\n1,"x\r\ny"\r\n2,z\r\n', ['1 a b', '2 1 x⏎y', '4 2 z']],
  ['blank lines', 'a,b\n\n1,2\n\n\n3,4\n\n', ['1 a b', '2 ', '3 1 2', '4 ', '5 ', '6 3 4', '7 ']],
  ['quote open at the end', 'a,b\n1,2\n3,"x\n4,5\n', ['1 a b', '2 1 2', '3 !quote-not-closed', '4 4 5']],
  ['quote open at the very end', 'a,b\n1,2\n3,"x', ['1 a b', '2 1 2', '3 !quote-not-closed']],
  ['quote open until another', 'a,b\n1,"x\n2,y\n3,"z"\n', ['1 a b', '2 !quote-misplaced', '3 2 y', '4 3 z']],
  ['quote inside a cell', 'a,b\n1,12" wide\n2,y\n', ['1 a b', '2 !quote-misplaced', '3 2 y']],
  ['text after a closing quote', 'a,b\n"x"y,1\n2,z\n', ['1 a b', '2 !quote-misplaced', '3 2 z']],
  ['two broken lines in a row', 'a,b\n"x"y,1\n"x"y,1\n2,z\n', ['1 a b', '2 !quote-misplaced', '3 !quote-misplaced', '4 2 z']],
  ['another encoding', 'a,b\n1,caf\xe9\n2,z\n', ['1 a b', '2 !not-utf8', '3 2 z']],
];

for (const [name, text, expected] of table) {
  test(name, async () => {
    const bytes = Buffer.from(text, 'latin1');
    for (const size of [1, 2, 3, 5, 7, 1000]) {
      assert.deepEqual(await read(bytes, size), expected, `in chunks of ${size}`);
    }
  });
}

test('a record without an end is given up, and the lines after it are read', async () => {
  const lost = `a,b\n1,"${'x'.repeat(RECORD_BYTES + 10)}\n2,y\n`;
  assert.deepEqual(await read(Buffer.from(lost), 65536), ['1 a b', '2 !record-too-long', '3 2 y']);
});

test('a line without an end is never held whole', async () => {
  async function* endless() {
    yield Buffer.from('a,b\n"');
    for (let i = 0; i < 400; i += 1) yield Buffer.alloc(256 * 1024, 'x');
    yield Buffer.from('\n1,2\n');
  }
  const before = process.memoryUsage().rss;
  const found = [];
  for await (const record of records(endless())) found.push(record.line);
  assert.deepEqual(found, [1, 2, 3]);
  assert.ok(process.memoryUsage().rss - before < 60 * 1024 * 1024, 'grew by less than the 100 MB that went through');
});

test('whatever the bytes, every line belongs to exactly one record, however they arrive', async () => {
  const next = sequence(20261122);
  const alphabet = ['a', '1', '"', '"', ',', ',', ';', '\n', '\n', '\r\n', '\t', 'é', '\xe9', ' ', '""', 'sep='];
  for (let round = 0; round < 1500; round += 1) {
    const text = Array.from({ length: next(60) }, () => alphabet[next(alphabet.length)]).join('');
    const bytes = Buffer.from(text, 'latin1');
    const whole = await spans(bytes, 1000);
    assert.deepEqual(await spans(bytes, 1 + next(5)), whole, JSON.stringify(text));
    // A declared delimiter takes the first line for itself.
    let line = /^sep=.\r?(\n|$)/i.test(text) ? 2 : 1;
    for (const [first, last] of whole) {
      assert.equal(first, line, JSON.stringify(text));
      assert.ok(last >= first, JSON.stringify(text));
      line = last + 1;
    }
    const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    assert.equal(line - 1, Math.max(lines, line === 2 && whole.length === 0 ? 1 : 0), JSON.stringify(text));
  }
});

/**
 * @param {Buffer} bytes
 * @param {number} size
 */
async function spans(bytes, size) {
  const found = [];
  for await (const { line, lastLine } of records(chunks(bytes, size))) found.push([line, lastLine]);
  return found;
}

/**
 * Whole numbers that are the same in every run: a linear congruential generator.
 * @param {number} seed
 */
function sequence(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * @param {Buffer} bytes
 * @param {number} size
 */
async function read(bytes, size) {
  const found = [];
  for await (const record of records(chunks(bytes, size))) {
    const content = record.cells === null ? `!${record.code}` : record.cells.join(' ').replace(/\r?\n/g, '⏎');
    found.push(`${record.line} ${content}`);
  }
  return found;
}
