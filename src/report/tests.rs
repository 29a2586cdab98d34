//! Tests of the report as a whole: its schema, its safety, and that every format states the same facts.

mod accessibility;
mod safety;
mod same_facts;
mod schema;
