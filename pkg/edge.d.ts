import type { Clamp } from './log.js';
import type { Facts, Language, Scorer } from './leadscore.js';

export { LeadscoreError } from './leadscore.js';

/** How far what a visitor is said to have done can be believed. */
export type Trust = 'none' | 'rescored' | 'bounded' | 'checkpointed' | 'human';

/**
 * Something doubtful about a form: it was filled in faster than anybody can; its token is not there, not ours, too old or was used
 * before; the check of whether a human sent it is not there or was not passed, or could not be asked.
 */
export type Doubt =
  | 'too-fast'
  | 'no-token'
  | 'forged-token'
  | 'expired-token'
  | 'replayed-token'
  | 'no-check'
  | 'failed-check'
  | 'unverified';

/** What the engine said of a lead, when it came; it is stored with the lead and never worked out again. */
export interface LeadScore {
  value: number | null;
  status: 'scored' | 'disqualified' | 'excluded' | 'insufficient_data' | 'not_scored';
  /** The label of the total. */
  label: string | null;
  grade: string | null;
  stage: string | null;
  /** The action of the route, and the queue it leads to. */
  route: { id: string; queue: string | null; action: string | null } | null;
  /** The heaviest first: sentences where the engine makes them, else the ids of rules. */
  reasons: string[];
  model: string;
  version: string | null;
}

/** One lead, as it is stored and handed to connectors. */
export interface Lead {
  id: string;
  /** When it came: milliseconds since 1970 UTC. */
  at: number;
  /** When more became known of it than came with it. */
  amendedAt?: number;
  facts: Facts;
  score: LeadScore;
  trust: Trust;
  /** What the log claimed and was not believed. */
  clamps: { code: Clamp['code'] | 'before-first-seen' | 'unreadable' | 'replayed' | 'withdrawn'; count: number }[];
  /** What is doubtful about the form. */
  doubts: Doubt[];
}

/** `queued` and `held` are still to come, `sent` and `merged` are in the CRM, `dead` was refused for good. */
export type DeliveryState = 'queued' | 'held' | 'sent' | 'merged' | 'dead';

/** One lead on its way to one destination. */
export interface Delivery {
  lead: string;
  destination: string;
  state: DeliveryState;
  /** How many requests were begun. */
  attempts: number;
  /** How often it alone failed while others passed. */
  strikes: number;
  /** When it is to be tried next. */
  next: number;
  /** The highest goes first. */
  rank: number;
  /** The connector's payload as JSON, the same at each attempt. */
  payload: string;
  /** What a connector of several steps has learnt, as JSON. */
  progress: string | null;
  /** Whether an attempt was begun whose end is not known. */
  unknown: boolean;
  /** What came of the last attempt: a word, never a person's data. */
  code: string | null;
  status: number | null;
  /** What the CRM calls it. */
  remote: string | null;
  /** What the CRM said of one that it refused: for those who look, never for a log. */
  detail: string | null;
  /** The how manieth content of the lead this is, from 1: what becomes known after it was sent makes another. */
  revision: number;
}

/** What a destination can take now. */
export interface Line {
  /** Attempts that failed one after the other. */
  failures: number;
  /** Nothing is sent before. */
  until: number;
  /** Why somebody has to look, such as `unauthorized`; `null` as long as nobody has to. */
  held: string | null;
  /** Requests that may be made at the instant `at`. */
  tokens: number;
  at: number;
}

/** What is needed to know a lead again. */
export interface Arrival {
  id: string;
  /** The id it gets if another lead already has the first. */
  spare: string;
  /** A hash of what was entered: the same twice since `since` is one lead. */
  print: string;
  since: number;
  /** Keyed hashes of the person's e-mail address, for `forget`; empty where there is none. */
  person: string;
  /** The same of the tracker's visitor, for its withdrawal; empty where there is none. */
  visitor: string;
  at: number;
}

/** Something that counts once: a token of the edge, by its id. */
export interface Token {
  id: string;
  /** Tokens of one chain have one id, and each a place after that before. */
  place: number;
  /** Who hands it in: again by the same counts as the same time. */
  who: string;
  /** How long that has to be known. */
  until: number;
}

type Awaitable<T> = T | Promise<T>;

