//! The house and what is written about it: ARCHITECTURE.md says which room uses which, docs/codes.md what each code means,
//! docs/model.md what the limits are.
//!
//! The documents are the tables; this holds the code against them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a document that cannot be read is a failed test

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use leadscore::Code;

const ARCHITECTURE: &str = include_str!("../../ARCHITECTURE.md");
const CODES: &str = include_str!("../../docs/codes.md");
const MODEL: &str = include_str!("../../docs/model.md");
const LIMITS: &str = include_str!("../../src/limits.rs");

/// The rows of Markdown tables whose first cell is a name in backticks, as lists of cells.
fn rows(document: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = document.lines().filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
}

/// The names in backticks of one cell.
fn names(cell: &str) -> BTreeSet<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The rooms of ARCHITECTURE.md from the ground floor up, each with those that it uses.
fn documented() -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let rooms = rows(ARCHITECTURE).map(|row| (names(row[0]).into_iter().next().unwrap(), names(row[2])));
    rooms.collect()
}

/// Every source file but the front page.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("lib.rs") {
            files.push(path);
        }
    }
}

/// Every source file but the front page: its room and its text.
fn files() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source, &mut files);
    let read = |file: PathBuf| {
        let first = file.strip_prefix(&source).unwrap().iter().next().unwrap().to_string_lossy().into_owned();
        (first.trim_end_matches(".rs").to_owned(), fs::read_to_string(&file).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// For each room, the others that its files name after `crate::`.
fn found() -> BTreeMap<String, BTreeSet<String>> {
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, text) in files() {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let uses = code.flat_map(|line| {
            line.split("crate::").skip(1).map(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
        });
        let own = rooms.entry(room.clone()).or_default();
        own.extend(uses.filter(|other| *other != room));
    }
    rooms
}

#[test]
fn every_room_uses_what_architecture_md_says_and_nothing_else() {
    let documented: BTreeMap<&str, BTreeSet<&str>> = documented().into_iter().collect();
    let found = found();
    let listed = |names: &BTreeSet<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    for (room, uses) in &found {
        let uses = uses.iter().map(String::as_str).collect();
        match documented.get(room.as_str()) {
            None => wrong.push(format!("`{room}` has no row; it uses {}", listed(&uses))),
            Some(written) if *written != uses => wrong.push(format!("`{room}` uses {}", listed(&uses))),
            Some(_) => {}
        }
    }
    let gone = documented.keys().filter(|room| !found.contains_key(**room));
    wrong.extend(gone.map(|room| format!("`{room}` has a row and no file")));
    assert!(wrong.is_empty(), "ARCHITECTURE.md says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn rooms_stand_on_those_before_them() {
    let mut below = BTreeSet::new();
    for (room, uses) in documented() {
        let above: Vec<_> = uses.difference(&below).collect();
        assert!(above.is_empty(), "`{room}` uses {above:?}, which stand after it");
        below.insert(room);
    }
}

/// Words of the model, such as `Decay` or `Missing`, are spoken everywhere; the document itself stays with those that compile and judge it.
#[test]
fn the_engine_never_sees_a_model() {
    for (text, rooms) in [("model::read(", ["compile"].as_slice()), ("&Model", &["check", "compile", "model"])] {
        let knowing = files().into_iter().filter(|(_, source)| source.contains(text)).map(|(room, _)| room);
        let knowing: BTreeSet<_> = knowing.collect();
        assert!(knowing.iter().map(String::as_str).eq(rooms.iter().copied()), "`{text}` in {knowing:?}");
    }
}

#[test]
fn wasm_bindgen_is_known_to_one_room() {
    let knowing = files().into_iter().filter(|(_, text)| text.contains("wasm_bindgen")).map(|(room, _)| room);
    assert_eq!(knowing.collect::<BTreeSet<_>>(), BTreeSet::from(["wasm".to_owned()]));
}

#[test]
fn every_code_of_the_engine_stands_in_the_documentation_word_for_word() {
    let (engine, javascript) = CODES.split_once("\n## Only from JavaScript\n").unwrap();
    let written: Vec<_> = rows(engine).map(|row| (row[0].trim_matches('`'), row[1])).collect();
    let known: Vec<_> = Code::ALL.iter().map(|code| (code.as_str(), code.about())).collect();
    for pair in &known {
        assert!(written.contains(pair), "docs/codes.md lacks {pair:?}");
    }
    for pair in &written {
        assert!(known.contains(pair), "docs/codes.md has {pair:?}, which the engine does not");
    }
    let engine: BTreeSet<_> = known.iter().map(|(code, _)| *code).collect();
    let twice: Vec<_> =
        rows(javascript).map(|row| row[0].trim_matches('`')).filter(|code| engine.contains(code)).collect();
    assert!(twice.is_empty(), "codes of the engine among those of JavaScript: {twice:?}");
}

/// A number as people write it: `50,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<_> = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
    parts.join(",")
}

#[test]
fn every_limit_stands_in_the_documentation() {
    let (_, table) = MODEL.split_once("\n## Limits\n").unwrap();
    let constants =
        LIMITS.lines().filter_map(|line| line.strip_prefix("pub const ")?.strip_suffix(';')?.split_once(": usize = "));
    let mut count = 0;
    for (name, value) in constants {
        let number: u64 = value.split(" * ").map(|factor| factor.replace('_', "").parse::<u64>().unwrap()).product();
        let written = match (name.ends_with("_BYTES"), number >> 20) {
            (true, 0) => format!("{} KiB", number >> 10),
            (true, mebibytes) => format!("{mebibytes} MiB"),
            (false, _) => grouped(number),
        };
        assert!(table.contains(&format!("| {written} |")), "docs/model.md lacks `{name}`, {written}");
        count += 1;
    }
    assert!(count > 10, "limits are written otherwise than expected");
}
