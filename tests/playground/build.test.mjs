/** Building in the playground: JSON beside the forms, in Chromium and Firefox alike. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { check } from 'leadscore';
import { suggestions } from '../../playground/build/complete.js';
import { EXPLAINED } from '../../playground/build/explained.js';
import { laid } from '../../playground/build/laid.js';
import { placeOf } from '../../playground/build/place.js';
import { AS_OF, faults, openPage, press, shows, start, stopped, story } from './page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

before(start);
after(stopped);

const SMALL = {
  format: 1,
  id: 'small',
  name: 'Small',
  attributes: { 'company.employees': { type: 'integer', min: 0 } },
  dimensions: [
    { id: 'fit', groups: [{ id: 'g', rules: [{ id: 'size', when: { 'company.employees': { $gte: 10 } }, points: 30 }] }] },
  ],
};

/** The address of a model and a lead. @param {any} model @param {any} [facts] */
function linkTo(model, facts = { company: { employees: 50 } }) {
  const text = JSON.stringify({ model, lead: { facts, events: [] } });
  return `#m=${deflateRawSync(text).toString('base64url')}`;
}

/** @param {Page} page */
const value = (page) => page.$eval('.gauge-value', (node) => Number(node.textContent?.replace(',', '.')));
/** @param {Page} page @param {number} wanted */
const scores = (page, wanted) =>
  page.waitForFunction((now) => Number(document.querySelector('.gauge-value')?.textContent) === now, {}, wanted);

/** @param {Page} page */
async function openJson(page) {
  await page.waitForSelector('input[name="how"]');
  await page.$$eval('input[name="how"]', (all) => all[1].click());
  await page.waitForFunction(() => document.querySelector('#json')?.shadowRoot?.querySelector('.cm-content'));
}

/** @param {Page} page */
const textOf = (page) =>
  page.$eval('#json', (node) => [...(node.shadowRoot?.querySelectorAll('.cm-line') ?? [])].map((line) => line.textContent).join('\n'));

/** Puts a text in the place of what is there, as a paste does. @param {Page} page @param {string} text */
async function paste(page, text) {
  await page.$eval('#json', (node) => /** @type {HTMLElement} */ (node.shadowRoot?.querySelector('.cm-content')).focus());
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.$eval(
    '#json',
    (node, next) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', next);
      const target = node.shadowRoot?.querySelector('.cm-content');
      target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    text,
  );
}

/** @param {Page} page @param {string} selector inside the editor */
const inEditor = (page, selector) =>
  page.waitForFunction((wanted) => document.querySelector('#json')?.shadowRoot?.querySelector(wanted), {}, selector);

