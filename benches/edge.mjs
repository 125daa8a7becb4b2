/**
 * What a form costs at the edge, in workerd: the processor's time for each part of the handler, and for each of 10,000 forms with the
 * Durable Object that keeps it and the webhook that delivers it; and whether 200 a second for a minute lose anything or make
 * memory grow. The arguments are the number of forms, the seconds, and how many a second; `npm run bench:edge`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startRuntime } from '../tests/edge/runtime.mjs';
import { SITE, WEBHOOK_SECRET } from '../tests/edge/model.mjs';

const [FORMS, SECONDS] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 60)];
const RATE = Number(process.argv[4] ?? 200);

/** The leads that the CRM has, by their ids: one that was sent twice is one. @type {Set<unknown>} */
const received = new Set();
const crm = createServer((request, response) => {
  request.resume();
  request.on('end', () => (received.add(request.headers['webhook-id']), response.writeHead(204).end()));
});
await new Promise((resolve) => crm.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (crm.address());

const folder = mkdtempSync(join(tmpdir(), 'leadscore-bench-'));
console.log(`load average: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);

/** The child of this process that is a runtime. */
const pidOf = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ').find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd'));
let workerd = /** @type {string | undefined} */ (undefined);
/** Milliseconds of the processor, a hundredth of a second at a time. */
const spent = () => {
  const fields = readFileSync(`/proc/${workerd}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${workerd}/status`, 'utf8'))?.[1]) / 1024;
/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const bench = await startRuntime(join(folder, 'parts'), { CRM: `http://127.0.0.1:${port}/` }, { worker: 'benches/edge-parts.mjs', resources: {} });
workerd = pidOf();
/**
 * What one of many costs, by batches.
 * @param {string} name
 * @param {(times: number) => Promise<unknown>} run
 */
async function cost(name, run) {
  const times = Math.ceil(FORMS / 10);
  await run(times);
  const costs = [];
  for (let batch = 0; batch < 10; batch++) {
    const start = spent();
    await run(times);
    costs.push((spent() - start) / times);
  }
  console.log(`${name}: ${median(costs).toFixed(3)} ms of the processor (median of 10 batches of ${times})`);
}

for (const part of /** @type {string[]} */ (await (await bench.ask('')).json())) {
  await cost(part, async (times) => (await bench.ask(`?part=${encodeURIComponent(part)}&n=${times}`)).text());
}
const door = await bench.url();
await cost('a request that does nothing, through Miniflare', async (times) => {
  for (let left = times; left > 0; left--) await (await fetch(new URL('/?part=nothing but the loop&n=0', door))).text();
});
await bench.end();

received.clear();
const runtime = await startRuntime(folder, { CRM: `http://127.0.0.1:${port}/`, CRM_SECRET: WEBHOOK_SECRET });
const url = await runtime.url();
workerd = pidOf();

let n = 0;
/** @type {Map<number, number>} */
const answers = new Map();
/** Connections that the machine did not give, or cut: a browser tries again, and so does this, under the same id. */
let cut = 0;
const post = async () => {
  const fields = { _id: `lead-${String(++n).padStart(6, '0')}`, email: `ada.${n}@frimas.test`, name: 'Ada Lovelace', company: 'AE', employees: '11-50', country: 'France' };
  const headers = { origin: SITE, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(fields).toString();
  for (;;) {
    const answer = await fetch(new URL('/lead', url), { method: 'POST', headers, body, redirect: 'manual' }).catch(() => null);
    if (answer) return void answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
    cut++;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
const arrived = async () => {
  for (let wait = 0; wait < 600 && received.size < n; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
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
console.log(`${RATE * SECONDS} forms in ${took.toFixed(1)} s: answers ${JSON.stringify(Object.fromEntries(answers))}, ${cut} connections cut, ${received.size} of ${n} in the CRM, ${JSON.stringify(counts)}`);
console.log(`memory of workerd: ${before.toFixed(0)} MB before, ${memory().toFixed(0)} MB after; ${late} began more than a second late`);

await runtime.end();
crm.closeAllConnections();
crm.close();
rmSync(folder, { recursive: true });
