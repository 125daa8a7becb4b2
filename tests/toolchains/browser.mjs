/**
 * One headless browser for all the pages, and a server for those that are only files. A page answers by its
 * title; whatever else goes wrong in it is an answer, too.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { launch } from '../../scripts/browser.mjs';

const TYPES = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' });

/** @type {Promise<import('puppeteer-core').Browser> | undefined} */
let browser;

export async function closeBrowser() {
  await (await browser)?.close();
  browser = undefined;
}

export async function browserVersion() {
  return (await (await (browser ??= launch())).version()).replace('/', ' ');
}

/**
 * What a page answers.
 * @param {string} url
 */
export async function answerOf(url) {
  const page = await (await (browser ??= launch())).newPage();
  const problems = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const asked = message.location().url?.endsWith('/favicon.ico'); // by the browser, not by the page
    if (message.type() === 'error' && !asked) problems.push(message.text());
  });
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title, { timeout: 30_000 }).catch(() => problems.push('no answer'));
    return [await page.title(), ...problems].join('\n');
  } finally {
    await page.close();
  }
}

/**
 * What a page answers that is only files.
 * @param {string} folder
 * @param {Record<string, string>} [headers]
 */
export async function answerIn(folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(String(request.url), 'http://localhost').pathname);
    const file = join(folder, path === sep ? 'index.html' : path);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    return await answerOf(`http://127.0.0.1:${port}/`);
  } finally {
    server.close().closeAllConnections();
  }
}
