//! Small variants: alleles whose sequence is given.

pub mod early;
pub mod examine;
pub mod genes;
pub mod in_cis;

use super::kinds::{Handling, KindRow};
use crate::model::event::EventKind;

/// What is done with events of this kind.
pub const KIND: KindRow = KindRow { kind: EventKind::Small, handling: Handling::Interpreted };
