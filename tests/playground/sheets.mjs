/** What the tests of many leads share: files to drop, numbers that are always the same, columns by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Column } from '../../playground/table/column.js';
import { start, stopped } from './page.mjs';

/** @type {string} */
let folder;
before(async () => {
  await start();
  folder = mkdtempSync(join(tmpdir(), 'leadscore-'));
});
after(async () => {
  await stopped();
  if (folder) rmSync(folder, { recursive: true });
});

/** @param {string} name @param {string | Uint8Array} content */
export function file(name, content) {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** @param {import('puppeteer-core').Page} page @param {string} path @param {string} [button] */
export async function drop(page, path, button = '#csv') {
  await page.waitForSelector(button);
  const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$(button));
  await input.uploadFile(path);
}

/** Numbers that are always the same. @param {number} seed */
export function chances(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** @param {string[]} cells */
export function column(cells) {
  const one = new Column();
  for (const cell of cells) one.push(cell);
  one.end();
  return one;
}
