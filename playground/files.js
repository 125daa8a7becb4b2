/** Model files in and out; a file that is none leaves a sentence and changes nothing. */
import { compileModel } from 'leadscore';
import { model, notice, sound, story, take, words } from './state.js';

/** What the engine reads at most, in bytes. */
const MOST = 4 * 2 ** 20;

/** What a compiled model begins with: `LSP`. */
const COMPILED = [0x4c, 0x53, 0x50];

/** @param {File | undefined} file */
export async function openFile(file) {
  if (!file) return;
  const { name } = file;
  /** @param {import('./words.js').Sentence} key @param {Record<string, string>} [more] @param {boolean} [bad] */
  const tell = (key, more = {}, bad = true) => {
    notice.value = { text: words.peek().say(key, { name, ...more }), bad };
  };
  if (file.size > MOST) return tell('tooBigModel');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (COMPILED.every((byte, place) => bytes[place] === byte)) return tellCompiled(bytes);
  const text = new TextDecoder().decode(bytes);
  if (/[\0\ufffd]/.test(text)) return tell('notText');
  /** @type {any} */
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return tell('notJson', { message: /** @type {Error} */ (error).message });
  }
  if (parsed?.model?.id && 'contributions' in parsed) return tell('notModelButResult', { model: parsed.model.id });
  if (!Array.isArray(parsed?.dimensions)) return tell('notModel');
  const [first] = Array.isArray(parsed.tests) ? parsed.tests : [];
  const events = (first?.events ?? []).map((/** @type {any} */ event) => ({
    ...event,
    at: Date.parse(event.at) || event.at,
  }));
  take({ model: parsed, lead: { facts: first?.facts ?? {}, events } });
  story.value = null;
  tell('modelOpened', {}, false);

  /** A compiled model says nothing to people, but the same model makes the same bytes. @param {Uint8Array} found */
  function tellCompiled(found) {
    const same = (/** @type {'edge' | 'browser'} */ audience) => {
      const own = compileModel(model.peek(), { audience });
      return own.length === found.length && own.every((byte, place) => byte === found[place]);
    };
    const audience = sound.peek() && (same('edge') ? 'forServers' : same('browser') ? 'forBrowsers' : null);
    if (audience) tell('isCompiled', { whom: words.peek().say(audience) }, false);
    else tell('otherCompiled');
  }
}

/** @param {string} name @param {BlobPart} content @param {string} type */
export function download(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
