// A progress bar on a terminal for inputs that take a while; elsewhere, nothing at all.
// Lines about problems go through it, so that they do not tear the bar.

import cliProgress from 'cli-progress';

/** Smaller files are done before a bar could be read. */
const LONG_BYTES = 2 * 1024 * 1024;

/**
 * @typedef {object} Progress
 * @property {(bytes: number) => void} advance
 * @property {(text: string) => void} print
 * @property {() => void} stop
 */

/**
 * @param {import('../host.js').Host} host
 * @param {number | null} size of the input in bytes
 * @param {boolean} elsewhere whether results go somewhere else than to the same terminal
 * @param {string} label
 * @returns {Progress}
 */
export function progress({ stderr }, size, elsewhere, label) {
  const plain = { advance: () => {}, print: (/** @type {string} */ text) => void stderr.write(text), stop: () => {} };
  if (!stderr.isTTY || !elsewhere || size === null || size < LONG_BYTES) return plain;

  const bars = new cliProgress.MultiBar(
    {
      stream: stderr,
      format: `${label} {bar} {percentage}% · {eta_formatted}`,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 30,
    },
    cliProgress.Presets.shades_grey,
  );
  const bar = bars.create(size, 0);
  let stopped = false;
  return {
    advance: (bytes) => bar.increment(bytes),
    print: (text) => (stopped ? void stderr.write(text) : bars.log(text)),
    stop() {
      if (stopped) return;
      stopped = true;
      // Lines given to the bar come out at its next drawing.
      bars.update();
      bars.stop();
    },
  };
}

/**
 * @param {AsyncIterable<Uint8Array>} bytes
 * @param {(bytes: number) => void} advance
 */
export async function* counted(bytes, advance) {
  for await (const chunk of bytes) {
    advance(chunk.length);
    yield chunk;
  }
}
