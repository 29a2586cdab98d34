//! Regions of homozygosity and disomy: seen among the checks of identity, not read as events yet.

use super::kinds::{Handling, KindRow};
use crate::model::event::EventKind;

/// What is done with events of this kind.
pub const KIND: KindRow = KindRow { kind: EventKind::Region, handling: Handling::NotRead };
