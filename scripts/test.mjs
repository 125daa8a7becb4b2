/**
 * Sets up, builds, then runs everything there is to run, to the end even when something fails.
 * The same for people and for continuous integration.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setupBrowser } from './browser.mjs';
import { build, builds } from './build.mjs';
import { buildDemo } from './demo.mjs';
import { buildPlayground } from './playground.mjs';
import { setup } from './setup.mjs';
import { answer, must, root, run, say, stop } from './shell.mjs';
import { buildTracker } from './tracker.mjs';

await setup();
await setupLinters();
await setupBrowser();
await build();
await buildTracker();
await buildDemo();
await buildPlayground();

const TEST = ['--test', '--test-reporter=spec'];
const wasm = ['--target', 'wasm32-unknown-unknown'];
const strict = ['--', '-D', 'warnings'];
/** @type {[name: string, program: string, parameters: string[]][]} */
const runners = [
  ['rust format', 'cargo', ['fmt', '--check']],
  ['rust lints', 'cargo', ['clippy', '--locked', '--all-targets', '--all-features', ...strict]],
  ...builds.map((one) => /** @type {[string, string, string[]]} */ ([
    `rust lints, ${one.name}`,
    'cargo',
    ['clippy', '--locked', ...wasm, ...one.cargo, ...strict],
  ])),
  ['rust tests', 'cargo', ['test', '--locked', '--all-features']],
  ['javascript types', 'tsc', ['--noEmit', '--project', root]],
  ['javascript tests', process.execPath, [...TEST, ...testFiles()]],
  ['size', process.execPath, ['scripts/size.mjs']],
  ['first start', process.execPath, ['scripts/start.mjs', '--no-serve']],
];

const results = [];
for (const [name, program, parameters] of runners) {
  say(name);
  const start = performance.now();
  let { code, output } = await run(program, parameters);
  const closing = closingLines(output);
  const failed = parameters[0] === TEST[0] && code !== 0 ? failedFiles(output) : [];
  if (failed.length > 0) {
    // Browsers on a busy machine do not always do what they are told to in time: files with a failure get a second go, and it is said.
    say(`${name}, a second go: ${failed.join(', ')}`);
    ({ code, output } = await run(program, [...TEST, ...failed]));
    closing.push(`a second go of ${failed.join(', ')}: ${code === 0 ? 'all passed' : 'failed again'}`);
  }
  results.push({ name, code, seconds: (performance.now() - start) / 1000, closing });
}

say('In short');
for (const { name, code, seconds, closing } of results) {
  console.log(`${code === 0 ? '✔' : '✘'} ${name.padEnd(18)} ${seconds.toFixed(0).padStart(4)} s`);
  for (const line of closing) console.log(`    ${line}`);
}
const failed = results.filter(({ code }) => code !== 0).map(({ name }) => name);
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0) stop(`Failed: ${failed.join(', ')}`);

/** A minimal Rust has neither. */
async function setupLinters() {
  for (const component of ['clippy', 'rustfmt']) {
    if (answer('cargo', [component === 'clippy' ? 'clippy' : 'fmt', '--version'])) continue;
    await must('rustup', ['component', 'add', component]);
  }
}

function testFiles() {
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
    .map((file) => join('tests', file))
    .sort();
}

/**
 * The files with tests that failed; where a test is made by a file that several share, all of its folder.
 * @param {string} output
 */
function failedFiles(output) {
  const places = [...output.replace(/\x1b\[\d+m/g, '').matchAll(/^test at (\S+?):\d+:\d+$/gm)].map(([, place]) => place);
  return testFiles().filter((file) => places.some((place) => place === file || (!place.endsWith('.test.mjs') && dirname(place) === dirname(file))));
}

/**
 * What the runner itself says at its end.
 * @param {string} output
 */
function closingLines(output) {
  const lines = output.replace(/\x1b\[\d+m/g, '').split('\n');
  return lines.filter((line) => /^test result:/.test(line) || /^ℹ (tests|pass|fail|skipped) /.test(line) || /^ +sum .*budget/.test(line));
}
