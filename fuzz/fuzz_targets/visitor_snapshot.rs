//! Any bytes as the snapshot of a visitor with a right header and checksum: refused, or a state that is scored, takes in
//! more, merges with itself without a change and is written as it was read.
#![no_main]

use std::sync::LazyLock;

use leadscore::{Lead, Scorer, Value};
use libfuzzer_sys::fuzz_target;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| {
    Scorer::new(
        r#"{ "format": 1, "id": "visits", "disqualifiers": [{ "id": "left", "on": "unsubscribe" }],
          "dimensions": [{ "id": "engagement", "groups": [{ "id": "g", "cap": 50, "rules": [
            { "id": "pricing", "on": "page_view", "when": { "path": "/pricing" }, "points": 5, "limit": { "n": 2, "per": "session" },
              "decay": { "kind": "exponential", "halfLife": "7d" } },
            { "id": "time", "on": ["page_view", "video"], "points": 0.1, "multiplier": { "property": "seconds", "max": 60 }, "window": "30d" },
            { "id": "often", "on": "page_view", "frequency": [{ "atLeast": 3, "within": "7d", "points": 8 }] },
            { "id": "last", "on": "video", "points": 1, "limit": { "n": 3, "per": "ever", "keep": "latest" } }
          ] }] }] }"#,
    )
    .expect("a model without errors")
});

const AS_OF: i64 = 1_795_339_800_000;

fuzz_target!(|body: &[u8]| {
    let sum = body.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let mut snapshot = SCORER.visitor().snapshot();
    snapshot.truncate(8);
    snapshot.extend(sum.to_le_bytes());
    snapshot.extend(body);
    let Ok(mut visitor) = SCORER.restore(&snapshot) else { return };
    let lead = Lead { as_of: Some(AS_OF), ..Lead::default() };
    let value = visitor.score(&lead).expect("a state that was read is scored").value;
    assert!(value.is_none_or(f64::is_finite));
    let written = visitor.snapshot();
    assert!(written.len() <= visitor.largest());
    let again = SCORER.restore(&written).expect("what was written is read");
    assert_eq!(again.snapshot(), written);
    visitor.merge(&again).expect("states of one model");
    assert_eq!(visitor.snapshot(), written);
    let event = Value::parse(r#"{ "type": "page_view", "at": 1795339800000, "path": "/pricing", "seconds": 12 }"#);
    visitor.apply(&event.expect("JSON")).expect("an event");
    visitor.value(AS_OF);
});
