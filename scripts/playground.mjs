/**
 * Bundles the playground, from playground/, into the page that www/ serves: www/index.html and what it loads, in www/app.
 * A sentence that is missing in one of the languages stops it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, stop } from './shell.mjs';

export async function buildPlayground() {
  const { build } = await import('vite'); // not there before the set-up
  const { SENTENCES, VALUES } = await import('../playground/sentences.js');
  const { BUILDING } = await import('../playground/build/sentences.js');
  const missing = Object.entries({ ...SENTENCES, ...BUILDING, ...VALUES }).filter(([, pair]) => pair.length !== 2 || pair.some((text) => !text?.trim()));
  if (missing.length > 0) stop(`The playground says these in one language only: ${missing.map(([key]) => key).join(', ')}.`);
  rmSync(join(root, 'www', 'app'), { recursive: true, force: true });
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
