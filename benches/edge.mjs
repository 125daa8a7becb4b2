/**
 * What a form costs at the edge, in workerd: the processor's time for each of 10,000, with the Durable Object that keeps it and the
 * webhook that delivers it; and whether 200 a second for a minute lose anything or make memory grow. The arguments are the
 * number of forms, the seconds, and how many a second; `npm run bench:edge`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startRuntime } from '../tests/edge/runtime.mjs';
import { SITE, WEBHOOK_SECRET } from '../tests/edge/model.mjs';

const [FORMS, SECONDS] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 60)];
const RATE = Number(process.argv[4] ?? 200);

let received = 0;
const crm = createServer((request, response) => {
  request.resume();
  request.on('end', () => (received++, response.writeHead(204).end()));
});
await new Promise((resolve) => crm.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (crm.address());

const folder = mkdtempSync(join(tmpdir(), 'leadscore-bench-'));
const runtime = await startRuntime(folder, { CRM: `http://127.0.0.1:${port}/`, CRM_SECRET: WEBHOOK_SECRET });
const url = await runtime.url();
const workerd = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ').find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd'));

/** Milliseconds of the processor, a hundredth of a second at a time. */
const spent = () => {
  const fields = readFileSync(`/proc/${workerd}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${workerd}/status`, 'utf8'))?.[1]) / 1024;
let n = 0;
/** @type {Map<number, number>} */
const answers = new Map();
const post = async () => {
  const fields = { _id: `lead-${String(++n).padStart(6, '0')}`, email: `ada.${n}@frimas.test`, name: 'Ada Lovelace', company: 'AE', employees: '11-50', country: 'France' };
  const headers = { origin: SITE, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(new URL('/lead', url), { method: 'POST', headers, body: new URLSearchParams(fields).toString(), redirect: 'manual' }).catch(() => ({ status: 0 }));
  answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
};
const arrived = async () => {
  for (let wait = 0; wait < 600 && received < n; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
};

for (let warm = 0; warm < 500; warm++) await post();
await arrived();
const batches = [];
for (let done = 0; done < FORMS; done += 500) {
  const start = spent();
  for (let one = 0; one < 500; one++) await post();
  await arrived();
  batches.push((spent() - start) / 500);
}
batches.sort((a, b) => a - b);
console.log(`${FORMS} forms, kept and delivered: ${batches[batches.length >> 1].toFixed(2)} ms of the processor each (median of batches of 500; ${batches[0].toFixed(2)} to ${batches.at(-1)?.toFixed(2)})`);

const before = memory();
const start = performance.now();
const under = new Set();
let late = 0;
for (let one = 0; one < RATE * SECONDS; one++) {
  const due = start + (one * 1000) / RATE;
  const wait = due - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  else if (wait < -1000) late++;
  const asked = post().finally(() => under.delete(asked));
  under.add(asked);
}
await Promise.all(under);
const took = (performance.now() - start) / 1000;
await arrived();
const { counts } = await runtime.report();
console.log(`${RATE * SECONDS} forms in ${took.toFixed(1)} s: answers ${JSON.stringify(Object.fromEntries(answers))}, ${received} of ${n} in the CRM, ${JSON.stringify(counts)}`);
console.log(`memory of workerd: ${before.toFixed(0)} MB before, ${memory().toFixed(0)} MB after; ${late} began more than a second late`);

await runtime.end();
crm.closeAllConnections();
crm.close();
rmSync(folder, { recursive: true });
