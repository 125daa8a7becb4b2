/** A company of Societeinfo (`company.json`), as public programs read it. */
import { employeesOf, naceOf, nafOf } from '../facts/company.js';
import { first, host } from './words.js';

/** @type {import('../../edge.js').SourceReader} */
export function societeinfo(payload) {
  const found = payload?.result ?? {};
  const company = found.organization ?? {};
  const naf = nafOf(String(first(company, 'ape_code', 'naf_code', 'activity.code', 'ape.code') ?? ''));
  const employees = first(company, 'workforce', 'workforce_range', 'employees') ?? first(found, 'financial.workforce');
  return {
    'company.name': first(company, 'name'),
    'company.siren': first(company, 'registration_number'),
    'company.siret': first(company, 'full_registration_number'),
    'company.naf': naf,
    'company.nace': naf && naceOf(naf),
    'company.employees': employees === undefined ? undefined : employeesOf(String(employees)),
    'company.domain': host(first(found, 'web_infos.website_url')),
    'company.website': first(found, 'web_infos.website_url'),
    'company.city': first(company, 'address.city'),
    'company.postcode': first(company, 'address.postal_code', 'address.zip_code'),
    'company.country': first(company, 'registration_number') && 'FR',
  };
}