/** Where leads are kept. What `put` and `mark` resolve to survives the end of the process. */
export interface Store {
  /** Keeps a lead with its deliveries, both or neither, unless it is known. */
  put(
    arrival: Arrival,
    make: (id: string) => {
      lead: string;
      deliveries: Pick<Delivery, 'destination' | 'payload' | 'rank' | 'next' | 'state' | 'code'>[];
    },
  ): Awaitable<{ id: string; fresh: boolean }>;
  /**
   * Claims what is due until `until`: each is given out once, marked as unknown, with one attempt more. Highest rank first, or
   * with `leastTried` those with the fewest attempts before all.
   */
  take(destination: string, now: number, most: number, until: number, leastTried?: boolean): Awaitable<Delivery[]>;
  /** Keeps what came of an attempt; nothing if the lead is forgotten. One that was amended meanwhile is queued once more. */
  mark(delivery: Delivery, now: number): Awaitable<void>;
  /** Makes all that waits due now, but what waits for somebody to look. */
  hurry(destination: string, now: number): Awaitable<void>;
  /** When the next delivery is due; `null`: never. */
  due(destination: string): Awaitable<number | null>;
  line(destination: string): Awaitable<Line | null>;
  keepLine(destination: string, line: Line): Awaitable<void>;
  /** How many deliveries are in which state, and since when the oldest of those still to come waits. */
  counts(): Awaitable<{ destination: string; state: DeliveryState; count: number; oldest: number }[]>;
  /** The deliveries of a destination, in the order of the ids of their leads, after one of them. */
  page(destination: string, after: string, most: number): Awaitable<Delivery[]>;
  /** The deliveries of a destination in a state, oldest first. */
  list(destination: string, state: DeliveryState, most: number): Awaitable<Delivery[]>;
  find(lead: string, destination: string): Awaitable<Delivery | null>;
  /** A lead as it was kept, as JSON. */
  lead(id: string): Awaitable<string | null>;
  /**
   * Gives a lead another content, and its deliveries too: at once where none was begun, else, with `updates`, as one more once the
   * one before has arrived. Destinations that had none get one.
   */
  amend(
    id: string,
    lead: string,
    deliveries: (Pick<Delivery, 'destination' | 'payload' | 'rank'> & { updates: boolean })[],
    now: number,
  ): Awaitable<void>;
  /** Whether a token is handed in for the first time, and after those of its chain that were before. */
  spend(token: Token): Awaitable<boolean>;
  /** Whether a token of this id was. */
  isSpent(id: string): Awaitable<boolean>;
  /** The leads of a visitor, as JSON. */
  ofVisitor(visitor: string): Awaitable<string[]>;
  /** Removes all leads of a person or a visitor; what is left is where they had been sent. */
  erase(of: 'person' | 'visitor', who: string): Awaitable<{ lead: string; destination: string; remote: string | null }[]>;
  /** Removes what came before and is no longer on its way, and tokens that nobody has to know any more. */
  prune(before: number, now: number): Awaitable<number>;
}

/** An SQLite database, beside the code or behind a network: all statements of a batch or none, with the rows of each. */
export interface Sql {
  batch(statements: [sql: string, ...values: unknown[]][]): Awaitable<any[][]>;
}

/** A request to a vendor, as plain data. */
export interface VendorRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

export interface VendorAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** What an answer means for a lead. */
export type Verdict =
  /** It is there; `merged`: it was there before, or is now part of another. */
  | { verdict: 'sent' | 'merged'; remote?: string }
  /** Later; `after`: the vendor says when, in milliseconds; `limit`: too many requests, nothing is wrong. */
  | { verdict: 'retry'; code: string; after?: number; limit?: boolean }
  /** Nothing can be sent before somebody has looked. */
  | { verdict: 'hold'; code: string }
  /** This lead will never be taken as it is. */
  | { verdict: 'dead'; code: string; detail?: string }
  /** One more request is needed. */
  | { verdict: 'next'; progress: unknown };

export interface Attempt {
  /** The lead's id. */
  id: string;
  now: number;
  /** What earlier steps have learnt. */
  progress: any;
  /** Whether an earlier attempt may have been stored although nobody heard of it. */
  unknown: boolean;
  /** The how manieth content of the lead it is; default: 1. */
  revision?: number;
}

