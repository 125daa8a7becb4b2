//! How results become values: the names of their fields, once, for every host and format.
//!
//! A derived `Serialize` would be made anew for each format that a program writes; here one plain tree is made, and only
//! the tree is written.

use serde::{Serialize, Serializer};

use crate::error::{Code, Issue, Severity};
use crate::score::{
    Adjustment, AppliedOverride, BoundsOfValue, Change, Computed, Contribution, Counterfactual, DimensionValue,
    EventCounts, FlagAnswer, Folded, GroupValue, Lost, ModelName, Named, Next, Reason, Route, Score, Target,
};
use crate::value::Value;

/// What can be told as a value.
pub trait Tell {
    /// The value that says it.
    fn tell(&self) -> Value;
}

impl Tell for f64 {
    fn tell(&self) -> Value {
        Value::Number(*self)
    }
}

impl Tell for i64 {
    fn tell(&self) -> Value {
        Value::Number(*self as f64)
    }
}

impl Tell for u32 {
    fn tell(&self) -> Value {
        Value::Number(f64::from(*self))
    }
}

impl Tell for usize {
    fn tell(&self) -> Value {
        Value::Number(*self as f64)
    }
}

impl Tell for bool {
    fn tell(&self) -> Value {
        Value::Boolean(*self)
    }
}

impl Tell for &str {
    fn tell(&self) -> Value {
        Value::Text((*self).to_owned())
    }
}

impl Tell for String {
    fn tell(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Tell for Value {
    fn tell(&self) -> Value {
        self.clone()
    }
}

impl<T: Tell> Tell for Option<T> {
    fn tell(&self) -> Value {
        self.as_ref().map_or(Value::Null, Tell::tell)
    }
}

impl<T: Tell> Tell for Vec<T> {
    fn tell(&self) -> Value {
        Value::List(self.iter().map(Tell::tell).collect())
    }
}

impl<T: Tell> Tell for Named<T> {
    fn tell(&self) -> Value {
        Value::Object(self.0.iter().map(|(name, value)| (name.clone(), value.tell())).collect())
    }
}

/// Adds a field; apart, as it would else be written out for every one of them.
#[inline(never)]
fn tell_field(entries: &mut Vec<(String, Value)>, name: &str, value: Value) {
    entries.push((name.to_owned(), value));
}

/// The object of a struct's fields, and the same for every format; a field after `?` is left out when there is none.
macro_rules! object {
    ($type:ident: $($name:literal $field:ident),+ $(; ? $($maybe:literal $option:ident),+)?) => {
        impl Tell for $type {
            fn tell(&self) -> Value {
                let mut entries = Vec::new();
                $(tell_field(&mut entries, $name, self.$field.tell());)+
                $($(if let Some(value) = &self.$option {
                    tell_field(&mut entries, $maybe, value.tell());
                })+)?
                Value::Object(entries)
            }
        }
        written!($type);
    };
}

macro_rules! written {
    ($type:ident) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.tell().serialize(serializer)
            }
        }
    };
}

object!(Score:
    "model" model, "status" status, "asOf" as_of, "value" value, "raw" raw, "labels" labels, "grade" grade,
    "stage" stage, "route" route, "dimensions" dimensions, "groups" groups, "contributions" contributions,
    "adjustments" adjustments, "coverage" coverage, "missing" missing, "bounds" bounds, "validUntil" valid_until,
    "next" next, "disqualifiers" disqualifiers, "exclusions" exclusions, "overrides" overrides, "computed" computed,
    "events" events, "warnings" warnings; ? "folded" folded, "reasons" reasons, "counterfactuals" counterfactuals);
object!(ModelName: "id" id, "version" version);
object!(Route: "id" id, "queue" queue, "owner" owner, "action" action, "text" text);
object!(DimensionValue: "value" value, "raw" raw);
object!(GroupValue: "dimension" dimension, "points" points, "value" value);
object!(Contribution:
    "rule" rule, "group" group, "dimension" dimension, "count" count, "gross" gross, "lost" lost, "points" points,
    "value" value);
object!(Lost: "limit" limit, "decay" decay, "cap" cap);
object!(Adjustment: "on" on, "id" id, "kind" kind, "value" value);
object!(BoundsOfValue: "lowest" lowest, "highest" highest, "exact" exact);
object!(Next: "at" at, "value" value, "labels" labels, "grade" grade, "stage" stage);
object!(FlagAnswer: "id" id, "answer" answer, "reason" reason);
object!(AppliedOverride: "id" id, "reason" reason);
object!(Computed: "grade" grade, "stage" stage);
object!(EventCounts:
    "given" given, "counted" counted, "duplicate" duplicate, "future" future, "withoutConsent" without_consent,
    "bot" bot);
object!(Folded: "events" events, "lowest" lowest, "highest" highest);
object!(Reason: "code" code, "value" value, "text" text);
object!(Counterfactual: "reaches" reaches, "changes" changes, "value" value);
object!(Issue: "severity" severity, "code" code, "path" path, "message" message, "suggestion" suggestion);

impl Tell for Target {
    fn tell(&self) -> Value {
        let (kind, id) = match self {
            Target::Label(id) => ("label", id),
            Target::Stage(id) => ("stage", id),
        };
        Value::Object(vec![(kind.to_owned(), id.tell())])
    }
}

impl Tell for Change {
    fn tell(&self) -> Value {
        let mut entries = Vec::new();
        let mut add = |name, value| tell_field(&mut entries, name, value);
        let text = match self {
            Change::Attribute { attribute, to, text } => {
                add("attribute", attribute.tell());
                add("to", to.clone());
                text
            }
            Change::Event { event, with, rule, times, text } => {
                add("event", event.tell());
                add("with", with.tell());
                add("rule", rule.tell());
                add("times", times.tell());
                text
            }
        };
        if let Some(text) = text {
            add("text", text.tell());
        }
        Value::Object(entries)
    }
}

impl Tell for Code {
    fn tell(&self) -> Value {
        self.as_str().tell()
    }
}

impl Tell for Severity {
    fn tell(&self) -> Value {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
        .tell()
    }
}
