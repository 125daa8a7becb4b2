//! Valid models that use every feature. They are generated without ids; `named` gives them, and fills in what
//! refers to them, so that a model stays valid while proptest shrinks it.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::conditions::{condition, on_result};
use super::vocabulary::{ATTRIBUTES, EVENT_TYPES, Kind, PROPERTIES, PURPOSES, TEXTS, Vocabulary};

const DIMENSIONS: &[&str] = &["fit", "engagement", "intent"];
const LABELS: &[&str] = &["high", "mid", "low"];
const LETTERS: &[&str] = &["F", "D", "C", "B", "A"];

type Field = Option<Value>;

/// A model that shows as JSON, to be copied from a failure into a case.
#[derive(Clone)]
pub struct Model(Value);

impl std::ops::Deref for Model {
    type Target = Value;
    fn deref(&self) -> &Value {
        &self.0
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A valid model.
pub fn model() -> impl Strategy<Value = Model> {
    let head = (
        declared(ATTRIBUTES, true),
        rarely(events()),
        rarely(select(&["zero", "neutral", "required"][..]).prop_map(|policy| json!(policy))),
        rarely((0..4_u8).prop_map(|decimals| json!(decimals))),
    );
    let body = (prop::collection::vec(dimension(), 1..=3), prop::option::of(total()), rarely(grade()));
    let tail = (
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(stage(), 1..4)],
        few(flag()),
        few(flag()),
        few(forced()),
        few(route()),
    );
    (head, body, tail).prop_map(|((attributes, events, missing, decimals), (dimensions, total, grade), tail)| {
        let (stages, exclusions, disqualifiers, overrides, routes) = tail;
        let list = |list: Vec<Value>| (!list.is_empty()).then_some(Value::Array(list));
        Model(named(object([
            ("format", Some(json!(1))),
            ("id", Some(json!("generated"))),
            ("attributes", Some(attributes)),
            ("events", events),
            ("missing", missing),
            ("decimals", decimals),
            ("dimensions", Some(Value::Array(dimensions))),
            ("total", total),
            ("grade", grade),
            ("stages", list(stages)),
            ("exclusions", list(exclusions)),
            ("disqualifiers", list(disqualifiers)),
            ("overrides", list(overrides)),
            ("routes", list(routes)),
        ])))
    })
}

fn declared(vocabulary: Vocabulary, may_be_required: bool) -> impl Strategy<Value = Value> {
    let each: Vec<_> = vocabulary
        .iter()
        .map(|(path, kind)| {
            let values = match kind {
                Kind::Text | Kind::List => rarely(subsequence(TEXTS.to_vec(), 1..5).prop_map(|texts| json!(texts))),
                _ => Just(None).boxed(),
            };
            let limits = match kind {
                Kind::Number | Kind::Integer => {
                    rarely((-5..5_i32, 20..200_i32).prop_map(|(min, max)| json!([min, max])))
                }
                _ => Just(None).boxed(),
            };
            let required = prop::bool::weighted(if may_be_required { 0.03 } else { 0.0 });
            let declaration = (values, limits, required).prop_map(|(values, limits, required)| {
                object([
                    ("type", Some(json!(kind.name()))),
                    ("values", values),
                    ("min", limits.as_ref().map(|limits| limits[0].clone())),
                    ("max", limits.as_ref().map(|limits| limits[1].clone())),
                    ("required", required.then_some(json!(true))),
                ])
            });
            (Just((*path).to_owned()), prop::option::weighted(0.8, declaration))
        })
        .collect();
    each.prop_map(|each| each.into_iter().filter_map(|(path, declaration)| Some((path, declaration?))).collect())
}

fn events() -> impl Strategy<Value = Value> {
    let kind = (rarely(select(PURPOSES).prop_map(|purpose| json!(purpose))), rarely(declared(PROPERTIES, false)))
        .prop_map(|(purpose, properties)| object([("purpose", purpose), ("properties", properties)]));
    let each: Vec<_> = EVENT_TYPES.iter().map(|name| (Just((*name).to_owned()), kind.clone())).collect();
    each.prop_map(|each| each.into_iter().collect())
}

fn dimension() -> impl Strategy<Value = Value> {
    (
        rarely(weight()),
        prop::bool::weighted(0.25),
        bounds(),
        prop::option::of(labels()),
        prop::collection::vec(group(), 1..=3),
    )
        .prop_map(|(weight, normalise, (floor, cap), labels, groups)| {
            object([
                ("weight", weight),
                ("normalise", normalise.then_some(json!(true))),
                ("floor", floor),
                ("cap", cap),
                ("labels", labels),
                ("groups", Some(Value::Array(groups))),
            ])
        })
}

fn group() -> impl Strategy<Value = Value> {
    let missing = select(&["zero", "neutral", "neutral", "required"][..]).prop_map(|policy| json!(policy));
    let rule = prop_oneof![3 => on_facts(), 2 => by_bands(), 4 => on_events(), 2 => by_frequency()];
    (
        rarely(weight()),
        bounds(),
        prop::option::weighted(0.15, missing),
        rarely(decay()),
        prop::collection::vec(rule, 1..=4),
    )
        .prop_map(|(weight, (floor, cap), missing, decay, rules)| {
            object([
                ("weight", weight),
                ("floor", floor),
                ("cap", cap),
                ("missing", missing),
                ("decay", decay),
                ("rules", Some(Value::Array(rules))),
            ])
        })
}

fn on_facts() -> BoxedStrategy<Value> {
    (prop::option::weighted(0.9, condition(ATTRIBUTES)), points(), rarely(points()), bounds())
        .prop_map(|(when, points, otherwise, (floor, cap))| {
            object([
                ("otherwise", otherwise.filter(|_| when.is_some())),
                ("when", when),
                ("points", Some(points)),
                ("floor", floor),
                ("cap", cap),
            ])
        })
        .boxed()
}

fn by_bands() -> BoxedStrategy<Value> {
    (rarely(condition(ATTRIBUTES)), select(ATTRIBUTES), bounds())
        .prop_flat_map(|(when, (path, kind), (floor, cap))| {
            prop::collection::vec(band(kind), 1..4).prop_map(move |mut bands| {
                let last = bands.len() - 1;
                let open = |band: &Value| band.as_object().is_some_and(|fields| fields.len() == 1);
                let mut index = 0;
                bands.retain(|band| {
                    index += 1;
                    !open(band) || index > last // everything else comes last
                });
                object([
                    ("when", when.clone()),
                    ("attribute", Some(json!(path))),
                    ("bands", (!bands.is_empty()).then_some(Value::Array(bands))),
                    ("floor", floor.clone()),
                    ("cap", cap.clone()),
                ])
            })
        })
        .prop_filter("bands are needed", |rule| rule.get("bands").is_some())
        .boxed()
}

fn band(kind: Kind) -> BoxedStrategy<Value> {
    let open = points().prop_map(|points| json!({ "points": points })).boxed();
    let is = match kind {
        Kind::List => super::vocabulary::scalar().boxed(),
        kind => kind.value(),
    };
    let is = prop_oneof![is.clone(), prop::collection::vec(is, 1..3).prop_map(Value::Array)];
    let is = (is, points()).prop_map(|(is, points)| json!({ "is": is, "points": points })).boxed();
    if !matches!(kind, Kind::Number | Kind::Integer) {
        return prop_oneof![4 => is, 1 => open].boxed();
    }
    let range =
        (0..60_i32, 0..60_i32, any::<(bool, bool)>(), 0..3_u8, points()).prop_map(|(a, b, ends, sides, points)| {
            let (low, high) = (a.min(b), a.max(b) + 1);
            object([
                (if ends.0 { "from" } else { "above" }, (sides != 1).then_some(json!(low))),
                (if ends.1 { "to" } else { "below" }, (sides != 2).then_some(json!(high))),
                ("points", Some(points)),
            ])
        });
    prop_oneof![5 => range, 1 => is, 1 => open].boxed()
}

fn on_events() -> BoxedStrategy<Value> {
    let by_property = (select(&["seconds", "paid", "nothing"][..]), prop::option::of(1..100_i32))
        .prop_map(|(property, max)| object([("property", Some(json!(property))), ("max", max.map(|max| json!(max)))]));
    (
        counting(),
        points(),
        prop_oneof![6 => Just(None), 1 => multiplier().prop_map(Some), 1 => by_property.prop_map(Some)],
        rarely(decay()),
        bounds(),
    )
        .prop_map(|(counting, points, multiplier, decay, (floor, cap))| {
            merged(
                counting,
                object([
                    ("points", Some(points)),
                    ("multiplier", multiplier),
                    ("decay", decay),
                    ("floor", floor),
                    ("cap", cap),
                ]),
            )
        })
        .boxed()
}

fn by_frequency() -> BoxedStrategy<Value> {
    let times = prop_oneof![
        (0..4_u8).prop_map(|n| ("atLeast", json!(n))),
        (0..3_u8).prop_map(|n| ("exactly", json!(n))),
        (0..3_u8, 0..3_u8).prop_map(|(low, more)| ("between", json!([low, low + more]))),
    ];
    let band = (times, rarely(duration()), points()).prop_map(|((field, times), within, points)| {
        object([(field, Some(times)), ("within", within), ("points", Some(points))])
    });
    (counting(), prop::collection::vec(band, 1..4), bounds())
        .prop_map(|(counting, bands, (floor, cap))| {
            merged(counting, object([("frequency", Some(Value::Array(bands))), ("floor", floor), ("cap", cap)]))
        })
        .boxed()
}

/// What all event rules share: which events they count.
fn counting() -> impl Strategy<Value = Value> {
    let per = prop_oneof![2 => duration(), 1 => Just(json!("session")), 1 => Just(json!("ever"))];
    let keep = rarely(select(&["earliest", "latest"][..]));
    let limit = (1..4_u8, per, keep).prop_map(|(n, per, keep)| {
        object([("n", Some(json!(n))), ("per", Some(per)), ("keep", keep.map(|keep| json!(keep)))])
    });
    let limits = prop_oneof![3 => limit.clone(), 1 => prop::collection::vec(limit, 1..3).prop_map(Value::Array)];
    (on(), rarely(condition(PROPERTIES)), rarely(duration()), rarely(limits)).prop_map(|(on, when, window, limit)| {
        object([("on", Some(on)), ("when", when), ("window", window), ("limit", limit)])
    })
}

fn on() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => select(EVENT_TYPES).prop_map(|kind| json!(kind)),
        1 => subsequence(EVENT_TYPES.to_vec(), 1..3).prop_map(|kinds| json!(kinds)),
    ]
}

