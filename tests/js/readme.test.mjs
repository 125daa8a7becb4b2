/** What README.md and docs/ show works as shown: models, code, commands, what they print, and links. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { check, compileModel, createScorer, matches } from 'leadscore';
import { encode } from '../../pkg/tracker/log.js';
import { launch } from '../../scripts/browser.mjs';

/** @typedef {{ language: string, text: string, section: string }} Fence */

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'pkg/README.md', ...readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];
const readme = fences('README.md');
const model = only(readme, 'json');
const folder = laidOut();
after(() => rmSync(folder, { recursive: true }));

/** @param {string} document */
function read(document) {
  return readFileSync(join(root, document), 'utf8');
}

/**
 * The examples of a document, each with the heading that it stands under.
 * @param {string} document
 * @returns {Fence[]}
 */
function fences(document) {
  let section = '';
  const found = [];
  for (const [, heading, language, text] of read(document).matchAll(/^#+ ([^\n]+)$|^```(\w*)\n(.*?)^```$/gms)) {
    if (heading) section = heading;
    else found.push({ language, text, section });
  }
  return found;
}

/**
 * @param {Fence[]} fences
 * @param {string} language
 * @param {RegExp} [mention]
 */
function only(fences, language, mention = /(?:)/) {
  const found = fences.filter((fence) => fence.language === language && mention.test(fence.text));
  assert.equal(found.length, 1, `expected one example in ${language}${mention}, found ${found.length}`);
  return found[0].text;
}

/**
 * What a document says that an example prints.
 * @param {RegExp} mention
 */
function printed(mention) {
  const place = readme.findIndex(({ text, language }) => language !== 'text' && mention.test(text));
  return readme.slice(place).find(({ language }) => language === 'text')?.text;
}

/** The files that the README names, and the package, as a reader has them. */
function laidOut() {
  const folder = mkdtempSync(join(tmpdir(), 'leadscore-readme-'));
  const [leads, events] = readme.filter(({ language }) => language === 'csv').map(({ text }) => text);
  const files = {
    'lead-model.json': model,
    'leads.csv': leads,
    'events.csv': events,
    'node.mjs': only(readme, 'js', /lang: 'en'/),
    'compiled.mjs': only(readme, 'js', /loadScorer\(readFileSync/),
    'model.lsp': compileModel(model),
    'worker.mjs': only(readme, 'js', /export default/),
    'visitor.mjs': only(readme, 'js', /scorer\.visitor/),
    'log.mjs': only(readme, 'js', /readLog/),
    'index.html': only(readme, 'html', /importmap/),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'pkg'), join(folder, 'node_modules', 'leadscore'), 'junction');
  return folder;
}

/** @param {string[]} parameters */
function node(...parameters) {
  return execFileSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test('the first model has fifteen lines at most, and nothing wrong or doubtful', () => {
  assert(model.trim().split('\n').length <= 15);
  assert.deepEqual(check(model), []);
});

test('the code for Node prints what stands under it', () => {
  assert.equal(node('node.mjs'), printed(/lang: 'en'/));
});

test('the code for a compiled model prints what stands under it', () => {
  assert.equal(node('compiled.mjs'), printed(/loadScorer\(readFileSync/));
});

test('the code for visitors prints what stands under it', () => {
  assert.equal(node('visitor.mjs'), printed(/scorer\.visitor/));
});

test('a form with the log of a tracker is scored', async () => {
  const { scored } = await import(pathToFileURL(join(folder, 'log.mjs')).href);
  const form = new FormData();
  assert.deepEqual([scored(form).value, scored(form).clamps], [0, []]); // of who has not agreed
  const events = [{ type: 'demo_request', at: Math.floor(Date.now() / 1000) * 1000 }];
  form.set('lead_log', encode('example.com', { visitor: 'AAAAAAAAAAA', since: events[0].at, events }));
  const { value, clamps } = scored(form);
  assert.deepEqual([Math.round(value), clamps], [40, []]);
});

test('the worker answers a request', async () => {
  const { default: worker } = await import(pathToFileURL(join(folder, 'worker.mjs')).href);
  const body = JSON.stringify({ facts: { company: { employees: 45 } }, events: [] });
  const response = await worker.fetch(new Request('https://worker/', { method: 'POST', body }));
  const { value, missing } = await response.json();
  assert.deepEqual([value, missing], [30, ['company.country']]);
});

test('the page shows a score in a browser', async () => {
  const types = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' });
  const server = createServer((request, response) => {
    const file = join(folder, request.url === '/' ? 'index.html' : String(request.url));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => document.querySelector('output')?.textContent);
    assert.equal(await page.$eval('output', (output) => output.textContent), '40 cold');
  } finally {
    await browser.close();
    server.close();
  }
});

test('the commands work and print what stands under them', () => {
  const command = join(root, 'pkg', 'cli', 'main.js');
  const commands = only(readme, 'sh', /npx leadscore/).trim().split('\n');
  const outputs = commands.map((line) => {
    assert.match(line, /^npx leadscore /);
    return node(command, ...line.split(' ').slice(2));
  });
  assert.equal(outputs.at(-1), printed(/npx leadscore/));
});

test('what `npm start` prints is what the README shows', () => {
  const agency = JSON.parse(read('www/models/agency.json'));
  const [{ facts, events, asOf }] = agency.tests;
  const { value, labels, stage, route, coverage, validUntil, reasons = [] } = createScorer(agency).score(facts, { events, asOf, lang: 'en' });
  const lines = printed(/npm start/)?.split('\n').filter(Boolean).map((line) => line.replace(/^ *(\S+) +/, ''));
  assert.deepEqual(lines, [
    `${value} of 100, ${labels.total}`,
    stage,
    route?.text,
    `${Math.round(coverage * 100)} % of what the model asks about`,
    `until ${new Date(Number(validUntil)).toISOString()}`,
    ...[...reasons.filter(({ value }) => value !== 0), ...reasons.filter(({ value }) => value === 0)].map(({ text }) => text),
  ]);
});

test('the example of the package prints what stands under it', () => {
  const shown = fences('pkg/README.md');
  writeFileSync(join(folder, 'package.mjs'), only(shown, 'js'));
  assert.equal(node('package.mjs'), only(shown, 'text'));
});

test('every npm command that is quoted exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const quoted = documents.flatMap((document) => [...read(document).matchAll(/(?<=`|^)npm (?:run )?([a-z][\w:]*)/gm)]);
  assert(quoted.length > 5);
  for (const [command, name] of quoted) assert(name === 'install' || name in scripts, command);
});

test('the budgets that are quoted are those that are held', () => {
  const { budget, goal } = JSON.parse(read('budget.json'));
  const rows = [...read('README.md').matchAll(/^\| .*`leadscore(?:\/runtime)?` \| .* \| .* \| (\d+) kB \| (\d+) kB \|$/gm)];
  assert.deepEqual(rows.map(([, held, wanted]) => [Number(held) * 1000, Number(wanted) * 1000]), [
    [budget.runtime, goal.runtime],
    [budget.full, goal.full],
  ]);
});

test('the sizes that are quoted are those that were built; `UPDATE_GOLDEN=1` writes them anew', () => {
  for (const [name, build] of [['leadscore/runtime', 'runtime'], ['leadscore', 'full']]) {
    const built = gzipSync(readFileSync(join(root, 'pkg', 'wasm', build, 'leadscore_bg.wasm')), { level: 9 }).length / 1000;
    const quoted = new RegExp(`(^\\| .*\`${name}\` \\| )(\\d+\\.\\d)(?= kB)`, 'm');
    if (process.env.UPDATE_GOLDEN) writeFileSync(join(root, 'README.md'), read('README.md').replace(quoted, `$1${built.toFixed(1)}`));
    const kilobytes = Number(read('README.md').match(quoted)?.[2]);
    // Another compiler differs by a little.
    assert(Math.abs(kilobytes - built) < built * 0.03, `README.md says ${kilobytes} kB, built were ${built.toFixed(1)} kB`);
  }
});

/** What each example of docs/model.md is an example of, by its heading, as part of a model. */
const PARTS = /** @type {Record<string, (example: any) => object>} */ ({
  '`attributes`: the facts': (attributes) => ({ attributes }),
  '`dimensions`, groups, rules': (example) => (example.kind ? withRule({ id: 'r', on: 'visit', points: 1, decay: example }) : withRule(example)),
  '`grade`': (grade) => ({ grade }),
  'Conditions on the result: `stages`, `overrides`, `routes`': (parts) => parts,
  '`exclusions`, `disqualifiers`': (flags) => flags,
});

/** @param {object} rule */
function withRule(rule) {
  return { dimensions: [{ id: 'fit', groups: [{ id: 'g', rules: [rule] }] }] };
}

/** A model whose labels are those that the examples speak of. */
const LABELS = [{ id: 'high', from: 50 }, { id: 'low' }];
const PLAIN = {
  format: 1,
  id: 'plain',
  dimensions: ['fit', 'engagement'].map((id) => ({ id, labels: LABELS, groups: [{ id: `${id}-group`, rules: [{ id: `${id}-rule`, points: 1 }] }] })),
};

test('every example of docs/model.md is one that the engine takes', () => {
  const examples = fences('docs/model.md').filter(({ language }) => language === 'json');
  const seen = new Set();
  for (const { section, text } of examples) {
    const example = JSON.parse(text);
    seen.add(section);
    if (section === 'Conditions') assert.equal(matches(example, { company: { employees: 45, country: 'FR' } }), true);
    else if (section === '`events`: what leads do') assert(Number.isFinite(Date.parse(example.at)) && example.type);
    else if (section === '`tests`') assert.deepEqual(check({ ...JSON.parse(model), tests: [example] }), []);
    else {
      const issues = check({ ...PLAIN, ...PARTS[section](example) });
      assert.deepEqual(issues.filter(({ severity }) => severity === 'error'), [], text);
    }
  }
  assert.equal(seen.size, Object.keys(PARTS).length + 3);
});

/**
 * A model with these fields in one of its places.
 * @param {string} place
 * @param {Record<string, any>} fields
 */
function modelWith(place, fields) {
  const into = (/** @type {string} */ here) => (here === place ? fields : {});
  const points = 'bands' in into('rule') || 'frequency' in into('rule') ? {} : { points: 10 };
  const group = { id: 'g', cap: 40, rules: [{ id: 'r', ...points, ...into('rule') }], ...into('group') };
  const [, engagement] = PLAIN.dimensions;
  const dimensions = [{ id: 'fit', labels: LABELS, groups: [group], ...into('dimension') }, { ...engagement, weight: 0 }];
  return { ...PLAIN, dimensions, total: into('total'), ...into('model') };
}

test('every line of what a model can say is one that the engine takes', () => {
  const lines = [...read('README.md').matchAll(/^\| [^|]+ \| `(".+)` \| ([a-z, ]+) \|$/gm)];
  assert(lines.length > 20);
  for (const [, fields, places] of lines) {
    for (const place of places.split(', ')) {
      const issues = check(modelWith(place, JSON.parse(`{${fields}}`)));
      assert.deepEqual(issues.filter(({ severity }) => severity === 'error'), [], `${fields} in ${place}`);
    }
  }
});

test('docs/codes.md lists the codes that only JavaScript gives, all and no others', () => {
  const [engine, rest] = read('docs/codes.md').split('\n## Only from JavaScript\n');
  const listed = (/** @type {string} */ text) => [...text.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code);
  const source = readdirSync(join(root, 'pkg', 'src')).map((file) => read(`pkg/src/${file}`)).join('');
  const given = new Set([...source.matchAll(/(?:LeadscoreError\(|\d: \[)'([\w-]+)'/g)].map(([, code]) => code));
  for (const code of listed(engine)) given.delete(code);
  assert.deepEqual(listed(rest).sort(), [...given].sort());
});

test('every file that is named is there', () => {
  for (const document of documents) {
    for (const [, path] of read(document).matchAll(/`((?:benches|docs|pkg|scripts|src|tests|www)\/[\w./-]*)`/g)) {
      assert(existsSync(join(root, path)), `${document} names ${path}`);
    }
  }
});

test('every link within the repository leads somewhere', () => {
  for (const document of documents) {
    const text = read(document).replace(/^```.*?^```$/gms, '');
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#\s]*)(#[\w-]+)?\)/g)) {
      assert(existsSync(join(root, dirname(document), target)), `${document} links to ${target}`);
    }
  }
});
