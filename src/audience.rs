//! Who reads a compiled program: an edge server, which may know all of it, or every visitor of a site.

use crate::compile::{Compiled, compile, program};
use crate::error::Error;
use crate::model::{Counts, Model, Text, Total};
use crate::names::Names;
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
    let (model, Compiled { names, .. }) = program(model)?;
    Ok(audience.file(&model, &names.hash))
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

    /// The program of a model, as a file.
    pub(crate) fn file(self, model: &Model, hash: &str) -> Vec<u8> {
        let reduced: Model;
        let model = match self {
            Audience::Edge => model,
            Audience::Browser => {
                reduced = without_secrets(model);
                &reduced
            }
        };
        // A model that compiled once compiles again, and what is left of it too.
        let Compiled { mut program, names } = compile(model, &mut Reader::default());
        let names = json(&Names { hash: hash.to_owned(), ..names }.tell(&program, self.name()));
        tape::write(&mut program, &names)
    }
}

/// What of a model scores events. Ids become places in the whole model, by which a server finds its way back.
fn without_secrets(model: &Model) -> Model {
    let mut left = Model { id: "0".to_owned(), decimals: model.decimals, ..Model::default() };
    left.total = Total { labels: Vec::new(), ..model.total.clone() };
    left.events = model.events.clone();
    let (mut groups, mut rules) = (0, 0);
    for (place, dimension) in model.dimensions.iter().enumerate() {
        let mut kept = dimension.clone();
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
