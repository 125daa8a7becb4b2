//! Conditions: on facts and event properties by their vocabulary, on results by places that are filled in later.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::vocabulary::{Kind, TEXTS, Vocabulary, number, scalar, text};

/// A condition on the paths of a vocabulary.
pub fn condition(vocabulary: Vocabulary) -> BoxedStrategy<Value> {
    nested(
        select(vocabulary)
            .prop_flat_map(|(path, kind)| operators(kind).prop_map(move |o| (path.to_owned(), o)))
            .boxed(),
    )
}

/// A condition on the result. Its paths name things by number, such as `groups.7`: `models` makes ids of them.
pub fn on_result() -> BoxedStrategy<Value> {
    let numbered = |kind: &'static str| (0..20_u8).prop_map(move |index| format!("{kind}.{index}")).boxed();
    let of_number = prop_oneof![
        3 => Just("total".to_owned()),
        1 => Just("coverage".to_owned()),
        2 => numbered("dimensions"),
        2 => numbered("groups"),
        2 => numbered("rules"),
        2 => numbered("counts"),
    ];
    let threshold = prop_oneof![number(), (-10..60_i32).prop_map(|n| json!(n)), Just(json!(0.5))].boxed();
    let facts = select(super::vocabulary::ATTRIBUTES);
    nested(
        prop_oneof![
            6 => (of_number, comparison(threshold)),
            2 => (numbered("labels"), select(&["high", "mid", "low"][..]).prop_map(|label| json!(label))),
            1 => (Just("grade".to_owned()), select(&["A", "B", "highmid", "top"][..]).prop_map(|grade| json!(grade))),
            1 => (Just("grade".to_owned()), any::<bool>().prop_map(|known| json!({ "$exists": known }))),
            1 => (Just("status".to_owned()), select(&["scored", "disqualified"][..]).prop_map(|status| json!(status))),
            2 => facts.prop_flat_map(|(path, kind)| (Just(format!("facts.{path}")), operators(kind))),
        ]
        .boxed(),
    )
}

/// Parts joined by being in one object, and by `$and`, `$or`, `$nor`, `$not`.
fn nested(part: BoxedStrategy<(String, Value)>) -> BoxedStrategy<Value> {
    let object = prop::collection::vec(part, 1..3).prop_map(|parts| Value::Object(parts.into_iter().collect()));
    object
        .prop_recursive(3, 10, 3, |inner| {
            let list = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                (select(&["$and", "$or", "$nor"][..]), list).prop_map(|(join, list)| json!({ join: list })),
                inner.prop_map(|condition| json!({ "$not": condition })),
            ]
        })
        .boxed()
}

/// The operators that make sense on an attribute of this kind, and now and then one that does not.
pub fn operators(kind: Kind) -> BoxedStrategy<Value> {
    let exists = any::<bool>().prop_map(|known| json!({ "$exists": known })).boxed();
    let fitting = match kind {
        Kind::Number | Kind::Integer | Kind::Date => comparison(kind.value()),
        Kind::Boolean => equality(kind.value()),
        Kind::Text => prop_oneof![1 => comparison(text().boxed()), 1 => on_text()].boxed(),
        Kind::List => on_list(),
    };
    let plain = prop_oneof![6 => fitting, 2 => exists, 1 => equality(scalar().boxed())].boxed();
    prop_oneof![
        8 => plain.clone(),
        1 => plain.prop_filter_map("`$not` takes operators", |inner| inner.is_object().then(|| json!({ "$not": inner }))),
    ]
    .boxed()
}

fn equality(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![
        value.clone().prop_filter("null is no value", |value| !value.is_null()),
        value.clone().prop_map(|value| json!({ "$eq": value })),
        value.clone().prop_map(|value| json!({ "$ne": value })),
        (select(&["$in", "$nin"][..]), prop::collection::vec(value, 0..4)).prop_map(|(o, list)| json!({ o: list })),
    ]
    .boxed()
}

fn comparison(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let orders = subsequence(vec!["$gt", "$gte", "$lt", "$lte"], 1..3);
    let ordered = (orders, value.clone(), value.clone()).prop_map(|(orders, first, second)| {
        let operators: Map<String, Value> =
            orders.iter().zip([first, second]).map(|(order, value)| ((*order).to_owned(), value)).collect();
        Value::Object(operators)
    });
    prop_oneof![3 => ordered, 2 => equality(value)].boxed()
}

fn on_text() -> BoxedStrategy<Value> {
    let part = select(&["R", "r", "pricing", "t", "é", "É", ""][..]).prop_map(|part| json!(part)).boxed();
    let shape =
        select(&["*", "?R", "a*", "*page", "a\\*b", "[FB]*", "*t?", "É*", ""][..]).prop_map(|s| json!(s)).boxed();
    let one_or_more = |text: BoxedStrategy<Value>| {
        prop_oneof![text.clone(), prop::collection::vec(text, 1..3).prop_map(Value::Array)].boxed()
    };
    let fold = prop::option::of(select(&["case", "accents", "all"][..]));
    let operator = prop_oneof![
        (select(&["$contains", "$startsWith", "$endsWith"][..]), one_or_more(part)),
        (Just("$glob"), one_or_more(shape)),
        (select(&["$eq", "$ne", "$gte", "$lt"][..]), select(TEXTS).prop_map(|text| json!(text)).boxed()),
        (select(&["$in", "$nin"][..]), prop::collection::vec(text(), 0..4).prop_map(Value::Array).boxed()),
    ];
    (operator, fold)
        .prop_map(|((operator, operand), fold)| match fold {
            None => json!({ operator: operand }),
            Some(fold) => json!({ operator: operand, "$fold": fold }),
        })
        .boxed()
}

fn on_list() -> BoxedStrategy<Value> {
    let element = prop_oneof![comparison(number().boxed()), on_text()]
        .prop_filter("`$elemMatch` takes operators", |operators| operators.is_object());
    prop_oneof![
        2 => prop::collection::vec(scalar(), 0..3).prop_map(|list| json!({ "$all": list })),
        1 => (0..3_u8).prop_map(|size| json!({ "$size": size })),
        2 => element.prop_map(|operators| json!({ "$elemMatch": operators })),
        2 => equality(scalar().boxed()),
        1 => on_text(),
        1 => prop::collection::vec(scalar(), 0..3).prop_map(|list| json!({ "$eq": list })),
        1 => comparison(number().boxed()),
    ]
    .boxed()
}
