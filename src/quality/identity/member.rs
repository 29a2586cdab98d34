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
    /// How many calls give the figures that quality floors are held against.
    pub figures: FigureCounts,
}

/// Calls that carry an allele of the nuclear genome, and how many of them give each figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureCounts {
    /// Calls.
    pub calls: u64,
    /// Of those, with a genotype quality (GQ).
    pub quality: u64,
    /// With a depth (DP).
    pub depth: u64,
    /// With reads by allele (AD).
    pub allele_depths: u64,
}

impl MemberCounts {
    /// Counts a call of an allele. It is `confident` where it is of good quality and the allele a single-base change of
    /// a record that was not filtered.
    pub(super) fn count(&mut self, call: &Call, contig: ContigId, region: CopyRegion, confident: bool) {
        self.figures.count(call, region);
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
        self.figures.add(other.figures);
    }
}

impl FigureCounts {
    /// Counts a call to which the floors apply: none does on the mitochondrial genome.
    fn count(&mut self, call: &Call, region: CopyRegion) {
        let is_asked = call.missing.is_none() && !call.from_reference_block && call.carries();
        if is_asked && region != CopyRegion::Mitochondrial {
            self.calls += 1;
            self.quality += u64::from(call.quality.is_some());
            self.depth += u64::from(call.depth.is_some());
            self.allele_depths += u64::from(call.allele_depths.is_some());
        }
    }

    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.quality += other.quality;
        self.depth += other.depth;
        self.allele_depths += other.allele_depths;
    }
}

fn count_copies(counts: &mut XCounts, call: &Call) {
    match (call.alternate_copies(), call.copies.len()) {
        (1, 2) => counts.heterozygous += 1,
        (1.., _) => counts.others += 1,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::genotype::Copy::{Alternate as A, Other as O};
    use crate::model::genotype::MissingReason;

    #[test]
    fn figures_are_counted_of_called_carriers_outside_the_mitochondrion() {
        let full =
            Call { quality: Some(30), depth: Some(20), allele_depths: Some((9, 11)), ..Call::of(&[O, A]) };
        let bare = Call::of(&[A, A]);
        let unknown = Call { missing: Some(MissingReason::NoCall), ..bare.clone() };
        let block = Call { from_reference_block: true, ..bare.clone() };
        let mut counts = MemberCounts::default();
        for call in [&full, &bare, &unknown, &block, &Call::of(&[O, O])] {
            counts.count(call, ContigId(0), CopyRegion::Autosomal, false);
        }
        counts.count(&full, ContigId(3), CopyRegion::Mitochondrial, false);
        let mut whole = MemberCounts::default();
        whole.add(&counts);
        assert_eq!(whole.figures, FigureCounts { calls: 2, quality: 1, depth: 1, allele_depths: 1 });
    }
}
