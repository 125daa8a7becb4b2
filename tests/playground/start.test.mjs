/** How to begin in the playground: from a story, or from a file of one's own. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { check, createScorer } from 'leadscore';
import { columnsFound } from '../../playground/start/found.js';
import { factsOf, firstModel } from '../../playground/start/first.js';
import { readStart } from '../../playground/start/read.js';
import { AS_OF, faults, openPage, shows, start, stopped } from './page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const CSV = `Nom;E-mail;Entreprise;Secteur;Effectif;Budget annuel;Code postal;Newsletter;Outils;Premier contact;Gagné;Vide
Anne Roy;anne@a.example;Alpha;Industrie;34;12 500,50 €;01000;oui;CRM|ERP;12/03/2026;oui;
Luc Bon;luc@b.example;Beta;Commerce;12;900 €;75011;non;CRM;02/04/2026;non;
Eva Lys;eva@c.example;Gamma;Industrie;140;45 000 €;69003;oui;ERP;05/05/2026;oui;
Max Fin;max@d.example;Delta;Services;;3 000 €;33000;non;CRM|ERP;06/05/2026;non;
Zoé Mer;zoe@e.example;Epsilon;Services;8;1 000 €;13001;non;CRM|Chat;07/05/2026;non;
Ali Dur;ali@f.example;Zeta;Commerce;77;8 000 €;31000;oui;Chat;08/05/2026;oui;
Ida Sol;ida@g.example;Eta;Industrie;51;22 000 €;44000;oui;ERP;09/05/2026;non;
Noé Pic;noe@h.example;Theta;Commerce;19;6 000 €;59000;non;CRM;10/05/2026;non;
`;

/** @type {string} */
let folder;
before(async () => {
  await start();
  folder = mkdtempSync(join(tmpdir(), 'leadscore-'));
});
after(async () => {
  await stopped();
  if (folder) rmSync(folder, { recursive: true });
});

/** @param {string} name @param {string | Uint8Array} content */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Opens the chooser and hands it a file. @param {Page} page @param {string} path */
async function hand(page, path) {
  if (!(await page.$('dialog[open]'))) await page.click('.story');
  await page.waitForSelector('dialog input[type="file"]');
  const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
    await page.$('dialog input[type="file"]')
  );
  await input.uploadFile(path);
}

describe('what the columns of a file are', () => {
  test('types, and what is left out', () => {
    const [header, ...rows] = CSV.trim()
      .split('\n')
      .map((line) => line.split(';'));
    const found = columnsFound(header, rows).map(({ heading, path, type, reason }) => [heading, path, type, reason]);
    assert.deepEqual(found, [
      ['Nom', 'nom', 'text', 'personal'],
      ['E-mail', 'eMail', 'text', 'personal'],
      ['Entreprise', 'entreprise', 'text', 'names'],
      ['Secteur', 'secteur', 'text', null],
      ['Effectif', 'effectif', 'integer', null],
      ['Budget annuel', 'budgetAnnuel', 'number', null],
      ['Code postal', 'codePostal', 'text', 'names'],
      ['Newsletter', 'newsletter', 'boolean', null],
      ['Outils', 'outils', 'list', null],
      ['Premier contact', 'premierContact', 'date', null],
      ['Gagné', 'gagne', 'boolean', 'outcome'],
      ['Vide', 'vide', 'text', 'empty'],
    ]);
  });

  test('by their heading, in both languages, and by what is in them', () => {
    const table = /** @type {[heading: string, cells: string[], type: string, reason: string | null][]} */ ([
      ['First name', ['Ann', 'Bob', 'Ann'], 'text', 'personal'],
      ['Prénom', ['Ann', 'Bob', 'Ann'], 'text', 'personal'],
      ['Contact', ['a@b.example', 'c@d.example', ''], 'text', 'personal'],
      ['Ligne directe', ['+33 1 23 45 67 89', '01 23 45 67 89', ''], 'text', 'personal'],
      ['Company name', ['A', 'B', 'A'], 'text', null],
      ['Email opened', ['yes', 'no', 'yes'], 'boolean', null],
      ['company.employees', ['1,200', '35', ''], 'integer', null],
      ['Score', ['1.5', '2', '3'], 'number', null],
      ['Seats', ['0', '5', '12'], 'integer', null],
      ['Active', ['1', '0', '1'], 'boolean', null],
      ['Signed up', ['2026-01-02', '2026-03-04T10:00:00Z'], 'date', null],
      ['Deal won', ['true', 'false'], 'boolean', 'outcome'],
      ['Plant', Array(9).fill('Lyon'), 'text', 'same'],
    ]);
    for (const [heading, cells, type, reason] of table) {
      const [column] = columnsFound([heading], cells.map((cell) => [cell]));
      assert.deepEqual([column.type, column.reason], [type, reason], heading);
    }
    const paths = columnsFound(['Size', 'size', '3e trimestre', '', 'company.employees'], [['1', '2', '3', '4', '5']]);
    assert.deepEqual(
      paths.map(({ path }) => path),
      ['size', 'size2', 'eTrimestre', 'column', 'company.employees'],
    );
  });

  test('a model of them is one, whatever is wished, and scores the rows it came from', () => {
    const [header, ...rows] = CSV.trim()
      .split('\n')
      .map((line) => line.split(';'));
    const columns = columnsFound(header, rows).filter(({ reason }) => !reason);
    const wishes = /** @type {[number, import('../../playground/start/first.js').Wish][]} */ ([
      [3, { values: ['Industrie'] }],
      [4, { from: 20, to: 100 }],
      [7, { yes: true }],
      [8, { values: ['ERP', 'Chat'] }],
    ]);
    for (let count = 0; count <= wishes.length; count++) {
      const model = firstModel('Mes contacts 2026.csv', columns, new Map(wishes.slice(0, count)));
      const issues = check(model).filter(({ code }) => code !== 'unused-attribute');
      assert.deepEqual(issues, [], `${count} wishes`);
      assert.equal(model.dimensions[0].groups[0].rules.length, count);
    }
    const model = firstModel('Mes contacts 2026.csv', columns, new Map(wishes));
    const scorer = createScorer(model);
    const values = rows.map((_, row) => scorer.score(factsOf(columns, row)).value);
    assert.deepEqual(values, [40, 0, 30, 10, 10, 30, 40, 0]);
    assert.equal(scorer.score(factsOf(columns, 0)).labels.total, 'hot');
    assert.equal(model.id, 'Mes-contacts-2026');
  });

  test('files as spreadsheets write them are read, and others say what is wrong', async () => {
    const rows = 'Ville;Effectif\nOrléans;12\nNîmes;30\n';
    const latin = Uint8Array.from(rows, (letter) => letter.charCodeAt(0));
    const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(rows, (letter) => letter.charCodeAt(0)).buffer)]);
    for (const source of [rows, new File([`\ufeff${rows}`], 'a'), new File([latin], 'a'), new File([wide], 'a')]) {
      const found = await readStart(source);
      assert('columns' in found);
      assert.deepEqual(
        found.columns.map(({ heading, cells }) => [heading, cells[0]]),
        [
          ['Ville', 'Orléans'],
          ['Effectif', '12'],
        ],
      );
    }
    const wrong = /** @type {[Uint8Array | string, string][]} */ ([
      [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'ownBinary'],
      [Uint8Array.from([0x50, 0x4b, 3, 4, 20, 1, 8, 8]), 'ownBinary'],
      ['', 'ownEmpty'],
      ['a,b\n', 'ownEmpty'],
      ['a,b\n,\n', 'ownEmpty'],
      ['name\nAnn\nBob\n', 'ownOneColumn'],
    ]);
    for (const [content, says] of wrong) {
      const found = await readStart(new File([/** @type {BlobPart} */ (content)], 'a'));
      assert.deepEqual(found, { wrong: says });
    }
  });
});

