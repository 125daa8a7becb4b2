// A small world for the command line: files in a directory of their own, streams in memory, and a scorer whose
// answers are easy to foresee, for the tests that are about the command line and not about scores.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { run } from '../../pkg/cli/program.js';

/** The smallest model with a bit of everything that a column can feed. */
export const MODEL = {
  format: 1,
  id: 'demo',
  attributes: {
    'company.employees': { type: 'integer', label: { en: 'Company size', fr: 'Taille de l’entreprise' } },
    'company.country': { type: 'text' },
    revenue: { type: 'number' },
    optin: { type: 'boolean' },
    since: { type: 'date' },
    tools: { type: 'list' },
  },
  dimensions: [{ id: 'fit', groups: [{ id: 'size', rules: [{ id: 'big', when: { 'company.employees': { $gte: 10 } }, points: 5 }] }] }],
  total: { labels: [{ id: 'hot', from: 5 }, { id: 'cold' }] },
};

/**
 * Writes files, removed at the end of the test file; gives a function from name to path.
 * @param {Record<string, string | Buffer | object>} contents objects are written as JSON
 */
export function files(contents) {
  const directory = mkdtempSync(join(tmpdir(), 'leadscore-cli-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(contents)) {
    const raw = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(join(directory, name), raw);
  }
  return (/** @type {string} */ name) => join(directory, name);
}

/**
 * Runs the program inside this process.
 * @param {string[]} args
 * @param {{stdin?: string | Buffer, chunk?: number, engine?: any, env?: Record<string, string>, tty?: boolean, errTty?: boolean, columns?: number}} [options]
 */
export async function cli(args, { stdin = '', chunk = 65536, engine = foreseeable().engine, env = {}, tty = false, errTty = tty, columns = 80 } = {}) {
  const out = output(tty, columns);
  const err = output(errTty, columns);
  const code = await run(args, {
    stdin: chunks(stdin, chunk),
    stdout: /** @type {any} */ (out),
    stderr: /** @type {any} */ (err),
    env,
    engine: async () => engine,
  });
  return { code, stdout: out.text, stderr: err.text, lines: out.text.split(/\r?\n/).slice(0, -1) };
}

/**
 * @param {string | Buffer} text
 * @param {number} size
 */
export async function* chunks(text, size) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/**
 * An engine that gives every lead 1, or as many points as it has events, and remembers what it was asked.
 */
export function foreseeable() {
  /** @type {{facts: any, options: any}[]} */
  const asked = [];
  const scorer = {
    model: { id: 'demo', version: null },
    free() {},
    /** @param {any} facts @param {any} options */
    score(facts, options) {
      asked.push({ facts: JSON.parse(JSON.stringify(facts)), options });
      if (facts.fail) throw Object.assign(new Error('expected fewer, found more'), { name: 'LeadscoreError', code: 'too-much', path: 'fail' });
      const warnings = facts.doubt ? [{ severity: 'warning', code: 'unexpected-type', path: 'facts.doubt', message: 'expected a number', suggestion: null }] : [];
      const told = { ...result({ value: options.events?.length ?? 1, status: facts.status ?? 'scored', lang: options.lang }), warnings };
      return { ...told, toJSON: () => told };
    },
  };
  return { asked, engine: { init: async () => {}, check: () => [], createScorer: () => scorer } };
}

/**
 * @param {{value: number, status: string, lang?: string}} of
 */
function result({ value, status, lang }) {
  return {
    model: { id: 'demo', version: null },
    status,
    asOf: null,
    value,
    raw: value,
    labels: { total: value >= 5 ? 'hot' : 'cold' },
    grade: '=A1',
    stage: null,
    route: { id: '@sales', queue: null, owner: null, action: null, text: null },
    dimensions: { fit: { value: -value, raw: -value } },
    coverage: 0.5,
    ...(lang ? { reasons: [{ code: 'rule:big', value, text: '+1 because, well' }] } : {}),
  };
}

/**
 * @param {boolean} isTTY
 * @param {number} columns
 */
function output(isTTY, columns) {
  return {
    text: '',
    isTTY,
    columns,
    /** @param {string} text @param {() => void} [done] */
    write(text, done) {
      this.text += text;
      done?.();
      return true;
    },
    on() {},
    once() {},
    off() {},
  };
}
