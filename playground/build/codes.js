/** What each code of the engine's issues says, in French; the engine's own messages, with the details, are in English. */
import { spaced } from '../../www/demo/french.js';

/** @type {Record<string, string>} */
export const FRENCH = {
  'invalid-json': 'le texte n’est pas du JSON',
  'duplicate-key': 'une clé est nommée deux fois',
  'too-deep': 'des listes ou des conditions sont trop imbriquées',
  'too-large': 'quelque chose dépasse une limite',
  'unknown-format': 'ce format de modèle n’est pas connu',
  'unknown-field': 'ce champ n’existe pas',
  'missing-field': 'un champ nécessaire manque',
  'wrong-type': 'la valeur n’est pas du type attendu',
  'invalid-value': 'la valeur n’est pas de celles permises',
  'unknown-operator': 'cet opérateur n’existe pas',
  'duplicate-id': 'deux choses portent le même identifiant',
  'unknown-reference': 'ce renvoi ne mène à rien',
  'conflicting-fields': 'ces champs s’excluent, ou l’un ne veut rien dire sans l’autre',
  'cap-needed': 'pour aller de 0 à 100, chaque groupe a besoin d’un « au plus »',
  'wrong-order': 'l’ordre de ces seuils ou de ces lignes ne peut pas marcher',
  'test-failed': 'un test du modèle donne un autre résultat que prévu',
  'invalid-instant': 'une date était attendue ici',
  'undeclared-attribute': 'cet élément est lu, mais n’est pas déclaré',
  'unused-attribute': 'cet élément est déclaré, mais rien ne le lit',
  'undeclared-event': 'cet événement est compté, mais n’est pas déclaré',
  'never-matches': 'cette comparaison ne peut jamais être remplie',
  'always-matches': 'cette comparaison est toujours remplie',
  'unreachable-rule': 'cette règle ne peut jamais donner de points',
  'overlapping-bands': 'une ligne reprend des valeurs d’une ligne précédente',
  'gap-between-bands': 'entre deux lignes, des valeurs n’ont pas de place',
  'unattainable-threshold': 'ce seuil ne peut pas être atteint, ou l’est toujours',
  'dead-rule': 'un plancher ou un plafond ôte tout effet à cette règle',
  'event-counted-twice': 'deux règles d’une dimension comptent le même événement',
  'window-against-decay': 'la période comptée et l’estompage ne vont pas ensemble',
  'no-effect': 'ce champ ne change rien ici',
};

/**
 * An issue as people read it: in French what its code says, and in both languages the details.
 * @param {import('leadscore').Issue} issue
 * @param {'en' | 'fr'} language
 * @returns {[said: string, details: string] | [details: string]}
 */
export function toldIn({ code, message, suggestion }, language) {
  const details = suggestion ? `${message} – ${suggestion}` : message;
  return language === 'fr' && FRENCH[code] ? [`${spaced(FRENCH[code])}.`, details] : [details];
}
