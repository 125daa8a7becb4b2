/**
 * A form, an outbox in a file and a CRM, in whatever host runs this, with the SQLite that it has: see hosts.test.mjs, which reads the
 * line that this prints. The first argument is the file, the second what to do.
 */
import process from 'node:process';
import { createScorer } from 'leadscore';
import { createLeadHandler, createOutbox, sqliteStore, webhook } from 'leadscore/edge';
import { MODEL, NOW, SECRET, SITE, WEBHOOK_SECRET } from './model.mjs';

const [file, wanted] = process.argv.slice(2);

/** @returns {Promise<import('../../pkg/edge.js').SqliteDatabase>} */
async function open() {
  const host = /** @type {any} */ (globalThis);
  const [name, kind] = host.Bun ? ['bun:sqlite', 'Database'] : host.Deno ? ['node:sqlite', 'DatabaseSync'] : ['libsql', 'default'];
  const Database = (await import(name))[kind];
  return new Database(file);
}

/** @type {string[]} */
const received = [];
const outbox = createOutbox({
  store: sqliteStore(await open()),
  destinations: { crm: webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }) },
  now: () => NOW,
  fetch: async (request) => {
    received.push(`${request.headers.get('webhook-signature')} ${await request.text()}`);
    return new Response(null, { status: 204 });
  },
});
const handler = createLeadHandler({ model: createScorer(MODEL), attributes: MODEL.attributes, sites: [SITE], secret: SECRET, outbox, now: () => NOW });

if (wanted === 'post') {
  const multipart = new FormData();
  for (const [name, value] of Object.entries({ _id: 'lead-multipart', email: 'grace@frimas.test', country: 'France' })) multipart.append(name, value);
  const bodies = [
    { body: new URLSearchParams({ _id: 'lead-urlencoded', email: 'ada@frimas.test', 'company.employees': '40', country: 'FR', _next: '/thanks' }) },
    { body: JSON.stringify({ _id: 'lead-json', email: 'joan@gmail.com' }), headers: { 'content-type': 'application/json' } },
    { body: multipart },
    { body: multipart },
    { body: new URLSearchParams({ email: 'nobody' }) },
    { body: 'x'.repeat(70_000), headers: { 'content-type': 'application/json' } },
    { body: new URLSearchParams({ email: 'a@b.fr', _next: '//evil.test' }) },
  ];
  const answers = [];
  for (const { body, headers } of bodies) {
    const answer = await handler.fetch(new Request('https://edge.test/', { method: 'POST', headers: { origin: SITE, ...headers }, body }));
    answers.push([answer.status, answer.headers.get('location') ?? (await answer.text())]);
  }
  const seen = await handler.fetch(new Request('https://edge.test/'));
  console.log(JSON.stringify({ answers, cookie: seen.headers.get('set-cookie'), counts: (await outbox.report()).destinations.crm.counts }));
} else {
  const due = await outbox.drain();
  const forgotten = await handler.forget('ada@frimas.test');
  console.log(JSON.stringify({ due, received, forgotten, counts: (await outbox.report()).destinations.crm.counts }));
}
