//! A variant record as read, for the participants who are wanted, before it is normalised.

use smallvec::SmallVec;

use super::allele::{Allele, Alternate};
use super::contig::ContigId;
use super::genotype::{Call, Copy, MissingReason};

/// One record of a VCF, gVCF or BCF, with the calls of the wanted samples only.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantRecord {
    /// The contig.
    pub contig: ContigId,
    /// 0-based offset of the first REF base.
    pub start: u32,
    /// REF bases, upper case.
    pub reference: Vec<u8>,
    /// The ALT alleles in file order; empty for a record without ALT.
    pub alternates: Vec<Alternate>,
    /// QUAL.
    pub quality: Option<f32>,
    /// FILTER names other than PASS; empty means PASS. `None` means the filter was not applied (`.`).
    pub filters: Option<Vec<String>>,
    /// End of a reference block or symbolic allele (`END`), 0-based half-open, where given.
    pub end: Option<u32>,
    /// Calls in the order in which samples were asked for.
    pub calls: Vec<RecordCall>,
    /// 1-based number of the record in its file, for messages.
    pub number: u64,
}

/// One sample's columns of one record, still in terms of the record's own allele numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordCall {
    /// Allele number per copy (`None` = `.`); empty when the record has no GT for the sample.
    pub alleles: SmallVec<[Option<u8>; 2]>,
    /// True when all separators are `|` (a haploid genotype counts as phased only when written so).
    pub phased: bool,
    /// `PS`.
    pub phase_set: Option<u32>,
    /// True where `FT` names a filter that the caller's genotype did not pass: its alleles are then unknown.
    pub filtered: bool,
    /// `DP`, or `MIN_DP` where the record is a reference block; where neither is given, the sum of `AD`.
    pub depth: Option<u32>,
    /// `AD`, one entry per allele, reference first.
    pub allele_depths: SmallVec<[u32; 4]>,
    /// `GQ` (or `RGQ`).
    pub quality: Option<u32>,
    /// `AF`, `VAF` or `HF`: one entry per ALT.
    pub fractions: SmallVec<[f32; 2]>,
}

impl RecordCall {
    /// The call as seen from one of the record's ALTs, or from an allele that is not among them.
    pub fn seen_from(&self, alternates: &[Alternate], number: Option<u8>) -> Call {
        let copies = self.alleles.iter().map(|allele| copy(*allele, alternates, number)).collect();
        let mut seen = Call {
            copies,
            phased: self.phased,
            phase_set: self.phase_set,
            depth: self.depth,
            allele_depths: None,
            quality: self.quality,
            fraction: None,
            from_reference_block: false,
            missing: None,
        };
        if seen.copies.iter().all(|copy| *copy == Copy::Unknown) {
            seen.missing = Some(if self.filtered { MissingReason::Filtered } else { MissingReason::NoCall });
        }
        if let Some(number) = number.map(usize::from) {
            let depths = (self.allele_depths.first(), self.allele_depths.get(number));
            seen.allele_depths = depths.0.copied().zip(depths.1.copied());
            seen.fraction = self.fractions.get(number - 1).copied().filter(|f| f.is_finite());
        }
        seen
    }
}

fn copy(allele: Option<u8>, alternates: &[Alternate], number: Option<u8>) -> Copy {
    match allele {
        None => Copy::Unknown,
        Some(0) => Copy::Other,
        same if same == number => Copy::Alternate,
        Some(other) => match alternates.get(usize::from(other) - 1) {
            Some(Alternate::SpanningDeletion) => Copy::Deleted,
            Some(Alternate::Symbolic(name)) if name == "DEL" || name.starts_with("DEL:") => Copy::Deleted,
            // "Some other allele, unknown which": it might be the one under test.
            Some(Alternate::NonReference) | None => Copy::Unknown,
            Some(Alternate::Ambiguous(_)) => Copy::Unknown,
            Some(Alternate::Bases(_) | Alternate::Symbolic(_) | Alternate::Breakend(_)) => Copy::Other,
        },
    }
}

/// Where an allele stood in the input and how it was written there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputSpelling {
    /// Index of the file among the family's inputs.
    pub file: u16,
    /// 1-based number of the record in that file.
    pub record: u64,
    /// 1-based number of the ALT in that record.
    pub alternate_number: u8,
    /// 0-based offset of the first REF base.
    pub start: u32,
    /// REF as written, upper case.
    pub reference: Vec<u8>,
    /// This ALT as written, upper case.
    pub alternate: Vec<u8>,
}

/// One ALT of one record in its one spelling (trimmed and left-aligned), with a call per wanted participant.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalisedAllele {
    /// The allele; either side may be empty.
    pub allele: Allele,
    /// How the input wrote it.
    pub spelling: InputSpelling,
    /// FILTER names other than PASS; `None` when no filter was applied (`.`).
    pub filters: Option<Vec<String>>,
    /// QUAL.
    pub quality: Option<f32>,
    /// The calls, in the order of the samples asked for, or of the family's members once joined.
    pub calls: Vec<Call>,
}
