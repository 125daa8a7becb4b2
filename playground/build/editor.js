/**
 * The JSON editor: CodeMirror, loaded when somebody opens JSON. It lives in a shadow root, where its styles are adopted sheets:
 * those of a page would be elements, which the page's policy does not let through.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, snippet } from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { spaced } from '../../www/demo/french.js';
import { suggestions } from './complete.js';
import { EXPLAINED } from './explained.js';
import { placeOf } from './place.js';

/** What the editor itself says, in French. */
const FRENCH = {
  Completions: 'Propositions',
  'Control character': 'Caractère de contrôle',
  Diagnostics: 'Problèmes',
  'No diagnostics': 'Aucun problème',
  'Selection deleted': 'Sélection supprimée',
  close: 'fermer',
  'Fold line': 'Replier',
  'Unfold line': 'Déplier',
  'folded code': 'texte replié',
  unfold: 'déplier',
  to: 'à',
};

/**
 * @typedef {{ from: number, to: number, severity: 'error' | 'warning', message: string }} Underlined
 * @typedef {{ change: (text: string) => void, subjects: import('./complete.js').Subjects }} Options
 */

/** The editor on the page, if there is one. @type {EditorView | null} */
let open = null;
/** In French what stands for itself needs no English title beside it. */
let french = false;

/** @param {HTMLElement} host @param {string} text @param {Options} options */
export function createEditor(host, text, { change, subjects }) {
  const spoken = new Compartment();
  let told = text; // what both sides know
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        drawSelection(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [(context) => complete(context, subjects)], icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap]),
        EditorState.tabSize.of(2),
        spoken.of([]),
        THEME,
        EditorView.updateListener.of(({ docChanged, state }) => {
          const now = state.doc.toString();
          if (docChanged && now !== told) change((told = now));
        }),
      ],
    }),
  });
  open = view;
  return {
    /** Shows another text, of which only what differs is replaced: the cursor and the folds stay. @param {string} next */
    show(next) {
      const old = view.state.doc.toString();
      told = next;
      if (next === old) return;
      let from = 0;
      while (from < old.length && old[from] === next[from]) from += 1;
      let same = 0;
      while (same < Math.min(old.length, next.length) - from && old.at(-1 - same) === next.at(-1 - same)) same += 1;
      view.dispatch({ changes: { from, to: old.length - same, insert: next.slice(from, next.length - same) } });
    },
    /** @param {Underlined[]} all */
    underline: (all) => view.dispatch(setDiagnostics(view.state, all)),
    /** @param {string} language @param {string} label */
    speak(language, label) {
      french = language === 'fr';
      const phrases = EditorState.phrases.of(language === 'fr' ? FRENCH : {});
      view.dispatch({ effects: spoken.reconfigure([phrases, EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' })]) });
    },
    close() {
      view.destroy();
      if (open === view) open = null;
    },
  };
}

/** Selects the place of an issue and brings it into sight. @param {import('leadscore').Issue} issue */
export function showInJson(issue) {
  if (!open) return;
  const { from, to } = placeOf(issue, open.state.doc.toString());
  open.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  open.focus();
  open.dom.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {import('@codemirror/autocomplete').CompletionContext} context
 * @param {import('./complete.js').Subjects} subjects
 * @returns {import('@codemirror/autocomplete').CompletionResult | null}
 */
function complete({ state, pos, explicit }, subjects) {
  const text = state.doc.toString();
  if (!explicit && !/["\w$]$/.test(text.slice(Math.max(0, pos - 1), pos))) return null;
  const { from, to, options } = suggestions(text, pos, subjects);
  if (options.length === 0) return null;
  return {
    from,
    validFor: /^"?[\w$. -]*$/,
    options: options.map(({ text: label, title, about, insert }) => ({
      label,
      displayLabel: label.replace(/^"(.*)"$/, '$1'),
      detail: french && about ? undefined : title,
      info: (french && EXPLAINED[about] ? spaced(EXPLAINED[about]) : about) || undefined,
      apply: (view, completion, start, end) => {
        const typed = view.state.sliceDoc(start, end); // a closing quote that was there already goes with it
        const closed = typed.startsWith('"') && view.state.sliceDoc(end, end + 1) === '"' ? end + 1 : end;
        snippet(insert)(view, completion, start, Math.max(closed, end === pos ? to : end));
      },
    })),
  };
}

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--strong)' },
  { tag: tags.string, color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--middle)', fontWeight: '600' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--quiet)' },
]);

const THEME = EditorView.theme({
  '&': { border: '1px solid var(--edge)', borderRadius: '12px', background: 'var(--paper)', color: 'var(--ink)', fontSize: '0.86rem', overflow: 'hidden' },
  '&.cm-focused': { outline: '2.5px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace', lineHeight: '1.55', height: 'clamp(18rem, 62vh, 60rem)' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.6rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { background: 'var(--paper)', color: 'var(--quiet)', border: 'none' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
  '.cm-activeLine': { background: 'color-mix(in oklab, var(--tint) 45%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'color-mix(in oklab, var(--accent) 28%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--tint)', outline: '1px solid var(--accent)' },
  '.cm-foldPlaceholder': { background: 'var(--tint)', border: 'none', color: 'var(--ink)', padding: '0 0.5em' },
  // the library draws its signs as pictures inside the style, which the policy refuses
  '.cm-lintRange': { backgroundImage: 'none', textDecoration: 'underline wavy 1.5px', textUnderlineOffset: '3px', textDecorationSkipInk: 'none' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecorationColor: 'var(--minus)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecorationColor: 'var(--middle)' },
  '.cm-lintRange-active': { background: 'color-mix(in oklab, var(--minus) 14%, transparent)' },
  '.cm-gutter-lint': { width: '1.2em' },
  '.cm-lint-marker': { width: '1em', height: '1em', textAlign: 'center', lineHeight: '1.1', fontWeight: '800' },
  '.cm-lint-marker-error': { content: 'none', color: 'var(--minus)' },
  '.cm-lint-marker-warning': { content: 'none', color: 'var(--middle)' },
  '.cm-lint-marker-error::before': { content: '"✕"' },
  '.cm-lint-marker-warning::before': { content: '"!"' },
  '.cm-tooltip': { background: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '10px', boxShadow: 'var(--high)', font: '0.88rem/1.4 Figtree, system-ui, sans-serif' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '15rem', borderRadius: '9px' },
  '.cm-tooltip-autocomplete ul li': { padding: '0.3rem 0.7rem !important' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent) !important', color: 'var(--on-accent) !important' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.85', marginLeft: '0.9em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.8rem', maxWidth: '20rem' },
  '.cm-diagnostic': { padding: '0.45rem 0.8rem', borderLeftWidth: '4px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--minus)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--middle)' },
  '.cm-panels': { background: 'var(--card)', color: 'var(--ink)', borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { background: 'var(--tint)' },
});
