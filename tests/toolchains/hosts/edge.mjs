/** Cloudflare Workers, where code may not be compiled from bytes. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { tool } from '../project.mjs';
import { program } from '../question.mjs';

const respond = (/** @type {string} */ line) => `export default { fetch: async () => new Response(await ${line}) }`;
const DATE = '2026-04-01';

/** @type {import('../hosts.mjs').Host[]} */
export const edge = [
  {
    host: 'workerd',
    ran: 'a bundle of esbuild for `workerd`, in miniflare',
    version: tool('workerd'),
    async ask(project, question) {
      project.write(program(question, respond));
      const files = { entryPoints: ['main.js'], outdir: 'dist', assetNames: '[name]', loader: /** @type {const} */ ({ '.wasm': 'copy' }) };
      await build({ ...files, absWorkingDir: project.folder, bundle: true, format: 'esm', conditions: ['workerd'] });
      const place = join(project.folder, 'dist');
      const modulesRules = [{ type: /** @type {const} */ ('CompiledWasm'), include: ['**/*.wasm'] }];
      const script = { modules: true, modulesRoot: place, scriptPath: join(place, 'main.js'), modulesRules };
      const worker = new Miniflare({ ...script, compatibilityDate: DATE, cf: false });
      try {
        return await (await worker.dispatchFetch('http://worker/')).text();
      } finally {
        await worker.dispose();
      }
    },
  },
  {
    host: 'wrangler',
    ran: '`unstable_startWorker`, in its workerd',
    tools: { wrangler: '4.86.0' },
    async ask(project, question) {
      const start = `
        import { unstable_startWorker } from 'wrangler';
        const worker = await unstable_startWorker({ config: 'wrangler.json', dev: { server: { port: 0 }, inspector: false, logLevel: 'none' } });
        console.log(await (await worker.fetch('http://worker/')).text());
        await worker.dispose();
        process.exit();`;
      const config = JSON.stringify({ name: 'tiny', main: 'main.js', compatibility_date: DATE });
      project.write({ ...program(question, respond), 'start.js': start, 'wrangler.json': config });
      return project.run(process.execPath, ['start.js']);
    },
  },
];
