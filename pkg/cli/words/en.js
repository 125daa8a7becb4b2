// What the command line says in English. It decides nothing: numbers and texts come in, a sentence goes out.
// fr.js has the same keys; the type of this object holds it to that.

const locale = 'en-GB';
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
// By hand: Intl writes the same date differently from one version of Node to the next.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${number.format(n)} ${n === 1 ? one : many}`;

export const en = {
  /** @param {number} n */
  number: (n) => number.format(n).replace('-', '−'),
  /** @param {number} n with its sign, for what adds up */
  signed: (n) => `${n < 0 ? '−' : '+'}${number.format(Math.abs(n))}`,
  /** @param {number} share */
  percent: (share) => `${number.format(Math.round(share * 100))}%`,
  /** @param {number} at milliseconds @param {boolean} [whole] with all of the time of day */
  date(at, whole = false) {
    const date = new Date(at);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${date.toISOString().slice(-13, whole ? -1 : -8)} UTC`;
  },
  /** @param {string[]} items */
  list: (items) => items.join(', '),
  more: (/** @type {number} */ n) => `${number.format(n)} more`,

  // Why a row was rejected, or a cell left unknown.
  rejected: 'rejected',
  warning: 'warning',
  error: 'error',
  rowTooShort: (/** @type {number} */ expected, /** @type {number} */ found) =>
    `expected ${count(expected, 'cell')} as in the header, found ${number.format(found)}`,
  rowTooLong: (/** @type {number} */ expected, /** @type {number} */ found) =>
    `expected ${count(expected, 'cell')} as in the header, found ${number.format(found)}; a cell that holds the delimiter needs quotes`,
  emptyRow: 'expected a lead, found only empty cells',
  quoteNotClosed: 'expected a closing quote, found the end of the file; reading resumed on the next line',
  quoteMisplaced: 'found a quote inside a cell, or a cell that is never closed; reading resumed on the next line',
  recordTooLong: (/** @type {number} */ limit) =>
    `expected a record of at most ${number.format(limit)} bytes, found more: a quote is perhaps not closed; reading resumed on the next line`,
  notUtf8: 'expected UTF-8, found other bytes; Excel on Windows writes `--encoding windows-1252`',
  notJson: (/** @type {string} */ detail) => `expected JSON: ${detail}`,
  notJsonStop: (/** @type {string} */ detail) => `expected JSON: ${detail}; nothing after this place was read`,
  notJsonLines: 'expected one object or one list, found more behind it: one object a line is for a `.jsonl` file',
  notAnObject: (/** @type {string} */ found) => `expected an object, found ${found}`,
  lineTooLong: (/** @type {number} */ limit) => `expected a line of at most ${number.format(limit)} bytes, found more`,
  cellUnreadable: (/** @type {string} */ header, /** @type {string} */ type, /** @type {string} */ found) =>
    `\`${header}\`: expected ${type}, found \`${found}\`; the attribute is taken as unknown`,
  types: {
    number: 'a number',
    integer: 'a whole number',
    text: 'text',
    boolean: 'true or false',
    date: 'a date such as 2026-11-22',
    list: 'a list',
    'list-of-numbers': 'a list of numbers',
  },
  tryFrench: 'it reads with `--numbers fr`',

  // About the header.
  headerEmpty: (/** @type {number[]} */ columns) =>
    `${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')} without a header: carried through, not read`,
  headerDuplicate: (/** @type {string} */ header, /** @type {number} */ first, /** @type {number[]} */ later) =>
    `header \`${header}\` occurs more than once: the first, column ${first}, counts, ${later.join(', ')} is carried through`,
  headerTaken: (/** @type {string} */ header, /** @type {string} */ attribute, /** @type {string} */ first) =>
    `header \`${header}\` also means \`${attribute}\`, which \`${first}\` feeds: carried through, not read`,
  headerOurs: (/** @type {string} */ headers) =>
    `the input has columns of an earlier result (${headers}): they are carried through, the new ones come last`,
  attributeInside: (/** @type {string} */ path, /** @type {string} */ other) =>
    `attribute \`${path}\` lies inside \`${other}\`, which a column feeds: not read`,
  unmatched: (/** @type {string} */ headers, /** @type {string} */ hints) =>
    `columns that feed nothing, carried through: ${headers}${hints ? `; perhaps ${hints}` : ''}`,
  unfed: (/** @type {string} */ attributes) => `attributes that no column feeds, unknown for every lead: ${attributes}`,
  nothingFed: 'no column feeds the model: is the first line the header? `--map header=attribute` maps columns by hand',
  nothingFedJson: (/** @type {string} */ attribute, /** @type {string} */ nested) =>
    `no lead has an attribute of the model: \`${attribute}\` is written \`${nested}\``,

  // About events.
  eventWithoutLead: (/** @type {string} */ column) => `expected the id of its lead in \`${column}\`, found none`,
  eventWithoutType: 'expected `type`, found none',
  eventWithoutInstant: (/** @type {string} */ found) => `\`at\`: expected an instant such as 2026-11-22T09:30:00Z, found \`${found}\``,
  leadWithoutId: (/** @type {string} */ column) => `expected an id in \`${column}\` to find its events by, found none; scored without events`,
  leadTwice: (/** @type {string} */ id) => `lead \`${id}\` occurs more than once: each is scored with the same events`,

  // The closing lines.
  closing: (/** @type {{read: number, scored: number, rejected: number, cells: number, warnings: number, blank: number, others: string}} */ n) =>
    [
      `read ${number.format(n.read)}`,
      `scored ${number.format(n.scored)}${n.others ? ` (of them ${n.others})` : ''}`,
      `rejected ${number.format(n.rejected)}`,
      ...(n.cells ? [`${count(n.cells, 'cell')} unreadable`] : []),
      ...(n.warnings ? [count(n.warnings, 'warning')] : []),
      ...(n.blank ? [`${count(n.blank, 'blank line')} skipped`] : []),
    ].join(' · '),
  closingEvents: (/** @type {{read: number, joined: number, unclaimed: number, rejected: number}} */ n) =>
    [
      `events: read ${number.format(n.read)}`,
      `joined ${number.format(n.joined)}`,
      ...(n.unclaimed ? [`${number.format(n.unclaimed)} of no lead in the input`] : []),
      `rejected ${number.format(n.rejected)}`,
    ].join(' · '),
  notShown: (/** @type {number} */ n, /** @type {string} */ codes) =>
    `${number.format(n)} more not shown, in all: ${codes} (\`--limit-errors\` shows more)`,
  stopped: 'the output was closed by its reader: stopped there',
  written: (/** @type {string} */ file) => `written to ${file}`,
  statuses: { scored: 'scored', disqualified: 'disqualified', excluded: 'excluded', insufficient_data: 'with insufficient data' },
  progress: 'scoring',

  // check and test.
  errors: (/** @type {number} */ n) => count(n, 'error'),
  warnings: (/** @type {number} */ n) => count(n, 'warning'),
  nothingWrong: 'nothing wrong',
  suggestion: (/** @type {string} */ text) => `perhaps: ${text}`,
  wholeModel: 'the model',
  tests: (/** @type {number} */ n) => count(n, 'test'),
  passed: (/** @type {number} */ n) => `${number.format(n)} passed`,
  failed: (/** @type {number} */ n) => `${number.format(n)} failed`,
  noTests: 'no tests in this model',
  testsNotRun: 'the model has errors: its tests cannot be run',
  compiled: {
    edge: (/** @type {number} */ bytes) => `${count(bytes, 'byte')}, for servers`,
    browser: (/** @type {number} */ bytes) => `${count(bytes, 'byte')}, for browsers`,
  },
  reconciled: {
    missing: (/** @type {string} */ score, /** @type {string} */ _records) => `not in the CRM (score ${score})`,
    twice: (/** @type {string} */ _score, /** @type {string} */ records) => `more than once in the CRM: ${records}`,
    different: (/** @type {string} */ score, /** @type {string} */ records) => `another score: ${score} here, in the CRM ${records}`,
    counts: (/** @type {{looked: number, there: number, elsewhere: number, waiting: number, dead: number, wrong: number}} */ n) =>
      [
        `${number.format(n.looked)} delivered`,
        `${number.format(n.there)} in the CRM as they should be`,
        ...(n.wrong ? [`${number.format(n.wrong)} not`] : []),
        ...(n.elsewhere ? [`${number.format(n.elsewhere)} part of other records`] : []),
        `${number.format(n.waiting)} still to come`,
        `${number.format(n.dead)} refused`,
      ].join(' · '),
  },
  project: (/** @type {number} */ files) => `a form, a worker and a model, in ${count(files, 'file')}`,
  projectNext: (/** @type {string} */ folder) => `Next: cd ${folder}, npm install; README.md says the rest.`,

  // explain.
  model: 'model',
  asOf: (/** @type {string} */ at) => `as of ${at}`,
  value: 'score',
  noValue: 'no score',
  statusTold: {
    scored: '',
    disqualified: 'disqualified: the score is for information only',
    excluded: 'excluded: not scored at all',
    insufficient_data: 'not enough is known to give a score',
  },
  grade: 'grade',
  stage: 'stage',
  route: 'what to do',
  queue: 'queue',
  owner: 'owner',
  total: 'total',
  beforeRounding: (/** @type {string} */ value) => `(${value} before rounding)`,
  contributions: 'How the score came about',
  noContributions: 'No rule gave anything.',
  times: (/** @type {number} */ n) => `${number.format(n)} times`,
  lost: {
    limit: (/** @type {string} */ points) => `${points} to the limit`,
    decay: (/** @type {string} */ points) => `${points} to age`,
    cap: (/** @type {string} */ points) => `${points} to its cap`,
    floor: (/** @type {string} */ points) => `${points} from its floor`,
  },
  lostOf: (/** @type {string} */ gross, /** @type {string} */ parts) => `of ${gross} points: ${parts}`,
  adjustment: {
    cap: (/** @type {string} */ label) => `cap on ${label}`,
    floor: (/** @type {string} */ label) => `floor under ${label}`,
  },
  dimensions: 'By dimension',
  flags: 'Red flags and exceptions',
  flag: {
    disqualifier: 'disqualified',
    exclusion: 'excluded',
    override: 'exception',
    undecided: 'cannot be decided',
  },
  computedWas: (/** @type {string} */ what) => `without it: ${what}`,
  missing: 'What is not known',
  coverage: (/** @type {string} */ share) => `${share} of what the model needs is known.`,
  bounds: (/** @type {string} */ lowest, /** @type {string} */ highest) =>
    `Knowing the rest, the score would lie between ${lowest} and ${highest}.`,
  boundsInside: (/** @type {string} */ lowest, /** @type {string} */ highest) =>
    `Knowing the rest, the score would lie within ${lowest} and ${highest}, perhaps closer.`,
  nothingMissing: 'Nothing is missing that could change the score.',
  changes: 'What would change it',
  reachesLabel: (/** @type {string} */ label, /** @type {string} */ value) => `To be ${label} (${value}):`,
  reachesStage: (/** @type {string} */ stage, /** @type {string} */ value) => `To reach ${stage} (${value}):`,
  setTo: (/** @type {string} */ attribute, /** @type {string} */ value) => `${attribute}: ${value}`,
  happens: (/** @type {string} */ event, /** @type {number} */ times) => (times === 1 ? `${event}, once more` : `${event}, ${number.format(times)} times more`),
  nothingChanges: 'No small set of changes reaches the next label or stage.',
  comes: 'What comes next, without new events',
  stays: 'The score stays as it is.',
  staysUntil: (/** @type {string} */ at) => `The score stays as it is until ${at}.`,
  becomes: (/** @type {string} */ at, /** @type {string} */ value, /** @type {string} */ what) => `${at}: score ${value}${what ? `, ${what}` : ''}`,
  noLabel: 'no label',
  eventsTold: (/** @type {{given: number, counted: number, duplicate: number, future: number, withoutConsent: number, bot: number}} */ n) =>
    [
      `${count(n.given, 'event')} given`,
      `${number.format(n.counted)} counted`,
      ...(n.duplicate ? [count(n.duplicate, 'duplicate')] : []),
      ...(n.future ? [`${number.format(n.future)} later than as-of`] : []),
      ...(n.withoutConsent ? [`${number.format(n.withoutConsent)} without consent`] : []),
      ...(n.bot ? [`${number.format(n.bot)} by a robot`] : []),
    ].join(', '),
  warningsTold: 'What looks wrong in the lead',
  colon: ':',
};

/** @typedef {typeof en} Words */