/** How leads are written to one vendor. It decides nothing about when. */
export interface Connector {
  /** So many requests in so many milliseconds. */
  rate: { requests: number; per: number };
  /** Whether leads go one after the other, because what one makes the next has to find; default: `false`. */
  serial?: boolean;
  /** Whether a lead that is there can be written once more with what became known later; default: `false`. */
  updates?: boolean;
  /** Which leads it is for; default: all. */
  wants?: (lead: Lead) => boolean;
  /** What is stored when the lead comes, and sent at each attempt. */
  payload(lead: Lead): unknown;
  request(payload: any, attempt: Attempt): Awaitable<VendorRequest>;
  classify(answer: VendorAnswer, attempt: Attempt): Verdict;
  /** Whether it goes before all others, because somebody only has to be told; default: `false`. */
  first?: boolean;
  /** How many leads go in one request; default: each has one. */
  batch?: {
    most: number;
    /** What may not be in one request twice; empty: nothing. */
    key(payload: any): string;
    request(items: { id: string; payload: any }[]): Awaitable<VendorRequest>;
    /**
     * What the answer means for each lead, in their order, `null` where it has to go by itself; or for all of them, `dead` then meaning
     * that each goes by itself.
     */
    classify(answer: VendorAnswer, items: { id: string; payload: any }[], now: number): (Verdict | null)[] | Verdict;
  };
  /** What the CRM has of these leads, all of it, also what is there twice; it throws where that cannot be known. */
  lookup?: (leads: Sought[], ask: (request: VendorRequest) => Promise<VendorAnswer>) => Promise<Found[]>;
}

/** A lead that is looked for in a CRM. */
export interface Sought {
  id: string;
  email: string | null;
  /** What the CRM called it. */
  remote: string | null;
}

/** A record of a CRM that says which lead it is. */
export interface Found {
  /** The id of the lead. */
  id: string;
  remote: string;
  /** `undefined`: it does not say. */
  score?: number | null;
}

/** A lead as the outbox has it, beside what its CRM has. */
export interface Compared {
  lead: string;
  at: number;
  state: DeliveryState;
  score: number | null;
  grade: string | null;
  /** `null`: nobody looked, as it was not sent, or the connector cannot. */
  found: Pick<Found, 'remote' | 'score'>[] | null;
}

/** A list of a CRM that is asked for by ids, and the paths in it; default: a list of `{ id, score }`. */
export interface LookupOptions {
  /** `{ids}` stands for them, with commas between. */
  url: string;
  headers?: Record<string, string>;
  /** Where the list is in the answer; default: it is the answer. */
  records?: string;
  id?: string;
  remote?: string;
  score?: string;
}

/** One line for a log: no names, no addresses, nothing that was entered. */
export interface LogEntry {
  event: string;
  lead?: string;
  destination?: string;
  status?: number;
  code?: string;
  count?: number;
  ms?: number;
}

export interface OutboxOptions {
  store: Store;
  destinations: Record<string, Connector>;
  fetch?: (request: Request) => Promise<Response>;
  now?: () => number;
  log?: (entry: LogEntry) => void;
  /** How long an answer may take, in milliseconds; default: 15000. */
  timeout?: number;
  /** How often a destination that fails is tried with one lead, in milliseconds; default: 30000. */
  probe?: number;
  /** How often one that needs somebody is, in milliseconds; default: 600000. */
  holdProbe?: number;
  /** For how long a lead is kept that is not on its way any more, in milliseconds; default: 30 days. */
  keep?: number;
  /** How many requests may be under way at once to one destination; default: 4. */
  parallel?: number;
  /** Whether nothing is sent: leads are kept, and `preview` shows what would be; default: `false`. */
  dry?: boolean;
  /** Whether several processes have this store, one after the other: nothing of it is kept in memory; default: `false`. */
  shared?: boolean;
  /** Which goes first; default: the best grade, then the highest value. */
  rank?: (lead: Lead) => number;
}

export interface Report {
  /** By destination: how many deliveries are in which state, and since when the oldest of those still to come waits. */
  destinations: Record<
    string,
    { counts: Record<DeliveryState, number>; oldest: number | null } & Pick<Line, 'failures' | 'held' | 'until'>
  >;
}

/** What is known of a lead beside its content. */
export interface Known extends Pick<Arrival, 'print' | 'person'> {
  visitor?: string;
  /** Nothing is sent for so many milliseconds, unless `amend` comes before. */
  wait?: number;
  /** Nothing is sent before somebody has looked. */
  hold?: boolean;
}

