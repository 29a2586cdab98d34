//! REF bases of a source held against the genome, contig by contig.
//!
//! By chance, one record in four has the base that the genome has there: of a source of another build, or of a contig
//! with another sequence, some records fit, and what they say is of another place.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::contig::ContigId;
use crate::reference::build::assembly;
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

/// Records of a contig whose REF is compared with the genome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Those that have the genome's bases.
    pub same: u64,
    /// Those that have others.
    pub differs: u64,
    /// One that has others.
    pub example: String,
}

/// The counts of each contig.
#[derive(Debug, Default)]
pub(super) struct Compared(BTreeMap<ContigId, Counts>);

impl Compared {
    /// Adds the counts of a part of the source.
    pub(super) fn add(&mut self, part: Vec<(ContigId, Counts)>) {
        for (contig, counts) in part {
            let all = self.0.entry(contig).or_default();
            all.same += counts.same;
            all.differs += counts.differs;
            if all.example.is_empty() {
                all.example = counts.example;
            }
        }
    }

    /// Refuses a file of which more than one record in a hundred (and at least ten), or more than half, have another
    /// REF than the FASTA; and one where that is so of any contig, of which five that are more than one in a hundred,
    /// or three that are more than half, suffice.
    pub(super) fn refuse_wrong_build(&self, path: &Path, genome: &Genome) -> Result<(), ReferenceError> {
        let differs: u64 = self.0.values().map(|counts| counts.differs).sum();
        let compared = differs + self.0.values().map(|counts| counts.same).sum::<u64>();
        let refused = |message| Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
        if is_much(differs, compared, 10, 1) {
            let examples: Vec<&str> =
                self.0.values().map(|c| c.example.as_str()).filter(|e| !e.is_empty()).take(3).collect();
            return refused(format!(
                "REF differs from the FASTA in {differs} of {compared} records ({}); {}",
                examples.join(", "),
                assembly::other_build(genome)
            ));
        }
        for (contig, Counts { same, differs, example }) in &self.0 {
            let compared = same + differs;
            if is_much(*differs, compared, 5, 3) {
                return refused(format!(
                    "REF differs from the FASTA in {differs} of the {compared} records of {} ({example}): \
                     its sequence there is different, and records that match do so by chance; use a file of \
                     this build, or remove that contig's records from it",
                    genome.contig(*contig).name
                ));
            }
        }
        Ok(())
    }
}

/// More than one in a hundred, and so many at least; or more than half, and so many at least.
fn is_much(differs: u64, compared: u64, few: u64, fewest: u64) -> bool {
    differs >= few && differs * 100 > compared || differs >= fewest && differs * 2 > compared
}

/// What is told of a source that has another mitochondrial sequence than the genome.
pub(super) fn other_mitochondrion(genome: &Genome, contig: ContigId, given: u32) -> String {
    let contig = genome.contig(contig);
    format!(
        "its header gives {} {given} bases, the FASTA has {}: a different sequence with the same name. All \
         its records there are excluded, and the table does not cover it; lift them over, or use a file of \
         this sequence",
        contig.name, contig.length
    )
}
