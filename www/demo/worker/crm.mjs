/**
 * The CRM of the demo site: it takes signed leads, each once, and keeps them in a file. It can be switched off, and then nobody
 * answers at its address, as when a real one is down.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** @typedef {import('../../../pkg/edge.js').Lead} Lead */

/** @param {string} file one lead a line @param {string} secret of the signatures */
export async function startCrm(file, secret) {
  const { Webhook } = await import('standardwebhooks'); // not there before the set-up
  const verifier = new Webhook(secret);
  /** @type {Map<string, Lead>} */
  const leads = new Map();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  for (const line of lines.filter(Boolean)) leads.set(JSON.parse(line).id, JSON.parse(line));
  let requests = 0;

  const server = createServer(async (request, response) => {
    requests++;
    try {
      const body = (await request.toArray()).join('');
      const { data } = /** @type {{ data: Lead }} */ (verifier.verify(body, /** @type {any} */ (request.headers)));
      const known = leads.has(data.id);
      if (!known) appendFileSync(file, `${JSON.stringify(data)}\n`);
      leads.set(data.id, data);
      response.writeHead(known ? 409 : 201).end();
    } catch {
      response.writeHead(401).end();
    }
  });
  const listen = (/** @type {number} */ port) => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined)));
  await listen(0);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const off = () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve(undefined))));

  return {
    url: `http://127.0.0.1:${port}/`,
    leads: () => [...leads.values()],
    /** How often somebody asked for something. */
    requests: () => requests,
    isOn: () => server.listening,
    /** @param {boolean} on */
    switch: async (on) => void (on === server.listening || (await (on ? listen(port) : off()))),
    end: async () => void (server.listening && (await off())),
  };
}
