/** A part of the page that is loaded when it is first opened. */
import { useEffect, useState } from 'preact/hooks';
import { words } from './state.js';

/** @param {{ load: () => Promise<import('preact').ComponentType> }} props */
export function Later({ load }) {
  const [Part, show] = useState(/** @type {import('preact').ComponentType | null} */ (null));
  const [failed, fail] = useState('');
  useEffect(() => {
    load().then((part) => show(() => part), (error) => fail(error.message));
  }, []);
  if (failed) return <p role="alert">{words.value.say('failed', { message: failed })}</p>;
  return Part ? <Part /> : <p class="quiet" aria-busy="true">{words.value.say('loading')}…</p>;
}