/** What a lead handler needs of an outbox; a Durable Object gives the same. */
export interface LeadOutbox {
  put(lead: Lead, known: Known): Promise<{ id: string; fresh: boolean }>;
  /** Gives a lead that is known another content, and delivers it once more where it was sent and the destination takes that. */
  amend(lead: Lead): Promise<void>;
  /** For each token whether it is handed in for the first time and in order; and whether one of the visitors took everything back. */
  admit(tokens: Token[], visitors: string[]): Promise<{ fresh: boolean[]; withdrawn: boolean }>;
  /** Believes nothing more of a visitor, and gives the leads that something of them is in. */
  withdraw(visitors: string[]): Promise<Lead[]>;
  report(): Promise<Report>;
  list(destination: string, state: DeliveryState): Promise<Delivery[]>;
  /** The first request to each destination of a lead, or of one that is kept under an id, without secrets. */
  preview(lead: Lead | string): Promise<Record<string, VendorRequest>>;
  /** What was to be delivered beside what the CRM has, in the order of the ids; `next` is where to go on. */
  compare(destination: string, after?: string): Promise<{ leads: Compared[]; next: string | null }>;
  replay(destination: string, lead?: string, payload?: unknown): Promise<number>;
  forget(who: string[], of?: 'person' | 'visitor'): Promise<{ lead: string; destination: string; remote: string | null }[]>;
}

export interface Outbox extends LeadOutbox {
  /** Sends what can be sent now; gives the instant of the next thing to do, or `null`. */
  drain(): Promise<number | null>;
  /** Drains by itself from now on, for hosts that stay; gives what ends it. */
  start(): () => Promise<void>;
}

export function createOutbox(options: OutboxOptions): Outbox;

/** Keeps leads as long as the process lives: for tests, and for trying things out. */
export function memoryStore(): Store;

/** What is used of an SQLite database: that of Node, Bun, Deno, libsql and better-sqlite3 all have it. */
export interface SqliteDatabase {
  prepare(sql: string): { all(...values: any[]): unknown[]; run(...values: any[]): unknown; reader?: boolean };
}

/** Keeps leads in an SQLite database that is opened already. */
export function sqliteStore(database: SqliteDatabase): Store;

/** Keeps leads in any other database that speaks SQLite, such as one behind a network. */
export function sqlStore(sql: Sql): Store;

export interface LeadHandlerOptions {
  /** The scorer, of `leadscore` or `leadscore/runtime`. */
  model: Scorer;
  /** The language of reasons; needs the scorer of `leadscore`; default: none. */
  lang?: Language | null;
  /** The origins of the website, such as `https://example.com`. */
  sites: readonly string[];
  /** What all keys are made of, at least 32 letters; during a change the new one and the old one. */
  secret: string | readonly [string, string];
  /** Where leads are kept and sent from. */
  outbox: LeadOutbox;
  /** Which field is which attribute, beside the usual names; `null` drops a field; default: none. */
  map?: Record<string, string | null>;
  /** The attributes that the model declares: texts are read as their types; default: as texts. */
  attributes?: Record<string, { type?: unknown }>;
  /** Fields that must be there; default: `['contact.email']`. */
  required?: readonly string[];
  /** Cookies of the site that become attributes; default: none. */
  cookies?: Record<string, string>;
  /** Where an HTML form leads to; default: `/`. */
  thanks?: string;
  /** Fields that people do not see; default: `['_gotcha', 'bot-field']`. */
  honeypots?: readonly string[];
  /** What the visitor is told of the score; default: nothing. */
  reveal?: (score: LeadScore) => unknown;
  /** The field with the tracker's log, and the name of the site in it; defaults: `lead_log`, the host of the first site. */
  log?: { field?: string; site?: string };
  /**
   * What somebody else knows of the lead: gives all its facts. It is asked after the visitor was thanked, and what it gives is scored
   * anew: in time before anything is sent, later as one more delivery to those that take news. Default: nobody is asked.
   */
  enrich?: Enrich | null;
  /** For how long nothing is sent while it is asked, in milliseconds; default: 3000. */
  enrichTimeout?: number;
  /** How late an answer still counts, in milliseconds; default: 20000, as Cloudflare lets work go on for 30 seconds. */
  enrichLatest?: number;
  /** A check of whether a human sends the form, such as `turnstile({ secret })`; default: none. */
  human?: HumanCheck | null;
  /** How long it may take, in milliseconds; after that the lead is taken without; default: 2000. */
  humanTimeout?: number;
  /** In fewer seconds nobody fills in a form; default: 2. */
  fillTime?: number;
  /** Whether every form is expected to bring a token of the edge, as `_token`; default: `false`. */
  formToken?: boolean;
  /**
   * What becomes of a doubtful lead: it says so itself, it is kept back until somebody sends it with `replay`, or it is thanked and
   * thrown away; default: `flag`.
   */
  doubtful?: 'flag' | 'hold' | 'drop';
  /**
   * What becomes of the leads of a visitor who takes back the consent to be tracked: they are scored anew without what the visitor
   * did, or erased; default: `rescore`.
   */
  withdrawn?: 'rescore' | 'erase';
  /** Whether somebody asks too often; default: nobody does. */
  limited?: (request: Request) => Awaitable<boolean>;
  /** What guards the path that ends in `/admin/outbox`, at least 32 letters; default: there is none. */
  adminToken?: string | null;
  now?: () => number;
  tell?: (entry: LogEntry) => void;
}

