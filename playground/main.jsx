/** Where the playground begins: the engine, what the address asks for, the page. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { init } from 'leadscore';
import { pack, unpack } from './address.js';
import { Failure, Page } from './page.jsx';
import { asOf, begin, days, follow, language, lead, model, notice, story, theme, view, words } from './state.js';
import { openStory, STORIES } from './stories.js';
import './style.css';

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
} catch (error) {
  render(<Failure message={/** @type {Error} */ (error).message} />, page);
}
addEventListener('hashchange', async () => {
  const work = await fromAddress();
  if (!work) return;
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
  return openStory(id);
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
  const first = model.peek();
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  effect(() => {
    const state = { lead: lead.value, view: view.value, story: story.value };
    const document = model.value;
    (void asOf.value, days.value);
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const changed = document !== first || location.hash.startsWith('#m=');
      const hash = changed ? `#m=${await pack({ model: document })}` : '';
      history.replaceState(state, '', `${location.pathname}${location.search}${hash}`);
    }, 400);
  });
}
