/** What the page itself says, in French and in English; the texts of a model are the model's. */

/** @typedef {'en' | 'fr'} Language */

const WORDS = {
  en: {
    models: 'Model', language: 'Language', lead: 'Score a lead', result: 'Its score',
    facts: 'Who they are', events: 'What they did', eventsAbout: 'Each press is one event, at the moment chosen under “As time passes”.',
    example: 'An example', clear: 'Start empty', time: 'As time passes', why: 'Where the points come from',
    unknown: 'Still unknown', next: 'What would change it',
    demo: 'A site that scores its own visit',
    private: 'Scored in this page by WebAssembly. No request leaves it, nothing is stored.',
    notKnown: 'not known', yes: 'yes', no: 'no', more: 'one more', less: 'one less',
    today: 'today', inDays: 'in {n} days', inOneDay: 'tomorrow', last: 'last: {when}',
    holds: 'This score holds until {when}.', fades: 'It moves a little every day; without new events nothing else changes.',
    holdsForever: 'Without new events this score holds for ever.',
    turns: 'On {when} it becomes {what}.',
    between: 'Between {lowest} and {highest}, whatever they turn out to be.',
    about: 'Between about {lowest} and {highest}, whatever they turn out to be.',
    stays: 'The score stays the same, whatever they turn out to be.',
    complete: 'Nothing that matters is missing.', top: 'It is as high as it goes.', coverage: '{percent} of what the model asks about is known',
    noPoints: 'Nothing has given points yet.', noChange: 'No small change reaches the next step.',
    reaches: 'To reach {what}', nowAt: '{value} points',
    grade: 'Grade', stage: 'Stage', route: 'What to do next', of: 'of {cap}',
    limit: 'limit', decay: 'age', cap: 'cap', lost: '{points} lost to {causes}', floor: 'floor',
    adjusted: '{kind} of {what}', total: 'the total',
    excluded: 'Not scored', disqualified: 'Disqualified', insufficient_data: 'Not enough known',
    flagged: 'for information', required: 'needed first', times: '{n} ×', set: '{attribute}: {value}',
    speed: 'one lead in {microseconds} µs', failed: 'The engine could not be loaded: {message}',
  },
  fr: {
    models: 'Modèle', language: 'Langue', lead: 'Évaluer un contact', result: 'Son score',
    facts: 'Qui il est', events: 'Ce qu’il a fait', eventsAbout: 'Chaque appui est un événement, au moment choisi sous «\u00a0Au fil du temps\u00a0».',
    example: 'Un exemple', clear: 'Partir de zéro', time: 'Au fil du temps', why: 'D’où viennent les points',
    unknown: 'Encore inconnu', next: 'Ce qui le ferait changer',
    demo: 'Un site qui évalue sa propre visite',
    private: 'Calculé dans cette page par WebAssembly. Aucune requête n’en sort, rien n’est conservé.',
    notKnown: 'inconnu', yes: 'oui', no: 'non', more: 'un de plus', less: 'un de moins',
    today: 'aujourd’hui', inDays: 'dans {n} jours', inOneDay: 'demain', last: 'dernier : {when}',
    holds: 'Ce score tient jusqu’au {when}.', fades: 'Il bouge un peu chaque jour ; sans nouvel événement, rien d’autre ne change.',
    holdsForever: 'Sans nouvel événement, ce score tient toujours.',
    turns: 'Le {when} il devient {what}.',
    between: 'Entre {lowest} et {highest}, quoi que l’on apprenne.',
    about: 'Entre {lowest} et {highest} environ, quoi que l’on apprenne.',
    stays: 'Le score reste le même, quoi que l’on apprenne.',
    complete: 'Rien d’important ne manque.', top: 'Il est au plus haut.', coverage: '{percent} de ce que le modèle demande est connu',
    noPoints: 'Rien n’a encore donné de points.', noChange: 'Aucun petit changement n’atteint la marche suivante.',
    reaches: 'Pour atteindre {what}', nowAt: '{value} points',
    grade: 'Note', stage: 'Étape', route: 'Que faire ensuite', of: 'sur {cap}',
    limit: 'limite', decay: 'âge', cap: 'plafond', lost: '{points} perdus : {causes}', floor: 'plancher',
    adjusted: '{kind} : {what}', total: 'le total',
    excluded: 'Non évalué', disqualified: 'Écarté', insufficient_data: 'Trop peu d’éléments',
    flagged: 'pour information', required: 'à connaître d’abord', times: '{n} ×', set: '{attribute} : {value}',
    speed: 'un contact en {microseconds} µs', failed: 'Le moteur n’a pas pu être chargé : {message}',
  },
};

/** Codes of the shipped models, as a person says them. @type {Record<Language, Record<string, string>>} */
const VALUES = {
  en: {
    ecommerce: 'e-commerce', public: 'public sector', EUR: '€',
  },
  fr: {
    ecommerce: 'e-commerce', software: 'logiciel', services: 'services', industry: 'industrie', public: 'secteur public', education: 'enseignement',
    owner: 'propriétaire', director: 'direction', manager: 'responsable', assistant: 'assistance', student: 'études',
    agreed: 'accordé', asked: 'demandé', none: 'aucun', centre: 'centre', north: 'nord', south: 'sud', coast: 'littoral',
    people: 'personnes', rooms: 'pièces', seats: 'places', months: 'mois', EUR: '€', min: 'min',
  },
};

/** @param {Language} language */
export function wordsOf(language) {
  const words = WORDS[language];
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' });
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const list = new Intl.ListFormat(language);

  return {
    language,
    number: (/** @type {number} */ value) => number.format(value),
    signed: (/** @type {number} */ value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${number.format(Math.abs(Math.round(value * 100) / 100))}`,
    percent: (/** @type {number} */ share) => new Intl.NumberFormat(language, { style: 'percent' }).format(share),
    date: (/** @type {number} */ at) => date.format(at),
    day: (/** @type {number} */ at) => short.format(at),
    list: (/** @type {string[]} */ items) => list.format(items),

    /**
     * A word of the page, with `{name}` filled in.
     * @param {keyof typeof words} key
     * @param {Record<string, string | number>} [values]
     */
    say: (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name])),

    /**
     * A text of a model, which may be one text or one for each language.
     * @param {unknown} text
     * @param {string} otherwise
     */
    text: (text, otherwise) => {
      if (typeof text === 'string') return text;
      const texts = /** @type {Record<string, string> | undefined} */ (text);
      return texts?.[language] ?? texts?.en ?? otherwise;
    },

    /**
     * A value of an attribute or a unit.
     * @param {unknown} value
     * @returns {string}
     */
    value: (value) => {
      if (Array.isArray(value)) return list.format(value.map((item) => VALUES[language][item] ?? String(item)));
      if (typeof value === 'number') return number.format(value);
      if (typeof value === 'boolean') return value ? words.yes : words.no;
      const text = String(value);
      if (/^[A-Z]{2}$/.test(text)) return regions.of(text) ?? text;
      return VALUES[language][text] ?? text;
    },
  };
}

/** @typedef {ReturnType<typeof wordsOf>} Words */
