//! What a person may carry: a change of whatever kind, as inheritance, second hits, tiers and reports see it.
//!
//! Coordinates are 0-based and half-open. A stage that needs only where an event lies, or what it removes, asks the
//! [`Event`]; a stage of one kind of event matches on it.

use super::allele::Allele;
use super::contig::ContigId;
use super::position::Interval;
use super::record::{InputSpelling, NormalisedAllele};

/// A change of a genome.
///
/// ```
/// use ithaca::model::event::{Event, EventKind, Structural, StructuralKind};
/// use ithaca::model::contig::ContigId;
/// use ithaca::model::position::Interval;
///
/// let deletion = Event::Structural(Structural::exact(StructuralKind::Deletion, ContigId(0), Interval::new(100, 900)));
/// assert_eq!(deletion.kind(), EventKind::Structural);
/// assert_eq!(deletion.removes(), Some(Interval::new(100, 900)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A change whose sequence is given: trimmed and left-aligned.
    Small(Allele),
    /// A change given by its breakpoints.
    Structural(Structural),
    /// A short tandem repeat and its sizes.
    Repeat(Repeat),
    /// A stretch that both copies share, by descent or from one parent.
    Region(Region),
}

/// The kinds of event, each with a folder of its own in `interpret`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Single nucleotide variants, insertions and deletions of known sequence.
    Small,
    /// Deletions, duplications, inversions, insertions and breakends given by their breakpoints.
    Structural,
    /// Short tandem repeats.
    Repeat,
    /// Regions of homozygosity and disomy.
    Region,
}

/// A structural variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Structural {
    /// The contig of the first breakpoint.
    pub contig: ContigId,
    /// The bases between the breakpoints: those deleted, doubled or turned; empty where something is inserted.
    pub interval: Interval,
    /// What happens to them.
    pub kind: StructuralKind,
    /// How far the first breakpoint may lie before and after its place (VCF `CIPOS`); both 0 when it is exact.
    pub start_band: (u32, u32),
    /// The same of the second breakpoint (`CIEND`).
    pub end_band: (u32, u32),
    /// Copies of the bases in the genome, where the caller counts them (`CN`).
    pub copy_number: Option<u16>,
    /// The other breakpoint of a breakend, where it is given.
    pub mate: Option<(ContigId, u32)>,
}

/// Kinds of structural variant (VCF 4.5, section 5.2; Sequence Ontology).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StructuralKind {
    /// `<DEL>`: the bases are lost.
    Deletion,
    /// `<DUP>`: the bases are there once more, in tandem or elsewhere.
    Duplication,
    /// `<INV>`: the bases are turned.
    Inversion,
    /// `<INS>`: bases of unknown or partly known sequence are inserted.
    Insertion,
    /// `<CNV>`: more or fewer copies; which of them is for the copy number to say.
    CopyNumber,
    /// A breakend: joined to another place.
    Breakend,
    /// A symbolic ALT of another name, or bases that name no one sequence: what it is, is not known.
    Unknown,
}

/// A short tandem repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repeat {
    /// The contig.
    pub contig: ContigId,
    /// The repeat in the reference.
    pub interval: Interval,
    /// The repeated unit, on the reference's strand.
    pub motif: Vec<u8>,
    /// Units of the allele: least and most that the caller allows.
    pub units: (u32, u32),
}

/// A stretch without two different copies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// The contig.
    pub contig: ContigId,
    /// The stretch.
    pub interval: Interval,
    /// Why the copies do not differ, or whose they both are.
    pub kind: RegionKind,
}

/// Kinds of region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionKind {
    /// Both copies are the same; by whose descent is not said.
    Homozygosity,
    /// Both copies are the mother's.
    MaternalDisomy,
    /// Both copies are the father's.
    PaternalDisomy,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Small, Self::Structural, Self::Repeat, Self::Region];

    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Small => "small variant",
            Self::Structural => "structural variant",
            Self::Repeat => "short tandem repeat",
            Self::Region => "region of homozygosity or disomy",
        }
    }
}

