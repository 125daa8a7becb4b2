/** The tables of the package are what the lists make, and say of some well-known entries what everybody would. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/shell.mjs';
import { tables } from '../../scripts/tables.mjs';
import { employeesOf, naceOf, nafOf } from '../../pkg/edge/facts/company.js';
import { countryOf } from '../../pkg/edge/facts/country.js';
import { emailKind, emailOf } from '../../pkg/edge/facts/email.js';
import { titleOf } from '../../pkg/edge/facts/title.js';

for (const [file, text] of Object.entries(tables())) {
  test(`${file} is what the list makes: node scripts/tables.mjs`, () => assert.equal(readFileSync(join(root, 'pkg/edge/tables', file), 'utf8'), text));
}

/** @param {string} name @param {(text: string) => unknown} read @param {Record<string, unknown>} cases */
function reads(name, read, cases) {
  describe(name, () => {
    for (const [text, expected] of Object.entries(cases)) test(`${text || 'nothing'} is ${expected}`, () => assert.equal(read(text), expected));
  });
}

reads('countries', countryOf, {
  France: 'FR', fr: 'FR', FRA: 'FR', 'États-Unis': 'US', 'etats unis': 'US', USA: 'US', 'U.S.': 'US', UK: 'GB', 'Royaume-Uni': 'GB', England: 'GB', Deutschland: 'DE',
  'Allemagne ': 'DE', 'Côte d’Ivoire': 'CI', "cote d'ivoire": 'CI', España: 'ES', Italia: 'IT', 'Pays-Bas': 'NL', Holland: 'NL', Suisse: 'CH', Belgique: 'BE',
  Narnia: null, '': null, constructor: null, 'France!': 'FR', X: null,
});
reads('activities', nafOf, { '62.01Z': '62.01Z', '6201z': '62.01Z', '62.01 Z': '62.01Z', '62-01-Z': '62.01Z', '9999Z': null, '62': null, '': null });
test('a European class is a French one without its letter', () => assert.equal(naceOf('62.01Z'), '62.01'));
reads('sizes', employeesOf, {
  45: 45, '11-50': 11, '11 à 50 salariés': 11, '51–200 employees': 51, '1 000+': 1000, '1,000': 1000, '1.000': 1000, '10 001+': 10001, '< 10': 1, 'moins de 10': 1,
  'up to 5': 1, 'more than 30': 30, 'just me': null, '': null, '99999999999': null,
});
reads('kinds of address', emailKind, {
  'a@gmail.com': 'free', 'a@orange.fr': 'free', 'a@web.de': 'free', 'a@proton.me': 'free', 'a@yopmail.com': 'disposable', 'a@x.mailinator.com': 'disposable',
  'a@frimas.test': 'work', 'a@microsoft.com': 'work', 'a@notgmail.com': 'work', 'a@gmail.com.evil.test': 'work',
});
reads('addresses', emailOf, {
  'Ada@Example.ORG': 'Ada@example.org', " o'brien+x@a.b.co ": "o'brien+x@a.b.co", 'a@b': null, 'a b@c.fr': null, 'a@b.fr\nbcc: x@y.fr': null, '@b.fr': null, 'a@.fr': null,
  'a@b..fr': null, 'a@-b.fr': null, 'a@1.2.3.4': null, [`${'a'.repeat(65)}@b.fr`]: null, [`a@${'b'.repeat(64)}.fr`]: null, '': null, 'a@xn--caf-dma.fr': 'a@xn--caf-dma.fr',
});
reads('titles', (title) => Object.values(titleOf(title)).join(' '), {
  'VP Sales': 'vp sales', 'Head of Marketing': 'director marketing', 'Directrice générale': 'c-level ', CTO: 'c-level technology', 'CEO & Founder': 'owner ',
  'Responsable achats': 'manager purchasing', 'Vice-présidente marketing': 'vp marketing', 'Stagiaire RH': 'intern people', Developer: ' technology', DRH: 'c-level people',
  'Chef de projet informatique': 'manager technology', 'Assistante de direction': 'assistant ', Plombier: ' ', '': ' ',
});
