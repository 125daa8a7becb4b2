/**
 * How a build of the engine starts: where it comes from and whether it is there. A factory, as there are
 * two builds, and each has one instance in a process or page. Each entry says how its host gets at the
 * compiled module; nothing happens before first use.
 */
import { LeadscoreError } from './error.js';

/** @typedef {import('../leadscore.js').WasmSource} WasmSource */
/** @typedef {{ __wbg_set_wasm(exports: WebAssembly.Exports): void }} Glue the JavaScript that wasm-bindgen generates with a build */

/** The smallest module there is: who refuses it refuses every other. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** @param {Glue} glue */
export function engineOf(glue) {
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

  return { started, init, initSync, compileAtFirstUse, loadFrom };

  /** Starts the engine if need be; its memory, for those who write into it. */
  function started() {
    return memory ?? startWith(compile);
  }

  /**
   * @param {WasmSource} [given]
   * @returns {Promise<void>}
   */
  async function init(given) {
    if (memory) return;
    arriving ??= load(given);
    try {
      await arriving;
    } finally {
      arriving = undefined; // after a failure it can be tried again
    }
  }

  /** @param {BufferSource | WebAssembly.Module} given */
  function initSync(given) {
    if (!memory) startWith(() => (isModule(given) ? given : new WebAssembly.Module(/** @type {BufferSource} */ (given))));
  }

  /**
   * For hosts that can compile at once: the engine starts by itself when it is first used.
   * @param {() => WebAssembly.Module} compiled
   */
  function compileAtFirstUse(compiled) {
    compile = compiled;
  }

  /**
   * For hosts that must wait: `init()` without an argument takes the engine from there.
   * @param {() => WasmSource} place
   */
  function loadFrom(place) {
    source = place;
  }

  /** @param {() => WebAssembly.Module} compiled */
  function startWith(compiled) {
    try {
      return adopt(new WebAssembly.Instance(compiled(), imports));
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** @param {WasmSource} [given] */
  async function load(given) {
    /** @type {WasmSource | undefined} */
    let from;
    try {
      from = given ?? source();
      const module = await moduleOf(await from);
      // Asynchronously, as browsers may refuse large modules on the main thread otherwise.
      const instance = await WebAssembly.instantiate(module, imports);
      if (!memory) adopt(instance);
    } catch (cause) {
      throw unavailable(cause, from);
    }
  }

  /** @param {WebAssembly.Instance} instance */
  function adopt({ exports }) {
    glue.__wbg_set_wasm(exports);
    /** @type {() => void} */ (exports.__wbindgen_start)();
    return (memory = /** @type {WebAssembly.Memory} */ (exports.memory));
  }
}

/**
 * The one error for an engine that does not start, with what can be done about it.
 * @param {unknown} cause
 * @param {WasmSource} [from]
 */
function unavailable(cause, from) {
  if (cause instanceof LeadscoreError) return cause;
  if (refused()) {
    const way = "a page allows it by `script-src 'wasm-unsafe-eval'` in its Content-Security-Policy";
    return new LeadscoreError('engine-unavailable', '', `expected a host that compiles WebAssembly, found one that refuses; ${way}`, { cause });
  }
  const place = from instanceof URL || typeof from === 'string' ? ` at \`${String(from).slice(0, 200)}\`` : '';
  const found = cause instanceof Error ? cause.message : String(cause);
  const hint = 'with a bundler that copies no assets, copy the file there or add `/inline` to the import';
  return new LeadscoreError('engine-unavailable', '', `expected the engine${place}, found: ${found}; ${hint}`, { cause });
}

/** Whether the host compiles nothing at all: asked rather than read from messages, which differ between browsers. */
function refused() {
  try {
    return !new WebAssembly.Module(EMPTY);
  } catch {
    return true;
  }
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
  const [, inlined] = /^data:[^,]*;base64,(.*)$/.exec(String(given)) ?? [];
  if (inlined) return WebAssembly.compile(Uint8Array.from(atob(inlined), (letter) => letter.charCodeAt(0))); // `connect-src` may forbid to fetch it
  const response = given instanceof Response ? given : await fetch(/** @type {RequestInfo} */ (given));
  if (!response.ok) throw new Error(`status ${response.status}`);
  if (response.headers.get('content-type')?.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  const bytes = await response.arrayBuffer(); // a server that does not know the type
  return WebAssembly.compile(bytes); // without `await` inside: `next dev` moves the call into a function that is not async
}

/**
 * By its tag: in a sandbox such as an edge runtime the module comes from another realm.
 * @param {unknown} given
 */
function isModule(given) {
  return Object.prototype.toString.call(given) === '[object WebAssembly.Module]';
}
