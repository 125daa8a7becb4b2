/** The page of the demo's CRM: its leads, the best first, and where those are that have not come yet. It asks again each second. */
import { byId, element } from '../../../element.js';
import { EXAMPLES } from './examples.js';
import { leadCard, namesOf } from './lead.js';
import { wayOf } from './way.js';
import { wordsOf } from './words.js';

/** @typedef {import('./way.js').State} State */

const SECOND = 1000;
const address = new URL(location.href);
const preferred = navigator.languages.find((language) => /^(fr|en)\b/.test(language))?.startsWith('fr') ? 'fr' : 'en';
const asked = address.searchParams.get('lang');
const language = asked === 'fr' || asked === 'en' ? asked : preferred;
const words = wordsOf(language);
const main = byId('main');

/** What is shown, so that nothing is drawn anew under somebody's hands without a reason. */
let shown = '';
/** Whether a finger or a button of the mouse is down: what was drawn anew meanwhile would not be clicked. */
let pressed = false;
/** The leads that somebody has opened. */
const open = new Set([location.hash.slice('#lead-'.length)]);

startFrame();
for (const type of ['pointerdown', 'pointerup', 'pointercancel']) addEventListener(type, () => (pressed = type === 'pointerdown'), true);
main.replaceChildren(element('p', { class: 'starting', role: 'status' }, words.say('starting')));
/** @type {ReturnType<typeof namesOf>} */
const names = namesOf(await (await fetch('../model.json')).json());
await again();

async function again() {
  const answer = await fetch('../state').catch(() => null);
  // Where a static host serves this there is no worker, and there will be none.
  if (answer?.status === 404) return tellAbsent();
  if (answer?.ok) show(await answer.json());
  setTimeout(again, SECOND);
}

/** @param {State} state */
function show(state) {
  const minute = Math.floor(Date.now() / 60_000);
  const now = JSON.stringify([state, minute]);
  if (now === shown || pressed) return;
  shown = now;
  const focused = document.activeElement?.closest('details')?.id ?? document.activeElement?.id;
  const leads = [...state.leads].sort((a, b) => order(a) - order(b) || (b.score.value ?? 0) - (a.score.value ?? 0) || b.at - a.at);
  main.replaceChildren(
    element('div', { class: 'opening' }, element('h1', {}, words.say('title')), element('p', { class: 'lead-in' }, words.say('intro'))),
    wayOf(state, words, keep(`../../${language}/demo.html`), turn),
    leads.length === 0
      ? element('section', { class: 'none' }, element('h2', {}, words.say('none')), element('p', {}, words.say('noneSays')), element('p', { class: 'acts' }, examples()))
      : element(
          'section',
          { 'aria-labelledby': 'leads-title' },
          element('h2', { id: 'leads-title' }, words.say('leads'), ' ', element('span', { class: 'count' }, leads.length)),
          element('ol', { class: 'leads' }, ...leads.map((lead) => leadCard(lead, names, words, open.has(lead.id)))),
        ),
  );
  for (const card of main.querySelectorAll('details')) {
    card.addEventListener('toggle', () => void (card.open ? open.add(card.id.slice('lead-'.length)) : open.delete(card.id.slice('lead-'.length))));
  }
  // Whoever was at a lead, or at the switch, still is.
  const place = focused ? document.getElementById(focused) : null;
  (place?.querySelector('summary') ?? place)?.focus({ preventScroll: true });
}

/** The best grade first; what was disqualified last. @param {State['leads'][number]} lead */
function order({ score: { grade, status } }) {
  return status === 'disqualified' ? 999 : (grade?.charCodeAt(0) ?? 99);
}

async function turn() {
  byId('switch').setAttribute('disabled', '');
  await fetch('../switch', { method: 'POST' }).catch(() => null);
  shown = '';
}

/** Three people who never wrote, for those who want to see some. */
function examples() {
  const send = async (/** @type {Event} */ { currentTarget }) => {
    /** @type {HTMLButtonElement} */ (currentTarget).disabled = true;
    await Promise.all(EXAMPLES[language].map((fields) => fetch('../lead', { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })));
  };
  return element('button', { class: 'button', type: 'button', id: 'examples', onclick: send }, words.say('examples'));
}

function tellAbsent() {
  main.replaceChildren(element('section', { class: 'none' }, element('h1', {}, words.say('absent')), element('p', {}, words.say('absentSays'))));
}

/** An address of the site, which takes along the colours that somebody chose. @param {string} href @param {Record<string, string>} [more] */
function keep(href, more) {
  const url = new URL(href, location.href);
  const { theme } = document.documentElement.dataset;
  for (const [name, value] of Object.entries({ ...(theme && { theme }), ...more })) url.searchParams.set(name, value);
  return url.href;
}

/** What stands in the frame of the page, and the switch between light and dark, which is remembered in the address. */
function startFrame() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const other = language === 'fr' ? 'en' : 'fr';
  const draw = () => {
    byId('theme').setAttribute('aria-pressed', String(isDark()));
    byId('brand').setAttribute('href', keep(`../../${language}/index.html`));
    byId('other').setAttribute('href', keep('./', { lang: other }));
  };
  document.documentElement.lang = language;
  byId('theme-name').textContent = words.say('theme');
  byId('other').replaceChildren(element('span', { class: 'hidden', lang: other }, words.say('other')), element('span', { 'aria-hidden': 'true' }, other.toUpperCase()));
  byId('theme').addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    address.searchParams.set('theme', document.documentElement.dataset.theme);
    history.replaceState(history.state, '', address);
    shown = '';
    draw();
  });
  draw();
}
