//! What was read of a variant file.

use super::contig::ContigId;

/// What was read, and what was left out and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// Records seen.
    pub records: u64,
    /// Records handed on.
    pub kept: u64,
    /// Records on contigs that the reference does not have.
    pub unknown_contig: u64,
    /// Records outside the regions.
    pub outside_regions: u64,
    /// Records that no wanted sample carries.
    pub uncarried: u64,
    /// Records at POS 0, which have no place on the reference.
    pub unplaced: u64,
    /// True when an index was used, so that records outside the regions were not all seen.
    pub indexed: bool,
    /// Findings: what was accepted although it should not be so, and how often.
    pub findings: Vec<(String, u64)>,
    /// Contig names of the file that differ from the reference's, with the reference's.
    pub renamed: Vec<(String, String)>,
    /// Contigs of the reference on which a record was seen, in their order.
    pub contigs: Vec<ContigId>,
    /// The last record seen: CHROM as the file writes it, and POS.
    pub last: Option<(String, u32)>,
    /// True when the last line has no line feed: the file may have been cut short.
    pub unfinished: bool,
}

impl ReadSummary {
    /// Adds the counts of another part of the same file.
    pub fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.kept += other.kept;
        self.unknown_contig += other.unknown_contig;
        self.outside_regions += other.outside_regions;
        self.uncarried += other.uncarried;
        self.unplaced += other.unplaced;
    }
}
