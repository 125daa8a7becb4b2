/** What the page of the CRM says, in English and French; what rules, routes and attributes are called is in the model. */
import { spaced } from '../../french.js';

/** @type {Record<string, [english: string, french: string]>} */
const WORDS = {
  title: ['Who to call first', 'Qui rappeler d’abord'],
  intro: [
    'Each form of the site arrives here with its grade, the reasons for it and what to do next.',
    'Chaque formulaire du site arrive ici avec sa note, les raisons de cette note et la suite à donner.',
  ],
  form: ['Fill in the form', 'Remplir le formulaire'],
  other: ['Français', 'English'],
  theme: ['Dark colours', 'Couleurs sombres'],
  way: ['The way of a lead', 'Le chemin d’un lead'],
  site: ['The website', 'Le site web'],
  siteSays: ['A worker takes the form, scores the lead and thanks the visitor.', 'Un worker prend le formulaire, calcule le score et remercie le visiteur.'],
  outbox: ['The outbox', 'La boîte d’envoi'],
  nothingWaits: ['Nothing is waiting.', 'Rien n’attend.'],
  waitsOne: ['1 lead is waiting.', '1 lead attend.'],
  waits: ['{n} leads are waiting, the best first.', '{n} leads attendent, les meilleurs d’abord.'],
  deliveredOne: ['1 delivered', '1 livré'],
  delivered: ['{n} delivered', '{n} livrés'],
  dead: ['{n} refused for good', '{n} refusés pour de bon'],
  held: ['on hold: {why}', 'en suspens : {why}'],
  crm: ['The CRM', 'Le CRM'],
  on: ['It takes what comes.', 'Il prend ce qui arrive.'],
  off: ['It is off: nobody answers at its address.', 'Il est éteint : personne ne répond à son adresse.'],
  switchOff: ['Switch it off', 'L’éteindre'],
  switchOn: ['Switch it on', 'L’allumer'],
  leads: ['Leads', 'Leads'],
  none: ['No lead yet', 'Pas encore de lead'],
  noneSays: [
    'Look around the site, then fill in its form: what you looked at counts. Or let three made-up people write.',
    'Parcourez le site, puis remplissez son formulaire : ce que vous avez regardé compte. Ou laissez écrire trois personnes inventées.',
  ],
  examples: ['Send three examples', 'Envoyer trois exemples'],
  score: ['{n} of 100', '{n} sur 100'],
  noScore: ['no score', 'sans score'],
  grade: ['Grade {grade}', 'Note {grade}'],
  why: ['Why', 'Pourquoi'],
  noReasons: ['Nothing is known yet that counts.', 'On ne sait encore rien qui compte.'],
  known: ['What is known', 'Ce que l’on sait'],
  said: ['In their words', 'Leurs mots'],
  write: ['Write', 'Écrire'],
  call: ['Call', 'Appeler'],
  work: ['work', 'professionnelle'],
  free: ['private', 'privée'],
  disposable: ['throw-away', 'jetable'],
  email: ['E-mail', 'E-mail'],
  phone: ['Phone', 'Téléphone'],
  company: ['Company', 'Entreprise'],
  stage: ['Stage', 'Étape'],
  page: ['Came from', 'Venu de'],
  visit: ['Their visit', 'Leur visite'],
  withVisit: ['counted, as their browser told it', 'comptée, telle que leur navigateur la raconte'],
  withoutVisit: ['not told: no consent, or nothing kept', 'non racontée : sans accord, ou rien de gardé'],
  model: ['Model', 'Modèle'],
  id: ['Number', 'Numéro'],
  disqualified: ['disqualified', 'écarté'],
  starting: ['The worker is starting …', 'Le worker démarre…'],
  absent: ['This page needs the worker', 'Cette page a besoin du worker'],
  absentSays: [
    'It shows what a worker on the same machine delivers. `npm start` in the repository starts the site, the worker and the CRM.',
    'Elle montre ce que livre un worker sur la même machine. `npm start` dans le dépôt démarre le site, le worker et le CRM.',
  ],
  failed: ['That did not work; the page tries again.', 'Cela n’a pas marché ; la page réessaie.'],
};

/** @typedef {keyof typeof WORDS} Word */

/** @param {'en' | 'fr'} language */
export function wordsOf(language) {
  const [place, set] = language === 'fr' ? /** @type {const} */ ([1, spaced]) : /** @type {const} */ ([0, String]);
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const units = /** @type {const} */ ([['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]]);
  return {
    language,
    /** @param {Word} word @param {Record<string, string | number>} [values] */
    say: (word, values = {}) => set(WORDS[word][place].replace(/\{(\w+)\}/g, (_, name) => String(values[name]))),
    /** A text of the model, which is one text or one for each language. @param {any} text */
    text: (text) => set(typeof text === 'string' ? text : (text?.[language] ?? text?.en ?? '')),
    /** @param {number} at */
    ago(at) {
      const passed = Math.max(Date.now() - at, 0);
      const [unit, length] = units.find(([, length]) => passed >= length) ?? ['second', Infinity];
      return ago.format(-Math.floor(passed / length), unit);
    },
  };
}

/** @typedef {ReturnType<typeof wordsOf>} Words */
