/** Node, Deno, Bun and any other host: the engine comes along as text, so that no bundler can lose it. */
import { compileAtFirstUse } from '../../src/engine-full.js';
import { bytes } from '../../wasm/full/inline.js';

compileAtFirstUse(() => new WebAssembly.Module(bytes()));

export * from '../../src/index.js';
