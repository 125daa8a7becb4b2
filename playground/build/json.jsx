/** The model as its text; what is not JSON yet stays in the editor and changes nothing else. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.jsx';
import { model, take, words } from '../state.js';

export function Json() {
  const { say } = words.value;
  const [broken, tell] = useState('');
  const editor = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const written = useRef(/** @type {unknown} */ (null));
  useLayoutEffect(() => {
    if (!editor.current || written.current === model.value) return; // what was just typed stays as it was typed
    editor.current.value = JSON.stringify(model.value, null, 2);
    tell('');
  }, [model.value]);
  const read = (/** @type {string} */ text) => {
    try {
      const parsed = JSON.parse(text);
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
        throw new TypeError('expected an object');
      written.current = parsed;
      take({ model: parsed }, 'json');
      tell('');
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
    }
  };
  return (
    <section class="card">
      <label class="quiet" for="json">
        {say('jsonAbout')}
      </label>
      {broken && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{say('jsonBroken', { message: broken })}</span>
        </p>
      )}
      <textarea
        id="json"
        ref={editor}
        rows={32}
        spellcheck={false}
        autoComplete="off"
        wrap="off"
        onInput={({ currentTarget }) => read(currentTarget.value)}
      />
    </section>
  );
}
