/**
 * Bundles the playground, from playground/, into the page that www/ serves: www/index.html and what it loads, in www/app.
 * A sentence that is missing in one of the languages stops it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root, stop } from './shell.mjs';

const [out, turn] = [join(root, 'www', 'app'), join(root, 'www', '.building')];
/** What the bundle of the playground is made of. */
const SOURCES = ['playground', 'www/models', 'www/demo/french.js', 'pkg/src', 'pkg/entries', 'pkg/wasm', 'pkg/model.schema.json', 'package-lock.json', 'scripts/playground.mjs'];
/** A build that was cut off has left its turn behind after this many milliseconds. */
const CUT_OFF = 120_000;

/** Every table of sentences: parts that are loaded on demand have a `sentences.js` of their own. */
export async function tablesOfSentences() {
  const files = filesIn('playground').filter((file) => /[\\/]sentences\.js$/.test(file));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(root, file)).href)));
  return modules.flatMap((module) => /** @type {Record<string, readonly string[]>[]} */ (Object.values(module)));
}

/**
 * What is said in one language only, or fills in other values in one than in the other.
 * @param {Record<string, readonly string[]>[]} tables
 */
export function halfSaid(tables) {
  const places = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  const whole = (/** @type {readonly string[]} */ pair) => pair.length === 2 && pair.every((text) => text?.trim()) && places(pair[0]) === places(pair[1]);
  return tables.flatMap((table) => Object.entries(table).flatMap(([key, pair]) => (whole(pair) ? [] : [key])));
}

/** Builds it unless what is there was made of the same; one process at a time, as tests run side by side. */
export async function buildPlayground() {
  const missing = halfSaid(await tablesOfSentences());
  if (missing.length > 0) stop(`The playground says these in one language only: ${missing.join(', ')}.`);
  const mark = join(out, 'made-of.txt');
  const made = madeOf();
  const done = () => existsSync(join(root, 'www', 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === made;
  while (!done()) {
    try {
      mkdirSync(turn);
    } catch {
      if (existsSync(turn) && Date.now() - statSync(turn).mtimeMs > CUT_OFF) rmSync(turn, { recursive: true });
      await pause(100);
      continue;
    }
    try {
      await bundle();
      await bundleElement();
      writeOffline();
      writeFileSync(mark, made);
    } finally {
      rmSync(turn, { recursive: true });
    }
  }
}

function madeOf() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn)) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** @param {string} path of a file or a folder @returns {string[]} */
function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const found = readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map((entry) => join(entry.parentPath.slice(root.length), entry.name)).sort();
}

/** The service worker with the files that it keeps, and a version that is another with every other file. */
function writeOffline() {
  const files = ['index.html', 'icon.svg', ...readdirSync(out).map((file) => `app/${file}`)].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, 'www', file)));
  const kept = files.map((file) => (file === 'index.html' ? './' : `./${file}`));
  const head = `globalThis.built = ${JSON.stringify({ version: hash.digest('hex').slice(0, 16), files: kept }, null, 1)};\n`;
  writeFileSync(join(root, 'www', 'sw.js'), head + readFileSync(join(root, 'playground', 'offline.js'), 'utf8'));
}

/** The element is one file, to be put on any server. */
async function bundleElement() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(root, 'playground', 'embed', 'lead-score.js')],
    outfile: join(root, 'www', 'lead-score.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
}

async function bundle() {
  const { build } = await import('vite'); // not there before the set-up
  rmSync(out, { recursive: true, force: true });
  await build({
    root: join(root, 'playground'),
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: {
      outDir: join(root, 'www'),
      emptyOutDir: false,
      assetsDir: 'app',
      assetsInlineLimit: 0,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
    },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildPlayground();
