//! Splice site terms, by windows around each intron.
//!
//! Source of the windows: Ensembl Variation, "Calculated consequences" (release 115), and the Sequence
//! Ontology definitions of SO:0001574, 0001575, 0001630, 0001787, 0002169 and 0002170.

use crate::model::consequence::{Term, Terms};

/// Introns up to this length are annotated to mend a frame and are not spliced.
pub const FRAMESHIFT_INTRON: i64 = 13;

/// Which windows of which introns an edit touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// First two bases of an intron.
    pub donor: bool,
    /// Last two bases of an intron.
    pub acceptor: bool,
    /// Fifth base of an intron.
    pub fifth_base: bool,
    /// Third to sixth base of an intron.
    pub donor_region: bool,
    /// Third to eighth base at either end of an intron, or the three exon bases beside it.
    pub region: bool,
    /// Seventeenth to third base before the end of an intron.
    pub polypyrimidine: bool,
    /// Between the two splice sites.
    pub intronic: bool,
    /// In an intron too short to be one.
    pub frameshift_intron: bool,
}

impl Windows {
    /// Adds the windows of the intron `[first, last]` (inclusive) that an edit of `[start, end]` (inclusive;
    /// an insertion has `end == start - 1`) touches. Positions run in the direction of transcription.
    pub fn touch(&mut self, start: i64, end: i64, first: i64, last: i64) {
        let insertion = start == end + 1;
        let overlaps = |from: i64, to: i64| end >= from && start <= to;
        if last - first < FRAMESHIFT_INTRON {
            self.frameshift_intron |= overlaps(first, last);
            return;
        }
        self.donor |= overlaps(first, first + 1);
        self.acceptor |= overlaps(last - 1, last);
        self.fifth_base |= overlaps(first + 4, first + 4);
        self.donor_region |= overlaps(first + 2, first + 5);
        // In a short intron the tract ends where the donor begins.
        self.polypyrimidine |=
            overlaps((last - 16).max(first + 2), last - 2) || (insertion && end == last - 2);
        let beside_sites = insertion && (start == first + 2 || end == last - 2);
        self.intronic |= overlaps(first + 2, last - 2) || beside_sites;
        self.region |= overlaps(first - 3, first - 1)
            || overlaps(first + 2, first + 7)
            || overlaps(last - 7, last - 2)
            || overlaps(last + 1, last + 3)
            || (insertion && (start == first || end == last))
            || beside_sites;
    }

    /// True where an intron or a splice site is touched.
    pub fn any(self) -> bool {
        self.donor || self.acceptor || self.intronic || self.frameshift_intron
    }

    /// The terms. `splice_region_variant` gives way to the terms of a closer window, and the tract term is for
    /// changes confined to introns.
    pub fn terms(self, touches_exon_base: bool) -> Terms {
        let mut terms = Terms::NONE;
        let mut set = |term: Term, holds: bool| {
            if holds {
                terms.insert(term);
            }
        };
        set(Term::SpliceDonor, self.donor);
        set(Term::SpliceAcceptor, self.acceptor);
        set(Term::SpliceDonor5thBase, self.fifth_base);
        set(Term::SpliceDonorRegion, self.donor_region && !self.fifth_base);
        let named_closer = self.donor || self.acceptor || self.donor_region || self.fifth_base;
        set(Term::SpliceRegion, self.region && !named_closer);
        set(Term::SplicePolypyrimidineTract, self.polypyrimidine && !touches_exon_base);
        set(Term::Intron, self.intronic);
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Intron at 100..=199.
    fn at(start: i64, end: i64) -> String {
        let mut windows = Windows::default();
        windows.touch(start, end, 100, 199);
        let exonic = start < 100 && end >= start || end > 199;
        windows.terms(exonic).joined()
    }

    #[test]
    fn each_base_of_the_donor_side_has_its_terms() {
        assert_eq!(at(96, 96), "");
        assert_eq!(at(97, 97), "splice_region_variant");
        assert_eq!(at(100, 100), "splice_donor_variant");
        assert_eq!(at(101, 101), "splice_donor_variant");
        assert_eq!(at(102, 102), "intron_variant&splice_donor_region_variant");
        assert_eq!(at(104, 104), "intron_variant&splice_donor_5th_base_variant");
        assert_eq!(at(105, 105), "intron_variant&splice_donor_region_variant");
        assert_eq!(at(106, 106), "intron_variant&splice_region_variant");
        assert_eq!(at(107, 107), "intron_variant&splice_region_variant");
        assert_eq!(at(108, 108), "intron_variant");
    }

    #[test]
    fn each_base_of_the_acceptor_side_has_its_terms() {
        assert_eq!(at(182, 182), "intron_variant");
        assert_eq!(at(183, 183), "intron_variant&splice_polypyrimidine_tract_variant");
        assert_eq!(at(191, 191), "intron_variant&splice_polypyrimidine_tract_variant");
        assert_eq!(at(192, 192), "intron_variant&splice_polypyrimidine_tract_variant&splice_region_variant");
        assert_eq!(at(197, 197), "intron_variant&splice_polypyrimidine_tract_variant&splice_region_variant");
        assert_eq!(at(198, 198), "splice_acceptor_variant");
        assert_eq!(at(199, 199), "splice_acceptor_variant");
        assert_eq!(at(200, 200), "splice_region_variant");
        assert_eq!(at(202, 202), "splice_region_variant");
        assert_eq!(at(203, 203), "");
    }

    #[test]
    fn insertions_touch_a_window_with_both_neighbours_or_at_its_edge() {
        assert_eq!(at(97, 96), "");
        assert_eq!(at(98, 97), "splice_region_variant");
        assert_eq!(at(100, 99), "splice_region_variant");
        assert_eq!(at(101, 100), "splice_donor_variant");
        assert_eq!(at(102, 101), "intron_variant&splice_region_variant");
        assert_eq!(at(103, 102), "intron_variant&splice_donor_region_variant");
        assert_eq!(at(108, 107), "intron_variant");
        assert_eq!(at(198, 197), "intron_variant&splice_polypyrimidine_tract_variant&splice_region_variant");
        assert_eq!(at(199, 198), "splice_acceptor_variant");
        assert_eq!(at(200, 199), "splice_region_variant");
    }

    #[test]
    fn a_frameshift_intron_has_no_splice_sites() {
        let mut windows = Windows::default();
        windows.touch(105, 105, 100, 112);
        assert_eq!(windows, Windows { frameshift_intron: true, ..Windows::default() });
        let mut windows = Windows::default();
        windows.touch(100, 100, 100, 113);
        assert!(windows.donor && !windows.polypyrimidine);
    }
}
