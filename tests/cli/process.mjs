// Runs the command as people do: a process of its own, with the engine as it is shipped.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../pkg/cli/main.js', import.meta.url));

/**
 * @param {string[]} args
 * @param {{stdin?: string | Buffer | AsyncIterable<string>, node?: string[], env?: Record<string, string>}} [options]
 * @returns {Promise<{code: number | null, signal: string | null, stdout: string, stderr: string}>}
 */
export async function command(args, { stdin = '', node = [], env = {} } = {}) {
  const child = spawn(process.execPath, [...node, MAIN, ...args], { env: { PATH: process.env.PATH ?? '', ...env } });
  const stdout = collected(child.stdout);
  const stderr = collected(child.stderr);
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  if (typeof stdin === 'string' || Buffer.isBuffer(stdin)) {
    child.stdin.end(stdin);
  } else {
    for await (const text of stdin) {
      if (!child.stdin.write(text)) await drained(child.stdin);
    }
    child.stdin.end();
  }
  const { code, signal } = /** @type {{code: number | null, signal: string | null}} */ (await ended);
  return { code, signal, stdout: stdout(), stderr: stderr() };
}

/**
 * Waits until more can be written, or nothing ever will.
 * @param {import('node:stream').Writable} stream
 */
function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve(undefined);
    };
    stream.on('drain', done).on('close', done);
  });
}

/** @param {NodeJS.ReadableStream} stream */
function collected(stream) {
  /** @type {Buffer[]} */
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
