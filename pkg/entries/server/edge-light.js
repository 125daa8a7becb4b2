/** Vercel's edge runtime: as in workerd, but it asks for the compiled module by `?module`. */
import { compileAtFirstUse } from '../../src/engine-server.js';
import module from '../../wasm/server/leadscore_bg.wasm?module';

compileAtFirstUse(() => module);

export * from '../../src/server.js';
