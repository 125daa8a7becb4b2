/** Browsers whose bundler copies no assets: the engine comes along as text. */
import { compileAtFirstUse } from '../../src/engine-runtime.js';
import { bytes } from '../../wasm/runtime/inline.js';

compileAtFirstUse(() => new WebAssembly.Module(bytes()));

export * from '../../src/runtime.js';
