/** Bundlers, without configuration where they can go without: what they build runs, in Node or in a browser. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build, version } from 'esbuild';
import { answerIn, answerOf } from '../browser.mjs';
import { program } from '../question.mjs';
import { page, show } from './pages.mjs';

/** @typedef {import('../project.mjs').Project} Project */
/** @typedef {import('../question.mjs').Question} Question */

/**
 * @param {Project} project
 * @param {Question} question
 * @param {string} [from]
 */
async function esbuildForBrowsers(project, question, from) {
  project.write({ ...program(question, show, { from }), 'dist/index.html': page('main.js') });
  await build({ absWorkingDir: project.folder, entryPoints: ['main.js'], outdir: 'dist', bundle: true, format: 'esm' });
  return join(project.folder, 'dist');
}

/** @type {(version: string) => import('../hosts.mjs').Host[]} */
const vite = (version) => {
  const host = { host: `Vite ${version.split('.')[0]}`, tools: { vite: version } };
  const site = (/** @type {Question} */ question) => ({ ...program(question, show), 'index.html': page('main.js') });
  return [
    {
      ...host,
      ran: '`vite build`, in Chromium',
      async ask(project, question) {
        project.write(site(question));
        await project.run('vite', ['build']);
        return answerIn(join(project.folder, 'dist'));
      },
    },
    {
      ...host,
      ran: '`vite` (its dev server), in Chromium',
      ask(project, question) {
        project.write(site(question));
        return project.during('vite', ['--port', '0', '--force'], answerOf);
      },
    },
  ];
};

/** @type {import('../hosts.mjs').Host[]} */
export const bundlers = [
  {
    host: 'esbuild',
    ran: '`--bundle --platform=node`, in Node',
    version,
    async ask(project, question) {
      project.write(program(question, (line) => `${line}.then((text) => console.log(text))`));
      await build({ absWorkingDir: project.folder, entryPoints: ['main.js'], outdir: 'dist', bundle: true, platform: 'node', format: 'esm' });
      return project.run(process.execPath, ['dist/main.js']);
    },
  },
  {
    host: 'esbuild',
    ran: '`--bundle` of `…/inline`, in Chromium',
    version,
    ask: async (project, question) => answerIn(await esbuildForBrowsers(project, question, `${question.build}/inline`)),
  },
  {
    host: 'esbuild',
    ran: '`--bundle`, and `wasm/` of the package copied to where the bundle looks for it, in Chromium',
    version,
    async ask(project, question) {
      const site = await esbuildForBrowsers(project, question);
      cpSync(join(project.folder, 'node_modules', 'leadscore', 'wasm'), join(site, 'wasm'), { recursive: true });
      return answerIn(site);
    },
  },
  {
    host: 'esbuild',
    ran: '`--bundle` alone, which copies no asset, in Chromium',
    version,
    expected: /^LeadscoreError: expected the engine at `[^`]*\.wasm`, found: status 404; with a bundler that copies no assets, copy the file there or add `\/inline` to the import\n.* 404 .*$/,
    result: 'one error, which says what to do',
    ask: async (project, question) => answerIn(await esbuildForBrowsers(project, question)),
  },
  ...vite('8.3.8'),
  ...vite('5.4.21'),
  {
    host: 'webpack',
    ran: '`webpack`, without configuration, in Chromium',
    tools: { webpack: '5.112.2', 'webpack-cli': '7.3.1' },
    async ask(project, question) {
      project.write({ ...program(question, show, { as: 'src/index.js' }), 'dist/index.html': page('main.js') });
      await project.run('webpack', ['--mode', 'production']);
      return answerIn(join(project.folder, 'dist'));
    },
  },
  {
    host: 'Rspack',
    ran: '`rspack build`, without configuration, in Chromium',
    tools: { '@rspack/core': '2.3.2', '@rspack/cli': '2.2.8' },
    async ask(project, question) {
      project.write({ ...program(question, show, { as: 'src/index.js' }), 'dist/index.html': page('main.js') });
      await project.run('rspack', ['build', '--mode', 'production']);
      return answerIn(join(project.folder, 'dist'));
    },
  },
  {
    host: 'Rollup',
    ran: 'with `node-resolve` and `import-meta-assets`, in Chromium',
    tools: { rollup: '4.68.7', '@rollup/plugin-node-resolve': '16.0.3', '@web/rollup-plugin-import-meta-assets': '2.3.3' },
    async ask(project, question) {
      project.write({ ...program(question, show), 'dist/index.html': page('main.js') });
      const plugins = ['-p', 'node-resolve={browser:true}', '-p', '@web/rollup-plugin-import-meta-assets'];
      await project.run('rollup', ['main.js', '--dir', 'dist', '--format', 'es', ...plugins]);
      return answerIn(join(project.folder, 'dist'));
    },
  },
];
