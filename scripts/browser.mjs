/** Finds and launches browsers for the tests: those that are installed, or Debian's Chromium where it may be installed. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { answer, must, say, stop } from './shell.mjs';

/** In the order of preference: program, and what the test library calls its kind. */
const PROGRAMS = /** @type {const} */ ([
  ['chromium', 'chrome'],
  ['chromium-browser', 'chrome'],
  ['google-chrome', 'chrome'],
  ['google-chrome-stable', 'chrome'],
  ['chrome', 'chrome'],
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'chrome'],
  ['/Applications/Chromium.app/Contents/MacOS/Chromium', 'chrome'],
  ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'chrome'],
  ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe', 'chrome'],
  ['firefox', 'firefox'],
  ['firefox-esr', 'firefox'],
  ['/Applications/Firefox.app/Contents/MacOS/firefox', 'firefox'],
]);

/** @typedef {{ path: string, kind: 'chrome' | 'firefox' }} Browser */

/** @returns {Browser | null} an installed browser */
export function installedBrowser() {
  return installedBrowsers()[0] ?? null;
}

/** @returns {Browser[]} the installed browsers, one of each kind */
export function installedBrowsers() {
  const chosen = process.env.BROWSER_PATH;
  if (chosen) return [{ path: chosen, kind: /firefox/i.test(chosen) ? 'firefox' : 'chrome' }];
  const find = process.platform === 'win32' ? 'where' : 'which';
  const found = /** @type {Browser[]} */ ([]);
  for (const [program, kind] of PROGRAMS) {
    if (found.some((browser) => browser.kind === kind)) continue;
    const path = isAbsolute(program) ? existsSync(program) && program : answer(find, [program])?.split('\n')[0];
    if (path) found.push({ path, kind });
  }
  return found;
}

/** What Chromium is told: to leave the network and the screen alone. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Launches a browser without a window and with a fresh profile.
 * @param {Browser | null} [which] an installed one
 * @returns {Promise<import('puppeteer-core').Browser>}
 */
export async function launch(which = installedBrowser()) {
  if (!which) throw new Error('expected a browser: `npm test` installs one or says which');
  const { default: puppeteer } = await import('puppeteer-core'); // this file is read before packages are installed
  const unboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses its sandbox to root
  const args = which.kind === 'chrome' ? [...QUIET, ...unboxed] : [];
  return puppeteer.launch({ browser: which.kind, executablePath: which.path, headless: true, args, timeout: 120_000 });
}

/** Makes sure that there is one. */
export async function setupBrowser() {
  if (installedBrowser()) return;
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian) {
    stop('The browser tests need Chrome, Chromium, Edge or Firefox: install one, or set BROWSER_PATH to its program.');
  }
  say('Installing Chromium for the browser tests (about a minute)');
  await must('apt-get', ['update', '-qq']);
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
}
