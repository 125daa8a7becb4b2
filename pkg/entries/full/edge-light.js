/** Vercel's edge runtime: as in workerd, but it asks for the compiled module by `?module`. */
import { compileAtFirstUse } from '../../src/engine.js';
import module from '../../wasm/leadscore_bg.wasm?module';

compileAtFirstUse(() => module);

export * from '../../src/index.js';
