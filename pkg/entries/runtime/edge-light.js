/** Vercel's edge runtime: as in workerd, but it asks for the compiled module by `?module`. */
import { compileAtFirstUse } from '../../src/engine-runtime.js';
import module from '../../wasm/runtime/leadscore_bg.wasm?module';

compileAtFirstUse(() => module);

export * from '../../src/runtime.js';
