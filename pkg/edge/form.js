/**
 * What a form sent, whatever it was written in: names with their texts. It takes no more than its limits and no files, and it does
 * not know what a name means.
 */
import { Refusal } from './refusal.js';

/** @typedef {Map<string, string[]>} Fields */

/** In bytes, fields, letters of a name, and levels of JSON. */
const LIMITS = { bytes: 65_536, fields: 500, name: 200, depth: 32 };

/** Names that mean something to JavaScript itself. */
const PROTOTYPE = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * @param {Request} request
 * @returns {Promise<Fields>}
 * @throws {Refusal}
 */
export async function readForm(request) {
  const said = request.headers.get('content-type') ?? '';
  const type = said.split(';')[0].trim().toLowerCase();
  const read = READERS[type];
  if (!read) throw unknownType();
  const bytes = await bodyOf(request);
  /** @type {Fields} */
  const fields = new Map();
  let count = 0;
  for (const [name, value] of await read(bytes, said)) {
    if (++count > LIMITS.fields) throw new Refusal(413, 'too-many-fields', `expected at most ${LIMITS.fields} fields`);
    add(fields, name, value);
  }
  return fields;
}

/** @returns {Refusal} */
export function unknownType() {
  const known = Object.keys(READERS).join(', ');
  return new Refusal(415, 'unknown-content-type', `expected one of ${known}, found another content type`);
}

/**
 * The text that a tracker posts; `null` where the request is none of its.
 * @param {Request} request
 */
export async function readText(request) {
  const said = request.headers.get('content-type') ?? '';
  return /^text\/plain\s*(;|$)/i.test(said) ? textOf(await bodyOf(request)) : null;
}

/** @type {Record<string, (bytes: Uint8Array<ArrayBuffer>, type: string) => Iterable<[string, string]> | Promise<Iterable<[string, string]>>>} */
const READERS = {
  'application/x-www-form-urlencoded': (bytes) => new URLSearchParams(textOf(bytes)),
  'multipart/form-data': multipart,
  'application/json': (bytes) => flattened(json(bytes)),
};

/**
 * `name[]` is `name`, and a name given several times has several texts.
 * @param {Fields} fields
 * @param {string} given
 * @param {string} value
 */
function add(fields, given, value) {
  const name = given.replace(/\[\]$/, '').trim();
  if (name === '') return;
  if (name.length > LIMITS.name || /[\u0000-\u001f\u007f]/.test(name) || name.split('.').some((step) => PROTOTYPE.has(step))) {
    throw new Refusal(400, 'invalid-name', `expected names of at most ${LIMITS.name} letters and none of JavaScript's own`);
  }
  // Only NUL is in no text that a person enters, and databases do not take it.
  if (value.includes('\0')) throw new Refusal(400, 'invalid-text', 'expected texts without the character NUL');
  fields.set(name, [...(fields.get(name) ?? []), value]);
}

/** @param {Request} request */
async function bodyOf(request) {
  const tooLong = () => new Refusal(413, 'too-large', `expected at most ${LIMITS.bytes} bytes`);
  if (Number(request.headers.get('content-length')) > LIMITS.bytes) throw tooLong();
  if (!request.body) return new Uint8Array();
  const chunks = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refusal(400, 'unreadable', 'expected a whole body, found one that was cut short');
    });
    if (done) break;
    length += value.length;
    // What is still to come is left to the host: to end it here would, in Node, end the answer too.
    if (length > LIMITS.bytes) throw tooLong();
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) bytes.set(chunk, at), (at += chunk.length);
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, 'not-utf-8', 'expected UTF-8');
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} type @returns {Promise<[string, string][]>} */
async function multipart(bytes, type) {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new Refusal(400, 'broken-multipart', 'expected multipart/form-data, found something else');
  });
  /** @type {[string, string][]} */
  const texts = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') texts.push([name, value]);
    // A browser sends a file field that was left empty as an empty file without a name.
    else if (value.size > 0 || value.name) throw new Refusal(422, 'no-files', 'expected no files', { [name]: 'expected no file' });
  }
  return texts;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function json(bytes) {
  const text = textOf(bytes);
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw new Refusal(400, 'invalid-json', 'expected a JSON object');
}

/**
 * `{"a": {"b": ["c", "d"]}}` is `a.b=c&a.b=d`.
 * @param {object} value
 * @returns {Generator<[string, string]>}
 */
function* flattened(value, path = '', depth = 0) {
  if (depth > LIMITS.depth) throw new Refusal(400, 'too-deep', `expected at most ${LIMITS.depth} levels`);
  for (const [key, part] of Object.entries(value)) {
    const name = Array.isArray(value) ? path : path ? `${path}.${key}` : key;
    if (typeof part === 'object' && part !== null) yield* flattened(part, name, depth + 1);
    else if (part !== null) yield [name, String(part)];
  }
}
