/** Vercel's edge runtime: as in workerd, but it asks for the compiled module by `?module`. */
import { compileAtFirstUse } from '../../src/engine-full.js';
import module from '../../wasm/full/leadscore_bg.wasm?module';

compileAtFirstUse(() => module);

export * from '../../src/index.js';