fn decay() -> BoxedStrategy<Value> {
    let share = || select(&[0.1, 0.25, 0.5, 1.0][..]).prop_map(|share| json!(share));
    let shape = prop_oneof![
        1 => Just(json!({ "kind": "none" })),
        2 => duration().prop_map(|after| json!({ "kind": "expire", "after": after })),
        3 => (select(&["linear", "step"][..]), share(), duration())
            .prop_map(|(kind, lose, every)| json!({ "kind": kind, "lose": lose, "every": every })),
        3 => duration().prop_map(|half_life| json!({ "kind": "exponential", "halfLife": half_life })),
    ];
    (shape, rarely(duration()), rarely(share()))
        .prop_map(|(shape, grace, residual)| match shape["kind"] == json!("none") {
            true => shape,
            false => merged(shape, object([("grace", grace), ("residual", residual)])),
        })
        .boxed()
}

fn total() -> impl Strategy<Value = Value> {
    let combine = rarely(select(&["sum", "mean", "max"][..]).prop_map(|combine| json!(combine)));
    (combine, bounds(), prop::option::of(labels())).prop_map(|(combine, (floor, cap), labels)| {
        object([("combine", combine), ("floor", floor), ("cap", cap), ("labels", labels)])
    })
}

/// From high to low; the last may have no `from`.
fn labels() -> impl Strategy<Value = Value> {
    let step = (1..15_i32, prop::option::weighted(0.4, 1..20_i32));
    (-15..10_i32, prop::collection::vec(step, 1..=3), any::<bool>()).prop_map(|(lowest, steps, open)| {
        let mut from = lowest;
        let mut labels: Vec<Value> = steps
            .iter()
            .map(|(step, keep)| {
                from += step;
                object([("from", Some(json!(from))), ("keep", keep.map(|less| json!(from - less)))])
            })
            .collect();
        if open {
            labels[0] = json!({});
        }
        labels.reverse();
        Value::Array(labels)
    })
}

