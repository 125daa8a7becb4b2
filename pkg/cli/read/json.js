// Reads leads or events written as JSON: one object a line, or one array of them, or a single object.
// An array is read as a stream: memory holds one element. It gives values with their line, or what is wrong there.

import { isUtf8 } from 'node:buffer';
import { JSONParser, TokenType } from '@streamparser/json';
import { shown } from '../words/index.js';
import { LINE_BYTES, lines } from './lines.js';

const NEWLINE = 0x0a;

/**
 * @typedef {{line: number, value: Record<string, unknown>}
 *   | {line: number, value: null, blank: true}
 *   | {line: number, value: null, blank: false, code: string, message: string}} JsonItem
 */

/**
 * One object a line; a line that is not one costs only itself.
 * @param {AsyncIterable<Buffer>} chunks
 * @param {import('../words/en.js').Words} say
 * @returns {AsyncGenerator<JsonItem>}
 */
export async function* jsonLines(chunks, say) {
  for await (const { line, bytes } of lines(chunks)) {
    if (bytes === null) yield bad(line, 'line-too-long', say.lineTooLong(LINE_BYTES));
    else if (!isUtf8(bytes)) yield bad(line, 'not-utf8', say.notUtf8);
    else yield oneLine(line, bytes.toString('utf8').trim(), say);
  }
}

/**
 * @param {number} line
 * @param {string} text
 * @param {import('../words/en.js').Words} say
 * @returns {JsonItem}
 */
function oneLine(line, text, say) {
  if (text === '') return { line, value: null, blank: true };
  try {
    return object(line, JSON.parse(text), say);
  } catch (error) {
    return bad(line, 'not-json', say.notJson(shown(/** @type {Error} */ (error).message, 200)));
  }
}

/**
 * The elements of one array, or a single object. After a syntax error nothing can be trusted: reading stops there.
 * @param {AsyncIterable<Buffer>} chunks
 * @param {import('../words/en.js').Words} say
 * @returns {AsyncGenerator<JsonItem>}
 */
export async function* jsonArray(chunks, say) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const lineAt = lineCounter();
  /** @type {JsonItem[]} */
  let ready = [];
  /** @type {JSONParser | null} */
  let parser = null;
  let depth = 0;
  let isWhole = false; // a single object, and it has ended
  let line = 1;
  let offset = 0;

  /** @param {Buffer} head */
  const start = (head) => {
    const isArray = head.toString('latin1').trimStart().startsWith('[');
    const elementDepth = isArray ? 1 : 0;
    const json = new JSONParser({ paths: [isArray ? '$.*' : '$'], keepStack: false });
    json.onToken = ({ token, offset: place }) => {
      offset = place;
      if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
      if (depth === elementDepth && !PUNCTUATION.has(token)) line = lineAt(offset);
      if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    };
    json.onValue = ({ value }) => {
      ready.push(object(line, value, say));
      isWhole = !isArray;
    };
    return json;
  };

  /** @param {() => void} step what may find an error */
  const attempt = (step) => {
    try {
      step();
      return true;
    } catch (error) {
      const notUtf8 = error instanceof TypeError;
      const { message } = /** @type {Error} */ (error);
      const detail = plainly(message);
      // The tokenizer says where it stopped; the assembler stops at the last token.
      const place = Number(/absolute position "(\d+)"/.exec(message)?.[1] ?? offset);
      if (notUtf8) ready.push(bad(lineAt(place), 'not-utf8', say.notUtf8));
      else ready.push(bad(lineAt(place), 'not-json', isWhole ? say.notJsonLines : say.notJsonStop(detail)));
      return false;
    }
  };

  for await (const chunk of chunks) {
    lineAt.feed(chunk);
    const fine = attempt(() => {
      decoder.decode(chunk, { stream: true });
      parser ??= chunk.toString('latin1').trim() === '' ? null : start(chunk);
      parser?.write(chunk);
    });
    const taken = ready;
    ready = [];
    yield* taken;
    if (!fine) return;
  }
  attempt(() => {
    decoder.decode();
    // An open document, not one that ended by itself.
    if (parser && !parser.isEnded) parser.end();
  });
  yield* ready;
}

/**
 * The parser's message without the names of its own states.
 * @param {string} message
 */
function plainly(message) {
  if (/mid-parsing/.test(message)) return 'it ends too early';
  return shown(message.replace(/ (at chunk position|in state) .*$/, '').replace(/^Unexpected/, 'unexpected'), 200);
}

const PUNCTUATION = new Set([TokenType.COMMA, TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET]);

/** Tells the line of a byte offset of the stream, offsets being asked in order; only the last chunk is held. */
function lineCounter() {
  let line = 1;
  let base = 0;
  let at = 0;
  let chunk = /** @type {Buffer} */ (Buffer.alloc(0));
  const lineAt = (/** @type {number} */ offset) => {
    const stop = Math.min(offset - base, chunk.length);
    for (; at < stop; at += 1) if (chunk[at] === NEWLINE) line += 1;
    return line;
  };
  /** @param {Buffer} next */
  lineAt.feed = (next) => {
    lineAt(Infinity);
    base += chunk.length;
    chunk = next;
    at = 0;
  };
  return lineAt;
}

/**
 * @param {number} line
 * @param {unknown} value
 * @param {import('../words/en.js').Words} say
 * @returns {JsonItem}
 */
function object(line, value, say) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { line, value: /** @type {Record<string, unknown>} */ (value) };
  }
  const found = value === null ? '`null`' : Array.isArray(value) ? 'a list' : `\`${shown(JSON.stringify(value))}\``;
  return bad(line, 'not-an-object', say.notAnObject(found));
}

/**
 * @param {number} line
 * @param {string} code
 * @param {string} message
 * @returns {JsonItem}
 */
function bad(line, code, message) {
  return { line, value: null, blank: false, code, message };
}