export type Enrich = (facts: Facts, options: { signal: AbortSignal }) => Awaitable<Facts>;

/** What a payload says, by attribute; what is `undefined`, `null` or no fact is left out. */
export type SourceReader = (payload: any) => Record<string, unknown>;

/** Asks a source about a lead; gives its payload as it is. */
export type Ask = (facts: any, options: { signal: AbortSignal }) => Promise<unknown>;

/**
 * Asks several sources at once, for `enrich`: those that are known by their names, and others with a reader of their own. What the
 * person said stands, then what the first of the sources says; `facts.sources` tells which attributes are from whom.
 * @example
 * enrich: fromSources({ sirene: async ({ company }, { signal }) => (await fetch(`${SIRENE}/siret/${company.siret}`, { signal })).json() })
 */
export function fromSources(
  sources: Partial<Record<'apollo' | 'bombora' | 'clearbit' | 'sirene' | 'societeinfo' | 'zoominfo', Ask>> &
    Record<string, Ask | { ask: Ask; read: SourceReader }>,
): Enrich;

/** Asks somebody whether a human made the token in `field`; throws where nobody can say. */
export interface HumanCheck {
  field: string;
  check(
    token: string,
    /** `key` is the same UUID for the same form with the same token; `address` is the visitor's, where the host says it. */
    known: { address: string | null; key: string; signal: AbortSignal },
  ): Awaitable<boolean>;
}

/** The check of Cloudflare Turnstile. */
export function turnstile(options: {
  secret: string;
  /** The hosts that the widget may have been on; default: any that it is allowed on. */
  hostnames?: readonly string[] | null;
  fetch?: (request: Request) => Promise<Response>;
  url?: string;
}): HumanCheck;

export type LeadHandler = (request: Request, env?: unknown, context?: unknown) => Promise<Response>;

/** Answers the forms of a website; `options` may be made of the environment, as in Cloudflare Workers. */
export function createLeadHandler<Env = unknown>(
  options: LeadHandlerOptions | ((env: Env) => LeadHandlerOptions),
): {
  fetch: LeadHandler;
  forget(email: string, env?: Env): Promise<{ lead: string; destination: string; remote: string | null }[]>;
  /** A token for a form that is made by a server; pages ask for theirs with `?form`. */
  formToken(env?: Env): Promise<string>;
};

/** A lead as one flat record, from which the mappings of connectors choose, by these names or by paths such as `facts.company.naf`. */
export interface LeadRecord {
  id: string;
  email: string | null;
  /** The whole name; where only a whole one was given, its last word is taken for the last name. */
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  title: string | null;
  company: string | null;
  website: string | null;
  country: string | null;
  message: string | null;
  score: number | null;
  status: LeadScore['status'];
  label: string | null;
  grade: string | null;
  stage: string | null;
  /** The reasons, with semicolons between them. */
  reasons: string | null;
  queue: string | null;
  action: string | null;
  /** The model's id and version. */
  model: string;
  trust: Trust;
  /** ISO 8601. */
  receivedAt: string;
  facts: Facts;
}

/** The vendor's names with those of the record. */
export type Mapping = Record<string, string>;

type Rated = { rate?: Connector['rate'] };

/** A webhook signed by Standard Webhooks. */
export function webhook(
  options: Rated & {
    url: string;
    /** `whsec_` and base64, 24 to 64 bytes; several while one is changed. */
    secret: string | readonly string[];
    headers?: Record<string, string>;
    /** What the receiver has, for `reconcile`; default: it does not say. */
    lookup?: LookupOptions;
    /** Whether the body is a CloudEvent, and where it says it comes from; default: it is not. */
    cloudEvents?: { source: string } | null;
  },
): Connector;

/** A message in the format of Slack about each lead that `when` is true of. */
export function slack(options: Rated & { url: string; when: (lead: Lead) => boolean }): Connector;