impl StructuralKind {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Deletion => "deletion",
            Self::Duplication => "duplication",
            Self::Inversion => "inversion",
            Self::Insertion => "insertion",
            Self::CopyNumber => "copy number variant",
            Self::Breakend => "breakend",
            Self::Unknown => "allele of unknown sequence",
        }
    }

    /// The kind that a symbolic ALT names, by its first level: `DEL:ME:ALU` is a deletion.
    pub fn of_symbol(name: &str) -> Self {
        match name.split(':').next().unwrap_or_default() {
            "DEL" => Self::Deletion,
            "DUP" => Self::Duplication,
            "INV" => Self::Inversion,
            "INS" => Self::Insertion,
            "CNV" => Self::CopyNumber,
            _ => Self::Unknown,
        }
    }
}

impl Structural {
    /// A variant with exact breakpoints and nothing else known of it.
    pub fn exact(kind: StructuralKind, contig: ContigId, interval: Interval) -> Self {
        Self { contig, interval, kind, start_band: (0, 0), end_band: (0, 0), copy_number: None, mate: None }
    }
}

impl Event {
    /// Its kind.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Small(_) => EventKind::Small,
            Self::Structural(_) => EventKind::Structural,
            Self::Repeat(_) => EventKind::Repeat,
            Self::Region(_) => EventKind::Region,
        }
    }

    /// The contig it lies on; that of the first breakpoint, where there are two.
    pub fn contig(&self) -> ContigId {
        match self {
            Self::Small(allele) => allele.contig,
            Self::Structural(variant) => variant.contig,
            Self::Repeat(repeat) => repeat.contig,
            Self::Region(region) => region.contig,
        }
    }

    /// The reference bases it concerns; empty for an insertion.
    pub fn interval(&self) -> Interval {
        match self {
            Self::Small(allele) => allele.interval(),
            Self::Structural(variant) => variant.interval,
            Self::Repeat(repeat) => repeat.interval,
            Self::Region(region) => region.interval,
        }
    }

    /// The allele of a small variant.
    pub fn small(&self) -> Option<&Allele> {
        match self {
            Self::Small(allele) => Some(allele),
            _ => None,
        }
    }

    /// The bases that a copy with the event lacks whole: a deletion without inserted bases.
    pub fn removes(&self) -> Option<Interval> {
        match self {
            Self::Small(allele) if allele.alternate.is_empty() => Some(allele.interval()),
            Self::Structural(variant) if variant.kind == StructuralKind::Deletion => Some(variant.interval),
            _ => None,
        }
    }
}

/// An event as one family carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedEvent {
    /// The event.
    pub event: Event,
    /// How the input writes it.
    pub spelling: InputSpelling,
    /// FILTER names other than PASS; `None` when no filter was applied (`.`).
    pub filters: Option<Vec<String>>,
    /// QUAL.
    pub quality: Option<f32>,
    /// A call for each member of the family, in their order.
    pub calls: Vec<super::genotype::Call>,
}

impl From<NormalisedAllele> for CarriedEvent {
    fn from(entry: NormalisedAllele) -> Self {
        let NormalisedAllele { allele, spelling, filters, quality, calls } = entry;
        Self { event: Event::Small(allele), spelling, filters, quality, calls }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_by_their_first_level() {
        for (name, kind) in [
            ("DEL", StructuralKind::Deletion),
            ("DEL:ME:ALU", StructuralKind::Deletion),
            ("DUP:TANDEM", StructuralKind::Duplication),
            ("DELLY", StructuralKind::Unknown),
            ("CN0", StructuralKind::Unknown),
            ("STR12", StructuralKind::Unknown),
        ] {
            assert_eq!(StructuralKind::of_symbol(name), kind, "{name}");
        }
    }

    #[test]
    fn only_deletions_remove() {
        let allele = |reference: &[u8], alternate: &[u8]| Allele {
            contig: ContigId(0),
            start: 10,
            reference: reference.to_vec(),
            alternate: alternate.to_vec(),
        };
        assert_eq!(Event::Small(allele(b"AC", b"")).removes(), Some(Interval::new(10, 12)));
        assert_eq!(Event::Small(allele(b"AC", b"G")).removes(), None);
        let structural =
            |kind| Event::Structural(Structural::exact(kind, ContigId(0), Interval::new(5, 50))).removes();
        assert_eq!(structural(StructuralKind::Deletion), Some(Interval::new(5, 50)));
        assert_eq!(structural(StructuralKind::Inversion), None);
    }
}
