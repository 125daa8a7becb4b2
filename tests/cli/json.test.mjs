// JSON lines and JSON arrays become values with their lines; a broken line costs itself, a broken array its rest.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonArray, jsonLines } from '../../pkg/cli/read/json.js';
import { LINE_BYTES } from '../../pkg/cli/read/lines.js';
import { en } from '../../pkg/cli/words/en.js';
import { chunks } from './world.mjs';

/** @type {[name: string, reader: typeof jsonLines, text: string, expected: string[]][]} */
const table = [
  ['lines', jsonLines, '{"a":1}\n{"a":2}', ['1 {"a":1}', '2 {"a":2}']],
  ['lines, CRLF', jsonLines, '{"a":1}\r\n{"a":2}\r\n', ['1 {"a":1}', '2 {"a":2}']],
  ['lines, one broken', jsonLines, '{"a":1}\n{"a":\n{"a":2}\n', ['1 {"a":1}', '2 !not-json', '3 {"a":2}']],
  ['lines, not objects', jsonLines, '[1]\n7\nnull\n"x"', ['1 !not-an-object', '2 !not-an-object', '3 !not-an-object', '4 !not-an-object']],
  ['lines, blank', jsonLines, '\n  \n{"a":1}\n', ['1 blank', '2 blank', '3 {"a":1}']],
  ['lines, another encoding', jsonLines, '{"a":"\xe9"}\n{"a":2}', ['1 !not-utf8', '2 {"a":2}']],
  ['array', jsonArray, '[{"a":1},\n\n{"b":{"c":[1,{}]}}\n]', ['1 {"a":1}', '3 {"b":{"c":[1,{}]}}']],
  ['array, empty', jsonArray, '[]', []],
  ['array, nothing', jsonArray, ' \n', []],
  ['array, not objects', jsonArray, '[1,\n[2],\n{"a":3}]', ['1 !not-an-object', '2 !not-an-object', '3 {"a":3}']],
  ['array, broken', jsonArray, '[{"a":1},\n{"b":},\n{"c":1}]', ['1 {"a":1}', '2 !not-json']],
  ['array, cut', jsonArray, '[{"a":1},\n{"b":', ['1 {"a":1}', '2 !not-json']],
  ['one object', jsonArray, '{"a":{"b":1}}', ['1 {"a":{"b":1}}']],
  ['objects without an array', jsonArray, '{"a":1}\n{"b":2}', ['1 {"a":1}', '2 !not-json']],
  ['a prototype is a key', jsonArray, '[{"__proto__":{"x":1}}]', ['1 {"__proto__":{"x":1}}']],
];

for (const [name, reader, text, expected] of table) {
  test(name, async () => {
    for (const size of [1, 2, 3, 1000]) {
      assert.deepEqual(await read(reader, chunks(Buffer.from(text, 'latin1'), size)), expected, `in chunks of ${size}`);
    }
    assert.equal(/** @type {any} */ ({}).x, undefined);
  });
}

test('a line that is too long costs only itself', async () => {
  const text = `{"a":"${'x'.repeat(LINE_BYTES)}"}\n{"a":2}\n`;
  assert.deepEqual(await read(jsonLines, chunks(text, 65536)), ['1 !line-too-long', '2 {"a":2}']);
});

/**
 * @param {typeof jsonLines} reader
 * @param {AsyncIterable<Buffer>} bytes
 */
async function read(reader, bytes) {
  const found = [];
  for await (const item of reader(bytes, en)) {
    if (item.value !== null) found.push(`${item.line} ${JSON.stringify(item.value)}`);
    else found.push(item.blank ? `${item.line} blank` : `${item.line} !${item.code}`);
  }
  return found;
}
