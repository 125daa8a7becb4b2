/** Cloudflare Workers: code may not be compiled from bytes there, an imported .wasm is a compiled module. */
import { compileAtFirstUse } from '../../src/engine-full.js';
import module from '../../wasm/full/leadscore_bg.wasm';

compileAtFirstUse(() => module);

export * from '../../src/index.js';
