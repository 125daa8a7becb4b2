/**
 * What `npx leadscore init edge` writes works as its README says: made with the package as npm ships it, in a folder of its own, and
 * run in Cloudflare's runtime as its wrangler.jsonc wants it. `npm install` and `wrangler dev` are left out, as they need the network.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { buildSync } from 'esbuild';
import { parse } from 'jsonc-parser';
import { Miniflare } from 'miniflare';
import { root } from '../../scripts/shell.mjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'leadscore-init-')));
const installed = join(folder, 'node_modules', 'leadscore');
const project = join(folder, 'shop leads');
const FILES = ['.dev.vars', '.gitignore', 'README.md', 'crm.mjs', 'model.json', 'package.json', 'public', 'src', 'wrangler.jsonc'];

before(() => {
  // As `npm install` lays it out: the package unpacked, and beside it what it needs.
  const packed = spawnSync('npm', ['pack', join(root, 'pkg'), '--pack-destination', folder, '--json'], { cwd: folder, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(packed.stdout);
  mkdirSync(join(folder, 'node_modules'));
  assert.equal(spawnSync('tar', ['-xzf', join(folder, filename), '-C', folder]).status, 0);
  cpSync(join(folder, 'package'), installed, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), 'standardwebhooks']) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(realpathSync(join(root, 'node_modules', name)), join(folder, 'node_modules', name));
  }
});
after(() => rmSync(folder, { recursive: true, maxRetries: 10 }));

/** @param {string[]} parameters @param {Record<string, string>} [env] */
function runs(parameters, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(installed, 'cli/main.js'), ...parameters], { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', ...env } });
  return { status, stdout, stderr };
}
const leadscore = (/** @type {string[]} */ ...parameters) => runs(parameters);
const read = (/** @type {string} */ name) => readFileSync(join(project, name), 'utf8');

