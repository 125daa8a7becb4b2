/** What a job title says of seniority and department, in English and French. The first that fits counts. */
import { folded } from './folded.js';

/** @type {[string, RegExp][]} */
const SENIORITY = [
  ['intern', /\b(intern|internship|trainee|apprentice|stagiaire|alternant|alternante|apprenti|apprentie|student|etudiant|etudiante)\b/],
  ['assistant', /\b(assistant|assistante|secretary|secretaire)\b/],
  ['owner', /\b(owner|founder|cofounder|proprietaire|fondateur|fondatrice|cofondateur|cofondatrice|gerant|gerante)\b/],
  ['vp', /\b(vp|svp|evp|vice president|vice presidente|vice president[es]*)\b/],
  ['c-level', /\b(c[efitmosrhdp]o|ciso|chief|president|presidente|pdg|dg|daf|dsi|drh|dirigeant|dirigeante|managing director|directeur general|directrice generale)\b/],
  ['director', /\b(director|directeur|directrice|head)\b/],
  ['manager', /\b(manager|lead|leader|supervisor|responsable|chef|cheffe)\b/],
  ['senior', /\b(senior|principal|principale|staff|expert|experte)\b/],
];

/** @type {[string, RegExp][]} */
const DEPARTMENT = [
  ['marketing', /\b(marketing|cmo|growth|brand|communication|communications|content|seo)\b/],
  ['sales', /\b(sales|cro|revenue|business development|account executive|commercial|commerciale|ventes|vente)\b/],
  ['technology', /\b(cto|cio|ciso|dsi|it|engineer|engineering|developer|devops|software|data|technical|technology|informatique|technique|developpeur|developpeuse|ingenieur|ingenieure)\b/],
  ['people', /\b(hr|chro|drh|human resources|people|talent|recruiter|recruitment|recrutement|rh|ressources humaines)\b/],
  ['finance', /\b(cfo|daf|finance|financial|financier|financiere|accounting|accountant|comptable|comptabilite|controller)\b/],
  ['legal', /\b(legal|counsel|lawyer|juridique|juriste|avocat|avocate|compliance|dpo)\b/],
  ['purchasing', /\b(purchasing|procurement|buyer|achats|achat|acheteur|acheteuse)\b/],
  ['support', /\b(support|customer success|customer service|service client)\b/],
  ['product', /\b(product|cpo|produit|design|ux)\b/],
  ['operations', /\b(coo|operations|logistics|logistique|production|supply chain|maintenance|quality|qualite)\b/],
];

/**
 * @param {string} title
 * @returns {{ seniority: string | null, department: string | null }}
 */
export function titleOf(title) {
  const text = folded(title);
  const first = (/** @type {[string, RegExp][]} */ table) => table.find(([, words]) => words.test(text))?.[0] ?? null;
  return { seniority: first(SENIORITY), department: first(DEPARTMENT) };
}