describe('on the page', () => {
  test('a file becomes a model that can be undone', async () => {
    const { page, problems, elsewhere, leave } = await openPage(`?lang=en&as-of=${AS_OF}`);
    const name = await page.$eval('.story-name', (node) => node.textContent);
    await hand(page, file('my leads.csv', CSV));
    await page.waitForSelector('.found');
    const ticked = await page.$$eval('.found .check', (all) =>
      all.filter((one) => one.querySelector('input')?.checked).map((one) => one.textContent),
    );
    assert.deepEqual(ticked, ['Secteur', 'Effectif', 'Budget annuel', 'Newsletter', 'Outils', 'Premier contact']);
    await page.$eval('[aria-label="A good lead, Secteur"] input:nth-of-type(1)', (node) => /** @type {any} */ (node).click());
    await page.$eval('[aria-label="A good lead, Newsletter"] input', (node) => /** @type {any} */ (node).click());
    await page.click('[aria-label="Take Premier contact"]');
    await shows(page, 'Make the model: 5 facts, 2 rules');
    await page.evaluate(() => {
      const button = [...document.querySelectorAll('dialog .button')].find((one) => one.textContent?.startsWith('Make'));
      /** @type {HTMLButtonElement} */ (button).click();
    });
    await shows(page, 'The model of my leads.csv is made');
    await page.waitForSelector('.quick');
    assert.equal(await page.$('dialog[open]'), null);
    assert.equal(await page.$$eval('.quick', (all) => all.length), 2);
    assert.equal(await page.$eval('.story-name', (node) => node.textContent), 'my leads');
    const text = await page.evaluate(() => document.body.innerText);
    assert(!text.includes('anne@a.example') && !text.includes('Anne Roy'), 'no person is taken along');
    await page.click('[aria-label="Undo"]');
    await page.waitForFunction((old) => document.querySelector('.story-name')?.textContent === old, {}, name);
    assert.deepEqual([problems, elsewhere], [[], []]);
    await leave();
  });

  test('a wrong file gives a sentence, changes nothing, and the next one is taken', async () => {
    const { page, problems, leave } = await openPage(`?lang=fr&as-of=${AS_OF}`);
    const name = await page.$eval('.story-name', (node) => node.textContent);
    const wrong = /** @type {[string, string | Uint8Array, string][]} */ ([
      ['photo.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 255, 254]), 'photo.png n’est pas un fichier texte'],
      ['vide.csv', '', 'vide.csv n’a pas de lignes'],
      ['liste.csv', 'nom\nAnne\nLuc\n', 'liste.csv n’a qu’une colonne'],
    ]);
    for (const [title, content, says] of wrong) {
      await hand(page, file(title, content));
      await shows(page, says);
    }
    assert.equal(await page.$eval('.story-name', (node) => node.textContent), name);
    await page.$eval('.own textarea', (node) => {
      /** @type {HTMLTextAreaElement} */ (node).value = 'Ville\tEffectif\nLyon\t12\nLyon\t9';
      node.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.$eval('.own .paste button', (node) => /** @type {HTMLButtonElement} */ (node).click());
    await page.waitForSelector('.found');
    assert.deepEqual(problems, []);
    await leave();
  });

  test('is for everybody, in every look', async () => {
    const path = file('mine.csv', CSV);
    await faults('?view=lead', async (page) => {
      await hand(page, path);
      await page.waitForSelector('.found');
    });
  });
});
