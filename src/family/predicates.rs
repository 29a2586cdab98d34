//! The questions the rules ask of a member's copies: `any`, `all`, `none`.
//!
//! A predicate is the set of genotypes for which it holds. Asked of the set of genotypes a member may have,
//! it is true when it holds for all of them, false when for none, and possible otherwise. That *is* the
//! enumeration of a missing genotype, so Kleene logic over members (AND is the minimum) is exact wherever
//! each member's clause asks about that member alone.

use super::copies::Genotypes;
use crate::model::segregation::Verdict;

/// The genotypes for which something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Predicate(u16);

const fn where_true(copies_at_least: u8, all: bool, any: bool, none: bool) -> Predicate {
    let mut bits = 0;
    let mut copies = copies_at_least;
    while copies <= 3 {
        let mut carrying = 0;
        while carrying <= copies {
            if (all && copies > 0 && carrying == copies) || (any && carrying > 0) || (none && carrying == 0) {
                bits |= Genotypes::of(copies, carrying).bits();
            }
            carrying += 1;
        }
        copies += 1;
    }
    Predicate(bits)
}

impl Predicate {
    /// At least one copy carries the allele.
    pub const ANY: Self = where_true(0, false, true, false);
    /// Every copy carries it, and there is at least one.
    pub const ALL: Self = where_true(0, true, false, false);
    /// No copy carries it.
    pub const NONE: Self = where_true(0, false, false, true);
    /// Not [`Predicate::ALL`].
    pub const NOT_ALL: Self = Self(ANYTHING & !Self::ALL.0);
    /// There are two copies or more, whatever they carry.
    pub const TWO_OR_MORE_COPIES: Self = where_true(2, false, true, true);
    /// Every copy carries it, and there are two or more.
    pub const ALL_OF_TWO_OR_MORE: Self = where_true(2, true, false, false);

    /// Holds where either does.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Asks the question of a member who may have any of these genotypes.
    pub fn of(self, genotypes: Genotypes) -> Verdict {
        let bits = genotypes.bits();
        if bits & !self.0 == 0 {
            Verdict::Yes
        } else if bits & self.0 == 0 {
            Verdict::No
        } else {
            Verdict::Possible
        }
    }
}

const ANYTHING: u16 = 0b11_1111_1111;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::copies::with_copies;
    use crate::family::policy::FamilyPolicy;
    use crate::model::genotype::{Call, Copy};
    use Copy::{Alternate as A, Other as O, Unknown as U};
    use Verdict::{No, Possible, Yes};

    #[test]
    fn truth_table_of_the_three_predicates() {
        for (copies, any, all, none) in [
            (&[U, A][..], Yes, Possible, No),
            (&[U, O], Possible, No, Possible),
            (&[U, U], Possible, Possible, Possible),
            (&[A], Yes, Yes, No),
            (&[O, O], No, No, Yes),
            (&[O, A], Yes, No, No),
            (&[A, A], Yes, Yes, No),
        ] {
            let set = with_copies(Some(&Call::of(copies)), 2, &FamilyPolicy::default());
            assert_eq!(Predicate::ANY.of(set), any, "any {copies:?}");
            assert_eq!(Predicate::ALL.of(set), all, "all {copies:?}");
            assert_eq!(Predicate::NONE.of(set), none, "none {copies:?}");
            assert_eq!(Predicate::NOT_ALL.of(set), !all, "not all {copies:?}");
        }
    }
}
