//! What is counted of each member alone, call by call.

use super::ByContig;
use super::sex::XCounts;
use crate::model::contig::ContigId;
use crate::model::genotype::Call;
use crate::model::segregation::CopyRegion;

/// Counts of one member's calls.
#[derive(Clone, Debug, Default)]
pub struct MemberCounts {
    /// Heterozygous and other alleles that the member carries on X outside the pseudoautosomal regions.
    pub x: XCounts,
    /// The same by autosome.
    pub autosomes: ByContig<XCounts>,
}

impl MemberCounts {
    /// Counts a call of an allele. It is `confident` where it is of good quality and the allele a single-base change of
    /// a record that was not filtered.
    pub(super) fn count(&mut self, call: &Call, contig: ContigId, region: CopyRegion, confident: bool) {
        match region {
            CopyRegion::Autosomal if confident => count_copies(self.autosomes.of(contig), call),
            CopyRegion::X if confident => count_copies(&mut self.x, call),
            _ => {}
        }
    }

    /// Adds the counts of another part of the same input.
    pub(super) fn add(&mut self, other: &Self) {
        self.x.add(other.x);
        self.autosomes.add(&other.autosomes, XCounts::add);
    }
}

fn count_copies(counts: &mut XCounts, call: &Call) {
    match (call.alternate_copies(), call.copies.len()) {
        (1, 2) => counts.heterozygous += 1,
        (1.., _) => counts.others += 1,
        _ => {}
    }
}
