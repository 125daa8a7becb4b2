/** Options of a handler that cannot work: told when it is made, with the name of the option. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edge } from './world.mjs';

test('options that cannot work are an error at once', () => {
  for (const [options, code, path] of /** @type {[Record<string, unknown>, string, string][]} */ ([
    [{ model: undefined }, 'invalid-option', 'model'],
    [{ model: { format: 1 } }, 'invalid-option', 'model'],
    [{ outbox: undefined }, 'invalid-option', 'outbox'],
    [{ outbox: {} }, 'invalid-option', 'outbox'],
    [{ sites: [] }, 'invalid-sites', 'sites'],
    [{ secret: 'short' }, 'invalid-secret', 'secret'],
    [{ adminToken: 'short' }, 'invalid-token', 'adminToken'],
    [{ tanks: '/thanks' }, 'unknown-option', 'tanks'],
    [{ required: 'contact.email' }, 'invalid-option', 'required'],
    [{ required: [1] }, 'invalid-option', 'required'],
    [{ thanks: null }, 'invalid-option', 'thanks'],
    [{ fillTime: '2' }, 'invalid-option', 'fillTime'],
    [{ fillTime: NaN }, 'invalid-option', 'fillTime'],
    [{ formToken: 'yes' }, 'invalid-option', 'formToken'],
    [{ limited: true }, 'invalid-option', 'limited'],
    [{ map: ['email'] }, 'invalid-option', 'map'],
    [{ doubtful: 'keep' }, 'invalid-option', 'doubtful'],
    [{ lang: 'de' }, 'invalid-option', 'lang'],
  ])) {
    const error = { name: 'LeadscoreError', code, path };
    assert.throws(() => edge(/** @type {any} */ (options)), error, JSON.stringify(options));
  }
});

test('an option that is not defined has its default', async () => {
  const { handler, leads } = edge({ thanks: undefined, required: undefined, lang: undefined, log: undefined, enrich: undefined });
  assert.equal(typeof handler.fetch, 'function');
  assert.deepEqual(await leads(), []);
});
