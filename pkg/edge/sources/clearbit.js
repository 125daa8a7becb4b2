/** The combined answer of Clearbit, and its companies and persons alone, as documented for its enrichment interface. */
import { countryOf } from '../facts/country.js';
import { departmentOf, first, host, seniorityOf, texts, whole } from './words.js';

/** @type {import('../../edge.js').SourceReader} */
export function clearbit(payload) {
  const person = payload?.person ?? (payload?.employment ? payload : {});
  const company = payload?.company ?? (payload?.metrics ? payload : {});
  return {
    'contact.firstName': first(person, 'name.givenName'),
    'contact.lastName': first(person, 'name.familyName'),
    'contact.title': first(person, 'employment.title'),
    'contact.seniority': seniorityOf(first(person, 'employment.seniority')),
    'contact.department': departmentOf(first(person, 'employment.role')),
    'company.name': first(company, 'name', 'legalName'),
    'company.domain': host(first(company, 'domain')),
    'company.industry': first(company, 'category.industry', 'category.sector'),
    'company.employees': whole(first(company, 'metrics.employees')),
    'company.revenue': whole(first(company, 'metrics.annualRevenue')),
    'company.founded': whole(first(company, 'foundedYear')),
    'company.country': countryOf(String(first(company, 'geo.countryCode') ?? '')),
    'company.city': first(company, 'geo.city'),
    'company.postcode': first(company, 'geo.postalCode'),
    'company.tools': texts(company.tech),
  };
}