describe('the text of a model', () => {
  test('is the model again, for every story, and no line is longer than it has to be', () => {
    for (const id of ['agency', 'saas', 'industry', 'training', 'wholesale', 'property']) {
      const text = laid(story(id));
      assert.deepEqual(JSON.parse(text), story(id));
      assert(text.split('\n').length < JSON.stringify(story(id), null, 2).split('\n').length * 0.75, id);
    }
    assert.equal(laid({}), '{}');
    assert.equal(laid({ a: [], b: { c: 1 } }), '{\n  "a": [],\n  "b": { "c": 1 }\n}');
  });

  test('issues are found at their place', () => {
    const text = '{\n  "format": 1,\n  "id": "x",\n  "dimensions": [\n    { "id": "d", "capp": 5, "groups": [\n      { "id": "g", "rules": [{ "id": "r", "points": "5" }] }\n    ] }\n  ]\n}';
    const found = (/** @type {string} */ content) =>
      check(content).map((issue) => {
        const { from, to } = placeOf(issue, content);
        return [issue.code, content.slice(from, to)];
      });
    assert.deepEqual(found(text), [
      ['unknown-field', '"capp": 5'],
      ['wrong-type', '"points": "5"'],
    ]);
    const table = [
      ['{ "format": 1,\n "format": 1 }', 'duplicate-key', '"format"'],
      ['{\n "é": oui }', 'invalid-json', 'oui'],
      ['{ "a": 1', 'invalid-json', '1'],
      ['[1]', 'wrong-type', '['],
    ];
    for (const [content, code, marked] of table) assert.deepEqual(found(content)[0], [code, marked], content);
  });

  test('what can stand at a place comes from the schema, and from what the model declares', () => {
    const subjects = (/** @type {string} */ kind, /** @type {string[]} */ types) =>
      ({
        facts: [{ path: 'company.sector', name: 'Sector', type: 'text', values: ['retail', 'public'] }],
        events: [{ path: 'seconds', name: types.join(), type: 'number' }],
        result: [{ path: 'dimensions.fit', name: 'Fit', type: 'number' }],
      })[kind] ?? [];
    const rule = (/** @type {string} */ inner) => `{ "events": { "demo": {} }, "dimensions": [{ "groups": [{ "rules": [{ ${inner} }] }] }] }`;
    const table = /** @type {[text: string, has: string[], not: string[]][]} */ ([
      ['{ | }', ['"dimensions"', '"tests"'], ['"points"', '"cap"']],
      ['{ "id": "a", "|" }', ['"dimensions"'], ['"id"']],
      [rule('"id": "r", |'), ['"when"', '"on"', '"attribute"', '"points"'], ['"id"', '"labels"']],
      [rule('"on": "demo", |'), ['"window"', '"limit"', '"decay"'], ['"otherwise"', '"bands"', '"on"']],
      [rule('"on": "|"'), ['"demo"'], ['"retail"']],
      [rule('"attribute": "|"'), ['"company.sector"'], []],
      [rule('"when": { "|" }'), ['"company.sector"', '"$or"'], ['"points"', '"seconds"', '"dimensions.fit"']],
      [rule('"on": "demo", "when": { | }'), ['"seconds"'], ['"company.sector"']],
      [rule('"when": { "company.sector": { "|" } }'), ['"$in"', '"$exists"'], ['"company.sector"']],
      [rule('"when": { "company.sector": { "$in": ["|"] } }'), ['"retail"', '"public"'], ['"$in"']],
      [rule('"on": "demo", "decay": { "kind": "|" }'), ['"exponential"', '"step"'], ['"kind"']],
      [rule('"on": "demo", "decay": { "kind": "step", | }'), ['"lose"', '"every"'], ['"halfLife"', '"after"']],
      ['{ "stages": [{ "when": { "$and": [{ | }] } }] }', ['"dimensions.fit"', '"total"'], ['"company.sector"']],
      ['{ "missing": | }', ['"zero"', '"neutral"'], []],
    ]);
    for (const [marked, has, not] of table) {
      const offset = marked.indexOf('|');
      const texts = suggestions(marked.replace('|', ''), offset, subjects).options.map(({ text }) => text);
      for (const one of has) assert(texts.includes(one), `${marked} offers ${one}, found ${texts}`);
      for (const one of not) assert(!texts.includes(one), `${marked} does not offer ${one}`);
    }
    const { options } = suggestions('{ | }', 2, subjects);
    assert(options.every(({ title, about }) => title && about), 'each is explained');
  });
});

test('whatever the schema explains is explained in French too, and nothing else', () => {
  const schema = JSON.parse(readFileSync(new URL('../../pkg/model.schema.json', import.meta.url), 'utf8'));
  const said = new Set();
  /** @param {any} part @returns {any} */
  const told = (part) => (part.description || !part.$ref ? part : told(schema.$defs[part.$ref.slice(8)]));
  const walk = (/** @type {any} */ part) => {
    if (typeof part !== 'object' || part === null) return;
    for (const one of Object.values(part.properties ?? {})) if (one && told(one).description) said.add(told(one).description);
    for (const [key, inner] of Object.entries(part)) if (key !== 'examples') walk(inner);
  };
  walk(schema);
  assert(said.size > 100, 'the schema was read');
  for (const text of said) assert(EXPLAINED[text]?.trim(), `no French for: ${text}`);
  const kinds = Object.values(schema.$defs).map(({ description }) => description);
  for (const text of Object.keys(EXPLAINED)) assert(said.has(text) || kinds.includes(text), `the schema no longer says: ${text}`);
});

