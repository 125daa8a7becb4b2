/**
 * Writes pkg/dist: the tracker as one small file, for pages without a bundler, as a module and as a plain script, and beside it
 * what it loads on demand. Terser after esbuild, as it saves another twentieth.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './shell.mjs';

const from = join(root, 'pkg', 'tracker');
export const dist = join(root, 'pkg', 'dist');

/** @type {{ name: string, entry: string, format: 'esm' | 'iife' }[]} */
const files = [
  { name: 'tracker.js', entry: 'index.js', format: 'esm' },
  { name: 'tracker.iife.js', entry: 'auto.js', format: 'iife' },
  { name: 'scoring.js', entry: 'scoring.js', format: 'esm' },
];

export async function buildTracker() {
  // Not there before set-up, which is run from the same process.
  const [{ buildSync }, { minify }] = await Promise.all([import('esbuild'), import('terser')]);
  mkdirSync(dist, { recursive: true });
  for (const { name, entry, format } of files) {
    const external = ['leadscore/runtime', ...(entry === 'scoring.js' ? [] : ['./scoring.js'])];
    const { outputFiles } = buildSync({ entryPoints: [join(from, entry)], bundle: true, format, external, write: false });
    const module = format === 'esm';
    const { code = '' } = await minify(outputFiles[0].text, { module, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } });
    writeFileSync(join(dist, name), code);
  }
  writeFileSync(join(dist, 'tracker.d.ts'), "export * from '../tracker.js';\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildTracker();
