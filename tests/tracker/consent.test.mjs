/** The adapters of consent tools, each with a stand-in that does what the documentation of the tool says. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { axeptio, didomi, googleConsentMode, tarteaucitron, tcf } from 'leadscore/consent';

/** @type {any} */
let page;
beforeEach(() => {
  page = {};
  Object.assign(globalThis, { window: page, document: new EventTarget() });
});

/** What an adapter tells, and how to end it. @param {import('leadscore/consent').ConsentAdapter} adapter */
function heard(adapter) {
  const told = /** @type {string[]} */ ([]);
  const undo = adapter((state) => told.push(state));
  assert(undo);
  return { told, undo };
}

test('TCF: what was decided counts, not what is being asked', () => {
  const listeners = /** @type {Map<number, (data: any, success: boolean) => void>} */ (new Map());
  page.__tcfapi = (/** @type {string} */ command, /** @type {number} */ version, /** @type {any} */ callback, /** @type {number} */ id) => {
    assert.equal(version, 2);
    if (command === 'removeEventListener') return listeners.delete(id);
    listeners.set(7, callback);
    callback({ listenerId: 7, eventStatus: 'cmpuishown', purpose: { consents: {} } }, true);
  };
  const say = (/** @type {any} */ data, success = true) => listeners.get(7)?.({ listenerId: 7, gdprApplies: true, ...data }, success);
  const { told, undo } = heard(tcf({ vendor: 12 }));
  assert.deepEqual(told, []);
  say({ eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 8: true } }, vendor: { consents: { 12: true } } });
  say({ eventStatus: 'cmpuishown' });
  say({ eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 8: false } }, vendor: { consents: { 12: true } } });
  say({ eventStatus: 'tcloaded', purpose: { consents: { 1: true, 8: true } }, vendor: { consents: {} } });
  say({ eventStatus: 'tcloaded', gdprApplies: false });
  say(null, false);
  assert.deepEqual(told, ['granted', 'denied', 'denied', 'granted']);
  undo();
  assert.equal(listeners.size, 0);
});

test('TCF: without a tool nothing is decided', () => {
  const { told, undo } = heard(tcf());
  undo();
  assert.deepEqual(told, []);
});

test('Google Consent Mode: a default is no refusal, an update is', () => {
  const gtag = (/** @type {any[]} */ ...command) => page.dataLayer.push(command);
  page.dataLayer = [['js', new Date()], ['consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied' }]];
  const own = page.dataLayer.push;
  const { told, undo } = heard(googleConsentMode());
  gtag('consent', 'update', { ad_storage: 'granted' });
  gtag('consent', 'update', { analytics_storage: 'granted' });
  gtag('event', 'consent', { analytics_storage: 'denied' });
  gtag('consent', 'update', { analytics_storage: 'denied' });
  assert.deepEqual(told, ['pending', 'granted', 'denied']);
  assert.equal(page.dataLayer.length, 6);
  undo();
  gtag('consent', 'update', { analytics_storage: 'granted' });
  assert.equal(told.length, 3);
  assert.equal(page.dataLayer.push, own);
});

test('Google Consent Mode: a tag manager that comes later and takes the layer over is not disturbed', () => {
  const { told, undo } = heard(googleConsentMode({ storage: 'ad_storage' }));
  const ours = page.dataLayer.push;
  const theirs = (/** @type {any[]} */ ...given) => ours(...given);
  page.dataLayer.push = theirs;
  page.dataLayer.push(['consent', 'default', { ad_storage: 'granted' }]);
  undo();
  page.dataLayer.push(['consent', 'update', { ad_storage: 'denied' }]);
  assert.deepEqual(told, ['granted']);
  assert.equal(page.dataLayer.push, theirs);
  assert.equal(page.dataLayer.length, 2);
});

test('Didomi: undecided, then by vendor or purpose', () => {
  let status = /** @type {any} */ ({ vendors: {}, purposes: {} });
  let isPartial = true;
  page.Didomi = { getCurrentUserStatus: () => status, isUserStatusPartial: () => isPartial };
  const byVendor = heard(didomi({ vendor: 'c:leadscore' }));
  const byPurpose = heard(didomi({ purpose: 'analytics' }));
  const changed = () => page.didomiEventListeners.forEach((/** @type {any} */ { event, listener }) => event === 'consent.changed' && listener());
  page.didomiOnReady.forEach((/** @type {() => void} */ ready) => ready());
  isPartial = false;
  status = { vendors: { 'c:leadscore': { enabled: true } }, purposes: { analytics: { enabled: false } } };
  changed();
  byVendor.undo();
  status = { vendors: { 'c:leadscore': { enabled: false } }, purposes: { analytics: { enabled: true } } };
  changed();
  assert.deepEqual(byVendor.told, ['pending', 'granted']);
  assert.deepEqual(byPurpose.told, ['pending', 'denied', 'granted']);
});

test('Axeptio: by vendor, at each completion', () => {
  const { told, undo } = heard(axeptio({ vendor: 'leadscore' }));
  /** @type {(choices: any) => void} */
  let complete = () => {};
  const sdk = { on: (/** @type {string} */ event, /** @type {any} */ listener) => { if (event === 'cookies:complete') complete = listener; } };
  page._axcb.forEach((/** @type {any} */ ready) => ready(sdk));
  complete({ leadscore: true, other: false });
  complete({ other: true });
  undo();
  complete({ leadscore: true });
  assert.deepEqual(told, ['granted', 'denied']);
});

test('tarteaucitron: what was answered before, and what is answered now', () => {
  const { told, undo } = heard(tarteaucitron());
  const fire = (/** @type {string} */ event) => document.dispatchEvent(new Event(`leadscore_${event}`));
  page.tarteaucitron = { state: {} };
  fire('added');
  assert.deepEqual(told, [], 'it waits');
  fire('loaded');
  fire('allowed');
  fire('disallowed');
  page.tarteaucitron.state.leadscore = false;
  fire('added');
  assert.deepEqual(told, ['granted', 'granted', 'denied', 'denied']);
  undo();
  fire('allowed');
  assert.equal(told.length, 4);
  page.tarteaucitron.state.leadscore = true;
  assert.deepEqual(heard(tarteaucitron()).told, ['granted'], 'a tracker that comes later');
});
