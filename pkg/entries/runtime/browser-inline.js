/** Browsers during development, where servers move the .wasm file away: inlined, with the same `await init()`. */
import { loadFrom } from '../../src/engine-runtime.js';
import { bytes } from '../../wasm/runtime/inline.js';

loadFrom(bytes);

export * from '../../src/runtime.js';
