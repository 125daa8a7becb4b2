// What the program needs of the world around it, as one argument, so that tests can hand in another world.
// It is not an abstraction over Node: files are read with node:fs where they are read.

/**
 * @typedef {object} Output
 * @property {(text: string, done?: (error?: Error | null) => void) => boolean} write
 * @property {(event: string, listener: (...args: any[]) => void) => unknown} on
 * @property {(event: string, listener: (...args: any[]) => void) => unknown} once
 * @property {(event: string, listener: (...args: any[]) => void) => unknown} off
 * @property {boolean} [isTTY]
 * @property {number} [columns]
 */

/**
 * The part of the package that the command line uses.
 * @typedef {object} Engine
 * @property {typeof import('leadscore').init} init
 * @property {typeof import('leadscore').createScorer} createScorer
 * @property {typeof import('leadscore').compileModel} compileModel
 * @property {typeof import('leadscore').check} check
 */

/**
 * @typedef {object} Host
 * @property {AsyncIterable<Uint8Array>} stdin
 * @property {Output} stdout
 * @property {Output & NodeJS.WritableStream} stderr
 * @property {Record<string, string | undefined>} env
 * @property {() => Promise<Engine>} engine
 */

/** Exit codes, the same for every command. */
export const EXIT = {
  /** Everything was done. */
  ok: 0,
  /** Something was rejected: leads, a model, a test. */
  rejected: 1,
  /** The command cannot be run as it was given. */
  usage: 2,
};

/** What was asked cannot be done: told in one line, exit code 2. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/** A document that was given is not what it must be: told in one line, exit code 1. */
export class InputError extends Error {
  /** @override */
  name = 'InputError';

  /**
   * @param {string} file
   * @param {string} code
   * @param {string} message
   * @param {readonly import('leadscore').Issue[]} [issues]
   */
  constructor(file, code, message, issues = []) {
    super(message);
    this.file = file;
    this.code = code;
    this.issues = issues;
  }
}

/**
 * Whether to colour what is written to a stream: on a terminal only, and never against `NO_COLOR`.
 * @param {Output} stream
 * @param {Host['env']} env
 */
export function coloured(stream, env) {
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}

/**
 * The language of messages: the one asked for, else the one of the machine, else English.
 * @param {import('leadscore').Language | undefined} asked
 * @param {Host['env']} env
 * @returns {import('leadscore').Language}
 */
export function language(asked, env) {
  if (asked) return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^fr([_.@]|$)/i.test(locale) ? 'fr' : 'en';
}
