/** Browsers during development, where servers move the .wasm file away: inlined, with the same `await init()`. */
import { loadFrom } from '../../src/engine-full.js';
import { bytes } from '../../wasm/full/inline.js';

loadFrom(bytes);

export * from '../../src/index.js';
