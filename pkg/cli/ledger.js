// Keeps the books of one run: what was read, scored, rejected, left unknown; in = out + rejected, always.
// Tells each problem on standard error, up to a limit, and counts all of them.

import pc from 'picocolors';
import { coloured } from './host.js';
import { safe } from './words/index.js';

export class Ledger {
  read = 0;
  rejected = 0;
  cells = 0;
  blank = 0;
  warnings = 0;
  /** @type {Map<import('leadscore').Status, number>} */
  #statuses = new Map();
  /** @type {Map<string, number>} */
  #codes = new Map();
  #hidden = 0;
  #shown = 0;
  #rejectedEvents = 0;
  #say;
  #limit;
  #print;
  #paint;

  /**
   * @param {object} options
   * @param {import('./words/en.js').Words} options.say
   * @param {number} options.limit how many problems are told
   * @param {(text: string) => void} options.print
   * @param {import('./host.js').Host} options.host
   */
  constructor({ say, limit, print, host }) {
    this.#say = say;
    this.#limit = limit;
    this.#print = print;
    this.#paint = pc.createColors(coloured(host.stderr, host.env));
  }

  get scored() {
    return [...this.#statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Whether anything did not come out as it should. */
  get anyRejected() {
    return this.rejected > 0 || this.#rejectedEvents > 0;
  }

  /**
   * @param {string} file
   * @param {import('./read/header.js').Notice} notice
   */
  notice(file, { code, message }) {
    this.#print(`${file}: ${this.#paint.yellow(this.#say.warning)} ${code}: ${safe(message)}\n`);
  }

  /** @param {import('leadscore').Status} status */
  score(status) {
    this.read += 1;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  /**
   * @param {string} file
   * @param {{line: number, code: string, message: string}} problem
   */
  reject(file, problem) {
    this.read += 1;
    this.rejected += 1;
    this.#tell(`${file}:${problem.line}`, this.#paint.red(this.#say.rejected), problem);
  }

  /**
   * @param {string} file
   * @param {{line: number, code: string, message: string}} problem
   */
  rejectEvent(file, problem) {
    this.#rejectedEvents += 1;
    this.#tell(`${file}:${problem.line}`, this.#paint.red(this.#say.rejected), problem);
  }

  /**
   * @param {string} file
   * @param {{line: number, column: number, message: string}} trouble
   */
  cell(file, { line, column, message }) {
    this.cells += 1;
    this.#tell(`${file}:${line}:${column}`, this.#paint.yellow(this.#say.warning), { code: 'cell-unreadable', message });
  }

  /**
   * Something doubtful about a lead that is scored all the same.
   * @param {string} file
   * @param {{line: number, code: string, message: string}} problem
   */
  warn(file, problem) {
    this.warnings += 1;
    this.#tell(`${file}:${problem.line}`, this.#paint.yellow(this.#say.warning), problem);
  }

  /**
   * The closing lines.
   * @param {import('./read/events.js').EventIndex | null} events
   */
  close(events) {
    const say = this.#say;
    if (this.#hidden) {
      const codes = [...this.#codes].map(([code, count]) => `${code} ${say.number(count)}`);
      this.#print(`${say.notShown(this.#hidden, say.list(codes))}\n`);
    }
    if (events) this.#print(`${say.closingEvents(events)}\n`);
    const others = [...this.#statuses].filter(([status]) => status !== 'scored');
    const closing = say.closing({
      read: this.read,
      scored: this.scored,
      rejected: this.rejected,
      cells: this.cells,
      warnings: this.warnings,
      blank: this.blank,
      others: say.list(others.map(([status, count]) => `${say.number(count)} ${say.statuses[status]}`)),
    });
    this.#print(`${closing}\n`);
  }

  /**
   * @param {string} place
   * @param {string} kind
   * @param {{code: string, message: string}} problem
   */
  #tell(place, kind, { code, message }) {
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (this.#shown >= this.#limit) {
      this.#hidden += 1;
      return;
    }
    this.#shown += 1;
    this.#print(`${place}: ${kind} ${code}: ${safe(message)}\n`);
  }
}
