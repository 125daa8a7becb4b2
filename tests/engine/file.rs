//! Compiled programs as files: what was written is read, and nothing else is.

use std::fs;
use std::path::Path;

use leadscore::{Audience, Fault, compile_model, verify};
use proptest::prelude::*;

/// A model with a little of everything.
const CURIOUS: &str = include_str!("../../fuzz/curious.json");
/// The bytes before the program.
const HEADER: usize = 16;

fn file() -> Vec<u8> {
    compile_model(CURIOUS, Audience::Edge).unwrap()
}

/// The checksum put right, so that what was changed is read and not just refused.
fn resealed(mut file: Vec<u8>) -> Vec<u8> {
    let sum =
        file[HEADER..].iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    file[12..HEADER].copy_from_slice(&sum.to_le_bytes());
    file
}

#[test]
fn every_model_is_written_and_read() {
    let models = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models")).unwrap();
    for model in models {
        let text = fs::read_to_string(model.unwrap().path()).unwrap();
        for audience in [Audience::Edge, Audience::Browser] {
            assert_eq!(verify(&compile_model(&text, audience).unwrap()), Ok(()));
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let file = file();
    for length in 0..file.len() {
        let expected = if length < 3 { Fault::NotAProgram } else { Fault::Damaged };
        assert_eq!(verify(&file[..length]), Err(expected), "{length} bytes");
    }
    assert_eq!(verify(&[file.as_slice(), &[0]].concat()), Err(Fault::Damaged));
}

#[test]
fn every_flipped_bit_is_noticed() {
    let file = file();
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let expected = match bit / 8 {
            0..3 => Fault::NotAProgram,
            3 => Fault::OtherVersion,
            _ => Fault::Damaged,
        };
        assert_eq!(verify(&flipped), Err(expected), "bit {bit}");
    }
}

#[test]
fn an_older_or_newer_file_is_refused_for_what_it_is() {
    for version in (0..=255).filter(|version| *version != 2) {
        let mut file = file();
        file[3] = version;
        assert_eq!(verify(&resealed(file)), Err(Fault::OtherVersion), "version {version}");
    }
}

proptest! {
    #[test]
    fn a_file_forged_with_a_right_checksum_does_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9)) {
        let mut file = file();
        for (place, byte) in changes {
            let place = HEADER + place.index(file.len() - HEADER);
            file[place] = byte;
        }
        // Whatever it says now: an answer comes, and soon.
        let _ = verify(&resealed(file));
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let length = (bytes.len() as u32).to_le_bytes();
        let file = [b"LSP\x01", length.as_slice(), &[0; 8], &bytes].concat();
        let _ = verify(&resealed(file));
        prop_assert_eq!(verify(&bytes).is_ok(), false);
    }
}

/// Everything in capitals is nobody's business, and neither are its numbers.
const SECRET: &str = r#"{
  "format": 1, "id": "SECRETMODEL", "version": "SECRETVERSION", "name": "SECRETNAME",
  "attributes": { "SECRETFACT": { "type": "number", "min": 731.25, "label": "SECRETLABEL" } },
  "dimensions": [
    { "id": "SECRETFIT", "weight": 41.75, "groups": [{ "id": "SECRETGROUP", "cap": 8123.5, "rules": [
      { "id": "SECRETRULE", "when": { "SECRETFACT": { "$gte": 9173.125 } }, "points": 6151.5 },
      { "id": "SECRETBANDS", "attribute": "SECRETFACT", "bands": [{ "from": 7333.5, "points": 5417.25 }] } ] }] },
    { "id": "SECRETENGAGEMENT", "labels": [{ "id": "SECRETHOT", "from": 3119.5 }, { "id": "SECRETCOLD" }],
      "groups": [{ "id": "SECRETPAGES", "rules": [
        { "id": "SECRETPRICING", "label": "SECRETTEXT", "on": "page_view", "when": { "path": "/pricing" }, "points": 7 },
        { "id": "SECRETMIX", "when": { "SECRETFACT": 2791.5 }, "points": 4597.5 } ] }] } ],
  "total": { "labels": [{ "id": "SECRETTOTAL", "from": 6029.5 }, { "id": "SECRETLOW" }] },
  "grade": { "matrix": { "rows": "SECRETENGAGEMENT", "columns": "total" } },
  "stages": [{ "id": "SECRETLEAD" }, { "id": "SECRETMQL", "when": { "total": { "$gte": 1877.5 } } }],
  "disqualifiers": [{ "id": "SECRETFLAG", "when": { "SECRETFACT": 3343.5 }, "reason": "SECRETREASON" }],
  "exclusions": [{ "id": "SECRETOUT", "when": { "SECRETFACT": 9049.5 } }],
  "overrides": [{ "id": "SECRETOVER", "when": { "facts.SECRETFACT": 6427.5 }, "stage": "SECRETMQL", "reason": "SECRETWHY" }],
  "routes": [{ "id": "SECRETROUTE", "when": { "total": { "$gte": 5623.5 } }, "queue": "SECRETQUEUE", "owner": "SECRETOWNER", "action": "SECRETACTION", "text": "SECRETSAY" }]
}"#;

#[test]
fn what_browsers_get_tells_no_secret() {
    let file = compile_model(SECRET, Audience::Browser).unwrap();
    let holds = |part: &[u8]| file.windows(part.len()).any(|window| window == part);
    assert!(!holds(b"SECRET"), "a name is in it");
    assert!(holds(b"/pricing"), "what events are counted by has to be");
    let words = SECRET.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    let numbers: Vec<f64> =
        words.filter(|word| word.len() > 3 && word.contains('.')).map(|word| word.parse().unwrap()).collect();
    assert!(numbers.len() > 15);
    for number in numbers {
        assert!(!holds(&number.to_le_bytes()) && !holds(number.to_string().as_bytes()), "{number} is in it");
    }
    // What a server gets has all of it.
    let whole = compile_model(SECRET, Audience::Edge).unwrap();
    assert!(whole.windows(6).any(|window| window == b"SECRET"));
    assert!(whole.windows(8).any(|window| window == 6151.5_f64.to_le_bytes()));
}
