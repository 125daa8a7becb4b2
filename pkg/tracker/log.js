/**
 * The log: everything a visitor's browser holds about the visit, as one short text. It is what is stored, what a form carries
 * and what is sent, so this file is the whole format. It neither judges what a log says (see ../src/log.js) nor keeps it.
 *
 *     version   1 byte
 *     site      2 bytes: a hash of its name
 *     visitor   8 bytes, drawn by chance
 *     since     seconds from 2020 to the first moment that the log covers
 *     events    shape, seconds since the event before, a value for each property of the shape
 *     checksum  4 bytes
 *
 * A number takes as many bytes as it needs, seven bits in each. A text is written where it comes first and is named by its place
 * from there on. A shape is such a text: the type of an event and the names of its properties.
 */

const VERSION = 1;
const HEADER = 11; // bytes before `since`
const CHECKSUM = 4;
const EPOCH = Date.UTC(2020, 0) / 1000;

/** Whole numbers up to here are written as numbers, all other values as text. */
const LARGEST = 2 ** 40;

/** The longest text, in bytes: longer than the tracker writes any. */
const LONGEST_TEXT = 4096;

/** Before a value that is neither a text nor such a number: any other number, true, false. */
const MARK = '\0';

/** The texts that every log knows from the start. They are part of the format: a new one goes to the end. */
const KNOWN = [
  'page_view path',
  'page_view path referrer',
  'page_view path restored',
  'engaged seconds',
  'scroll percent',
  'video path percent',
  'outbound host',
  'download path extension',
  'form_start form',
  'form_step form step',
  'form_submit form',
  'form_abandon form',
  'return_visit count days',
  'withdrawn',
];

/** @typedef {{ type: string, at: number, [property: string]: string | number | boolean }} Happening an event without id and session */
/** @typedef {{ visitor: string, since: number, events: Happening[] }} Log */

/**
 * FNV-1a, 32 bits: against accidents, not against forgers.
 * @param {Iterable<number>} bytes
 */
function hash(bytes) {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

/** @param {string} text */
export const hashOf = (text) => hash(new TextEncoder().encode(text));

/** @param {string} site */
const siteOf = (site) => hashOf(site) & 0xffff;

/** @param {Iterable<number>} bytes */
export function toText(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text @returns {Uint8Array} */
export function toBytes(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/**
 * @param {string} site
 * @param {Log} log its events in order of time, none before `since`
 */
export function encode(site, { visitor, since, events }) {
  const bytes = [VERSION, siteOf(site) >> 8, siteOf(site) & 0xff, ...toBytes(visitor)];
  const places = new Map(KNOWN.map((text, place) => [text, place]));

  const number = (/** @type {number} */ value) => {
    for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
    bytes.push(value);
  };
  const text = (/** @type {string} */ value, /** @type {(place: number) => void} */ write) => {
    const place = places.get(value) ?? places.size;
    write(place);
    if (place < places.size) return;
    places.set(value, place);
    const letters = new TextEncoder().encode(value);
    number(letters.length);
    bytes.push(...letters);
  };

  let time = since / 1000;
  number(time - EPOCH);
  for (const { type, at, ...properties } of events) {
    text([type, ...Object.keys(properties)].join(' '), number);
    number(at / 1000 - time);
    time = at / 1000;
    for (const value of Object.values(properties)) {
      const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST;
      if (isNumber) number(2 * value + 1);
      else text(typeof value === 'string' ? value : MARK + value, (place) => number(2 * place));
    }
  }
  const sum = hash(bytes);
  return toText([...bytes, sum >>> 24, (sum >>> 16) & 0xff, (sum >>> 8) & 0xff, sum & 0xff]);
}

/**
 * @param {string} text
 * @param {string} [site] whose log it has to be; default: of any
 * @returns {Log} its events in order of time
 * @throws {string} why it is not one: `not-a-log`, `log-version`, `log-damaged` or `log-of-another-site`
 */
export function decode(text, site) {
  const bytes = readable(text);
  if (bytes[0] !== VERSION) throw 'log-version';
  const end = bytes.length - CHECKSUM;
  const sum = hash(bytes.subarray(0, end));
  if (end < HEADER || new DataView(bytes.buffer).getUint32(end) !== sum) throw 'log-damaged';
  if (site !== undefined && siteOf(site) !== bytes[1] * 0x100 + bytes[2]) throw 'log-of-another-site';

  let next = HEADER;
  const texts = [...KNOWN];
  const number = () => {
    for (let value = 0, unit = 1; next < end && unit <= 2 ** 42; unit *= 0x80) {
      const byte = bytes[next++];
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw 'log-damaged';
  };
  const textAt = (/** @type {number} */ place) => {
    if (place === texts.length) {
      const length = number();
      if (length > LONGEST_TEXT || next + length > end) throw 'log-damaged';
      texts.push(new TextDecoder().decode(bytes.subarray(next, (next += length))));
    }
    if (place >= texts.length) throw 'log-damaged';
    return texts[place];
  };
  const value = () => {
    const written = number();
    if (written % 2) return (written - 1) / 2;
    const text = textAt(written / 2);
    return text.startsWith(MARK) ? parsed(text.slice(1)) : text;
  };

  const since = (EPOCH + number()) * 1000;
  let at = since;
  const events = [];
  while (next < end) {
    const [type, ...names] = textAt(number()).split(' ');
    at += number() * 1000;
    events.push({ type, at, ...Object.fromEntries(names.map((name) => [name, value()])) });
  }
  return { visitor: toText(bytes.subarray(3, HEADER)), since, events };
}

/** @param {string} text */
function readable(text) {
  try {
    return toBytes(text);
  } catch {
    throw 'not-a-log';
  }
}

/** @param {string} text @returns {number | boolean} */
function parsed(text) {
  if (/^(true|false)$/.test(text)) return text === 'true';
  if (text.length > 32 || !Number.isFinite(Number(text))) throw 'log-damaged';
  return Number(text);
}
