/** Every page of the demo site: starts the tracker, asks for consent, and shows the visitor what the tracker sees. */
import { byId } from '../element.js';
import { keep, takeAlong } from './address.js';
import { askConsent, chosen } from './consent.js';
import { startForm } from './form.js';
import { wordsOf } from './words.js';

/** The tracker as it is built, in one file, typed by hand. @type {typeof import('../../pkg/tracker.js')} */
const { track } = await import(new URL('../leadscore/dist/tracker.js', import.meta.url).href);
const tracker = track({
  consent: chosen(),
  score: { program: new URL('./model.lsp', import.meta.url).href, load: () => import('../leadscore/entries/runtime/browser.js') },
});
await turn(); // so that nothing has to wait for the whole page

const words = wordsOf(document.documentElement.lang);
startForm(words);

/** @type {import('./consent.js').Consent} */
let state = 'pending';
/** @type {ReturnType<typeof import('./panel.js').startPanel> | undefined} */
let panel;
askConsent(tracker, words, (next) => {
  state = next;
  panel?.tell(next);
});
takeAlong();
startTheme();

// The end of a text that has come into sight has been read.
for (const end of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-read]'))) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    tracker.event(end.dataset.read ?? '');
  });
  watch.observe(end);
}

// The panel comes after the page: who does not open it should not wait for it.
const { startPanel } = await import('./panel.js');
panel = startPanel(tracker.events, words);
panel.tell(state);
document.addEventListener('leadscore:event', panel.redraw);

/** Lets the browser do what it has to do in between. */
function turn() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The switch between light and dark, which is remembered in the address. */
function startTheme() {
  const button = byId('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    keep('theme', theme);
    show();
  });
  system.addEventListener('change', show);
  show();
}
