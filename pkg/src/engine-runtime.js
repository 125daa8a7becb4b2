/** The engine of the runtime, of which a process or page has one; nothing else names the code generated with it. */
import * as glue from '../wasm/runtime/leadscore_bg.js';
import { engineOf } from './engine.js';

export { glue };
export const { started, init, initSync, compileAtFirstUse, loadFrom } = engineOf(glue);
