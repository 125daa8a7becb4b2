// `leadscore compile`: a model as the small file that `leadscore/runtime` loads, on a server or in every visitor's browser.
// What goes into it is the engine's affair.

import { writeFile } from 'node:fs/promises';
import pc from 'picocolors';
import { EXIT, UsageError, coloured, language } from '../host.js';
import { asInputError } from '../model.js';
import { readDocument } from '../read/source.js';
import { words } from '../words/index.js';
import { assertOutputApart } from './arguments.js';

/**
 * @param {string} name
 * @param {{output: string, audience: 'edge' | 'browser', lang?: import('leadscore').Language}} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function compile(name, { output, audience, lang }, host) {
  if (output === '-') throw new UsageError('`--output -`: expected a file, found standard output');
  await assertOutputApart(output, [name]);
  const text = await readDocument(name, host);
  const engine = await host.engine();
  await engine.init();
  let program;
  try {
    program = engine.compileModel(text, { audience });
  } catch (error) {
    throw asInputError(name, error);
  }
  await writeFile(output, program).catch((error) => {
    throw new UsageError(`\`${output}\` cannot be written: ${error.message}`);
  });
  const say = words(language(lang, host.env));
  const paint = pc.createColors(coloured(host.stdout, host.env));
  host.stdout.write(`${paint.green('✓')} ${output}${say.colon} ${say.compiled[audience](program.length)}\n`);
  return EXIT.ok;
}
