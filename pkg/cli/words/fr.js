// Ce que dit la ligne de commande en français; les mêmes clés que en.js, qui fait foi.
// It decides nothing: numbers and texts come in, a sentence goes out.

const locale = 'fr-FR';
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
const MONTHS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

/** In French, 0 and 1.5 are singular. @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${number.format(n)} ${Math.abs(n) < 2 ? one : many}`;

/** @param {number} n @param {string} one */
const agreed = (n, one) => (n < 2 ? one : `${one}s`);

/** @type {import('./en.js').Words} */
export const fr = {
  number: (n) => number.format(n).replace('-', '−'),
  signed: (n) => `${n < 0 ? '−' : '+'}${number.format(Math.abs(n))}`,
  percent: (share) => `${number.format(Math.round(share * 100))}\u00a0%`,
  date(at, whole = false) {
    const date = new Date(at);
    const day = date.getUTCDate() === 1 ? '1er' : date.getUTCDate();
    return `${day} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} à ${date.toISOString().slice(-13, whole ? -1 : -8)} UTC`;
  },
  list: (items) => items.join(', '),
  more: (n) => `${number.format(n)} de plus`,

  rejected: 'rejeté',
  warning: 'attention',
  error: 'erreur',
  rowTooShort: (expected, found) => `attendu ${count(expected, 'cellule')} comme dans l’en-tête, trouvé ${number.format(found)}`,
  rowTooLong: (expected, found) =>
    `attendu ${count(expected, 'cellule')} comme dans l’en-tête, trouvé ${number.format(found)}\u00a0; une cellule qui contient le séparateur veut des guillemets`,
  emptyRow: 'attendu un lead, trouvé seulement des cellules vides',
  quoteNotClosed: 'attendu un guillemet fermant, trouvé la fin du fichier\u00a0; la lecture a repris à la ligne suivante',
  quoteMisplaced: 'guillemet au milieu d’une cellule, ou cellule jamais refermée\u00a0; la lecture a repris à la ligne suivante',
  recordTooLong: (limit) =>
    `attendu un enregistrement d’au plus ${number.format(limit)} octets, trouvé plus\u00a0: un guillemet n’est peut-être pas refermé\u00a0; la lecture a repris à la ligne suivante`,
  notUtf8: 'attendu de l’UTF-8, trouvé d’autres octets\u00a0; Excel sous Windows écrit `--encoding windows-1252`',
  notJson: (detail) => `attendu du JSON\u00a0: ${detail}`,
  notJsonStop: (detail) => `attendu du JSON\u00a0: ${detail}\u00a0; rien n’a été lu après cet endroit`,
  notJsonLines: 'attendu un objet ou une liste, trouvé autre chose derrière\u00a0: un objet par ligne, c’est un fichier `.jsonl`',
  notAnObject: (found) => `attendu un objet, trouvé ${found}`,
  lineTooLong: (limit) => `attendu une ligne d’au plus ${number.format(limit)} octets, trouvé plus`,
  cellUnreadable: (header, type, found) => `\`${header}\`\u00a0: attendu ${type}, trouvé \`${found}\`\u00a0; l’attribut est tenu pour inconnu`,
  types: {
    number: 'un nombre',
    integer: 'un nombre entier',
    text: 'un texte',
    boolean: 'vrai ou faux',
    date: 'une date comme 2026-11-22',
    list: 'une liste',
    'list-of-numbers': 'une liste de nombres',
  },
  tryFrench: 'se lit avec `--numbers fr`',

  headerEmpty: (columns) => `${agreed(columns.length, 'colonne')} ${columns.join(', ')} sans en-tête\u00a0: ${agreed(columns.length, 'reprise')} ${agreed(columns.length, 'telle')} ${agreed(columns.length, 'quelle')}, non ${agreed(columns.length, 'lue')}`,
  headerDuplicate: (header, first, later) =>
    `l’en-tête \`${header}\` apparaît plusieurs fois\u00a0: la première, colonne ${first}, compte, ${later.join(', ')} est reprise telle quelle`,
  headerTaken: (header, attribute, first) =>
    `l’en-tête \`${header}\` désigne aussi \`${attribute}\`, que \`${first}\` renseigne\u00a0: reprise telle quelle, non lue`,
  headerOurs: (headers) =>
    `l’entrée a les colonnes d’un résultat précédent (${headers})\u00a0: elles sont reprises, les nouvelles viennent à la fin`,
  attributeInside: (path, other) => `l’attribut \`${path}\` est à l’intérieur de \`${other}\`, qu’une colonne renseigne\u00a0: non lu`,
  unmatched: (headers, hints) =>
    `colonnes qui ne renseignent rien, reprises telles quelles\u00a0: ${headers}${hints ? `\u00a0; peut-être ${hints}` : ''}`,
  unfed: (attributes) => `attributs qu’aucune colonne ne renseigne, inconnus pour tous les leads\u00a0: ${attributes}`,
  nothingFed:
    'aucune colonne ne renseigne le modèle\u00a0: la première ligne est-elle l’en-tête ? `--map en-tête=attribut` associe à la main',
  nothingFedJson: (attribute, nested) => `aucun lead n’a d’attribut du modèle\u00a0: \`${attribute}\` s’écrit \`${nested}\``,

  eventWithoutLead: (column) => `attendu l’identifiant du lead dans \`${column}\`, rien trouvé`,
  eventWithoutType: 'attendu `type`, rien trouvé',
  eventWithoutInstant: (found) => `\`at\`\u00a0: attendu un instant comme 2026-11-22T09:30:00Z, trouvé \`${found}\``,
  leadWithoutId: (column) => `attendu un identifiant dans \`${column}\` pour retrouver ses événements, rien trouvé\u00a0; noté sans événements`,
  leadTwice: (id) => `le lead \`${id}\` apparaît plusieurs fois\u00a0: chacun est noté avec les mêmes événements`,

  closing: (n) =>
    [
      `${agreed(n.read, 'lu')} ${number.format(n.read)}`,
      `${agreed(n.scored, 'noté')} ${number.format(n.scored)}${n.others ? ` (dont ${n.others})` : ''}`,
      `${agreed(n.rejected, 'rejeté')} ${number.format(n.rejected)}`,
      ...(n.cells ? [`${count(n.cells, 'cellule')} ${agreed(n.cells, 'illisible')}`] : []),
      ...(n.warnings ? [count(n.warnings, 'avertissement')] : []),
      ...(n.blank ? [`${count(n.blank, 'ligne vide', 'lignes vides')} ${agreed(n.blank, 'sautée')}`] : []),
    ].join(' · '),
  closingEvents: (n) =>
    [
      `événements\u00a0: ${agreed(n.read, 'lu')} ${number.format(n.read)}`,
      `${agreed(n.joined, 'rattaché')} ${number.format(n.joined)}`,
      ...(n.unclaimed ? [`${number.format(n.unclaimed)} d’aucun lead de l’entrée`] : []),
      `${agreed(n.rejected, 'rejeté')} ${number.format(n.rejected)}`,
    ].join(' · '),
  notShown: (n, codes) =>
    `${number.format(n)} de plus non ${agreed(n, 'montré')}, en tout\u00a0: ${codes} (\`--limit-errors\` en montre plus)`,
  stopped: 'la sortie a été fermée par son lecteur\u00a0: arrêt à cet endroit',
  written: (file) => `écrit dans ${file}`,
  statuses: { scored: 'noté', disqualified: 'disqualifiés', excluded: 'exclus', insufficient_data: 'aux données insuffisantes' },
  progress: 'notation',

  errors: (n) => count(n, 'erreur'),
  warnings: (n) => count(n, 'avertissement'),
  nothingWrong: 'rien à signaler',
  suggestion: (text) => `peut-être\u00a0: ${text}`,
  wholeModel: 'le modèle',
  tests: (n) => count(n, 'test'),
  passed: (n) => count(n, 'réussi'),
  failed: (n) => count(n, 'échoué'),
  noTests: 'aucun test dans ce modèle',
  testsNotRun: 'le modèle a des erreurs\u00a0: ses tests ne peuvent pas tourner',
  compiled: {
    edge: (bytes) => `${count(bytes, 'octet')}, pour les serveurs`,
    browser: (bytes) => `${count(bytes, 'octet')}, pour les navigateurs`,
  },
  reconciled: {
    missing: (score) => `pas dans le CRM (score ${score})`,
    twice: (_, records) => `plus d’une fois dans le CRM\u00a0: ${records}`,
    different: (score, records) => `un autre score\u00a0: ${score} ici, dans le CRM ${records}`,
    counts: (n) =>
      [
        `${number.format(n.looked)} livrés`,
        `${number.format(n.there)} dans le CRM comme il faut`,
        ...(n.wrong ? [`${number.format(n.wrong)} non`] : []),
        ...(n.elsewhere ? [`${number.format(n.elsewhere)} dans d’autres fiches`] : []),
        `${number.format(n.waiting)} encore en route`,
        `${number.format(n.dead)} refusés`,
      ].join(' · '),
  },
  project: (files) => `un formulaire, un worker et un modèle, en ${count(files, 'fichier')}`,
  projectNext: (folder) => `Ensuite\u00a0: cd ${folder}, npm install\u00a0; README.md dit le reste.`,

  model: 'modèle',
  asOf: (at) => `au ${at}`,
  value: 'score',
  noValue: 'pas de score',
  statusTold: {
    scored: '',
    disqualified: 'disqualifié\u00a0: le score n’est donné que pour information',
    excluded: 'exclu\u00a0: pas noté du tout',
    insufficient_data: 'on n’en sait pas assez pour donner un score',
  },
  grade: 'note',
  stage: 'étape',
  route: 'à faire',
  queue: 'file',
  owner: 'responsable',
  total: 'total',
  beforeRounding: (value) => `(${value} avant arrondi)`,
  contributions: 'D’où vient le score',
  noContributions: 'Aucune règle n’a rien donné.',
  times: (n) => `${number.format(n)} fois`,
  lost: {
    limit: (points) => `${points} par la limite`,
    decay: (points) => `${points} par l’âge`,
    cap: (points) => `${points} par son plafond`,
    floor: (points) => `${points} par son plancher`,
  },
  lostOf: (gross, parts) => `sur ${gross} points\u00a0: ${parts}`,
  adjustment: {
    cap: (label) => `plafond (${label})`,
    floor: (label) => `plancher (${label})`,
  },
  dimensions: 'Par dimension',
  flags: 'Signaux d’alerte et exceptions',
  flag: {
    disqualifier: 'disqualifié',
    exclusion: 'exclu',
    override: 'exception',
    undecided: 'indécidable',
  },
  computedWas: (what) => `sans cela\u00a0: ${what}`,
  missing: 'Ce qu’on ne sait pas',
  coverage: (share) => `${share} de ce que le modèle demande est connu.`,
  bounds: (lowest, highest) => `En sachant le reste, le score serait entre ${lowest} et ${highest}.`,
  boundsInside: (lowest, highest) => `En sachant le reste, le score serait entre ${lowest} et ${highest}, peut-être plus près.`,
  nothingMissing: 'Il ne manque rien qui puisse changer le score.',
  changes: 'Ce qui le changerait',
  reachesLabel: (label, value) => `Pour être ${label} (${value})\u00a0:`,
  reachesStage: (stage, value) => `Pour atteindre ${stage} (${value})\u00a0:`,
  setTo: (attribute, value) => `${attribute}\u00a0: ${value}`,
  happens: (event, times) => `${event}, ${times === 1 ? 'une fois' : `${number.format(times)} fois`} de plus`,
  nothingChanges: 'Aucun petit changement n’atteint le palier ou l’étape suivante.',
  comes: 'Ce qui vient, sans nouvel événement',
  stays: 'Le score reste ce qu’il est.',
  staysUntil: (at) => `Le score reste ce qu’il est jusqu’au ${at}.`,
  becomes: (at, value, what) => `${at}\u00a0: score ${value}${what ? `, ${what}` : ''}`,
  noLabel: 'sans palier',
  eventsTold: (n) =>
    [
      `${count(n.given, 'événement')} ${agreed(n.given, 'donné')}`,
      count(n.counted, 'compté'),
      ...(n.duplicate ? [`${number.format(n.duplicate)} en double`] : []),
      ...(n.future ? [`${number.format(n.future)} après la date de calcul`] : []),
      ...(n.withoutConsent ? [`${number.format(n.withoutConsent)} sans consentement`] : []),
      ...(n.bot ? [`${number.format(n.bot)} d’un robot`] : []),
    ].join(', '),
  warningsTold: 'Ce qui paraît faux dans le lead',
  colon: '\u00a0:',
};
