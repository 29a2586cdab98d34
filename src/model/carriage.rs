//! What one person carries of one event: on how many copies, what that rests on, and what speaks against it.

use super::genotype::MissingReason;
use super::segregation::Verdict;

/// The numbers of a person's copies that may carry an event, one bit a number: one number where the genotype is
/// certain, all that it could be where it is not. Never empty; seven stands for seven and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyCounts(u8);

impl CopyCounts {
    /// The highest number that is told apart.
    pub const MOST: u8 = 7;

    /// Every number from `least` to `most`, both included.
    pub fn between(least: u8, most: u8) -> Self {
        let (least, most) = (least.min(most).min(Self::MOST), most.min(Self::MOST));
        Self(((2_u16 << most) - (1_u16 << least)) as u8)
    }

    /// One number.
    pub fn exactly(count: u8) -> Self {
        Self::between(count, count)
    }

    /// The numbers of either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the person may carry the event on this number of copies.
    pub fn holds(self, count: u8) -> bool {
        self.0 & (1 << count.min(Self::MOST)) != 0
    }

    /// The numbers, lowest first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..=Self::MOST).filter(move |&count| self.holds(count))
    }

    /// Whether the event is carried on any copy: shown, possible or excluded.
    pub fn carries(self) -> Verdict {
        match (self.0 & 1 != 0, self.0 > 1) {
            (false, _) => Verdict::Yes,
            (true, true) => Verdict::Possible,
            (true, false) => Verdict::No,
        }
    }
}

/// What is known of one person and one event.
///
/// ```
/// use ithaca::model::carriage::{Basis, Carriage, CopyCounts};
/// use ithaca::model::genotype::MissingReason;
/// use ithaca::model::segregation::Verdict;
///
/// let unknown = Carriage::unknown(CopyCounts::between(0, 2), MissingReason::NotSequenced);
/// assert_eq!(unknown.carries(), Verdict::Possible);
/// assert_eq!(unknown.basis, Basis::Nothing(MissingReason::NotSequenced));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carriage {
    /// Copies that carry it by the genotype alone, whatever speaks against the genotype.
    pub called: CopyCounts,
    /// Copies that may carry it once figures and reads have been heard.
    pub possible: CopyCounts,
    /// Fraction of the reads, where copies do not count: on the mitochondrial genome, and of a mosaic where the
    /// caller gives one.
    pub fraction: Option<f32>,
    /// True when the genotype is written with `|`.
    pub phased: bool,
    /// Phase set, where given.
    pub phase_set: Option<u32>,
    /// What it rests on.
    pub basis: Basis,
    /// What speaks against the genotype, where something does: the first that was found.
    pub contradiction: Option<Contradiction>,
}

impl Carriage {
    /// Nothing is known, for this reason.
    pub fn unknown(possible: CopyCounts, reason: MissingReason) -> Self {
        Self {
            called: possible,
            possible,
            fraction: None,
            phased: false,
            phase_set: None,
            basis: Basis::Nothing(reason),
            contradiction: None,
        }
    }

    /// Whether the person carries it.
    pub fn carries(&self) -> Verdict {
        self.possible.carries()
    }
}

/// What a person's carriage rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The genotype of a record that lists the event.
    Call,
    /// A reference block over the place.
    ReferenceBlock,
    /// A record at the place that lists other alleles.
    OtherRecord,
    /// Nothing, and why. A genotype that its caller filtered (`FT`) is one of these.
    Nothing(MissingReason),
}

