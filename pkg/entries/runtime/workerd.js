/** Cloudflare Workers: code may not be compiled from bytes there, an imported .wasm is a compiled module. */
import { compileAtFirstUse } from '../../src/engine-runtime.js';
import module from '../../wasm/runtime/leadscore_bg.wasm';

compileAtFirstUse(() => module);

export * from '../../src/runtime.js';
