// Writes text to standard output or a file, waiting when the other end is slow, and stops quietly when it goes away.
// It does not know what it writes.

import { createWriteStream } from 'node:fs';
import { UsageError } from '../host.js';

/** Small writes are gathered up to this many characters. */
const GATHERED = 64 * 1024;

export class Sink {
  #stream;
  #gathered = '';
  #owned;
  /** Whether the reader of the output went away, as `head` does when it has enough. */
  closed = false;
  /** @type {Error | null} */
  #failure = null;

  /**
   * @param {import('../host.js').Output | import('node:fs').WriteStream} stream
   * @param {boolean} owned whether to end it
   */
  constructor(stream, owned) {
    this.#stream = stream;
    this.#owned = owned;
    this.#stream.on('error', this.#failed);
  }

  #failed = (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') this.closed = true;
    else this.#failure ??= error;
  };

  /** @param {string} text */
  async write(text) {
    this.#gathered += text;
    if (this.#gathered.length >= GATHERED) await this.flush();
  }

  async flush() {
    const text = this.#gathered;
    this.#gathered = '';
    if (text === '' || this.closed) return;
    await new Promise((resolve) => {
      this.#stream.write(text, (/** @type {Error | null | undefined} */ error) => {
        if (error) this.#failed(error);
        resolve(undefined);
      });
    });
    this.#throwFailure();
  }

  async end() {
    await this.flush();
    if (this.#owned) {
      const file = /** @type {import('node:fs').WriteStream} */ (this.#stream);
      await new Promise((resolve) => {
        file.once('close', () => resolve(undefined));
        file.end();
      });
    }
    this.#throwFailure();
  }

  #throwFailure() {
    if (this.#failure) throw new UsageError(`the output cannot be written: ${this.#failure.message}`);
  }
}

/**
 * @param {string | undefined} file
 * @param {import('../host.js').Output} stdout
 * @returns {Promise<Sink>}
 */
export async function openSink(file, stdout) {
  if (file === undefined || file === '-') return new Sink(stdout, false);
  const stream = createWriteStream(file);
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', (error) => reject(new UsageError(`\`${file}\` cannot be written: ${error.message}`)));
  });
  return new Sink(stream, true);
}
