/** Which field of a form is which attribute, by the names that people give to fields, and that browsers know for filling them in. */

/** @type {Record<string, string>} attributes with the names of their fields, without case and punctuation */
const NAMES = {
  'contact.email': 'email emailaddress mail workemail businessemail courriel adressemail youremail replyto',
  'contact.name': 'name fullname yourname nomcomplet nometprenom',
  'contact.firstName': 'firstname givenname fname prenom',
  'contact.lastName': 'lastname familyname surname lname nom nomdefamille',
  'contact.phone': 'phone tel telephone phonenumber mobile mobilephone portable',
  'contact.title': 'title jobtitle organizationtitle position fonction poste',
  'contact.language': 'language lang langue',
  'company.name': 'company companyname organization organisation organizationname entreprise societe',
  'company.website': 'website companywebsite siteweb url',
  'company.country': 'country countryname countrycode pays',
  'company.employees': 'employees numberofemployees companysize headcount effectif effectifs',
  'company.naf': 'naf codenaf nafcode ape codeape',
  'company.siret': 'siret',
  'company.siren': 'siren',
  'company.street': 'street streetaddress addressline1 adresse address',
  'company.city': 'city addresslevel2 ville',
  'company.postcode': 'postcode postalcode zip zipcode codepostal',
  message: 'message comment comments body yourmessage commentaire',
  'source.referrer': 'referrer',
  'source.landingPage': 'landingpage',
};

/** Parameters of campaigns and clicks keep their names. */
const SOURCE = /^(first_)?(utm_(source|medium|campaign|term|content|id)|gclid|gbraid|wbraid|gad_source|fbclid|msclkid|ttclid|li_fat_id)$/i;

const PATHS = new Map(Object.entries(NAMES).flatMap(([path, names]) => names.split(' ').map((name) => [name, path])));

/**
 * The attribute that a field is for.
 * @param {string} name
 * @param {(path: string) => boolean} declared whether the model has that attribute
 */
export function pathOf(name, declared) {
  if (declared(name)) return name;
  if (SOURCE.test(name)) return `source.${name.toLowerCase()}`;
  const bare = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '');
  return PATHS.get(bare) ?? `form.${name}`;
}