describe('JSON beside the forms', () => {
  test('both stay in step, both ways, and undo goes for both', async () => {
    const { page, problems, elsewhere, leave } = await openPage(`?lang=en&view=build&as-of=${AS_OF}${linkTo(SMALL)}`);
    await openJson(page);
    assert.deepEqual(JSON.parse(await textOf(page)), SMALL);
    const spread = (await textOf(page)).replace('"points": 30', '"points": 42');
    await paste(page, spread);
    await scores(page, 42);
    assert.equal(await textOf(page), spread, 'what was typed stays as it was typed');
    await page.$$eval('input[name="how"]', (all) => all[0].click());
    await page.waitForSelector('.quick');
    assert.equal(await page.$eval('.quick', (node) => /** @type {HTMLInputElement} */ (node).value), '42');
    await page.$eval('.quick', (node) => {
      /** @type {HTMLInputElement} */ (node).value = '7';
      node.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await scores(page, 7);
    await openJson(page);
    assert.match(await textOf(page), /"points": 7/);
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await scores(page, 30);
    assert.deepEqual(JSON.parse(await textOf(page)), SMALL);
    await page.click('[aria-label="Redo"]');
    await scores(page, 42);
    assert.equal(await textOf(page), spread);
    assert.deepEqual([problems, elsewhere], [[], []]);
    await leave();
  });

  test('a text that is no model yet changes nothing else, is underlined, and comes back with undo', async () => {
    const { page, problems, leave } = await openPage(`?lang=fr&view=build&as-of=${AS_OF}${linkTo(SMALL)}`);
    await openJson(page);
    const wrong = /** @type {[text: string, says: string][]} */ ([
      ['{ "format": 1, "id": }', 'le texte n’est pas du JSON'],
      ['[1, 2]', 'la valeur n’est pas du type attendu'],
      [JSON.stringify({ ...SMALL, dimensions: 5 }), 'la valeur n’est pas du type attendu'],
    ]);
    for (const [text, says] of wrong) {
      await paste(page, text);
      await shows(page, 'Ce texte n’est pas encore un modèle');
      await shows(page, says);
      await inEditor(page, '.cm-lintRange-error');
      assert.equal(await value(page), 30, 'the last good model is scored');
    }
    await page.$$eval('input[name="how"]', (all) => all[0].click());
    await shows(page, 'Ces formulaires montrent le dernier');
    await openJson(page);
    assert.equal(await textOf(page), wrong[2][0], 'the text is still there');
    await page.click('[aria-label="Annuler"]');
    await page.waitForFunction(() => document.querySelector('.in-step:not(.bad)'));
    assert.deepEqual(JSON.parse(await textOf(page)), SMALL);
    assert.deepEqual(problems, []);
    await leave();
  });

  test('a mistake leads to its place, and a doubt is underlined as one', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=build&as-of=${AS_OF}${linkTo(SMALL)}`);
    await openJson(page);
    await paste(page, laid({ ...SMALL, total: { cap: -5, floor: 5 } }));
    await shows(page, 'The model has a mistake');
    await page.waitForSelector('.issues li button');
    await page.click('.issues li button');
    await page.waitForFunction(() => document.activeElement?.id === 'json');
    await inEditor(page, '.cm-lintRange-error');
    const marked = await page.$eval('#json', (node) => node.shadowRoot?.querySelector('.cm-lintRange-error')?.textContent);
    assert.match(marked ?? '', /total|floor|cap/);
    await paste(page, laid({ ...SMALL, attributes: { ...SMALL.attributes, unread: { type: 'text' } } }));
    await inEditor(page, '.cm-lintRange-warning');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('by keyboard: a property is completed, and Tab leaves', async () => {
    const { page, problems, leave } = await openPage(`?lang=en&view=build&as-of=${AS_OF}${linkTo(SMALL)}`);
    await openJson(page);
    await paste(page, '{\n  \n}');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.type('"dec');
    await inEditor(page, '.cm-tooltip-autocomplete li[aria-selected]');
    const chosen = await page.$eval('#json', (node) => node.shadowRoot?.querySelector('li[aria-selected]')?.textContent);
    assert.match(chosen ?? '', /^decimals/);
    await inEditor(page, '.cm-completionInfo');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100))); // an Enter in the first 75 ms is taken for the line's
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('#json')?.shadowRoot?.querySelector('.cm-content')?.textContent?.includes('"decimals": '),
    );
    assert.equal(await textOf(page), '{\n  "decimals": \n}');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'json', 'the editor is left');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('is for everybody, in every look', () =>
    faults('?view=build&model=wholesale', async (page) => {
      await openJson(page);
      await inEditor(page, '.cm-line');
    }));
});
