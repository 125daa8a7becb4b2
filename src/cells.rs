//! Values that stand for all others: for each set of answers that an attribute can give, one value that gives it.
//!
//! `explain` tries them in place of what is unknown (bounds) or could be changed (counterfactuals). Scoring never does.

use crate::condition::{Fold, Scalar, Shape, Test};
use crate::limits::{CELLS, CELLS_TRIED as TRIED};
use crate::model::Attribute;
use crate::order::{distinct, sort};
use crate::program::{Question, Sheet, Slot};
use crate::value::{Type, Value};

/// Works out the cells of every slot, by what is declared of it; what they stand for.
pub fn fill(sheet: &mut Sheet, declared: &[&Attribute]) -> Vec<Vec<Value>> {
    let mut cells = Vec::new();
    // What reads the result has no path: it is never unknown for want of a fact.
    for slot in sheet.slots.iter_mut().filter(|slot| !slot.path.is_empty()) {
        let declared = declared.iter().find(|attribute| attribute.path == slot.path);
        cells.push(fill_slot(slot, declared.copied()));
    }
    cells
}

fn fill_slot(slot: &mut Slot, declared: Option<&Attribute>) -> Vec<Value> {
    let mut marks = Marks::default();
    for question in &slot.questions {
        if let Question::Test(test) = question {
            marks.of_test(test);
        }
    }
    distinct(&mut marks.texts);
    let (values, complete) = match declared {
        None => (marks.of_any_type(), false),
        Some(attribute) => match attribute.kind {
            Type::Number | Type::Integer => (marks.numbers_within(attribute), !marks.list_wide),
            Type::Date => (marks.numbers_between(), !marks.list_wide),
            Type::Boolean => (vec![Value::Boolean(true), Value::Boolean(false)], true),
            Type::Text => (marks.texts_among(attribute), attribute.values.is_some() || !marks.shaped),
            Type::List => marks.lists(attribute),
        },
    };
    let mut cells: Vec<Value> = Vec::new();
    slot.complete = complete && values.len() <= TRIED;
    for value in values.into_iter().take(TRIED) {
        let row = slot.ask(&[&value]);
        if (0..cells.len()).all(|cell| slot.cell(cell) != row) {
            slot.cells.extend(row);
            cells.push(value);
        }
        if cells.len() == CELLS {
            slot.complete = false;
            break;
        }
    }
    cells
}

/// Where answers change: the values that the questions of one attribute name.
#[derive(Default)]
struct Marks {
    numbers: Vec<f64>,
    texts: Vec<String>,
    /// Texts are looked at for their shape or order, so that no list of values can be complete.
    shaped: bool,
    /// Lists are looked at as a whole.
    list_wide: bool,
    sizes: Vec<usize>,
}

impl Marks {
    fn of_test(&mut self, test: &Test) {
        match test {
            Test::Exists => {}
            Test::OneOf(listed, fold) => {
                listed.scalars().for_each(|scalar| self.of_scalar(&scalar));
                self.shaped |= *fold != Fold::Nothing;
            }
            Test::Compare(_, bound, _) => {
                self.of_scalar(bound);
                if let Scalar::Text(text) = bound {
                    self.texts.push(format!("{text}!"));
                    self.texts.push(String::new());
                    self.shaped = true;
                }
            }
            Test::Text(shapes, _) => {
                self.shaped = true;
                shapes.iter().for_each(|shape| self.of_shape(shape));
            }
            Test::Size(size) => {
                self.sizes.push(*size);
                self.list_wide = true;
            }
            Test::Whole(list) => {
                list.iter().for_each(|scalar| self.of_scalar(scalar));
                self.list_wide = true;
            }
            Test::Element(condition) => {
                condition.each(&mut |_, test| self.of_test(test));
                self.list_wide = true;
            }
        }
    }

