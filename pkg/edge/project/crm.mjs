/**
 * A stand-in for the CRM, to see what arrives: it takes signed leads, each once, and prints them. `GET /leads` lists what it has, for
 * `npx leadscore reconcile`. What it has is gone when it ends.
 */
import { createServer } from 'node:http';
import process from 'node:process';
import { Webhook } from 'standardwebhooks';

process.loadEnvFile('.dev.vars');
const verifier = new Webhook(String(process.env.CRM_SECRET));
const { port } = new URL(String(process.env.CRM_URL));
/** @type {Map<string, any>} */
const leads = new Map();

createServer(async (request, response) => {
  if (request.method === 'GET') {
    const list = [...leads.values()].map(({ id, score }) => ({ id, score: score.value }));
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list));
  }
  try {
    const { data } = /** @type {any} */ (verifier.verify((await request.toArray()).join(''), /** @type {any} */ (request.headers)));
    const { score, facts } = data;
    leads.set(data.id, data);
    console.log([score.grade ?? '–', score.value, facts.contact?.name ?? facts.contact?.email, facts.company?.name, score.reasons.join('; ')].filter(Boolean).join('  '));
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(Number(port), () => console.log(`The CRM listens at ${process.env.CRM_URL}`));
