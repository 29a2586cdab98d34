//! What a rule set is asked about: the evidence itself. What it amounts to is for the criteria to say.

use crate::model::consequence::Terms;
use crate::model::de_novo::DeNovoEvidence;
use crate::model::decision::ModeFit;
use crate::model::frequency::Frequencies;
use crate::model::panel::Penetrance;
use crate::model::plan::PlannedGeneEntry;
use crate::model::segregation::{CopyRegion, SegregationMode};

/// One allele in one gene, with everything a rule set may ask about it.
#[derive(Clone, Debug)]
pub struct TierInput<'a> {
    /// Consequence terms on the transcript that findings in this gene are reported on.
    pub terms: Terms,
    /// Biotype of that transcript, in the source's words.
    pub biotype: &'a str,
    /// How copies are counted at its place.
    pub region: CopyRegion,
    /// The record's filters that the pipeline does not accept (criterion 1); empty for one that passed.
    pub refused_filters: &'a [String],
    /// Population frequency (criterion 2).
    pub frequency: &'a Frequencies,
    /// Every mode that was tried, with `CompoundHeterozygous` as the best verdict among the allele's partners in the
    /// gene, partners having passed the same filters; left out when it has none.
    pub modes: &'a [ModeFit],
    /// How well a de novo call is supported, where it was asked.
    pub de_novo: Option<&'a DeNovoEvidence>,
    /// The affected members who carry the allele, by index.
    pub affected_carriers: &'a [usize],
    /// What the applied panels say of the gene; empty when it is on none.
    pub entries: &'a [PlannedGeneEntry],
    /// Penetrance ordered for the referral.
    pub penetrance: Penetrance,
    /// The clinical assertion of pathogenic or likely pathogenic (criterion 6).
    pub known_pathogenic: Option<&'a str>,
    /// Why it is on the laboratory's inclusion list (criterion 7), where it is.
    pub inclusion_list: Option<&'a str>,
    /// Why it is on the list of artefacts and benign variants (criterion 8), where it is.
    pub artefact_list: Option<&'a str>,
}

/// Panels know one dominant filter; penetrance is the referral's.
pub(super) fn under_complete_penetrance(mode: SegregationMode) -> SegregationMode {
    match mode {
        SegregationMode::AutosomalDominantIncompletePenetrance => SegregationMode::AutosomalDominant,
        other => other,
    }
}
