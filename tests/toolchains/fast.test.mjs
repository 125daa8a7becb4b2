/**
 * The package as npm ships it, in every host that needs no more than this repository's own tools. The others take
 * minutes and a registry: `npm run test:toolchains`.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { build as bundle } from 'esbuild';
import { closeBrowser } from './browser.mjs';
import { hosts, problem } from './hosts.mjs';
import { Workshop } from './project.mjs';
import { BUILDS, questionFor } from './question.mjs';

const asked = new Map(await Promise.all(BUILDS.map(async (build) => /** @type {const} */ ([build, await questionFor(build)]))));
const workshop = new Workshop();
after(async () => {
  await closeBrowser();
  workshop.close();
});

for (const [build, question] of asked) {
  if (!question) {
    test(build, { skip: 'it is not built' });
    continue;
  }
  for (const host of hosts.filter(({ tools }) => !tools)) {
    test(`${build}: ${host.host}, ${host.ran}`, { skip: host.skip }, async () => {
      const project = workshop.project();
      await project.unpack();
      assert.equal(await problem(host, project, question), null);
    });
  }
}

test('the runtime brings nothing of the full build along', { skip: !asked.get('leadscore/runtime') && 'it is not built' }, async () => {
  const project = workshop.project();
  await project.unpack();
  const stdin = { contents: "export * from 'leadscore/runtime'", resolveDir: project.folder };
  const { metafile } = await bundle({ stdin, bundle: true, format: 'esm', write: false, metafile: true });
  const inputs = Object.keys(metafile.inputs).map((path) => path.replace(/.*node_modules\/leadscore\//, ''));
  assert(inputs.includes('wasm/runtime/leadscore_bg.js'), String(inputs));
  assert.deepEqual(inputs.filter((path) => /full|inline|ask/.test(path)), []);
});
