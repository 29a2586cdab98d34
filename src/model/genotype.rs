//! What was called for one participant at one place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// One chromosome copy, seen from the allele under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Copy {
    /// The copy carries the allele under test.
    Alternate,
    /// The copy carries the reference or another ALT.
    Other,
    /// The copy is missing here: `*`, deleted by an upstream record.
    Deleted,
    /// Not called (`.`), or below the quality floor.
    Unknown,
}

/// Why a call says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    /// The participant has no sequence data in this referral.
    NotSequenced,
    /// The file has a record here and its genotype is `./.`.
    NoCall,
    /// The participant's own file has no record here, and no reference block covers the position.
    NotCovered,
    /// There was a call, but below the quality threshold.
    BelowQuality,
    /// There was a call, and its caller filtered it (`FT`).
    Filtered,
}

/// A participant's call for **one** allele under test. The order of `copies` is the order of the genotype
/// field, so copies of two alleles of one record can be compared place by place.
///
/// ```
/// use ithaca::model::genotype::{Call, Copy, MissingReason};
///
/// // 0/1 with 12 reads of the reference and 18 of the allele.
/// let call = Call { allele_depths: Some((12, 18)), ..Call::of(&[Copy::Other, Copy::Alternate]) };
/// assert!(call.carries());
/// assert_eq!(call.alternate_copies(), 1);
/// assert_eq!(call.allele_balance(), Some(0.6));
///
/// // Not sequenced is not the reference: there are no copies to count, and a reason.
/// let unknown = Call::missing(MissingReason::NotSequenced);
/// assert!(!unknown.carries() && unknown.copies.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// One entry per copy called: empty when there is no call at all, one when haploid.
    pub copies: SmallVec<[Copy; 2]>,
    /// True when the genotype is written with `|`.
    pub phased: bool,
    /// Phase set (`PS`), where given.
    pub phase_set: Option<u32>,
    /// Total depth (`DP`, or `MIN_DP` of a reference block; without them the sum of `AD`).
    pub depth: Option<u32>,
    /// Reads that support the reference, and the allele under test (`AD`).
    pub allele_depths: Option<(u32, u32)>,
    /// Genotype quality (`GQ`), Phred.
    pub quality: Option<u32>,
    /// Heteroplasmic or mosaic fraction of the allele (`AF`/`VAF`/`HF`), where the caller gives one.
    pub fraction: Option<f32>,
    /// True when the call comes from a gVCF reference block, where allele depths are no evidence.
    pub from_reference_block: bool,
    /// Set when nothing is known, with the reason.
    pub missing: Option<MissingReason>,
}

impl Call {
    /// A call that says nothing, for the given reason.
    pub fn missing(reason: MissingReason) -> Self {
        Self {
            copies: SmallVec::new(),
            phased: false,
            phase_set: None,
            depth: None,
            allele_depths: None,
            quality: None,
            fraction: None,
            from_reference_block: false,
            missing: Some(reason),
        }
    }

    /// A call with these copies and nothing else known about it.
    pub fn of(copies: &[Copy]) -> Self {
        Self { copies: SmallVec::from_slice(copies), missing: None, ..Self::missing(MissingReason::NoCall) }
    }

    /// True when at least one copy carries the allele.
    pub fn carries(&self) -> bool {
        self.copies.contains(&Copy::Alternate)
    }

    /// Number of copies that carry the allele.
    pub fn alternate_copies(&self) -> usize {
        self.copies.iter().filter(|&&c| c == Copy::Alternate).count()
    }

    /// Fraction of informative reads that show the allele; absent without depths, or at depth 0.
    pub fn allele_balance(&self) -> Option<f64> {
        let (reference, alternate) = self.allele_depths?;
        let total = reference + alternate;
        (total > 0).then(|| f64::from(alternate) / f64::from(total))
    }
}
