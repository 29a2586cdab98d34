//! Short tandem repeats: their sizes are not read yet.

use super::kinds::{Handling, KindRow};
use crate::model::event::EventKind;

/// What is done with events of this kind.
pub const KIND: KindRow = KindRow { kind: EventKind::Repeat, handling: Handling::NotRead };
