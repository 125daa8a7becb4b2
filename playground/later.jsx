/** A part of the page that is loaded when it is first opened. */
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from './state.js';

/** @param {{ load: () => Promise<import('preact').ComponentType> }} props */
export function Later({ load }) {
  const [found, show] = useState(/** @type {{ part: import('preact').ComponentType } | null} */ (null));
  const [failed, fail] = useState('');
  useEffect(() => {
    load().then(
      (part) => show({ part }),
      (error) => fail(error.message),
    );
  }, []);
  if (failed) return <p role="alert">{words.value.say('failed', { message: failed })}</p>;
  return found ? (
    h(found.part, {})
  ) : (
    <p class="quiet" aria-busy="true">
      {words.value.say('loading')}…
    </p>
  );
}
