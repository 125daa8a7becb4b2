/** A scoring model: see docs/model.md and model.schema.json. */
export type Model = Record<string, unknown>;

/** A condition on facts, such as `{"company.employees": {"$gte": 10}}`. */
export type Condition = Record<string, unknown>;

/** The attributes of one lead, nested: `{company: {employees: 45}}`. Absent and `null` both mean unknown. */
export type Facts = Record<string, unknown>;

/** Facts as they are handed over: of any type of object, also an interface of one's own. */
export type GivenFacts = Facts | Readonly<object>;

/** Something the lead did. */
export interface LeadEvent {
  /** Names the occurrence, so that it counts once; default: never taken for a duplicate. */
  id?: string;
  /** What happened, such as `page_view`. */
  type: string;
  /** When: milliseconds since 1970 UTC, an ISO 8601 text, or a `Date`. */
  at: number | string | Date;
  /** The visit it belongs to; default: its UTC day. */
  session?: string;
  /** The consent it needs; default: what the model declares for its type. */
  purpose?: string;
  /** Evidence of a robot, marked in the result; default: `false`. */
  bot?: boolean;
  [property: string]: unknown;
}

export type Language = 'en' | 'fr';

export interface ScoreOptions {
  /** What the lead did, in any order; default: nothing. */
  events?: readonly LeadEvent[];
  /** The instant the score is for, never read from a clock; default: none, which is an error when there are events. */
  asOf?: number | string | Date | null;
  /** The language of `reasons` and `route.text`; default: no reasons, and texts in English. */
  lang?: Language;
  /** The last result (or just its labels and stage), so that a lead on the edge does not flicker; default: none. */
  previous?: { labels?: Record<string, string | null>; stage?: string | null } | null;
  /** The purposes consented to: events that need another are not counted; default: every event counts. */
  consent?: readonly string[];
  /** Whether to work out the smallest sets of changes that reach the next label or stage; default: `false`. */
  counterfactuals?: boolean;
}

export type Status = 'scored' | 'disqualified' | 'excluded' | 'insufficient_data';

/** What one rule gave. Its `points` are `gross` less all that is `lost`. */
export interface Contribution {
  rule: string;
  group: string;
  dimension: string;
  /** Occurrences counted: events within window and limit; 1 for a rule on facts. */
  count: number;
  /** Points before anything was lost. */
  gross: number;
  /** Points lost on the way; a floor or cap that raised them shows as a negative `cap`. */
  lost: { limit: number; decay: number; cap: number };
  /** Points that the rule gave to its group. */
  points: number;
  /** Its share of the (unrounded) total: these and the adjustments' add up to `raw`. */
  value: number;
}

/** What a cap or a floor above the rules added to, or took from, the total. */
export interface Adjustment {
  on: 'group' | 'dimension' | 'total';
  /** The group or dimension; `total` for the total. */
  id: string;
  kind: 'cap' | 'floor';
  /** Its share of the (unrounded) total. */
  value: number;
}

/** A contribution, told to a person. */
export interface Reason {
  /** Stable: `rule:ID`, `cap:ID`, `floor:ID`, `disqualifier:ID`, `exclusion:ID`, `override:ID`, `missing:PATH`. */
  code: string;
  /** Its share of the total; `0` for what is not a contribution. */
  value: number;
  /** A sentence in the language asked for. */
  text: string;
}

/** A change that would be enough, together with the others of its set; `with` holds the properties of the event, by path. */
export type Change =
  | { attribute: string; to: unknown; text?: string }
  | { event: string; with: Record<string, unknown>; rule: string; times: number; text?: string };

/** The smallest sets of changes that reach the next label of the total, or the next stage. */
export interface Counterfactual {
  /** Where that leads: at least the next label or stage. */
  reaches: { label: string } | { stage: string };
  changes: Change[];
  /** The value the lead would have. */
  value: number;
}

export interface Route {
  id: string;
  queue: string | null;
  owner: string | null;
  action: string | null;
  text: string | null;
}

