/** The first record that ZoomInfo's enrichment of a contact, or of a company, has found. It states revenue in thousands. */
import { countryOf } from '../facts/country.js';
import { departmentOf, first, host, seniorityOf, whole } from './words.js';

/** @type {import('../../edge.js').SourceReader} */
export function zoominfo(payload) {
  const found = first(payload, 'data.result.0.data.0') ?? {};
  const company = found.company ?? (found.jobTitle === undefined ? found : {});
  const revenue = whole(first(company, 'revenue'));
  const industry = first(company, 'primaryIndustry', 'industries');
  return {
    'contact.firstName': first(found, 'firstName'),
    'contact.lastName': first(found, 'lastName'),
    'contact.title': first(found, 'jobTitle'),
    'contact.seniority': seniorityOf(first(found, 'managementLevel')),
    'contact.department': departmentOf(first(found, 'jobFunction.0.department', 'jobFunction.0.name', 'department')),
    'company.name': first(company, 'name'),
    'company.domain': host(first(company, 'website')),
    'company.industry': Array.isArray(industry) ? industry[0] : industry,
    'company.employees': whole(first(company, 'employeeCount')),
    'company.revenue': revenue === undefined ? undefined : revenue * 1000,
    'company.founded': whole(first(company, 'foundedYear')),
    'company.country': countryOf(String(first(company, 'country') ?? '')),
    'company.city': first(company, 'city'),
    'company.postcode': first(company, 'zipCode'),
  };
}
