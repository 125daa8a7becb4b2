/** The handler behind `node:http`, which speaks of requests in a way of its own. */

/** @type {typeof import('../edge-node.js').nodeListener} */
export function nodeListener(fetch) {
  return async (incoming, outgoing) => {
    try {
      const { method = 'GET', url = '/', headers, rawHeaders } = incoming;
      const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, n) => /** @type {[string, string]} */ ([rawHeaders[2 * n], rawHeaders[2 * n + 1]]));
      const body = method === 'GET' || method === 'HEAD' ? undefined : /** @type {any} */ (incoming);
      // The address serves to tell paths apart, no more: whoever asks can say any host.
      const address = new URL(url.replace(/^\/+/, '/'), `http://${URL.canParse(`http://${headers.host}`) ? headers.host : 'localhost'}`);
      const init = /** @type {RequestInit} */ ({ method, headers: pairs, body, duplex: 'half' });
      const answer = await fetch(new Request(address, init));
      // Of a body that is too long the rest is not read, so nothing else can come on this connection.
      const closing = incoming.complete ? {} : { connection: 'close' };
      outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...closing });
      outgoing.end(new Uint8Array(await answer.arrayBuffer()));
    } catch {
      if (!outgoing.headersSent) outgoing.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      outgoing.end('expected a request that can be read\n');
    }
  };
}
