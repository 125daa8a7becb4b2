/** Handing over: links that hold, code that runs as it is copied, files, parts of other pages, and the page without a network. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { compileModel, createScorer } from 'leadscore';
import { fileOf, RECIPES } from '../../playground/hand/recipes.js';
import { serve } from '../../scripts/serve.mjs';
import { AS_OF, faults, openPage, press, sample, scoreOf, shows, start, stopped, story } from './page.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** @type {string} */
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leadscore-hand-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'pkg'), join(folder, 'node_modules', 'leadscore'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await start();
});
after(async () => {
  await stopped();
  if (folder) rmSync(folder, { recursive: true });
});

/** @param {import('puppeteer-core').Page} page */
const value = (page) => page.$eval('.gauge-value', (node) => Number(node.textContent?.replace(',', '.')));
/** @param {import('puppeteer-core').Page} page */
const linkOf = async (page) => {
  await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector('#link'))?.value.includes('#m='));
  return page.$eval('#link', (node) => /** @type {HTMLInputElement} */ (node).value);
};

/** What a recipe is made of: a story, its first lead, and what Node says of it. @param {string} id */
function given(id) {
  const { facts, events } = sample(id, 0);
  const dated = events.map(({ days, ...event }) => ({ ...event, at: new Date(Date.parse(AS_OF) - days * 86_400_000).toISOString() }));
  const expected = scoreOf(sample(id, 0), story(id));
  return {
    id,
    lead: { facts, events: dated },
    asOf: Date.parse(AS_OF),
    lang: /** @type {const} */ ('en'),
    expected: { value: expected.value, label: expected.labels.total ?? null },
  };
}

