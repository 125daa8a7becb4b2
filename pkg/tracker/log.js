/**
 * The log: what a visitor did, as one short text of letters that need no escaping anywhere. A form carries it and it is what is
 * sent, so this file is the whole format. It does not judge what a log says: see ../src/log.js.
 *
 *     letters    what
 *     1          the version of the format
 *     3          a hash of the site's name
 *     11         the visitor: 8 bytes drawn by chance
 *     any        the events, see below, as base64url
 *     7          a hash of all that is before it
 *
 * The events are numbers, each in as many bytes as it needs, seven bits in a byte. First come the seconds from 2020 to the beginning
 * of the log; then for each event its shape, the seconds since the event before, and a value for each property of the
 * shape. A text is written where it comes first, and is named by its place from there on. A shape is such a text: the type
 * of the event and the names of its properties.
 */

const VERSION = '1';
/** Where the visitor begins and ends, and how long the hash at the end is. */
const [VISITOR, EVENTS, CHECKSUM] = [4, 15, 7];

const EPOCH = Date.UTC(2020, 0);

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
 * FNV-1a of 32 bits, over UTF-16 units, as 7 letters: against accidents, not against forgers.
 * @param {string} text
 */
export function hashOf(text) {
  let sum = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193);
  return (sum >>> 0).toString(36).padStart(CHECKSUM, '0');
}

/** @param {string} site */
const siteOf = (site) => hashOf(site).slice(-3);

/** @param {Iterable<number>} bytes */
export function toText(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param {string} site
 * @param {Log} log its events in order of time, none before `since`
 */
export function encode(site, { visitor, since, events }) {
  const bytes = /** @type {number[]} */ ([]);
  const places = new Map(KNOWN.map((text, place) => [text, place]));

  const number = (/** @type {number} */ value) => {
    for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
    bytes.push(value);
  };
  /** A value's place is written with a bit that says that it is no number. */
  const text = (/** @type {string} */ text, unit = 1) => {
    const place = places.get(text) ?? places.size;
    number(place * unit);
    if (places.has(text)) return;
    places.set(text, place);
    const letters = new TextEncoder().encode(text);
    number(letters.length);
    bytes.push(...letters);
  };
  const value = (/** @type {any} */ value) => {
    if (Number.isInteger(value) && value >= 0 && value <= LARGEST) number(2 * value + 1);
    else text(typeof value === 'string' ? value : MARK + value, 2);
  };

  let last = since;
  number((since - EPOCH) / 1000);
  for (const { type, at, ...properties } of events) {
    text([type, ...Object.keys(properties)].join(' '));
    number((at - last) / 1000);
    Object.values(properties).forEach(value);
    last = at;
  }
  const written = VERSION + siteOf(site) + visitor + toText(bytes);
  return written + hashOf(written);
}

/**
 * @param {string} written
 * @param {string} [site] whose log it has to be; default: of any
 * @returns {Log} its events in order of time
 * @throws {string} why it is not one: `not-a-log`, `log-version`, `log-damaged` or `log-of-another-site`
 */
export function decode(written, site) {
  if (!/^[\w-]+$/.test(written)) throw 'not-a-log';
  if (written[0] !== VERSION) throw 'log-version';
  const body = written.slice(0, -CHECKSUM);
  if (body.length <= EVENTS || hashOf(body) !== written.slice(-CHECKSUM)) throw 'log-damaged';
  if (site !== undefined && siteOf(site) !== body.slice(1, VISITOR)) throw 'log-of-another-site';

  const bytes = bytesOf(body.slice(EVENTS));
  let next = 0;
  const number = () => {
    for (let value = 0, unit = 1; next < bytes.length && unit <= 2 ** 42; unit *= 0x80) {
      const byte = bytes[next++];
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw 'log-damaged';
  };
  const texts = [...KNOWN];
  const text = (/** @type {number} */ place) => {
    if (place === texts.length) {
      const length = number();
      if (length > LONGEST_TEXT || next + length > bytes.length) throw 'log-damaged';
      texts.push(new TextDecoder().decode(bytes.subarray(next, (next += length))));
    }
    if (place >= texts.length) throw 'log-damaged';
    return texts[place];
  };
  const value = () => {
    const given = number();
    if (given % 2) return (given - 1) / 2;
    const said = text(given / 2);
    return said.startsWith(MARK) ? unmarked(said.slice(1)) : said;
  };

  const since = EPOCH + number() * 1000;
  let at = since;
  const events = [];
  while (next < bytes.length) {
    const [type, ...names] = text(number()).split(' ');
    at += number() * 1000;
    events.push({ type, at, ...Object.fromEntries(names.map((name) => [name, value()])) });
  }
  return { visitor: body.slice(VISITOR, EVENTS), since, events };
}

/** @param {string} text */
function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    throw 'log-damaged';
  }
}

/** @param {string} text */
function unmarked(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = text.length <= 32 ? Number(text) : NaN;
  if (!Number.isFinite(number)) throw 'log-damaged';
  return number;
}
