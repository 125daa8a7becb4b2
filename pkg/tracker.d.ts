import type { GivenFacts, LeadEvent, Score } from './leadscore.js';

/** What the visitor has said: nothing yet, yes, or no. */
export type Consent = 'pending' | 'granted' | 'denied';

/** A consent tool: tells what the visitor decides, now and whenever that changes; the answer undoes it. See `leadscore/consent`. */
export type ConsentAdapter = (tell: (state: Consent) => void) => (() => void) | void;

/** An event as the tracker tells it: its properties are flat. */
export interface TrackedEvent extends LeadEvent {
  /** Follows from the visitor and from what the event says, so that a log read twice gives the same ids. */
  id: string;
  /** Milliseconds since 1970 UTC, in whole seconds. */
  at: number;
  session: string;
}

/** What `leadscore:change` carries. */
export interface Change {
  value: number | null;
  /** The label of the total; `null` where there is none, as in a program for browsers, which tells no thresholds. */
  readonly label: string | null;
  /** Everything else, as of the change; worked out when it is first asked for, as is the label. */
  readonly score: Score;
}

export interface TrackOptions {
  /** What the visitor has said so far, or the tool that knows; default: `pending`. */
  consent?: Consent | ConsentAdapter;
  /** The name of the site; logs of other sites are refused; default: the host of the page. */
  site?: string;
  /** Where logs are posted when the page is hidden; default: nowhere. */
  send?: string | URL | null;
  /** For how many days events are stored, counted from the first, at most 395; default: 30. */
  keep?: number;
  /** Parameters of the address that may be noted, a star for any ending; default: `utm_*` and the click ids of advertising. */
  query?: readonly string[];
  /** The name of the hidden field that carries the log, `null` for none; default: `lead_log`. */
  field?: string | null;
  /** A selector: which forms count; those in an element marked `data-lead-ignore` never do; default: `form`. */
  form?: string;
  /** In-page scoring; default: none. */
  score?: {
    /** The address of a program compiled with `--audience browser`. */
    program: string | URL;
    /** What the page knows of the lead; default: nothing. */
    facts?: () => GivenFacts;
    /** Where the runtime comes from; default: `import('leadscore/runtime')`. */
    load?: () => Promise<Pick<typeof import('./runtime.js'), 'init' | 'loadScorer'>>;
  } | null;
}

export interface Tracker {
  /** Notes an event of the page's own, with properties that are text, number or boolean. */
  event(type: string, properties?: Record<string, unknown>): void;
  /** Says what the visitor has decided. */
  consent(state: Consent): void;
  /** Forgets the visitor, here and, where `send` is set, at the edge. */
  withdraw(): void;
  /** The log as base64url; empty as long as there is no consent, or nothing to tell. */
  getLog(): string;
  /** What is held of the visitor. */
  events(): TrackedEvent[];
  /** Ends the tracker and undoes everything it did to the page; what is stored stays. */
  stop(): void;
}

/**
 * Starts the tracker of the page, or gives the one that runs. Never throws; on a server, where there is no page, it notes nothing.
 * @example
 * const tracker = track({ consent: 'pending' });
 * banner.onaccept = () => tracker.consent('granted');
 */
export function track(options?: TrackOptions): Tracker;

declare global {
  interface DocumentEventMap {
    'leadscore:event': CustomEvent<TrackedEvent>;
    'leadscore:change': CustomEvent<Change>;
  }
}
