//! From values to JSON text; numbers as `written` writes them for people, which is enough for places and counts.

use crate::value::{Value, written};

/// The JSON text of a value.
pub fn json(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Boolean(true) => text.push_str("true"),
        Value::Boolean(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(&written(*number).to_string()),
        Value::Text(letters) => write_text(letters, text),
        Value::List(items) => {
            for (place, item) in items.iter().enumerate() {
                text.push(if place == 0 { '[' } else { ',' });
                write(item, text);
            }
            text.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(entries) => {
            for (place, (name, entry)) in entries.iter().enumerate() {
                text.push(if place == 0 { '{' } else { ',' });
                write_text(name, text);
                text.push(':');
                write(entry, text);
            }
            text.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
    }
}

fn write_text(letters: &str, text: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    text.push('"');
    for letter in letters.chars() {
        match letter {
            '"' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            '\0'..='\x1f' => {
                text.push_str("\\u00");
                for digit in [letter as usize >> 4, letter as usize & 15] {
                    text.push(HEX.get(digit).map_or('0', |digit| char::from(*digit)));
                }
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_it_was() {
        for text in [r#"{"a":[1,null,true,{"b":"é\"\\\u000a"}],"c":[],"d":{}}"#, "-2.5", r#""""#] {
            assert_eq!(json(&Value::parse(text).unwrap()), text);
        }
    }
}
