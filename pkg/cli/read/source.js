// Opens what an argument names, a file or `-` for standard input, as a stream of bytes.
// It knows nothing of what the bytes mean.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { InputError, UsageError } from '../host.js';

/** A whole document (a model, one lead) is small; what is larger is not one. */
const DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * @typedef {object} Source
 * @property {string} name as it was given
 * @property {string} extension lower case without the dot; empty for standard input
 * @property {number | null} size in bytes, `null` when it cannot be known
 * @property {string | null} file tells whether two names are the same file
 * @property {AsyncIterable<Uint8Array>} bytes
 */

/**
 * @param {string} name
 * @param {import('../host.js').Host} host
 * @returns {Promise<Source>}
 */
export async function open(name, host) {
  if (name === '-') return { name, extension: '', size: null, file: null, bytes: host.stdin };
  const stats = await statOrRefuse(name);
  return {
    name,
    extension: extname(name).slice(1).toLowerCase(),
    size: stats.isFile() ? stats.size : null,
    file: `${stats.dev}:${stats.ino}`,
    bytes: createReadStream(name, { highWaterMark: 256 * 1024 }),
  };
}

/**
 * Reads a whole small document as text.
 * @param {string} name
 * @param {import('../host.js').Host} host
 */
export async function readDocument(name, host) {
  const bytes = name === '-' ? await collect(host.stdin) : await readSmallFile(name);
  const text = decode(bytes);
  if (text === null) throw new InputError(name, 'not-utf8', 'expected UTF-8 text, found other bytes');
  return text;
}

/** @param {string} name */
async function readSmallFile(name) {
  const stats = await statOrRefuse(name);
  if (stats.size > DOCUMENT_BYTES) throw tooLarge(name);
  return readFile(name);
}

/** @param {AsyncIterable<Uint8Array>} stream */
async function collect(stream) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > DOCUMENT_BYTES) throw tooLarge('-');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param {string} name */
function tooLarge(name) {
  return new InputError(name, 'too-large', `expected a document of at most ${DOCUMENT_BYTES} bytes, found more`);
}

/** @param {string} name */
async function statOrRefuse(name) {
  const stats = await stat(name).catch((error) => {
    throw new UsageError(`\`${name}\`: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (stats.isDirectory()) throw new UsageError(`\`${name}\`: expected a file, found a directory`);
  return stats;
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
