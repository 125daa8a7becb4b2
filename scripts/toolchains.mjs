/**
 * Builds and runs the package, as npm ships it, in every host there is a row for, with each tool installed in its
 * exact version into a project of its own; prints the table and writes it into README.md. With names of hosts it
 * asks only these, and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { setup } from './setup.mjs';
import { root, say, stop } from './shell.mjs';

await setup();
await setupBrowser();
await build();

// Only now, as they need what the set-up installs.
const { closeBrowser } = await import('../tests/toolchains/browser.mjs');
const { hosts, problem } = await import('../tests/toolchains/hosts.mjs');
const { Workshop } = await import('../tests/toolchains/project.mjs');
const { BUILDS, questionFor } = await import('../tests/toolchains/question.mjs');

const names = process.argv.slice(2).map((name) => name.toLowerCase());
const asked = hosts.filter(({ host }) => names.length === 0 || names.includes(host.toLowerCase()));
if (asked.length === 0) stop(`Expected some of: ${[...new Set(hosts.map(({ host }) => host))].join(', ')}.`);

const questions = await Promise.all(BUILDS.map(questionFor));
const workshop = new Workshop();
/** @type {Map<string, import('../tests/toolchains/project.mjs').Project>} */
const projects = new Map();
const rows = [];
let failed = 0;

try {
  for (const host of asked) {
    say(`${host.host}: ${host.ran}`);
    const results = [];
    for (const question of questions) results.push(host.skip || (question ? await resultOf(host, question) : 'not built yet'));
    const { version = Object.values(host.tools ?? {})[0] } = host;
    rows.push([host.host, typeof version === 'string' ? version : await version(), host.ran, ...results]);
  }
} finally {
  await closeBrowser();
  workshop.close();
}

const heading = ['host', 'version', 'what ran', ...BUILDS.map((build) => `\`${build}\``)];
const table = [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
console.log(`\n${table}\n`);
if (names.length === 0) writeTable();
if (failed > 0) stop(`${failed} failed.`);

/**
 * @param {import('../tests/toolchains/hosts.mjs').Host} host
 * @param {import('../tests/toolchains/question.mjs').Question} question
 */
async function resultOf(host, question) {
  const start = performance.now();
  const found = await problem(host, await projectFor(host), question).catch((/** @type {Error} */ thrown) => thrown.message);
  console.log(`  ${found === null ? '✔' : '✘'} ${question.build} ${((performance.now() - start) / 1000).toFixed(1)} s${found === null ? '' : `\n${found}`}`);
  if (found === null) return host.result ?? 'scores';
  failed += 1;
  return '**fails**';
}

/**
 * Rows of one host share a project, so that its tools are installed once.
 * @param {import('../tests/toolchains/hosts.mjs').Host} host
 */
async function projectFor({ host, tools = {} }) {
  const known = projects.get(host);
  if (known) return known;
  const project = workshop.project();
  await project.install(tools);
  projects.set(host, project);
  return project;
}

function writeTable() {
  const file = join(root, 'README.md');
  const [START, END] = ['<!-- toolchains: written by `npm run test:toolchains` -->', '<!-- /toolchains -->'];
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) stop(`README.md has no ${START} … ${END}.`);
  writeFileSync(file, `${before}${START}\n${table}\n${END}${after}`);
}
