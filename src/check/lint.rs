//! Doubts.
use crate::model::Model;
use crate::program::Program;
use crate::read::Reader;
pub fn lint(_reader: &mut Reader, _model: &Model, _program: &Program) {}
