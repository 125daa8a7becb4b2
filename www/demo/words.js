/** What the modules of the demo site say, in English and French; the pages carry their own words. */

import { spaced } from './french.js';

/** @typedef {'en' | 'fr'} Language */

export const WORDS = {
  en: {
    pending: 'No choice yet. What happens is in the memory of this page only: leave it and it is gone. Nothing is stored, nothing is sent.',
    granted: 'You accepted. Your visit is kept in this browser until {date} at the latest, and leaves it only with a form that you send.',
    denied: 'You refused. Nothing is noted, nothing is stored, nothing is sent.',
    refused: 'Your browser says no for you (Global Privacy Control or Do Not Track). So nothing is noted, stored or sent.',
    shortPending: 'Nothing is stored: you have not chosen yet.', shortGranted: 'Kept in this browser, with your consent.',
    shortDenied: 'Nothing is noted or stored.',
    loading: 'The engine is being loaded …', failed: 'The engine could not be loaded: {message}',
    chart: 'The score so far, and how it fades over the next 60 days when nothing happens',
    now: 'now', inDays: 'in {n} days', today: 'Today: {value}, {label}', tomorrow: 'Tomorrow: {value}, {label}', later: 'In {n} days, on {date}: {value}, {label}',
    turns: 'If nothing happens, {label} from {date}.', fades: 'If nothing happens, it fades without a change of label.', holds: 'If nothing happens, it stays as it is.',
    noReasons: 'Nothing has counted yet. Look at the prices, read the case study, watch the webinar.',
    count: '{n} times', lost: '{points} lost to {causes}', limit: 'the limit', decay: 'age', cap: 'a cap', listCap: 'A cap took {points} ({name})',
    listFloor: 'The floor added {points} ({name})', total: 'total',
    seconds: '{n} s', percent: '{n}%', sameDay: 'visit {n}, the same day', nextDay: 'visit {n}, a day later', daysLater: 'visit {n}, {days} days later',
    local: 'Local storage', session: 'Session storage', cookies: 'Cookies', databases: 'IndexedDB', caches: 'Caches', memory: 'Memory of this page',
    nothing: 'nothing', bytes: '{name}: {n} bytes', heldOne: '1 event', heldNow: '{n} events', raw: 'As it stands there', ownKey: 'frimas.consent is the word “granted”; leadscore is the log of your visit.',
    inAddress: 'Your colours, a refusal and this open panel are remembered in the address of the page alone.',
    page_view: 'Saw {what}', restored: 'Came back to {what}', outbound: 'Left for {what}', download: 'Downloaded {what}', form_start: 'Began the form', form_step: 'Went on in the form',
    form_submit: 'Sent the form', form_abandon: 'Left the form unsent', scroll: 'Scrolled down {what}', video: 'Watched {what} of the film', engaged: 'Was attentive for {what}',
    return_visit: 'Came back: {what}', plan_chosen: 'Chose the plan {what}', case_read: 'Read the case study to the end', application: 'Applied: {what}',
    'index.html': 'the home page', 'pricing.html': 'the prices', 'case-study.html': 'the case study', 'webinar.html': 'the webinar', 'careers.html': 'the jobs', 'demo.html': 'the demo form',
    solo: 'Solo', workshop: 'Workshop', network: 'Network', radio: 'radio engineer', field: 'field technician', data: 'data analyst', care: 'customer care',
    name: 'Name', email: 'Work e-mail', company: 'Company', rooms: 'Cold rooms', message: 'Message', slot: 'Time',
    withLog: 'Your visit: {events} events in {n} characters', withoutLog: 'Of your visit: nothing', whyNoLog: 'The hidden field is empty: without your consent the form carries what you typed and nothing else.',
    whatLog: 'The form has a hidden field with the log of your visit, as short as it can be written:', edge: 'What the server reads in it',
    toTheWorker: 'With your consent this form carries what you saw on this site. It goes to a worker on this machine, from there to a CRM on this machine, and nowhere else.',
    sentToTheWorker: 'Thank you. This is what was sent',
    judged: 'From it the server works out the score by itself, {value} ({label}), and does not have to believe the page.',
  },
  fr: {
    pending: 'Pas encore de choix. Ce qui se passe n’est que dans la mémoire de cette page : quittez-la et tout s’efface. Rien n’est conservé, rien n’est envoyé.',
    granted: 'Vous avez accepté. Votre visite est gardée dans ce navigateur jusqu’au {date} au plus tard, et n’en sort qu’avec un formulaire que vous envoyez.',
    denied: 'Vous avez refusé. Rien n’est noté, rien n’est conservé, rien n’est envoyé.',
    refused: 'Votre navigateur dit non pour vous (Global Privacy Control ou Do Not Track). Rien n’est donc noté, conservé ni envoyé.',
    shortPending: 'Rien n’est conservé : vous n’avez pas encore choisi.', shortGranted: 'Gardée dans ce navigateur, avec votre accord.',
    shortDenied: 'Rien n’est noté ni conservé.',
    loading: 'Le moteur se charge…', failed: 'Le moteur n’a pas pu être chargé : {message}',
    chart: 'Le score jusqu’ici, et comme il s’estompe en 60 jours si rien ne se passe',
    now: 'maintenant', inDays: 'dans {n} jours', today: 'Aujourd’hui : {value}, {label}', tomorrow: 'Demain : {value}, {label}', later: 'Dans {n} jours, le {date} : {value}, {label}',
    turns: 'Si rien ne se passe, {label} à partir du {date}.', fades: 'Si rien ne se passe, il s’estompe sans changer de palier.', holds: 'Si rien ne se passe, il reste ainsi.',
    noReasons: 'Rien n’a encore compté. Regardez les tarifs, lisez l’étude de cas, voyez le webinaire.',
    count: '{n} fois', lost: '{points} perdus : {causes}', limit: 'la limite', decay: 'l’âge', cap: 'un plafond', listCap: 'Un plafond a retiré {points} ({name})',
    listFloor: 'Le plancher a ajouté {points} ({name})', total: 'total',
    seconds: '{n} s', percent: '{n} %', sameDay: 'visite {n}, le même jour', nextDay: 'visite {n}, un jour après', daysLater: 'visite {n}, {days} jours après',
    local: 'Stockage local', session: 'Stockage de session', cookies: 'Cookies', databases: 'IndexedDB', caches: 'Caches', memory: 'Mémoire de cette page',
    nothing: 'rien', bytes: '{name} : {n} octets', heldOne: '1 événement', heldNow: '{n} événements', raw: 'Tel quel', ownKey: 'frimas.consent est le mot « granted » (accordé) ; leadscore est le journal de votre visite.',
    inAddress: 'Vos couleurs, un refus et ce panneau ouvert ne sont retenus que dans l’adresse de la page.',
    page_view: 'A vu {what}', restored: 'Est revenu sur {what}', outbound: 'Est parti vers {what}', download: 'A téléchargé {what}', form_start: 'A commencé le formulaire', form_step: 'A avancé dans le formulaire',
    form_submit: 'A envoyé le formulaire', form_abandon: 'A quitté le formulaire sans l’envoyer', scroll: 'A descendu {what} de la page', video: 'A vu {what} du film', engaged: 'Attentif pendant {what}',
    return_visit: 'Est revenu : {what}', plan_chosen: 'A choisi la formule {what}', case_read: 'A lu l’étude de cas jusqu’au bout', application: 'A postulé : {what}',
    'index.html': 'la page d’accueil', 'pricing.html': 'les tarifs', 'case-study.html': 'l’étude de cas', 'webinar.html': 'le webinaire', 'careers.html': 'les offres d’emploi', 'demo.html': 'le formulaire de démo',
    solo: 'Solo', workshop: 'Atelier', network: 'Réseau', radio: 'ingénieur·e radio', field: 'technicien·ne de terrain', data: 'analyste de données', care: 'relation client',
    name: 'Nom', email: 'E-mail professionnel', company: 'Entreprise', rooms: 'Chambres froides', message: 'Message', slot: 'Créneau',
    withLog: 'Votre visite : {events} événements en {n} caractères', withoutLog: 'De votre visite : rien', whyNoLog: 'Le champ caché est vide : sans votre accord, le formulaire emporte ce que vous avez tapé et rien d’autre.',
    whatLog: 'Le formulaire a un champ caché avec le journal de votre visite, aussi court que possible :', edge: 'Ce que le serveur y lit',
    toTheWorker: 'Avec votre accord, ce formulaire emporte ce que vous avez vu sur ce site. Il va à un worker sur cette machine, de là à un CRM sur cette machine, et nulle part ailleurs.',
    sentToTheWorker: 'Merci. Voici ce qui a été envoyé',
    judged: 'Le serveur en tire lui-même le score, {value} ({label}), et n’a pas à croire la page.',
  },
};