/** A result as a plain object, as it is written in JSON. */
export interface PlainScore {
  model: { id: string; version: string | null };
  status: Status;
  /** Milliseconds since 1970 UTC. */
  asOf: number | null;
  /** The score, rounded to the model's decimals; `null` when there is none. */
  value: number | null;
  /** The score before rounding. */
  raw: number | null;
  /** The label of the total and of each dimension that declares labels; `null` unless the status is `scored`. */
  labels: Record<string, string | null>;
  grade: string | null;
  stage: string | null;
  route: Route | null;
  dimensions: Record<string, { value: number | null; raw: number | null }>;
  /** `value` is what the group gives its dimension, after floor and cap; `null` where it left (policy `neutral`). */
  groups: Record<string, { dimension: string; points: number; value: number | null }>;
  /** The rules that fired or lost something, in the model's order. */
  contributions: Contribution[];
  adjustments: Adjustment[];
  /** Known attributes that the model reads ÷ (those + `missing`), 0 to 1. */
  coverage: number;
  /** Unknown attributes that could still change the answer: of rules, flags, or conditions on the result. */
  missing: string[];
  /** Lowest and highest value once all that is unknown is known; both attained when `exact`, else perhaps too wide. */
  bounds: { lowest: number; highest: number; exact: boolean } | null;
  /** Until when (milliseconds, not included) the same lead scored later gives the same `value`; `null`: for ever. */
  validUntil: number | null;
  /** The first change of a label, the grade or the stage when the same lead is scored later; events after `asOf` come into sight then. */
  next: { at: number; value: number | null; labels: Record<string, string | null>; grade: string | null; stage: string | null } | null;
  /** Red flags that are true, and those that cannot be decided (`answer: null`). */
  disqualifiers: { id: string; answer: true | null; reason: string | null }[];
  exclusions: { id: string; answer: true | null; reason: string | null }[];
  /** Those that applied, with what was computed without them. */
  overrides: { id: string; reason: string | null }[];
  computed: { grade: string | null; stage: string | null };
  events: { given: number; counted: number; duplicate: number; future: number; withoutConsent: number; bot: number };
  /** What looks wrong in the lead: a fact of another type than declared, a value outside every band. */
  warnings: Issue[];
  /** Present where the oldest events of a visitor were folded: how many, and what the value of the whole history lies between. */
  folded?: { events: number; lowest: number | null; highest: number | null };
  /** Present when `lang` was given: contributions as sentences, heaviest first. */
  reasons?: Reason[];
  /** Present when asked for. */
  counterfactuals?: Counterfactual[];
}

/**
 * A result. Each part is worked out when it is first read, which of most leads only a few are; what takes longer
 * (`coverage`, `missing`, `bounds`, `validUntil`, `next`, flags, `warnings`, `reasons`, `counterfactuals`) is asked of
 * the scorer then, so it has to be read before `free()`.
 */
export interface Score extends Readonly<PlainScore> {
  /** The whole result at once, as a plain object to keep, spread or send; `JSON.stringify` takes it by itself. */
  toJSON(): PlainScore;
}

/** One problem, found by `check` or in a lead. */
export interface Issue {
  severity: 'error' | 'warning';
  /** Stable, in kebab case: see docs/codes.md. */
  code: string;
  /** Where: `dimensions[0].groups[1].rules[2].points`. */
  path: string;
  message: string;
  /** What was probably meant, or `null`. */
  suggestion: string | null;
}

/** Options of scoring a visitor, whose events are known. */
export interface VisitorOptions extends Omit<ScoreOptions, 'events' | 'asOf'> {
  /** The instant the score is for, never read from a clock. */
  asOf: number | string | Date;
}

/**
 * What one visitor did, as far as the model looks at it: scoring it gives what scoring all its events gives, in whatever
 * order they came. Of an event nothing is kept but its instant, its type, what it means to the rules, and hashes of its
 * id, session and purpose. Past a thousand events the oldest are folded together, and results say how far they can be off.
 */
export interface Visitor {
  /** The most bytes that a snapshot can take under this model. */
  readonly maxBytes: number;
  /**
   * Takes in events; one whose id is known already changes nothing.
   * @throws {LeadscoreError} with the code and path of what cannot be read; nothing is taken in then.
   */
  apply(events: LeadEvent | readonly LeadEvent[]): void;
  /**
   * Scores the visitor as of an instant, with the facts that are known.
   * @throws {LeadscoreError} with the code and path of what cannot be read.
   */
  score(facts: GivenFacts, options: VisitorOptions | VisitorOptions['asOf']): Score;
  /** The value alone. */
  value(facts: GivenFacts, options: VisitorOptions | VisitorOptions['asOf']): number | null;
  /** The state as bytes, for `scorer.visitor(snapshot)`: states that say the same are the same bytes. */
  snapshot(): Uint8Array;
  /** The same as base64url. */
  toString(): string;
  /**
   * Takes in another state of the same visitor, such as that of another tab: what both have counts once.
   * @throws {LeadscoreError} like `scorer.visitor`; nothing is taken in then.
   */
  merge(other: Visitor | Uint8Array | string): void;
  /** Forgets all that it knows. */
  forget(): void;
  /** Gives the engine's memory back; the visitor cannot be used afterwards. */
  free(): void;
}

/** Options of many leads at once, which have no events and no past. */
export type BulkOptions = Pick<ScoreOptions, 'asOf' | 'lang'>;

/** One attribute of many leads, one after the other; `null`, and NaN in a typed array, is unknown. */
export type ColumnData =
  | readonly unknown[]
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | ArrowVector;

/** What is used of a vector of Apache Arrow, of any type. */
export interface ArrowVector {
  readonly length: number;
  get(row: number): unknown;
}

/** What is used of a table of Apache Arrow: its columns are named by the paths of attributes. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: any): ArrowVector | null;
}

/**
 * Many leads: columns by the path of their attribute, an Arrow table, a list of facts, or JSON (a list, or a lead on each
 * line). In a typed array of 8-bit integers 0 and 1 stand for booleans where the model declares one.
 */
