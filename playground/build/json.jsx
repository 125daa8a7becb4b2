/** The model as its text, in step with the forms; a text that is no model yet stays in the editor, and the last good model stands. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { check } from 'leadscore';
import { Icon } from '../icons.jsx';
import { issues, language, model, take, words, written } from '../state.js';
import { toldIn } from './codes.js';
import { eventSubjects, factSubjects, resultSubjects } from './conditions.js';
import { createEditor } from './editor.js';
import { laid } from './laid.js';
import { placeOf } from './place.js';

/** With one of these the forms have nothing to show. */
const SHAPELESS = new Set(['invalid-json', 'duplicate-key', 'wrong-type', 'too-deep', 'too-large']);

export function Json() {
  const { say } = words.value;
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const editor = useRef(/** @type {ReturnType<typeof createEditor> | null} */ (null));
  const content = written.value?.content ?? laid(model.value);
  const waits = written.value?.whole === false;
  const shown = useRef(content);
  shown.current = content;
  useLayoutEffect(() => {
    if (!host.current) return;
    editor.current = createEditor(host.current, content, { change: write, subjects });
    return () => editor.current?.close();
  }, []);
  useLayoutEffect(() => editor.current?.show(content), [content]);
  useEffect(
    () => editor.current?.speak(language.value, `${say('jsonLabel')}. ${say('jsonKeys')}`),
    [language.value],
  );
  useEffect(() => editor.current?.underline(issues.value.map((issue) => underlined(issue, shown.current))), [
    issues.value,
    language.value,
  ]);
  return (
    <section class="card json">
      <p class="quiet">{say('jsonAbout')}</p>
      <div ref={host} id="json" />
      <p class={`in-step ${waits ? 'bad' : ''}`} role="status">
        <Icon name={waits ? 'warn' : 'done'} />
        {say(waits ? 'jsonWaits' : 'jsonStands')}
      </p>
      <p class="quiet">{say('jsonKeys')}</p>
    </section>
  );
}

/** @param {string} content */
function write(content) {
  const whole = !check(content).some(({ severity, code }) => severity === 'error' && SHAPELESS.has(code));
  take({ text: { content, whole }, ...(whole && { model: JSON.parse(content) }) }, 'json');
}

/** @type {import('./complete.js').Subjects} */
function subjects(kind, types, document) {
  if (kind === 'facts') return factSubjects(document, words.peek());
  if (kind === 'events') return eventSubjects(document, types, words.peek());
  return resultSubjects(document, words.peek());
}

/** @param {import('leadscore').Issue} issue @param {string} content @returns {import('./editor.js').Underlined} */
function underlined(issue, content) {
  return { ...placeOf(issue, content), severity: issue.severity, message: toldIn(issue, language.peek()).join('\n') };
}
