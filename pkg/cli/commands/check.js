// `leadscore check`: every problem of a model at once, for people or for programs.
// It finds nothing itself: the engine does.

import pc from 'picocolors';
import { EXIT, coloured, language } from '../host.js';
import { readDocument } from '../read/source.js';
import { safe, words } from '../words/index.js';

/** @typedef {import('leadscore').Issue} Issue */

/**
 * @param {string} name
 * @param {{format: 'text' | 'json', strict?: boolean, lang?: import('leadscore').Language}} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function check(name, flags, host) {
  const text = await readDocument(name, host);
  const engine = await host.engine();
  await engine.init();
  const issues = engine.check(text);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;

  if (flags.format === 'json') {
    host.stdout.write(`${JSON.stringify({ model: name, errors, warnings, issues }, null, 2)}\n`);
  } else {
    const say = words(language(flags.lang, host.env));
    host.stdout.write(issuesText(name, issues, say, coloured(host.stdout, host.env)));
  }
  return errors > 0 || (flags.strict && warnings > 0) ? EXIT.rejected : EXIT.ok;
}

/**
 * Issues for people: errors first, in each those of one place together.
 * @param {string} name
 * @param {readonly Issue[]} issues
 * @param {import('../words/en.js').Words} say
 * @param {boolean} colour
 */
export function issuesText(name, issues, say, colour) {
  const paint = pc.createColors(colour);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  if (issues.length === 0) return `${paint.green('✓')} ${name}${say.colon} ${say.nothingWrong}\n`;

  const blocks = [
    { list: errors, title: paint.red(paint.bold(say.errors(errors.length))) },
    { list: warnings, title: paint.yellow(paint.bold(say.warnings(warnings.length))) },
  ];
  const text = blocks
    .filter(({ list }) => list.length > 0)
    .map(({ list, title }) => `${title}\n${byPlace(list, say, paint)}`)
    .join('\n');
  const totals = [
    ...(errors.length ? [say.errors(errors.length)] : []),
    ...(warnings.length ? [say.warnings(warnings.length)] : []),
  ];
  return `${text}\n${errors.length ? paint.red('✗') : paint.yellow('!')} ${name}${say.colon} ${totals.join(', ')}\n`;
}

/**
 * @param {Issue[]} issues
 * @param {import('../words/en.js').Words} say
 * @param {ReturnType<typeof pc.createColors>} paint
 */
function byPlace(issues, say, paint) {
  /** @type {Map<string, Issue[]>} */
  const places = new Map();
  for (const issue of issues) places.set(issue.path, [...(places.get(issue.path) ?? []), issue]);
  return [...places]
    .map(([path, list]) => {
      const lines = list.map(({ code, message, suggestion }) => {
        const hint = suggestion ? `\n      ${paint.cyan(say.suggestion(safe(suggestion)))}` : '';
        return `    ${safe(message)} ${paint.dim(`[${code}]`)}${hint}\n`;
      });
      return `  ${paint.bold(safe(path) || say.wholeModel)}\n${lines.join('')}`;
    })
    .join('');
}
