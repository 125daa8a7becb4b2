/**
 * The one instance of the engine in this process or page: where it comes from and whether it is there.
 * Each entry says how its host gets at the compiled module; nothing happens before first use.
 */
import * as glue from '../wasm/leadscore_bg.js';
import { LeadscoreError } from './error.js';

/** @typedef {import('../leadscore.js').WasmSource} WasmSource */

const imports = { './leadscore_bg.js': /** @type {WebAssembly.ModuleImports} */ (/** @type {unknown} */ (glue)) };

/** @type {WebAssembly.Memory | undefined} */
let memory;
/** @type {Promise<void> | undefined} */
let arriving;
/** @type {() => WebAssembly.Module} */
let compile = () => {
  throw new LeadscoreError('not-initialised', '', 'expected `await init()` before the first use of the engine');
};
/** @type {() => WasmSource} */
let source = () => compile();

/**
 * For hosts that can compile at once: the engine starts by itself when it is first used.
 * @param {() => WebAssembly.Module} compiled
 */
export function compileAtFirstUse(compiled) {
  compile = compiled;
}

/**
 * For hosts that must wait: `init()` without an argument takes the engine from there.
 * @param {() => WasmSource} place
 */
export function loadFrom(place) {
  source = place;
}

/** Starts the engine if need be; its memory, for those who write into it. */
export function started() {
  return memory ?? adopt(new WebAssembly.Instance(compile(), imports));
}

/**
 * @param {WasmSource} [given]
 * @returns {Promise<void>}
 */
export async function init(given) {
  if (memory) return;
  arriving ??= load(given);
  try {
    await arriving;
  } finally {
    arriving = undefined; // after a failure it can be tried again
  }
}

/** @param {BufferSource | WebAssembly.Module} given */
export function initSync(given) {
  if (memory) return;
  const module = isModule(given) ? given : new WebAssembly.Module(/** @type {BufferSource} */ (given));
  adopt(new WebAssembly.Instance(module, imports));
}

/** @param {WasmSource} [given] */
async function load(given) {
  const from = given ?? source();
  try {
    const module = await moduleOf(await from);
    // Asynchronously, as browsers may refuse large modules on the main thread otherwise.
    const instance = await WebAssembly.instantiate(module, imports);
    if (!memory) adopt(instance);
  } catch (cause) {
    const place = from instanceof URL || typeof from === 'string' ? ` at \`${from}\`` : '';
    const found = cause instanceof Error ? cause.message : String(cause);
    const hint = 'with a bundler that copies no assets, copy the file there or import `leadscore/inline`';
    throw new LeadscoreError('engine-unavailable', '', `expected the engine${place}, found: ${found}; ${hint}`, { cause });
  }
}

/** @param {WebAssembly.Instance} instance */
function adopt({ exports }) {
  glue.__wbg_set_wasm(exports);
  /** @type {() => void} */ (exports.__wbindgen_start)();
  return (memory = /** @type {WebAssembly.Memory} */ (exports.memory));
}

/**
 * @param {Awaited<WasmSource>} given
 * @returns {Promise<WebAssembly.Module>}
 */
async function moduleOf(given) {
  if (isModule(given)) return /** @type {WebAssembly.Module} */ (given);
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) {
    return WebAssembly.compile(/** @type {BufferSource} */ (given));
  }
  const response = given instanceof Response ? given : await fetch(/** @type {RequestInfo} */ (given));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer()); // a server that does not know the type
}

/**
 * By its tag: in a sandbox such as an edge runtime the module comes from another realm.
 * @param {unknown} given
 */
function isModule(given) {
  return Object.prototype.toString.call(given) === '[object WebAssembly.Module]';
}
