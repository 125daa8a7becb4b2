/**
 * `leadscore reconcile` against a CRM that lies: it says yes and drops the lead, keeps it twice, or keeps another score. The outbox
 * believes it; the command finds out.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { createLeadHandler, createOutbox, hubspot, memoryStore, salesforce, sqliteStore, webhook } from 'leadscore/edge';
import { nodeListener } from 'leadscore/edge/node';
import { createScorer } from 'leadscore';
import Database from 'libsql';
import { cli } from '../cli/world.mjs';
import { MODEL, NOW, SECRET, SITE, WEBHOOK_SECRET, leadOf } from './world.mjs';

const TOKEN = 'a token of the administrator, for tests alone';
const folder = mkdtempSync(join(tmpdir(), 'leadscore-reconcile-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {import('node:http').RequestListener} listener */
async function listening(listener) {
  const server = createServer(listener);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  after(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}

/** What the CRM does with a lead that it says it took. @typedef {'keeps' | 'drops' | 'doubles' | 'changes'} Lie */

/** @type {{ rows: { external: string, key: number, points: number | null }[], lies: Map<string, Lie>, down: boolean, asked: string[] }} */
const crm = { rows: [], lies: new Map(), down: false, asked: [] };
const crmUrl = await listening(async (request, response) => {
  if (request.method === 'GET') {
    crm.asked.push(String(request.url));
    if (crm.down) return void response.writeHead(500).end('a secret of the vendor');
    const ids = new URL(String(request.url), 'http://crm').searchParams.get('ids')?.split(',') ?? [];
    return void response.writeHead(200).end(JSON.stringify({ items: crm.rows.filter(({ external }) => ids.includes(external)) }));
  }
  const { data } = JSON.parse((await request.toArray()).join(''));
  const lie = crm.lies.get(data.id) ?? 'keeps';
  const row = { external: data.id, points: lie === 'changes' ? data.score.value - 7 : data.score.value };
  for (let n = { keeps: 1, changes: 1, drops: 0, doubles: 2 }[lie]; n > 0; n--) crm.rows.push({ ...row, key: crm.rows.length + 1 });
  response.writeHead(204).end();
});
beforeEach(() => Object.assign(crm, { rows: [], lies: new Map(), down: false, asked: [] }));

const lookup = { url: `${crmUrl}/leads?ids={ids}`, headers: { key: 'k' }, records: 'items', id: 'external', remote: 'key', score: 'points' };

/**
 * An outbox with its administration on the net.
 * @param {{ lookup?: import('../../pkg/edge.js').LookupOptions, store?: import('../../pkg/edge.js').Store, more?: Record<string, import('../../pkg/edge.js').Connector> }} [given]
 */
async function outboxOf({ store = memoryStore(), more = {}, ...given } = { lookup }) {
  const destinations = { crm: webhook({ url: crmUrl, secret: WEBHOOK_SECRET, rate: { requests: 1000, per: 1 }, ...given }), ...more };
  const outbox = createOutbox({ store, destinations, now: () => NOW });
  const handler = createLeadHandler({ model: createScorer(MODEL), sites: [SITE], secret: SECRET, outbox, adminToken: TOKEN, now: () => NOW });
  const address = `${await listening(nodeListener(handler.fetch))}/admin/outbox`;
  const put = (/** @type {string} */ id, /** @type {object} */ score = {}) => outbox.put(leadOf(id, score), { print: id, person: id });
  return { outbox, address, put };
}

/** @param {string[]} parameters @param {Record<string, string>} [env] */
const reconcile = (parameters, env = { ADMIN_TOKEN: TOKEN, LANG: 'en' }) => cli(['reconcile', ...parameters], { env });

for (const [name, store] of /** @type {[string, () => import('../../pkg/edge.js').Store][]} */ ([['memory', memoryStore], ['SQLite', () => sqliteStore(new Database(join(folder, 'leads.db')))]])) {
  test(`every lie is found, and nothing else, in 250 leads: ${name}`, async () => {
    const { outbox, address, put } = await outboxOf({ lookup, store: store() });
    crm.lies = new Map([['lead-007', 'drops'], ['lead-100', 'doubles'], ['lead-249', 'changes']]);
    for (let n = 0; n < 250; n++) await put(`lead-${String(n).padStart(3, '0')}`, { grade: 'B', value: n });
    await outbox.drain();
    await put('zz-waits');
    const { code, lines, stderr } = await reconcile([address]);
    assert.deepEqual([code, stderr], [1, '']);
    assert.deepEqual(lines, [
      '✗ lead-007  B  22 Nov 2026, 09:00 UTC  not in the CRM (score 7)',
      `✗ lead-100  B  22 Nov 2026, 09:00 UTC  more than once in the CRM: ${crm.rows.filter(({ external }) => external === 'lead-100').map(({ key }) => `${key} (100)`).join(', ')}`,
      `✗ lead-249  B  22 Nov 2026, 09:00 UTC  another score: 249 here, in the CRM ${crm.rows.find(({ external }) => external === 'lead-249')?.key} (242)`,
      '✗ crm: 250 delivered · 247 in the CRM as they should be · 3 not · 1 still to come · 0 refused',
    ]);
    assert.equal(crm.asked.length, 3, 'page by page');
    assert(!JSON.stringify(lines).includes('@'), 'of nobody');
  });
}

test('an honest CRM gives the exit code 0, in French too, and only reading was done', async () => {
  const { outbox, address, put } = await outboxOf();
  for (const id of ['first', 'second']) await put(id);
  await outbox.drain();
  const before = await outbox.report();
  const { code, lines } = await reconcile([address, '--lang', 'fr']);
  assert.deepEqual([code, lines], [0, ['✓ crm\u00a0: 2 livrés · 2 dans le CRM comme il faut · 0 encore en route · 0 refusés']]);
  assert.deepEqual([await outbox.report(), crm.rows.length], [before, 2]);
});

test('a file of the CRM serves where nobody can ask it', async () => {
  const { outbox, address, put } = await outboxOf({});
  for (const id of ['first', 'second', 'third']) await put(id, { value: 50 });
  await outbox.drain();
  const told = await reconcile([address]);
  assert.deepEqual([told.code, told.stderr], [2, 'error: `crm` cannot be asked what it has: give what the CRM exports as `--crm leads.csv`\n']);
  const file = (/** @type {string} */ name, /** @type {string} */ text) => (writeFileSync(join(folder, name), text), join(folder, name));
  const files = [
    file('leads.csv', '\ufeffName;Lead id;Points\nAda;first;50\nAda;second;50,0\nBo;third;49\nBo;stranger;1\n'.replace('50,0', '50.0')),
    file('leads.json', JSON.stringify([{ 'Lead id': 'first', Points: '50' }, { 'Lead id': 'second', Points: 50 }, { 'Lead id': 'third', Points: 49 }])),
  ];
  for (const one of files) {
    const { code, lines } = await reconcile([address, '--crm', one, '--id', 'Lead id', '--score', 'Points']);
    assert.equal(code, 1);
    assert.deepEqual(lines, ['✗ third  B  22 Nov 2026, 09:00 UTC  another score: 50 here, in the CRM 3 (49)', '✗ crm: 3 delivered · 2 in the CRM as they should be · 1 not · 0 still to come · 0 refused']);
  }
  const wrong = await reconcile([address, '--crm', files[0]]);
  assert.deepEqual([wrong.code, wrong.stderr.includes('expected `external_id`, found `Name`, `Lead id`, `Points`')], [1, true]);
});

test('what cannot be asked is told, with the exit code 2, and no secret of anybody', async () => {
  const { outbox, address, put } = await outboxOf({ lookup, more: { second: webhook({ url: crmUrl, secret: WEBHOOK_SECRET }) } });
  await put('first');
  await outbox.drain();
  const problems = async (/** @type {string[]} */ parameters, /** @type {Record<string, string>} */ env = { ADMIN_TOKEN: TOKEN }) => {
    const { code, stdout, stderr } = await reconcile(parameters, env);
    assert.deepEqual([code, stdout], [2, '']);
    return stderr;
  };
  assert.match(await problems([address], {}), /environment variable `ADMIN_TOKEN`/);
  assert.match(await problems([address], { ADMIN_TOKEN: 'x'.repeat(40) }), /expected the token of the administrator/);
  assert.match(await problems(['leads']), /`leads`: expected an address such as/);
  assert.match(await problems(['http://127.0.0.1:1/admin/outbox']), /does not answer/);
  assert.match(await problems([address]), /`--destination`: expected one of `crm`, `second`/);
  crm.down = true;
  const told = await problems([address, '--destination', 'crm']);
  assert.match(told, /expected the CRM to tell what it has, and it did not/);
  assert(!told.includes('secret'));
});

describe('what connectors look up', () => {
  const leads = [{ id: 'lead-1', email: 'Ada@frimas.test', remote: '1' }, { id: 'lead-2', email: 'bo@frimas.test', remote: null }];
  /** @param {unknown[]} answers */
  const asker = (answers) => {
    const requests = /** @type {import('../../pkg/edge.js').VendorRequest[]} */ ([]);
    const ask = async (/** @type {import('../../pkg/edge.js').VendorRequest} */ request) => ({ status: 200, headers: new Headers(), body: JSON.stringify(answers[requests.push(request) - 1]) });
    return { requests, ask };
  };

  test('HubSpot: contacts by address, whose score counts where it is this lead’s', async () => {
    const connector = hubspot({ token: 't', properties: { lead_score_ext: 'score', lead_id_ext: 'id' } });
    const { requests, ask } = asker([{ results: [
      { id: '51', properties: { email: 'ada@frimas.test', lead_id_ext: 'lead-1', lead_score_ext: '87' } },
      { id: '52', properties: { email: 'bo@frimas.test', lead_id_ext: 'lead-9', lead_score_ext: '3' } }] }]);
    assert.deepEqual(await connector.lookup?.(leads, ask), [{ id: 'lead-1', remote: '51', score: 87 }, { id: 'lead-2', remote: '52' }]);
    /** @type {import('@hubspot/api-client/lib/codegen/crm/contacts/index.js').BatchReadInputSimplePublicObjectId} */
    const body = { idProperty: 'email', properties: ['email', 'lead_id_ext', 'lead_score_ext'], propertiesWithHistory: [], inputs: [{ id: 'ada@frimas.test' }, { id: 'bo@frimas.test' }] };
    assert.deepEqual([requests[0].url, JSON.parse(String(requests[0].body))], ['https://api.hubapi.com/crm/objects/2026-03/contacts/batch/read', body]);
  });

  test('Salesforce: leads by the external id, also those that are there twice', async () => {
    const connector = salesforce({ host: 'https://x.my.salesforce.com', clientId: 'id', clientSecret: 's', externalId: 'Ext__c', fields: { Score__c: 'score' } });
    const { requests, ask } = asker([{ access_token: 't' }, { records: [{ Id: '00Q1', Ext__c: 'lead-1', Score__c: 87 }, { Id: '00Q2', Ext__c: 'lead-1', Score__c: null }] }]);
    assert.deepEqual(await connector.lookup?.([...leads, { id: "x') OR (Id != '", email: null, remote: null }], ask), [{ id: 'lead-1', remote: '00Q1', score: 87 }, { id: 'lead-1', remote: '00Q2', score: null }]);
    assert.equal(new URL(requests[1].url).searchParams.get('q'), "SELECT Id, Ext__c, Score__c FROM Lead WHERE Ext__c IN ('lead-1','lead-2','xORId')");
    assert.equal(requests[1].headers.authorization, 'Bearer t');
  });

  test('an answer that is none is an error, and never an empty CRM', async () => {
    const connector = webhook({ url: 'https://crm.test', secret: WEBHOOK_SECRET, lookup });
    for (const answer of [{ status: 200, body: '' }, { status: 200, body: '{"items":{}}' }, { status: 404, body: '[]' }]) {
      await assert.rejects(async () => connector.lookup?.(leads, async () => ({ ...answer, headers: new Headers() })), /expected a list of what the CRM has/);
    }
  });
});
