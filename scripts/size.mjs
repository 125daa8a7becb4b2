/**
 * Holds what a browser downloads against budget.json, and what is shipped against telling of the
 * machine that built it. It measures what is built and builds nothing.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { root, stop } from './shell.mjs';

/** Where compilers and package managers live: none of it belongs into the engine. */
const MACHINE = [/\/root\//, /\/home\//, /\/Users\//, /\\Users\\/, /registry\/src/, /index\.crates\.io/];

/** What a browser downloads to take models, and what to take a compiled program. */
const builds = ['full', 'runtime'];
const { budget, editor, goal, playground, tracker } = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));

const problems = [];
for (const name of [...builds, 'server']) {
  const told = MACHINE.filter((pattern) => pattern.test(wasm(name).toString('latin1')));
  if (told.length > 0) problems.push(`The ${name} build tells of the machine that built it: ${told.join(', ')}.`);
}
for (const name of builds) {
  const excess = weigh(name, { wasm: wasm(name), js: bundled(name) }) - budget[name];
  if (excess > 0) problems.push(`The ${name} build is ${excess} bytes larger than budget.json allows.`);
}
weighTracker();
weighPlayground();
weighEditor();
if (problems.length > 0) stop(problems.join('\n'));

/** @param {string} name */
function wasm(name) {
  return readFileSync(join(root, 'pkg', 'wasm', name, 'leadscore_bg.wasm'));
}

/**
 * The JavaScript as a bundler ships it to browsers, with the engine as a file beside it.
 * @param {string} name
 */
function bundled(name) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'pkg', 'entries', name, 'browser.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

/**
 * Prints the sizes; the answer is the sum after gzip.
 * @param {string} name
 * @param {Record<string, Buffer>} parts
 */
function weigh(name, parts) {
  const sum = { gzip: 0, brotli: 0 };
  console.log(`  ${name}`);
  for (const [part, bytes] of Object.entries(parts)) {
    const [gzip, brotli] = [gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
    sum.gzip += gzip;
    sum.brotli += brotli;
    console.log(`    ${part.padEnd(4)} ${kilobytes(bytes.length)} raw ${kilobytes(gzip)} gzip ${kilobytes(brotli)} brotli`);
  }
  console.log(`    sum ${kilobytes(sum.gzip)} gzip ${kilobytes(sum.brotli)} brotli, budget ${kilobytes(budget[name])} gzip, goal ${kilobytes(goal[name])}`);
  return sum.gzip;
}

/** The tracker, without what it loads on demand. */
function weighTracker() {
  const file = readFileSync(join(root, 'pkg', 'dist', 'tracker.js'));
  const found = { minified: file.length, gzip: gzipSync(file, { level: 9 }).length };
  console.log(`  tracker\n    sum ${kilobytes(found.gzip)} gzip ${kilobytes(found.minified)} minified, budget ${kilobytes(tracker.gzip)} gzip`);
  for (const measure of /** @type {const} */ (['minified', 'gzip'])) {
    const excess = found[measure] - tracker[measure];
    if (excess > 0) problems.push(`The tracker is ${excess} bytes larger (${measure}) than budget.json allows.`);
  }
}

/** What the playground needs before its first score: the page, what it loads with it, and the first story. */
function weighPlayground() {
  const page = readFileSync(join(root, 'www', 'index.html'), 'utf8');
  const linked = [...page.matchAll(/(?:src|href)="\.\/(app\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file);
  const story = readdirSync(join(root, 'www', 'app')).filter((file) => /^agency-.*\.js$/.test(file)).map((file) => `app/${file}`);
  const gzip = [...linked, ...story].reduce((sum, file) => sum + gzipSync(readFileSync(join(root, 'www', file)), { level: 9 }).length, 0);
  console.log(`  playground\n    sum ${kilobytes(gzip)} gzip, budget ${kilobytes(playground)} gzip`);
  if (linked.length < 2) problems.push('The page of the playground loads nothing: it was not built.');
  if (gzip > playground) problems.push(`The first load of the playground is ${gzip - playground} bytes larger than budget.json allows.`);
}

/** What the playground loads when a model is opened as JSON. */
function weighEditor() {
  const files = readdirSync(join(root, 'www', 'app')).filter((file) => /^(json|editor)-.*\.js$/.test(file));
  const gzip = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, 'www', 'app', file)), { level: 9 }).length, 0);
  console.log(`  JSON editor of the playground\n    sum ${kilobytes(gzip)} gzip, budget ${kilobytes(editor)} gzip`);
  if (files.length < 2) problems.push('The JSON editor is no part of its own any more: the first load may carry it.');
  if (gzip > editor) problems.push(`The JSON editor is ${gzip - editor} bytes larger than budget.json allows.`);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
