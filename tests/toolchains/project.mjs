/**
 * Tiny projects that have the package as npm ships it, and programs run in them. What the programs are is the
 * affair of the hosts.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { answer, environment, root } from '../../scripts/shell.mjs';

const START = 60_000;
const RUN = 300_000;

const INSTALLED = ['node_modules', 'package.json', 'package-lock.json'];

/** No tool shall tell or ask anybody anything. */
const QUIET = { NEXT_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', DO_NOT_TRACK: '1', CI: '1', NO_COLOR: '1' };

/**
 * The version of a tool of this repository.
 * @param {string} name
 * @returns {string}
 */
export function tool(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** The package, packed once, and the folder in which projects are laid out. */
export class Workshop {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'leadscore-toolchains-')));

  constructor() {
    const packed = answer('npm', ['pack', './pkg', '--pack-destination', this.folder, '--json']);
    assert(packed, '`npm pack` failed: run it in pkg/ to see why');
    this.tarball = join(this.folder, JSON.parse(packed)[0].filename);
  }

  project() {
    return new Project(mkdtempSync(join(this.folder, 'project-')), this.tarball);
  }

  close() {
    remove(this.folder);
  }
}

/**
 * With some patience for servers that still write while they end.
 * @param {string} path
 */
function remove(path) {
  rmSync(path, { recursive: true, maxRetries: 10, retryDelay: 200 });
}

export class Project {
  /**
   * @param {string} folder
   * @param {string} tarball
   */
  constructor(folder, tarball) {
    this.folder = folder;
    this.tarball = tarball;
    this.#environment = { ...environment, ...QUIET, PATH: [join(folder, 'node_modules', '.bin'), environment.PATH].join(delimiter) };
    this.write({ 'package.json': JSON.stringify({ name: 'tiny', private: true, type: 'module' }) });
  }

  #environment;

  /** @param {Record<string, string>} files text by path */
  write(files) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Leaves nothing but what was installed, so that no answer rests on an earlier one. */
  clear() {
    for (const entry of readdirSync(this.folder)) {
      if (!INSTALLED.includes(entry)) remove(join(this.folder, entry));
    }
  }

  /** @param {string} path */
  read(path) {
    return readFileSync(join(this.folder, path), 'utf8').trim();
  }

  /** Where npm would put the package, without asking a registry for what only the command line needs. */
  async unpack() {
    const place = join(this.folder, 'node_modules', 'leadscore');
    mkdirSync(place, { recursive: true });
    await this.run('tar', ['-xzf', this.tarball, '-C', place, '--strip-components=1']);
  }

  /**
   * The package and the tools, by npm. Their install scripts do not run.
   * @param {Record<string, string>} tools exact versions
   */
  async install(tools) {
    const named = Object.entries(tools).map(([name, version]) => `${name}@${version}`);
    await this.run('npm', ['install', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', this.tarball, ...named]);
  }

  /** @returns {any} the package.json of the package, as shipped */
  get package() {
    return JSON.parse(this.read('node_modules/leadscore/package.json'));
  }

  /**
   * What a program prints.
   * @param {string} program
   * @param {string[]} parameters
   */
  async run(program, parameters) {
    const options = { cwd: this.folder, env: this.#environment, timeout: RUN, maxBuffer: 1e8, shell: process.platform === 'win32' };
    try {
      return (await promisify(execFile)(program, parameters, options)).stdout.trim();
    } catch (cause) {
      const { stdout, stderr, message } = /** @type {Error & { stdout: string, stderr: string }} */ (cause);
      throw new Error(`${message}\n${stdout}\n${stderr}`, { cause });
    }
  }

  /**
   * Runs a server while somebody uses it.
   * @template T
   * @param {string} program
   * @param {string[]} parameters
   * @param {(url: string) => Promise<T>} use given the address that the server prints
   * @returns {Promise<T>}
   */
  async during(program, parameters, use) {
    const child = spawn(program, parameters, { cwd: this.folder, env: this.#environment, detached: true });
    let printed = '';
    try {
      const url = await new Promise((resolve, reject) => {
        const give = (/** @type {string} */ up) => reject(new Error(`\`${program} ${parameters.join(' ')}\` ${up}:\n${printed}`));
        const late = setTimeout(() => give('did not start in time'), START);
        late.unref();
        child.once('error', (cause) => give(cause.message)).once('exit', () => give('ended'));
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (chunk) => {
            const found = (printed += chunk).match(/http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/);
            if (found) resolve(found[0]);
          });
        }
      });
      return await use(url);
    } catch (cause) {
      throw new Error(`${cause instanceof Error ? cause.message : cause}\n${printed}`, { cause });
    } finally {
      if (child.pid && child.exitCode === null) {
        process.kill(-child.pid, 'SIGKILL'); // and what it started: none of them has anything to save
        await once(child, 'exit');
      }
    }
  }
}
