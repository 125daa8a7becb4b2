/** An establishment, or a legal unit, of the register Sirene of INSEE (interface 3.11). What is registered as closed says so. */
import { naceOf, nafOf } from '../facts/company.js';
import { first } from './words.js';

/** How many employees a bracket has at least. */
const BRACKETS = /** @type {Record<string, number>} */ ({
  '00': 0, '01': 1, '02': 3, '03': 6, 11: 10, 12: 20, 21: 50, 22: 100, 31: 200, 32: 250, 41: 500, 42: 1000, 51: 2000, 52: 5000, 53: 10_000,
});

/** @type {import('../../edge.js').SourceReader} */
export function sirene(payload) {
  const place = first(payload, 'etablissement', 'etablissements.0') ?? {};
  const unit = first(payload, 'uniteLegale', 'unitesLegales.0') ?? place.uniteLegale ?? {};
  // A unit tells of itself by periods, the present one first.
  const now = { ...unit, ...first(unit, 'periodesUniteLegale.0') };
  const naf = nafOf(String(now.activitePrincipaleUniteLegale ?? ''));
  const state = first(place, 'periodesEtablissement.0.etatAdministratifEtablissement') === 'F' ? 'C' : now.etatAdministratifUniteLegale;
  const isFound = (place.siren ?? unit.siren) !== undefined;
  return {
    'company.siren': first(unit, 'siren') ?? place.siren,
    'company.siret': place.siret,
    'company.name': first(now, 'denominationUniteLegale', 'denominationUsuelle1UniteLegale'),
    'company.naf': naf,
    'company.nace': naf && naceOf(naf),
    'company.employees': BRACKETS[first(unit, 'trancheEffectifsUniteLegale')],
    'company.size': first(unit, 'categorieEntreprise'),
    'company.active': state === 'A' || state === 'C' ? state === 'A' : undefined,
    'company.founded': Number(String(first(unit, 'dateCreationUniteLegale') ?? '').slice(0, 4)) || undefined,
    'company.city': first(place, 'adresseEtablissement.libelleCommuneEtablissement'),
    'company.postcode': first(place, 'adresseEtablissement.codePostalEtablissement'),
    'company.country': isFound && !first(place, 'adresseEtablissement.codePaysEtrangerEtablissement') ? 'FR' : undefined,
  };
}