/** Contacts of HubSpot, written by e-mail address. */
export function hubspot(
  options: Rated & {
    token: string;
    /** Properties beside the standard ones, such as `{ lead_grade_ext: 'grade' }`; they have to exist. */
    properties?: Mapping;
    /** The version in the path: a date, or `v3`; default: `2026-03`. */
    version?: string;
    host?: string;
  },
): Connector;

/** The secure submission of a form of HubSpot. */
export function hubspotForm(
  options: Rated & { token: string; portal: string; form: string; fields?: Mapping; pageName?: string; host?: string },
): Connector;

/** Leads of Salesforce, written by an external id. */
export function salesforce(
  options: Rated & {
    /** Such as `https://example.my.salesforce.com`. */
    host: string;
    clientId: string;
    clientSecret: string;
    /** The field that holds our id, such as `Lead_Ext_Id__c`: a text that is an external id and unique. */
    externalId: string;
    fields?: Mapping;
    version?: string;
  },
): Connector;

/** Leads of Salesforce by the form that it takes from anybody: without credentials, without an answer. */
export function salesforceWebToLead(
  options: Rated & {
    /** The id of the organisation, `00D…`. */
    organisation: string;
    /** Custom fields by their 15 letters, such as `{ '00N5g000001AbCd': 'score' }`. */
    fields?: Mapping;
    host?: string;
  },
): Connector;

/** Leads of Odoo, looked for by a field that holds our id. */
export function odoo(
  options: Rated & {
    /** Such as `https://example.odoo.com`. */
    host: string;
    key: string;
    database?: string;
    /** The number of the user: then JSON-RPC is spoken, for versions before 19; default: JSON-2. */
    user?: number;
    /** The field of leads that holds our id, which should be unique; default: `x_ext_id`. */
    externalId?: string;
    /** Fields beside the standard ones, such as `{ x_lead_score: 'score' }`; they have to exist. */
    fields?: Mapping;
  },
): Connector;

/** Persons and leads of Pipedrive. */
export function pipedrive(
  options: Rated & {
    token: string;
    host?: string;
    /** Keys of custom fields of persons, and of deals, which leads have too. */
    personFields?: Mapping;
    leadFields?: Mapping;
    /** Ids of labels. */
    labels?: string[];
  },
): Connector;

/** People of Attio, asserted by e-mail address. */
export function attio(options: Rated & { token: string; attributes?: Mapping; host?: string }): Connector;

export interface RestOptions extends Rated {
  /** `{id}` and the like stand for values of the record, also in the template. */
  url: string;
  method?: string;
  headers?: Record<string, string>;
  /** The body as JSON: a text that is `{score}` alone is the value itself; what is unknown is left out. */
  template: unknown;
  /** What the vendor has, for `reconcile`; default: it does not say. */
  lookup?: LookupOptions;
  /** What an answer means; `undefined`: what HTTP says. */
  verdict?: (answer: VendorAnswer & { json: any }) => Verdict | undefined;
  /** Whether the same request with other values writes over what is there; default: `false`. */
  updates?: boolean;
}

/** Any vendor with one request for one lead. */
export function rest(options: RestOptions): Connector;

type Fields = Record<string, unknown>;

/** The lead webhook of BottleCRM; `fields` of the template beside the standard ones, as its mapping knows them. */
export function bottleCrm(options: { url: string; key: string; fields?: Fields }): Connector;
/** Contacts of Brevo; `attributes` have to exist there. */
export function brevo(options: { key: string; attributes?: Fields; lists?: number[] }): Connector;
/** Lead capture of EspoCRM; `key` is that of the capture. */
export function espoCrm(options: { host: string; key: string; fields?: Fields }): Connector;
/** Contacts of Mautic; `authorization` is the header. */
export function mautic(options: { host: string; authorization: string; fields?: Fields }): Connector;
/** People of Twenty. */
export function twenty(options: { host?: string; key: string; fields?: Fields }): Connector;
/** Contacts of ActiveCampaign; `fields` by their number. */
export function activeCampaign(options: { host: string; key: string; fields?: Fields }): Connector;
/** Contacts of Freshsales; `fields` are custom ones. */
export function freshsales(options: { host: string; key: string; fields?: Fields }): Connector;

/** What is written to HubSpot. */
export interface HubspotUpsert {
  inputs: { id: string; idProperty: string; objectWriteTraceId: string; properties: Record<string, string> }[];
}

/** What is written to Pipedrive. */
export interface PipedrivePayload {
  person: { name: string; emails?: { value: string; primary: boolean; label: string }[] };
  lead: { title: string; origin_id: string };
}