fn grade() -> impl Strategy<Value = Value> {
    let side = || (0..4_u8).prop_map(|index| json!(format!("labels.{index}")));
    prop_oneof![
        (subsequence(LETTERS.to_vec(), 1..=5), any::<prop::sample::Index>(), 0..3_u8).prop_map(|(letters, start, place)| {
            let start = letters[start.index(letters.len())];
            json!({ "ladder": { "letters": letters, "start": start, "dimension": format!("dimensions.{place}") } })
        }),
        (side(), side(), any::<bool>()).prop_map(|(rows, columns, cells)| {
            json!({ "matrix": object([("rows", Some(rows)), ("columns", Some(columns)), ("cells", cells.then_some(json!({})))]) })
        }),
    ]
}

fn stage() -> impl Strategy<Value = Value> {
    (on_result(), rarely(on_result())).prop_map(|(when, keep)| object([("when", Some(when)), ("keep", keep)]))
}

fn flag() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => condition(ATTRIBUTES).prop_map(|when| json!({ "when": { "$and": [when, { "company.country": "BE" }] } })),
        1 => (on(), condition(PROPERTIES)).prop_map(|(on, when)| json!({ "on": on, "when": when, "reason": "no" })),
    ]
}

fn forced() -> impl Strategy<Value = Value> {
    (on_result(), any::<bool>(), 0..3_u8).prop_map(|(when, grade, stage)| {
        object([
            ("when", Some(when)),
            ("grade", grade.then_some(json!("top"))),
            ("stage", (!grade).then_some(json!(stage))),
            ("reason", Some(json!({ "en": "because", "fr": "parce que" }))),
        ])
    })
}

