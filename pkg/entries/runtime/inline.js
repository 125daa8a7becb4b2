/** Node, Deno, Bun and any other host: the engine comes along as text, so that no bundler can lose it. */
import { compileAtFirstUse } from '../../src/engine-runtime.js';
import { bytes } from '../../wasm/runtime/inline.js';

compileAtFirstUse(() => new WebAssembly.Module(bytes()));

export * from '../../src/runtime.js';
