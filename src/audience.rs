//! Who reads a compiled program: an edge server, which may know all of it, or every visitor of a site.

use crate::compile::{self, Compiled, compile};
use crate::error::Error;
use crate::model::{Counts, Model, Text, Total};
use crate::read::Reader;
use crate::tape;
use crate::write::json;

/// Compiles a model, given as JSON text, to a file that the runtime of the npm package loads.
///
/// ```
/// let model = r#"{ "format": 1, "id": "m", "dimensions": [{ "id": "fit", "groups": [] }] }"#;
/// let file = leadscore::compile_model(model, leadscore::Audience::Edge)?;
/// assert!(leadscore::verify(&file).is_ok());
/// # Ok::<(), leadscore::Error>(())
/// ```
///
/// # Errors
/// The first error of the model; all its issues under [`Error::issues`].
pub fn compile_model(model: &str, audience: Audience) -> Result<Vec<u8>, Error> {
    let (model, Compiled { mut program, mut names }) = compile::program(model)?;
    if audience == Audience::Browser {
        let hash = names.hash;
        // What is left of a model that compiled compiles too.
        Compiled { program, names } = compile(&without_secrets(model), &mut Reader::default());
        names.hash = hash;
    }
    let names = json(&names.tell(&program, audience.name()));
    Ok(tape::write(&mut program, &names))
}

/// For whom a program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Servers: everything.
    Edge,
    /// Visitors: what events are worth, and nothing else.
    Browser,
}

impl Audience {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Audience::Edge => "edge",
            Audience::Browser => "browser",
        }
    }
}

/// What of a model scores events. Ids become places in the whole model, by which a server finds its way back.
fn without_secrets(model: Model) -> Model {
    let mut left = Model { id: "0".to_owned(), decimals: model.decimals, events: model.events, ..Model::default() };
    left.total = Total { labels: Vec::new(), ..model.total };
    let (mut groups, mut rules) = (0, 0);
    for (place, mut kept) in model.dimensions.into_iter().enumerate() {
        let mut on_events = false;
        rename(&mut kept.id, &mut kept.label, place);
        kept.labels.clear();
        for group in &mut kept.groups {
            rename(&mut group.id, &mut group.label, groups);
            groups += 1;
            for rule in &mut group.rules {
                rename(&mut rule.id, &mut rule.label, rules);
                rules += 1;
            }
            group.rules.retain(|rule| matches!(rule.counts, Counts::Events(_)));
            on_events |= !group.rules.is_empty();
        }
        if on_events {
            left.dimensions.push(kept);
        }
    }
    left
}

fn rename(id: &mut String, label: &mut Text, place: usize) {
    *id = place.to_string();
    *label = Text::default();
}
