/** What others state becomes facts: never over what the person said, never a score of theirs, each with where it is from. The payloads are made up. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromSources } from 'leadscore/edge';

const signal = AbortSignal.timeout(60_000);
const known = { contact: { email: 'ada@engines.test', title: 'CTO' } };

describe('payloads', () => {
  /** @type {[source: string, name: string, payload: any, facts: Record<string, any>][]} */
  const cases = [
    ['clearbit', 'person and company', {
      person: { name: { givenName: 'Ada', familyName: 'Lovelace' }, employment: { title: 'Chief Engineer', seniority: 'executive', role: 'engineering' } },
      company: { name: 'Engines', domain: 'engines.test', category: { sector: 'Industrials', industry: 'Machinery' }, metrics: { employees: 240, annualRevenue: 12000000, trafficRank: 'high' }, foundedYear: 1843, geo: { countryCode: 'GB', city: 'London', postalCode: 'W1' }, tech: ['aws', 'segment'] },
    }, {
      contact: { firstName: 'Ada', lastName: 'Lovelace', seniority: 'c-level', department: 'technology' },
      company: { name: 'Engines', domain: 'engines.test', industry: 'Machinery', employees: 240, revenue: 12000000, founded: 1843, country: 'GB', city: 'London', postcode: 'W1', tools: ['aws', 'segment'] },
    }],
    ['clearbit', 'a company alone, with nothing known of it', { metrics: { employees: null }, name: 'Engines', geo: null }, { company: { name: 'Engines' } }],
    ['clearbit', 'nobody was found', { person: null, company: null }, {}],
    ['apollo', 'a person with the organisation', {
      person: { first_name: 'Ada', seniority: 'c_suite', departments: ['c_suite', 'master_engineering_technical'], title: 'x', email_status: 'verified',
        organization: { name: 'Engines', website_url: 'http://www.engines.test', industry: 'machinery', estimated_num_employees: 240, annual_revenue: 12000000.0, founded_year: 1843, country: 'United Kingdom', technology_names: ['AWS'] } },
    }, {
      contact: { firstName: 'Ada', seniority: 'c-level' },
      company: { name: 'Engines', domain: 'engines.test', industry: 'machinery', employees: 240, revenue: 12000000, founded: 1843, country: 'GB', tools: ['AWS'] },
    }],
    ['zoominfo', 'a contact', { success: true, data: { result: [{ matchStatus: 'FULL_MATCH', data: [{ firstName: 'Ada', jobTitle: 'x', managementLevel: ['VP-Level Exec'], jobFunction: [{ name: 'Engineering', department: 'Engineering & Technical' }],
      contactAccuracyScore: 95, company: { name: 'Engines', website: 'www.engines.test', employeeCount: 240, revenue: 12000, primaryIndustry: ['Manufacturing'], country: 'France', zipCode: '75001' } }] }] } }, {
      contact: { firstName: 'Ada', seniority: 'vp', department: 'technology' },
      company: { name: 'Engines', domain: 'engines.test', industry: 'Manufacturing', employees: 240, revenue: 12000000, country: 'FR', postcode: '75001' },
    }],
    ['zoominfo', 'a company', { data: { result: [{ data: [{ name: 'Engines', employeeCount: '240' }] }] } }, { company: { name: 'Engines', employees: 240 } }],
    ['zoominfo', 'no match', { success: true, data: { result: [{ data: [], matchStatus: 'NO_MATCH' }] } }, {}],
    ['sirene', 'an establishment', { header: { statut: 200 }, etablissement: { siren: '123456782', siret: '12345678200010', trancheEffectifsEtablissement: '03',
      uniteLegale: { denominationUniteLegale: 'ENGINES', activitePrincipaleUniteLegale: '62.01Z', trancheEffectifsUniteLegale: '31', categorieEntreprise: 'PME', etatAdministratifUniteLegale: 'A', dateCreationUniteLegale: '1999-04-01' },
      adresseEtablissement: { codePostalEtablissement: '75001', libelleCommuneEtablissement: 'PARIS 1' }, periodesEtablissement: [{ etatAdministratifEtablissement: 'A' }] } }, {
      company: { siren: '123456782', siret: '12345678200010', name: 'ENGINES', naf: '62.01Z', nace: '62.01', employees: 200, size: 'PME', active: true, founded: 1999, city: 'PARIS 1', postcode: '75001', country: 'FR' },
    }],
    ['sirene', 'a legal unit that has ended', { uniteLegale: { siren: '123456782', trancheEffectifsUniteLegale: 'NN',
      periodesUniteLegale: [{ denominationUniteLegale: 'ENGINES', activitePrincipaleUniteLegale: '99.99Z', etatAdministratifUniteLegale: 'C' }, { denominationUniteLegale: 'BEFORE' }] } }, {
      company: { siren: '123456782', name: 'ENGINES', active: false, country: 'FR' },
    }],
    ['sirene', 'an unknown number', { header: { statut: 404 } }, {}],
    ['societeinfo', 'a company', { success: true, result: { organization: { name: 'Engines', registration_number: '123456782', full_registration_number: '12345678200010', ape_code: '6201Z', workforce: '20 à 49 salariés' }, web_infos: { website_url: 'https://www.engines.test/' } } }, {
      company: { name: 'Engines', siren: '123456782', siret: '12345678200010', naf: '62.01Z', nace: '62.01', employees: 20, domain: 'engines.test', website: 'https://www.engines.test/', country: 'FR' },
    }],
    ['bombora', 'topics of which some surge', { domain: 'engines.test', topics: [{ topic: 'Steam', score: 61 }, { topic: 'Looms', score: 59 }, { topic: 'Cards', score: 90 }, { topic: 'Odd', score: 'high' }] }, {
      company: { domain: 'engines.test' }, intent: { topics: ['Cards', 'Steam'], surging: true } }],
    ['bombora', 'rows of an export', [{ Domain: 'engines.test', 'Topic Name': 'Cards', 'Composite Score': '72' }], { intent: { topics: ['Cards'], surging: true } }],
    ['bombora', 'nothing', { topics: [] }, {}],
  ];
  for (const [source, name, payload, facts] of cases) {
    test(`${source}: ${name}`, async () => {
      const { contact, sources, ...rest } = /** @type {any} */ (await fromSources({ [source]: async () => payload })(known, { signal }));
      const { contact: person, ...company } = facts;
      assert.deepEqual(rest, company);
      assert.deepEqual(contact, { ...known.contact, ...person }, 'the title that was entered stands');
      const paths = Object.entries(facts).flatMap(([room, values]) => Object.keys(values).map((key) => `${room}.${key}`));
      assert.deepEqual((sources?.[source] ?? []).sort(), paths.sort());
    });
  }

  for (const source of /** @type {const} */ (['apollo', 'bombora', 'clearbit', 'sirene', 'societeinfo', 'zoominfo'])) {
    test(`${source}: nonsense is no fact, and no error`, async () => {
      const deep = (/** @type {unknown} */ value) => ({ person: value, company: value, organization: value, result: value, data: value, etablissement: value, uniteLegale: value, topics: value, metrics: value });
      for (const payload of [null, undefined, '', 'x', 7, [], {}, [[]], deep(null), deep('x'), deep([]), deep({}), deep(deep({})), JSON.parse('{"__proto__":{"name":"x"},"constructor":{"name":"x"}}')]) {
        assert.deepEqual(await fromSources({ [source]: async () => payload })(known, { signal }), known, JSON.stringify(payload));
      }
    });
  }
});

