//! The cheap gates: the first rules of [`super::examine`] for an allele as it is read, with nothing put into words.
//! Nearly every allele of a genome ends here.

use crate::filter::quality::site_filter;
use crate::genotype::{is_carried, is_carried_above_floors, may_be_carried};
use crate::model::frequency::FrequencyMode;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::CopyRegion;

use super::examine::Examiner;
use crate::interpret::scope::copy_region;
use crate::model::funnel::FunnelStep;

impl Examiner<'_> {
    /// The step at which the allele is dropped, where it is one of the first: FILTER, genotype, quality, scope and
    /// frequency. The answer is that of [`Examiner::examine`].
    pub fn dropped_early(&self, entry: &NormalisedAllele) -> Option<FunnelStep> {
        let quality = &self.knowledge.pipeline.quality;
        let passed = matches!(&entry.filters, Some(names) if names.is_empty());
        if !passed && !site_filter(entry.filters.as_deref(), quality).kept {
            return Some(FunnelStep::Filter);
        }
        if !is_carried(self.family, &entry.calls) {
            return Some(if may_be_carried(self.family, &entry.calls) {
                FunnelStep::GenotypeUnknown
            } else {
                FunnelStep::NotCarried
            });
        }
        let bundle = &self.knowledge.bundle;
        let region = copy_region(bundle, entry.allele.contig, entry.allele.start);
        if !is_carried_above_floors(self.family, &entry.calls, region, quality) {
            return Some(FunnelStep::CallQuality);
        }
        if !self.scope.holds(entry.allele.contig, entry.allele.interval()) {
            return Some(FunnelStep::OutsideScope);
        }
        let modes: &[FrequencyMode] = frequency_modes(region);
        let dropped = self.frequency_gate.is_too_common(&entry.allele, modes)
            && self.assertion(&entry.allele).is_none()
            && self.knowledge.lists.inclusion.reason(&entry.allele).is_none();
        dropped.then_some(FunnelStep::Frequency)
    }
}

/// The kinds of inheritance whose frequency limits can apply.
pub(crate) fn frequency_modes(region: CopyRegion) -> &'static [FrequencyMode] {
    match region {
        CopyRegion::Mitochondrial => &[FrequencyMode::Mitochondrial],
        _ => &[FrequencyMode::Dominant, FrequencyMode::Recessive],
    }
}