/** @typedef {keyof typeof WORDS.en} Word */

/** @param {string} language */
export function wordsOf(language) {
  const [words, set] = language === 'fr' ? [WORDS.fr, spaced] : [WORDS.en, String];
  // The first of a kind takes a browser milliseconds, so none is made before it is needed.
  const number = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  const date = once(() => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }));
  const day = once(() => new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'short' }));
  const time = once(() => new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }));
  const list = once(() => new Intl.ListFormat(language));
  return {
    language: /** @type {Language} */ (language === 'fr' ? 'fr' : 'en'),
    number: (/** @type {number} */ value) => number().format(value),
    signed: (/** @type {number} */ value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${number().format(Math.abs(value))}`,
    date: (/** @type {number} */ at) => date().format(at),
    day: (/** @type {number} */ at) => day().format(at),
    time: (/** @type {number} */ at) => time().format(at),
    list: (/** @type {string[]} */ items) => list().format(items),
    /** A thing that a page or an event names; itself when no word is known for it. @param {string} thing */
    thing: (thing) => (thing in words ? words[/** @type {Word} */ (thing)] : thing),
    /** A text of the model. @param {unknown} text @returns {string} */
    text: (text) => /** @type {Record<string, string>} */ (text)?.[language] ?? '',
    /**
     * @param {Word} word
     * @param {Record<string, string | number>} [values] fill `{name}`
     */
    say: (word, values = {}) => set(words[word]).replace(/\{(\w+)\}/g, (_, name) => String(values[name])),
  };
}

/** @typedef {ReturnType<typeof wordsOf>} Words */

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}
