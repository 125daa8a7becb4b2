//! Tells what came of scoring a lead: contributions, coverage, bounds, what comes next, and on request why and what if.
//!
//! Decides nothing: `outcome` has, and is asked again for every what-if.

mod bounds;
mod contributions;
#[cfg(feature = "full")]
mod counterfactuals;
mod folded;
mod forecast;
#[cfg(feature = "full")]
mod reasons;
#[cfg(feature = "full")]
mod told;
#[cfg(feature = "full")]
mod words;

pub use bounds::bounds;
#[cfg(feature = "full")]
pub use bounds::{asked, each_choice};
pub use contributions::{Line, Worth};
#[cfg(all(feature = "full", target_arch = "wasm32"))]
pub use counterfactuals::counterfactuals;
pub use folded::folded;
pub use forecast::{Forecast, forecast};
#[cfg(all(feature = "full", target_arch = "wasm32"))]
pub use reasons::reasons;
#[cfg(feature = "full")]
pub use told::told;

use alloc::vec::Vec;

use crate::engage::Timeline;
use crate::grade::Previous;
use crate::outcome::Outcome;
use crate::program::Program;
use crate::time::Instant;

/// One lead, and what came of scoring it.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    pub program: &'c Program,
    pub timeline: &'c Timeline,
    pub now: Option<Instant>,
    pub previous: &'c Previous,
    pub outcome: &'c Outcome,
    /// The slots whose value is not of the declared type.
    pub unexpected: &'c [usize],
    /// The purposes consented to, as tokens, if that was asked.
    pub consent: Option<&'c [i64]>,
}

/// What looks wrong in a lead.
pub enum Doubt {
    /// The value of a slot is not of the declared type.
    UnexpectedType(usize),
    /// The value that a rule has bands for is in none of them.
    OutOfRange(usize),
    /// There are too many events to look further ahead.
    TooFar(Instant),
}

impl Case<'_> {
    /// The instant of the score; without events it does not matter.
    pub fn at(&self) -> Instant {
        self.now.unwrap_or(0)
    }

    /// Everything that looks wrong.
    pub fn doubts(&self, forecast: &Forecast) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for slot in self.unexpected {
            doubts.push(Doubt::UnexpectedType(*slot));
        }
        for (rule, given) in self.outcome.given.iter().enumerate() {
            if given.out_of_range {
                doubts.push(Doubt::OutOfRange(rule));
            }
        }
        if let Some(instant) = forecast.stopped {
            doubts.push(Doubt::TooFar(instant));
        }
        doubts
    }
}
