/**
 * Loading the tracker, and scoring in the page, keep the main thread free: on the demo page, four times slower than this machine is, no
 * task that runs a line of either takes more than 50 ms.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { installedBrowser } from '../../scripts/browser.mjs';
import { buildDemo } from '../../scripts/demo.mjs';
import { serve } from '../../scripts/serve.mjs';

const LONGEST = 50; // milliseconds
const SLOWER = 4;

before(buildDemo);

test('no task of the tracker or of scoring in the page takes more than 50 ms, four times slower', async (context) => {
  const found = installedBrowser();
  if (found?.kind !== 'chrome') return context.skip('only Chrome tells its tasks and can be slowed down');
  const site = await serve(0);
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses its sandbox to root
  const browser = await puppeteer.launch({ executablePath: found.path, headless: true, args });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => document.addEventListener('leadscore:change', () => Object.assign(window, { scored: true })));
  await page.emulateCPUThrottling(SLOWER);

  await page.tracing.start({ categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'] });
  await page.goto(`${site.url}demo/en/demo.html`);
  await page.click('[data-consent="granted"]');
  await page.type('#name', 'Ada');
  await page.waitForFunction('window.scored');
  const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  await browser.close();
  site.close();

  /** @typedef {{ name: string, ts: number, dur: number, tdur: number, pid: number, tid: number, args: { data?: { url?: string } } }} Slice */
  const slices = /** @type {(Slice & { ph: string })[]} */ (trace.traceEvents).filter(({ ph }) => ph === 'X');
  const ours = slices.filter(({ args: { data } }) => /\/leadscore\/|\/demo\/site\.js/.test(data?.url ?? ''));
  const tasks = slices.filter(({ name }) => name === 'ThreadControllerImpl::RunTask' || name === 'RunTask');
  const running = tasks.filter((task) => ours.some((slice) => slice.pid === task.pid && slice.tid === task.tid && slice.ts >= task.ts && slice.ts < task.ts + task.dur));
  assert(ours.some(({ args: { data } }) => /tracker/.test(data?.url ?? '')), 'expected to see the tracker at work');
  assert(running.length > 0, 'expected to see its tasks');
  const longest = Math.max(...running.map(({ tdur }) => tdur / 1000));
  context.diagnostic(`${running.length} tasks of the tracker, of scoring and of the page that starts them; the longest took ${longest.toFixed(1)} ms`);
  assert(longest <= LONGEST, `the longest of ${running.length} tasks took ${longest.toFixed(1)} ms`);
});
