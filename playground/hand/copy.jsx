/** Copies a text, and says so; where the browser refuses, it says that too. */
import { useEffect, useState } from 'preact/hooks';
import { words } from '../state.js';

/** @param {{ text: string, label: string, id?: string }} props */
export function Copy({ text, label, id }) {
  const { say } = words.value;
  const [done, tell] = useState(/** @type {'copied' | 'copyFailed' | null} */ (null));
  useEffect(() => tell(null), [text]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => tell('copied'),
      () => tell('copyFailed'),
    );
  return (
    <>
      <button type="button" class="button" id={id} onClick={copy}>
        {done === 'copied' ? say('copied') : label}
      </button>
      <span role="status" class={done === 'copyFailed' ? 'quiet' : 'hidden'}>
        {done ? say(done) : ''}
      </span>
    </>
  );
}
