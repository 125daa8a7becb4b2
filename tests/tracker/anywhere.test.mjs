/** The tracker where there is no page: on a server that renders one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { track } from 'leadscore/tracker';

test('where there is no page the tracker notes nothing and throws nothing', () => {
  const tracker = track({ consent: 'granted', send: '/collect', score: { program: '/program.lsp' } });
  tracker.event('pricing', { plan: 'team' });
  tracker.consent('granted');
  tracker.withdraw();
  assert.deepEqual(tracker.events(), []);
  assert.equal(tracker.getLog(), '');
  tracker.stop();
});
