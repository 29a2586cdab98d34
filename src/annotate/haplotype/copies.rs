//! On which of a person's chromosome copies an allele lies, as far as the genotypes tell.

use smallvec::SmallVec;

use crate::model::record::RecordCall;

/// What ties the copies of several genotypes together: genotypes of one set name the copies in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhaseSet {
    /// Told from the parents' genotypes: copy 0 is the mother's, copy 1 the father's.
    Parents,
    /// Written with `|` and without a phase set: phased along the whole contig (VCF 4.3, section 1.6.2).
    Contig,
    /// The phase set of this number (`PS`).
    Numbered(u32),
}

/// Where one allele lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carriage {
    /// On no copy, as far as called.
    None,
    /// On every copy: homozygous, or the only copy there is.
    All,
    /// On one copy, or several of more than two, of a phase set; one bit a copy.
    Phased(PhaseSet, u8),
    /// On some copy, not known which.
    Unphased,
}

/// How two alleles of one person stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// On one copy together, at least once.
    Cis,
    /// Never on one copy.
    Trans,
    /// Not known.
    Unknown,
}

impl Carriage {
    /// Reads the genotype, seen from ALT number `alternate` (1-based).
    ///
    /// A genotype that is phased and has a missing copy still tells the copy of the allele; one that is not, and
    /// one whose number of copies is more than eight, does not.
    pub fn of(call: &RecordCall, alternate: u8) -> Self {
        let carried: SmallVec<[bool; 4]> =
            call.alleles.iter().map(|allele| *allele == Some(alternate)).collect();
        if !carried.contains(&true) {
            return Self::None;
        }
        if carried.iter().all(|&c| c) {
            return Self::All;
        }
        if !call.phased || carried.len() > 8 {
            return Self::Unphased;
        }
        let copies = carried.iter().enumerate().map(|(i, &c)| u8::from(c) << i).fold(0, |all, bit| all | bit);
        Self::Phased(call.phase_set.map_or(PhaseSet::Contig, PhaseSet::Numbered), copies)
    }

    /// True where some copy carries the allele.
    pub fn is_carried(self) -> bool {
        self != Self::None
    }

    /// How two alleles stand to each other.
    pub fn relation(self, other: Self) -> Relation {
        match (self, other) {
            (Self::None, _) | (_, Self::None) => Relation::Trans,
            (Self::All, _) | (_, Self::All) => Relation::Cis,
            (Self::Phased(one, x), Self::Phased(two, y)) if one == two => {
                if x & y != 0 {
                    Relation::Cis
                } else {
                    Relation::Trans
                }
            }
            _ => Relation::Unknown,
        }
    }
}

/// One chromosome copy: the alleles that are known to lie on it together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Number of the copy in its phase set, from 0; absent where only alleles of every copy are on it, or one
    /// unphased allele with them.
    pub number: Option<(PhaseSet, u8)>,
    /// Indices of the alleles, ascending.
    pub alleles: Vec<usize>,
}

/// The copies that the carriages of several alleles make: of every phase set the copies with at least one of its
/// alleles, and of every unphased allele the copy it is on; alleles of every copy are on each.
pub fn copies(carriages: &[Carriage]) -> Vec<Copy> {
    let with = |test: &dyn Fn(usize, Carriage) -> bool| -> Vec<usize> {
        (0..carriages.len()).filter(|&i| carriages[i] == Carriage::All || test(i, carriages[i])).collect()
    };
    let mut sets: Vec<(PhaseSet, u8)> = Vec::new();
    for &carriage in carriages {
        if let Carriage::Phased(set, bits) = carriage {
            sets.extend((0..8).filter(|copy| bits >> copy & 1 == 1).map(|copy| (set, copy)));
        }
    }
    sets.sort_unstable();
    sets.dedup();
    let mut out: Vec<Copy> = sets
        .into_iter()
        .map(|(set, copy)| Copy {
            number: Some((set, copy)),
            alleles: with(
                &|_, c| matches!(c, Carriage::Phased(s, bits) if s == set && bits >> copy & 1 == 1),
            ),
        })
        .collect();
    for (unphased, _) in carriages.iter().enumerate().filter(|(_, c)| **c == Carriage::Unphased) {
        out.push(Copy { number: None, alleles: with(&|i, _| i == unphased) });
    }
    // A set with alleles on the first and on the second copy leaves no copy without any.
    let both = out.windows(2).any(
        |pair| matches!((pair[0].number, pair[1].number), (Some((one, 0)), Some((other, 1))) if one == other),
    );
    if carriages.contains(&Carriage::All) && !both {
        out.push(Copy { number: None, alleles: with(&|_, _| false) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str, set: Option<u32>) -> RecordCall {
        let alleles = text.split(['/', '|']).map(|a| a.parse().ok()).collect();
        RecordCall { alleles, phased: text.contains('|'), phase_set: set, ..RecordCall::default() }
    }

    fn of(text: &str) -> Carriage {
        Carriage::of(&call(text, None), 1)
    }

    #[test]
    fn genotypes_of_every_shape() {
        assert_eq!(of("0/0"), Carriage::None);
        assert_eq!(of("./."), Carriage::None);
        assert_eq!(of("2|2"), Carriage::None);
        assert_eq!(of("1/1"), Carriage::All);
        assert_eq!(of("1"), Carriage::All);
        assert_eq!(of("0/1"), Carriage::Unphased);
        assert_eq!(of("./1"), Carriage::Unphased);
        assert_eq!(of("1/2"), Carriage::Unphased);
        assert_eq!(of("0|1"), Carriage::Phased(PhaseSet::Contig, 2));
        assert_eq!(of("1|."), Carriage::Phased(PhaseSet::Contig, 1));
        assert_eq!(of("0|1|1"), Carriage::Phased(PhaseSet::Contig, 6));
        let numbered = Carriage::of(&call("1|0", Some(7)), 1);
        assert_eq!(numbered, Carriage::Phased(PhaseSet::Numbered(7), 1));
    }

    #[test]
    fn only_one_set_tells_a_relation() {
        let at = |text: &str, set| Carriage::of(&call(text, set), 1);
        assert_eq!(at("0|1", None).relation(at("0|1", None)), Relation::Cis);
        assert_eq!(at("0|1", None).relation(at("1|0", None)), Relation::Trans);
        assert_eq!(at("0|1", Some(1)).relation(at("0|1", Some(2))), Relation::Unknown);
        assert_eq!(at("0|1", Some(1)).relation(at("0|1", None)), Relation::Unknown);
        assert_eq!(at("0/1", None).relation(at("0|1", None)), Relation::Unknown);
        assert_eq!(at("1/1", None).relation(at("0/1", None)), Relation::Cis);
    }

    #[test]
    fn copies_hold_what_is_known_to_be_together() {
        let carriages = [of("0|1"), of("1/1"), of("1|0"), of("0/1"), of("0|1")];
        let found: Vec<Vec<usize>> = copies(&carriages).into_iter().map(|c| c.alleles).collect();
        assert_eq!(found, [vec![1, 2], vec![0, 1, 4], vec![1, 3]]);
    }
}
