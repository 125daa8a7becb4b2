/**
 * Running other programs and telling a person about it. Node built-ins only: the scripts run on a
 * fresh clone, before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Tools that the set-up builds live in the project: those of the machine stay as they are. */
export const tools = join(root, '.tools');

const onWindows = process.platform === 'win32'; // `npm` is a .cmd there

/** The environment of every program started here: the project's own tools come first. */
export const environment = {
  ...process.env,
  PATH: [join(tools, 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

/** @param {string} text */
export function say(text) {
  console.log(`\x1b[1m▸ ${text}\x1b[0m`);
}

/**
 * Ends the script with a message for a person, without a stack.
 * @param {string} text
 * @returns {never}
 */
export function stop(text) {
  console.error(`\n${text}\n`);
  process.exit(1);
}

/**
 * What a program prints, or `null` when it is not there or fails.
 * @param {string} program
 * @param {string[]} parameters
 */
export function answer(program, parameters) {
  const { status, stdout } = spawnSync(program, parameters, { cwd: root, env: environment, encoding: 'utf8', shell: onWindows });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Runs a program in the open.
 * @param {string} program
 * @param {string[]} parameters
 * @param {Record<string, string>} [more] variables of its environment
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, parameters, more = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env: { ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: onWindows,
    });
    let output = '';
    for (const [stream, to] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        to.write(chunk);
        output += chunk;
      });
    }
    child.on('error', (cause) => resolve({ code: 127, output: cause.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program that must succeed.
 * @param {string} program
 * @param {string[]} parameters
 * @param {Record<string, string>} [more]
 */
export async function must(program, parameters, more) {
  const { code } = await run(program, parameters, more);
  if (code !== 0) stop(`\`${[program, ...parameters].join(' ')}\` failed with exit code ${code}; its output is above.`);
}
