/**
 * Holds what a browser downloads against budget.json, and what is shipped against telling of the
 * machine that built it. It measures what is built and builds nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { root, stop } from './shell.mjs';

/** Where compilers and package managers live: none of it belongs into the engine. */
const MACHINE = [/\/root\//, /\/home\//, /\/Users\//, /\\Users\\/, /registry\/src/, /index\.crates\.io/];

const wasm = readFileSync(join(root, 'pkg', 'wasm', 'leadscore_bg.wasm'));
const told = MACHINE.filter((pattern) => pattern.test(wasm.toString('latin1')));
const excess = overBudget({ wasm, js: bundled() });

if (told.length > 0) stop(`The engine tells of the machine that built it: ${told.join(', ')}.`);
if (excess > 0) stop(`The build is ${excess} bytes larger than budget.json allows.`);

/** The JavaScript as a bundler ships it to browsers, with the engine as a file beside it. */
function bundled() {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'pkg', 'entries', 'browser.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

/**
 * Prints the sizes; the answer is how many bytes are too many.
 * @param {Record<string, Buffer>} parts
 */
function overBudget(parts) {
  let total = 0;
  for (const [name, bytes] of Object.entries(parts)) {
    const brotli = brotliCompressSync(bytes).length;
    total += brotli;
    console.log(`  ${name.padEnd(4)} ${kilobytes(bytes.length)} raw ${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzip ${kilobytes(brotli)} brotli`);
  }
  const { full: budget, goal } = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
  console.log(`  full ${kilobytes(total)} brotli, budget ${kilobytes(budget)}, goal ${kilobytes(goal)}`);
  return total - budget;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
