/** Where the playground begins: the engine, what the address asks for, the page. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { init } from 'leadscore';
import { pack, unpack } from './address.js';
import { Failure, Page } from './page.jsx';
import { asOf, begin, days, embedded, follow, language, lead, model, notice, story, theme, view, words } from './state.js';
import { openStory, STORIES } from './stories.js';
import './style.css';

/** The model of the story that the page began with, which the address need not hold. @type {import('./state.js').Model | null} */
let first = null;

const page = /** @type {HTMLElement} */ (document.getElementById('page'));

effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dataset.theme = theme.value;
  document.title = `leadscore – ${words.value.say('title')}`;
});

try {
  const [, work] = await Promise.all([init(), firstWork()]);
  begin(work);
  follow();
  keep();
  render(<Page />, page);
  if (!embedded) navigator.serviceWorker?.register('./sw.js').catch(() => {}); // without it the page only needs a network
} catch (error) {
  render(<Failure message={/** @type {Error} */ (error).message} />, page);
}
addEventListener('hashchange', async () => {
  const work = await fromAddress();
  if (!work) return write(); // a broken link leaves the page as it was, and its address too
  const { take } = await import('./state.js');
  take(work);
  story.value = null;
});

/** What the address carries, what this page had before it was loaded again, or the first story. */
async function firstWork() {
  const kept = history.state?.lead && location.hash ? history.state : null;
  const carried = await fromAddress();
  const asked = new URL(location.href).searchParams;
  if (asked.has('view')) view.value = /** @type {any} */ (asked.get('view'));
  if (carried) {
    if (kept) ({ view: view.value, story: story.value } = kept);
    return { ...carried, lead: kept?.lead ?? carried.lead };
  }
  const id = STORIES.find((one) => one === asked.get('model')) ?? STORIES[0];
  story.value = id;
  const work = await openStory(id);
  first = work.model;
  return work;
}

/** @returns {Promise<import('./state.js').Work | null>} */
async function fromAddress() {
  const text = /^#m=(.*)$/.exec(location.hash)?.[1];
  if (text === undefined) return null;
  try {
    const parcel = await unpack(text);
    notice.value = history.state?.lead ? null : { text: words.peek().say('linkOpened'), bad: false };
    return { model: parcel.model, lead: parcel.lead ?? { facts: {}, events: [] } };
  } catch {
    notice.value = { text: words.peek().say('badLink'), bad: true };
    return null;
  }
}

/** The model goes along in the address, the lead only in the history of this tab: a copied address tells nothing of a person. */
function keep() {
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  effect(() => {
    (void model.value, lead.value, view.value, story.value, asOf.value, days.value);
    clearTimeout(waiting);
    waiting = setTimeout(write, 400);
  });
}

async function write() {
  const document = model.peek();
  const state = { lead: lead.peek(), view: view.peek(), story: story.peek() };
  const hash = document === first ? '' : `#m=${await pack({ model: document })}`;
  history.replaceState(state, '', `${location.pathname}${location.search}${hash}`);
}
