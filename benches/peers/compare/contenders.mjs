/** Who is compared: leadscore, and whoever has a file in peers/. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {import('../contender.js').Contender & { id: string, file: string }} Contender */

export const folder = fileURLToPath(new URL('..', import.meta.url));

/** The one whose times are the unit of the others'. */
export const UNIT = 'generated';

/** How a contender gets at a .wasm file, here and in the process of a cold start. */
export const io = {
  /** @param {string} path absolute, or within node_modules */
  wasm(path) {
    const places = isAbsolute(path) ? [path] : ['.', '../..'].map((place) => join(folder, place, 'node_modules', path));
    return new Uint8Array(readFileSync(places.find((file) => existsSync(file)) ?? places[0]));
  },
};

/**
 * @param {string[]} [only] names of files, without `.mjs`, beside the one that is the unit; default: all
 * @returns {Promise<Contender[]>}
 */
export async function contenders(only) {
  const peers = readdirSync(join(folder, 'peers')).filter((file) => file.endsWith('.mjs'));
  const files = ['leadscore.mjs', ...peers.map((file) => join('peers', file))].map((file) => join(folder, file));
  const chosen = files.filter((file) => !only || [UNIT, ...only].includes(basename(file, '.mjs')));
  return Promise.all(chosen.map(async (file) => ({ ...(await import(pathToFileURL(file).href)), id: basename(file, '.mjs'), file })));
}