fn route() -> impl Strategy<Value = Value> {
    (rarely(on_result()), rarely((0..3_u8).prop_map(|stage| json!(stage)))).prop_map(|(when, stage)| {
        let on_stage = stage.map(|stage| json!({ "stage": stage }));
        object([("when", when.or(on_stage)), ("queue", Some(json!("sales"))), ("action", Some(json!("call")))])
    })
}

fn points() -> BoxedStrategy<Value> {
    select(&[1.0, 2.0, 5.0, 10.0, -5.0, 2.5, -0.1, 33.3, 0.0][..]).prop_map(|points| json!(points)).boxed()
}

fn weight() -> BoxedStrategy<Value> {
    select(&[1.0, 2.0, 0.5, 0.0][..]).prop_map(|weight| json!(weight)).boxed()
}

fn multiplier() -> BoxedStrategy<Value> {
    select(&[2.0, 0.5, 0.0][..]).prop_map(|multiplier| json!(multiplier)).boxed()
}

fn duration() -> BoxedStrategy<Value> {
    select(&["1d", "7d", "12h", "30d", "2w", "90s", "15m"][..]).prop_map(|duration| json!(duration)).boxed()
}

fn bounds() -> BoxedStrategy<(Field, Field)> {
    let floor = select(&[0.0, -10.0, 2.0][..]).prop_map(|floor| json!(floor));
    let cap = select(&[20.0, 7.5, 3.0][..]).prop_map(|cap| json!(cap));
    (rarely(floor), rarely(cap)).boxed()
}

