/** The handler in the runtime of Vercel's and Netlify's edge functions, where code may not be made of texts. It has no database: leads go to a store of the host's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EdgeVM } from '@edge-runtime/vm';
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

const source = `
  import { createLeadHandler, createOutbox, memoryStore, webhook } from 'leadscore/edge';
  import { createScorer } from 'leadscore/inline';
  import { MODEL, NOW, SECRET, SITE, WEBHOOK_SECRET } from './model.mjs';

  globalThis.run = async () => {
    const sent = [];
    const outbox = createOutbox({
      store: memoryStore(),
      destinations: { crm: webhook({ url: 'https://crm.test/', secret: WEBHOOK_SECRET }) },
      now: () => NOW,
      fetch: async (request) => (sent.push((await request.json()).data.score.value), new Response(null, { status: 204 })),
    });
    const handler = createLeadHandler({ model: createScorer(MODEL), attributes: MODEL.attributes, sites: [SITE], secret: SECRET, outbox, now: () => NOW });
    const multipart = new FormData();
    multipart.append('email', 'grace@frimas.test');
    const answers = [];
    for (const body of [new URLSearchParams({ email: 'ada@frimas.test', country: 'FR' }), multipart, new URLSearchParams({ email: 'x' }), 'x'.repeat(70_000)]) {
      const headers = { origin: SITE, ...(typeof body === 'string' && { 'content-type': 'application/json' }) };
      answers.push((await handler.fetch(new Request('https://edge.test/', { method: 'POST', headers, body }))).status);
    }
    const { headers } = await handler.fetch(new Request('https://edge.test/'));
    await outbox.drain();
    return JSON.stringify({ answers, cookie: headers.has('set-cookie'), sent: sent.sort((a, b) => b - a), counts: (await outbox.report()).destinations.crm.counts });
  };`;

test('the edge runtime takes forms and delivers them', async () => {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'iife',
    write: false,
    conditions: ['edge-light'],
  });
  const runtime = new EdgeVM({ codeGeneration: { strings: false, wasm: true } });
  runtime.evaluate(outputFiles[0].text);
  assert.deepEqual(JSON.parse(await runtime.evaluate('run()')), {
    answers: [303, 303, 422, 413],
    cookie: true,
    sent: [25, 5],
    counts: { queued: 0, held: 0, sent: 2, merged: 0, dead: 0 },
  });
});
