/** What a browser downloads to score: the contender's own JavaScript, bundled and minified, and its WebAssembly. */
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { folder, io } from './contenders.mjs';

/**
 * In bytes, after gzip.
 * @param {import('./contenders.mjs').Contender} contender
 */
export function download({ sizeEntry, sizeWasm = [] }) {
  const { outputFiles } = buildSync({
    stdin: { contents: sizeEntry, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  const files = [outputFiles[0].contents, ...sizeWasm.map(io.wasm)];
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}
