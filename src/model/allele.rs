//! One alternate allele at one place on the reference.

use serde::{Deserialize, Serialize};

use super::contig::ContigId;
use super::position::{Interval, Position1};

/// A change of the reference: the bases `reference` at `start` become `alternate`.
///
/// Either side may be empty (an insertion has an empty `reference`, a deletion an empty `alternate`) when
/// the allele has been trimmed; as read from VCF both carry at least one base. Bases are upper case.
///
/// ```
/// use ithaca::model::allele::Allele;
/// use ithaca::model::contig::ContigId;
/// use ithaca::model::position::{Interval, Position1};
///
/// // A deletion of two bases, as a VCF writes it: POS 101, REF ACG, ALT A.
/// let deletion =
///     Allele { contig: ContigId(0), start: 100, reference: b"ACG".to_vec(), alternate: b"A".to_vec() };
/// assert_eq!(deletion.position(), Position1(101));
/// assert_eq!(deletion.interval(), Interval::new(100, 103));
/// assert!(!deletion.is_snv());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Allele {
    /// The contig.
    pub contig: ContigId,
    /// 0-based offset of the first reference base; for an insertion, the base it goes in front of.
    pub start: u32,
    /// Bases removed.
    pub reference: Vec<u8>,
    /// Bases put in their place.
    pub alternate: Vec<u8>,
}

impl Allele {
    /// The reference bases it replaces, 0-based half-open.
    pub fn interval(&self) -> Interval {
        Interval::new(self.start, self.start + self.reference.len() as u32)
    }

    /// True for one base changed to one other.
    pub fn is_snv(&self) -> bool {
        self.reference.len() == 1 && self.alternate.len() == 1
    }

    /// The 1-based position VCF prints for this spelling.
    pub fn position(&self) -> Position1 {
        Position1::from_offset(self.start)
    }
}

/// How one ALT of a VCF record is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Alternate {
    /// Plain bases (A, C, G, T), upper case.
    Bases(Vec<u8>),
    /// `*`: the copy is missing here because of an upstream deletion (VCF 4.2, section 1.6.1).
    SpanningDeletion,
    /// `<NON_REF>` or `<*>`: any other allele, as gVCF writes it.
    NonReference,
    /// Any other symbolic allele, without its angle brackets: `DEL`, `DUP:TANDEM`, `CNV:TR`.
    Symbolic(String),
    /// A breakend in VCF notation.
    Breakend(String),
    /// Bases that name no one sequence: N and the other IUPAC ambiguity codes.
    Ambiguous(Vec<u8>),
}
