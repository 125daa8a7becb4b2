//! What only the full build has: models, checks, sentences.

use js_sys::{Error as JsError, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::audience::{Audience, compile_model};
use crate::compile::{self, Compiled};
use crate::error::Error;
use crate::explain::{counterfactuals, reasons};
use crate::model::Lang;
use crate::tell::Tell;
use crate::value::Value;
use crate::write::json;

/// Tells panics, which should not happen, to the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Every problem of a model.
#[wasm_bindgen]
pub fn check(model: &str) -> Result<JsValue, JsValue> {
    to_js(&crate::check::check(model).tell())
}

/// Compiles a model to a file: for edge servers, or for browsers without what visitors should not read.
#[wasm_bindgen(js_name = compileModel)]
pub fn compile_file(model: &str, browser: bool) -> Result<Vec<u8>, JsValue> {
    let audience = if browser { Audience::Browser } else { Audience::Edge };
    compile_model(model, audience).map_err(|error| thrown(&error))
}

/// Whether facts meet a condition, both as JSON text; nothing when it cannot be known.
#[wasm_bindgen]
pub fn matches(condition: &str, facts: &str) -> Result<Option<bool>, JsValue> {
    let answer = || crate::condition::matches(&Value::parse(condition)?, &Value::parse(facts)?);
    answer().map_err(|error| thrown(&error))
}

#[wasm_bindgen]
impl Engine {
    /// Compiles a model from JSON text.
    pub fn compile(model: &str) -> Result<Engine, JsValue> {
        let (_, Compiled { program, names }) = compile::program(model).map_err(|error| thrown(&error))?;
        Ok(Engine { names, ..Engine::of(program) })
    }

    /// What slots and places are called, as JSON text.
    pub fn names(&self) -> String {
        json(&self.names.tell(&self.program, Audience::Edge.name()))
    }

    /// The lead last run, as sentences.
    pub fn reasons(&mut self, french: bool) -> Result<JsValue, JsValue> {
        self.outcome.look_for_missing(&self.program);
        to_js(&reasons(&self.case(), &self.names, lang(french)).tell())
    }

    /// The smallest changes of the lead last run that reach the next label or stage; with sentences in a language.
    pub fn counterfactuals(&self, french: Option<bool>) -> Result<JsValue, JsValue> {
        to_js(&counterfactuals(&self.case(), &self.names, french.map(lang)).tell())
    }
}

fn lang(french: bool) -> Lang {
    if french { Lang::Fr } else { Lang::En }
}

fn to_js(value: &Value) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()).into())
}

/// The one way an error reaches JavaScript: as an `Error` with `name`, `code`, `path` and `issues`.
fn thrown(error: &Error) -> JsValue {
    let thrown = JsError::new(&error.to_string());
    thrown.set_name("LeadscoreError");
    let details = [
        ("code", JsValue::from_str(error.code().as_str())),
        ("path", JsValue::from_str(error.path())),
        ("issues", to_js(&error.issues().to_vec().tell()).unwrap_or_default()),
    ];
    for (name, value) in details {
        // Setting a field of a fresh error cannot fail; if it did, the error would still be one.
        let _ = Reflect::set(&thrown, &JsValue::from_str(name), &value);
    }
    thrown.into()
}
