/** Node, Deno, Bun and any other host but browsers: the engine comes along as text, so that no bundler can lose it. */
import { compileAtFirstUse } from '../../src/engine-server.js';
import { bytes } from '../../wasm/server/inline.js';

compileAtFirstUse(() => new WebAssembly.Module(bytes()));

export * from '../../src/server.js';
