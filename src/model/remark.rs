//! Remarks: what a verdict, a tier or a consequence does not say by itself.
//!
//! Each remark has a name, by which files and programs know it, and words, which are all that a reader sees of it.
//! Both come from one exhaustive match, so that a new remark without words does not compile. Values are typed: a
//! text is made of them where a file or a report is written, and never read back.

pub mod family;
pub mod in_cis;
pub mod tier;
pub mod transcript;

use std::borrow::Cow;

pub use family::FamilyRemark;
pub use in_cis::{Compound, InCis, InCisEffect};
pub use tier::TierRemark;
pub use transcript::{KozakContext, TranscriptRemark, TranscriptRemarks, UpstreamFrame, UpstreamLeads};

/// Any remark on a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// On how it runs in the family.
    Family(FamilyRemark),
    /// On its tier.
    Tier(TierRemark),
    /// On its effect on the transcript.
    Transcript(TranscriptRemark),
    /// An affected relative carries it, and the proband is not shown to.
    ProbandNotShownToCarry,
}

impl Remark {
    /// The name used in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Family(remark) => remark.name(),
            Self::Tier(remark) => remark.name(),
            Self::Transcript(remark) => remark.name(),
            Self::ProbandNotShownToCarry => "proband_not_shown_to_carry",
        }
    }

    /// The words a report uses.
    pub fn words(&self) -> Cow<'static, str> {
        match self {
            Self::Family(remark) => remark.words().into(),
            Self::Tier(remark) => remark.words().into(),
            Self::Transcript(remark) => remark.words(),
            Self::ProbandNotShownToCarry => {
                "An affected relative carries it, but the proband is not known to.".into()
            }
        }
    }
}

impl From<FamilyRemark> for Remark {
    fn from(remark: FamilyRemark) -> Self {
        Self::Family(remark)
    }
}

impl From<TierRemark> for Remark {
    fn from(remark: TierRemark) -> Self {
        Self::Tier(remark)
    }
}

impl From<TranscriptRemark> for Remark {
    fn from(remark: TranscriptRemark) -> Self {
        Self::Transcript(remark)
    }
}

#[cfg(test)]
mod tests;