describe('a link', () => {
  test('holds the model, and the lead only when it is chosen; it says how long it is and what travels with it', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=hand&model=industry&as-of=${AS_OF}`);
    const bare = await linkOf(page);
    await shows(page, `${bare.length.toLocaleString('en')} characters`);
    await shows(page, 'whoever has the link has the data in it');
    await page.click('.share input[type="checkbox"]');
    await page.waitForFunction((old) => /** @type {HTMLInputElement} */ (document.querySelector('#link')).value !== old, {}, bare);
    await shows(page, 'What is known of this lead travels with the link');
    const whole = await linkOf(page);
    assert.deepEqual(problems, []);
    await leave();

    const expected = scoreOf(sample('industry', 0), story('industry'));
    for (const [address, number] of /** @type {const} */ ([
      [bare, scoreOf({ facts: {}, events: [] }, story('industry')).value],
      [whole, expected.value],
    ])) {
      const other = await openPage(`?lang=en&as-of=${AS_OF}${new URL(address).hash}`);
      await shows(other.page, 'Parts maker');
      assert.equal(await value(other.page), Math.round((number ?? NaN) * 10) / 10);
      assert.deepEqual(other.problems, []);
      await other.leave();
    }
  });

  test('cut in half says so, and the page works', async () => {
    const { page, leave } = await openPage(`?lang=en&view=hand&model=saas&as-of=${AS_OF}`);
    const { hash } = new URL(await linkOf(page));
    await leave();
    for (const broken of [hash.slice(0, hash.length / 2), '#m=', '#m=%%%', '#m=eyJhIjoxfQ']) {
      const other = await openPage(`?lang=en&as-of=${AS_OF}${broken}`);
      await shows(other.page, 'The link is not whole');
      assert((await value(other.page)) > 0);
      assert.deepEqual(other.problems, []);
      await other.leave();
    }
  });

  test('cut in half, opened over work that was there, changes nothing, even when the page is loaded again', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=hand&as-of=${AS_OF}`);
    const { hash } = new URL(await linkOf(page));
    await press(page, 'Understand a lead');
    await page.waitForSelector('[id="fact-company.employees"]');
    await page.$eval('[id="fact-company.employees"]', (node) => {
      /** @type {HTMLInputElement} */ (node).value = '77';
      node.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press(page, 'Build the model');
    await page.waitForSelector('.quick');
    await page.$eval('.quick', (node) => {
      /** @type {HTMLInputElement} */ (node).value = '3';
      node.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForFunction(() => location.hash.startsWith('#m='));
    const [before, address] = [await value(page), await page.evaluate(() => location.hash)];
    await page.evaluate((half) => {
      location.hash = half;
    }, hash.slice(0, hash.length / 2));
    await shows(page, 'The link is not whole');
    assert.equal(await value(page), before);
    await page.waitForFunction((own) => location.hash === own, {}, address);
    await page.reload();
    await page.waitForSelector('.gauge-value');
    assert.equal(await value(page), before);
    await page.evaluate((whole) => {
      location.hash = whole;
    }, hash);
    await shows(page, 'The model of the link is open');
    await page.waitForFunction((old) => Number(document.querySelector('.gauge-value')?.textContent) !== old, {}, before);
    await page.click('[aria-label="Undo"]');
    await page.waitForFunction((old) => Number(document.querySelector('.gauge-value')?.textContent) === old, {}, before);
    assert.deepEqual(problems, []);
    await leave();
  });
});

describe('code runs as it is copied', () => {
  for (const id of ['agency', 'saas', 'wholesale'])
    test(`JavaScript in Node, of ${id}, prints what it says that it prints`, async () => {
      const { code, file } = RECIPES.javascript(given(id));
      writeFileSync(join(folder, fileOf(id)), JSON.stringify(story(id)));
      writeFileSync(join(folder, file), code);
      const { stdout } = await run(process.execPath, [file], { cwd: folder });
      const [first, ...reasons] = stdout.trim().split('\n');
      assert.equal(first, /labels\.total\); \/\/ (.*)/.exec(code)?.[1]);
      assert.equal(first.split(' ')[0], String(given(id).expected.value));
      assert(reasons.length > 2, stdout);
    });

  test('the Worker in workerd answers the request of curl; what it cannot read is told', async () => {
    const one = given('agency');
    writeFileSync(join(folder, fileOf('agency')), JSON.stringify(story('agency')));
    writeFileSync(join(folder, 'worker.js'), RECIPES.worker(one).code);
    await build({
      entryPoints: [join(folder, 'worker.js')],
      outfile: join(folder, 'out', 'worker.mjs'),
      bundle: true,
      format: 'esm',
      conditions: ['workerd'],
      loader: { '.wasm': 'copy' },
      assetNames: '[name]',
      logLevel: 'error',
    });
    const worker = new Miniflare({
      compatibilityDate: '2026-04-01',
      modules: true,
      modulesRoot: join(folder, 'out'),
      scriptPath: join(folder, 'out', 'worker.mjs'),
      modulesRules: [
        { type: 'ESModule', include: ['**/*.mjs'] },
        { type: 'CompiledWasm', include: ['**/*.wasm'] },
      ],
    });
    try {
      const url = String(await worker.ready);
      const curl = RECIPES.curl(one).code;
      assert.equal(curl.split('http://localhost:8787/').length, 2);
      const { stdout } = await run('sh', ['-c', curl.replace('http://localhost:8787/', url)]);
      const found = JSON.parse(stdout);
      assert.equal(found.value, one.expected.value);
      assert.equal(found.labels.total, one.expected.label);
      const ask = (/** @type {string} */ body) => fetch(url, { method: 'POST', body });
      const wrong = /** @type {[body: string, code: RegExp][]} */ ([
        ['{', /not-json/],
        ['{"facts":{},"events":[{"at":1}]}', /event/],
      ]);
      for (const [body, code] of wrong) {
        const answer = await ask(body);
        assert.equal(answer.status, 400);
        assert.match((await answer.json()).code, code);
      }
      assert.equal((await fetch(url)).status, 405);
    } finally {
      await worker.dispose();
    }
  });

  test('HTML in a browser shows the score, and nothing told of a lead ends its script', async () => {
    const one = given('training');
    one.lead.facts.note = '</script><script>document.title = "taken"</script>';
    writeFileSync(join(folder, fileOf('training')), JSON.stringify(story('training')));
    writeFileSync(join(folder, 'index.html'), `${RECIPES.html(one).code.replace('<output>', '<main><h1>x</h1></main><output>')}`);
    const { url, close } = await plain(folder);
    try {
      const { page, problems, leave } = await openPage('', undefined, { url });
      await page.waitForFunction(() => document.querySelector('output')?.textContent !== '');
      assert.equal(await page.$eval('output', (node) => node.textContent), `${one.expected.value} ${one.expected.label}`);
      assert.equal(await page.title(), '');
      assert.deepEqual(problems.filter((text) => !/favicon|404/.test(text)), []);
      await leave();
    } finally {
      close();
    }
  });

  test('Rust compiles and prints the same', async () => {
    const one = given('agency');
    one.lead.facts.note = 'ends a raw string: "# and "##';
    mkdirSync(join(folder, 'rust', 'src'), { recursive: true });
    writeFileSync(join(folder, 'rust', 'src', 'main.rs'), RECIPES.rust(one).code);
    writeFileSync(join(folder, 'rust', 'src', fileOf('agency')), JSON.stringify(story('agency')));
    const manifest = ['[package]', 'name = "lead"', 'version = "0.0.0"', 'edition = "2024"', '[dependencies]', `leadscore = { path = ${JSON.stringify(root)} }`, '[profile.dev]', 'debug = 0'];
    writeFileSync(join(folder, 'rust', 'Cargo.toml'), manifest.join('\n'));
    writeFileSync(join(folder, 'rust', 'Cargo.lock'), readFileSync(join(root, 'Cargo.lock')));
    const env = { ...process.env, CARGO_TARGET_DIR: join(root, 'target', 'recipes') };
    const { stdout } = await run('cargo', ['run', '--quiet', '--offline'], { cwd: join(folder, 'rust'), env });
    const [first, ...reasons] = stdout.trim().split('\n');
    assert.equal(first, `Some(${one.expected.value})`);
    assert.deepEqual(reasons, scoreOf(sample('agency', 0), story('agency'), { lang: 'en' }).reasons?.map(({ text }) => text));
  });

  test('the page shows the code of the lead on it, and of nobody where the lead is real', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=hand&as-of=${AS_OF}`);
    await page.waitForSelector('#code');
    const code = () => page.$eval('#code', (node) => node.textContent ?? '');
    assert.equal(await code(), RECIPES.javascript(given('agency')).code);
    for (const kind of /** @type {const} */ (['worker', 'html', 'rust', 'curl'])) {
      await page.$eval(`input[value="${kind}"]`, (node) => /** @type {HTMLInputElement} */ (node).click());
      await page.waitForFunction((old) => document.querySelector('#code')?.textContent === old, {}, RECIPES[kind](given('agency')).code);
    }
    const { hash } = new URL(await linkOf(page));
    await leave();
    const other = await openPage(`?lang=en&view=hand&as-of=${AS_OF}${hash}`);
    await other.page.waitForSelector('#code');
    assert.match(await other.page.$eval('#code', (node) => node.textContent ?? ''), /const facts = \{\};/);
    assert.deepEqual([...problems, ...other.problems], []);
    await other.leave();
  });
});

describe('files', () => {
  test('a compiled model is held against the one on the page; a result is no model', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=hand&as-of=${AS_OF}`);
    const changed = story('agency');
    changed.total.cap = 99;
    const result = JSON.stringify(scoreOf(sample('agency', 0), story('agency')));
    const { $schema, ...own } = story('agency');
    const files = /** @type {[name: string, content: string | Uint8Array, says: string][]} */ ([
      ['own.lsp', compileModel(own), 'own.lsp is the model on the page, compiled for servers'],
      ['public.lsp', compileModel(own, { audience: 'browser' }), 'public.lsp is the model on the page, compiled for every visitor'],
      ['other.lsp', compileModel(changed), 'other.lsp is a compiled model, and another one'],
      ['result.json', result, 'result.json is the result of the model “agency”'],
    ]);
    await page.waitForSelector('#open-file');
    for (const [name, content, says] of files) {
      writeFileSync(join(folder, name), content);
      const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$('#open-file'));
      await input.uploadFile(join(folder, name));
      await shows(page, says);
      assert.match(await page.$eval('#code', (node) => node.textContent ?? ''), /agency\.json/, 'nothing was changed');
    }
    assert.deepEqual(problems, []);
    await leave();
  });

  test('what is downloaded scores as the page does', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=hand&as-of=${AS_OF}`);
    await page.waitForSelector('[data-file]');
    /** Downloads are caught where they leave the page: browsers without a window put files in places of their own. */
    const files = await page.evaluate(async () => {
      const found = /** @type {Record<string, number[]>} */ ({});
      const made = new Map();
      const create = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        const address = create(blob);
        made.set(address, blob);
        return address;
      };
      HTMLAnchorElement.prototype.click = function () {
        const blob = made.get(this.href);
        found[this.download] = [];
        blob.arrayBuffer().then((/** @type {ArrayBuffer} */ bytes) => (found[this.download] = [...new Uint8Array(bytes)]));
      };
      for (const button of document.querySelectorAll('[data-file]')) /** @type {HTMLElement} */ (button).click();
      while (Object.values(found).some((bytes) => bytes.length === 0)) await new Promise((resolve) => setTimeout(resolve, 20));
      return found;
    });
    assert.deepEqual(Object.keys(files), ['agency.json', 'agency.lsp', 'agency.browser.lsp', 'agency.result.json']);
    const { loadScorer } = await import('leadscore/runtime');
    const { facts, events } = given('agency').lead;
    const expected = given('agency').expected.value;
    const text = (/** @type {string} */ name) => JSON.parse(Buffer.from(files[name]).toString());
    assert.equal(createScorer(text('agency.json')).value(facts, { events, asOf: AS_OF }), expected);
    assert.equal(loadScorer(Uint8Array.from(files['agency.lsp'])).value(facts, { events, asOf: AS_OF }), expected);
    assert(loadScorer(Uint8Array.from(files['agency.browser.lsp'])).value({}, { events, asOf: AS_OF }));
    assert(!Buffer.from(files['agency.browser.lsp']).includes('Company'), 'it tells no names');
    assert.equal(text('agency.result.json').value, expected);
    assert.deepEqual(problems, []);
    await leave();
  });
});

describe('on another site', () => {
  test('the frame has no edges and holds the model; the element scores, is told more, and says what it cannot read', async () => {
    const { page, leave } = await openPage(`?lang=en&view=hand&model=industry&as-of=${AS_OF}`);
    await page.waitForFunction(() => /#m=.+"/.test(document.querySelector('#snippet')?.textContent ?? ''));
    const frame = await page.$eval('#snippet', (node) => node.textContent ?? '');
    await page.$eval('input[value="element"]', (node) => /** @type {HTMLInputElement} */ (node).click());
    await page.waitForFunction(() => document.querySelector('#snippet')?.textContent?.includes('<lead-score'));
    const element = await page.$eval('#snippet', (node) => node.textContent ?? '');
    const home = new URL(page.url()).origin;
    await leave();

    writeFileSync(join(folder, 'industry.json'), JSON.stringify(story('industry')));
    writeFileSync(join(folder, 'lead-score.js'), readFileSync(join(root, 'www', 'lead-score.js')));
    writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="en"><main><h1>Their site</h1></main>${frame}${element.replace(`${home}/`, '')}</html>`);
    const { url, close } = await plain(folder, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-src *");
    try {
      const other = await openPage('', undefined, { url });
      const inner = await (await other.page.waitForSelector('iframe'))?.contentFrame();
      assert(inner);
      await inner.waitForSelector('.gauge-value');
      assert.equal(await inner.$('header'), null);
      assert.equal(await inner.$('nav'), null);
      assert(await inner.$('.whole a[href]'));
      const shown = await inner.$eval('.gauge-value', (node) => node.textContent);
      const now = scoreOf(sample('industry', 0), story('industry'), { asOf: Date.now() }).value ?? NaN;
      assert(Math.abs(Number(shown) - now) < 0.11, `${shown} is ${now}`);

      await other.page.waitForFunction(() => /** @type {any} */ (document.querySelector('lead-score'))?.score !== null);
      const told = await other.page.evaluate(async (asOf) => {
        const node = /** @type {any} */ (document.querySelector('lead-score'));
        const next = (/** @type {string} */ name) => new Promise((resolve) => node.addEventListener(name, resolve, { once: true }));
        const scored = next('score');
        node.asOf = asOf;
        await scored;
        const first = { value: node.score.value, text: node.shadowRoot.textContent, reasons: node.shadowRoot.querySelectorAll('li').length };
        const more = next('score');
        node.facts = {};
        node.events = [];
        await more;
        const second = node.score.value;
        const failed = next('error');
        node.setAttribute('model', 'nothing.json');
        await failed;
        return { first, second, third: node.score, text: node.shadowRoot.textContent };
      }, AS_OF);
      assert.equal(told.first.value, given('industry').expected.value);
      assert.equal(told.first.reasons, 3);
      assert.match(told.first.text, new RegExp(new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(told.first.value ?? NaN)));
      assert.equal(told.second, scoreOf({ facts: {}, events: [] }, story('industry')).value);
      assert.equal(told.third, null);
      assert.match(told.text, /There is no score/);
      await other.leave();
    } finally {
      close();
    }
  });
});

