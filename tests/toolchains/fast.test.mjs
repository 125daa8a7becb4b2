/**
 * The package as npm ships it, in every host that needs no more than this repository's own tools. The others take
 * minutes and a registry: `npm run test:toolchains`.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeBrowser } from './browser.mjs';
import { hosts, problem } from './hosts.mjs';
import { Workshop } from './project.mjs';
import { BUILDS, questionFor } from './question.mjs';

const workshop = new Workshop();
after(async () => {
  await closeBrowser();
  workshop.close();
});

for (const build of BUILDS) {
  const question = await questionFor(build);
  if (!question) {
    test(build, { skip: 'it is not built' });
    continue;
  }
  for (const host of hosts.filter(({ tools }) => !tools)) {
    test(`${build}: ${host.host}, ${host.ran}`, async () => {
      const project = workshop.project();
      await project.unpack();
      assert.equal(await problem(host, project, question), null);
    });
  }
}