/// What speaks against a genotype, so that it settles nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contradiction {
    /// Called in part, and the part does not carry the event.
    InPart,
    /// A figure of the call is below the quality floor.
    BelowFloor(MissedFloor),
    /// As many reads as a heterozygous call would need show the event; the genotype is without it.
    ReadsShowIt {
        /// Reads for the reference.
        reference: u32,
        /// Reads for the event.
        alternate: u32,
    },
    /// As many reads as a call would need show another allele, where the genotype is reference throughout.
    ReadsShowAnother {
        /// Reads for any other allele.
        others: u32,
        /// All reads that were counted.
        all: u32,
    },
    /// A mitochondrial genotype with the event, at a fraction below the limit of detection.
    FractionBelowLimit {
        /// Fraction of the reads.
        fraction: f32,
        /// The limit.
        limit: f32,
    },
    /// A mitochondrial genotype without the event, which a fraction at or above the limit of detection shows.
    FractionShowsIt {
        /// Fraction of the reads.
        fraction: f32,
    },
    /// A mitochondrial genotype without the event, at a depth at which a heteroplasmic one might not show.
    TooShallow {
        /// Depth of the call.
        depth: u32,
        /// Least depth at which it would show.
        least: u32,
    },
}

/// The quality floor that a call misses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MissedFloor {
    /// Genotype quality, Phred.
    GenotypeQuality {
        /// Of the call.
        value: u32,
        /// The floor.
        least: u32,
    },
    /// Depth.
    Depth {
        /// Of the call.
        value: u32,
        /// The floor.
        least: u32,
    },
    /// Fraction of alternate reads in a heterozygote.
    HeterozygousBalance {
        /// Of the call.
        value: f64,
        /// The floor.
        least: f64,
    },
    /// Fraction of alternate reads in a homozygote or hemizygote.
    HomozygousBalance {
        /// Of the call.
        value: f64,
        /// The floor.
        least: f64,
    },
}

impl MissedFloor {
    /// The figure, its value and the floor, in words.
    pub fn words(self) -> String {
        format!("{} {} is below {}", self.figure(), self.value(), self.least())
    }

    /// The floor that would keep the call, in words.
    pub fn would_keep(self) -> String {
        format!("{} threshold of {}", self.figure(), self.value())
    }

    fn figure(self) -> &'static str {
        match self {
            Self::GenotypeQuality { .. } => "genotype quality",
            Self::Depth { .. } => "depth",
            Self::HeterozygousBalance { .. } => "heterozygous allele balance",
            Self::HomozygousBalance { .. } => "homozygous allele balance",
        }
    }

    fn value(self) -> String {
        match self {
            Self::GenotypeQuality { value, .. } | Self::Depth { value, .. } => value.to_string(),
            // Rounded down, so that a floor of what is shown would keep the call.
            Self::HeterozygousBalance { value, .. } | Self::HomozygousBalance { value, .. } => {
                format!("{:.3}", (value * 1_000.0).floor() / 1_000.0)
            }
        }
    }

    fn least(self) -> String {
        match self {
            Self::GenotypeQuality { least, .. } | Self::Depth { least, .. } => least.to_string(),
            Self::HeterozygousBalance { least, .. } | Self::HomozygousBalance { least, .. } => {
                least.to_string()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_say_whether_anything_is_carried() {
        for (least, most, verdict) in
            [(0, 0, Verdict::No), (0, 2, Verdict::Possible), (1, 2, Verdict::Yes), (9, 9, Verdict::Yes)]
        {
            assert_eq!(CopyCounts::between(least, most).carries(), verdict, "{least} to {most}");
        }
        assert_eq!(CopyCounts::between(1, 3).iter().collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(CopyCounts::between(5, 12).iter().collect::<Vec<_>>(), [5, 6, 7]);
        let ends = CopyCounts::exactly(0).union(CopyCounts::exactly(2));
        assert_eq!((ends.holds(0), ends.holds(1), ends.holds(2)), (true, false, true));
        assert_eq!(ends.carries(), Verdict::Possible);
    }

    #[test]
    fn a_floor_of_what_is_shown_would_keep_the_call() {
        let missed = MissedFloor::HeterozygousBalance { value: 0.19996, least: 0.2 };
        assert_eq!(missed.words(), "heterozygous allele balance 0.199 is below 0.2");
        assert_eq!(missed.would_keep(), "heterozygous allele balance threshold of 0.199");
        let missed = MissedFloor::GenotypeQuality { value: 19, least: 20 };
        assert_eq!(missed.words(), "genotype quality 19 is below 20");
    }
}
