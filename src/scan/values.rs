//! Lists and nested values at slots: element by element where that is all that matters, and whole where it is not.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Expected, Fault, Scan};
use crate::intake::Intake;
use crate::limits::FACT_TEXT_BYTES;
use crate::order::places;
use crate::program::NONE;
use crate::value::Value;

impl Scan<'_> {
    /// A list at a slot: element by element where that is all that matters.
    pub(super) fn list(&mut self, slot: usize) -> Result<(), Fault> {
        let start = self.at;
        if self.sheet.slots.get(slot).is_none_or(|asked| asked.whole) {
            return self.values(slot);
        }
        let mut more = self.enter(b']')?;
        self.intake.list_start(self.sheet, slot);
        while more {
            match self.peek() {
                b'"' => {
                    let row = self.row(slot)?;
                    if Intake::is_volatile(row) {
                        self.at = start; // there is room for one such row, and the list is in it
                        return self.values(slot);
                    }
                    self.intake.list_row(self.sheet, slot, row as usize);
                }
                b't' | b'f' => {
                    let row = self.word()?;
                    self.intake.list_row(self.sheet, slot, row as usize);
                }
                b'{' | b'[' | b'n' => {
                    self.at = start;
                    return self.values(slot);
                }
                _ => {
                    let number = self.number()?;
                    self.intake.list_number(self.sheet, slot, number);
                }
            }
            more = self.another(b']')?;
        }
        let row = self.intake.list_end(self.sheet, slot);
        self.put(slot, row);
        Ok(())
    }

    /// The value that comes next, for a slot.
    fn values(&mut self, slot: usize) -> Result<(), Fault> {
        let start = self.at;
        let value = self.value()?;
        self.found(slot, &value, &[], start)
    }

    fn found(&mut self, slot: usize, value: &Value, path: &[String], at: usize) -> Result<(), Fault> {
        let mut found = Vec::new();
        value.reach(path, &mut found);
        match found.as_slice() {
            [] => self.put(slot, 0),
            [Value::Number(number)] => self.intake.put_number(slot, *number),
            [Value::Boolean(answer)] => self.put(slot, 1 + i32::from(*answer)),
            found => match self.intake.values_found(self.sheet, slot, found) {
                row @ 0.. => self.put(slot, row),
                _ => return Err((at, Expected::ShortText)),
            },
        }
        Ok(())
    }

    /// A value in which paths go on through lists, or that is asked for as a whole too.
    pub(super) fn whole(&mut self, place: usize) -> Result<(), Fault> {
        let start = self.at;
        let value = self.value()?;
        let mut left = vec![(place, Vec::new())];
        while let Some((place, path)) = left.pop() {
            let Some(node) = self.scanner.nodes.get(place) else { continue };
            let slot = node.slot;
            for &child in &node.children {
                let mut path = path.clone();
                path.extend(self.scanner.nodes.get(child).map(|node| node.key.clone()));
                left.push((child, path));
            }
            if slot != NONE {
                self.found(slot as usize, &value, &path, start)?;
            }
        }
        Ok(())
    }

    /// Any value, as it is.
    fn value(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            b'"' => {
                let quoted = self.quoted()?;
                let mut text = String::new();
                self.unescape(&quoted, &mut text)?;
                if text.len() > FACT_TEXT_BYTES {
                    return Err((quoted.start, Expected::ShortText));
                }
                Ok(Value::Text(text))
            }
            b'[' => {
                let mut items = Vec::new();
                let mut more = self.enter(b']')?;
                self.depth += 1;
                while more {
                    items.push(self.value()?);
                    more = self.another(b']')?;
                }
                self.depth -= 1;
                Ok(Value::List(items))
            }
            b'{' => {
                let mut entries: Vec<(String, Value)> = Vec::new();
                let mut more = self.enter(b'}')?;
                self.depth += 1;
                while more {
                    let quoted = self.quoted()?;
                    let mut key = String::new();
                    self.unescape(&quoted, &mut key)?;
                    self.pass(b':')?;
                    let value = self.value()?;
                    entries.push((key, value));
                    more = self.another(b'}')?;
                }
                self.depth -= 1;
                Ok(Value::Object(last_of_each(entries)))
            }
            b't' | b'f' | b'n' => Ok(match self.word()? {
                0 => Value::Null,
                row => Value::Boolean(row == 2),
            }),
            _ => self.number().map(Value::Number),
        }
    }
}

/// Of entries with the same key the last.
fn last_of_each(mut entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let key = |place: usize| entries.get(place).map(|(key, _)| key.as_str());
    let sorted = places(entries.len(), &|a, b| key(a).cmp(&key(b)));
    let mut last = vec![true; entries.len()];
    for pair in sorted.windows(2) {
        if let [one, other] = pair
            && key(*one) == key(*other)
            && let Some(last) = last.get_mut(*one)
        {
            *last = false;
        }
    }
    let mut last = last.into_iter();
    entries.retain(|_| last.next().unwrap_or(true));
    entries
}
