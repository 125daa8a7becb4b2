//! What one call may cost at most, so that hostile input ends in an error and never in a hang.
//!
//! Every number is named here and stated in `docs/model.md`; no other room has limits of its own.

/// Longest model text, in bytes.
pub const MODEL_BYTES: usize = 4 * 1024 * 1024;
/// Deepest nesting of lists and objects in any JSON text.
pub const JSON_DEPTH: usize = 64;
/// Deepest nesting of a condition.
pub const CONDITION_DEPTH: usize = 32;
/// Most rules of a model, disqualifiers, exclusions, stages and the like included.
pub const RULES: usize = 5_000;
/// Most attributes that a model declares or reads, and as many properties of events.
pub const ATTRIBUTES: usize = 2_000;
/// Most operators in all the conditions and band tables of a model.
pub const OPERATORS: usize = 50_000;
/// Most values that one operator lists.
pub const LISTED_VALUES: usize = 10_000;
/// Largest points, weight, bound or threshold of a model, on either side of 0.
pub const NUMBER: f64 = 1e12;
/// Longest `$glob` patterns of a model, all together: the only comparison that can take text × pattern.
pub const GLOB_BYTES: usize = 16 * 1024;
/// Longest text of a fact or an event property, in bytes.
pub const FACT_TEXT_BYTES: usize = 64 * 1024;
/// Most events of one call.
pub const EVENTS: usize = 100_000;
/// Most events that the state of a visitor keeps; beyond it the oldest are folded, and the score has a stated error.
pub const VISITOR_EVENTS: usize = 1_000;
/// Most problems that `check` lists before it stops.
pub const ISSUES: usize = 1_000;

/// Most values that stand for all others of one attribute; beyond it bounds are safe, not exact.
pub const CELLS: usize = 64;
/// Most values tried to find them.
pub const CELLS_TRIED: usize = 4_096;
/// Most completions of unknown attributes tried for exact bounds; beyond it bounds are safe, not exact.
pub const COMPLETIONS: usize = 4_096;
/// Most occurrences looked at to find the next change; beyond it `validUntil` is safe, not tight.
pub const OCCURRENCES_LOOKED_AT: usize = 4_000_000;
/// Most sets of changes tried for counterfactuals.
pub const CHANGE_SETS: usize = 20_000;
/// Most changes in one counterfactual.
pub const CHANGES: usize = 3;
/// Most counterfactuals reported for one target.
pub const COUNTERFACTUALS: usize = 5;
/// Most occurrences that one change adds.
pub const OCCURRENCES_ADDED: u32 = 3;
/// Most changes that sets of several are made of: the most helpful ones.
pub const COMBINED_CHANGES: usize = 40;
/// Most sets of properties tried to find an event that a rule counts.
pub const PROPERTY_SETS: usize = 256;
