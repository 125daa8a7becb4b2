/** A part of the page that is loaded when it is first opened. */
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from './state.js';

/** @param {{ load: () => Promise<import('preact').ComponentType<any>> } & Record<string, any>} props what the part is given goes along */
export function Later({ load, ...given }) {
  const [found, show] = useState(/** @type {{ part: import('preact').ComponentType<any> } | null} */ (null));
  const [failed, fail] = useState('');
  useEffect(() => {
    load().then(
      (part) => show({ part }),
      (error) => fail(error.message),
    );
  }, []);
  if (failed) return <p role="alert">{words.value.say('failed', { message: failed })}</p>;
  return found ? (
    h(found.part, given)
  ) : (
    <p class="quiet" aria-busy="true">
      {words.value.say('loading')}…
    </p>
  );
}
