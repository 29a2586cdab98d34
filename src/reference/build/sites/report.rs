//! What became of the records of a sites file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::reference::build::report::Tally;
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

/// Counts of a site table's build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteReport {
    /// The table's name.
    pub name: String,
    /// Records read.
    pub records: u64,
    /// Rows written, one an allele.
    pub rows: u64,
    /// Alleles written further right than their leftmost place, and moved there.
    pub moved: Tally,
    /// Alleles left out: symbolic, breakend, `*`, `.`, or before the first base.
    pub symbolic: Tally,
    /// Alleles left out: bases that name no one sequence.
    pub ambiguous: Tally,
    /// Alleles left out: ALT equal to REF.
    pub no_change: Tally,
    /// Records left out: contig not in the FASTA.
    pub unknown_contig: Tally,
    /// Records left out: REF is not what the FASTA has.
    pub reference_differs: Tally,
    /// Records whose REF is what the FASTA has.
    pub reference_same: u64,
    /// Records kept although the FASTA has unknown bases at REF.
    pub reference_unknown: u64,
    /// Alleles given twice with the same values, taken once.
    pub repeated: u64,
    /// Alleles given twice with other values: the first was kept.
    pub conflicting: Tally,
    /// Values that are not what the header declares; taken as missing.
    pub unreadable: Tally,
    /// INFO keys the header does not declare, left out.
    pub undeclared: BTreeMap<String, u64>,
}

impl Tally {
    pub(super) fn add(&mut self, name: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < 3 {
            let mut name = name();
            if name.len() > 80 {
                name = name.chars().take(79).chain(['…']).collect();
            }
            self.examples.push(name);
        }
    }
}

impl SiteReport {
    /// Counts INFO keys that the header does not declare.
    pub(super) fn count_undeclared<'a>(&mut self, keys: impl Iterator<Item = &'a str>) {
        for key in keys {
            // A hostile file could name millions of keys.
            if self.undeclared.len() < 1000 || self.undeclared.contains_key(key) {
                *self.undeclared.entry(key.to_owned()).or_default() += 1;
            }
        }
    }

    /// Refuses a file of which more than one record in a hundred (and at least ten), or more than half,
    /// have another REF than the FASTA: by chance, three records in four differ on the wrong build.
    pub(super) fn refuse_wrong_build(&self, path: &Path, genome: &Genome) -> Result<(), ReferenceError> {
        let differs = self.reference_differs.count;
        let compared = differs + self.reference_same;
        if (differs >= 10 && differs * 100 > compared) || differs * 2 > compared {
            let likely = super::assembly::other_build(genome);
            let message = format!(
                "REF differs from the FASTA in {differs} of {compared} records ({}); {likely}",
                self.reference_differs.examples.join(", ")
            );
            return Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
        }
        Ok(())
    }
}

impl fmt::Display for SiteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} records, {} alleles", self.name, self.records, self.rows)?;
        for (tally, what) in [
            (&self.unknown_contig, "left out: records on a contig not in the FASTA"),
            (&self.reference_differs, "left out: records whose REF differs from the FASTA"),
            (&self.symbolic, "left out: symbolic alleles"),
            (&self.ambiguous, "left out: ambiguous alleles"),
            (&self.no_change, "left out: alleles equal to REF"),
            (&self.conflicting, "left out: alleles given again with other values"),
            (&self.unreadable, "left out: values unlike their declaration"),
            (&self.moved, "noted: alleles moved to their leftmost place"),
        ] {
            if tally.count > 0 {
                writeln!(f, "  {what}: {} ({})", tally.count, tally.examples.join(", "))?;
            }
        }
        for (count, what) in [
            (self.repeated, "noted: alleles given again with the same values"),
            (self.reference_unknown, "noted: records at unknown reference bases"),
        ] {
            if count > 0 {
                writeln!(f, "  {what}: {count}")?;
            }
        }
        if !self.undeclared.is_empty() {
            let keys: Vec<&str> = self.undeclared.keys().take(10).map(String::as_str).collect();
            writeln!(f, "  left out: INFO keys the header does not declare: {}", keys.join(", "))?;
        }
        Ok(())
    }
}
