//! How sums are made, in words that a document and a program have in common.

/// What a group does when one of its rules cannot be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    #[default]
    Zero,
    Neutral,
    Required,
}

/// How dimensions become one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    #[default]
    Sum,
    Mean,
    Max,
}
