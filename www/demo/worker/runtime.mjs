/** The runtime of Cloudflare on this machine, with the worker of the demo site in it. What it keeps is in a folder, and survives its end. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} folder where everything of it is
 * @param {Record<string, any>} bindings what the worker reads of its environment
 */
export async function startWorker(folder, bindings) {
  // Neither is there before the set-up, which is run from the same process.
  const [{ build }, { Miniflare }] = await Promise.all([import('esbuild'), import('miniflare')]);
  const out = join(folder, 'worker');
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.js', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:workers'],
    outdir: out,
    loader: { '.wasm': 'copy' },
    logLevel: 'warning',
  });
  const runtime = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: true,
    modulesRoot: out,
    scriptPath: join(out, 'worker.js'),
    modulesRules: [
      { type: 'ESModule', include: ['**/*.js'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
    ],
    bindings,
    durableObjects: { OUTBOX: { className: 'Outbox', useSQLite: true } },
    durableObjectsPersist: join(folder, 'leads'),
  });
  await runtime.ready;
  return {
    /** @param {Request} request @returns {Promise<Response>} */
    async fetch(request) {
      const { url, method, headers } = request;
      const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer();
      return /** @type {any} */ (runtime.dispatchFetch(url, { method, headers: [...headers], body, redirect: 'manual' }));
    },
    end: () => runtime.dispose(),
  };
}
