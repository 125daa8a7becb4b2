//! What leads do: events become occurrences of rules, and occurrences points, by window, limit, frequency and decay.
//!
//! Order of arrival never matters: whatever is decided by order is decided by time, and ties by content. A `History` is
//! made for one score and holds all events as they came; a `Visitor` is kept, holds what matters of each event once, and
//! can be written down, read back and merged.

mod fold;
mod gain;
mod history;
mod running;
mod snapshot;
mod timeline;
mod visitor;

pub use gain::{Gain, recent};
pub use history::{Event, History};
#[cfg(feature = "full")]
pub use history::{EventCounts, Hit, hits};
pub use snapshot::SnapshotFault;
pub use timeline::Timeline;
pub use visitor::Visitor;

/// What stands for an id, a session or a purpose: texts that are only ever compared. 53 bits, so that a number of
/// JavaScript holds it (G. Fowler, L. C. Noll, K.-P. Vo: FNV-1a, as in RFC 9923); never 0.
pub fn token(text: &str) -> i64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    ((text.bytes().fold(0xcbf2_9ce4_8422_2325, mix) >> 11) as i64).max(1)
}
