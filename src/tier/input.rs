//! What a rule set is asked about.

use crate::model::consequence::Terms;
use crate::model::panel::Penetrance;
use crate::model::plan::PlannedGeneEntry;
use crate::model::segregation::{DeNovoGrade, SegregationMode, Verdict};

/// Whether the allele is at or below the frequency limits of each kind of inheritance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrequencyPasses {
    /// Limits for dominant modes.
    pub dominant: bool,
    /// Limits for recessive modes.
    pub recessive: bool,
    /// Limits on the mitochondrial genome.
    pub mitochondrial: bool,
}

impl FrequencyPasses {
    /// The limits that a mode of inheritance is held to.
    pub fn of(self, mode: SegregationMode) -> bool {
        use SegregationMode as M;
        match mode {
            M::AutosomalDominant
            | M::AutosomalDominantIncompletePenetrance
            | M::XLinkedDominant
            | M::YLinked
            | M::DeNovo
            | M::DominantMaternallyImprinted
            | M::DominantPaternallyImprinted => self.dominant,
            M::AutosomalRecessive
            | M::CompoundHeterozygous
            | M::XLinkedRecessive
            | M::UniparentalIsodisomy => self.recessive,
            M::Mitochondrial => self.mitochondrial,
        }
    }
}

/// One allele in one gene, with everything a rule set may ask about it.
#[derive(Clone, Debug)]
pub struct TierInput<'a> {
    /// Consequence terms on the transcript that findings in this gene are reported on.
    pub terms: Terms,
    /// Biotype of that transcript, in the source's words.
    pub biotype: &'a str,
    /// The record passed the caller's filters (criterion 1).
    pub filter_pass: bool,
    /// Population frequency (criterion 2).
    pub frequency: FrequencyPasses,
    /// The verdict of every mode that was tried, with `CompoundHeterozygous` as the best verdict among the
    /// allele's partners in the gene, partners having passed the same filters; left out when it has none.
    pub verdicts: &'a [(SegregationMode, Verdict)],
    /// How well a de novo call is supported, where it was asked.
    pub de_novo: Option<DeNovoGrade>,
    /// At least one affected member carries the allele.
    pub carried_by_affected: bool,
    /// What the applied panels say of the gene; empty when it is on none.
    pub entries: &'a [PlannedGeneEntry],
    /// Penetrance ordered for the referral.
    pub penetrance: Penetrance,
    /// A clinical assertion of pathogenic or likely pathogenic (criterion 6).
    pub known_pathogenic: bool,
    /// On the laboratory's inclusion list (criterion 7).
    pub inclusion_list: bool,
    /// On the list of artefacts and benign variants (criterion 8).
    pub artefact_list: bool,
}
