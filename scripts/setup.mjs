/**
 * Installs what is missing to build and test, and nothing else: on a machine that has it all this
 * takes a second. Rust (by rustup) and Node have to be there.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answer, must, root, say, stop, tools } from './shell.mjs';

const NODE = 20;
const WASM_PACK = '0.15.1';

export async function setup() {
  rust();
  await wasmTarget();
  await npmPackages();
  await cargoTool('wasm-pack', WASM_PACK, ['--locked']);
  // Without --locked: the lock file that this tool ships names a version that does not resolve.
  await cargoTool('wasm-bindgen-cli', lockedVersion('wasm-bindgen'), [], 'wasm-bindgen');
}

function rust() {
  if (Number(process.versions.node.split('.')[0]) < NODE) {
    stop(`This needs Node ${NODE} or later, and found ${process.version}: see https://nodejs.org`);
  }
  if (!answer('cargo', ['--version'])) {
    stop('This needs Rust, and found no `cargo`: install it with rustup, see https://rustup.rs, then run this again.');
  }
}

async function wasmTarget() {
  const sysroot = answer('rustc', ['--print', 'sysroot']) ?? '';
  if (existsSync(join(sysroot, 'lib', 'rustlib', 'wasm32-unknown-unknown'))) return;
  if (!answer('rustup', ['--version'])) {
    stop('Rust is there without rustup: install its target `wasm32-unknown-unknown` the way Rust was installed.');
  }
  say('Adding the Rust target wasm32-unknown-unknown (a few seconds)');
  await must('rustup', ['target', 'add', 'wasm32-unknown-unknown']);
}

/** `npm install`, unless it ran for exactly these package files. */
async function npmPackages() {
  const stamp = join(root, 'node_modules', '.installed');
  const wanted = () => {
    const hash = createHash('sha256');
    for (const file of ['package.json', 'pkg/package.json', 'package-lock.json']) {
      const path = join(root, file);
      hash.update(existsSync(path) ? readFileSync(path) : '');
    }
    return hash.digest('hex');
  };
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return;
  say('Installing the npm packages (about ten seconds)');
  // No package here needs its install scripts; what does not run cannot fail.
  await must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(stamp, wanted());
}

/**
 * @param {string} crate
 * @param {string} version
 * @param {string[]} options
 * @param {string} [program]
 */
async function cargoTool(crate, version, options, program = crate) {
  if (answer(program, ['--version'])?.split(' ')[1] === version) return;
  say(`Building ${crate} ${version} (about two minutes, only this once)`);
  await must('cargo', ['install', crate, '--version', version, ...options, '--debug', '--root', tools, '--target-dir', join(tools, 'build')]);
}

/** @param {string} crate */
function lockedVersion(crate) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`))?.[1];
  return version ?? stop(`Cargo.lock names no version of ${crate}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await setup();