fn rarely<T: std::fmt::Debug + Clone>(strategy: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<T>> {
    prop::option::weighted(0.2, strategy).boxed()
}

fn few(strategy: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Vec<Value>> {
    prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(strategy, 1..3)].boxed()
}

fn object<const N: usize>(fields: [(&str, Field); N]) -> Value {
    Value::Object(fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

fn merged(first: Value, second: Value) -> Value {
    let fields = [first, second].into_iter().filter_map(|object| object.as_object().cloned()).flatten();
    Value::Object(fields.collect())
}

/// What there is to refer to in a model.
#[derive(Default)]
struct Names {
    dimensions: Vec<String>,
    groups: Vec<String>,
    rules: Vec<String>,
    labelled: Vec<String>,
    stages: Vec<String>,
}

impl Names {
    fn pick<'n>(names: &'n [String], number: &str) -> Option<&'n str> {
        let number: usize = number.parse().ok()?;
        names.get(number.checked_rem(names.len())?).map(String::as_str)
    }

    /// `groups.7` with the id of a group that there is; `total` when there is nothing of its kind.
    fn path(&self, numbered: &str) -> Option<String> {
        let (kind, number) = numbered.split_once('.')?;
        let names = match kind {
            "dimensions" => &self.dimensions,
            "groups" => &self.groups,
            "rules" | "counts" => &self.rules,
            "labels" => &self.labelled,
            _ => return None,
        };
        Some(Names::pick(names, number).map_or("grade".to_owned(), |name| format!("{kind}.{name}")))
    }

    fn condition(&self, condition: &Value) -> Value {
        match condition {
            Value::Array(list) => list.iter().map(|condition| self.condition(condition)).collect(),
            Value::Object(parts) => {
                let named: Map<String, Value> = parts
                    .iter()
                    .map(|(key, operand)| match key.as_str() {
                        "$and" | "$or" | "$nor" | "$not" => (key.clone(), self.condition(operand)),
                        "stage" => {
                            let stage = Names::pick(&self.stages, &operand.to_string()).unwrap_or("s0");
                            (key.clone(), json!(stage))
                        }
                        path => (self.path(path).unwrap_or_else(|| path.to_owned()), operand.clone()),
                    })
                    .collect();
                Value::Object(named)
            }
            other => other.clone(),
        }
    }
}

/// Gives ids to what has none, turns numbers into the ids they mean, and drops what refers to nothing.
fn named(mut model: Value) -> Value {
    let mut names = Names::default();
    for (dimension, id) in list(&mut model, "dimensions").zip(DIMENSIONS) {
        dimension["id"] = json!(id);
        names.dimensions.push((*id).to_owned());
        if name_labels(dimension) {
            names.labelled.push((*id).to_owned());
        }
        let normalise = dimension["normalise"] == json!(true);
        for group in list(dimension, "groups") {
            let id = format!("g{}", names.groups.len());
            group["id"] = json!(id);
            names.groups.push(id);
            if normalise && group.get("cap").is_none() {
                group["cap"] = json!(15);
            }
            for rule in list(group, "rules") {
                let id = format!("r{}", names.rules.len());
                rule["id"] = json!(id);
                names.rules.push(id);
            }
        }
    }
    if model.get("total").is_some() && name_labels(&mut model["total"]) {
        names.labelled.push("total".to_owned());
    }
    if model["total"]["combine"] == json!("mean") {
        model["dimensions"][0]["weight"] = json!(1); // a mean of nothing but zeros is no mean
    }
    names.stages = (0..list(&mut model, "stages").count()).map(|index| format!("s{index}")).collect();
    for kind in ["stages", "exclusions", "disqualifiers", "overrides", "routes"] {
        for (index, owner) in list(&mut model, kind).enumerate() {
            owner["id"] = json!(format!("{}{index}", &kind[..1]));
            if !["exclusions", "disqualifiers"].contains(&kind) {
                for field in ["when", "keep"] {
                    if let Some(when) = owner.get(field) {
                        owner[field] = names.condition(when);
                    }
                }
            }
            if kind == "overrides" && owner.get("stage").is_some() {
                match Names::pick(&names.stages, &owner["stage"].to_string()) {
                    Some(stage) => owner["stage"] = json!(stage),
                    None => *owner = merged(without(owner, "stage"), json!({ "grade": "top" })),
                }
            }
        }
    }
    name_grade(&mut model, &names);
    model
}

fn name_labels(owner: &mut Value) -> bool {
    list(owner, "labels").zip(LABELS).map(|(label, id)| label["id"] = json!(id)).count() > 0
}

fn name_grade(model: &mut Value, names: &Names) {
    let field = |place: &Value| names.path(place.as_str()?)?.split_once('.').map(|(_, id)| json!(id));
    let grade = match model.get("grade") {
        None => return,
        Some(grade) => grade.clone(),
    };
    let named = match grade.get("ladder") {
        Some(ladder) => {
            field(&ladder["dimension"]).map(|d| json!({ "ladder": merged(ladder.clone(), json!({ "dimension": d })) }))
        }
        None => {
            let matrix = &grade["matrix"];
            field(&matrix["rows"]).zip(field(&matrix["columns"])).map(|(rows, columns)| {
                let cells = matrix.get("cells").map(|_| cells(model, &rows, &columns));
                let sides = object([("rows", Some(rows)), ("columns", Some(columns)), ("cells", cells)]);
                json!({ "matrix": sides })
            })
        }
    };
    *model = match named {
        Some(grade) => merged(without(model, "grade"), json!({ "grade": grade })),
        None => without(model, "grade"),
    };
}

/// A cell for each pair of labels.
fn cells(model: &Value, rows: &Value, columns: &Value) -> Value {
    let labels = |owner: &Value| {
        let dimensions = model["dimensions"].as_array().into_iter().flatten();
        let labels = dimensions.clone().find(|d| d["id"] == *owner).map_or(&model["total"]["labels"], |d| &d["labels"]);
        labels.as_array().into_iter().flatten().filter_map(|l| l["id"].as_str()).map(str::to_owned).collect::<Vec<_>>()
    };
    let row = |row: &String| {
        labels(columns).iter().map(|column| (column.clone(), json!(format!("{row} {column}")))).collect()
    };
    Value::Object(labels(rows).iter().map(|label| (label.clone(), Value::Object(row(label)))).collect())
}

fn without(object: &Value, key: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().expect("an object").shift_remove(key);
    object
}

fn list<'a>(owner: &'a mut Value, field: &str) -> Box<dyn Iterator<Item = &'a mut Value> + 'a> {
    match owner.get_mut(field).and_then(Value::as_array_mut) {
        Some(list) => Box::new(list.iter_mut()),
        None => Box::new(std::iter::empty()),
    }
}
