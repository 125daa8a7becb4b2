//! Reading what fields of every kind have in common: ids, labels, bounds, texts.

use std::collections::BTreeMap;

use super::{Bounds, Text};
use crate::error::{Code, Path, short};
use crate::read::{Fields, Reader};
use crate::value::{Value, written};

/// The needed `id` of an object.
pub fn id(fields: &mut Fields) -> Option<String> {
    fields.needed("id", |reader, value, path| {
        let id = reader.text(value, path)?;
        if !is_id(&id) {
            let expected = "expected a letter followed by letters, digits, `_` or `-`, 64 at most";
            reader.error(Code::InvalidValue, path, format_args!("{expected}, found `{}`", short(&id)));
            return None;
        }
        Some(id)
    })
}

fn is_id(text: &str) -> bool {
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    letters && text.len() <= 64 && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
}

/// Text for people: one text, or one in each language.
pub fn text(reader: &mut Reader, value: &Value, path: &Path) -> Option<Text> {
    match value {
        Value::Text(text) => Some(Text::same(text)),
        Value::Object(_) => {
            let mut fields = reader.fields(value, path, &["en", "fr"])?;
            fields.expect("en");
            fields.expect("fr");
            let (en, fr) = (fields.optional("en", Reader::text), fields.optional("fr", Reader::text));
            Some(Text { en: en?, fr: fr? })
        }
        other => {
            reader.wrong_type(path, "a text or `{\"en\": …, \"fr\": …}`", other);
            None
        }
    }
}

/// The label of something, or its id.
pub fn label(fields: &mut Fields, id: &str) -> Text {
    fields.optional("label", text).unwrap_or_else(|| Text::same(id))
}

pub fn bounds(fields: &mut Fields) -> Bounds {
    let floor = fields.optional("floor", Reader::number);
    let cap = fields.optional("cap", Reader::number);
    if let (Some(floor), Some(cap)) = (floor, cap)
        && floor > cap
    {
        let (floor, cap) = (written(floor), written(cap));
        let message = format_args!("expected a floor up to the cap `{cap}`, found `{floor}`");
        fields.error_in("floor", Code::WrongOrder, message);
    }
    Bounds { floor, cap }
}

pub fn texts(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<String>> {
    let items = reader.list(value, path)?;
    if items.is_empty() {
        reader.error(Code::InvalidValue, path, format_args!("expected at least one text, found an empty list"));
    }
    let mut texts = Vec::new();
    for (place, item) in items.iter().enumerate() {
        texts.push(reader.text(item, &path.item(place))?);
    }
    Some(texts)
}

/// Notes the second of two equal names at one place.
pub fn unique(reader: &mut Reader, path: &Path, names: &[&str]) {
    let mut seen = Seen::new();
    for name in names {
        once(reader, path, name, &mut seen);
    }
}

/// Notes the second of two equal ids in a list of the document; `lists` says how to get there from the top.
pub fn unique_ids(reader: &mut Reader, document: &Value, lists: &[&str]) {
    ids(reader, document, &Path::Root(""), lists, &mut Seen::new());
}

type Seen = BTreeMap<String, usize>;

fn ids(reader: &mut Reader, value: &Value, path: &Path, lists: &[&str], seen: &mut Seen) {
    match (lists, value.get("id")) {
        ([list, rest @ ..], _) => {
            let path = path.field(list);
            let Some(Value::List(items)) = value.get(list) else { return };
            for (place, item) in items.iter().enumerate() {
                ids(reader, item, &path.item(place), rest, seen);
            }
        }
        ([], Some(Value::Text(id))) if is_id(id) => once(reader, &path.field("id"), id, seen),
        _ => {}
    }
}

fn once(reader: &mut Reader, path: &Path, name: &str, seen: &mut Seen) {
    if seen.insert(name.to_owned(), 0).is_some() {
        reader.error(Code::DuplicateId, path, format_args!("expected a unique id, found `{name}` again"));
    }
}
