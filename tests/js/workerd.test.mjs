/** The corpus and the hostile input, in workerd: where code may not be compiled from bytes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { assertGolden, corpus } from './cases.mjs';

/** @type {Miniflare} */
let worker;

before(() => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  worker = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: true,
    modulesRoot: root,
    scriptPath: `${root}tests/js/worker.mjs`,
    modulesRules: [
      { type: 'ESModule', include: ['**/*.js', '**/*.mjs'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
    ],
  });
});
after(() => worker.dispose());

test('workerd gives the golden bytes', async () => {
  const response = await worker.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify(corpus()) });
  assertGolden(/** @type {any} */ (await response.json()));
});

test('workerd answers hostile input with an error or a result', async () => {
  const response = await worker.dispatchFetch('http://worker/');
  assert.deepEqual(await response.json(), []);
});
