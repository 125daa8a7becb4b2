/**
 * A website for the tests, on this machine: any path is a page that runs the tracker, unless a test says what is there. It notes
 * what it is asked for, and what forms and trackers send.
 */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { root } from '../../scripts/shell.mjs';

/** The tracker as a page would start it; a test leaves its options in `window.options`. */
export const START = `<script type="module">
  import { track } from '/leadscore/tracker/index.js';
  window.tracker = track(window.options);
</script>`;

/** @typedef {{ body?: string, head?: string, headers?: Record<string, string>, script?: string, bytes?: Uint8Array }} Shown */

/** @param {Record<string, Shown>} pages by path */
export async function website(pages = {}) {
  const posts = /** @type {{ path: string, body: string }[]} */ ([]);
  const asked = /** @type {string[]} */ ([]);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += chunk;
      posts.push({ path: pathname, body });
    }
    if (pathname.startsWith('/leadscore/')) {
      const file = join(root, 'pkg', normalize(pathname.slice('/leadscore/'.length)));
      response.writeHead(200, { 'content-type': file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' });
      return createReadStream(file).on('error', () => response.end()).pipe(response);
    }
    const { head = START, body = '<p>a page', headers = {}, script, bytes } = pages[pathname] ?? {};
    if (script) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    if (bytes) return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><html lang="en"><title>a page</title>${head}<body>${body}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://localhost:${port}`, posts, asked, pages, close: () => void server.close().closeAllConnections() };
}
