/**
 * Measures what the playground promises of many leads, in Chromium: a million rows are read, scored and drawn without a task of
 * more than 50 ms on the page's thread and within 1 GB; 100,000 leads are scored again within 200 ms after an edit, and a
 * threshold that is dragged over them redraws at the pace of the screen. `node benches/playground.mjs [rows]`.
 * Tasks are told by the clock and by the processor's time, which other work on the machine does not lengthen.
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedBrowsers, launch } from '../scripts/browser.mjs';
import { buildPlayground } from '../scripts/playground.mjs';
import { serve } from '../scripts/serve.mjs';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const EDITED = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'leadscore-'));
await buildPlayground();
const site = await serve(0);
const browser = await launch(installedBrowsers().find(({ kind }) => kind === 'chrome') ?? null);
try {
  await million(await leadsFile(ROWS));
  await edits(await leadsFile(EDITED));
} finally {
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true });
}

/** Leads as a CRM exports them: names and addresses that are all different, a few kinds, numbers, a date, an outcome. @param {number} rows */
async function leadsFile(rows) {
  const path = join(folder, `${rows}.csv`);
  const file = createWriteStream(path);
  file.write('id,name,email,company.employees,company.sector,company.country,contact.role,project.budget,created,outcome\n');
  let seed = 1;
  const chance = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const one = (/** @type {string[]} */ list) => list[Math.floor(chance() * list.length)];
  for (let row = 0; row < rows; row += 1_000) {
    let text = '';
    for (let at = row; at < Math.min(rows, row + 1_000); at++) {
      const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(chance() * 600) * 86_400_000).toISOString().slice(0, 10);
      const cells = [at, `Person Number ${at}`, `person.${at}@example.com`, 1 + Math.floor(chance() * 400), one(['software', 'ecommerce', 'industry', 'public']), one(['FR', 'BE', 'DE', '']), one(['owner', 'director', 'manager', '']), Math.round(chance() * 50_000), day, one(['won', 'lost', 'lost', ''])];
      text += `${cells.join(',')}\n`;
    }
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return path;
}

/** @param {string} path */
async function opened(path) {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`${site.url}?lang=en&view=table&model=agency&as-of=2026-11-22`);
  await page.waitForSelector('#csv');
  const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$('#csv'));
  return { page, drop: () => input.uploadFile(path) };
}

/** @param {string} path */
async function million(path) {
  const { page, drop } = await opened(path);
  const traced = join(folder, 'trace.json');
  await page.tracing.start({ path: traced, categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  const began = performance.now();
  await drop();
  await page.waitForSelector('.sheet td.number');
  await page.waitForSelector('#capacity');
  const seconds = (performance.now() - began) / 1000;
  await page.evaluate(() => new Promise((resume) => setTimeout(resume, 500)));
  await page.tracing.stop();
  const tasks = tasksOf(traced);
  const longest = (/** @type {'clock' | 'processor'} */ by) => Math.max(...tasks.map((task) => task[by])).toFixed(0);
  console.log(`${ROWS.toLocaleString('en')} rows: read, scored and drawn in ${seconds.toFixed(1)} s`);
  console.log(`  longest task of the page: ${longest('clock')} ms by the clock, ${longest('processor')} ms of the processor`);
  console.log(`  tasks over 50 ms: ${tasks.filter(({ clock }) => clock > 50).length} by the clock, ${tasks.filter(({ processor }) => processor > 50).length} of the processor`);
  console.log(`  memory of the page at most: ${(await peak()).toFixed(0)} MB`);
  await page.close();
}

/**
 * The tasks of one kind of thread, in milliseconds.
 * @param {string} path
 * @param {string} [thread]
 * @returns {{ clock: number, processor: number }[]}
 */
function tasksOf(path, thread = 'CrRendererMain') {
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8'));
  const main = traceEvents.filter((/** @type {any} */ one) => one.name === 'thread_name' && one.args.name === thread);
  const own = new Set(main.map((/** @type {any} */ { pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter((/** @type {any} */ { name, pid, tid }) => name === 'RunTask' && own.has(`${pid} ${tid}`))
    .map((/** @type {any} */ { dur = 0, tdur = 0 }) => ({ clock: dur / 1000, processor: tdur / 1000 }));
}

/** The most memory that a process of a page has had, in megabytes; Linux alone says it. */
async function peak() {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1000);
  return Math.max(...sizes);
}

/** @param {string} path */
async function edits(path) {
  const { page, drop } = await opened(path);
  await drop();
  await page.waitForSelector('#capacity');
  const edited = join(folder, 'edits.json');
  await page.tracing.start({ path: edited, categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  const found = await page.evaluate(async () => {
    const handle = /** @type {HTMLElement} */ (document.querySelector('.handle'));
    const times = [];
    for (let step = 0; step < 12; step++) {
      const told = () => document.querySelector('.many-head [role="status"]')?.textContent;
      const before = told();
      const began = performance.now();
      handle.dispatchEvent(new KeyboardEvent('keydown', { key: step % 2 ? 'ArrowRight' : 'ArrowLeft', bubbles: true }));
      await new Promise((resume) => {
        const look = new MutationObserver(() => told() !== before && (look.disconnect(), resume(null)));
        look.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      times.push(performance.now() - began);
      await new Promise((resume) => setTimeout(resume, 300));
    }
    return times.sort((a, b) => a - b);
  });
  await page.tracing.stop();
  const [own, worker] = ['CrRendererMain', 'DedicatedWorker thread'].map((thread) => tasksOf(edited, thread).reduce((sum, { processor }) => sum + processor, 0) / found.length);
  console.log(`${EDITED.toLocaleString('en')} leads after an edit: ${found[0].toFixed(0)} ms at best, ${found[6].toFixed(0)} ms in the middle, ${found[11].toFixed(0)} ms at worst`);
  console.log(`  of the processor, with all that follows: ${own.toFixed(0)} ms on the page's thread and ${worker.toFixed(0)} ms beside it`);

  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await (await page.$('.handle'))?.boundingBox());
  const traced = join(folder, 'drag.json');
  await page.mouse.move(box.x + box.width / 2, box.y + 8);
  await page.mouse.down();
  await page.tracing.start({ path: traced, categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  for (let step = 0; step < 120; step++) await page.mouse.move(box.x + box.width / 2 - step, box.y + 8);
  await page.tracing.stop();
  await page.mouse.up();
  const tasks = tasksOf(traced);
  const processor = tasks.map((task) => task.processor).sort((a, b) => b - a);
  console.log(`  dragging a threshold: the longest task ${processor[0].toFixed(1)} ms of the processor, over 16.7 ms: ${processor.filter((one) => one > 1000 / 60).length} of 120 moves`);
  await page.close();
}
