// Makes UTF-8 of the bytes of a file: takes off the byte order mark, decodes UTF-16 that says so, and any
// encoding named on the command line. Other bytes pass as they are: the readers reject them line by line.

import iconv from 'iconv-lite';
import { UsageError } from '../host.js';

/** @param {string} encoding */
export function assertEncoding(encoding) {
  if (!iconv.encodingExists(encoding)) {
    throw new UsageError(`\`--encoding ${encoding}\`: expected an encoding such as \`windows-1252\``);
  }
}

/**
 * @param {AsyncIterable<Uint8Array>} bytes
 * @param {string | undefined} encoding the one named, else found out
 * @param {(marked: boolean) => void} [onMark] told whether a byte order mark was there
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* utf8(bytes, encoding, onMark = () => {}) {
  const { decode, rest } = decoderOf(encoding, onMark);
  let head = /** @type {Buffer | null} */ (Buffer.alloc(0));
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (head === null) {
      yield decode(buffer);
      continue;
    }
    // A pipe may give less than a byte order mark at once.
    head = Buffer.concat([head, buffer]);
    if (head.length < 4) continue;
    yield decode(head);
    head = null;
  }
  if (head) yield decode(head);
  yield rest();
}

/**
 * @param {string | undefined} encoding
 * @param {(marked: boolean) => void} onMark
 */
function decoderOf(encoding, onMark) {
  /** @type {import('iconv-lite').DecoderStream | null} */
  let decoder = null;
  let started = false;
  return {
    /** @param {Buffer} bytes */
    decode(bytes) {
      if (started) return decoder ? Buffer.from(decoder.write(bytes)) : bytes;
      started = true;
      const named = encoding ?? marked16(bytes);
      if (bytes.toString('latin1', 0, 4) === 'PK\x03\x04') {
        throw new UsageError('expected text, found a zip file; if it is a workbook of Excel, save it as CSV UTF-8 there');
      }
      if (!named && bytes.includes(0)) {
        throw new UsageError('expected text, found zero bytes; if it is UTF-16, add `--encoding utf-16le`');
      }
      const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      onMark(marked || marked16(bytes) !== null);
      if (named && !/^utf-?8$/i.test(named)) {
        decoder = iconv.getDecoder(named);
        return Buffer.from(decoder.write(bytes));
      }
      return marked ? bytes.subarray(3) : bytes;
    },
    rest: () => Buffer.from(decoder?.end() ?? ''),
  };
}

/** @param {Buffer} head */
function marked16(head) {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}
