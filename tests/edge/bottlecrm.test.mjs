/**
 * The same with a real CRM at the end: BottleCRM, behind a proxy that fails in every way. `npm run test:crm` starts it; elsewhere
 * this is skipped.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { createScorer } from 'leadscore';
import { missing, startBottleCrm } from '../../scripts/crm.mjs';
import { postAll, startRuntime } from './runtime.mjs';
import { MINUTE, MODEL, chance } from './world.mjs';

/** The intake takes 120 a minute, so a thousand are nine minutes. */
const LEADS = Number(process.env.LEADS ?? 1000);
const skip = process.env.TEST_CRM ? (missing() ? `there is no ${missing()}` : false) : 'only `npm run test:crm` starts a CRM';

/** @typedef {'up' | 'refused' | '503' | '429' | 'slow' | 'lost'} Mood */
/** @type {readonly Mood[]} */
const MOODS = ['up', 'up', 'refused', '503', '429', 'slow', 'lost'];

/** What stands before the CRM. @param {string} target */
async function startProxy(target) {
  const state = { mood: /** @type {Mood} */ ('up'), answers: /** @type {Record<string, number>} */ ({}) };
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { mood } = state;
    if (mood === 'refused') return void request.socket.destroy();
    if (mood === '503') return void response.writeHead(503).end();
    if (mood === '429') return void response.writeHead(429, { 'retry-after': '1' }).end();
    const headers = { 'content-type': 'application/json', authorization: String(request.headers.authorization) };
    const answer = await fetch(target, { method: 'POST', headers, body });
    const text = await answer.text();
    const { result = answer.status } = JSON.parse(text);
    state.answers[result] = (state.answers[result] ?? 0) + 1;
    if (mood === 'lost') return void request.socket.destroy();
    if (mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 1200));
    const wait = answer.headers.get('retry-after');
    response.writeHead(answer.status, wait ? { 'retry-after': wait } : {}).end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { state, url: `http://127.0.0.1:${port}/`, close: () => (server.closeAllConnections(), server.close()) };
}

test(`${LEADS} leads into BottleCRM, which fails in every way, from a runtime that is killed: all there, none twice`, { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leadscore-edge-'));
  const crm = await startBottleCrm(process.env.CRM_FOLDER);
  const proxy = await startProxy(crm.url);
  const runtime = await startRuntime(folder, { CRM: proxy.url, CRM_KEY: crm.key });
  try {
    const { below, once } = chance(11);
    const leads = Array.from({ length: LEADS }, (_, n) => ({
      _id: `lead-${String(n).padStart(4, '0')}`,
      name: `Ada Lovelace${n}`,
      email: `ada.${n}@frimas.test`,
      employees: String(1 + below(40)),
      country: ['FR', 'DE'][below(2)],
    }));
    const kills = await postAll(runtime, leads, { killed: () => once(80), before: () => once(25) && (proxy.state.mood = MOODS[below(MOODS.length)]) });
    const rows = () => Number(crm.sql("select count(*) from lead where external_id like 'lead-%'"));
    const until = Date.now() + 5 * MINUTE + (LEADS / 50) * MINUTE;
    while (rows() < LEADS && Date.now() < until) {
      proxy.state.mood = once(5) ? MOODS[below(MOODS.length)] : 'up';
      if (once(15)) await runtime.kill();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    proxy.state.mood = 'up';
    for (let settled = false; !settled && Date.now() < until + MINUTE; await new Promise((resolve) => setTimeout(resolve, 1000))) {
      const { queued, held } = (await runtime.report()).counts;
      settled = queued + held === 0;
    }

    const stored = crm.sql("select external_id, email, custom_fields->>'lead_score', custom_fields->>'lead_grade' from lead where external_id <> '' order by 1");
    const scorer = createScorer(MODEL);
    const expected = leads.map(({ _id, email, employees, country }) => {
      const { value, grade } = scorer.score({ company: { employees: Number(employees), country }, contact: { emailKind: 'work' } });
      return [_id, email, `${value}.0`, grade].join('\t');
    });
    const known = new Set(stored.split('\n'));
    assert.deepEqual(expected.filter((row) => !known.has(row)).slice(0, 5), [], `${known.size} of ${LEADS} are there as they should be`);
    assert.equal(Number(crm.sql('select count(*) from lead')), LEADS);
    const { sent, merged, dead } = (await runtime.report()).counts;
    assert.deepEqual([sent, merged, dead], [LEADS, 0, 0]);
    t.diagnostic(`${LEADS} leads, ${kills} kills while they came; the CRM answered ${JSON.stringify(proxy.state.answers)}`);
  } finally {
    await runtime.end();
    proxy.close();
    await crm.stop();
    rmSync(folder, { recursive: true });
  }
});