test('it writes a project, whose names, secrets and links are its own', () => {
  const { status, stdout, stderr } = leadscore('init', 'edge', 'shop leads');
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^✓ shop leads: a form, a worker and a model, in 11 files\n/);
  assert.deepEqual(readdirSync(project).sort(), FILES);
  const { name, dependencies } = JSON.parse(read('package.json'));
  assert.equal(name, 'shop-leads');
  assert.equal(resolve(project, dependencies.leadscore.replace('file:', '')), installed, 'the package is where the link leads');
  assert.equal(parse(read('wrangler.jsonc')).name, 'shop-leads');
  const secrets = [...read('.dev.vars').matchAll(/^(?:LEAD_SECRET|ADMIN_TOKEN|CRM_SECRET)="(?:whsec_)?(.+)"$/gm)].map(([, secret]) => secret);
  assert.deepEqual(secrets.map((secret) => Buffer.from(secret, 'base64').length), [32, 32, 32]);
  assert.equal(new Set(secrets).size, 3);
  assert.match(read('.gitignore'), /^\.dev\.vars$/m);
  for (const file of readdirSync(project, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
    assert.doesNotMatch(readFileSync(join(file.parentPath, file.name), 'utf8'), /\{\{name|\[\[/, `${file.name} is filled in`);
  }
  assert.deepEqual([leadscore('check', '--strict', join(project, 'model.json')).status, leadscore('test', join(project, 'model.json')).status], [0, 0]);
});

test('it writes over nothing, and nothing beside what is there', () => {
  const before = read('.dev.vars');
  const { status, stdout, stderr } = leadscore('init', 'edge', 'shop leads');
  assert.deepEqual([status, stdout, read('.dev.vars')], [2, '', before]);
  assert.match(stderr, /^error: `shop leads`: expected a folder without `\.dev\.vars`/);
  mkdirSync(join(folder, 'mine', 'src'), { recursive: true });
  writeFileSync(join(folder, 'mine', 'src', 'worker.js'), 'mine');
  assert.equal(leadscore('init', 'edge', 'mine').status, 2);
  assert.deepEqual([readdirSync(join(folder, 'mine')), readFileSync(join(folder, 'mine/src/worker.js'), 'utf8')], [['src'], 'mine']);
  assert.deepEqual([leadscore('init', 'castle').status, existsSync(join(folder, 'leads'))], [2, false]);
  // Beside other things it may stand.
  writeFileSync(join(folder, 'mine', 'notes.txt'), 'mine');
  rmSync(join(folder, 'mine', 'src'), { recursive: true });
  assert.equal(leadscore('init', 'edge', 'mine').status, 0);
});

test('it speaks French', () => {
  const { status, stdout } = leadscore('init', 'edge', 'prospects', '--lang', 'fr');
  assert.equal(status, 0);
  assert.match(stdout, /un formulaire, un worker et un modèle, en 11 fichiers/);
  const page = readFileSync(join(folder, 'prospects/public/index.html'), 'utf8');
  assert.match(page, /<html lang="fr">[^]*Pour quand \?[^]*Envoyer/);
  assert.match(readFileSync(join(folder, 'prospects/src/worker.js'), 'utf8'), /lang: 'fr'/);
});

/** The project in Cloudflare's runtime, set up by what its own files say. */
async function started() {
  const config = parse(read('wrangler.jsonc'));
  const vars = Object.fromEntries([...read('.dev.vars').matchAll(/^(\w+)="(.*)"$/gm)].map(([, name, value]) => [name, value]));
  const out = join(project, '.wrangler');
  buildSync({ entryPoints: [join(project, config.main)], bundle: true, format: 'esm', conditions: ['workerd', 'worker'], external: ['cloudflare:workers'], outdir: out, loader: { '.wasm': 'copy' } });
  const [{ name, class_name: className }] = config.durable_objects.bindings;
  const worker = new Miniflare({
    compatibilityDate: config.compatibility_date,
    modules: true,
    modulesRoot: out,
    scriptPath: join(out, 'worker.js'),
    modulesRules: [{ type: 'ESModule', include: ['**/*.js'] }, { type: 'CompiledWasm', include: ['**/*.wasm'] }],
    bindings: { ...config.vars, ...vars },
    durableObjects: { [name]: { className, useSQLite: config.migrations[0].new_sqlite_classes.includes(className) } },
    durableObjectsPersist: join(out, 'state'),
    assets: { directory: join(project, config.assets.directory), routerConfig: { has_user_worker: true } },
    handleRuntimeStdio: (/** @type {import('node:stream').Readable[]} */ ...streams) => streams.forEach((stream) => stream.resume()),
  });
  await worker.ready;
  const admin = { authorization: `Bearer ${vars.ADMIN_TOKEN}` };
  return {
    worker,
    vars,
    counts: async () => /** @type {any} */ (await (await worker.dispatchFetch('http://localhost:8787/admin/outbox', { headers: admin })).json()).destinations.crm.counts,
    post: (/** @type {Record<string, string>} */ fields) =>
      worker.dispatchFetch('http://localhost:8787/lead', {
        method: 'POST',
        headers: { origin: 'http://localhost:8787', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      }),
  };
}

/** The stand-in for the CRM, and what it printed. */
async function crm() {
  const child = spawn(process.execPath, ['crm.mjs'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  await until(() => printed.includes('listens'));
  const exit = new Promise((resolve) => child.once('exit', resolve));
  return { printed: () => printed, end: () => (child.kill(), exit) };
}

/** @param {() => unknown} holds */
async function until(holds) {
  for (const end = Date.now() + 300_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) assert(Date.now() < end, String(holds));
}

test('the worker takes its form, and the CRM gets the lead: also when it is down meanwhile, and once', async () => {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
  writeFileSync(join(project, '.dev.vars'), read('.dev.vars').replace('8790', String(port)));
  const { worker, vars, counts, post } = await started();
  let receiver = await crm();
  try {
    const page = await (await worker.dispatchFetch('http://localhost:8787/')).text();
    assert.match(page, /<form method="post" action="\/lead">/);
    const fields = { name: 'Ada Lovelace', email: 'ada@dairy.example', company: 'Dairy', 'job-title': 'Director', employees: '50+', 'project.when': 'now' };
    for (const name of Object.keys(fields)) assert(page.includes(`name="${name}"`), `the form has ${name}`);
    const answer = await post(fields);
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, 'http://localhost:8787/thanks']);
    assert.match(await (await worker.dispatchFetch('http://localhost:8787/thanks')).text(), /<h1>Thank you<\/h1>/);
    await until(() => receiver.printed().includes('Ada Lovelace'));
    assert.match(receiver.printed(), /^A {2}100 {2}Ada Lovelace {2}Dairy {2}Wants it now: \+40; Company size: \+30; Can decide: \+20/m);

    // It has heard of its success.
    await until(async () => (await counts()).sent === 1);
    await receiver.end();
    assert.equal((await post({ name: 'Grace Hopper', email: 'grace@gmail.com' })).status, 303);
    assert.equal((await post({ email: 'nobody' })).status, 422);
    await until(async () => (await counts()).queued === 1);
    receiver = await crm();
    await until(() => receiver.printed().includes('Grace Hopper'));
    await until(async () => (await counts()).sent === 2);
    assert.equal(receiver.printed().match(/Grace Hopper/g)?.length, 1);
    assert(!receiver.printed().includes('Ada'), 'what was delivered is not delivered again');

    // This CRM has forgotten what it had before it ended, and that is found out.
    const { status, stdout } = runs(['reconcile', `${await worker.ready}admin/outbox`], { ADMIN_TOKEN: vars.ADMIN_TOKEN });
    assert.equal(status, 1, stdout);
    assert.match(stdout, /^✗ [\w-]{36} {2}A {2}.*not in the CRM \(score 100\)\n✗ crm: 2 delivered · 1 in the CRM as they should be · 1 not · 0 still to come · 0 refused\n$/);
  } finally {
    await receiver.end();
    await worker.dispose();
  }
});
