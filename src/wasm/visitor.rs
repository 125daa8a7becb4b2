//! What is kept of visitors, for JavaScript to hold.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::Engine;
use crate::engage;
use crate::time::instant_of_number;

/// The engagement of one visitor under one program.
#[wasm_bindgen]
pub struct Visitor {
    state: engage::Visitor,
}

#[wasm_bindgen]
impl Engine {
    /// A visitor of whom nothing is known.
    pub fn visitor(&self) -> Visitor {
        Visitor { state: engage::Visitor::default() }
    }

    /// The visitor of a snapshot; throws the number of a fault.
    pub fn restore(&self, snapshot: &[u8]) -> Result<Visitor, JsValue> {
        let state = engage::Visitor::restore(&self.program, snapshot);
        state.map(|state| Visitor { state }).map_err(|fault| JsValue::from_f64(f64::from(fault as u8)))
    }

    /// Lets a visitor keep the events that were added.
    pub fn keep(&mut self, visitor: &mut Visitor) {
        visitor.state.keep_all(&self.program, &self.history);
        self.history.clear();
    }

    /// Lays out what a visitor did, in place of events, for the lead to score.
    pub fn recall(&mut self, visitor: &Visitor, as_of: f64) {
        self.history.clear();
        let now = instant_of_number(as_of);
        self.timeline = visitor.state.timeline(&self.program, now, self.consent.as_deref());
        self.recalled = true;
    }

    /// The value of a visitor with the facts in the slots, as of an instant.
    #[wasm_bindgen(js_name = valueOf)]
    pub fn value_of(&mut self, visitor: &mut Visitor, as_of: f64) -> f64 {
        self.take_slots();
        let now = instant_of_number(as_of).unwrap_or(0);
        let running = if self.consent.is_none() { visitor.state.running(&self.program, now) } else { None };
        match running {
            Some(timeline) => self.outcome.add_up(&self.program, timeline, now),
            None => {
                let timeline = visitor.state.timeline(&self.program, Some(now), self.consent.as_deref());
                self.outcome.add_up(&self.program, &timeline, now);
            }
        }
        self.outcome.value(&self.program)
    }

    /// Lets a visitor keep what another state of it holds.
    pub fn merge(&self, visitor: &mut Visitor, other: &Visitor) {
        visitor.state.merge(&self.program, &other.state);
    }

    /// The state of a visitor as bytes.
    pub fn snapshot(&self, visitor: &Visitor) -> Vec<u8> {
        visitor.state.snapshot(&self.program)
    }

    /// The most bytes that such a state can take.
    pub fn largest(&self) -> usize {
        engage::Visitor::largest(&self.program)
    }
}
