/**
 * Makes the tables of pkg/edge/tables from lists that others keep: which domains are of free and of throw-away addresses, the
 * names of countries, the codes of NAF. They are committed, so that a new edition of a list is a difference to read.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import naf from '@socialgouv/codes-naf';
import { disposableEmailBlocklist } from 'disposable-email-domains-js';
import countries from 'i18n-iso-countries';
import { folded } from '../pkg/edge/facts/folded.js';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../pkg/edge/tables/', import.meta.url));

/** The languages in which countries are understood. */
const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt'];

/** What people say and the list does not. */
const COMMON = {
  US: ['États-Unis', 'America', 'Amérique'],
  GB: ['U.K.', 'England', 'Scotland', 'Wales', 'Angleterre', 'Écosse', 'Pays de Galles'],
  NL: ['Holland', 'Hollande'],
  CZ: ['Tchéquie', 'Czech Republic'],
  RE: ['La Réunion'],
  TZ: ['Tanzanie'],
  VN: ['Viêt Nam'],
};

/** @returns {Record<string, string>} the tables by the name of their file */
export function tables() {
  const disposable = new Set(disposableEmailBlocklist());
  /** @type {string[]} */
  const providers = JSON.parse(readFileSync(require.resolve('email-providers/all.json'), 'utf8'));
  const free = providers.filter((domain) => !disposable.has(domain));
  return {
    'disposable.js': lines('Domains of throw-away addresses.', 'disposable-email-domains-js', [...disposable]),
    'free.js': lines('Domains where anybody can have an address.', 'email-providers', free),
    'countries.js': lines('Names of countries, folded, with their code.', 'i18n-iso-countries', countryNames()),
    'naf.js': lines('The codes of the French classification of activities.', '@socialgouv/codes-naf', naf.map(({ id }) => id).filter((id) => /[A-Z]$/.test(id))),
  };
}

function countryNames() {
  const names = new Map();
  for (const language of LANGUAGES) {
    countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`));
    for (const [code, given] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of given) names.set(folded(name), names.get(folded(name)) ?? code);
    }
  }
  for (const [code, given] of Object.entries(COMMON)) for (const name of given) names.set(folded(name), code);
  for (const [three, two] of Object.entries(countries.getAlpha3Codes())) names.set(folded(three), two);
  for (const code of Object.keys(countries.getAlpha2Codes())) names.set(folded(code), code);
  return [...names].map(([name, code]) => `${name}=${code}`);
}

/** @param {string} what @param {string} source @param {string[]} entries */
function lines(what, source, entries) {
  return `/** ${what} Made by scripts/tables.mjs from npm \`${source}\`. */\nexport default \`\n${[...new Set(entries)].sort().join('\n')}\n\`;\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(tables())) writeFileSync(join(folder, file), text);
}
