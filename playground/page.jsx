/** The frame of the page: what can be done, undone, shared and switched, and the view that is open. */
import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { Icon, Tool } from './icons.jsx';
import { LeadView } from './understand/lead.jsx';
import { Later } from './later.jsx';
import { canRedo, canUndo, embedded, language, model, notice, redo, theme, undo, view, words } from './state.js';

/** Which dialog is open. */
export const dialog = signal(/** @type {'stories' | null} */ (null));

const VIEWS = /** @type {const} */ ([
  ['lead', 'viewLead', 'shortLead'],
  ['build', 'viewBuild', 'shortBuild'],
  ['table', 'viewTable', 'shortTable'],
  ['hand', 'viewHand', 'shortHand'],
]);

/** The ways to understand a lead: each a view under the first one. */
const WAYS = /** @type {const} */ ([
  ['lead', 'wayLead', 'wayLead'],
  ['two', 'wayTwo', 'shortTwo'],
  ['visit', 'wayVisit', 'wayVisit'],
  ['paper', 'wayPaper', 'shortPaper'],
]);

export function Page() {
  const { say, text } = words.value;
  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      const typing = /** @type {HTMLElement} */ (event.target).closest('textarea');
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || typing) return;
      event.preventDefault();
      (event.shiftKey ? redo : undo)();
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  if (embedded)
    return (
      <>
        <Notice />
        <Content />
        <p class="wide whole">
          <a
            href="./"
            target="_blank"
            rel="noopener"
            onClick={({ currentTarget }) => (currentTarget.href = wholeAddress())}
          >
            {say('wholePage')}
          </a>
        </p>
      </>
    );
  return (
    <>
      <a class="skip" href="#content">
        {say('skip')}
      </a>
      <header>
        <div class="wide bar">
          <p class="brand">
            <img src="./icon.svg" alt="" width="30" height="30" />
            <span>leadscore</span>
          </p>
          <button type="button" class="story" onClick={() => (dialog.value = 'stories')} aria-haspopup="dialog">
            <span class="story-name">{text(model.value.name, String(model.value.id ?? ''))}</span>
            <Icon name="down" />
            <span class="hidden">{say('stories')}</span>
          </button>
          <div class="tools">
            <Tool name="undo" label={say('undo')} disabled={!canUndo.value} act={undo} />
            <Tool name="redo" label={say('redo')} disabled={!canRedo.value} act={redo} />
            <button
              type="button"
              class="tool words"
              onClick={() => (language.value = language.value === 'fr' ? 'en' : 'fr')}
            >
              <span aria-hidden="true">{say('otherLanguage')}</span>
              <span class="hidden">{say('language')}</span>
            </button>
            <Tool
              name={theme.value === 'dark' ? 'sun' : 'moon'}
              label={say(theme.value === 'dark' ? 'light' : 'dark')}
              act={() => (theme.value = theme.value === 'dark' ? 'light' : 'dark')}
            />
          </div>
        </div>
        <nav class="wide views" aria-label={say('views')}>
          {VIEWS.map(([id, key, short]) => (
            <button
              key={id}
              type="button"
              aria-current={view.value === id || (id === 'lead' && inWays()) ? 'page' : undefined}
              onClick={() => (view.value = id)}
            >
              <span class="long">{say(key)}</span>
              <span class="short">{say(short)}</span>
            </button>
          ))}
        </nav>
      </header>
      <Notice />
      <Content />
      <footer class="wide">
        <p>{say('privacy')}</p>
        <p>
          <a href="./demo/">{say('demo')}</a>
        </p>
      </footer>
      {dialog.value === 'stories' && (
        <Dialog title={say('storiesTitle')}>
          <Later load={() => import('./start/chooser.jsx').then(({ Stories }) => Stories)} done={shut} />
        </Dialog>
      )}
    </>
  );
}

/** This page, with its edges, as it stands now. */
function wholeAddress() {
  const address = new URL(location.href);
  address.searchParams.delete('embed');
  return address.href;
}

/** The view that is open; every other one is loaded when it is first opened. */
function Content() {
  return (
    <main id="content" class="wide" tabIndex={-1}>
      {inWays() && !embedded && <Ways />}
      {view.value === 'lead' && <LeadView />}
      {view.value === 'two' && (
        <Later key="two" load={() => import('./understand/two/two.jsx').then(({ TwoView }) => TwoView)} />
      )}
      {view.value === 'visit' && (
        <Later key="visit" load={() => import('./understand/visit/visit.jsx').then(({ VisitView }) => VisitView)} />
      )}
      {view.value === 'paper' && (
        <Later key="paper" load={() => import('./understand/paper/paper.jsx').then(({ PaperView }) => PaperView)} />
      )}
      {view.value === 'build' && (
        <Later key="build" load={() => import('./build/build.jsx').then(({ BuildView }) => BuildView)} />
      )}
      {view.value === 'table' && (
        <Later key="table" load={() => import('./table/table.jsx').then(({ TableView }) => TableView)} />
      )}
      {view.value === 'hand' && (
        <Later key="hand" load={() => import('./hand/hand.jsx').then(({ HandView }) => HandView)} />
      )}
    </main>
  );
}

function inWays() {
  return WAYS.some(([id]) => id === view.value);
}

function Ways() {
  const { say } = words.value;
  return (
    <nav class="ways" aria-label={say('ways')}>
      {WAYS.map(([id, key, short]) => (
        <button
          key={id}
          type="button"
          aria-current={view.value === id ? 'page' : undefined}
          onClick={() => (view.value = id)}
        >
          <span class="long">{say(key)}</span>
          <span class="short">{say(short)}</span>
        </button>
      ))}
    </nav>
  );
}

function shut() {
  dialog.value = null;
}

/** What went wrong or well with a file or a link; it stays until it is closed. */
function Notice() {
  const said = notice.value;
  return (
    <div role="status" class="wide">
      {said && (
        <p class={`notice ${said.bad ? 'bad' : ''}`}>
          <Icon name={said.bad ? 'warn' : 'done'} />
          <span>{said.text}</span>
          <Tool name="close" label={words.value.say('close')} act={() => (notice.value = null)} />
        </p>
      )}
    </div>
  );
}

/** @param {{ title: string, children: any }} props */
function Dialog({ title, children }) {
  const node = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => node.current?.showModal(), []);
  return (
    <dialog
      ref={node}
      onClose={shut}
      onClick={(event) => event.target === node.current && shut()}
      aria-labelledby="dialog-title"
    >
      <div class="inside">
        <div class="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          <Tool name="close" label={words.value.say('close')} act={shut} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** @param {{ message: string }} props */
export function Failure({ message }) {
  return (
    <main class="wide">
      <p class="notice bad" role="alert">
        <Icon name="warn" />
        <span>{words.value.say('failed', { message })}</span>
      </p>
    </main>
  );
}
