/** The options of a handler with their defaults. What cannot work is told when the handler is made: a lead would find out too late. */
import { LeadscoreError } from '../src/error.js';
import { unlike } from '../src/value.js';

/** @typedef {import('../edge.js').LeadHandlerOptions} Given */
/** @typedef {Required<Omit<Given, 'log'>> & { log: { field: string, site: string } }} Options */

/** What has no default; the keys and the origins look at the last two themselves. */
const NEEDED = ['model', 'outbox', 'sites', 'secret'];

/** @type {Omit<Options, 'model' | 'outbox' | 'sites' | 'secret'>} */
const DEFAULTS = {
  lang: null,
  map: {},
  attributes: {},
  required: ['contact.email'],
  cookies: {},
  thanks: '/',
  honeypots: ['_gotcha', 'bot-field'],
  reveal: () => undefined,
  log: { field: 'lead_log', site: '' },
  human: null,
  humanTimeout: 2000,
  fillTime: 2,
  formToken: false,
  doubtful: 'flag',
  withdrawn: 'rescore',
  enrich: null,
  enrichTimeout: 3000,
  enrichLatest: 20_000,
  limited: () => false,
  adminToken: null,
  now: Date.now,
  tell: () => {},
};

const CHOICES = { lang: ['en', 'fr'], doubtful: ['flag', 'hold', 'drop'], withdrawn: ['rescore', 'erase'] };

/** What a value has to be like its default. @type {[like: (value: any) => boolean, expected: string][]} */
const KINDS = [
  [Array.isArray, 'a list of texts'],
  [(value) => typeof value === 'function', 'a function'],
  [(value) => typeof value === 'number' && value >= 0, 'a number from 0'],
  [(value) => typeof value === 'boolean', '`true` or `false`'],
  [(value) => typeof value === 'string', 'a text'],
  [(value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object'],
];

/**
 * @param {Given} given
 * @param {string} site what the log names if nothing else is said
 * @returns {Options}
 */
export function completed(given, site) {
  const known = [...NEEDED, ...Object.keys(DEFAULTS)];
  const { model, outbox } = given;
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw new LeadscoreError('unknown-option', name, `expected one of ${known.join(', ')}, found \`${name}\``);
  }
  if (typeof model?.score !== 'function') throw unlike('invalid-option', 'model', 'a scorer of `createScorer` or `loadScorer`', model);
  if (typeof outbox?.put !== 'function') throw unlike('invalid-option', 'outbox', 'an outbox', outbox);
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options = /** @type {Options} */ ({ ...DEFAULTS, ...said, log: { ...DEFAULTS.log, site, ...given.log } });
  for (const [name, usual] of Object.entries(DEFAULTS)) check(name, usual, /** @type {any} */ (options)[name]);
  return options;
}

/**
 * @param {string} name
 * @param {unknown} usual
 * @param {unknown} value
 */
function check(name, usual, value) {
  if (value === usual) return;
  const choices = /** @type {Record<string, string[]>} */ (CHOICES)[name];
  if (choices) {
    if (choices.includes(/** @type {string} */ (value))) return;
    throw new LeadscoreError('invalid-option', name, `expected ${choices.map((choice) => `\`${choice}\``).join(' or ')}, found \`${value}\``);
  }
  const [like, expected] = KINDS.find(([like]) => like(usual)) ?? [];
  if (!like || !expected) return; // of what nobody has by default only its use can tell
  const texts = !Array.isArray(value) || value.every((item) => typeof item === 'string');
  if (!like(value) || !texts) throw unlike('invalid-option', name, expected, value);
}
