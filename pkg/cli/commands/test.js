// `leadscore test`: the tests that models carry, a line for each.
// The engine runs them when it checks a model; this room tells what came out.

import pc from 'picocolors';
import { EXIT, coloured, language } from '../host.js';
import { readDocument } from '../read/source.js';
import { safe, words } from '../words/index.js';
import { assertOnce } from './arguments.js';
import { issuesText } from './check.js';

/** The code of the issue that a failed test gives, and where such an issue lies. */
const FAILED = 'test-failed';
const TEST = /^tests\[(\d+)\]/;

/**
 * @param {string[]} modelNames
 * @param {{lang?: import('leadscore').Language}} flags
 * @param {import('../host.js').Host} host
 * @returns {Promise<number>}
 */
export async function test(modelNames, flags, host) {
  assertOnce(modelNames);
  const say = words(language(flags.lang, host.env));
  const colour = coloured(host.stdout, host.env);
  const paint = pc.createColors(colour);
  const engine = await host.engine();
  await engine.init();

  let passed = 0;
  let failed = 0;
  let broken = 0;
  for (const name of modelNames) {
    const text = await readDocument(name, host);
    const issues = engine.check(text);
    const others = issues.filter(({ severity, code }) => severity === 'error' && code !== FAILED);
    if (others.length > 0) {
      broken += 1;
      host.stdout.write(`${issuesText(name, others, say, colour)}${paint.red('✗')} ${name}${say.colon} ${say.testsNotRun}\n`);
      continue;
    }
    host.stdout.write(`${paint.bold(name)}\n`);
    const tests = JSON.parse(text).tests ?? [];
    if (tests.length === 0) host.stdout.write(`  ${say.noTests}\n`);
    tests.forEach((/** @type {any} */ one, /** @type {number} */ index) => {
      const failures = issues.filter(({ code, path }) => code === FAILED && Number(TEST.exec(path)?.[1]) === index);
      if (failures.length === 0) passed += 1;
      else failed += 1;
      const mark = failures.length === 0 ? paint.green('✓') : paint.red('✗');
      host.stdout.write(`  ${mark} ${safe(one.name ?? `tests[${index}]`)}\n`);
      for (const { path, message } of failures) {
        const place = path.replace(TEST, '').replace(/^\./, '');
        host.stdout.write(`      ${safe(`${place && !message.includes(place) ? `${place}: ` : ''}${message}`)}\n`);
      }
    });
  }
  host.stdout.write(`${say.tests(passed + failed)} · ${say.passed(passed)} · ${say.failed(failed)}\n`);
  return failed > 0 || broken > 0 ? EXIT.rejected : EXIT.ok;
}