    fn of_scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Number(number) => self.numbers.push(*number),
            Scalar::Text(text) => {
                self.texts.push(text.clone());
            }
            Scalar::Boolean(_) => {}
        }
    }

    fn of_shape(&mut self, shape: &Shape) {
        self.texts.push(match shape {
            Shape::Contains(part) | Shape::Start(part) | Shape::End(part) => part.clone(),
            Shape::Glob(glob) => glob.shortest(),
        });
    }

    /// Every number named, one between each two, one below and one above.
    fn numbers_between(&mut self) -> Vec<Value> {
        sort(&mut self.numbers, f64::total_cmp);
        self.numbers.dedup();
        let mut values = Vec::new();
        let mut last = None;
        for &number in &self.numbers {
            values.push(last.map_or(number - 1.0, |last: f64| last + (number - last) / 2.0));
            values.push(number);
            last = Some(number);
        }
        values.push(last.map_or(0.0, |last| last + 1.0));
        values.into_iter().map(Value::Number).collect()
    }

    /// The same for a declared attribute: whole where it is an integer, within its limits.
    fn numbers_within(&mut self, attribute: &Attribute) -> Vec<Value> {
        self.numbers.extend(attribute.min);
        self.numbers.extend(attribute.max);
        if attribute.kind == Type::Integer {
            let near = |number: &f64| [libm::floor(*number), libm::ceil(*number), number + 1.0, number - 1.0];
            let whole: Vec<f64> = self.numbers.iter().flat_map(near).collect();
            self.numbers = whole;
        }
        let mut values = self.numbers_between();
        values.retain(|value| match value {
            Value::Number(number) => {
                attribute.min.is_none_or(|min| *number >= min)
                    && attribute.max.is_none_or(|max| *number <= max)
                    && (attribute.kind != Type::Integer || libm::floor(*number) == *number)
            }
            _ => true,
        });
        values
    }

    /// The declared texts, or those named, joined by twos, and one that nothing names.
    fn texts_among(&self, attribute: &Attribute) -> Vec<Value> {
        match &attribute.values {
            Some(values) => values.iter().cloned().map(Value::Text).collect(),
            None => self.texts_named(),
        }
    }

    fn texts_named(&self) -> Vec<Value> {
        let mut values = vec![self.other_text()];
        values.extend(self.texts.iter().cloned().map(Value::Text));
        if self.shaped {
            for first in &self.texts {
                values.extend(self.texts.iter().map(|second| Value::Text(format!("{first} {second}"))).take(TRIED));
                if values.len() > TRIED {
                    break;
                }
            }
        }
        values
    }

    fn other_text(&self) -> Value {
        let mut other = "other".to_owned();
        while self.texts.contains(&other) {
            other.push('…');
        }
        Value::Text(other)
    }

    /// Lists of none, one, several and all of the values named.
    fn lists(&mut self, attribute: &Attribute) -> (Vec<Value>, bool) {
        let mut elements = match &attribute.values {
            Some(values) => values.iter().cloned().map(Value::Text).collect(),
            None => self.texts_named(),
        };
        if !self.numbers.is_empty() {
            elements.extend(self.numbers_between());
        }
        let mut lists = vec![Value::List(Vec::new())];
        for element in &elements {
            if lists.len() * 2 > CELLS {
                break;
            }
            let longer: Vec<Value> = lists
                .iter()
                .filter_map(|list| match list {
                    Value::List(items) => Some(Value::List(items.iter().chain([element]).cloned().collect())),
                    _ => None,
                })
                .collect();
            lists.extend(longer);
        }
        let all_subsets = lists.len() == 1 << elements.len().min(32);
        if !all_subsets {
            lists.extend(elements.iter().map(|element| Value::List(vec![element.clone()])));
            lists.push(Value::List(elements));
        }
        let filler = self.other_text();
        lists.extend(self.sizes.iter().take(8).map(|size| Value::List(vec![filler.clone(); (*size).min(CELLS)])));
        (lists, all_subsets && !self.list_wide && (!self.shaped || attribute.values.is_some()))
    }

    fn of_any_type(&mut self) -> Vec<Value> {
        let mut values = self.numbers_between();
        values.extend(self.texts_named());
        values.extend([Value::Boolean(true), Value::Boolean(false), Value::List(Vec::new())]);
        values
    }
}
