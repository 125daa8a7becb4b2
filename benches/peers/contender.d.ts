/**
 * The one interface of everything that is compared, leadscore included. A contender is one file that
 * says who it is and how it scores; the commands know nothing else about it. Where a door is missing,
 * what a user would have to do is done instead: JSON is parsed first, a list is walked through. Only
 * columns are left out then, as turning them into objects would be all that is measured.
 */

/** A test of one attribute. It fails where the attribute is absent, null or of another type. */
export interface Leaf {
  /** A dotted path into the lead. */
  field: string;
  op: 'eq' | 'in' | 'gte' | 'gt' | 'lte' | 'lt' | 'between' | 'anyOf' | 'contains' | 'startsWith' | 'endsWith';
  value: any;
}

/** True or false; `not` of a test that fails is true. */
export type Condition = Leaf | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** A model that no contender is at home in: each translates it into its own language. */
export interface Model {
  id: string;
  /** The sum of a group's rules stays between 0 and its cap. */
  groups: { id: string; cap: number }[];
  rules: { id: string; group: string; points: number; when: Condition }[];
  /** The score of a lead that reaches every cap. */
  normaliseTo: number;
  /** From high to low: the first that the score reaches gives the grade. */
  thresholds: { min: number; label: string }[];
}

/** A model of events: of each rule the last `max` within the window count, each losing half its points in every half-life. */
export interface EventModel {
  id: string;
  rules: { id: string; points: number; max: number; windowDays: number; halfLifeDays: number; when: Leaf | { all: Leaf[] } }[];
}

/** Something a lead did: when, as milliseconds, what, and what about it. */
export interface LeadEvent {
  type: string;
  ts: number;
  url: string;
  props: Record<string, any>;
}

export interface Events {
  /** One lead of which nothing is known yet; `push` gives its score after the event, as of then. */
  start(): { push(event: LeadEvent): number };
  /** The score of a whole history. */
  whole(events: readonly LeadEvent[], now: number): number;
}

export type Lead = Record<string, any>;

/** Everything behind a score: the rules that hold, in the model's order, and what each group came to. */
export interface Breakdown {
  score: number;
  grade: string;
  groups: Record<string, number>;
  contributions: { rule: string; points: number }[];
}

/**
 * Many leads, one array for each attribute: Float64Array with NaN for unknown, Uint8Array for booleans,
 * a list of texts or of lists of texts with null for unknown.
 */
export interface Columns {
  length: number;
  cols: Record<string, any>;
}

export interface Scorer {
  score(lead: Lead): number | Promise<number>;
  full(lead: Lead): Breakdown | Promise<Breakdown>;
  /** Brings columns in once, so that they can be scored often; default: they are taken as they are. */
  prepareColumns?(columns: Columns): any;
  columns?(prepared: any): ArrayLike<number>;
  /** One lead as UTF-8 JSON. */
  bytes1?(json: Uint8Array): number;
  /** A JSON array of leads. */
  bytes?(json: Uint8Array): ArrayLike<number>;
  /** What leads do, where a model of events is given; nothing that cannot be done event by event. */
  events?: Events;
}

export interface Contender {
  meta: {
    name: string;
    /** Whether it makes code from text, which edge workers and strict pages refuse. */
    needsEval: boolean;
    /** Whether `score` and `full` give promises. */
    async?: boolean;
  };
  /** What a bundler is given to find out the size of the download. */
  sizeEntry: string;
  /** The .wasm files to add to it: absolute, or within node_modules. */
  sizeWasm?: string[];
  /** What can be done once and shipped, so that a fresh process need not do it; default: nothing. */
  compile?(model: Model): Promise<Uint8Array<ArrayBuffer>>;
  load(given: { model: Model; events?: EventModel; program?: Uint8Array<ArrayBuffer>; io: { wasm(path: string): Uint8Array<ArrayBuffer> } }): Promise<Scorer>;
}
