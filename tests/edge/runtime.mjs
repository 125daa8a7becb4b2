/** The runtime of Cloudflare with a worker in it, that can be killed and started again where it was. */
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { compileModel } from 'leadscore';
import { Miniflare } from 'miniflare';
import { root } from '../../scripts/shell.mjs';
import { MODEL, SECRET, SITE } from './world.mjs';

const DURABLE = { durableObjects: { OUTBOX: { className: 'Outbox', useSQLite: true } } };

const ADMIN = 'the token of the one who owns the website';

/**
 * @param {string} folder where everything of it is
 * @param {Record<string, string>} bindings what the worker reads of its environment
 * @param {{ worker?: string, resources?: object }} [how] the file of the worker, and what it keeps leads in
 */
export async function startRuntime(folder, bindings, { worker: file = 'tests/edge/worker.mjs', resources = DURABLE } = {}) {
  const out = join(folder, 'worker');
  buildSync({
    entryPoints: [join(root, file)],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:workers'],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    loader: { '.wasm': 'copy' },
  });
  /** @type {string[]} */
  const printed = [];
  const start = async () => {
    const worker = new Miniflare({
      compatibilityDate: '2026-04-01',
      modules: true,
      modulesRoot: out,
      scriptPath: join(out, basename(file)),
      modulesRules: [
        { type: 'ESModule', include: ['**/*.mjs'] },
        { type: 'CompiledWasm', include: ['**/*.wasm'] },
      ],
      bindings: { SITE, SECRET, ADMIN, ...bindings },
      dataBlobBindings: { MODEL: Buffer.from(compileModel(MODEL)) },
      durableObjectsPersist: join(folder, 'state'),
      d1Persist: join(folder, 'd1'),
      ...resources,
      handleRuntimeStdio: (/** @type {import('node:stream').Readable[]} */ ...streams) => {
        for (const stream of streams) stream.on('data', (chunk) => printed.push(String(chunk)));
      },
    });
    await worker.ready;
    return worker;
  };
  let worker = await start();

  return {
    /** All that the worker said. */
    log: () => printed.join(''),
    /** What a page asks for. @param {string} query @param {Record<string, string>} [headers] */
    ask: (query, headers = {}) => worker.dispatchFetch(`http://worker/lead${query}`, { headers }),
    /** What a tracker posts. @param {string} body */
    tell: (body) => worker.dispatchFetch('http://worker/lead', { method: 'POST', headers: { origin: SITE, 'content-type': 'text/plain' }, body }),
    /** Posts a form, as a browser does. @param {Record<string, string>} fields @param {Record<string, string>} [headers] */
    post: (fields, headers = {}) =>
      worker.dispatchFetch('http://worker/lead', {
        method: 'POST',
        headers: { origin: SITE, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      }),
    /** What a cron does. */
    sweep: async () => /** @type {any} */ (await worker.getWorker()).scheduled(),
    /** Where it listens. */
    url: () => worker.ready,
    /** Ends the process at once, and starts another on what it left. */
    async kill() {
      await worker.dispose();
      worker = await start();
    },
    async report() {
      const answer = await worker.dispatchFetch('http://worker/admin/outbox', { headers: { authorization: `Bearer ${ADMIN}` } });
      return /** @type {any} */ (await answer.json()).destinations.crm;
    },
    end: () => worker.dispose(),
  };
}

/**
 * Posts leads, one after the other, while the runtime is killed under some of them; what was not answered is sent again, as a browser
 * would. When this is done all have been answered with a thank-you.
 * @param {Awaited<ReturnType<typeof startRuntime>>} runtime
 * @param {Record<string, string>[]} leads
 * @param {{ killed: () => boolean, before: () => void }} chances
 * @returns {Promise<number>} how often it was killed
 */
export async function postAll(runtime, leads, { killed, before }) {
  let kills = 0;
  for (const fields of leads) {
    before();
    const first = runtime.post(fields).catch(() => undefined);
    if (killed()) {
      kills++;
      await runtime.kill();
    }
    for (let answer = await first; answer?.status !== 303; answer = await runtime.post(fields)) {
      if (answer && ![500, 503].includes(answer.status)) throw new Error(`${answer.status}: ${await answer.text()}`);
    }
  }
  return kills;
}
