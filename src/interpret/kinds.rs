//! The kinds of event, each with what is done with it. A kind that is new to the program changes its own row and its own
//! folder; no other kind's.

use super::{region, repeat, small, structural};
use crate::model::event::EventKind;

/// What a run does with events of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// Filtered, tiered and reported by itself.
    Interpreted,
    /// Reported as the second hit of an event that is interpreted, and not by itself.
    SecondHit,
    /// Not read.
    NotRead,
}

/// One kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindRow {
    /// The kind.
    pub kind: EventKind,
    /// What is done with it.
    pub handling: Handling,
}

/// All kinds, in the order of [`EventKind::ALL`].
pub const KINDS: [KindRow; 4] = [small::KIND, structural::KIND, repeat::KIND, region::KIND];

/// The row of a kind.
pub fn of(kind: EventKind) -> KindRow {
    KINDS[kind as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_row() {
        for kind in EventKind::ALL {
            assert_eq!(of(kind).kind, kind);
        }
    }
}
