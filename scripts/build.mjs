/**
 * Builds the engine three times into pkg/wasm, unless neither its sources nor this script changed: `full` takes models;
 * `runtime` takes compiled programs and is small, for browsers; `server` does the same fast, and many leads at once.
 * How large they may be is the affair of size.mjs.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answer, must, root, say, stop } from './shell.mjs';

const folder = join(root, 'pkg', 'wasm');
const stamp = join(root, 'target', 'wasm.stamp');

/** @typedef {{ name: 'full' | 'runtime' | 'server', cargo: string[], level: string, flags?: string[], optimise: string[] }} Build */

// It gains more from code that repeats than from code that is inlined, and from like functions side by side.
const SMALL = [
  ...['--flexible-inline-max-function-size=0', '--one-caller-inline-max-function-size=0'],
  ...['-Oz', '--flatten', '--rereloop', '-Oz'],
  '--low-memory-unused', // Rust keeps its stack there: the last kilobyte before it overflows
  ...['--local-cse', '--coalesce-locals-learning', '--vacuum', '--reorder-locals'],
  '--reorder-functions-by-name',
];

/** @type {Build[]} */
export const builds = [
  { name: 'full', cargo: [], level: 'z', optimise: SMALL },
  { name: 'runtime', cargo: ['--no-default-features'], level: 'z', optimise: SMALL },
  { name: 'server', cargo: ['--no-default-features', '--features', 'bulk'], level: '3', flags: ['-Ctarget-feature=+simd128'], optimise: ['-O3', '--enable-simd'] },
];

export async function build() {
  if (upToDate()) return;
  say('Building the engine for WebAssembly (up to three minutes)');
  rmSync(folder, { recursive: true, force: true });
  for (const one of builds) {
    const out = join(folder, one.name);
    await compile(one, out);
    await optimise(one, join(out, 'leadscore_bg.wasm'));
    inline(out);
  }
  mkdirSync(join(root, 'target'), { recursive: true });
  writeFileSync(stamp, fingerprint());
}

/**
 * The target `bundler`, as it leaves the instantiation to pkg/src/engine.js: the code that the target
 * `web` generates tests `instanceof WebAssembly.Module`, which fails in sandboxes of another realm.
 * @param {Build} build
 * @param {string} out
 */
async function compile({ cargo, level, flags = [] }, out) {
  const options = ['--mode', 'no-install', '--no-pack', '--no-gitignore', '--no-opt'];
  const parameters = ['build', '--release', '--target', 'bundler', '--out-dir', out, ...options, '--', ...cargo];
  await must('wasm-pack', parameters, {
    CARGO_ENCODED_RUSTFLAGS: [...forgetThisMachine(), ...flags].join('\x1f'),
    CARGO_PROFILE_RELEASE_OPT_LEVEL: level,
  });
  const types = readFileSync(join(out, 'leadscore.d.ts'), 'utf8');
  writeFileSync(join(out, 'leadscore_bg.d.ts'), `${types}\nexport function __wbg_set_wasm(exports: WebAssembly.Exports): void;\n`);
  const shipped = ['leadscore_bg.js', 'leadscore_bg.d.ts', 'leadscore_bg.wasm'];
  for (const file of readdirSync(out)) if (!shipped.includes(file)) rmSync(join(out, file), { recursive: true });
}

/**
 * Compiler flags that shorten the paths in panic messages: none of them is of this machine, and the
 * same sources give the same bytes elsewhere.
 */
function forgetThisMachine() {
  const metadata = answer('cargo', ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'wasm32-unknown-unknown']);
  if (!metadata) stop('`cargo metadata --locked` failed: run it to see why.');
  /** @type {{ packages: { source: string | null, manifest_path: string }[] }} */
  const { packages } = JSON.parse(metadata);
  const library = join(answer('rustc', ['--print', 'sysroot']) ?? '', 'lib', 'rustlib', 'src', 'rust');
  const commit = answer('rustc', ['-vV'])?.match(/commit-hash: (\w+)/)?.[1];

  const short = new Map([[root, '.']]);
  short.set(library, `/rustc/${commit}`); // as where the library's sources are not installed
  for (const { source, manifest_path } of packages) if (source) short.set(dirname(dirname(manifest_path)), 'crates');
  return [...short].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/**
 * Each pass was measured to save some bytes after compression.
 * @param {Build} build
 * @param {string} wasm
 */
async function optimise({ optimise }, wasm) {
  // The features that Rust's compiler uses by default, and no more.
  const features = ['bulk-memory', 'bulk-memory-opt', 'mutable-globals', 'multivalue', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];
  const enabled = features.map((feature) => `--enable-${feature}`);
  await must('wasm-opt', [wasm, '-o', wasm, ...enabled, ...optimise, '--strip-producers', '--strip-target-features']);
}

/**
 * The same bytes as text, for hosts that cannot load a file beside the code.
 * @param {string} out
 */
function inline(out) {
  const base64 = readFileSync(join(out, 'leadscore_bg.wasm'), 'base64');
  writeFileSync(
    join(out, 'inline.js'),
    `// Generated by scripts/build.mjs from leadscore_bg.wasm.
const text = '${base64}';
// Letter by letter takes longer than all the rest of a cold start, so it is the last resort.
export const bytes = () => globalThis.Buffer?.from(text, 'base64') ?? Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
`,
  );
}

function upToDate() {
  const there = builds.every(({ name }) => existsSync(join(folder, name, 'inline.js')));
  return there && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Of everything the build reads. */
function fingerprint() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...sources, ...['Cargo.toml', 'Cargo.lock', 'scripts/build.mjs'].map((file) => join(root, file))]) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
