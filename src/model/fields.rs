//! Reading what fields of every kind have in common: optional and repeated ones, ids, labels, bounds, texts.

use std::collections::BTreeMap;

use super::{Bounds, Text};
use crate::error::{Code, Path, short};
use crate::read::{Fields, Reader};
use crate::value::{Value, written};

/// Reads a field where it is there.
pub fn optional<T>(
    reader: &mut Reader,
    fields: Fields,
    name: &str,
    path: &Path,
    read: impl FnOnce(&mut Reader, &Value, &Path) -> Option<T>,
) -> Option<T> {
    read(reader, fields.get(name)?, &path.field(name))
}

/// Reads each element of a list field where it is there; elements with errors are left out.
pub fn each<T>(
    reader: &mut Reader,
    fields: Fields,
    name: &str,
    path: &Path,
    mut read: impl FnMut(&mut Reader, &Value, &Path) -> Option<T>,
) -> Vec<T> {
    let Some(value) = fields.get(name) else {
        return Vec::new();
    };
    let path = path.field(name);
    let items = reader.list(value, &path).unwrap_or_default();
    items.iter().enumerate().filter_map(|(index, item)| read(reader, item, &path.item(index))).collect()
}

/// The needed `id` of an object.
pub fn id(reader: &mut Reader, fields: Fields, path: &Path) -> Option<String> {
    let value = reader.needed(fields, "id", path)?;
    let path = path.field("id");
    let id = reader.text(value, &path)?;
    let letters = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if id.len() > 64 || !letters || !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let found = short(&id);
        let expected = "expected a letter followed by letters, digits, `_` or `-`, 64 at most";
        reader.error(Code::InvalidValue, &path, format!("{expected}, found `{found}`"));
        return None;
    }
    Some(id)
}

/// Text for people: one text, or one in each language.
pub fn text(reader: &mut Reader, value: &Value, path: &Path) -> Option<Text> {
    match value {
        Value::Text(text) => Some(Text::same(text)),
        Value::Object(_) => {
            let fields = reader.fields(value, path, &["en", "fr"])?;
            let en = reader.needed(fields, "en", path);
            let fr = reader.needed(fields, "fr", path);
            let en = reader.text(en?, &path.field("en"));
            let fr = reader.text(fr?, &path.field("fr"));
            Some(Text { en: en?, fr: fr? })
        }
        other => {
            reader.wrong_type(path, "a text or `{\"en\": …, \"fr\": …}`", other);
            None
        }
    }
}

/// The label of something, or its id.
pub fn label(reader: &mut Reader, fields: Fields, path: &Path, id: &str) -> Text {
    optional(reader, fields, "label", path, text).unwrap_or_else(|| Text::same(id))
}

pub fn bounds(reader: &mut Reader, fields: Fields, path: &Path) -> Bounds {
    let floor = optional(reader, fields, "floor", path, Reader::number);
    let cap = optional(reader, fields, "cap", path, Reader::number);
    if let (Some(floor), Some(cap)) = (floor, cap)
        && floor > cap
    {
        let message = format!(
            "expected a floor up to the cap `{cap}`, found `{floor}`",
            cap = written(cap),
            floor = written(floor)
        );
        reader.error(Code::WrongOrder, &path.field("floor"), message);
    }
    Bounds { floor, cap }
}

/// Notes the second of two equal ids.
pub fn unique<'i>(reader: &mut Reader, ids: impl Iterator<Item = (&'i str, String)>) {
    let mut seen = BTreeMap::new();
    for (id, place) in ids {
        if seen.insert(id.to_owned(), 0_usize).is_some() && !id.is_empty() {
            reader.error(Code::DuplicateId, &Path::Root(&place), format!("expected a unique id, found `{id}` again"));
        }
    }
}

pub fn texts(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<String>> {
    let items = reader.list(value, path)?;
    if items.is_empty() {
        reader.error(Code::InvalidValue, path, "expected at least one text, found an empty list");
    }
    items.iter().enumerate().map(|(index, item)| reader.text(item, &path.item(index))).collect()
}