describe('without a network', () => {
  test('the page that was visited opens and scores, in every part, and no request left its origin', async () => {
    const site = await serve(0);
    const { page, problems, elsewhere, leave } = await openPage(`?lang=en&as-of=${AS_OF}`, undefined, site);
    await page.waitForSelector('.gauge-value');
    const before = await value(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat());
    assert(kept.length > 20);
    assert(kept.every((url) => url.startsWith(site.url) && !url.includes('#')), 'files alone are kept');
    site.close();
    await page.reload();
    await page.waitForSelector('.gauge-value');
    assert.equal(await value(page), before);
    for (const [name, seen] of [
      ['Two side by side', '.butterfly'],
      ['On paper', '.paper'],
      ['A visit', '[data-act]'],
      ['Build the model', '.quick'],
      ['Try on your leads', '#csv'],
      ['Hand it over', '#link'],
    ]) {
      await press(page, name);
      await page.waitForSelector(seen);
    }
    assert.deepEqual([problems, elsewhere], [[], []]);
    await leave();
  });
});

describe('for everybody', () => {
  test('hand is accessible on a phone and a desktop, in both themes and languages, and nothing runs over the edge', async () => {
    await faults('?model=wholesale&view=hand', (page) => page.waitForSelector('#code'));
  });
  test('embed is, too', async () => {
    await faults('?embed&model=wholesale&view=lead', (page) => page.waitForSelector('.gauge-value'));
  });
});

/** Any web server: no policy but the one given. @param {string} home @param {string} [policy] */
async function plain(home, policy) {
  const types = /** @type {Record<string, string>} */ ({ html: 'text/html', js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html');
    try {
      const body = readFileSync(join(home, path));
      const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, ...(policy && { 'content-security-policy': policy }) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close().closeAllConnections() };
}
