import type { TrackedEvent } from './tracker.js';

export { LeadscoreError } from './leadscore.js';

/** Something that was changed in, or left out of, what a log says. */
export interface Clamp {
  code:
    | 'too-many-events'
    | 'future'
    | 'too-old'
    | 'invalid-type'
    | 'invalid-property'
    | 'out-of-range'
    | 'too-much-engagement';
  /** How many events it was done to. */
  count: number;
}

export interface ReadLogOptions {
  /** The present instant: milliseconds since 1970 UTC. */
  now: number;
  /** Whose log it has to be; default: any site's. */
  site?: string;
  /** The largest log, in letters, and the most events; default: 65536 and 1000. */
  limits?: { length?: number; events?: number };
}

/**
 * Reads what a tracker has handed over, believing none of it: what can be made right is changed and listed under `clamps`.
 * @throws {LeadscoreError} `not-a-log`, `log-too-long`, `log-version`, `log-damaged` or `log-of-another-site` when nothing of it
 *   can be used.
 * @example
 * const { visitor, events, clamps } = readLog(form.get('lead_log'), { now: Date.now(), site: 'example.com' });
 */
export function readLog(text: string, options: ReadLogOptions): { visitor: string; events: TrackedEvent[]; clamps: Clamp[] };
