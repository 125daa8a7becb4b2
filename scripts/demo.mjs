/**
 * Writes the demo site of www/demo as a static host serves it: every page in both languages, the fonts, the model compiled for
 * browsers. Texts stand in www/demo/pages as pairs, `[[English|Français]]`, side by side so that neither is forgotten; what all
 * pages share stands once, in frame.html; `{{art/room.svg}}` is that drawing.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { spaced } from '../www/demo/french.js';
import { root } from './shell.mjs';

const folder = join(root, 'www', 'demo');
const LANGUAGES = /** @type {const} */ (['en', 'fr']);
const FONTS = ['figtree', 'bricolage-grotesque'];

export async function buildDemo() {
  const frame = read('pages/frame.html');
  for (const language of LANGUAGES) {
    mkdirSync(join(folder, language), { recursive: true });
    for (const file of readdirSync(join(folder, language))) if (!pages().includes(file)) rmSync(join(folder, language, file));
    for (const file of pages()) write(`${language}/${file}`, page(frame, file, language));
  }
  mkdirSync(join(folder, 'fonts'), { recursive: true });
  for (const font of FONTS) {
    const from = join(root, 'node_modules', '@fontsource-variable', font);
    write(`fonts/${font}.woff2`, readFileSync(join(from, 'files', `${font}-latin-wght-normal.woff2`)));
    write(`fonts/${font}.LICENSE`, readFileSync(join(from, 'LICENSE')));
  }
  const { compileModel } = await import('leadscore');
  write('model.lsp', compileModel(read('model.json'), { audience: 'browser' }));
}

/** The pages of the site, by the name of their file. */
export function pages() {
  return readdirSync(join(folder, 'pages')).filter((file) => file.endsWith('.html') && file !== 'frame.html');
}

/**
 * @param {string} frame
 * @param {string} file
 * @param {typeof LANGUAGES[number]} language
 */
function page(frame, file, language) {
  const [head, main] = read(`pages/${file}`).split(/^(?=<main)/m);
  const here = frame.replaceAll(`href="./${file}"`, `href="./${file}" aria-current="page"`);
  const whole = here.replace('{{head}}', () => head.trim()).replace('{{main}}', () => main.trim()).replaceAll('{{file}}', file);
  const drawn = whole.replace(/\{\{(art\/[\w-]+\.svg)\}\}/g, (_, art) => read(art).trim());
  return drawn.replace(/\[\[(.*?)\|(.*?)\]\]/gs, (_, english, french) => (language === 'fr' ? spaced(french) : english));
}

/** @param {string} path */
function read(path) {
  return readFileSync(join(folder, path), 'utf8');
}

/**
 * Leaves what is right already as it is: somebody may be reading it.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function write(path, content) {
  const file = join(folder, path);
  const bytes = Buffer.from(/** @type {string} */ (content));
  if (!existsSync(file) || !readFileSync(file).equals(bytes)) writeFileSync(file, bytes);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildDemo();
