/**
 * Serves www/ as a static host would, with the package under /leadscore/ and the models of the page.
 * Bound to this machine only; no request leaves it.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { root } from './shell.mjs';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webm': 'video/webm',
  '.vtt': 'text/vtt; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
});

/** What the first segment of an address shows; anything else is the page's. */
const FOLDERS = { leadscore: 'pkg' };

/** As strict as the page promises to be; a static host should send the same. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
};

/**
 * @param {number} port the first one tried; 0 for any
 * @param {Record<string, string>} [more] folders of the project beside those of the page
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} [first] answers what it says is its own
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve(port, more, first) {
  const folders = new Map(Object.entries({ ...FOLDERS, ...more }));
  for (;;) {
    const server = createServer((request, response) => {
      if (!first?.(request, response)) answer(request, fileAt(request.url ?? '/', folders), response);
    });
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined));
      });
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close().closeAllConnections() };
    } catch (cause) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
      if (code !== 'EADDRINUSE' || port >= 65535) throw cause;
      port += 1;
    }
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string | null} file
 * @param {import('node:http').ServerResponse} response
 */
function answer(request, file, response) {
  if (!file) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here\n');
  if (file.endsWith(sep)) return void response.writeHead(308, { location: request.url?.replace(/(?=\?|$)/, '/') }).end();
  const { size } = statSync(file);
  const part = partOf(request.headers.range, size);
  const { start, end } = part ?? { start: 0, end: size - 1 };
  response.writeHead(part ? 206 : 200, {
    ...HEADERS,
    ...(part && { 'content-range': `bytes ${start}-${end}/${size}` }),
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
  });
  pipeline(createReadStream(file, part ?? {}), response, () => {}); // a visitor who leaves meanwhile is no error
}

/**
 * Which bytes are asked for, when not all: a video is wound forward so.
 * @param {string | undefined} range
 * @param {number} size
 */
function partOf(range, size) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!asked) return null;
  const [start, end] = [Number(asked[1]), Math.min(Number(asked[2] || size), size - 1)];
  return start > end ? null : { start, end };
}

/**
 * The file that an address shows, if there is one; a folder is its index.html, or ends in a slash where the address does not.
 * @param {string} address
 * @param {Map<string, string>} folders
 */
function fileAt(address, folders) {
  try {
    const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
    const [, first, ...rest] = path.split(sep);
    const folder = join(root, folders.get(first) ?? 'www');
    const file = folders.has(first) ? join(folder, ...rest) : join(folder, path);
    if (!`${file}${sep}`.startsWith(folder + sep)) return null;
    if (!statSync(file).isDirectory()) return file;
    const index = join(file, 'index.html');
    return !statSync(index).isFile() ? null : path.endsWith(sep) ? index : `${file}${sep}`;
  } catch {
    return null; // no address, or no file
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await serve(Number(process.env.PORT ?? 8080));
  console.log(`www is served at ${url}`);
}
