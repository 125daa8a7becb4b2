/** People and organisations as Apollo enriches them. */
import { countryOf } from '../facts/country.js';
import { departmentOf, first, host, seniorityOf, texts, whole } from './words.js';

/** @type {import('../../edge.js').SourceReader} */
export function apollo(payload) {
  const person = payload?.person ?? {};
  const company = payload?.organization ?? person.organization ?? {};
  return {
    'contact.firstName': first(person, 'first_name'),
    'contact.lastName': first(person, 'last_name'),
    'contact.title': first(person, 'title'),
    'contact.seniority': seniorityOf(first(person, 'seniority')),
    'contact.department': departmentOf(first(person, 'departments')),
    'company.name': first(company, 'name'),
    'company.domain': host(first(company, 'primary_domain', 'website_url')),
    'company.industry': first(company, 'industry'),
    'company.employees': whole(first(company, 'estimated_num_employees')),
    'company.revenue': whole(first(company, 'annual_revenue')),
    'company.founded': whole(first(company, 'founded_year')),
    'company.country': countryOf(String(first(company, 'country') ?? '')),
    'company.city': first(company, 'city'),
    'company.postcode': first(company, 'postal_code'),
    'company.tools': texts(company.technology_names),
  };
}
