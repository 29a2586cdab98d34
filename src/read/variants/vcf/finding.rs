//! What is accepted although it should not be so, counted.

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// POS 0 or END before POS.
    BeforeFirstBase,
    /// QUAL is not a number.
    Quality,
    /// Lower-case or ambiguous bases in REF.
    ReferenceBases,
    /// AD, AF, VAF or HF with a number of values that is not that of the alleles.
    Cardinality,
    /// A phase set that is not a number: the genotype is read as unphased.
    PhaseSet,
    /// GT is not the first key of FORMAT.
    GenotypeNotFirst,
    /// An empty line among the records.
    EmptyLine,
    /// A depth or quality that is not a whole number.
    NotWhole,
    /// An INFO END that is not a number.
    End,
    /// The last line has no line feed.
    NoFinalNewline,
    /// Batches with records out of order.
    Unsorted,
    /// A genotype that names an allele in a record without ALT: the copy is taken as unknown.
    AlleleWithoutAlternate,
    /// A genotype whose `|` order is not that of its PGT: read as unphased.
    PhaseContradiction,
}

impl Finding {
    const ALL: [Self; 13] = [
        Self::BeforeFirstBase,
        Self::Quality,
        Self::ReferenceBases,
        Self::Cardinality,
        Self::PhaseSet,
        Self::GenotypeNotFirst,
        Self::EmptyLine,
        Self::NotWhole,
        Self::End,
        Self::NoFinalNewline,
        Self::Unsorted,
        Self::AlleleWithoutAlternate,
        Self::PhaseContradiction,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::BeforeFirstBase => "records at POS 0, before the first base: excluded",
            Self::Quality => "QUAL values that are not numbers, or negative: treated as missing",
            Self::ReferenceBases => "REF with lower-case or ambiguous bases",
            Self::Cardinality => {
                "AD or fraction fields whose number of values differs from the number of \
                                  alleles: not used"
            }
            Self::PhaseSet => "phase sets that are not numbers: genotype treated as unphased",
            Self::GenotypeNotFirst => "records with GT not first in FORMAT",
            Self::EmptyLine => "empty lines among the records",
            Self::NotWhole => "depths or qualities that are not whole numbers: rounded down, or missing",
            Self::End => "END values that are not a position at or after POS: not used",
            Self::Unsorted => "batches with records out of order",
            Self::AlleleWithoutAlternate => {
                "genotypes that name an allele where the record has no ALT: treated as not called"
            }
            Self::PhaseContradiction => {
                "genotypes phased one way by GT and the other way by PGT: treated as unphased"
            }
            Self::NoFinalNewline => "last line without a line feed, as in a truncated file",
        }
    }
}

/// How often each finding was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Findings([u64; Finding::ALL.len()]);

impl Findings {
    /// Counts one.
    pub fn add(&mut self, finding: Finding) {
        self.0[finding as usize] += 1;
    }

    /// Adds the counts of another part of the file.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    /// Those met, in words.
    pub fn list(&self) -> Vec<(String, u64)> {
        let met = Finding::ALL.iter().zip(self.0).filter(|(_, count)| *count > 0);
        met.map(|(finding, count)| (finding.text().to_owned(), count)).collect()
    }
}
