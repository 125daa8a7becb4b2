/** Whose pages may send forms here and where these may lead to: the website's own, by a list of origins. */
import { LeadscoreError } from '../src/error.js';
import { Refusal } from './refusal.js';

/** The names under which forms say where to go afterwards. */
const NEXT = ['_next', '_redirect', 'retURL', 'redirect_url'];
const LONGEST = 2000;

/** @param {readonly string[]} sites @returns {string[]} */
export function originsOf(sites) {
  if (!Array.isArray(sites) || sites.length === 0) throw new LeadscoreError('invalid-sites', 'sites', 'expected a list of origins');
  return sites.map((site, place) => {
    const url = URL.parse?.(site) ?? (URL.canParse(site) ? new URL(site) : null);
    if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search) return url.origin;
    throw new LeadscoreError('invalid-sites', `sites[${place}]`, `expected an origin such as \`https://example.com\`, found \`${site}\``);
  });
}

/**
 * Browsers say where a form is from; what says nothing is no browser, and no page of somebody else can make it.
 * @param {Request} request
 * @param {string[]} sites
 */
export function checkOrigin(request, sites) {
  const origin = request.headers.get('origin');
  const allowed = origin === null ? !/^(cross-site|same-site)$/.test(request.headers.get('sec-fetch-site') ?? '') : sites.includes(origin);
  if (!allowed) throw new Refusal(403, 'foreign-origin', 'expected a form of this website, found one of another');
}

/** The same for what a page only asks for, of which browsers do not say where it is from. @param {Request} request @param {string[]} sites */
export function checkAsking(request, sites) {
  const origin = request.headers.get('origin');
  const allowed = origin === null ? request.headers.get('sec-fetch-site') !== 'cross-site' : sites.includes(origin);
  if (!allowed) throw new Refusal(403, 'foreign-origin', 'expected a page of this website, found one of another');
}

/**
 * What lets the scripts of the website read the answer.
 * @param {Request} request
 * @param {string[]} sites
 * @returns {Record<string, string>}
 */
export function corsHeaders(request, sites) {
  const origin = request.headers.get('origin');
  const allowed = origin !== null && sites.includes(origin);
  return { vary: 'Origin', ...(allowed && { 'access-control-allow-origin': origin }) };
}

/**
 * Where the visitor is led to.
 * @param {import('./form.js').Fields} fields
 * @param {Request} request
 * @param {string[]} sites
 * @param {string} thanks
 */
export function nextPage(fields, request, sites, thanks) {
  const name = NEXT.find((name) => fields.has(name));
  const wanted = (name && fields.get(name)?.[0]) || thanks;
  const origin = request.headers.get('origin') ?? '';
  const base = sites.includes(origin) ? origin : sites[0];
  const url = wanted.length <= LONGEST && URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  if (url && sites.includes(url.origin) && !url.username && !url.password) return url.href;
  throw new Refusal(400, 'foreign-next', `expected a page of this website in \`${name}\`, found another`);
}
