import type { Scorer } from './leadscore.js';

export { init, initSync, LeadscoreError } from './leadscore.js';
export type {
  Adjustment,
  ArrowTable,
  ArrowVector,
  BulkOptions,
  Change,
  ColumnData,
  Contribution,
  Counterfactual,
  Facts,
  GivenFacts,
  Issue,
  Language,
  LeadEvent,
  PlainScore,
  Reason,
  Route,
  Score,
  ScoreOptions,
  Scorer,
  Scores,
  Status,
  Table,
  TableData,
  Visitor,
  VisitorOptions,
  WasmSource,
} from './leadscore.js';

/**
 * Takes a model that `compileModel`, or `npx leadscore compile`, has made into a file. The scorer gives the same numbers as
 * the full engine; `lang` chooses the language of the model's own texts, but there are no `reasons` and no `counterfactuals`.
 * @throws {LeadscoreError} `not-a-program`, `program-version` or `program-damaged`.
 * @example
 * const scorer = loadScorer(await (await fetch('/model.lsp')).arrayBuffer());
 * const value = scorer.value({ company: { employees: 45 } });
 */
export function loadScorer(program: BufferSource | Uint8Array): Scorer;
