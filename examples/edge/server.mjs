/**
 * A form, the outbox, and a CRM that can be switched off, on this machine: `node examples/edge/server.mjs`, then http://127.0.0.1:8787/.
 * Nothing leaves it. What has to be changed for a website of one's own is marked with `→`.
 */
import { createServer } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'libsql'; // → of Node 22 and Deno: DatabaseSync of `node:sqlite`
import { createScorer } from 'leadscore';
import { createLeadHandler, createOutbox, sqliteStore, webhook } from 'leadscore/edge';
import { nodeListener } from 'leadscore/edge/node';

const port = Number(process.env.PORT ?? 8787);
const site = `http://127.0.0.1:${port}`;
const folder = process.env.FOLDER ?? join(tmpdir(), 'leadscore-edge-example');
mkdirSync(folder, { recursive: true });
const read = (/** @type {string} */ name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const model = JSON.parse(read('model.json'));

const outbox = createOutbox({
  store: sqliteStore(new Database(join(folder, 'leads.db'))),
  // → hubspot({ token }), salesforce({ … }), or several
  destinations: { crm: webhook({ url: `${site}/crm`, secret: `whsec_${btoa('an example, and no secret at all')}` }) },
  log: (entry) => console.log(JSON.stringify(entry)),
  // → leave these out: half a minute, and 15 seconds
  probe: 5000,
  timeout: 2000,
});
outbox.start();

const handler = createLeadHandler({
  model: createScorer(model),
  attributes: model.attributes,
  lang: 'en',
  sites: [site], // → the origins of the website
  secret: 'an example, which nobody should use for anything else', // → process.env.LEAD_SECRET
  outbox,
  thanks: '/',
});
const leads = nodeListener(handler.fetch);

/** The CRM: it keeps what it is sent by its id, as long as it is switched on. */
const crm = { on: true, rows: new Map() };
const escaped = (/** @type {unknown} */ text) => String(text ?? '').replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** What a salesperson sees. */
async function page() {
  const { counts } = (await outbox.report()).destinations.crm;
  const rows = [...crm.rows.values()].map(({ facts, score }) => {
    const { contact = {}, company = {} } = facts;
    return [score.grade, score.value, contact.name ?? contact.email, company.name, score.reasons.join('; ')].map((cell) => `<td>${escaped(cell)}</td>`).join('');
  });
  return read('page.html')
    .replace('<!--counts-->', () => escaped(Object.entries(counts).map(([state, count]) => `${count} ${state}`).join(', ')))
    .replace('<!--switch-->', () => (crm.on ? 'Switch the CRM off' : 'Switch the CRM on'))
    .replace('<!--rows-->', () => rows.map((row) => `<tr>${row}</tr>`).join('\n'));
}

createServer(async (request, response) => {
  const path = `${request.method} ${request.url}`;
  if (path === 'POST /lead') return leads(request, response);
  if (path === 'POST /crm') {
    const { data } = JSON.parse((await request.toArray()).join(''));
    if (crm.on) crm.rows.set(data.id, data);
    return response.writeHead(crm.on ? 204 : 503).end();
  }
  if (path === 'POST /switch') {
    crm.on = !crm.on;
    return response.writeHead(303, { location: '/' }).end();
  }
  if (path !== 'GET /') return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await page());
}).listen(port, '127.0.0.1', () => console.log(`${site}/`));
