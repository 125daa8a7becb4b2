/**
 * How long a fresh process takes to its first score: code loaded, model compiled unless that was done
 * ahead of time, one lead scored. Each contender is one bundled file, as it is shipped to an edge worker,
 * so that looking for modules is no part of it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { leads } from '../workload/leads.mjs';
import { model } from '../workload/model.mjs';
import { folder } from './contenders.mjs';
import { median } from './speed.mjs';

/** @typedef {import('./contenders.mjs').Contender} Contender */

const script = fileURLToPath(new URL('./first-score.mjs', import.meta.url));
const NOTHING = `export const load = async () => ({ score: () => 0 });`;

/**
 * In milliseconds of the processor, less what a process takes that scores nothing.
 * @param {Contender[]} contenders
 * @param {number} rounds
 * @returns {Promise<Map<Contender, number>>}
 */
export async function coldStarts(contenders, rounds) {
  const place = mkdtempSync(join(tmpdir(), 'leadscore-peers-'));
  try {
    const task = join(place, 'task.json');
    writeFileSync(task, JSON.stringify({ model, lead: leads(1)[0] }));
    const nothing = join(place, 'nothing.mjs');
    writeFileSync(nothing, NOTHING);
    const start = (/** @type {string[]} */ files) => Number(execFileSync(process.execPath, [script, task, ...files], { encoding: 'utf8' }));

    const shipped = await Promise.all(contenders.map((contender) => ship(contender, place)));
    /** @type {number[][]} */
    const times = contenders.map(() => []);
    /** @type {number[]} */
    const empty = [];
    for (let i = 0; i < rounds; i++) {
      empty.push(start([nothing]));
      shipped.forEach((files, c) => times[c].push(start(files)));
    }
    return new Map(contenders.map((contender, c) => [contender, median(times[c]) - median(empty)]));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/**
 * The code as one file and, of a contender that compiles ahead of time, the compiled model.
 * @param {Contender} contender
 * @param {string} place
 */
async function ship({ id, file, compile }, place) {
  const outdir = join(place, id);
  buildSync({
    stdin: { contents: `export { load } from ${JSON.stringify(file)}`, resolveDir: folder },
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting: true, // what compiles ahead of time is a file of its own, and stays behind
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    // Packages in the older format ask for the modules of Node by `require`.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
  const bundle = join(outdir, 'stdin.mjs');
  if (!compile) return [bundle];
  const program = join(outdir, 'program');
  writeFileSync(program, await compile(model));
  return [bundle, program];
}