test('of several sources the first that knows has said it; one that fails takes nothing from the others', async () => {
  const enrich = fromSources({
    clearbit: async () => ({ company: { name: 'Engines', metrics: { employees: 240 } } }),
    apollo: () => Promise.reject(new Error('401')),
    sirene: async () => ({ uniteLegale: { siren: '123456782', trancheEffectifsUniteLegale: '21', periodesUniteLegale: [{ activitePrincipaleUniteLegale: '62.01Z' }] } }),
    own: { ask: async (/** @type {any} */ { contact }) => contact.email, read: (email) => ({ 'contact.known': email === 'ada@engines.test', 'contact.score': Number.NaN }) },
  });
  const before = structuredClone(known);
  assert.deepEqual(await enrich(known, { signal }), {
    contact: { ...known.contact, known: true },
    company: { name: 'Engines', employees: 240, siren: '123456782', naf: '62.01Z', nace: '62.01', country: 'FR' },
    sources: { clearbit: ['company.name', 'company.employees'], sirene: ['company.siren', 'company.naf', 'company.nace', 'company.country'], own: ['contact.known'] },
  });
  assert.deepEqual(known, before, 'what was handed over is as it was');
});

test('where all fail nobody has answered, which the breaker has to know', async () => {
  const enrich = fromSources({ sirene: () => Promise.reject(new Error('429')), clearbit: () => Promise.reject(new Error('500')) });
  await assert.rejects(async () => enrich(known, { signal }), { message: 'expected an answer' });
});

test('a source that nobody knows needs a reader', () => {
  assert.throws(() => fromSources({ nowhere: async () => ({}) }), /expected one of apollo, .*found `nowhere`/);
});
