//! The one error of the crate, the issues that `check` lists, and the codes of both.
//!
//! Not a place for decisions: who finds a problem words it; here it only gets a form.

use core::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What kind of problem it is. The texts are stable; `docs/codes.md` lists them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The stable text, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            /// One sentence on it, as in the documentation.
            pub fn about(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    // what cannot be read at all
    /// the text is not JSON
    InvalidJson = "invalid-json",
    /// an object of a model names a key twice
    DuplicateKey = "duplicate-key",
    /// lists and objects, or conditions, are nested deeper than the limit
    TooDeep = "too-deep",
    /// something is longer or more numerous than a limit allows
    TooLarge = "too-large",
    // the form of a model
    /// the model has a format that this version does not know
    UnknownFormat = "unknown-format",
    /// a field that the format does not have
    UnknownField = "unknown-field",
    /// a field that is needed is not there
    MissingField = "missing-field",
    /// a value of another type than expected
    WrongType = "wrong-type",
    /// a value of the right type that is not one of those allowed
    InvalidValue = "invalid-value",
    /// an operator that conditions do not have
    UnknownOperator = "unknown-operator",
    /// two things of one kind have the same id
    DuplicateId = "duplicate-id",
    /// an id, label or path that leads to nothing
    UnknownReference = "unknown-reference",
    /// fields that exclude each other, or one that means nothing without another
    ConflictingFields = "conflicting-fields",
    /// normalising needs the cap of each group
    CapNeeded = "cap-needed",
    /// thresholds, bands or letters in an order that cannot work
    WrongOrder = "wrong-order",
    /// a test of the model gives another result than expected
    TestFailed = "test-failed",
    // doubtful, but it can be scored
    /// an attribute that the model reads and does not declare
    UndeclaredAttribute = "undeclared-attribute",
    /// an attribute that is declared and that nothing reads
    UnusedAttribute = "unused-attribute",
    /// an event type that a rule counts and the model does not declare
    UndeclaredEvent = "undeclared-event",
    /// a comparison that the declared type, values or limits can never meet
    NeverMatches = "never-matches",
    /// a comparison that every known value meets
    AlwaysMatches = "always-matches",
    /// a rule that can never give points
    UnreachableRule = "unreachable-rule",
    /// bands of which a later one repeats values of an earlier one
    OverlappingBands = "overlapping-bands",
    /// values between two bands that belong to none
    GapBetweenBands = "gap-between-bands",
    /// a threshold above the best, or a label below the worst, that can be attained
    UnattainableThreshold = "unattainable-threshold",
    /// a cap or floor that leaves a rule without effect
    DeadRule = "dead-rule",
    /// two rules of a dimension that count one event twice
    EventCountedTwice = "event-counted-twice",
    /// a window that ends before, or long after, the decay means anything
    WindowAgainstDecay = "window-against-decay",
    /// a field that changes nothing where it stands
    NoEffect = "no-effect",
    // the lead
    /// facts that are not an object
    InvalidFacts = "invalid-facts",
    /// events that are not a list
    InvalidEvents = "invalid-events",
    /// an event that is not an object with a text `type` and an instant `at`
    InvalidEvent = "invalid-event",
    /// something else where an instant should be, or one outside the calendar
    InvalidInstant = "invalid-instant",
    /// events without an instant to score them for
    AsOfMissing = "as-of-missing",
    /// an option that is not what it should be
    InvalidOption = "invalid-option",
    /// a fact of another type than declared
    UnexpectedType = "unexpected-type",
    /// a known value that is in no band of a rule
    OutOfRange = "out-of-range",
}

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The model cannot be compiled.
    Error,
    /// The model scores, but probably not as meant.
    Warning,
}

/// One problem, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// Where it is, such as `dimensions[0].groups[1].rules[2].points`.
    pub path: String,
    /// What was expected and what was found.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// Why something could not be read, compiled or scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Details>);

/// Apart, so that a result with an error in it is no larger than a pointer.
#[derive(Clone, Debug, PartialEq)]
struct Details {
    code: Code,
    path: String,
    message: String,
    issues: Vec<Issue>,
}

impl Error {
    pub(crate) fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Error {
        Error(Box::new(Details { code, path: path.into(), message: message.into(), issues: Vec::new() }))
    }

