/** Browsers: the engine is a file of its own, compiled while it arrives; `await init()` comes first. */
import { loadFrom } from '../../src/engine-full.js';

loadFrom(() => new URL('../../wasm/full/leadscore_bg.wasm', import.meta.url));

export * from '../../src/index.js';