export type TableData = Record<string, ColumnData> | ArrowTable | readonly GivenFacts[] | string | Uint8Array;

/** Leads that were read into the engine's memory once, for any scorer of the same build. */
export interface Table {
  readonly rows: number;
  /** Gives the memory back; the table cannot be used afterwards. */
  free(): void;
}

/** What came of many leads, a place for each. */
export interface Scores {
  /** The values; NaN where there is none. */
  readonly values: Float64Array;
  /** Places in `gradeNames`; 65535 for none. */
  readonly grades: Uint16Array;
  /** Places in `stageNames`; 65535 for none. */
  readonly stages: Uint16Array;
  /** Places in `statusNames`. */
  readonly statuses: Uint8Array;
  readonly gradeNames: readonly string[];
  readonly stageNames: readonly string[];
  readonly statusNames: readonly Status[];
  /** The whole result of one lead; the table or the bytes that it came from must still be there. */
  row(row: number): Score;
}

/** A compiled model. Holds memory of the engine until `free()` or garbage collection. */
export interface Scorer {
  /** Identity of the model. */
  readonly model: { readonly id: string; readonly version: string | null };
  /**
   * The value of one lead and nothing else: the fastest way; `null` where there is none. In the runtime for servers facts may
   * also be the bytes of their JSON.
   * @throws {LeadscoreError} with the code and path of what cannot be read.
   */
  value(facts: GivenFacts | Uint8Array, options?: ScoreOptions): number | null;
  /**
   * Scores one lead.
   * @throws {LeadscoreError} with the code and path of what cannot be read.
   */
  score(facts: GivenFacts | Uint8Array, options?: ScoreOptions): Score;
  /**
   * The engagement of one visitor, kept from event to event; of a snapshot, if one is given, as bytes or as the text of it.
   * @throws {LeadscoreError} `not-a-snapshot`, `snapshot-version`, `snapshot-damaged`, or `snapshot-foreign` where it was
   *   made under a model whose events mean something else.
   */
  visitor(snapshot?: Uint8Array | string | null): Visitor;
  /**
   * Reads many leads into the engine's memory, to be scored as often as needed: of columns all, of objects and JSON the
   * attributes that this model reads. In the runtime for servers alone.
   * @throws {LeadscoreError} with the code and path of what cannot be read, such as `columns["company.size"][3]`.
   */
  table(data: TableData): Table;
  /** Scores every lead of a table, by facts alone. In the runtime for servers alone. */
  scoreTable(table: Table, options?: BulkOptions): Scores;
  /**
   * Scores leads from JSON, a list of them or one behind the other as in JSON Lines, by facts alone; bytes are scored
   * where they are and should stay as they are as long as `row` is asked. In the runtime for servers alone.
   * @throws {LeadscoreError} with the code and the place of the first byte that cannot be read.
   */
  scoreJson(json: Uint8Array | string, options?: BulkOptions): Scores;
  /** Gives the engine's memory back; the scorer cannot be used afterwards. */
  free(): void;
}

/** Every error of this package: `name` is `LeadscoreError`. */
export class LeadscoreError extends Error {
  readonly name: 'LeadscoreError';
  readonly code: string;
  /** Where in the model, facts or events; empty when it is about none of them. */
  readonly path: string;
  /** All the problems of a model that does not compile; default: empty. */
  readonly issues: readonly Issue[];
}

/** What `init` takes in place of the file beside the package: a URL, a response, bytes or a compiled module. */
export type WasmSource = URL | string | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>;

/** Loads the engine; needed once in browsers, harmless elsewhere; default: the .wasm file of the package. */
export function init(source?: WasmSource): Promise<void>;

/** Loads the engine from bytes or a compiled module, at once. */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/**
 * Compiles a model, given as an object or as JSON text.
 * @throws {LeadscoreError} with all `issues` when the model has errors.
 * @example
 * const scorer = createScorer(model);
 * const { value, grade } = scorer.score({ company: { employees: 45 } });
 */
export function createScorer(model: Model | string): Scorer;

/**
 * Compiles a model to a file for `leadscore/runtime`, which loads it in no time and takes less than the engine here.
 * @param options `audience`: who can read the file. `edge`: servers, so all of the model is in it. `browser`: every
 *   visitor, so only what events are worth is, without names and texts; default: `edge`.
 * @throws {LeadscoreError} with all `issues` when the model has errors.
 */
export function compileModel(model: Model | string, options?: { audience?: 'edge' | 'browser' }): Uint8Array;

/** Finds every problem of a model at once; runs its tests too. Never throws for what the model says. */
export function check(model: Model | string): Issue[];

/**
 * Whether facts meet a condition: `true`, `false`, or `null` when it cannot be known.
 * @throws {LeadscoreError} when the condition is not one.
 * @example
 * matches({ 'company.employees': { $gte: 10 } }, { company: { employees: 45 } }); // true
 */
export function matches(condition: Condition | string, facts: GivenFacts): boolean | null;