    /// The error of a model with issues: it speaks of the first that is an error, and keeps all.
    pub(crate) fn of_issues(issues: Vec<Issue>) -> Option<Error> {
        let first = issues.iter().find(|issue| issue.severity == Severity::Error)?;
        let (code, path, message) = (first.code, first.path.clone(), first.message.clone());
        Some(Error(Box::new(Details { code, path, message, issues })))
    }

    /// What kind of problem it is.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Where it is; empty when it is about the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What was expected and what was found.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// All the problems of a model that does not compile.
    pub fn issues(&self) -> &[Issue] {
        &self.0.issues
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        if !self.path().is_empty() {
            write!(f, " at `{}`", self.path())?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}

/// A place in a document, built on the stack and written out only when there is something to say.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    /// The whole document, under the name it has in messages (often none).
    Root(&'p str),
    /// A field of an object.
    Field(&'p Path<'p>, &'p str),
    /// An element of a list.
    Item(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    pub(crate) fn field(&'p self, name: &'p str) -> Path<'p> {
        Path::Field(self, name)
    }

    pub(crate) fn item(&'p self, index: usize) -> Path<'p> {
        Path::Item(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root(name) => f.write_str(name),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
            Path::Field(parent, name) => {
                let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_$-".contains(&b));
                match (plain, parent) {
                    (true, Path::Root("")) => f.write_str(name),
                    (true, _) => write!(f, "{parent}.{name}"),
                    (false, _) => write!(f, "{parent}[\"{}\"]", short(name)),
                }
            }
        }
    }
}

/// A text short enough for a message.
pub(crate) fn short(text: &str) -> Short<'_> {
    Short(text)
}

/// A text, cut after sixty letters.
pub(crate) struct Short<'t>(&'t str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(60).and_then(|(end, _)| self.0.get(..end)) {
            None => f.write_str(self.0),
            Some(beginning) => write!(f, "{beginning}…"),
        }
    }
}

/// Among more names than this no likely one is looked for letter by letter: thousands of mistakes would take for ever.
const COMPARED: usize = 256;

/// The name among `known` that was probably meant: one that begins or ends the same, or of which at most a third of the
/// letters differ.
pub(crate) fn likely<'k>(found: &str, known: &[&'k str]) -> Option<&'k str> {
    if found.len() > 64 {
        return None;
    }
    // What is much shorter or longer is not close, and need not be compared letter by letter.
    let mut known = known.to_vec();
    known.retain(|name| name.len() <= 64 && name.len().abs_diff(found.len()) <= found.len().max(8));
    for name in &known {
        if found.len() >= 3 && (name.starts_with(found) || name.ends_with(found)) {
            return Some(name);
        }
    }
    if known.len() > COMPARED {
        return None;
    }
    let found: Vec<char> = found.chars().collect();
    let (mut fewest, mut likely) = (usize::MAX, None);
    for name in known {
        let letters: Vec<char> = name.chars().collect();
        let steps = distance(&found, &letters);
        if steps < fewest {
            let close = steps <= (found.len().max(letters.len()) / 3).max(1);
            (fewest, likely) = (steps, close.then_some(name));
        }
    }
    likely
}

/// How many letters must be added, dropped, changed or swapped with their neighbour (Damerau 1964, Levenshtein 1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let same = |x: Option<&char>, y: Option<&char>| x.zip(y).is_some_and(|(x, y)| x.eq_ignore_ascii_case(y));
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let changed = usize::from(!same(a.get(i), b.get(j)));
            let mut best = (at(&last, j) + changed).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && same(a.get(i - 1), b.get(j)) && same(a.get(i), b.get(j - 1)) {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        before_last = core::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likely_name_is_close_and_no_other() {
        let fields = ["points", "otherwise", "when", "window"];
        for (found, expected) in [
            ("pionts", Some("points")),
            ("point", Some("points")),
            ("When", Some("when")),
            ("windw", Some("window")),
            ("wise", Some("otherwise")),
            ("weight", None),
            ("x", None),
        ] {
            assert_eq!(likely(found, &fields), expected, "{found}");
        }
    }

    #[test]
    fn paths_quote_what_is_not_a_plain_name() {
        let root = Path::Root("");
        let attributes = root.field("attributes");
        let attribute = attributes.field("company.employees");
        assert_eq!(attribute.field("type").to_string(), "attributes[\"company.employees\"].type");
        let rules = root.field("rules");
        assert_eq!(rules.item(2).field("points").to_string(), "rules[2].points");
    }
}
