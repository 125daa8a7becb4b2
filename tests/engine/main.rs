//! The native tests of the engine, as one binary.
mod corpus;
