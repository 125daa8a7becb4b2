//! Doubts: a model that scores, but probably not as its author means.
//!
//! Each room looks at one part of the model; none of them finds what reading finds.

mod attributes;
mod bands;
mod events;
mod points;

use crate::error::Path;
use crate::model::{Group, Model, Rule};
use crate::program::Program;
use crate::read::Reader;

/// Notes every doubt.
pub fn lint(reader: &mut Reader, model: &Model, program: &Program) {
    attributes::lint(reader, model, program);
    bands::lint(reader, model);
    events::lint(reader, model);
    points::lint(reader, model, program);
}

/// Visits every group with its path.
fn each_group<'m>(model: &'m Model, visit: &mut dyn FnMut(&Path, &'m Group)) {
    let root = Path::Root("");
    let dimensions = root.field("dimensions");
    for (place, dimension) in model.dimensions.iter().enumerate() {
        let path = dimensions.item(place);
        let groups = path.field("groups");
        for (place, group) in dimension.groups.iter().enumerate() {
            visit(&groups.item(place), group);
        }
    }
}

/// Visits every rule with its path, in the order of the program's rules.
fn each_rule<'m>(model: &'m Model, visit: &mut dyn FnMut(&Path, &'m Rule)) {
    each_group(model, &mut |path, group| {
        let rules = path.field("rules");
        for (place, rule) in group.rules.iter().enumerate() {
            visit(&rules.item(place), rule);
        }
    });
}
